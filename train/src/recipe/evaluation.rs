//! The section `evaluation`.

use std::path::{Path, PathBuf};

use edgeconv_vision::Task;
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

impl EvaluationOptions {
    /// The picture or folder that is to be evaluated instead of the dataset, by the options for `task`.
    pub fn pictures(&self, task: Task) -> Option<&Path> {
        let (mode, path) = match task {
            Task::Classification => return None,
            Task::Detection => (self.detection.mode, &self.detection.path),
            Task::Segmentation => (self.segmentation.mode, &self.segmentation.path),
        };
        matches!(mode, Some(EvaluationMode::SingleImage | EvaluationMode::ImageFolder)).then_some(path.as_deref())?
    }
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
    /// What is evaluated, unless `--pictures` says it.
    pub mode: Option<EvaluationMode>,
    /// The picture, or the folder.
    pub path: Option<PathBuf>,
    /// Of no effect: pictures always get the size of the sampler, the only one that the network takes.
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
    /// What is evaluated, unless `--pictures` says it.
    pub mode: Option<EvaluationMode>,
    /// The picture, or the folder.
    pub path: Option<PathBuf>,
    /// Of no effect: pictures always get the size of the sampler, the only one that the network takes.
    pub resize_input_images: bool,
    /// Of no effect: for single pictures, masks are always laid over them in colours.
    pub apply_color_map: bool,
    /// Of no effect, see `apply_color_map`.
    pub save_overlay_rgb_pred: bool,
    /// Of no effect: they cover by half.
    pub overlay_mask_weight: f64,
    /// Of no effect: masks of class numbers are always written for single pictures.
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
