//! Placeholder.

pub mod mnn;
pub mod onnx;
