//! What a vision model is for.

use serde::{Deserialize, Serialize};

/// What a model computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Task {
    /// `logits` `[N, classes]`.
    Classification,
    /// `confidences` `[N, anchors, classes]` and `locations` `[N, anchors, 4]`, as the network gives them: before softmax,
    /// and relative to anchors.
    Detection,
    /// `logits` `[N, classes, H, W]` at the input's resolution.
    Segmentation,
}

impl Task {
    /// As reports write it.
    pub fn name(self) -> &'static str {
        match self {
            Task::Classification => "classification",
            Task::Detection => "detection",
            Task::Segmentation => "segmentation",
        }
    }
}
