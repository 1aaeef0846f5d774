//! Training and evaluation: the graphs of the zoo as libtorch modules.
//!
//! - [`network`]: a graph computed by libtorch, with gradients.

pub mod network;
