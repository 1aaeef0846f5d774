//! Metrics (`metrics/`), on plain numbers.

mod average;
mod coco;
mod confusion;
mod iou;
mod top_k;

pub use average::Averages;
pub use coco::{CocoError, CocoEvaluation, CocoPrecision, DetectedBox};
pub use confusion::{ConfusionMatrix, SegmentationScores};
pub use iou::RunningIou;
pub use top_k::top_k;
