//! Training and evaluation: the graphs of the zoo as libtorch modules.
//!
//! - [`network`]: a graph computed by libtorch, with gradients.
//! - [`trainer`]: the loop.

pub mod checkpoint;
mod ema;
mod file;
pub mod log;
pub mod loss;
pub mod metrics;
pub mod network;
pub mod optim;
pub mod recipe;
mod round;
pub mod schedule;
mod state;
pub mod trainer;

pub use ema::Ema;
pub use recipe::Recipe;
pub use state::{State, StateError, from_graph, to_graph};
