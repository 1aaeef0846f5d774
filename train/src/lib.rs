//! Training and evaluation: the graphs of the zoo as libtorch modules.
//!
//! - [`Recipe`]: what a run is to do; [`trainer`]: the loop that does it.
//! - [`network`]: a graph computed by libtorch, with gradients.
//! - [`loss`], [`optim`], [`schedule`], [`metrics`]: the parts of the loop.
//! - [`State`]: the tensors of a model by their official names; [`Ema`]: their moving average; [`checkpoint`]: files of them.
//! - [`evaluation`]: how good networks and model files are.
//! - [`distributed`]: several processes.
//! - [`log`]: what a run tells about itself.
//! - [`commands`]: what can be called; [`allocator`]: how the program that calls it uses memory.

pub mod allocator;
pub mod checkpoint;
pub mod commands;
pub mod distributed;
mod ema;
pub mod evaluation;
pub mod input;
pub mod log;
pub mod loss;
pub mod metrics;
pub mod network;
pub mod optim;
pub mod recipe;
mod round;
pub mod run;
pub mod schedule;
mod state;
pub mod trainer;

pub use ema::Ema;
pub use recipe::Recipe;
pub use state::{State, StateError, from_graph, to_graph};
