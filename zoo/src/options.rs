//! The model section of a training recipe.
//!
//! Keys are the official ones, written with dots: `model.classification.edge.kernel`. A recipe holds much more than the
//! model; keys that are no model options are left alone there, as the official program does, but an override on the command
//! line that names none is an error.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::weights::Initialisation;

/// Options of a model, under the key `model` of a recipe.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Options {
    /// The key `model`.
    pub model: ModelOptions,
}

/// Key `model`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelOptions {
    /// Key `model.classification`.
    pub classification: ClassificationOptions,
    /// Key `model.layer`.
    pub layer: LayerOptions,
}

/// Key `model.classification`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClassificationOptions {
    /// Family of the network.
    pub name: Family,
    /// Number of classes; the recipes leave it at 1000.
    pub n_classes: usize,
    /// Activation of all convolution layers.
    pub activation: ActivationOptions,
    /// Options of EdgeFormer.
    pub edge: EdgeOptions,
}

/// Value of `model.classification.name`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// EdgeFormer (ParC-Net).
    Edgeformer,
}

/// Key `model.classification.activation`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActivationOptions {
    /// Which function.
    pub name: Activation,
}

/// An activation function by its official name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the names say it
pub enum Activation {
    Relu,
    Relu6,
    Sigmoid,
    Swish,
    HardSigmoid,
    HardSwish,
}

/// Key `model.classification.edge`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EdgeOptions {
    /// How a stage is put together.
    pub mode: Mode,
    /// Widths and depths.
    pub scale: Scale,
    /// The global operator of the blocks.
    pub kernel: Kernel,
    /// How a stage joins global features and its input.
    pub fusion: Fusion,
    /// How kernels and position embeddings get the length of the map.
    pub instance_kernel: InstanceKernel,
    /// Position embeddings in the first block of each stage.
    pub use_pe: bool,
    /// Taps of the kernels of `bkc` and `bkc_ca` in the three stages, odd. An option of ours: the official program has a
    /// table that no option reaches.
    pub big_kernel_size: [usize; 3],
}

/// Value of `model.classification.edge.mode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    /// The frame of all published models.
    #[serde(rename = "outer_frame_v1")]
    OuterFrameV1,
}

/// Value of `model.classification.edge.scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scale {
    /// EdgeFormer-XS.
    #[serde(rename = "scale_xs")]
    Xs,
    /// EdgeFormer-S.
    #[serde(rename = "scale_s")]
    S,
    /// EdgeFormer-H.
    #[serde(rename = "scale_h")]
    H,
}

/// Value of `model.classification.edge.kernel`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kernel {
    /// Global circular convolution.
    Gcc,
    /// Global circular convolution with channel attention.
    GccCa,
    /// Big-kernel convolution.
    Bkc,
    /// Big-kernel convolution with channel attention.
    BkcCa,
}

/// Value of `model.classification.edge.fusion`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fusion {
    /// Sum.
    Add,
    /// Concatenation along the channels, global features first.
    Concat,
}

/// Value of `model.classification.edge.instance_kernel`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InstanceKernel {
    /// The first taps.
    Crop,
    /// Linear interpolation with aligned corners.
    InterpolationBilinear,
}

/// Key `model.layer`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LayerOptions {
    /// Pooling in front of the classifier.
    pub global_pool: GlobalPool,
    /// How weights are drawn if there is no checkpoint.
    #[serde(flatten)]
    pub init: Initialisation,
}

/// Value of `model.layer.global_pool`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GlobalPool {
    /// Mean over height and width.
    Mean,
}

/// What is wrong with a recipe or an override.
#[derive(Debug, thiserror::Error)]
pub enum OptionsError {
    /// The text is no YAML.
    #[error("not valid YAML: {0}")]
    Yaml(String),
    /// An override without `=`.
    #[error("`{0}` is no override; expected KEY=VALUE, e.g. model.classification.edge.kernel=gcc")]
    NoOverride(String),
    /// An override of something that is no option.
    #[error("unknown option `{key}`; did you mean `{nearest}`?")]
    UnknownKey {
        /// The key.
        key: String,
        /// The option that is most like it.
        nearest: String,
    },
    /// A value that the option can't take.
    #[error("option `{key}` can't be {value}: {reason}")]
    BadValue {
        /// The option.
        key: String,
        /// The value.
        value: String,
        /// Why not, and what it can be.
        reason: String,
    },
}

impl Options {
    /// The published recipe of an EdgeFormer classification model.
    pub fn published(scale: Scale, fusion: Fusion) -> Self {
        let edge = EdgeOptions {
            mode: Mode::OuterFrameV1,
            scale,
            kernel: Kernel::GccCa,
            fusion,
            instance_kernel: InstanceKernel::InterpolationBilinear,
            use_pe: true,
            big_kernel_size: [17, 9, 5],
        };
        let activation = ActivationOptions { name: Activation::Swish };
        let classification = ClassificationOptions { name: Family::Edgeformer, n_classes: 1000, activation, edge };
        let layer = LayerOptions { global_pool: GlobalPool::Mean, init: Initialisation::PUBLISHED };
        Self { model: ModelOptions { classification, layer } }
    }

    /// These options with those that a recipe sets.
    ///
    /// # Errors
    /// If the text is no YAML, or if an option has a value that it can't take.
    pub fn with_recipe(&self, yaml: &str) -> Result<Self, OptionsError> {
        let recipe: Value = serde_saphyr::from_str(yaml).map_err(|error| OptionsError::Yaml(error.to_string()))?;
        let mut options = self.clone();
        for (key, value) in leaves(&recipe) {
            if self.has(&key) {
                options = options.with(&key, value)?;
            }
        }
        Ok(options)
    }

    /// These options with one override, `KEY=VALUE`.
    ///
    /// # Errors
    /// If it has not that form, names no option, or has a value that the option can't take.
    pub fn with_override(&self, text: &str) -> Result<Self, OptionsError> {
        let (key, value) = text.split_once('=').ok_or_else(|| OptionsError::NoOverride(text.to_owned()))?;
        if !self.has(key) {
            let similarity = |option: &String| (strsim::normalized_levenshtein(option, key) * 1e6) as u64;
            let options = leaves(&self.tree()).into_iter().map(|(option, _)| option);
            let nearest = options.max_by_key(similarity).unwrap_or_default();
            return Err(OptionsError::UnknownKey { key: key.to_owned(), nearest });
        }
        let value = serde_saphyr::from_str(value).unwrap_or_else(|_| Value::String(value.to_owned()));
        self.with(key, value)
    }

    /// These options with one value replaced.
    ///
    /// # Errors
    /// If the option can't take the value.
    pub fn with(&self, key: &str, value: Value) -> Result<Self, OptionsError> {
        let mut tree = self.tree();
        let shown = value.to_string();
        if let Some(slot) = tree.pointer_mut(&pointer(key)) {
            *slot = value;
        }
        serde_json::from_value(tree).map_err(|error| OptionsError::BadValue {
            key: key.to_owned(),
            value: shown,
            reason: error.to_string(),
        })
    }

    fn has(&self, key: &str) -> bool {
        self.tree().pointer(&pointer(key)).is_some_and(|value| !value.is_object())
    }

    fn tree(&self) -> Value {
        // Plain structs of strings, numbers and booleans always have a JSON form.
        serde_json::to_value(self).unwrap_or(Value::Null)
    }
}

/// `a.b` as a JSON pointer.
fn pointer(key: &str) -> String {
    format!("/{}", key.replace('.', "/"))
}

/// Everything in a tree that is no mapping, by dotted key.
fn leaves(tree: &Value) -> Vec<(String, Value)> {
    let Value::Object(map) = tree else { return vec![] };
    let mut found = vec![];
    for (key, value) in map {
        match value {
            Value::Object(_) => {
                found.extend(leaves(value).into_iter().map(|(inner, leaf)| (format!("{key}.{inner}"), leaf)));
            }
            _ => found.push((key.clone(), value.clone())),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published() -> Options {
        Options::published(Scale::S, Fusion::Concat)
    }

    #[test]
    fn a_recipe_overrides_what_it_names() {
        let yaml = "
common:
  run_label: train
model:
  classification:
    name: \"edgeformer\"
    edge:
      kernel: \"gcc\"
      fusion: \"add\"
      use_pe: False
  layer:
    conv_weight_std: 0.1
";
        let options = published().with_recipe(yaml).unwrap();
        let edge = options.model.classification.edge;
        assert_eq!((edge.kernel, edge.fusion, edge.use_pe), (Kernel::Gcc, Fusion::Add, false));
        assert_eq!(edge.scale, Scale::S);
    }

    #[test]
    fn overrides_take_the_official_names() {
        let set = |text| published().with_override(text);
        assert_eq!(
            set("model.classification.edge.kernel=bkc_ca").unwrap().model.classification.edge.kernel,
            Kernel::BkcCa
        );
        assert_eq!(set("model.classification.n_classes=10").unwrap().model.classification.n_classes, 10);
        let sizes = set("model.classification.edge.big_kernel_size=[9, 5, 3]").unwrap();
        assert_eq!(sizes.model.classification.edge.big_kernel_size, [9, 5, 3]);
    }

    #[test]
    fn bad_overrides_say_what_is_right() {
        let error = |text| published().with_override(text).unwrap_err().to_string();
        assert!(error("kernel").contains("expected KEY=VALUE"));
        assert!(
            error("model.classification.edge.kernal=gcc").contains("did you mean `model.classification.edge.kernel`")
        );
        assert!(error("model.classification.edge.kernel=dense").contains("`gcc`"));
        assert!(error("model.classification.edge=gcc").contains("unknown option"));
    }
}
