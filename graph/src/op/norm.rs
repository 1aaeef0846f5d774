use super::{Attribute, OpError, Operator, Work, expect_channels, expect_inputs, op_error};
use edgeconv_tensor::TensorType;

/// ONNX `BatchNormalization` at inference: `(x − mean) / √(var + epsilon) · scale + bias` per channel of `[N, C, …]`.
///
/// Inputs: data, scale, bias, mean, var; the last four are `[C]`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BatchNormalization {
    /// Added to the variance.
    pub epsilon: f32,
}

impl Operator for BatchNormalization {
    fn name(&self) -> &'static str {
        "BatchNormalization"
    }

    fn work(&self) -> Work {
        Work::Accumulates
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        vec![("epsilon", self.epsilon.into())]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 5, 5)?;
        let data = inputs[0];
        if data.rank() < 2 {
            return Err(op_error!("expected data [N, C, …], found {data}"));
        }
        for (what, ty) in ["scale", "bias", "mean", "var"].iter().zip(&inputs[1..]) {
            expect_channels(what, ty, data.shape[1])?;
        }
        Ok(vec![data.clone()])
    }
}

/// ONNX `LayerNormalization` over the last axis: `(x − mean) / √(variance + epsilon) · scale + bias`, with the biased variance.
///
/// Inputs: data `[…, C]`, scale `[C]`, bias `[C]`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LayerNormalization {
    /// Added to the variance.
    pub epsilon: f32,
}

impl Operator for LayerNormalization {
    fn name(&self) -> &'static str {
        "LayerNormalization"
    }

    fn work(&self) -> Work {
        Work::Accumulates
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        vec![("epsilon", self.epsilon.into())]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 3, 3)?;
        let data = inputs[0];
        let Some(&channels) = data.shape.last() else { return Err(op_error!("expected data […, C], found {data}")) };
        expect_channels("scale", inputs[1], channels)?;
        expect_channels("bias", inputs[2], channels)?;
        Ok(vec![data.clone()])
    }
}
