use std::path::Path;

use serde::Serialize;

use super::{Listing, Mnn, Onnx, ReadError, Target};
use crate::source::ModelFile;

/// File formats of models. Not `non_exhaustive`: what a new one is run with, and how it is evaluated, has to be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// `.onnx`
    Onnx,
    /// `.mnn`
    Mnn,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 2] = [Self::Onnx, Self::Mnn];

    /// The format that a file's ending says.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        Self::ALL.into_iter().find(|format| format.ending() == ending)
    }

    /// The ending of such files, without the dot.
    pub fn ending(self) -> &'static str {
        self.target().ending()
    }

    /// What writes and reads such files, with default settings.
    pub fn target(self) -> &'static dyn Target {
        match self {
            Self::Onnx => &Onnx::DEFAULT,
            Self::Mnn => &Mnn::DEFAULT,
        }
    }

    /// The format that a file's ending says, which has to be one.
    ///
    /// # Errors
    /// If no format has such files; the error lists the endings.
    pub fn expect(path: &Path) -> Result<Self, ReadError> {
        let endings = || Self::ALL.map(|format| format!(".{}", format.ending())).to_vec();
        Self::of(path).ok_or_else(|| ReadError::Ending { path: path.to_owned(), endings: endings() })
    }

    /// The format that a file's ending says, with the file.
    pub(super) fn open(path: &Path) -> Result<(Self, ModelFile), ReadError> {
        Ok((Self::expect(path)?, ModelFile::read(path)?))
    }
}

/// Lists a model file by its ending.
///
/// # Errors
/// If the file can't be read, or is not what its ending says.
pub fn list(path: &Path) -> Result<Listing, ReadError> {
    let (format, file) = Format::open(path)?;
    format.target().list(&file)
}
