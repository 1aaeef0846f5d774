//! Files that hold tensors: states of models, and all that a run needs to go on.

pub mod best;
mod error;
mod pickle;
pub mod pt;
pub mod run_state;
pub mod safetensors;

pub use error::CheckpointError;
