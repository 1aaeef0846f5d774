//! Operators that an operator set does not have, in operators that it has.

use std::f32::consts::{FRAC_1_SQRT_2, FRAC_2_PI};

use edgeconv_graph::op::{Binary, LayerNormalization, Unary};
use edgeconv_graph::{Node, Op, Tensor, TensorType};

use super::export::Exporter;
use super::operators::{hard_sigmoid, int, ints};
use crate::proto::AttributeProto;

/// Adds the nodes that compute `node`, if the operator set has no operator for it; returns whether it did.
pub(super) fn decompose(exporter: &mut Exporter<'_>, node: &Node) -> bool {
    let opset = exporter.opset;
    let mut steps = Steps { exporter, node };
    let x = steps.operand(0);
    match &node.op {
        Op::Unary(Unary::Silu) => gated(&mut steps, &x, "Sigmoid", vec![]),
        Op::Unary(Unary::HardSwish) if opset < 14 => gated(&mut steps, &x, "HardSigmoid", hard_sigmoid()),
        Op::Unary(Unary::Gelu | Unary::GeluBySigmoid) if opset < 20 => gelu(&mut steps, &x),
        Op::Unary(Unary::GeluTanh | Unary::GeluByTanh) if opset < 20 => gelu_tanh(&mut steps, &x),
        Op::Binary(op) if op.is_shift() => shift(&mut steps, &x, *op),
        Op::LayerNormalization(op) if opset < 17 => layer_normalization(&mut steps, &x, op),
        _ => return false,
    }
    true
}

/// `x · gate(x)`.
fn gated(steps: &mut Steps<'_, '_>, x: &str, gate: &str, attributes: Vec<AttributeProto>) {
    let gated = steps.step(gate, &[x], steps.ty(), attributes);
    steps.finish("Mul", &[x, &gated]);
}

/// `x · 2ⁿ`, or `x / 2ⁿ` rounded down: ONNX shifts numbers without sign only.
fn shift(steps: &mut Steps<'_, '_>, x: &str, op: Binary) {
    let (count, ty) = (steps.operand(1), steps.exporter.graph.ty(steps.node.inputs[1]).clone());
    let two = steps.exporter.add_constant("int.2".to_owned(), &Tensor::integer(2));
    let power = steps.step("Pow", &[&two, &count], ty, vec![]);
    if op == Binary::ShiftLeft {
        return steps.finish("Mul", &[x, &power]);
    }
    let rest = steps.step("Mod", &[x, &power], steps.ty(), vec![]);
    let whole = steps.step("Sub", &[x, &rest], steps.ty(), vec![]);
    steps.finish("Div", &[&whole, &power]);
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

/// `(x − mean) / √(mean of squares + epsilon) · scale + bias` over the last axis.
fn layer_normalization(steps: &mut Steps<'_, '_>, x: &str, op: &LayerNormalization) {
    let (scale, bias, epsilon) = (steps.operand(1), steps.operand(2), steps.scalar(op.epsilon));
    let whole = steps.ty();
    let mut row = whole.clone();
    let axis = row.rank() - 1;
    row.shape[axis] = 1;
    // Before opset 18 the axes are an attribute.
    let mean = || vec![ints("axes", &[axis]), int("keepdims", 1)];
    let average = steps.step("ReduceMean", &[x], row.clone(), mean());
    let centred = steps.step("Sub", &[x, &average], whole.clone(), vec![]);
    let squares = steps.step("Mul", &[&centred, &centred], whole.clone(), vec![]);
    let variance = steps.step("ReduceMean", &[&squares], row.clone(), mean());
    let positive = steps.step("Add", &[&variance, &epsilon], row.clone(), vec![]);
    let deviation = steps.step("Sqrt", &[&positive], row, vec![]);
    let normal = steps.step("Div", &[&centred, &deviation], whole.clone(), vec![]);
    let scaled = steps.step("Mul", &[&normal, &scale], whole, vec![]);
    steps.finish("Add", &[&scaled, &bias]);
}

/// The nodes that one node of the graph becomes.
struct Steps<'e, 'g> {
    exporter: &'e mut Exporter<'g>,
    node: &'e Node,
}

impl Steps<'_, '_> {
    fn operand(&self, index: usize) -> String {
        self.exporter.name(self.node.inputs[index]).to_owned()
    }

    /// Type of the result, and of most steps.
    fn ty(&self) -> TensorType {
        self.exporter.graph.ty(self.node.outputs[0]).clone()
    }

    fn scalar(&mut self, value: f32) -> String {
        self.exporter.add_constant(format!("float.{value}"), &Tensor::scalar(value))
    }

    /// Adds a node; returns the name of its result.
    fn step(&mut self, op: &str, inputs: &[&str], ty: TensorType, attributes: Vec<AttributeProto>) -> String {
        let name = format!("{}.{}", self.node.name, op.to_lowercase());
        let result = self.exporter.add_intermediate(&name, &ty);
        let inputs = inputs.iter().map(|&input| input.to_owned()).collect();
        self.exporter.emit(&name, op, inputs, vec![result.clone()], attributes);
        result
    }

    /// Adds the last node.
    fn finish(&mut self, op: &str, inputs: &[&str]) {
        let output = self.exporter.name(self.node.outputs[0]).to_owned();
        let inputs = inputs.iter().map(|&input| input.to_owned()).collect();
        self.exporter.emit(&self.node.name, op, inputs, vec![output], vec![]);
    }
}
