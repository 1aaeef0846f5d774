//! Training data: datasets on disk become batches of pictures with what they show.
//!
//! - [`dataset`]: what is on disk, as [`Sample`]s of a picture and what it shows.
//! - [`transform`]: what happens to them on the way into a batch; a [`Pipeline`] strings it together for each task.
//! - [`Matcher`]: what the anchors of a detector are to find.
//! - [`sampler`]: which of them make up a batch.
//! - [`Loader`]: threads that load one [`Batch`] after the other.
//! - [`random`]: where random numbers come from.
//! - [`options`]: the sections of a recipe about data.
//!
//! No libtorch here: a [`Batch`] is bytes and numbers.

mod batch;
pub mod dataset;
mod error;
mod loader;
mod matching;
pub mod options;
mod pipeline;
pub mod random;
mod sample;
pub mod sampler;
pub mod transform;

pub use batch::{Batch, Prepared, Target, Targets};
pub use error::DataError;
pub use loader::{Batches, Loader, LoaderOptions, worker_count};
pub use matching::{Matched, Matcher, Matching};
pub use pipeline::{Pipeline, Purpose};
pub use sample::{Object, Sample, Shows};
