//! What a network computes of its own sizes.

use crate::graph::{Graph, ValueId};
use edgeconv_tensor::Tensor;

/// The part of a network that computes numbers and tables from lengths of tensors: in a graph for one size these are known, and stand in it as
/// constants and attributes. In a file for any size they have to be computed.
#[derive(Debug, Clone)]
pub struct Sizes {
    /// The computation. Its inputs are lengths, and what else was known at this size without an operator that computes it.
    pub graph: Graph,
    /// The elements at this size, of its inputs and results.
    pub contents: Vec<(ValueId, Tensor)>,
}
