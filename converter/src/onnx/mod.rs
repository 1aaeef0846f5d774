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

use std::collections::BTreeMap;

/// What a file keeps about the model besides the network.
pub(crate) fn metadata(model: &proto::ModelProto) -> BTreeMap<String, String> {
    model.metadata_props.iter().map(|entry| (entry.key().to_owned(), entry.value().to_owned())).collect()
}

pub use export::{DEFAULT_OPSET, ExportError, OPSETS, export};
pub use import::{
    Accuracy, ImportError, Interface, OPSETS as READ_OPSETS, SupportedOperator, input_names, read, read_tensor,
    supported_operators, write_ending_at,
};
pub(crate) use import::{decode, decode_whole, end_at};
pub(crate) use tensor::value_info;
pub use write::write;
