//! Losses (`loss_fn/`): functions from the outputs of a network and what the pictures show to one number, which has gradients.
//!
//! A class that the network does not have, or shapes that don't fit, are errors of libtorch.

mod class_weights;
mod cross_entropy;
mod distillation;
mod label_smoothing;
mod multibox;
mod segmentation;

pub use class_weights::class_weights;
pub use cross_entropy::cross_entropy;
pub use distillation::Distillation;
pub use label_smoothing::label_smoothing;
pub use multibox::multibox;
pub use segmentation::segmentation;
