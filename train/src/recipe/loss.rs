//! The section `loss`.

use std::path::PathBuf;

use edgeconv_vision::Task;
use serde::{Deserialize, Serialize};

/// Key `loss`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LossOptions {
    /// Which of the sections below counts.
    pub category: LossCategory,
    /// The class that does not count.
    pub ignore_idx: i64,
    /// Key `loss.classification`.
    pub classification: ClassificationLossOptions,
    /// Key `loss.detection`.
    pub detection: DetectionLossOptions,
    /// Key `loss.segmentation`.
    pub segmentation: SegmentationLossOptions,
    /// Key `loss.distillation`.
    pub distillation: DistillationLossOptions,
}

impl Default for LossOptions {
    fn default() -> Self {
        Self {
            category: LossCategory::Classification,
            ignore_idx: -1,
            classification: ClassificationLossOptions::default(),
            detection: DetectionLossOptions::default(),
            segmentation: SegmentationLossOptions::default(),
            distillation: DistillationLossOptions::default(),
        }
    }
}

/// Value of `loss.category`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the names say it
pub enum LossCategory {
    Classification,
    Detection,
    Segmentation,
    /// Classification with a teacher.
    Distillation,
}

impl LossCategory {
    /// The task that a model with this loss has.
    pub fn task(self) -> Task {
        match self {
            Self::Classification | Self::Distillation => Task::Classification,
            Self::Detection => Task::Detection,
            Self::Segmentation => Task::Segmentation,
        }
    }
}

/// Key `loss.classification`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClassificationLossOptions {
    /// Which loss.
    pub name: ClassificationLoss,
    /// Whether rare classes of a batch count more.
    pub cross_entropy_class_weights: bool,
    /// Probability that label smoothing spreads over all classes.
    pub label_smoothing_factor: f64,
}

impl Default for ClassificationLossOptions {
    fn default() -> Self {
        Self { name: ClassificationLoss::CrossEntropy, cross_entropy_class_weights: false, label_smoothing_factor: 0.1 }
    }
}

/// Value of `loss.classification.name`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClassificationLoss {
    /// Cross entropy.
    CrossEntropy,
    /// Cross entropy with smoothed labels (Szegedy et al. 2016).
    LabelSmoothing,
}

/// Key `loss.detection`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DetectionLossOptions {
    /// Which loss. The official default, `cross_entropy`, is none of them.
    pub name: DetectionLoss,
    /// Key `loss.detection.ssd_multibox_loss`.
    pub ssd_multibox_loss: SsdMultiboxOptions,
}

/// Value of `loss.detection.name`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DetectionLoss {
    /// The loss of SSD (Liu et al. 2016).
    #[default]
    SsdMultiboxLoss,
}

/// Key `loss.detection.ssd_multibox_loss`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SsdMultiboxOptions {
    /// Anchors without an object that count, for each one with an object.
    pub neg_pos_ratio: usize,
    /// Batches over which the two parts of the loss are balanced, −1 for not at all, which is all that is supported.
    pub max_monitor_iter: i64,
    /// Of no effect without that: batches between two changes of the balance.
    pub update_wt_freq: usize,
}

impl Default for SsdMultiboxOptions {
    fn default() -> Self {
        Self { neg_pos_ratio: 3, max_monitor_iter: -1, update_wt_freq: 200 }
    }
}

/// Key `loss.segmentation`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SegmentationLossOptions {
    /// Which loss.
    pub name: SegmentationLoss,
    /// Whether rare classes of a batch count more.
    pub cross_entropy_class_weights: bool,
    /// Weight of the auxiliary head's loss.
    pub cross_entropy_aux_weight: f64,
}

impl Default for SegmentationLossOptions {
    fn default() -> Self {
        Self { name: SegmentationLoss::CrossEntropy, cross_entropy_class_weights: false, cross_entropy_aux_weight: 0.4 }
    }
}

/// Value of `loss.segmentation.name`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SegmentationLoss {
    /// Cross entropy of every pixel.
    CrossEntropy,
}

/// Key `loss.distillation`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DistillationLossOptions {
    /// Which kind.
    pub name: Distillation,
    /// The teacher, a classifier of the zoo. The official default, `resnet_50`, is none that the official program has.
    pub vanilla_teacher_model: Option<String>,
    /// Its weights.
    pub vanilla_teacher_model_weights: Option<PathBuf>,
    /// Loss against the labels.
    pub vanilla_label_loss: LabelLoss,
    /// Weight of that; the loss against the teacher has the rest up to 1.
    pub vanilla_alpha: f64,
    /// Temperature of both distributions if the teacher is soft.
    pub vanilla_tau: f64,
    /// Whether the weights come from the size of both losses instead.
    pub vanilla_adaptive_weight_balance: bool,
    /// Batches over which they do.
    pub vanilla_accum_iterations: usize,
    /// Batches between two changes.
    pub vanilla_weight_update_freq: usize,
    /// What the teacher says.
    pub vanilla_distillation_type: DistillationType,
}

impl Default for DistillationLossOptions {
    fn default() -> Self {
        Self {
            name: Distillation::Vanilla,
            vanilla_teacher_model: None,
            vanilla_teacher_model_weights: None,
            vanilla_label_loss: LabelLoss::CrossEntropy,
            vanilla_alpha: 0.5,
            vanilla_tau: 1.0,
            vanilla_adaptive_weight_balance: false,
            vanilla_accum_iterations: 10_000,
            vanilla_weight_update_freq: 100,
            vanilla_distillation_type: DistillationType::Soft,
        }
    }
}

/// Value of `loss.distillation.name`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Distillation {
    /// From the logits of a teacher (Hinton et al. 2015).
    Vanilla,
}

/// Value of `loss.distillation.vanilla_label_loss`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LabelLoss {
    /// Cross entropy; the official program takes no other.
    CrossEntropy,
}

/// Value of `loss.distillation.vanilla_distillation_type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DistillationType {
    /// The probabilities of all classes.
    Soft,
    /// The most probable class.
    Hard,
}
