use super::{Attribute, OpError, Operator, Work, expect_axis, expect_inputs};
use edgeconv_tensor::TensorType;

/// ONNX `Softmax` (opset 13): `exp(x) / Σ exp(x)` along one axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Softmax {
    /// The axis that is summed over.
    pub axis: usize,
}

impl Operator for Softmax {
    fn name(&self) -> &'static str {
        "Softmax"
    }

    fn work(&self) -> Work {
        Work::Accumulates
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        vec![("axis", self.axis.into())]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, 1)?;
        expect_axis(self.axis, inputs[0])?;
        Ok(vec![inputs[0].clone()])
    }
}
