//! Activation functions that operator sets write in different ways.

use std::f32::consts::{FRAC_1_SQRT_2, FRAC_2_PI};

use edgeconv_graph::op::Unary;

use super::attributes::float;
use super::expansion::Steps;
use crate::proto::AttributeProto;

/// Adds the nodes that compute a function which the operator set does not have; returns whether it did.
pub(super) fn expand(steps: &mut Steps<'_, '_>, op: Unary) -> bool {
    let opset = steps.exporter.opset;
    let x = steps.operand(0);
    match op {
        Unary::Silu => gated(steps, &x, "Sigmoid", vec![]),
        Unary::HardSwish if opset < 14 => gated(steps, &x, "HardSigmoid", hard_sigmoid()),
        Unary::Gelu if opset < 20 => gelu(steps, &x),
        Unary::GeluTanh if opset < 20 => gelu_tanh(steps, &x),
        _ => return false,
    }
    true
}

/// PyTorch's constants; ONNX's default alpha is another one.
pub(super) fn hard_sigmoid() -> Vec<AttributeProto> {
    vec![float("alpha", 1.0 / 6.0), float("beta", 0.5)]
}

/// `x · gate(x)`.
fn gated(steps: &mut Steps<'_, '_>, x: &str, gate: &str, attributes: Vec<AttributeProto>) {
    let gated = steps.step(gate, &[x], steps.ty(), attributes);
    steps.finish("Mul", &[x, &gated]);
}

/// `x/2 · (1 + erf(x/√2))`.
fn gelu(steps: &mut Steps<'_, '_>, x: &str) {
    let [root, one, half] = [FRAC_1_SQRT_2, 1.0, 0.5].map(|number| steps.scalar(number));
    let scaled = steps.step("Mul", &[x, &root], steps.ty(), vec![]);
    let erf = steps.step("Erf", &[&scaled], steps.ty(), vec![]);
    let shifted = steps.step("Add", &[&erf, &one], steps.ty(), vec![]);
    let halved = steps.step("Mul", &[x, &half], steps.ty(), vec![]);
    steps.finish("Mul", &[&halved, &shifted]);
}

/// `x/2 · (1 + tanh(√(2/π) · (x + 0.044715 · x³)))`.
fn gelu_tanh(steps: &mut Steps<'_, '_>, x: &str) {
    let [slope, curvature, one, half] = [FRAC_2_PI.sqrt(), 0.044_715, 1.0, 0.5].map(|number| steps.scalar(number));
    let square = steps.step("Mul", &[x, x], steps.ty(), vec![]);
    let curved = steps.step("Mul", &[&square, &curvature], steps.ty(), vec![]);
    let steep = steps.step("Add", &[&curved, &one], steps.ty(), vec![]);
    let line = steps.step("Mul", &[x, &slope], steps.ty(), vec![]);
    let curve = steps.step("Mul", &[&line, &steep], steps.ty(), vec![]);
    let tanh = steps.step("Tanh", &[&curve], steps.ty(), vec![]);
    let shifted = steps.step("Add", &[&tanh, &one], steps.ty(), vec![]);
    let halved = steps.step("Mul", &[x, &half], steps.ty(), vec![]);
    steps.finish("Mul", &[&halved, &shifted]);
}
