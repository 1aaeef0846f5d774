use std::path::PathBuf;

use edgeconv_tensor::DType;

/// What can go wrong between a file and a result.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file can't be read.
    #[error("`{}`: {reason}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: std::io::Error,
    },
    /// The model can't be loaded.
    #[error("MNN can't load the model: {0}")]
    Load(String),
    /// The model has no input or output of that name.
    #[error("the model has no {kind} `{name}`; it has {}", known.join(", "))]
    UnknownTensor {
        /// `input` or `output`.
        kind: &'static str,
        /// The name that was asked for.
        name: String,
        /// The names that exist.
        known: Vec<String>,
    },
    /// A shape that MNN can't represent.
    #[error(
        "input `{name}` can't have the shape {shape:?}: MNN takes up to 8 dimensions, none of them 0, and below 512 MiB"
    )]
    Shape {
        /// Name of the input.
        name: String,
        /// The shape that was asked for.
        shape: Vec<usize>,
    },
    /// The model does not work with the new shapes of its inputs.
    #[error("the model can't take {inputs}: an operator in it does not fit such shapes")]
    Resize {
        /// Names and shapes.
        inputs: String,
    },
    /// The elements have another type than the input.
    #[error("input `{name}` has elements of type {expected}, found {found}")]
    InputType {
        /// Name of the input.
        name: String,
        /// Its type.
        expected: DType,
        /// What was given.
        found: DType,
    },
    /// The elements are not as many as the input has.
    #[error("input `{name}` of shape {shape:?} takes {} elements, found {found}", shape.iter().product::<usize>())]
    ElementCount {
        /// Name of the input.
        name: String,
        /// Its shape; 0 waits for a resize.
        shape: Vec<usize>,
        /// How many were given.
        found: usize,
    },
    /// A run needs every input filled anew.
    #[error("input `{0}` was not filled since the last run or resize")]
    NotFilled(String),
    /// There is nothing to read yet.
    #[error("the model was not run since its inputs were filled or resized")]
    NotRun,
    /// An element type that this crate does not read.
    #[error("`{0}` has elements that are neither 32-bit floats nor 32-bit integers")]
    ElementType(String),
    /// MNN tells another number of elements than the shape has.
    #[error(transparent)]
    Elements(#[from] edgeconv_tensor::TensorError),
    /// A tensor that no run computes.
    #[error("`{0}` can't be read: MNN computed it when it loaded the model, and did not keep it")]
    Folded(String),
    /// MNN reported an error.
    #[error("MNN failed while {doing} (error code {code}: {})", meaning(*code))]
    Mnn {
        /// What it was asked to do.
        doing: String,
        /// The code in `MNN/ErrorCode.hpp`.
        code: i32,
    },
}

/// The text behind an MNN error code (`MNN/ErrorCode.hpp`).
fn meaning(code: i32) -> &'static str {
    match code {
        1 => "out of memory",
        2 => "not supported",
        3 => "shapes don't fit",
        4 => "no implementation for an operator",
        5 => "invalid value",
        10 => "wrong input data",
        20 | 21 => "unsupported tensor",
        _ => "see MNN/ErrorCode.hpp",
    }
}
