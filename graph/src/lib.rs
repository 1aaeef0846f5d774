//! The graph that everything in edgeconv is a translation into, inside, or out of.
//!
//! - [`Graph`]: values in static single assignment form and nodes over them, under ids that they keep, all shapes known.
//! - [`Builder`]: makes a graph node by node, with shape inference and module paths as names.
//! - [`Patch`]: a rewrite as data; [`Graph::apply`] carries it out and keeps provenance.
//! - [`Quantization`]: how integers stand for real numbers.
//! - [`Sizes`]: what a network computes of lengths, for files that are open in them.
//! - [`Op`]: the operators, one file per family under `op/`.

mod builder;
mod graph;
mod names;
mod order;
mod patch;
mod print;
mod quantization;
mod sizes;
mod slots;

pub mod op;

pub use builder::Builder;
pub use edgeconv_tensor::{DType, Element, Tensor, TensorError, TensorType, aligned_bytes};
pub use graph::{Graph, GraphError, Node, NodeId, Output, Value, ValueId, ValueKind};
pub use names::Names;
pub use op::{Op, Operator};
pub use patch::Patch;
pub use quantization::Quantization;
pub use sizes::Sizes;
