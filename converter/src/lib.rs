//! Placeholder.

mod file;

pub mod mnn;
pub mod onnx;
