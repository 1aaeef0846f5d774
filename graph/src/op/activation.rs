//! Activation functions with a parameter.

use super::elementwise::broadcast;
use super::{Attribute, OpError, Operator, Work, expect_inputs, op_error};
use edgeconv_tensor::{DType, Tensor, TensorType};

/// ONNX `LeakyRelu`: `x`, below 0 `alpha · x`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LeakyRelu {
    /// Slope below 0.
    pub alpha: f32,
}

impl Operator for LeakyRelu {
    fn name(&self) -> &'static str {
        "LeakyRelu"
    }

    fn work(&self) -> Work {
        Work::Elementwise
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        vec![("alpha", self.alpha.into())]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        floats(inputs, 1)
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        map(inputs[0], |x| if x < 0.0 { self.alpha * x } else { x })
    }
}

/// ONNX `Elu`: `x`, below 0 `alpha · (exp(x) − 1)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Elu {
    /// How far below 0 it gets.
    pub alpha: f32,
}

impl Operator for Elu {
    fn name(&self) -> &'static str {
        "Elu"
    }

    fn work(&self) -> Work {
        Work::Elementwise
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        vec![("alpha", self.alpha.into())]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        floats(inputs, 1)
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        map(inputs[0], |x| if x < 0.0 { self.alpha * x.exp_m1() } else { x })
    }
}

/// ONNX `PRelu`: `x`, below 0 `slope · x`, with the slope as second operand, which is broadcast to `x`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PRelu;

impl Operator for PRelu {
    fn name(&self) -> &'static str {
        "PRelu"
    }

    fn work(&self) -> Work {
        Work::Other
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        let types = floats(inputs, 2)?;
        if broadcast(&inputs[0].shape, &inputs[1].shape).as_ref() != Some(&inputs[0].shape) {
            return Err(op_error!("the slope {} can't be broadcast to {}", inputs[1], inputs[0]));
        }
        Ok(types)
    }
}

/// Checks that `count` float tensors are there; the result has the type of the first.
fn floats(inputs: &[&TensorType], count: usize) -> Result<Vec<TensorType>, OpError> {
    expect_inputs(inputs, count, count)?;
    match inputs.iter().find(|input| input.dtype != DType::F32) {
        Some(other) => Err(op_error!("expected floats, found {other}")),
        None => Ok(vec![inputs[0].clone()]),
    }
}

fn map(tensor: &Tensor, function: impl Fn(f32) -> f32) -> Option<Vec<Tensor>> {
    let results = tensor.as_f32()?.iter().map(|&x| function(x)).collect();
    Some(vec![Tensor::f32(tensor.shape(), results).ok()?])
}
