//! Model files in which errors stay where they are made: what computed values are read from elsewhere are inputs instead.

use super::{mnn, onnx};

use std::path::{Path, PathBuf};

use edgeconv_graph::TensorType;

use crate::source::onnx::ImportError;

/// A model file that can't be taken apart.
#[derive(Debug, thiserror::Error)]
pub enum IsolateError {
    /// It can't be read.
    #[error("`{}`: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is no MNN model.
    #[error("it is no MNN model: {0}")]
    Mnn(#[from] planus::Error),
    /// It is no ONNX model.
    #[error(transparent)]
    Onnx(#[from] ImportError),
    /// It is neither.
    #[error("`{}`: expected a file that ends in .mnn or .onnx", .0.display())]
    Ending(PathBuf),
}

/// File formats of models.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `.mnn`
    Mnn,
    /// `.onnx`
    Onnx,
}

impl Format {
    /// The format that a file's ending says.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "mnn" => Some(Self::Mnn),
            "onnx" => Some(Self::Onnx),
            _ => None,
        }
    }

    /// The ending of such files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Mnn => "mnn",
            Self::Onnx => "onnx",
        }
    }
}

/// A model whose operators read given values instead of computed ones.
#[derive(Debug, Clone)]
pub struct Isolated {
    pub(super) format: Format,
    pub(super) bytes: Vec<u8>,
    /// For each given value that is in the file: its name, and the input that stands for it.
    pub(super) inputs: Vec<(String, String)>,
}

/// Rewrites a model file: whatever reads one of these values reads an input instead, so that each value is computed from given
/// ones, and an error shows where it is made. The values are outputs of the result.
///
/// In an ONNX file, only values of 32-bit floats become inputs.
///
/// # Errors
/// If the file can't be read, or is no model.
pub fn isolate(path: &Path, values: &[(String, TensorType)]) -> Result<Isolated, IsolateError> {
    let format = Format::of(path).ok_or_else(|| IsolateError::Ending(path.to_owned()))?;
    match format {
        Format::Mnn => {
            let bytes = std::fs::read(path).map_err(|source| IsolateError::Read { path: path.to_owned(), source })?;
            Ok(mnn::isolate::isolate(&bytes, values)?)
        }
        Format::Onnx => Ok(onnx::isolate::isolate(path, values)?),
    }
}

impl Isolated {
    /// The format, which is the original's.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The contents of the file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// For each given value that is in the file: its name, and the input that stands for it.
    pub fn inputs(&self) -> &[(String, String)] {
        &self.inputs
    }

    /// The part that one value needs, as a model of its own, in which given values are inputs under their own names.
    ///
    /// # Errors
    /// If the bytes of this model can't be read back.
    pub fn part(&self, value: &str) -> Result<Vec<u8>, IsolateError> {
        match self.format {
            Format::Mnn => Ok(mnn::isolate::part(&self.bytes, &self.inputs, value)?),
            Format::Onnx => Ok(onnx::isolate::part(&self.bytes, &self.inputs, value)?),
        }
    }
}

/// The bytes of an ONNX file that also returns these values, as far as it has them.
///
/// # Errors
/// If the file can't be read, or is no model.
pub fn expose(path: &Path, values: &[String]) -> Result<Vec<u8>, IsolateError> {
    Ok(onnx::isolate::expose(path, values)?)
}

/// The name of the input that stands for a value.
pub(super) fn stand_in(value: &str) -> String {
    format!("given/{value}")
}
