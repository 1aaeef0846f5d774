//! A training recipe: a YAML file of sections with the official keys.
//!
//! Unlike the official program's, unknown keys and values of the wrong type are errors, and the command line wins over the
//! file. Keys that the file leaves out have the official defaults; those of the model's architecture have the values of the
//! published model. (`options/opts.py` and the `arguments` functions that it calls.)

mod adjust_bn_momentum;
mod common;
mod conversion;
mod data;
mod ddp;
mod ema;
mod error;
mod evaluation;
mod keys;
mod loss;
mod model;
mod optim;
mod refused;
mod scheduler;
mod stats;

use std::path::Path;

use edgeconv_data::options::{AugmentationOptions, DatasetOptions, SamplerOptions};
use edgeconv_vision::Preprocessing;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub use adjust_bn_momentum::{AdjustBnMomentumOptions, Annealing};
pub use common::CommonOptions;
pub use conversion::ConversionOptions;
pub use ddp::DdpOptions;
pub use edgeconv_zoo::training::{
    ActivationTraining, ClassificationTraining, DetectionTraining, EdgeTraining, LayerTraining, MitTraining,
    ModelTraining, Normalization, NormalizationOptions, SegmentationTraining, SsdTraining,
};
pub use ema::EmaOptions;
pub use error::RecipeError;
pub use evaluation::{DetectionEvaluation, EvaluationMode, EvaluationOptions, SegmentationEvaluation};
pub use loss::{
    ClassificationLoss, ClassificationLossOptions, DetectionLoss, DetectionLossOptions, Distillation,
    DistillationLossOptions, DistillationType, LabelLoss, LossCategory, LossOptions, SegmentationLoss,
    SegmentationLossOptions, SsdMultiboxOptions,
};
pub use model::Model;
pub use optim::{AdamOptions, OptimOptions, Optimizer, SgdOptions};
pub use scheduler::{
    CosineOptions, CyclicOptions, LastCycle, PolynomialOptions, ScheduleError, Scheduler, SchedulerOptions,
};
pub use stats::{Metric, StatsOptions};

/// A whole recipe.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Recipe {
    /// Key `common`.
    pub common: CommonOptions,
    /// Key `ddp`.
    pub ddp: DdpOptions,
    /// Key `dataset`.
    pub dataset: DatasetOptions,
    /// Key `sampler`.
    pub sampler: SamplerOptions,
    /// Key `image_augmentation`.
    pub image_augmentation: AugmentationOptions,
    /// Key `model`.
    #[serde(skip_deserializing)]
    pub model: Model,
    /// Key `loss`.
    pub loss: LossOptions,
    /// Key `optim`.
    pub optim: OptimOptions,
    /// Key `scheduler`.
    pub scheduler: SchedulerOptions,
    /// Key `adjust_bn_momentum`.
    pub adjust_bn_momentum: AdjustBnMomentumOptions,
    /// Key `ema`.
    pub ema: EmaOptions,
    /// Key `stats`.
    pub stats: StatsOptions,
    /// Key `evaluation`.
    pub evaluation: EvaluationOptions,
    /// Key `conversion`.
    pub conversion: ConversionOptions,
}

impl Recipe {
    /// The recipe of a file with overrides `KEY=VALUE`, of which later ones win. A value is written as in YAML.
    ///
    /// # Errors
    /// If the file can't be read or is not YAML, or if a key or value is not right; see [`RecipeError`].
    pub fn read(path: &Path, overrides: &[String]) -> Result<Self, RecipeError> {
        let yaml =
            edgeconv_files::read_text(path).map_err(|source| RecipeError::Read { path: path.to_owned(), source })?;
        Self::parse(&path.display().to_string(), &yaml, overrides)
    }

    /// The recipe of a text with overrides, as [`Recipe::read`]; errors call the text `name`.
    ///
    /// # Errors
    /// As [`Recipe::read`].
    pub fn parse(name: &str, yaml: &str, overrides: &[String]) -> Result<Self, RecipeError> {
        let (mut tree, source) = keys::parse(name, yaml, overrides)?;
        let section = tree.get("model").and_then(Value::as_object).cloned().unwrap_or_default();
        let model = Model::published(&section, &source)?;
        keys::check(&tree, &Self::keys(&model), &source)?;

        tree.shift_remove("model");
        let mut recipe: Self = keys::deserialize(tree, "", &source)?;
        recipe.model = model.with_section(&section, &source)?;
        refused::check(&recipe, &source)?;
        Ok(recipe)
    }

    /// How a picture becomes an input of that height and width where the network is evaluated.
    pub fn preprocessing(&self, size: (usize, usize)) -> Preprocessing {
        let Model { entry, architecture, .. } = &self.model;
        entry.preprocessing(architecture, size).with_margin(self.image_augmentation.center_crop.margin)
    }

    /// The recipe as YAML, with every key; reading it gives this recipe.
    ///
    /// # Errors
    /// If the recipe has no such form; none that was read is so.
    pub fn to_yaml(&self) -> Result<String, RecipeError> {
        serde_saphyr::to_string(self).map_err(|error| RecipeError::Write(error.to_string()))
    }

    /// All keys of a recipe for this model, and one that stands for those of its parts.
    fn keys(model: &Model) -> Map<String, Value> {
        let mut keys = keys::tree(&Self { model: model.clone(), ..Self::default() });
        keys::set(&mut keys, "model.activation.name", Value::Null);
        keys
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use edgeconv_vision::Task;
    use edgeconv_zoo::options::{Activation, Family};

    use super::*;

    const EDGEFORMER: &str = "model: {classification: {name: edgeformer, edge: {scale: scale_xs}}}\n";
    const SEGMENTER: &str = "
dataset: {category: segmentation}
loss: {category: segmentation}
model: {classification: {name: mobilevit, mit: {mode: small}}, segmentation: {name: encoder_decoder}}
";

    fn parse(yaml: &str, overrides: &[&str]) -> Result<Recipe, RecipeError> {
        let overrides: Vec<_> = overrides.iter().map(|text| text.to_string()).collect();
        Recipe::parse("r.yaml", yaml, &overrides)
    }

    /// The error of a recipe for EdgeFormer with more keys.
    fn error(yaml: &str, overrides: &[&str]) -> String {
        parse(&format!("{EDGEFORMER}{yaml}"), overrides).unwrap_err().to_string()
    }

    fn published() -> Vec<PathBuf> {
        let configs = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../configs");
        let folders = ["classification", "detection", "segmentation"].map(|name| configs.join(name));
        folders.iter().flat_map(|folder| folder.read_dir().unwrap()).map(|entry| entry.unwrap().path()).collect()
    }

    #[test]
    fn every_published_recipe_is_read_and_reads_back_equal() {
        let paths = published();
        assert_eq!(paths.len(), 11);
        for path in paths {
            let recipe = Recipe::read(&path, &[]).unwrap_or_else(|error| panic!("{error}"));
            let again = Recipe::parse("again", &recipe.to_yaml().unwrap(), &[]).unwrap();
            assert_eq!(again, recipe, "{}", path.display());
            // The network is the published one of that name, whatever keys say it.
            let name = path.file_stem().unwrap().to_string_lossy().replace('_', "-");
            assert_eq!(recipe.model.entry.name, name);
            assert_eq!(recipe.model.architecture, recipe.model.entry.options());
        }
    }

    #[test]
    fn every_example_is_read() {
        let examples = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../configs/examples");
        for entry in examples.read_dir().unwrap() {
            let path = entry.unwrap().path();
            Recipe::read(&path, &[]).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
    }

    #[test]
    fn a_recipe_without_keys_has_the_defaults() {
        let recipe = parse(EDGEFORMER, &[]).unwrap();
        let default = Recipe { model: recipe.model.clone(), ..Recipe::default() };
        assert_eq!(recipe, default);
        assert_eq!(recipe.model.entry.name, "edgeformer-xs");
        assert_eq!((recipe.optim.name, recipe.optim.adamw.beta2), (Optimizer::Sgd, 0.98));
    }

    #[test]
    fn export_knows_the_same_sections() {
        let mut sections = keys::tree(&Recipe::default());
        sections.shift_remove("model");
        let known: Map<String, Value> = serde_saphyr::from_str(edgeconv_zoo::options::SECTIONS).unwrap();
        assert!(known == sections, "zoo/src/recipe.yaml has to be:\n{}", serde_saphyr::to_string(&sections).unwrap());
    }

    #[test]
    fn numbers_are_those_of_yaml() {
        let recipe = parse(&format!("{EDGEFORMER}scheduler: {{cosine: {{min_lr: 1.e-6, max_lr: 1}}}}"), &[]).unwrap();
        assert_eq!((recipe.scheduler.cosine.min_lr, recipe.scheduler.cosine.max_lr), (1e-6, 1.0));
    }

    #[test]
    fn the_command_line_wins_and_its_last_word_counts() {
        let overrides = [
            "scheduler.max_epochs=3",
            "scheduler.max_epochs=4",
            "stats.name=[loss, top1]",
            "model.classification.edge.kernel=gcc",
            "model.classification.classifier_dropout=0.5",
            "common.resume=runs/a=b.pt",
        ];
        let recipe = parse(&format!("{EDGEFORMER}scheduler: {{max_epochs: 300}}"), &overrides).unwrap();
        assert_eq!(recipe.scheduler.max_epochs, Some(4));
        assert_eq!(recipe.stats.name, [Metric::Loss, Metric::Top1]);
        assert_eq!(recipe.model.architecture.model.classification.classifier_dropout, 0.5);
        assert_eq!(recipe.common.resume, Some("runs/a=b.pt".into()));
        let Family::Edgeformer { edge, .. } = recipe.model.architecture.model.classification.family else {
            panic!("another family")
        };
        assert_eq!(edge.kernel, edgeconv_zoo::options::Kernel::Gcc);
    }

    #[test]
    fn unknown_keys_name_the_nearest_one() {
        let unknown = |yaml, key, nearest| {
            assert_eq!(error(yaml, &[]), format!("r.yaml: unknown key `{key}`; did you mean `{nearest}`?"));
        };
        unknown("optim: {weight_decy: 0.1}", "optim.weight_decy", "optim.weight_decay");
        unknown("schedular: {max_epochs: 1}", "schedular", "scheduler");
        let text = "model.classification.edge.kernal=gcc";
        let expected = format!(
            "--set {text}: unknown key `model.classification.edge.kernal`; did you mean \
             `model.classification.edge.kernel`?"
        );
        assert_eq!(error("", &[text]), expected);
        // Options of other models are none of this one.
        assert!(error("", &["model.classification.mit.dropout=0.1"]).contains("unknown key"));
        assert!(parse(SEGMENTER, &["model.classification.edge.mid_mix=false"]).is_err());
        assert!(parse(SEGMENTER, &["model.layer.conv_weight_std=0.1"]).is_err());
    }

    #[test]
    fn wrong_types_say_what_was_expected_and_found() {
        assert_eq!(
            error("optim: {weight_decay: much}", &[]),
            "r.yaml: key `optim.weight_decay`: invalid type: string \"much\", expected f64"
        );
        let message = error("stats: {name: [loss, mAP]}", &[]);
        assert!(
            message.starts_with("r.yaml: key `stats.name[1]`: unknown variant `mAP`, expected one of"),
            "{message}"
        );
        let message = error("", &["scheduler.max_epochs=1.5"]);
        assert!(
            message.starts_with("--set scheduler.max_epochs=1.5: key `scheduler.max_epochs`: invalid type"),
            "{message}"
        );
        let message = error("", &["model.classification.classifier_dropout=[1]"]);
        assert!(message.ends_with(
            "`model.classification.classifier_dropout`: it can't be [1]: invalid type: sequence, expected f64"
        ));
        let message = error("", &["model.classification.edge.kernel=dense"]);
        assert!(message.contains("key `model.classification.edge.kernel`: it can't be \"dense\""), "{message}");
        assert!(error("scheduler: 3", &[]).contains("key `scheduler`: expected a section of keys, found 3"));
        assert!(error("", &["scheduler.name.cosine=1"]).contains("key `scheduler.name`: expected a value"));
        assert!(error("image_augmentation: []", &[]).contains("`image_augmentation`: expected a section"));
        assert!(error("", &["scheduler"]).contains("expected KEY=VALUE"));
        assert!(error("common: [", &[]).starts_with("r.yaml: not valid YAML"));
        assert!(parse("- 1", &[]).unwrap_err().to_string().contains("expected sections"));
        assert!(parse("common: {seed: 1, seed: 2}", &[]).unwrap_err().to_string().contains("duplicate"));
    }

    #[test]
    fn a_model_must_be_named() {
        let message = |yaml| parse(yaml, &[]).unwrap_err().to_string();
        assert!(message("").contains("`model.classification.name`: it is missing; expected one of \"edgeformer\""));
        assert!(message("model: {classification: {name: vit}}").contains("expected one of \"edgeformer\""));
        assert!(message("model: {classification: {name: mobilevit}}").contains("mit.mode`: it is missing"));
        assert!(message("model: {detection: {}, segmentation: {}}").contains("found both"));
        let detector = "model: {classification: {name: resnet50}, detection: {name: ssd}}";
        assert!(message(detector).contains("expected one of \"edgeformer\", \"mobilevit\", found \"resnet50\""));
        let convnet = parse("model: {classification: {name: resnet50, parc: true}}", &[]).unwrap();
        assert_eq!(convnet.model.entry.name, "parc-resnet50");
    }

    #[test]
    fn the_activation_of_the_model_is_that_of_its_parts() {
        let recipe = parse(SEGMENTER, &["model.activation.name=gelu"]).unwrap();
        assert_eq!(recipe.model.architecture.model.segmentation.as_ref().unwrap().activation.name, Activation::Gelu);
        assert_eq!(Recipe::parse("", &recipe.to_yaml().unwrap(), &[]).unwrap(), recipe);
    }

    #[test]
    fn what_is_not_supported_is_refused_by_name() {
        let refused = |text: &str| {
            let key = text.split_once('=').unwrap().0;
            let message = parse(SEGMENTER, &[text]).unwrap_err().to_string();
            assert!(message.starts_with(&format!("--set {text}: key `{key}`: ")), "{message}");
        };
        refused("model.normalization.name=group_norm");
        refused("model.classification.pretrained=https://example.com/a.pt");
        refused("loss.detection.ssd_multibox_loss.max_monitor_iter=10");
        refused("dataset.name=ade20k");
        refused("loss.category=distillation");
        refused("stats.checkpoint_metric=iou");
        refused("dataset.category=detection");
    }

    #[test]
    fn schedules_are_checked() {
        let message = error("scheduler: {name: cyclic, is_iteration_based: true}", &[]);
        assert!(message.starts_with("r.yaml: key `scheduler.is_iteration_based`: "), "{message}");
    }

    #[test]
    fn numbers_are_in_range() {
        let message = |text| parse(SEGMENTER, &[text]).unwrap_err().to_string();
        let expected = "--set optim.adamw.beta2=1: key `optim.adamw.beta2`: expected 0 to less than 1, found 1";
        assert_eq!(message("optim.adamw.beta2=1"), expected);
        assert!(message("common.accum_freq=0").ends_with("expected more than 0, found 0"));
        assert!(message("model.classification.mit.dropout=1.5").ends_with("expected 0 to 1, found 1.5"));
        assert!(message("optim.weight_decay=-0.1").ends_with("expected 0 or more, found -0.1"));
    }

    #[test]
    fn distillation_needs_a_teacher() {
        let message = error("loss: {category: distillation}", &[]);
        assert!(message.contains("vanilla_teacher_model"), "{message}");
        let teacher = "loss: {category: distillation, distillation: {vanilla_teacher_model: edgeformer-h, \
                       vanilla_teacher_model_weights: h.pt}}";
        let recipe = parse(&format!("{EDGEFORMER}{teacher}"), &[]).unwrap();
        assert_eq!(recipe.loss.category.task(), Task::Classification);
    }
}
