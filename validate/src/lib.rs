//! Parity and latency: do two programs compute the same, and how long does it take?
//!
//! - [`engine`]: programs that run model files.
//! - [`compare`]: how far their outputs are apart.
//! - [`golden`]: what a model gave before.
//! - [`input`]: what they are run on.
//! - [`latency`]: statistics of measured times.
//! - [`tune`]: the fastest of several files.

pub mod compare;
pub mod engine;
pub mod golden;
pub mod input;
pub mod latency;
mod selections;
pub mod tune;

pub use selections::Selections;
