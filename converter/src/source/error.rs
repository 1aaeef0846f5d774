use std::path::PathBuf;

use edgeconv_graph::GraphError;

/// Why a model file can't be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The file can't be read.
    #[error("can't read `{}`: {source}", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The bytes are not a model.
    #[error("`{file}` is not an {format} model: {reason}")]
    NotAModel {
        /// Path of the file, or what stands for it.
        file: String,
        /// Name of the format that was expected.
        format: String,
        /// What is wrong.
        reason: String,
    },
    /// An operator, or what it is asked to do, has no counterpart.
    #[error("node `{node}` ({op}, opset {opset}) can't be imported: {reason}")]
    Unsupported {
        /// Name of the node, or of its first output.
        node: String,
        /// Operator, with its domain if that is not ONNX's.
        op: String,
        /// Version of the operator set.
        opset: i64,
        /// What is in the way.
        reason: String,
    },
    /// What the graph has to be built for is computed from the model's inputs.
    #[error(
        "node `{node}` ({op}, opset {opset}) can't be imported: `{operand}` has to be known at conversion time; if it is an input \
         or follows from one, give that input a fixed value{}",
        end(.open)
    )]
    Unknown {
        /// Name of the node, or of its first output.
        node: String,
        /// Operator, with its domain if that is not ONNX's.
        op: String,
        /// Version of the operator set.
        opset: i64,
        /// Name of the operand.
        operand: String,
        /// Names of all values that the node reads and other nodes compute at run time.
        open: Vec<String>,
    },
    /// A tensor of the file is of a kind, or is stored in a way, that can't be read.
    #[error("tensor `{name}` can't be read: {reason}")]
    Tensor {
        /// Name of the tensor.
        name: String,
        /// What is wrong.
        reason: String,
    },
    /// An input has no fixed shape.
    #[error("input `{name}` has shape {shape}: give it a fixed one")]
    OpenShape {
        /// Name of the input.
        name: String,
        /// Its shape as the file has it.
        shape: String,
    },
    /// A shape or value was given for an input that the model does not have.
    #[error("the model has no input `{name}`, it has: {}", .names.join(", "))]
    NoSuchInput {
        /// The name that was given.
        name: String,
        /// Names of the model's inputs.
        names: Vec<String>,
    },
    /// The model is to return something that it does not compute.
    #[error("the model can't end at `{name}`: no node computes it")]
    NoSuchValue {
        /// The name that was given.
        name: String,
    },
    /// The model is to return the same twice.
    #[error("the model is to end at `{name}` twice: name it once")]
    EndsTwice {
        /// The name that was given.
        name: String,
    },
    /// A shape was given that contradicts the file.
    #[error("input `{name}` can't have shape {shape:?}: {reason}")]
    BadShape {
        /// Name of the input.
        name: String,
        /// The shape that was given.
        shape: Vec<usize>,
        /// Why not.
        reason: String,
    },
    /// The graph is inconsistent.
    #[error(transparent)]
    Graph(#[from] GraphError),
}

/// The other way out, if there is something in front of the node.
fn end(open: &[String]) -> String {
    let names = open.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if names.is_empty() { names } else { format!(", else end the model before this node, at {names}") }
}
