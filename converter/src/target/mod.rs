//! What graphs become: one folder per file format.
//!
//! - [`onnx`]: ONNX files.
//! - [`mnn`]: MNN files.
//! - [`isolate`]: model files in which errors stay where they are made.

mod difference;
mod listing;

pub mod isolate;
pub mod mnn;
pub mod onnx;

pub use difference::{Change, Difference, difference};
pub use listing::{Listing, Operator, Port, Stored};
