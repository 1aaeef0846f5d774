//! What stands before and behind a vision model: pictures become inputs, raw outputs become results.
//!
//! - [`picture`]: reads and writes pictures; [`preprocess`] makes the input tensor of one, by [`resize`].
//! - [`classification`], [`detection`], [`segmentation`]: what raw outputs say about the picture.
//! - [`labels`]: names of the classes; [`draw`]: results on the picture.
//! - [`ModelCard`]: what the report of an export says about its use; with it, outputs become a [`Prediction`].

mod card;
pub mod classification;
pub mod detection;
pub mod draw;
pub mod labels;
mod output;
pub mod picture;
mod prediction;
mod preprocess;
pub mod resize;
pub mod segmentation;

pub use card::{CardError, Decoding, ModelCard, report_of};
pub use image::{GrayImage, RgbImage};
pub use output::OutputError;
pub use prediction::{Named, Prediction};
pub use preprocess::{PreprocessError, preprocess};
