//! One file per architecture.

pub(crate) mod convnext;
pub(crate) mod edgeformer;
pub(crate) mod mobilenetv2;
pub(crate) mod parc;
pub(crate) mod resnet;

use edgeconv_graph::GraphError;

/// Why a model can't be built.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// The network can't take an input of this size.
    #[error("input size {height}x{width} (height x width) is impossible: {reason}")]
    Size {
        /// Height of the input.
        height: usize,
        /// Width of the input.
        width: usize,
        /// Why, and which sizes work.
        reason: String,
    },
    /// An option has a value that the network can't be built with.
    #[error("option `{key}`: {reason}")]
    Option {
        /// The dotted name of the option.
        key: &'static str,
        /// Why not, and what works.
        reason: String,
    },
    /// The graph is inconsistent.
    #[error(transparent)]
    Graph(#[from] GraphError),
}
