use std::path::PathBuf;

use edgeconv_files::TooMuch;
use edgeconv_files::name::{escaped, escaped_path};
use edgeconv_graph::GraphError;

/// Why a model file can't be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The file can't be read.
    #[error("can't read `{}`: {source}", escaped_path(path))]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The bytes are not a model.
    #[error("`{file}` is not an {format} model: {reason}", file = escaped(.file), reason = escaped(.reason))]
    NotAModel {
        /// Path of the file, or what stands for it.
        file: String,
        /// Name of the format that was expected.
        format: String,
        /// What is wrong.
        reason: String,
    },
    /// An operator, or what it is asked to do, has no counterpart.
    #[error("node `{node}` ({op}, opset {opset}) can't be imported: {reason}{}", text(.advice), reason = escaped(.reason), node = escaped(.node), op = escaped(.op))]
    Unsupported {
        /// Name of the node, or of its first output.
        node: String,
        /// Operator, with its domain if that is not ONNX's.
        op: String,
        /// Version of the operator set.
        opset: i64,
        /// What is in the way.
        reason: String,
        /// What helps.
        advice: Option<Box<Advice>>,
    },
    /// What the graph has to be built for is computed from the model's inputs.
    #[error(
        "node `{node}` ({op}, opset {opset}) can't be imported: `{operand}` has to be known at conversion time{}{}",
        unknown(.operand, .inputs),
        end(.open), node = escaped(.node), op = escaped(.op), operand = escaped(.operand)
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
        /// Names of the model's inputs that it follows from, such as shapes and counts; empty if it depends on data.
        inputs: Box<[String]>,
        /// Names of all values that the node reads and other nodes compute at run time: the model could end there.
        open: Box<[String]>,
    },
    /// A tensor of the file is of a kind, or is stored in a way, that can't be read.
    #[error("tensor `{name}` can't be read: {reason}", reason = escaped(.reason), name = escaped(.name))]
    Tensor {
        /// Name of the tensor.
        name: String,
        /// What is wrong.
        reason: String,
    },
    /// What the file asks for takes more memory than the file may.
    #[error("`{name}`{} can't be read: {source}", operator(.op), name = escaped(.name))]
    Memory {
        /// Name of the value or tensor, or of the whole model.
        name: String,
        /// The operator that computes it, with its domain if that is not ONNX's; empty if none does.
        op: String,
        /// How much it would take.
        source: TooMuch,
    },
    /// An input has no fixed shape.
    #[error("input `{name}` has shape {shape}: give it a fixed one", name = escaped(.name), shape = escaped(.shape))]
    OpenShape {
        /// Name of the input.
        name: String,
        /// Its shape as the file has it.
        shape: String,
    },
    /// A shape or value was given for an input that the model does not have.
    #[error("the model has no input `{name}`, it has: {}", escaped(&.names.join(", ")), name = escaped(.name))]
    NoSuchInput {
        /// The name that was given.
        name: String,
        /// Names of the model's inputs.
        names: Vec<String>,
    },
    /// The model is to return something that it does not compute.
    #[error("the model can't end at `{name}`: no node computes it", name = escaped(.name))]
    NoSuchValue {
        /// The name that was given.
        name: String,
    },
    /// The model is to return the same twice.
    #[error("the model is to end at `{name}` twice: name it once", name = escaped(.name))]
    EndsTwice {
        /// The name that was given.
        name: String,
    },
    /// A shape was given that contradicts the file.
    #[error("input `{name}` can't have shape {shape:?}: {reason}", reason = escaped(.reason), name = escaped(.name))]
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

/// What helps where a model can't be read as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Advice {
    /// To end the model before the node, at these values: all that is in front of them can be read.
    EndAt(Vec<String>),
    /// To make this result of the node an input, of this shape.
    MakeInput {
        /// Name of the value.
        value: String,
        /// Its shape.
        shape: Vec<usize>,
    },
    /// To read the model as one of this operator set.
    ReadAs(i64),
}

impl ImportError {
    /// The error that something of this name takes too much memory.
    pub(super) fn memory(name: String, source: TooMuch) -> Self {
        Self::Memory { name, op: String::new(), source }
    }

    /// Adds which operator computes what takes too much memory, if that is not known yet.
    pub(super) fn computed_by(mut self, computes: impl FnOnce() -> String) -> Self {
        match &mut self {
            Self::Memory { op, .. } if op.is_empty() => *op = computes(),
            _ => {}
        }
        self
    }

    /// Adds that the model could end at these values, if nothing else helps with the error.
    pub(super) fn or_end_at(mut self, ends: Vec<String>) -> Self {
        match &mut self {
            Self::Unsupported { advice: advice @ None, .. } if !ends.is_empty() => {
                *advice = Some(Box::new(Advice::EndAt(ends)));
            }
            Self::Unknown { open, .. } => *open = ends.into(),
            _ => {}
        }
        self
    }
}

/// The operator as it stands behind the name of what it computes.
fn operator(op: &str) -> String {
    if op.is_empty() { String::new() } else { format!(" ({})", escaped(op)) }
}

/// The advice as it stands behind a reason.
fn text(advice: &Option<Box<Advice>>) -> String {
    match advice.as_deref() {
        None => String::new(),
        Some(Advice::EndAt(ends)) => format!("; the model could end before it, at {}", quoted(ends)),
        Some(Advice::MakeInput { value, shape }) => {
            format!("; make `{}`, of shape {shape:?}, an input of the model", escaped(value))
        }
        Some(Advice::ReadAs(opset)) => format!("; if the file is wrong about that, read it as operator set {opset}"),
    }
}

/// What is to be done about an operand.
fn unknown(operand: &str, inputs: &[String]) -> String {
    match inputs {
        [] => ", but depends on data".to_owned(),
        [input] if input == operand => ": give this input a fixed value".to_owned(),
        _ => format!(": give what it follows from a fixed value, {}", quoted(inputs)),
    }
}

/// The other way out, if there is something in front of the node.
fn end(open: &[String]) -> String {
    if open.is_empty() { String::new() } else { format!("; the model could end before it, at {}", quoted(open)) }
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("`{}`", escaped(name))).collect::<Vec<_>>().join(", ")
}
