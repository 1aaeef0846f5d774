use std::path::Path;

use edgeconv_graph::Graph;
use prost::Message;

use super::export::{ExportError, export};
use crate::file::write_atomically;

/// Exports `graph` (see [`export`]) into the file `path`, which appears complete or not at all. Returns the
/// number of nodes in the file.
///
/// # Errors
/// If the graph can't be exported, if the file would be larger than Protocol Buffers allow, or if it can't be written.
pub fn write(graph: &Graph, opset: i64, path: &Path) -> Result<usize, ExportError> {
    let model = export(graph, opset)?;
    let bytes = model.encoded_len();
    if bytes > i32::MAX as usize {
        return Err(ExportError::TooLarge { bytes });
    }
    write_atomically(path, &model.encode_to_vec())
        .map_err(|source| ExportError::Write { path: path.to_owned(), source })?;
    Ok(model.graph.map_or(0, |graph| graph.node.len()))
}
