//! MNN model files.
//!
//! [`export`] translates a [`Graph`] into the bytes of an `.mnn` file, [`write()`] puts them into a file. The steps:
//!
//! 1. `lower`: the graph's operators become MNN's ops (`net` holds them);
//! 2. `layout`: ops that convert between memory layouts are inserted, and the result is checked;
//! 3. `transposes`: moves that MNN would misread are kept apart;
//! 4. `names`: every tensor gets a name of its own;
//! 5. `write`: the net becomes a FlatBuffer of the schema `mnn.fbs` in `edgeconv-schema`.

pub(super) mod isolate;
mod layout;
mod list;
mod lower;
mod min_cut;
mod names;
mod net;
pub mod passes;
mod transposes;
mod write;

pub(crate) use edgeconv_schema::mnn as schema;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use edgeconv_graph::{Graph, TensorType};
use planus::errors::ErrorKind;
use planus::{Builder, ReadAsRoot};

pub use layout::LayoutError;
pub use list::list;

use crate::file::write_atomically;

/// Why a graph can't be written as an MNN file.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// MNN has no ops for this.
    #[error("node `{node}` ({op}) can't be written as MNN: {reason}")]
    Unsupported {
        /// Name of the node.
        node: String,
        /// Name of the operator.
        op: &'static str,
        /// What is in the way.
        reason: String,
    },
    /// A parameter or buffer is not filled.
    #[error("`{value}` has no elements yet: load or initialise the weights before the export")]
    NoElements {
        /// Name of the value.
        value: String,
    },
    /// An input has too many dimensions.
    #[error("input `{input}` is {ty}: MNN's tensors have at most 8 dimensions")]
    Input {
        /// Name of the input.
        input: String,
        /// Its type.
        ty: TensorType,
    },
    /// A result has no elements, or too many dimensions.
    #[error("output `{output}` is {ty}: MNN's tensors have at least one element and at most 8 dimensions")]
    Output {
        /// Name of the output.
        output: String,
        /// Its type.
        ty: TensorType,
    },
    /// A constant that has to be a float tensor holds integers.
    #[error("`{value}` holds integers, expected floats")]
    NoFloats {
        /// Name of the value.
        value: String,
    },
    /// A constant has whole numbers that MNN can't hold.
    #[error("`{value}` has whole numbers that need more than the 32 bits that MNN has")]
    TooWide {
        /// Name of the value.
        value: String,
    },
    /// Inputs and outputs are found by name.
    #[error("two inputs or outputs are named `{0}`: rename one of them")]
    DuplicateName(String),
    /// MNN counts the bytes of a file in 31 bits.
    #[error("the file would have {bytes} bytes, MNN reads less than 2³¹")]
    TooLarge {
        /// Estimated size of the file.
        bytes: usize,
    },
    /// A mistake in this crate that would have led to wrong numbers.
    #[error("the memory layouts are inconsistent, please report this: {0}")]
    Layout(#[from] LayoutError),
    /// A mistake in this crate: what was written can't be read.
    #[error("the file can't be read back, please report this: {0}")]
    ReadBack(#[from] planus::Error),
    /// The file can't be written.
    #[error("can't write `{}`: {source}", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// The bytes of an `.mnn` file for MNN 3.6, in 32-bit floats.
///
/// Inputs and outputs are row-major `[N, C, H, W]` under the names that they have in the graph, and of fixed shape. Ops are
/// named like the graph's nodes; tensors like its values, except that an output goes by its public name. The same graph
/// gives the same bytes.
///
/// # Errors
/// If an operator can't be written, weights are missing, names clash, or the file would be too large.
pub fn export(graph: &Graph) -> Result<Vec<u8>, ExportError> {
    Ok(serialize(graph)?.as_slice().to_vec())
}

/// Exports `graph` (see [`export`]) into the file `path`, which appears complete or not at all. Returns the number of
/// operators of each type (MNN's vocabulary) without constants.
///
/// # Errors
/// If the graph can't be exported or the file can't be written.
pub fn write(graph: &Graph, path: &Path) -> Result<BTreeMap<String, usize>, ExportError> {
    let builder = serialize(graph)?;
    let bytes = builder.as_slice();
    write_atomically(path, bytes).map_err(|source| ExportError::Write { path: path.to_owned(), source })?;
    Ok(histogram(bytes)?)
}

/// The number of operators of each type (MNN's vocabulary) in an `.mnn` file, whoever wrote it, without constants.
///
/// # Errors
/// If the bytes are no MNN model.
pub fn histogram(bytes: &[u8]) -> Result<BTreeMap<String, usize>, planus::Error> {
    let mut histogram = BTreeMap::new();
    for op in schema::NetRef::read_as_root(bytes)?.oplists()?.into_iter().flatten() {
        let name = match op?.type_() {
            Ok(schema::OpType::Const) => continue,
            Ok(known) => format!("{known:?}"),
            // Files of MNN's own converter have types that this one never writes.
            Err(planus::Error { error_kind: ErrorKind::UnknownEnumTag { source }, .. }) => source.tag.to_string(),
            Err(error) => return Err(error),
        };
        *histogram.entry(name).or_insert(0) += 1;
    }
    Ok(histogram)
}

fn serialize(graph: &Graph) -> Result<Builder, ExportError> {
    let mut net = transposes::split(layout::convert(lower::lower(graph)?));
    layout::verify(&net)?;
    names::assign(&mut net)?;
    let bytes = write::capacity(&net);
    if bytes > i32::MAX as usize {
        return Err(ExportError::TooLarge { bytes });
    }
    Ok(write::serialize(&net, &graph.metadata, bytes))
}
