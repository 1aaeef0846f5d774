/// What kind of thing went wrong, as `edgeconv_status` in `edgeconv.h`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// An unknown name, another element type or another number of elements than expected.
    BadArgument,
    /// The file can't be read.
    BadFile,
    /// The model is damaged, or MNN can't run it.
    BadModel,
    /// The model, or MNN, can't take a shape.
    BadShape,
    /// A run without inputs, or results without a run.
    NotReady,
    /// A kept tensor that MNN computed when it loaded the model, and did not keep.
    Folded,
    /// There is no memory, or MNN reports an error.
    Failed,
}

/// What can go wrong between a file and a result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// For programs; people get the text.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}
