//! Where graphs come from.

pub mod onnx;
