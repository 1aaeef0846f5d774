use super::{OpError, Operator, expect_inputs};
use crate::tensor::{DType, Tensor, TensorData, TensorType};

/// ONNX `Cast`: floats become integers by cutting off the fraction, and anything but 0 is true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cast {
    /// The new element type.
    pub to: DType,
}

impl Operator for Cast {
    fn name(&self) -> &'static str {
        "Cast"
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![("to", self.to.to_string())]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, 1)?;
        Ok(vec![TensorType { dtype: self.to, shape: inputs[0].shape.clone() }])
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        let shape = inputs[0].shape();
        let cast = match (inputs[0].data(), self.to) {
            (TensorData::F32(data), DType::I64) => Tensor::i64(shape, data.iter().map(|&x| x as i64).collect()),
            (TensorData::F32(data), DType::Bool) => Tensor::bool(shape, data.iter().map(|&x| x != 0.0).collect()),
            (TensorData::I64(data), DType::F32) => Tensor::f32(shape, data.iter().map(|&x| x as f32).collect()),
            (TensorData::I64(data), DType::Bool) => Tensor::bool(shape, data.iter().map(|&x| x != 0).collect()),
            (TensorData::Bool(data), DType::F32) => Tensor::f32(shape, data.iter().map(|&x| x.into()).collect()),
            (TensorData::Bool(data), DType::I64) => Tensor::i64(shape, data.iter().map(|&x| x.into()).collect()),
            (TensorData::F32(_), DType::F32)
            | (TensorData::I64(_), DType::I64)
            | (TensorData::Bool(_), DType::Bool) => {
                return Some(vec![inputs[0].clone()]);
            }
        };
        Some(vec![cast.ok()?])
    }
}
