//! What a training recipe says about a model: its section `model`, and how pictures become inputs.
//!
//! Keys are the official ones, written with dots: `model.classification.edge.kernel`. A recipe holds much more than the
//! model ([`SECTIONS`]), whose values are left alone here; a key that is none is an error.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::training::ModelTraining;
use crate::weights::{InitName, Initialisation};

/// The sections of a recipe besides `model`, as YAML: every key with its default. Training has them as types, and compares.
pub const SECTIONS: &str = include_str!("recipe.yaml");

/// Options of a model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Options {
    /// The key `model`.
    pub model: ModelOptions,
    /// The key `image_augmentation`.
    pub image_augmentation: ImageAugmentation,
}

/// Key `image_augmentation`: what a recipe says about pictures that a network is evaluated on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageAugmentation {
    /// Key `image_augmentation.center_crop`.
    pub center_crop: CenterCrop,
}

/// Key `image_augmentation.center_crop`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CenterCrop {
    /// How many pixels a classifier's picture is shortened by when its centre is cut out; the published ones if `None`. An option of
    /// ours: officially the number is fixed.
    pub margin: Option<usize>,
}

/// Key `model`. Sections that a model does not have are `None`, and their keys are not options of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelOptions {
    /// Key `model.classification`: the classifier, or the encoder of a detector or a segmenter.
    pub classification: ClassificationOptions,
    /// Key `model.detection`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detection: Option<DetectionOptions>,
    /// Key `model.segmentation`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub segmentation: Option<SegmentationOptions>,
    /// Key `model.activation`: activation of a detector outside its encoder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activation: Option<ActivationOptions>,
    /// Key `model.layer`.
    pub layer: LayerOptions,
}

/// Key `model.classification`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClassificationOptions {
    /// Family of the network, with the options that it has.
    #[serde(flatten)]
    pub family: Family,
    /// Number of classes, if this is a classifier; the recipes leave it at 1000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n_classes: Option<usize>,
    /// Dropout before the classifier while it is trained.
    pub classifier_dropout: f64,
    /// How often ConvNeXt's last block is left out while it is trained. An option of ours: the official networks take it as an
    /// argument.
    pub drop_path_rate: f64,
}

impl ClassificationOptions {
    fn new(family: Family, n_classes: Option<usize>) -> Self {
        let classifier_dropout = match family {
            Family::Edgeformer { .. } | Family::Mobilenetv2 { .. } => 0.2,
            Family::Mobilevit { .. } => 0.1,
            Family::ConvnextXt { .. } | Family::Resnet50 { .. } => 0.0,
        };
        Self { family, n_classes, classifier_dropout, drop_path_rate: 0.0 }
    }
}

/// Value of `model.classification.name`, and the options that depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Family {
    /// EdgeFormer (ParC-Net).
    Edgeformer {
        /// Activation of all convolution layers.
        activation: ActivationOptions,
        /// Options of EdgeFormer.
        edge: EdgeOptions,
    },
    /// MobileViT.
    Mobilevit {
        /// Activation of all convolution layers and feed-forward networks.
        activation: ActivationOptions,
        /// Options of MobileViT.
        mit: MitOptions,
    },
    /// ConvNeXt-XT.
    ConvnextXt {
        /// Whether ParC replaces spatial convolutions of the last stages. An option of ours, here and below: the official
        /// networks have no recipes.
        parc: bool,
    },
    /// MobileNetV2.
    Mobilenetv2 {
        /// Whether ParC replaces spatial convolutions of the last stages.
        parc: bool,
    },
    /// ResNet50.
    Resnet50 {
        /// Whether ParC replaces spatial convolutions of the last stages.
        parc: bool,
    },
}

impl Family {
    /// A published EdgeFormer.
    pub const fn edgeformer(scale: Scale, fusion: Fusion) -> Self {
        let edge = EdgeOptions {
            mode: Mode::OuterFrameV1,
            scale,
            kernel: Kernel::GccCa,
            fusion,
            instance_kernel: InstanceKernel::InterpolationBilinear,
            use_pe: true,
            big_kernel_size: [17, 9, 5],
            dropout: 0.1,
        };
        Self::Edgeformer { activation: ActivationOptions { name: Activation::Swish }, edge }
    }

    /// A published MobileViT.
    pub const fn mobilevit(mode: MitMode) -> Self {
        let mit = MitOptions {
            mode,
            number_heads: Some(4),
            head_dim: None,
            no_fuse_local_global_features: false,
            conv_kernel_size: 3,
            attn_dropout: 0.0,
            ffn_dropout: 0.0,
            dropout: 0.1,
        };
        Self::Mobilevit { activation: ActivationOptions { name: Activation::Swish }, mit }
    }
}

impl Family {
    /// The option that tells the networks of a family apart.
    pub const fn selector(self) -> &'static str {
        match self {
            Self::Edgeformer { .. } => "model.classification.edge.scale",
            Self::Mobilevit { .. } => "model.classification.mit.mode",
            Self::ConvnextXt { .. } | Self::Mobilenetv2 { .. } | Self::Resnet50 { .. } => "model.classification.parc",
        }
    }

    /// Whether both are the same network, whatever its other options are.
    pub(crate) fn is_same_network(self, other: Self) -> bool {
        match (self, other) {
            (Self::Edgeformer { edge, .. }, Self::Edgeformer { edge: other, .. }) => edge.scale == other.scale,
            (Self::Mobilevit { mit, .. }, Self::Mobilevit { mit: other, .. }) => mit.mode == other.mode,
            _ => self == other,
        }
    }

    /// How the official classifier draws its weights.
    fn initialisation(self) -> Initialisation {
        let (conv, conv_std) = match self {
            Self::ConvnextXt { .. } => (InitName::TruncNormal, Some(0.02)),
            _ => (InitName::KaimingNormal, None),
        };
        let (linear, linear_std) = match self {
            Self::Mobilenetv2 { .. } => (InitName::Normal, Some(0.01)),
            Self::Resnet50 { .. } => (InitName::PytorchDefault, None),
            _ => (InitName::TruncNormal, Some(0.02)),
        };
        Initialisation { conv, conv_std, linear, linear_std }
    }
}

/// Keys `model.classification.activation`, `model.segmentation.activation` and `model.activation`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
    Gelu,
    Sigmoid,
    Swish,
    HardSigmoid,
    HardSwish,
}

/// Key `model.classification.edge`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
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
    /// Dropout behind the feed-forward networks while they are trained. An option of ours: the official program always has 0.1.
    pub dropout: f64,
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
    /// Global circular convolution with kernels that are computed from the map.
    GccDk,
    /// The same with channel attention. The official code has this name, but fails when it runs; here it is what it is
    /// meant to be.
    GccDkCa,
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

/// Key `model.classification.mit`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct MitOptions {
    /// Widths and depths.
    pub mode: MitMode,
    /// Heads of the attention, each `D / number_heads` wide. Either this or `head_dim` is given; 4 if neither is.
    pub number_heads: Option<usize>,
    /// Width of each head.
    pub head_dim: Option<usize>,
    /// Leave out the convolution that joins a block's input and output.
    pub no_fuse_local_global_features: bool,
    /// Taps of the spatial convolutions in the blocks, odd.
    pub conv_kernel_size: usize,
    /// Dropout of the attention's weights while it is trained.
    pub attn_dropout: f64,
    /// Dropout inside the feed-forward networks while they are trained.
    pub ffn_dropout: f64,
    /// Dropout behind attention and feed-forward networks while they are trained.
    pub dropout: f64,
}

/// Value of `model.classification.mit.mode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MitMode {
    /// MobileViT-XXS.
    XxSmall,
    /// MobileViT-XS.
    XSmall,
    /// MobileViT-S.
    Small,
}

/// Key `model.detection`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DetectionOptions {
    /// Which detector.
    pub name: Detector,
    /// Number of classes; class 0 is the background. The COCO dataset has 81.
    pub n_classes: usize,
    /// Options of SSD.
    pub ssd: SsdOptions,
}

/// Value of `model.detection.name`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Detector {
    /// Single shot detector.
    Ssd,
}

/// Key `model.detection.ssd`. The lists have one entry per level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SsdOptions {
    /// Which maps boxes are found on: 8, 16 and 32 are the encoder's, each greater one is half the one before, −1 is the mean
    /// over the last map.
    pub output_strides: Vec<i64>,
    /// Channels of the maps that the encoder does not have, and of the projection in front of a head.
    pub proj_channels: Vec<usize>,
    /// Ratios of width and height of the anchors; repeated ones count once.
    pub anchors_aspect_ratio: Vec<Vec<usize>>,
    /// Side of the smallest anchor, relative to the image.
    pub min_box_size: f64,
    /// Side of the largest anchor, relative to the image.
    pub max_box_size: f64,
    /// Scale of the offsets of a box's centre.
    pub center_variance: f64,
    /// Scale of the logarithms of a box's sides.
    pub size_variance: f64,
    /// Boxes with a lower probability are dropped.
    pub conf_threshold: f64,
    /// Boxes of one class that overlap by more (intersection over union) are one object.
    pub nms_iou_threshold: f64,
    /// Most boxes per class.
    pub num_objects_per_class: usize,
}

impl SsdOptions {
    fn published() -> Self {
        let mut anchors_aspect_ratio = vec![vec![2, 3]; 5];
        anchors_aspect_ratio.push(vec![2]);
        Self {
            output_strides: vec![16, 32, 64, 128, 256, -1],
            proj_channels: vec![512, 256, 256, 128, 128, 64],
            anchors_aspect_ratio,
            min_box_size: 0.1,
            max_box_size: 1.05,
            center_variance: 0.1,
            size_variance: 0.2,
            conf_threshold: 0.05,
            nms_iou_threshold: 0.5,
            num_objects_per_class: 200,
        }
    }
}

/// Key `model.segmentation`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SegmentationOptions {
    /// Which kind of network.
    pub name: Segmenter,
    /// Which head.
    pub seg_head: SegmentationHead,
    /// Number of classes; the PASCAL VOC dataset has 21.
    pub n_classes: usize,
    /// Stride of the encoder's last map: 8, 16 or 32.
    pub output_stride: usize,
    /// Whether the head reads the output of the encoder's `conv_1x1_exp` instead of its last stage.
    pub use_level5_exp: bool,
    /// Activation of the head.
    pub activation: ActivationOptions,
    /// Dropout of channels before the classifier while it is trained.
    pub classifier_dropout: f64,
    /// Whether a second head is trained on stage 4.
    pub use_aux_head: bool,
    /// Options of DeepLabv3.
    pub deeplabv3: Deeplabv3Options,
}

/// Value of `model.segmentation.name`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Segmenter {
    /// An encoder and a head.
    EncoderDecoder,
}

/// Value of `model.segmentation.seg_head`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SegmentationHead {
    /// DeepLabv3.
    Deeplabv3,
}

/// Key `model.segmentation.deeplabv3`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Deeplabv3Options {
    /// Channels of each branch of the pyramid.
    pub aspp_out_channels: usize,
    /// Dilations of the three 3×3 branches.
    pub aspp_rates: [usize; 3],
    /// Whether those branches are separable convolutions.
    pub aspp_sep_conv: bool,
    /// Dropout behind the pyramid while it is trained. The official head passes it under a name that nothing reads, and has 0.1.
    pub aspp_dropout: f64,
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
    /// The text is not YAML.
    #[error("not valid YAML: {0}")]
    Yaml(String),
    /// An override without `=`.
    #[error("`{0}` is not an override; expected KEY=VALUE, e.g. model.classification.edge.kernel=gcc")]
    NoOverride(String),
    /// An override of something that is not an option.
    #[error("unknown option `{key}`; did you mean `{nearest}`?")]
    UnknownKey {
        /// The key.
        key: String,
        /// The option that is most like it.
        nearest: String,
    },
    /// A recipe without the section of the model.
    #[error("there is no section `model`, expected one with the options of the model")]
    NoModel,
    /// A section of keys where the recipe has a value, or the other way round.
    #[error("`{key}`: expected {expected}, found {found}")]
    Kind {
        /// The key.
        key: String,
        /// What belongs there.
        expected: &'static str,
        /// What is there.
        found: String,
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
    /// The published recipe of a classifier.
    pub fn classification(family: Family) -> Self {
        let classification = ClassificationOptions::new(family, Some(1000));
        Self::new(classification, family.initialisation())
    }

    /// The published recipe of an SSD detector on an encoder.
    pub fn detection(family: Family) -> Self {
        let classification = ClassificationOptions::new(family, None);
        let mut options = Self::new(classification, Initialisation::PUBLISHED_DENSE);
        options.model.detection =
            Some(DetectionOptions { name: Detector::Ssd, n_classes: 81, ssd: SsdOptions::published() });
        options.model.activation = Some(ActivationOptions { name: Activation::Relu });
        options
    }

    /// The published recipe of a DeepLabv3 segmenter on an encoder.
    pub fn segmentation(family: Family) -> Self {
        let classification = ClassificationOptions::new(family, None);
        let mut options = Self::new(classification, Initialisation::PUBLISHED_DENSE);
        options.model.segmentation = Some(SegmentationOptions {
            name: Segmenter::EncoderDecoder,
            seg_head: SegmentationHead::Deeplabv3,
            n_classes: 21,
            output_stride: 16,
            use_level5_exp: false,
            activation: ActivationOptions { name: Activation::Relu },
            classifier_dropout: 0.1,
            use_aux_head: false,
            deeplabv3: Deeplabv3Options {
                aspp_out_channels: 256,
                aspp_rates: [6, 12, 18],
                aspp_sep_conv: false,
                aspp_dropout: 0.1,
            },
        });
        options
    }

    fn new(classification: ClassificationOptions, init: Initialisation) -> Self {
        let layer = LayerOptions { global_pool: GlobalPool::Mean, init };
        let model = ModelOptions { classification, detection: None, segmentation: None, activation: None, layer };
        Self { model, image_augmentation: ImageAugmentation::default() }
    }

    /// The number of classes of the model's task.
    pub fn classes(&self) -> Option<usize> {
        let ModelOptions { classification, detection, segmentation, .. } = &self.model;
        match (detection, segmentation) {
            (Some(detection), _) => Some(detection.n_classes),
            (_, Some(segmentation)) => Some(segmentation.n_classes),
            _ => classification.n_classes,
        }
    }

    /// Sets the number of classes of the model's task.
    pub fn set_classes(&mut self, classes: usize) {
        let ModelOptions { classification, detection, segmentation, .. } = &mut self.model;
        match (detection, segmentation) {
            (Some(detection), _) => detection.n_classes = classes,
            (_, Some(segmentation)) => segmentation.n_classes = classes,
            _ => classification.n_classes = Some(classes),
        }
    }

    /// These options with those that a recipe sets. An activation that the recipe sets for the whole model is that of each
    /// part for which it names none.
    ///
    /// # Errors
    /// If the text is not YAML, if its section `model` is missing or has a key that is no option of this model, also none of training
    /// ([`ModelTraining`]), if another section has a key that is none ([`SECTIONS`]), or if an option has a value that it can't take.
    pub fn with_recipe(&self, yaml: &str) -> Result<Self, OptionsError> {
        let recipe: Value = serde_saphyr::from_str(yaml).map_err(|error| OptionsError::Yaml(error.to_string()))?;
        let known = self.recipe_keys();
        recipe.get("model").ok_or(OptionsError::NoModel)?;
        let mut sections = recipe.as_object().into_iter().flatten();
        sections.try_for_each(|(section, found)| expect_known(section, found, known.get(section), &known))?;
        let mut values = leaves(&recipe);
        if let Some(activation) = recipe.pointer(&pointer("model.activation.name")) {
            let parts = ["model.classification.activation.name", "model.segmentation.activation.name"];
            let unnamed = parts.into_iter().filter(|part| recipe.pointer(&pointer(part)).is_none());
            values.extend(unnamed.map(|part| (part.to_owned(), activation.clone())));
        }
        let mut options = self.clone();
        for (key, value) in values {
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
            return Err(unknown(key, &self.tree()));
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

    /// Everything that a recipe may have, with other values.
    fn recipe_keys(&self) -> Value {
        let mut keys: Value = serde_saphyr::from_str(SECTIONS).unwrap_or_default();
        keys["model"] = json!(self.model);
        merge(&mut keys["model"], &json!(ModelTraining::new(&self.model)));
        merge(&mut keys["model"], &json!({ "activation": { "name": null } }));
        keys
    }

    fn tree(&self) -> Value {
        // Plain structs of strings, numbers and booleans always have a JSON form.
        serde_json::to_value(self).unwrap_or(Value::Null)
    }
}

/// Adds what a tree does not have.
fn merge(tree: &mut Value, more: &Value) {
    let (Value::Object(tree), Value::Object(more)) = (tree, more) else { return };
    for (key, value) in more {
        match tree.get_mut(key) {
            Some(slot) => merge(slot, value),
            None => _ = tree.insert(key.clone(), value.clone()),
        }
    }
}

/// Checks that what a recipe has at `key` has the form of what is `expected` there, which is a part of `known`.
fn expect_known(key: &str, found: &Value, expected: Option<&Value>, known: &Value) -> Result<(), OptionsError> {
    let kind = |expected| OptionsError::Kind { key: key.to_owned(), expected, found: found.to_string() };
    match (expected, found) {
        (None, _) => Err(unknown(key, known)),
        (Some(Value::Object(section)), Value::Object(found)) => found
            .iter()
            .try_for_each(|(inner, value)| expect_known(&format!("{key}.{inner}"), value, section.get(inner), known)),
        (Some(Value::Object(_)), _) => Err(kind("a section of keys")),
        (Some(_), Value::Object(_)) => Err(kind("a value")),
        (Some(_), _) => Ok(()),
    }
}

/// The error of a key that is not among those of a tree.
fn unknown(key: &str, known: &Value) -> OptionsError {
    let similarity = |option: &String| (strsim::normalized_levenshtein(option, key) * 1e6) as u64;
    let options = leaves(known).into_iter().map(|(option, _)| option);
    OptionsError::UnknownKey { key: key.to_owned(), nearest: options.max_by_key(similarity).unwrap_or_default() }
}

/// `a.b` as a JSON pointer.
fn pointer(key: &str) -> String {
    format!("/{}", key.replace('.', "/"))
}

/// Everything in a tree that is not a mapping, by dotted key.
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

    const EDGEFORMER_S: Family = Family::edgeformer(Scale::S, Fusion::Concat);
    const MOBILEVIT_S: Family = Family::mobilevit(MitMode::Small);

    fn published() -> Options {
        Options::classification(EDGEFORMER_S)
    }

    fn edge(options: &Options) -> EdgeOptions {
        match options.model.classification.family {
            Family::Edgeformer { edge, .. } => edge,
            family => panic!("{family:?}"),
        }
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
    conv_init_std_dev: 0.1
";
        let edge = edge(&published().with_recipe(yaml).unwrap());
        assert_eq!((edge.kernel, edge.fusion, edge.use_pe), (Kernel::Gcc, Fusion::Add, false));
        assert_eq!(edge.scale, Scale::S);
    }

    #[test]
    fn a_recipe_says_something_of_this_model() {
        let error = |yaml: &str| published().with_recipe(yaml).unwrap_err().to_string();
        for yaml in ["", "common: {seed: 1}", "modle: {classification: {name: edgeformer}}", "- model"] {
            assert!(error(yaml).starts_with("there is no section `model`"), "{yaml}");
        }
        assert_eq!(error("model: 3"), "`model`: expected a section of keys, found 3");
        assert_eq!(error("model:"), "`model`: expected a section of keys, found null");
        assert_eq!(
            error("model: {classification: [edgeformer]}"),
            "`model.classification`: expected a section of keys, found [\"edgeformer\"]"
        );
        assert!(
            error("model: {layer: {global_pool: {name: mean}}}")
                .contains("`model.layer.global_pool`: expected a value")
        );
        let misspelt = error("model: {classification: {edge: {kernal: gcc}}}");
        assert!(
            misspelt.contains("`model.classification.edge.kernal`; did you mean `model.classification.edge.kernel`")
        );
        let other = error("model: {classification: {mit: {mode: small}}}");
        assert!(other.starts_with("unknown option `model.classification.mit`"), "{other}");
    }

    #[test]
    fn a_misspelt_key_is_an_error_in_every_section() {
        let error = |yaml: &str| published().with_recipe(&format!("model: {{}}\n{yaml}")).unwrap_err().to_string();
        let misspelt = error("scheduler: {max_epoch: 3}");
        assert!(misspelt.contains("`scheduler.max_epoch`; did you mean `scheduler.max_epochs`"), "{misspelt}");
        assert!(error("optin: {name: sgd}").starts_with("unknown option `optin`"));
        assert!(error("image_augmentation: {center_crop: {margins: 3}}").contains("center_crop.margins`"));
        assert_eq!(error("ema: 3"), "`ema`: expected a section of keys, found 3");
        published().with_recipe("model: {}\nscheduler: {max_epochs: 3}\noptim: {sgd: {momentum: 0.8}}").unwrap();
    }

    #[test]
    fn a_recipe_may_say_how_the_model_is_trained() {
        let yaml = "model: {classification: {pretrained: a.pt, freeze_batch_norm: true}, normalization: {name: sync_batch_norm}}";
        assert_eq!(published().with_recipe(yaml).unwrap(), published());
    }

    #[test]
    fn the_activation_of_the_model_is_the_default_of_its_parts() {
        let activations = |yaml: &str| {
            let model = Options::segmentation(EDGEFORMER_S).with_recipe(yaml).unwrap().model;
            let Family::Edgeformer { activation, .. } = model.classification.family else { panic!("another family") };
            (activation.name, model.segmentation.unwrap().activation.name)
        };
        assert_eq!(activations("model: {}"), (Activation::Swish, Activation::Relu));
        let recipe = "model: {activation: {name: relu6}, segmentation: {activation: {name: gelu}}}";
        assert_eq!(activations(recipe), (Activation::Relu6, Activation::Gelu));
    }

    #[test]
    fn overrides_take_the_official_names() {
        let set = |text| published().with_override(text).unwrap();
        assert_eq!(edge(&set("model.classification.edge.kernel=bkc_ca")).kernel, Kernel::BkcCa);
        assert_eq!(set("model.classification.n_classes=10").model.classification.n_classes, Some(10));
        let sizes = set("model.classification.edge.big_kernel_size=[9, 5, 3]");
        assert_eq!(edge(&sizes).big_kernel_size, [9, 5, 3]);
        let detector =
            Options::detection(MOBILEVIT_S).with_override("model.detection.ssd.proj_channels=[1, 2]").unwrap();
        assert_eq!(detector.model.detection.unwrap().ssd.proj_channels, [1, 2]);
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
        assert!(error("model.classification.name=mobilevit").contains("missing field `mit`"));
    }

    #[test]
    fn options_of_other_models_are_unknown() {
        let unknown = |options: Options, text| {
            let error = options.with_override(text).unwrap_err();
            assert!(matches!(error, OptionsError::UnknownKey { .. }), "{error}");
        };
        unknown(Options::classification(MOBILEVIT_S), "model.classification.edge.kernel=gcc");
        unknown(Options::classification(EDGEFORMER_S), "model.classification.mit.mode=small");
        unknown(Options::classification(EDGEFORMER_S), "model.detection.n_classes=81");
        unknown(Options::detection(EDGEFORMER_S), "model.classification.n_classes=10");
        unknown(Options::segmentation(EDGEFORMER_S), "model.detection.n_classes=10");
    }

    #[test]
    fn the_class_count_is_that_of_the_task() {
        let classes = |mut options: Options| {
            options.set_classes(5);
            assert_eq!(options.classes(), Some(5));
            let ModelOptions { classification, detection, segmentation, .. } = options.model;
            (classification.n_classes, detection.map(|o| o.n_classes), segmentation.map(|o| o.n_classes))
        };
        assert_eq!(classes(Options::classification(EDGEFORMER_S)), (Some(5), None, None));
        assert_eq!(classes(Options::detection(EDGEFORMER_S)), (None, Some(5), None));
        assert_eq!(classes(Options::segmentation(EDGEFORMER_S)), (None, None, Some(5)));
    }
}
