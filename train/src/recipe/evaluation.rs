//! The section `evaluation`.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Key `evaluation`: the programs that evaluate detectors and segmenters.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EvaluationOptions {
    /// Key `evaluation.detection`.
    pub detection: DetectionEvaluation,
    /// Key `evaluation.segmentation`.
    pub segmentation: SegmentationEvaluation,
}

/// Value of `evaluation.detection.mode` and `evaluation.segmentation.mode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvaluationMode {
    /// One picture.
    SingleImage,
    /// The pictures of a folder.
    ImageFolder,
    /// The dataset's validation pictures.
    ValidationSet,
}

/// Key `evaluation.detection`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DetectionEvaluation {
    /// What is evaluated.
    pub mode: Option<EvaluationMode>,
    /// The picture, or the folder.
    pub path: Option<PathBuf>,
    /// Whether pictures get the size of the sampler.
    pub resize_input_images: bool,
    /// Of no effect, as in the official program.
    pub save_overlay_boxes: bool,
    /// Of no effect, as in the official program.
    pub num_classes: Option<usize>,
}

/// Key `evaluation.segmentation`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SegmentationEvaluation {
    /// What is evaluated.
    pub mode: Option<EvaluationMode>,
    /// The picture, or the folder.
    pub path: Option<PathBuf>,
    /// Whether pictures get the size of the sampler.
    pub resize_input_images: bool,
    /// Whether masks are written in colours.
    pub apply_color_map: bool,
    /// Whether these are laid over the pictures.
    pub save_overlay_rgb_pred: bool,
    /// How much they cover, 0 to 1.
    pub overlay_mask_weight: f64,
    /// Whether masks of class numbers are written.
    pub save_masks: bool,
    /// Of no effect, as in the official program.
    pub num_classes: Option<usize>,
}

impl Default for SegmentationEvaluation {
    fn default() -> Self {
        Self {
            mode: None,
            path: None,
            resize_input_images: false,
            apply_color_map: false,
            save_overlay_rgb_pred: false,
            overlay_mask_weight: 0.5,
            save_masks: false,
            num_classes: None,
        }
    }
}
