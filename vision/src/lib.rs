//! What stands before and behind a vision model: pictures become inputs, raw outputs become results.
//!
//! - [`picture`]: reads and writes pictures; [`Preprocessing`] is how one becomes an input, [`preprocess`] does it, by [`resize`].
//! - [`Task`]: what a model is for.
//! - [`classification`], [`detection`], [`segmentation`]: what raw outputs say about the picture.
//! - [`labels`]: names of the classes; [`draw`]: results on the picture.
//! - [`ModelCard`]: what is to be known of its use, in the report of an export and in the file itself; with it, outputs become a [`Prediction`].

mod card;
pub mod classification;
pub mod detection;
pub mod draw;
pub mod labels;
mod output;
pub mod picture;
mod prediction;
pub mod preprocessing;
pub mod resize;
pub mod segmentation;
mod task;

pub use card::{CARD_KEY, CardError, Decoding, ModelCard, report_of};
pub use detection::BoxCoder;
pub use image::{GrayImage, RgbImage};
pub use output::OutputError;
pub use prediction::{Named, Prediction};
pub use preprocessing::{PreprocessError, Preprocessing, preprocess};
pub use task::Task;
