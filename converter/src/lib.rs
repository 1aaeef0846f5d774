//! Placeholder.
pub mod mnn;
