//! The numbers in a graph: read from a checkpoint ([`read`], [`load`]) or drawn anew ([`initialise`]).

mod checkpoint;
mod error;
mod init;
mod load;
mod mismatch;
mod pickle;

pub use checkpoint::{Checkpoint, read};
pub use error::WeightsError;
pub use init::{InitName, Initialisation, initialise};
pub use load::{Alias, load, load_backbone};
pub use mismatch::Mismatch;
