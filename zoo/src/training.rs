//! The keys of the section `model` that matter in training only.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::options::{Family, ModelOptions};
use crate::weights::InitName;

/// The keys of the section `model` that matter in training only. Sections that a model does not have are `None`, and their
/// keys are not options of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelTraining {
    /// Key `model.classification`: the classifier or the encoder.
    pub classification: ClassificationTraining,
    /// Key `model.detection`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detection: Option<DetectionTraining>,
    /// Key `model.segmentation`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub segmentation: Option<SegmentationTraining>,
    /// Key `model.normalization`.
    pub normalization: NormalizationOptions,
    /// Key `model.activation`.
    pub activation: ActivationTraining,
    /// Key `model.layer`.
    pub layer: LayerTraining,
}

impl ModelTraining {
    /// The defaults for a model.
    pub fn new(model: &ModelOptions) -> Self {
        let family = model.classification.family;
        let classification = ClassificationTraining {
            edge: matches!(family, Family::Edgeformer { .. }).then(EdgeTraining::default),
            mit: matches!(family, Family::Mobilevit { .. }).then(MitTraining::default),
            ..ClassificationTraining::default()
        };
        Self {
            classification,
            detection: model.detection.is_some().then(DetectionTraining::default),
            segmentation: model.segmentation.is_some().then(SegmentationTraining::default),
            ..Self::default()
        }
    }

    /// The weights of the whole network to start from.
    pub fn pretrained(&self) -> Option<&Path> {
        let whole = match (&self.detection, &self.segmentation) {
            (Some(detection), _) => &detection.pretrained,
            (_, Some(segmentation)) => &segmentation.pretrained,
            _ => &self.classification.pretrained,
        };
        whole.as_deref()
    }
}

/// Key `model.classification`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassificationTraining {
    /// Weights of a classifier to start from.
    pub pretrained: Option<PathBuf>,
    /// Whether batch normalisations keep their statistics.
    pub freeze_batch_norm: bool,
    /// Key `model.classification.activation`.
    pub activation: ActivationTraining,
    /// Key `model.classification.edge`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edge: Option<EdgeTraining>,
    /// Key `model.classification.mit`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mit: Option<MitTraining>,
}

/// Key `model.classification.edge`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EdgeTraining {
    /// Of no effect in the official program, and refused here.
    pub mid_mix: bool,
}

/// Key `model.classification.mit`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MitTraining {
    /// Of no effect in the official program; nothing but the default is taken here.
    pub transformer_norm_layer: Normalization,
}

impl Default for MitTraining {
    fn default() -> Self {
        Self { transformer_norm_layer: Normalization::LayerNorm }
    }
}

/// Key `model.detection`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DetectionTraining {
    /// Weights of the whole detector to start from.
    pub pretrained: Option<PathBuf>,
    /// Whether batch normalisations keep their statistics.
    pub freeze_batch_norm: bool,
    /// Not supported: stride of the encoder's last map.
    pub output_stride: Option<usize>,
    /// Not supported: whether that is by dilation.
    pub replace_stride_with_dilation: bool,
    /// Key `model.detection.ssd`.
    pub ssd: SsdTraining,
}

/// Key `model.detection.ssd`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SsdTraining {
    /// An anchor is to find the box that it overlaps by at least this (intersection over union).
    pub iou_threshold: f64,
}

impl Default for SsdTraining {
    fn default() -> Self {
        Self { iou_threshold: 0.45 }
    }
}

/// Key `model.segmentation`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegmentationTraining {
    /// Weights of the whole segmenter to start from.
    pub pretrained: Option<PathBuf>,
    /// Whether batch normalisations keep their statistics.
    pub freeze_batch_norm: bool,
    /// How many times the learning rate of the encoder the head has.
    pub lr_multiplier: f64,
    /// Not supported as an option; `output_stride` decides.
    pub replace_stride_with_dilation: bool,
    /// Key `model.segmentation.activation`.
    pub activation: ActivationTraining,
}

impl Default for SegmentationTraining {
    fn default() -> Self {
        Self {
            pretrained: None,
            freeze_batch_norm: false,
            lr_multiplier: 1.0,
            replace_stride_with_dilation: false,
            activation: ActivationTraining::default(),
        }
    }
}

/// Key `model.normalization`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NormalizationOptions {
    /// Which kind. Batch normalisation is all that is supported.
    pub name: Normalization,
    /// Of no effect: groups of group normalisation.
    pub groups: usize,
    /// Part of the running statistics that a batch replaces.
    pub momentum: f64,
}

impl Default for NormalizationOptions {
    fn default() -> Self {
        Self { name: Normalization::BatchNorm, groups: 32, momentum: 0.1 }
    }
}

/// Value of `model.normalization.name`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the names say it
pub enum Normalization {
    BatchNorm,
    #[serde(rename = "batch_norm_2d")]
    BatchNorm2d,
    #[serde(rename = "batch_norm_1d")]
    BatchNorm1d,
    /// Batch normalisation over all processes.
    #[serde(alias = "sbn")]
    SyncBatchNorm,
    #[serde(alias = "gn")]
    GroupNorm,
    InstanceNorm,
    #[serde(rename = "instance_norm_2d")]
    InstanceNorm2d,
    #[serde(rename = "instance_norm_1d")]
    InstanceNorm1d,
    #[serde(alias = "ln")]
    LayerNorm,
    Identity,
}

impl Normalization {
    /// Whether networks can have it.
    pub fn is_supported(self) -> bool {
        matches!(self, Self::BatchNorm | Self::BatchNorm2d | Self::SyncBatchNorm)
    }
}

/// Keys `model.activation`, `model.classification.activation` and `model.segmentation.activation`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActivationTraining {
    /// Of no effect: whether activations overwrite their input.
    pub inplace: bool,
    /// Of no effect: no supported activation has such a slope.
    pub neg_slope: f64,
}

impl Default for ActivationTraining {
    fn default() -> Self {
        Self { inplace: false, neg_slope: 0.1 }
    }
}

/// Key `model.layer`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayerTraining {
    /// Of no effect: how weights of grouped linear layers are drawn; no model has any.
    pub group_linear_init: InitName,
    /// Of no effect: the standard deviation for that.
    pub group_linear_init_std_dev: f64,
}

impl Default for LayerTraining {
    fn default() -> Self {
        Self { group_linear_init: InitName::XavierUniform, group_linear_init_std_dev: 0.01 }
    }
}
