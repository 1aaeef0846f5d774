//! The section `stats`.

use serde::{Deserialize, Serialize};

/// Key `stats`: what is measured, and what the best epoch is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StatsOptions {
    /// What is measured on training and validation data.
    pub name: Vec<Metric>,
    /// What tells which epoch is best, one of those in `name`.
    pub checkpoint_metric: Metric,
    /// Whether more of it is better.
    pub checkpoint_metric_max: bool,
}

impl Default for StatsOptions {
    fn default() -> Self {
        Self { name: vec![Metric::Loss], checkpoint_metric: Metric::Loss, checkpoint_metric_max: false }
    }
}

/// Value of `stats.name` and `stats.checkpoint_metric`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Metric {
    /// The loss.
    Loss,
    /// Pictures whose class is the most probable one, in %.
    Top1,
    /// Pictures whose class is among the five most probable ones, in %.
    Top5,
    /// Mean over classes of intersection over union of segmentation masks, in %.
    Iou,
}

impl Metric {
    /// The name in recipes and logs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Loss => "loss",
            Self::Top1 => "top1",
            Self::Top5 => "top5",
            Self::Iou => "iou",
        }
    }
}
