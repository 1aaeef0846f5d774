//! Model files in which errors stay where they are made: what computed values are read from elsewhere are inputs instead.

use std::path::Path;

use edgeconv_graph::TensorType;

use super::{Format, GivenValues, ReadError, onnx};
use crate::source::ModelFile;

/// A model whose operators read given values instead of computed ones.
#[derive(Debug, Clone)]
pub struct Isolated {
    format: Format,
    file: GivenValues,
}

/// Rewrites a model file: whatever reads one of these values reads an input instead, so that each value is computed from given
/// ones, and an error shows where it is made. The values are outputs of the result; the model's own inputs may be among them, for their shapes.
///
/// In an ONNX file, only values of 32-bit floats become inputs.
///
/// # Errors
/// If the file can't be read, or is not a model.
pub fn isolate(path: &Path, values: &[(String, TensorType)]) -> Result<Isolated, ReadError> {
    let (format, file) = Format::open(path)?;
    Ok(Isolated { format, file: format.target().isolate(&file, values)? })
}

impl Isolated {
    /// The format, which is the original's.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The contents of the file.
    pub fn bytes(&self) -> &[u8] {
        &self.file.bytes
    }

    /// For each given value that is in the file: its name, and the input that stands for it.
    pub fn inputs(&self) -> &[(String, String)] {
        &self.file.inputs
    }

    /// The part that one value needs, as a model of its own, in which given values are inputs under their own names.
    ///
    /// # Errors
    /// If the bytes of this model can't be read back.
    pub fn part(&self, value: &str) -> Result<Vec<u8>, ReadError> {
        self.format.target().part(&self.file, value)
    }
}

/// The bytes of an ONNX file that also returns these values, as far as it computes them, and the names of those that it did not return
/// before.
///
/// # Errors
/// If the file can't be read, or is not a model.
pub fn expose(path: &Path, values: &[String]) -> Result<(Vec<u8>, Vec<String>), ReadError> {
    Ok(onnx::isolate::expose(&ModelFile::read(path)?, values)?)
}

/// The name of the input that stands for a value.
pub(super) fn stand_in(value: &str) -> String {
    format!("given/{value}")
}
