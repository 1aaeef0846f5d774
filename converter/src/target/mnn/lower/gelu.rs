use std::f32::consts::FRAC_2_PI;

use edgeconv_graph::Node;

use super::Lowering;
use crate::target::mnn::net::{Activation, Kind, TensorId};
use crate::target::mnn::schema::{BinaryOpOperation, UnaryOpOperation};

/// `x · sigmoid(√(8/π) · (x + 0.044715 · x³))`, since `(1 + tanh(u)) / 2 = sigmoid(2u)`; MNN's own op for it is less accurate.
pub(super) fn gelu_tanh<'g>(l: &mut Lowering<'g>, node: &'g Node, x: TensorId) {
    let slope = 2.0 * FRAC_2_PI.sqrt();
    let [slope, curvature] = [slope, 0.044_715 * slope].map(|number| l.scalar(number));
    let shape = l.shape(node.outputs[0]);
    let mut op = |suffix: &str, kind, inputs: &[TensorId]| l.helper(node, suffix, kind, inputs, shape);
    let square = op("square", Kind::Unary(UnaryOpOperation::Square), &[x]);
    let curved = op("curved", binary(BinaryOpOperation::Mul), &[square, curvature]);
    let steepness = op("steepness", binary(BinaryOpOperation::Add), &[curved, slope]);
    let logit = op("logit", binary(BinaryOpOperation::Mul), &[steepness, x]);
    let share = op("share", Kind::Unary(UnaryOpOperation::Sigmoid), &[logit]);
    l.finish(node, binary(BinaryOpOperation::Mul), &[x, share]);
}

/// `x · sigmoid(x · q(x²))` on `[N, C, H, W]`: MNN's own op calls `erf` for one element after the other, these work on vectors.
///
/// With the normal distribution's `Φ`, `GELU(x) = x · Φ(x)`, and `x · q(x²)` stands for `ln(Φ(x) / Φ(−x))`. The polynomial
/// `q(t) = E · (((t − A)² + B)² − (C · t + D))² + F` is fitted so that the largest error of the result is smallest, 2.4e-7 besides
/// rounding (with that, 7.3e-7). It takes fewer ops than Horner's scheme, and little cancels. Where `t` is cut off, the sigmoid is
/// 0 or 1 to rounding.
pub(super) fn gelu_by_sigmoid<'g>(l: &mut Lowering<'g>, node: &'g Node, x: TensorId) {
    use BinaryOpOperation::{Minimum, Mul, SquaredDifference};
    const LARGEST: f32 = 30.0;
    const A: f32 = 17.645_05;
    const B: f32 = 269.456_17;
    const C: f32 = 25_584.028;
    const D: f32 = 1_286_435.3;
    const E: f32 = 5.751_525e-13;
    const F: f32 = 1.077_666_9;
    let [largest, a, minus_b] = [LARGEST, A, -B].map(|number| l.scalar(number));
    let shape = l.shape(node.outputs[0]);
    let mut op = |suffix: &str, kind, inputs: &[TensorId]| l.helper(node, suffix, kind, inputs, shape);
    let affine = |scale, bias| Kind::Scale { scale: vec![scale; shape[1]], bias: vec![bias; shape[1]] };
    let square = op("square", Kind::Unary(UnaryOpOperation::Square), &[x]);
    let t = op("t", binary(Minimum), &[square, largest]);
    let quadratic = op("quadratic", binary(SquaredDifference), &[t, a]);
    let quartic = op("quartic", binary(SquaredDifference), &[quadratic, minus_b]);
    let linear = op("linear", affine(C, D), &[t]);
    let octic = op("octic", binary(SquaredDifference), &[quartic, linear]);
    let q = op("q", affine(E, F), &[octic]);
    let logit = op("logit", binary(Mul), &[q, x]);
    let share = op("share", Kind::Unary(UnaryOpOperation::Sigmoid), &[logit]);
    l.finish(node, binary(Mul), &[x, share]);
}

fn binary(operation: BinaryOpOperation) -> Kind<'static> {
    Kind::Binary(operation, Activation::None)
}
