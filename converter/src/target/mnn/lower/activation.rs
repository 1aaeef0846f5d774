//! Activation functions for which MNN has no op, or none that is exact.

use edgeconv_graph::op::{Elu, LeakyRelu};
use edgeconv_graph::{Node, Op};

use super::elementwise::{align, operand};
use super::{Clip, Lowering};
use crate::target::mnn::ExportError;
use crate::target::mnn::net::{Activation, Kind, TensorId};
use crate::target::mnn::schema::{BinaryOpOperation, UnaryOpOperation};

fn binary(operation: BinaryOpOperation) -> Kind<'static> {
    Kind::Binary(operation, Activation::None)
}

/// `clamp(x/6 + 1/2, 0, 1)`.
pub(super) fn hard_sigmoid<'g>(l: &mut Lowering<'g>, node: &'g Node, data: TensorId) {
    let shape = l.shape(node.outputs[0]);
    let (sixth, half) = (l.scalar(1.0 / 6.0), l.scalar(0.5));
    let scaled = l.helper(node, "scaled", binary(BinaryOpOperation::Mul), &[data, sixth], shape);
    let shifted = l.helper(node, "shifted", binary(BinaryOpOperation::Add), &[scaled, half], shape);
    l.finish(node, Kind::Clamp { min: 0.0, max: 1.0 }, &[shifted]);
}

pub(super) fn leaky_relu<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &LeakyRelu) -> Result<(), ExportError> {
    let data = l.operand(node.inputs[0])?;
    l.finish(node, Kind::Relu { slope: op.alpha }, &[data]);
    Ok(())
}

/// MNN has ops for one slope, and for one per channel that is constant; else `max(x, 0) + slope · min(x, 0)`.
pub(super) fn p_relu<'g>(l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
    let &[x, slope] = node.inputs.as_slice() else { return Ok(()) };
    let (data, shape) = (l.operand(x)?, l.shape(x));
    let mut per_channel = vec![1; shape.len()];
    if let (Some(channels), Some(length)) = (per_channel.get_mut(1), shape.get(1)) {
        *channels = *length;
    }
    let constant = l.graph.tensor(slope).and_then(|slope| slope.as_f32());
    match constant {
        Some(&[slope]) => l.finish(node, Kind::Relu { slope }, &[data]),
        Some(slopes) if align(l.shape(slope), shape.len()) == per_channel => {
            l.finish(node, Kind::PRelu { slopes }, &[data]);
        }
        _ => {
            let (zero, slope) = (l.scalar(0.0), operand(l, node, slope, x)?);
            let above = l.helper(node, "above", Kind::Relu { slope: 0.0 }, &[data], shape);
            let below = l.helper(node, "below", binary(BinaryOpOperation::Minimum), &[data, zero], shape);
            let scaled = l.helper(node, "scaled", binary(BinaryOpOperation::Mul), &[below, slope], shape);
            l.finish(node, binary(BinaryOpOperation::Add), &[above, scaled]);
        }
    }
    Ok(())
}

/// With `e = alpha · (exp(min(x, 0)) − 1)`: `max(x, e)`, since `e ≥ x` below 0 if `0 ≤ alpha ≤ 1`; else `max(x, 0) + e`. MNN's own
/// op copies its data between two layouts.
pub(super) fn elu<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &Elu) -> Result<(), ExportError> {
    let (data, shape) = (l.operand(node.inputs[0])?, l.shape(node.outputs[0]));
    let zero = l.scalar(0.0);
    let below = l.helper(node, "below", binary(BinaryOpOperation::Minimum), &[data, zero], shape);
    let mut curve = l.helper(node, "curve", Kind::Unary(UnaryOpOperation::Expm1), &[below], shape);
    if op.alpha != 1.0 {
        let alpha = l.scalar(op.alpha);
        curve = l.helper(node, "scaled", binary(BinaryOpOperation::Mul), &[curve, alpha], shape);
    }
    if (0.0..=1.0).contains(&op.alpha) {
        l.finish(node, binary(BinaryOpOperation::Maximum), &[data, curve]);
    } else {
        let above = l.helper(node, "above", Kind::Relu { slope: 0.0 }, &[data], shape);
        l.finish(node, binary(BinaryOpOperation::Add), &[above, curve]);
    }
    Ok(())
}

/// `max(x, ln(1 + exp(min(x, 30))))`: from 30 on it is `x` to rounding, and the exponential could overflow. MNN's own op takes one
/// element after the other, in 64 bits.
pub(super) fn softplus<'g>(l: &mut Lowering<'g>, node: &'g Node, data: TensorId) {
    let (shape, largest) = (l.shape(node.outputs[0]), l.scalar(30.0));
    let small = l.helper(node, "small", binary(BinaryOpOperation::Minimum), &[data, largest], shape);
    let power = l.helper(node, "power", Kind::Unary(UnaryOpOperation::Exp), &[small], shape);
    let curve = l.helper(node, "curve", Kind::Unary(UnaryOpOperation::Log1p), &[power], shape);
    l.finish(node, binary(BinaryOpOperation::Maximum), &[data, curve]);
}

/// The nearest whole number, of two the even one; MNN's own op takes the one that is farther from 0.
///
/// Floats from 2²³ on have no fraction, so adding 2²³ rounds what is below, to even as IEEE 754 says.
pub(super) fn round<'g>(l: &mut Lowering<'g>, node: &'g Node, data: TensorId) {
    const NO_FRACTION: f32 = 8_388_608.0; // 2²³
    use BinaryOpOperation::{Add, Greater, Mul, Sub};
    let shape = l.shape(node.outputs[0]);
    let within = |bound: f32| bound.abs() <= NO_FRACTION / 2.0;
    let clipped = l.graph.nodes().iter().find(|before| before.outputs[0] == node.inputs[0]);
    if clipped.is_some_and(|before| matches!(before.op, Op::Clip(Clip { min, max }) if within(min) && within(max))) {
        // The sum with 1.5 · 2²³ stays where floats have no fraction, also for negative numbers.
        let large = l.scalar(1.5 * NO_FRACTION);
        let sum = l.helper(node, "sum", binary(Add), &[data, large], shape);
        l.finish(node, binary(Sub), &[sum, large]);
        return;
    }
    let large = l.scalar(NO_FRACTION);
    let size = l.helper(node, "size", Kind::Unary(UnaryOpOperation::Abs), &[data], shape);
    let sum = l.helper(node, "sum", binary(Add), &[size, large], shape);
    let rounded = l.helper(node, "rounded", binary(Sub), &[sum, large], shape);
    let sign = l.helper(node, "sign", Kind::Unary(UnaryOpOperation::Sign), &[data], shape);
    let signed = l.helper(node, "signed", binary(Mul), &[rounded, sign], shape);
    let small = l.helper(node, "small", binary(Greater), &[large, size], shape);
    l.finish(node, Kind::Select, &[small, signed, data]);
}
