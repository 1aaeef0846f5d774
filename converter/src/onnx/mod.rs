//! ONNX files.
//!
//! [`export`] translates a [`Graph`](edgeconv_graph::Graph) into a [`proto::ModelProto`], [`write()`] puts it into a file.

mod decompose;
mod export;
mod import;
mod names;
mod node;
mod tensor;
mod write;

pub mod proto;

pub use export::{DEFAULT_OPSET, ExportError, OPSETS, export};
pub(crate) use import::decode;
pub use import::{
    Accuracy, ImportError, Interface, OPSETS as READ_OPSETS, SupportedOperator, input_names, read, read_tensor,
    supported_operators, write_ending_at,
};
pub use write::write;
