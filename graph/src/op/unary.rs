use std::f32::consts::FRAC_2_PI;

use super::{Attribute, OpError, Operator, Work, expect_inputs, op_error};
use edgeconv_tensor::{DType, Tensor, TensorType};

super::variants! {
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
        /// `x/2 · (1 + tanh(√(2/π) · (x + 0.044715 · x³)))`: ONNX `Gelu` with `approximate = tanh`.
        GeluTanh,
        /// `ln(1 + exp(x))`.
        Softplus,
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
        /// The nearest integer, of two the even one.
        Round,
        /// The largest integer that is not above.
        Floor,
        /// The smallest integer that is not below.
        Ceil,
        /// −1, 0 or 1.
        Sign,
        /// `1 / x`.
        Reciprocal,
        /// Sine.
        Sin,
        /// Cosine.
        Cos,
        /// Tangent.
        Tan,
        /// Inverse sine.
        Asin,
        /// Inverse cosine.
        Acos,
        /// Inverse tangent.
        Atan,
        /// Hyperbolic sine.
        Sinh,
        /// Hyperbolic cosine.
        Cosh,
        /// Inverse hyperbolic sine.
        Asinh,
        /// Inverse hyperbolic cosine.
        Acosh,
        /// Inverse hyperbolic tangent.
        Atanh,
        /// Whether a boolean is false.
        Not,
        /// `x`.
        Identity,
    }
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
            Unary::GeluTanh => "GeluTanh",
            Unary::Softplus => "Softplus",
            Unary::Sqrt => "Sqrt",
            Unary::Abs => "Abs",
            Unary::Neg => "Neg",
            Unary::Exp => "Exp",
            Unary::Log => "Log",
            Unary::Tanh => "Tanh",
            Unary::Erf => "Erf",
            Unary::Round => "Round",
            Unary::Floor => "Floor",
            Unary::Ceil => "Ceil",
            Unary::Sign => "Sign",
            Unary::Reciprocal => "Reciprocal",
            Unary::Sin => "Sin",
            Unary::Cos => "Cos",
            Unary::Tan => "Tan",
            Unary::Asin => "Asin",
            Unary::Acos => "Acos",
            Unary::Atan => "Atan",
            Unary::Sinh => "Sinh",
            Unary::Cosh => "Cosh",
            Unary::Asinh => "Asinh",
            Unary::Acosh => "Acosh",
            Unary::Atanh => "Atanh",
            Unary::Not => "Not",
            Unary::Identity => "Identity",
        }
    }

    fn work(&self) -> Work {
        Work::Elementwise
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, 1)?;
        let expected = match self {
            Unary::Identity => inputs[0].dtype,
            Unary::Not => DType::Bool,
            Unary::Abs | Unary::Neg | Unary::Sign if inputs[0].dtype.is_integer() => inputs[0].dtype,
            _ => DType::F32,
        };
        if inputs[0].dtype != expected {
            return Err(op_error!("expected elements of type {expected}, found {}", inputs[0]));
        }
        Ok(vec![inputs[0].clone()])
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        let x = inputs[0];
        let result = match self {
            Unary::Identity => return Some(vec![x.clone()]),
            Unary::Not => Tensor::bool(x.shape(), x.as_bool()?.iter().map(|&x| !x).collect()),
            _ if x.dtype().is_integer() => {
                let apply = self.on_integers()?;
                Tensor::from_integers(x.dtype(), x.shape(), x.integers()?.map(apply))
            }
            _ => Tensor::f32(x.shape(), x.as_f32()?.iter().map(|&x| self.apply(x)).collect::<Option<_>>()?),
        };
        Some(vec![result.ok()?])
    }
}

impl Unary {
    /// What integers become, before they lose the bits that their type has not.
    fn on_integers(self) -> Option<fn(i128) -> i128> {
        match self {
            Unary::Abs => Some(i128::abs),
            Unary::Neg => Some(|x| -x),
            Unary::Sign => Some(i128::signum),
            _ => None,
        }
    }

    /// The result for a number, for functions that constants are made with.
    fn apply(self, x: f32) -> Option<f32> {
        Some(match self {
            Unary::Relu => x.max(0.0),
            Unary::Sigmoid => 1.0 / (1.0 + (-x).exp()),
            Unary::Silu => x / (1.0 + (-x).exp()),
            Unary::HardSigmoid => (x / 6.0 + 0.5).clamp(0.0, 1.0),
            Unary::HardSwish => x * (x / 6.0 + 0.5).clamp(0.0, 1.0),
            Unary::GeluTanh => {
                let gate = FRAC_2_PI.sqrt() * (x + 0.044_715 * x.powi(3));
                x / 2.0 * (1.0 + gate.tanh())
            }
            Unary::Softplus => x.max(0.0) + (-x.abs()).exp().ln_1p(),
            Unary::Sqrt => x.sqrt(),
            Unary::Abs => x.abs(),
            Unary::Neg => -x,
            Unary::Exp => x.exp(),
            Unary::Log => x.ln(),
            Unary::Tanh => x.tanh(),
            Unary::Round => x.round_ties_even(),
            Unary::Floor => x.floor(),
            Unary::Ceil => x.ceil(),
            Unary::Reciprocal => x.recip(),
            Unary::Sin => x.sin(),
            Unary::Cos => x.cos(),
            Unary::Tan => x.tan(),
            Unary::Asin => x.asin(),
            Unary::Acos => x.acos(),
            Unary::Atan => x.atan(),
            Unary::Sinh => x.sinh(),
            Unary::Cosh => x.cosh(),
            Unary::Asinh => x.asinh(),
            Unary::Acosh => x.acosh(),
            Unary::Atanh => x.atanh(),
            Unary::Sign if x == 0.0 || x.is_nan() => 0.0,
            Unary::Sign => x.signum(),
            // They need the error function, which the standard library lacks.
            Unary::Erf | Unary::Gelu | Unary::Not | Unary::Identity => return None,
        })
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

    fn work(&self) -> Work {
        Work::Elementwise
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        vec![("min", self.min.into()), ("max", self.max.into())]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, 1)?;
        if inputs[0].dtype != DType::F32 {
            return Err(op_error!("expected floats, found {}", inputs[0]));
        }
        Ok(vec![inputs[0].clone()])
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        let clipped = inputs[0].as_f32()?.iter().map(|&x| x.max(self.min).min(self.max)).collect();
        Some(vec![Tensor::f32(inputs[0].shape(), clipped).ok()?])
    }
}
