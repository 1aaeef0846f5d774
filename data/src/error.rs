//! What can be wrong with training data.

use std::path::{Path, PathBuf};

use edgeconv_vision::picture::PictureError;

/// Training data that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// A file or folder is not there.
    #[error("`{}` is missing: {expected}", path.display())]
    Missing {
        /// The file or folder.
        path: PathBuf,
        /// What was expected there.
        expected: String,
    },
    /// A file or folder can't be read.
    #[error("`{}`: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A picture can't be read.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// A file holds something else than it should.
    #[error("`{}`: {reason}", path.display())]
    Content {
        /// The file or folder.
        path: PathBuf,
        /// What was expected and what was found.
        reason: String,
    },
    /// Data is asked for in a way that is impossible.
    #[error("option `{key}`: {reason}")]
    Option {
        /// The dotted key.
        key: String,
        /// Why, and what to do.
        reason: String,
    },
    /// Pictures that can't be put into one batch.
    #[error("pictures can't become one batch: {0}")]
    Batch(String),
}

impl DataError {
    pub(crate) fn content(path: &Path, reason: impl Into<String>) -> Self {
        Self::Content { path: path.to_owned(), reason: reason.into() }
    }

    pub(crate) fn option(key: &str, reason: impl Into<String>) -> Self {
        Self::Option { key: key.to_owned(), reason: reason.into() }
    }

    /// What a failed read of `path` means; `expected` says what should be there.
    pub(crate) fn reading(path: &Path, source: std::io::Error, expected: &str) -> Self {
        let path = path.to_owned();
        match source.kind() {
            std::io::ErrorKind::NotFound => Self::Missing { path, expected: expected.to_owned() },
            _ => Self::Io { path, source },
        }
    }
}
