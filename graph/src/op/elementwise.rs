use super::{OpError, Operator, expect_inputs, op_error};
use crate::tensor::{Tensor, TensorType};

/// Operators on one tensor, element by element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unary {
    /// `max(0, x)`.
    Relu,
    /// `1 / (1 + exp(−x))`.
    Sigmoid,
    /// `x · sigmoid(x)`, PyTorch's SiLU, called "swish" in the recipes.
    Silu,
    /// `clamp(x/6 + 1/2, 0, 1)`: ONNX HardSigmoid with alpha = 1/6 and beta = 1/2, as PyTorch defines it.
    HardSigmoid,
    /// `x · clamp(x/6 + 1/2, 0, 1)`.
    HardSwish,
    /// `x/2 · (1 + erf(x/√2))`: ONNX `Gelu` with `approximate = none`, PyTorch's default.
    Gelu,
    /// [`Unary::Gelu`] to within 1e-6 by a sigmoid, on targets where that is faster.
    GeluBySigmoid,
    /// `√x`.
    Sqrt,
    /// `|x|`.
    Abs,
    /// `−x`.
    Neg,
    /// `exp(x)`.
    Exp,
    /// Natural logarithm.
    Log,
    /// Hyperbolic tangent.
    Tanh,
    /// The error function.
    Erf,
    /// `x`.
    Identity,
}

impl Operator for Unary {
    fn name(&self) -> &'static str {
        match self {
            Unary::Relu => "Relu",
            Unary::Sigmoid => "Sigmoid",
            Unary::Silu => "Silu",
            Unary::HardSigmoid => "HardSigmoid",
            Unary::HardSwish => "HardSwish",
            Unary::Gelu => "Gelu",
            Unary::GeluBySigmoid => "GeluBySigmoid",
            Unary::Sqrt => "Sqrt",
            Unary::Abs => "Abs",
            Unary::Neg => "Neg",
            Unary::Exp => "Exp",
            Unary::Log => "Log",
            Unary::Tanh => "Tanh",
            Unary::Erf => "Erf",
            Unary::Identity => "Identity",
        }
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, 1)?;
        Ok(vec![inputs[0].clone()])
    }
}

/// ONNX `Clip` with constant bounds: `clamp(x, min, max)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Clip {
    /// Lower bound.
    pub min: f32,
    /// Upper bound.
    pub max: f32,
}

impl Operator for Clip {
    fn name(&self) -> &'static str {
        "Clip"
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![("min", self.min.to_string()), ("max", self.max.to_string())]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, 1)?;
        Ok(vec![inputs[0].clone()])
    }
}

/// Arithmetic on two tensors with NumPy broadcasting, as ONNX defines it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binary {
    /// `a + b`.
    Add,
    /// `a − b`.
    Sub,
    /// `a · b`.
    Mul,
    /// `a / b`.
    Div,
}

impl Binary {
    /// The result for two numbers.
    pub fn apply(self, a: f32, b: f32) -> f32 {
        match self {
            Binary::Add => a + b,
            Binary::Sub => a - b,
            Binary::Mul => a * b,
            Binary::Div => a / b,
        }
    }
}

impl Operator for Binary {
    fn name(&self) -> &'static str {
        match self {
            Binary::Add => "Add",
            Binary::Sub => "Sub",
            Binary::Mul => "Mul",
            Binary::Div => "Div",
        }
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 2, 2)?;
        let (a, b) = (inputs[0], inputs[1]);
        if a.dtype != b.dtype {
            return Err(op_error!("{a} and {b} have different element types"));
        }
        let shape = broadcast(&a.shape, &b.shape).ok_or_else(|| op_error!("{a} and {b} can't be broadcast"))?;
        Ok(vec![TensorType { dtype: a.dtype, shape }])
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        let shape = broadcast(inputs[0].shape(), inputs[1].shape())?;
        let (a, b) = (expand(inputs[0], &shape)?, expand(inputs[1], &shape)?);
        let data = a.iter().zip(&b).map(|(&a, &b)| self.apply(a, b)).collect();
        Some(vec![Tensor::f32(shape, data).ok()?])
    }
}

/// The common shape of two operands (ONNX: multidirectional broadcasting), if there is one.
pub(super) fn broadcast(a: &[usize], b: &[usize]) -> Option<Vec<usize>> {
    let rank = a.len().max(b.len());
    let dim = |shape: &[usize], axis: usize| (axis + shape.len()).checked_sub(rank).map_or(1, |i| shape[i]);
    (0..rank)
        .map(|axis| match (dim(a, axis), dim(b, axis)) {
            (x, y) if x == y => Some(x),
            (1, y) => Some(y),
            (x, 1) => Some(x),
            _ => None,
        })
        .collect()
}

/// The elements of a float tensor repeated to fill `shape`.
pub(super) fn expand(tensor: &Tensor, shape: &[usize]) -> Option<Vec<f32>> {
    let source = tensor.as_f32()?;
    let skipped = shape.len() - tensor.shape().len();
    let mut strides = vec![0; shape.len()];
    let mut stride = 1;
    for axis in (skipped..shape.len()).rev() {
        let dim = tensor.shape()[axis - skipped];
        strides[axis] = if dim == 1 { 0 } else { stride };
        stride *= dim;
    }
    let len: usize = shape.iter().product();
    let offset = |mut index: usize| {
        let mut offset = 0;
        for axis in (0..shape.len()).rev() {
            offset += index % shape[axis] * strides[axis];
            index /= shape[axis];
        }
        offset
    };
    Some((0..len).map(|index| source[offset(index)]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broadcasting_follows_numpy() {
        assert_eq!(broadcast(&[1, 3, 4, 1], &[3, 1, 5]), Some(vec![1, 3, 4, 5]));
        assert_eq!(broadcast(&[2], &[3]), None);
        let column = Tensor::f32([2, 1], vec![1.0, 2.0]).unwrap();
        let row = Tensor::vector(vec![10.0, 20.0, 30.0]);
        let sum = Binary::Add.evaluate(&[&column, &row]).unwrap().remove(0);
        assert_eq!(sum.shape(), [2, 3]);
        assert_eq!(sum.as_f32().unwrap(), [11.0, 21.0, 31.0, 12.0, 22.0, 32.0]);
    }
}
