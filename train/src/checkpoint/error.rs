//! What can be wrong with a checkpoint.

use std::io;
use std::path::PathBuf;

use crate::state::StateError;

/// Why a checkpoint could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    /// The operating system cannot store the file.
    #[error("can't write the checkpoint `{}`: {source}", .path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// The operating system cannot give us the file.
    #[error("can't read the checkpoint `{}`: {source}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// The file is not a checkpoint, ends early, or was changed.
    #[error("the checkpoint `{}` is damaged: {reason}; {instead}", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What does not fit.
        reason: String,
        /// What to use in its place.
        instead: String,
    },
    /// A tensor cannot be stored, or is not what is needed.
    #[error("checkpoint `{}`: {source}", .path.display())]
    Tensor {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: StateError,
    },
}
