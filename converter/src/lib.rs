//! From a graph to files: rewriting passes, ONNX export, and the MNN writer.
//!
//! - [`pipeline`]: the ordered list of passes, and what a target needs.
//! - [`passes`]: one file per pass.
//! - [`onnx`]: ONNX files.
//! - [`mnn`]: MNN files.

mod file;

pub mod mnn;
pub mod onnx;
pub mod passes;
pub mod pipeline;
