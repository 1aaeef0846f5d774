//! Training and evaluation: the graphs of the zoo as libtorch modules.
//!
//! - [`network`]: a graph computed by libtorch, with gradients.

pub mod loss;
pub mod metrics;
pub mod network;
pub mod optim;
pub mod recipe;
mod round;
pub mod schedule;

pub use recipe::Recipe;
