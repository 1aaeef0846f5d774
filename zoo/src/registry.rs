//! Which models there are.

use std::mem::discriminant;

use edgeconv_graph::{Builder, Graph};
use edgeconv_vision::{Preprocessing, Task};

use crate::models::{self, ModelError, edgeformer, parc};
use crate::options::{Family, Fusion, MitMode, Options, Scale};
use crate::weights::Alias;

/// A model of the zoo.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry {
    /// The name in commands and files.
    pub name: &'static str,
    /// What it computes.
    pub task: Task,
    /// Height and width of the published evaluation.
    pub size: (usize, usize),
    /// Checkpoint prefixes that hold the same tensors again.
    pub aliases: &'static [Alias],
    /// The network, or its encoder.
    family: Family,
}

const EDGEFORMER_XS: Family = Family::edgeformer(Scale::Xs, Fusion::Add);
const EDGEFORMER_S: Family = Family::edgeformer(Scale::S, Fusion::Concat);
const EDGEFORMER_H: Family = Family::edgeformer(Scale::H, Fusion::Concat);
const MOBILEVIT_XXS: Family = Family::mobilevit(MitMode::XxSmall);
const MOBILEVIT_XS: Family = Family::mobilevit(MitMode::XSmall);
const MOBILEVIT_S: Family = Family::mobilevit(MitMode::Small);

/// Every model of the zoo.
pub const ENTRIES: &[Entry] = &[
    Entry::new("edgeformer-xs", Task::Classification, EDGEFORMER_XS),
    Entry::new("edgeformer-s", Task::Classification, EDGEFORMER_S),
    Entry::new("edgeformer-h", Task::Classification, EDGEFORMER_H),
    Entry::new("mobilevit-xxs", Task::Classification, MOBILEVIT_XXS),
    Entry::new("mobilevit-xs", Task::Classification, MOBILEVIT_XS),
    Entry::new("mobilevit-s", Task::Classification, MOBILEVIT_S),
    Entry::new("ssd-edgeformer-xs", Task::Detection, EDGEFORMER_XS),
    Entry::new("ssd-edgeformer-s", Task::Detection, EDGEFORMER_S),
    Entry::new("ssd-edgeformer-h", Task::Detection, EDGEFORMER_H),
    Entry::new("ssd-mobilevit-xxs", Task::Detection, MOBILEVIT_XXS),
    Entry::new("ssd-mobilevit-xs", Task::Detection, MOBILEVIT_XS),
    Entry::new("ssd-mobilevit-s", Task::Detection, MOBILEVIT_S),
    Entry::new("deeplabv3-edgeformer-xs", Task::Segmentation, EDGEFORMER_XS),
    Entry::new("deeplabv3-edgeformer-s", Task::Segmentation, EDGEFORMER_S),
    Entry::new("deeplabv3-edgeformer-h", Task::Segmentation, EDGEFORMER_H),
    Entry::new("deeplabv3-mobilevit-xxs", Task::Segmentation, MOBILEVIT_XXS),
    Entry::new("deeplabv3-mobilevit-xs", Task::Segmentation, MOBILEVIT_XS),
    Entry::new("deeplabv3-mobilevit-s", Task::Segmentation, MOBILEVIT_S),
    Entry::new("parc-convnext-xt", Task::Classification, Family::ConvnextXt { parc: true }),
    Entry::new("convnext-xt", Task::Classification, Family::ConvnextXt { parc: false }),
    Entry::new("parc-mobilenetv2", Task::Classification, Family::Mobilenetv2 { parc: true }),
    Entry::new("mobilenetv2", Task::Classification, Family::Mobilenetv2 { parc: false }),
    Entry::new("parc-resnet50", Task::Classification, Family::Resnet50 { parc: true }),
    Entry::new("resnet50", Task::Classification, Family::Resnet50 { parc: false }),
];

impl Entry {
    const fn new(name: &'static str, task: Task, family: Family) -> Self {
        let side = match (task, family) {
            (Task::Classification, Family::Edgeformer { .. } | Family::Mobilevit { .. }) => 256,
            (Task::Classification, _) => 224,
            (Task::Detection, _) => 320,
            (Task::Segmentation, _) => 512,
        };
        let aliases: &[Alias] = match (family, task) {
            (Family::Edgeformer { .. }, Task::Classification) => edgeformer::ALIASES,
            (Family::Edgeformer { .. }, _) => edgeformer::ENCODER_ALIASES,
            _ => &[],
        };
        Self { name, task, size: (side, side), aliases, family }
    }

    /// The published options.
    pub fn options(&self) -> Options {
        match self.task {
            Task::Classification => Options::classification(self.family),
            Task::Detection => Options::detection(self.family),
            Task::Segmentation => Options::segmentation(self.family),
        }
    }

    /// How a picture becomes an input of that height and width in the evaluation: the published one, with the margin of the options if they
    /// have one.
    pub fn preprocessing(&self, options: &Options, size: (usize, usize)) -> Preprocessing {
        let published = self.published_preprocessing(size);
        match options.image_augmentation.center_crop.margin {
            Some(margin) => published.with_margin(margin),
            None => published,
        }
    }

    fn published_preprocessing(&self, size: (usize, usize)) -> Preprocessing {
        match (self.task, self.family) {
            (Task::Detection | Task::Segmentation, _) => Preprocessing::exact(size),
            (_, Family::Edgeformer { .. } | Family::Mobilevit { .. }) => Preprocessing::classification(size),
            (_, Family::ConvnextXt { .. } | Family::Mobilenetv2 { .. } | Family::Resnet50 { .. }) => {
                Preprocessing::imagenet(size)
            }
        }
    }

    /// What users must know about `graph`, as [`build`] made it, because it is not the published network: its circular
    /// kernels were interpolated.
    pub fn note(&self, graph: &Graph) -> Option<String> {
        match self.family {
            // The official networks interpolate too.
            Family::Edgeformer { .. } | Family::Mobilevit { .. } => None,
            Family::ConvnextXt { .. } | Family::Mobilenetv2 { .. } | Family::Resnet50 { .. } => parc::note(graph),
        }
    }
}

/// No model has that name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown model `{name}`; did you mean `{nearest}`? `edgeconv models` lists all")]
pub struct UnknownModel {
    /// The name that was asked for.
    pub name: String,
    /// The name that is most like it.
    pub nearest: &'static str,
}

/// Looks a model up by name.
///
/// # Errors
/// If there is none; the error suggests the nearest name.
pub fn find(name: &str) -> Result<&'static Entry, UnknownModel> {
    ENTRIES.iter().find(|entry| entry.name == name).ok_or_else(|| UnknownModel {
        name: name.to_owned(),
        nearest: ENTRIES.iter().map(|entry| entry.name).fold(ENTRIES[0].name, |best, other| {
            if strsim::jaro_winkler(name, other) > strsim::jaro_winkler(name, best) { other } else { best }
        }),
    })
}

/// Builds a model for input `[batch, 3, height, width]`.
///
/// # Errors
/// If the network can't take that input, if options contradict each other, or if they describe another model.
pub fn build(entry: &Entry, options: &Options, batch: usize, size: (usize, usize)) -> Result<Graph, ModelError> {
    expect_network(entry, options)?;
    models::build(entry.name, &options.model, batch, size, |name| Builder::new(name))
}

/// Builds a model to be trained: with dropouts and, if the options say so, a segmenter's auxiliary head (output `auxiliary`).
///
/// # Errors
/// As [`build`].
pub fn build_for_training(
    entry: &Entry,
    options: &Options,
    batch: usize,
    size: (usize, usize),
) -> Result<Graph, ModelError> {
    expect_network(entry, options)?;
    models::build(entry.name, &options.model, batch, size, |name| Builder::for_training(name))
}

/// Options may change a model, but not make it another one of the zoo.
fn expect_network(entry: &Entry, options: &Options) -> Result<(), ModelError> {
    let family = options.model.classification.family;
    if !entry.family.is_same_network(family) {
        let is_other = |other: &&Entry| other.task == entry.task && other.family.is_same_network(family);
        let what_to_do = ENTRIES.iter().find(is_other).map_or_else(
            || "leave the option out".into(),
            |other| format!("leave the option out, or choose the model `{}`", other.name),
        );
        let reason = format!("it would make `{}` another network; {what_to_do}", entry.name);
        let key = match discriminant(&entry.family) == discriminant(&family) {
            true => family.selector(),
            false => "model.classification.name",
        };
        return Err(ModelError::Option { key, reason });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_model_gets_a_suggestion() {
        assert_eq!(find("edgeformer-s").unwrap().name, "edgeformer-s");
        assert_eq!(find("edgefromer-h").unwrap_err().nearest, "edgeformer-h");
        assert_eq!(find("EdgeFormer_XS").unwrap_err().name, "EdgeFormer_XS");
    }
    #[test]
    fn a_model_stays_the_one_of_its_name() {
        let error = |name: &str, text: &str| {
            let entry = find(name).unwrap();
            let options = entry.options().with_override(text).unwrap();
            build(entry, &options, 1, (64, 64)).unwrap_err().to_string()
        };
        for (name, text, other) in [
            ("parc-resnet50", "model.classification.parc=false", "resnet50"),
            ("mobilenetv2", "model.classification.parc=true", "parc-mobilenetv2"),
            ("convnext-xt", "model.classification.name=resnet50", "resnet50"),
            ("edgeformer-xs", "model.classification.edge.scale=scale_s", "edgeformer-s"),
            ("ssd-mobilevit-s", "model.classification.mit.mode=x_small", "ssd-mobilevit-xs"),
            ("deeplabv3-edgeformer-h", "model.classification.edge.scale=scale_xs", "deeplabv3-edgeformer-xs"),
        ] {
            let (key, _) = text.split_once('=').unwrap();
            let expected = format!(
                "option `{key}`: it would make `{name}` another network; leave the option out, or choose the model `{other}`"
            );
            assert_eq!(error(name, text), expected);
        }
    }

    #[test]
    fn task_and_family_decide() {
        let size = (64, 64);
        let of = |name: &str| {
            let entry = find(name).unwrap();
            entry.preprocessing(&entry.options(), size)
        };
        assert_eq!(of("edgeformer-s"), Preprocessing::classification(size));
        assert_eq!(of("mobilevit-xxs"), Preprocessing::classification(size));
        assert_eq!(of("ssd-edgeformer-s"), Preprocessing::exact(size));
        assert_eq!(of("deeplabv3-mobilevit-s"), Preprocessing::exact(size));
        assert_eq!(of("resnet50"), Preprocessing::imagenet(size));
        assert_eq!(of("parc-convnext-xt"), Preprocessing::imagenet(size));
    }

    #[test]
    fn a_recipe_may_have_another_margin() {
        let with_margin = |name: &str| {
            let entry = find(name).unwrap();
            let recipe = "model: {}\nimage_augmentation: {center_crop: {enable: true, margin: 8}}";
            entry.preprocessing(&entry.options().with_recipe(recipe).unwrap(), (64, 64))
        };
        assert_eq!(with_margin("edgeformer-s"), Preprocessing::classification((64, 64)).with_margin(8));
        assert_eq!(with_margin("resnet50"), Preprocessing::imagenet((64, 64)).with_margin(8));
        assert_eq!(with_margin("ssd-edgeformer-s"), Preprocessing::exact((64, 64)));
    }
}
