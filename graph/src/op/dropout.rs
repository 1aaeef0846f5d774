//! Dropout, which only graphs for training have.

use super::{Attribute, OpError, Operator, Work, expect_inputs};
use edgeconv_tensor::TensorType;

/// While a network is trained, zeroes what a coin says and divides the rest by `1 − ratio`; an identity otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dropout {
    /// Probability to be zeroed, 0 to 1.
    pub ratio: f64,
    /// What one coin decides about.
    pub unit: DropoutUnit,
}

/// What is zeroed as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DropoutUnit {
    /// An element: ONNX's and PyTorch's `Dropout`.
    Element,
    /// A channel of `[N, C, …]`: PyTorch's `Dropout2d`.
    Channel,
    /// A sample of `[N, …]`: drop path (stochastic depth, Huang et al. 2016), where it stands before a shortcut's sum.
    Sample,
}

impl Operator for Dropout {
    fn name(&self) -> &'static str {
        "Dropout"
    }

    fn work(&self) -> Work {
        Work::Other
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        vec![("ratio", (self.ratio as f32).into()), ("unit", format!("{:?}", self.unit).to_lowercase().into())]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, 1)?;
        Ok(vec![inputs[0].clone()])
    }
}
