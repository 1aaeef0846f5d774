//! GELU in forms that only MNN has.

use edgeconv_graph::op::{OpError, Operator, Unary, Work};
use edgeconv_graph::{Tensor, TensorType};

/// An operator of this target's passes: custom in the graph, opaque to other targets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gelu {
    /// [`Unary::Gelu`] to within 1e-6 by a sigmoid.
    BySigmoid,
    /// [`Unary::GeluTanh`] to within 2e-4 and [`Unary::Gelu`] to within 5e-4, by MNN's own op.
    ByTanh,
}

impl Gelu {
    /// The function that it stands for.
    fn function(self) -> Unary {
        match self {
            Gelu::BySigmoid => Unary::Gelu,
            Gelu::ByTanh => Unary::GeluTanh,
        }
    }
}

impl Operator for Gelu {
    fn name(&self) -> &'static str {
        match self {
            Gelu::BySigmoid => "GeluBySigmoid",
            Gelu::ByTanh => "GeluByTanh",
        }
    }

    fn work(&self) -> Work {
        Work::Elementwise
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        self.function().infer(inputs)
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        self.function().evaluate(inputs)
    }
}
