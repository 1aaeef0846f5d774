//! Training data: datasets on disk become batches of pictures with what they show.
//!
//! No libtorch here: a [`Batch`] is bytes and numbers.

mod batch;
pub mod options;

pub use batch::{Batch, Targets};
