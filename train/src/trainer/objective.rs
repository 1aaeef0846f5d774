//! What training makes small: the loss that a recipe asks for.

use edgeconv_zoo::find;
use tch::{Device, Tensor, no_grad};

use super::TrainError;
use super::examples::{Examples, Expected};
use crate::loss::{self, class_weights, cross_entropy, label_smoothing, multibox};
use crate::network::{Mode, Network, Outputs, output};
use crate::recipe::{ClassificationLoss, LossCategory, LossOptions, Recipe};

/// The loss of a recipe.
#[derive(Debug)]
pub(crate) struct Objective {
    options: LossOptions,
    teacher: Option<Teacher>,
}

/// A network whose outputs are to be learned.
#[derive(Debug)]
struct Teacher {
    network: Network,
    distillation: loss::Distillation,
}

impl Objective {
    /// The loss, with the teacher of a distillation.
    pub(crate) fn new(recipe: &Recipe, device: Device) -> Result<Self, TrainError> {
        let options = recipe.loss.clone();
        let teacher = match options.category {
            LossCategory::Distillation => Some(Teacher::new(recipe, device)?),
            _ => None,
        };
        Ok(Self { options, teacher })
    }

    /// The loss of a batch, a scalar with gradients.
    pub(crate) fn loss(&mut self, outputs: &Outputs, examples: &Examples) -> Result<Tensor, TrainError> {
        let ignored = self.options.ignore_idx;
        let loss = match &examples.targets {
            Expected::Classes(classes) => {
                let logits = output(outputs, "logits")?;
                match &mut self.teacher {
                    Some(teacher) => teacher.loss(logits, classes, examples)?,
                    None => classification(&self.options, logits, classes)?,
                }
            }
            Expected::Anchors { labels, offsets } => {
                let (confidences, locations) = (output(outputs, "confidences")?, output(outputs, "locations")?);
                let ratio = self.options.detection.ssd_multibox_loss.neg_pos_ratio;
                multibox(confidences, locations, labels, offsets, ratio)?
            }
            Expected::Masks(masks) => {
                let options = &self.options.segmentation;
                let logits = output(outputs, "logits")?;
                let auxiliary = output(outputs, "auxiliary").ok();
                let auxiliary = auxiliary.map(|logits| (logits, options.cross_entropy_aux_weight));
                let weights = match options.cross_entropy_class_weights {
                    true => Some(class_weights(masks, logits.size()[1])?),
                    false => None,
                };
                loss::segmentation(logits, masks, auxiliary, weights.as_ref(), ignored)?
            }
            Expected::Nothing => return Err(TrainError::Data("these pictures show nothing to be learned".into())),
        };
        Ok(loss)
    }
}

fn classification(options: &LossOptions, logits: &Tensor, classes: &Tensor) -> Result<Tensor, TrainError> {
    let (classification, ignored) = (&options.classification, options.ignore_idx);
    Ok(match classification.name {
        ClassificationLoss::LabelSmoothing => {
            label_smoothing(logits, classes, classification.label_smoothing_factor, ignored)?
        }
        ClassificationLoss::CrossEntropy => {
            let weights = match classification.cross_entropy_class_weights {
                true => Some(class_weights(classes, logits.size()[1])?),
                false => None,
            };
            cross_entropy(logits, classes, weights.as_ref(), ignored)?
        }
    })
}

impl Teacher {
    fn new(recipe: &Recipe, device: Device) -> Result<Self, TrainError> {
        let options = &recipe.loss.distillation;
        let missing = |key: &str| TrainError::Data(format!("key `loss.distillation.{key}` is not set"));
        let name = options.vanilla_teacher_model.as_deref().ok_or_else(|| missing("vanilla_teacher_model"))?;
        let weights = options.vanilla_teacher_model_weights.as_ref();
        let weights = weights.ok_or_else(|| missing("vanilla_teacher_model_weights"))?;
        let entry = find(name).map_err(|error| TrainError::Data(error.to_string()))?;
        let mut architecture = entry.options();
        if let Some(classes) = recipe.model.architecture.classes() {
            architecture.set_classes(classes);
        }
        let mut network = Network::new(entry, architecture, 0, device)?;
        network.load(weights, false)?;
        Ok(Self { network, distillation: loss::Distillation::new(options, recipe.loss.ignore_idx) })
    }

    fn loss(&mut self, logits: &Tensor, classes: &Tensor, examples: &Examples) -> Result<Tensor, TrainError> {
        let outputs = no_grad(|| self.network.forward(&examples.pictures, Mode::Eval))?;
        Ok(self.distillation.loss(logits, output(&outputs, "logits")?, classes)?)
    }
}
