//! From a graph to files: rewriting passes, ONNX export, and the MNN writer.
//!
//! - [`source`]: files become graphs.
//! - [`passes`]: one file per pass.
//! - [`pipeline`]: the ordered list of passes, and what a target needs.
//! - [`target`]: graphs become files, and what is in those.

mod file;

pub(crate) use edgeconv_schema::onnx as proto;

pub use file::write_atomically;

pub mod passes;
pub mod pipeline;
pub mod source;
pub mod target;
