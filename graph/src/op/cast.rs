use super::{Attribute, OpError, Operator, Work, expect_inputs, op_error};
use edgeconv_tensor::{DType, Tensor, TensorType};

/// ONNX `Cast`: floats become integers by cutting off the fraction, integers that don't fit lose their highest bits, and anything
/// but 0 is true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cast {
    /// The new element type.
    pub to: DType,
}

impl Operator for Cast {
    fn name(&self) -> &'static str {
        "Cast"
    }

    fn work(&self) -> Work {
        Work::Other
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        vec![("to", self.to.name().into())]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, 1)?;
        // The small floats are for weights that are stored.
        if self.to.is_float() && self.to.bits() < 16 && self.to != inputs[0].dtype {
            return Err(op_error!("nothing is rounded to {}", self.to));
        }
        Ok(vec![TensorType { dtype: self.to, shape: inputs[0].shape.clone() }])
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        Some(vec![inputs[0].cast(self.to)?])
    }
}
