//! Training data: datasets on disk become batches of pictures with what they show.
//!
//! - [`dataset`]: what is on disk, as [`Sample`]s of a picture and what it shows.
//! - [`transform`]: what happens to them on the way into a batch.
//! - [`sampler`]: which of them make up a batch.
//! - [`random`]: where random numbers come from.
//! - [`options`]: the sections of a recipe about data.
//!
//! No libtorch here: a [`Batch`] is bytes and numbers.

mod batch;
pub mod dataset;
mod error;
pub mod options;
pub mod random;
mod sample;
pub mod sampler;
pub mod transform;

pub use batch::{Batch, Targets};
pub use error::DataError;
pub use sample::{Object, Sample, Shows};
