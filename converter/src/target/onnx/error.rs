use edgeconv_files::name::escaped;
use edgeconv_graph::TensorType;

use super::{DEFAULT_OPSET, OPSETS};
use crate::target::OpenError;

/// Why a graph can't become an ONNX file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The operator set is not one of [`OPSETS`].
    #[error(
        "ONNX operator set {found} is not supported: choose one from {} to {}, {DEFAULT_OPSET} suits most runtimes",
        OPSETS.start(), OPSETS.end()
    )]
    UnsupportedOpset {
        /// The wanted operator set.
        found: i64,
    },
    /// A parameter or buffer has no elements.
    #[error("`{name}` {ty} has no elements: load weights or initialise the model before it is exported", name = escaped(.name))]
    MissingTensor {
        /// Name of the parameter.
        name: String,
        /// Its type.
        ty: TensorType,
    },
    /// ONNX has no such operator.
    #[error("node `{node}`: ONNX has no operator {op}, a pass must replace it before the graph is exported", node = escaped(.node))]
    UnsupportedOperator {
        /// Name of the node.
        node: String,
        /// Name of the operator.
        op: &'static str,
    },
    /// ONNX has the operator, but not all of what it is to do.
    #[error("node `{node}` ({op}) can't be written as ONNX: {reason}", node = escaped(.node), reason = escaped(.reason))]
    Unsupported {
        /// Name of the node.
        node: String,
        /// Name of the operator.
        op: &'static str,
        /// What is in the way.
        reason: String,
    },
    /// Only later operator sets have it.
    #[error("node `{node}` ({op}) can't be written in ONNX operator set {found}: {what} needs {since} or later", node = escaped(.node), what = escaped(.what))]
    NeedsOpset {
        /// Name of the node.
        node: String,
        /// Name of the operator.
        op: &'static str,
        /// What the operator set does not have.
        what: String,
        /// The operator set that was wanted.
        found: i64,
        /// The first one that has it.
        since: i64,
    },
    /// Inputs and outputs of a model need names of their own.
    #[error("two inputs or outputs of the graph are named `{}`: give one of them another name", escaped(.0))]
    DuplicateName(String),
    /// Not for all sizes that are asked for.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Protocol Buffers end at 2 GiB.
    #[error("the model needs {bytes} bytes, but an ONNX file can't be larger than {} bytes", i32::MAX)]
    TooLarge {
        /// Size of the model.
        bytes: usize,
    },
}
