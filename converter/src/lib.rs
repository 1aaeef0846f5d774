//! From a graph to files: rewriting passes, ONNX export, and the MNN writer.
//!
//! - [`pipeline`]: the ordered list of passes, and what a target needs.
//! - [`passes`]: one file per pass.
//! - [`onnx`]: ONNX files.
//! - [`mnn`]: MNN files.
//! - [`listing`]: what is in a model file.
//! - [`isolate`]: model files in which errors stay where they are made.

mod file;

pub use file::write_atomically;

pub mod isolate;
pub mod listing;
pub mod mnn;
pub mod onnx;
pub mod passes;
pub mod pipeline;
