//! Architectures, recipes and checkpoints.

pub mod weights;
