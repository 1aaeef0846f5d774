//! Training and evaluation: the graphs of the zoo as libtorch modules.
//!
//! - [`network`]: a graph computed by libtorch, with gradients.
//! - [`trainer`]: the loop.

pub mod loss;
pub mod metrics;
pub mod network;
pub mod optim;
pub mod recipe;
mod round;
pub mod schedule;
pub mod trainer;

pub use recipe::Recipe;
