//! Functions of each element.

use edgeconv_graph::op::{Binary, Unary};
use tch::Tensor;

use super::Computed;

/// A function of one tensor; `None` if libtorch has none.
pub(super) fn unary(op: Unary, x: &Tensor) -> Option<Computed> {
    Some(match op {
        Unary::Relu => x.f_relu(),
        Unary::Sigmoid => x.f_sigmoid(),
        Unary::Silu => x.f_silu(),
        Unary::HardSigmoid => x.f_hardsigmoid(),
        Unary::HardSwish => x.f_hardswish(),
        Unary::Gelu => x.f_gelu("none"),
        Unary::GeluTanh => x.f_gelu("tanh"),
        Unary::Softplus => x.f_softplus(),
        Unary::Sqrt => x.f_sqrt(),
        Unary::Abs => x.f_abs(),
        Unary::Neg => x.f_neg(),
        Unary::Exp => x.f_exp(),
        Unary::Log => x.f_log(),
        Unary::Tanh => x.f_tanh(),
        Unary::Erf => x.f_erf(),
        Unary::Round => x.f_round(),
        Unary::Floor => x.f_floor(),
        Unary::Ceil => x.f_ceil(),
        Unary::Sign => x.f_sign(),
        Unary::Reciprocal => x.f_reciprocal(),
        Unary::Sin => x.f_sin(),
        Unary::Cos => x.f_cos(),
        Unary::Tan => x.f_tan(),
        Unary::Asin => x.f_asin(),
        Unary::Acos => x.f_acos(),
        Unary::Atan => x.f_atan(),
        Unary::Sinh => x.f_sinh(),
        Unary::Cosh => x.f_cosh(),
        Unary::Asinh => x.f_asinh(),
        Unary::Acosh => x.f_acosh(),
        Unary::Atanh => x.f_atanh(),
        Unary::Not => x.f_logical_not(),
        Unary::Identity => Ok(x.shallow_clone()),
    })
}

/// A function of two tensors; `None` if libtorch has none.
pub(super) fn binary(op: Binary, a: &Tensor, b: &Tensor) -> Option<Computed> {
    let is_whole = |x: &Tensor| !x.is_floating_point();
    Some(match op {
        Binary::Add => a.f_add(b),
        Binary::Sub => a.f_sub(b),
        Binary::Mul => a.f_mul(b),
        Binary::Div if is_whole(a) && is_whole(b) => a.f_div_tensor_mode(b, "trunc"),
        Binary::Div => a.f_div(b),
        Binary::Pow => a.f_pow(b),
        Binary::Min => a.f_minimum(b),
        Binary::Max => a.f_maximum(b),
        Binary::Mod => a.f_remainder_tensor(b),
        Binary::Fmod => a.f_fmod_tensor(b),
        Binary::Equal => a.f_eq_tensor(b),
        Binary::Less => a.f_lt_tensor(b),
        Binary::LessOrEqual => a.f_le_tensor(b),
        Binary::Greater => a.f_gt_tensor(b),
        Binary::GreaterOrEqual => a.f_ge_tensor(b),
        Binary::And => a.f_logical_and(b),
        Binary::Or => a.f_logical_or(b),
        Binary::Xor => a.f_logical_xor(b),
        Binary::BitwiseAnd => a.f_bitwise_and_tensor(b),
        Binary::BitwiseOr => a.f_bitwise_or_tensor(b),
        Binary::BitwiseXor => a.f_bitwise_xor_tensor(b),
        Binary::ShiftLeft | Binary::ShiftRight => return None,
    })
}

/// What is above 0 as it is, and what is below times `slope`.
pub(super) fn sloped(x: &Tensor, slope: &Tensor) -> Computed {
    x.f_clamp_min(0.0)?.f_add(&x.f_clamp_max(0.0)?.f_mul(slope)?)
}

/// PyTorch's ELU: `alpha · (exp(x) − 1)` below 0.
pub(super) fn elu(x: &Tensor, alpha: f32) -> Computed {
    let below = x.f_clamp_max(0.0)?.f_expm1()?.f_mul_scalar(f64::from(alpha))?;
    x.f_clamp_min(0.0)?.f_add(&below)
}
