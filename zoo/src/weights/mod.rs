//! The numbers in a graph: read from a checkpoint ([`read`], [`load`]) or drawn anew ([`initialise`]).

mod checkpoint;
mod error;
mod init;
mod load;
mod pickle;

pub use checkpoint::{Checkpoint, read};
pub use error::{Mismatch, WeightsError};
pub use init::{InitName, Initialisation, initialise};
pub use load::{Alias, load, load_backbone};
