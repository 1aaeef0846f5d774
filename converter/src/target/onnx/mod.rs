//! ONNX files.
//!
//! [`export`] translates a [`Graph`](edgeconv_graph::Graph) into a [`ModelProto`](crate::proto::ModelProto), [`write()`] puts it
//! into a file, [`list`] says what is in one.

mod decompose;
mod export;
mod initializer;
pub(super) mod isolate;
mod list;
mod names;
mod operators;
mod write;

pub use export::{DEFAULT_OPSET, ExportError, OPSETS, export};
pub use list::list;
pub use write::write;
