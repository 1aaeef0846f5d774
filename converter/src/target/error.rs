use std::path::PathBuf;

use super::{mnn, onnx};
use crate::source::ImportError;

/// Why a graph can't be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// As ONNX.
    #[error(transparent)]
    Onnx(#[from] onnx::ExportError),
    /// As MNN.
    #[error(transparent)]
    Mnn(#[from] mnn::ExportError),
    /// What it is written to fails.
    #[error("the file can't be written: {0}")]
    Write(#[from] std::io::Error),
    /// In a format of a program's own.
    #[error(transparent)]
    Other(Box<dyn std::error::Error + Send + Sync>),
}

/// Why a model file can't be listed or taken apart.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// It, or a file beside it, can't be read, or is not a model.
    #[error(transparent)]
    File(#[from] ImportError),
    /// Its name does not say what it is.
    #[error("`{}`: expected a name that ends in {}", .path.display(), .endings.join(" or "))]
    Ending {
        /// The file.
        path: PathBuf,
        /// What would do, with dots.
        endings: Vec<String>,
    },
}
