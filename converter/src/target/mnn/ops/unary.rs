//! Functions of each element.

use std::f32::consts::FRAC_2_PI;

use edgeconv_graph::op::{Binary, Clip, Unary};
use edgeconv_graph::{DType, Node, Op, Operator, Tensor};
use planus::UnionOffset;

use super::activation::{Clamp, Relu};
use super::binary::{BinaryOp, extreme};
use super::scale::Scale;
use super::select::Select;
use super::{InIntegers, Lower, MnnOp};
use crate::target::mnn::lower::Lowering;
use crate::target::mnn::net::{Grid, Shapes, TensorId};
use crate::target::mnn::schema::{self, BinaryOpOperation, DataType, OpParameter, OpType, UnaryOpOperation};
use crate::target::mnn::write::Writer;
use crate::target::mnn::{ExportError, Gelu};

/// A function of each element.
#[derive(Debug)]
pub(super) struct UnaryOp {
    operation: UnaryOpOperation,
    /// Its results for integers from −127 on.
    table: Option<Vec<i8>>,
}

impl UnaryOp {
    /// Of floats.
    pub fn of(operation: UnaryOpOperation) -> Self {
        Self { operation, table: None }
    }
}

impl MnnOp for UnaryOp {
    fn op_type(&self) -> OpType {
        OpType::UnaryOp
    }

    /// Without a table it negates, and takes signs and sizes, of integers as if these stood for themselves.
    fn in_integers(&self) -> InIntegers {
        match self.operation {
            _ if self.table.is_some() => InIntegers::Right,
            UnaryOpOperation::Abs | UnaryOpOperation::Neg | UnaryOpOperation::Sign => InIntegers::Wrong,
            _ => InIntegers::Never,
        }
    }

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        let unary = schema::UnaryOp { op_type: self.operation, t: DataType::DtFloat, table_int8: self.table.clone() };
        Some(OpParameter::create_unary_op(b, &unary))
    }
}

impl Lower for Gelu {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.floats(node)?;
        let data = l.operand(node.inputs[0])?;
        match self {
            Gelu::BySigmoid => gelu_by_sigmoid(l, node, data),
            Gelu::ByTanh => l.finish(node, UnaryOp::of(UnaryOpOperation::Gelu), &[data]),
        }
        Ok(())
    }
}

impl Lower for Unary {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        use UnaryOpOperation as Mnn;
        let op = *self;
        let l = match op {
            Unary::Abs | Unary::Neg | Unary::Sign | Unary::Not | Unary::Identity => l.numbers(node)?,
            _ => l.floats(node)?,
        };
        let data = l.operand(node.inputs[0])?;
        let operation = match op {
            Unary::Abs if l.graph.ty(node.inputs[0]).dtype != DType::F32 => {
                absolute(l, node, data);
                return Ok(());
            }
            Unary::Abs => Mnn::Abs,
            Unary::Acos => Mnn::Acos,
            Unary::Acosh => Mnn::Acosh,
            Unary::Asin => Mnn::Asin,
            Unary::Asinh => Mnn::Asinh,
            Unary::Atan => Mnn::Atan,
            Unary::Atanh => Mnn::Atanh,
            Unary::Ceil => Mnn::Ceil,
            Unary::Cos => Mnn::Cos,
            Unary::Cosh => Mnn::Cosh,
            Unary::Erf => Mnn::Erf,
            Unary::Exp => Mnn::Exp,
            Unary::Floor => Mnn::Floor,
            Unary::Gelu => Mnn::GeluStandard,
            Unary::HardSwish => Mnn::Hardswish,
            Unary::Log => Mnn::Log,
            Unary::Neg => Mnn::Neg,
            Unary::Reciprocal => Mnn::Reciprocal,
            Unary::Sigmoid => Mnn::Sigmoid,
            Unary::Sign => Mnn::Sign,
            Unary::Silu => Mnn::Silu,
            Unary::Sin => Mnn::Sin,
            Unary::Sinh => Mnn::Sinh,
            Unary::Sqrt => Mnn::Sqrt,
            Unary::Tan => Mnn::Tan,
            Unary::Tanh => Mnn::Tanh,
            Unary::GeluTanh => {
                gelu_tanh(l, node, data);
                return Ok(());
            }
            Unary::HardSigmoid => {
                hard_sigmoid(l, node, data);
                return Ok(());
            }
            Unary::Identity => {
                l.alias(node, data);
                return Ok(());
            }
            Unary::Not => {
                let one = l.integer(1);
                l.finish(node, binary(BinaryOpOperation::Sub), &[one, data]);
                return Ok(());
            }
            Unary::Relu => {
                l.finish(node, Relu { slope: 0.0 }, &[data]);
                return Ok(());
            }
            Unary::Round => {
                round(l, node, data);
                return Ok(());
            }
            Unary::Softplus => {
                softplus(l, node, data);
                return Ok(());
            }
        };
        let table = table(l, node, op);
        l.finish(node, UnaryOp { operation, table }, &[data]);
        Ok(())
    }
}

/// What a function makes of the integers of its operand, if that and its result are computed in such. MNN's tables have no place for −128,
/// which only what rounds for itself can be told not to give.
fn table(l: &mut Lowering<'_>, node: &Node, function: Unary) -> Option<Vec<i8>> {
    let [from, to] = [node.inputs[0], node.outputs[0]].map(|id| Grid::of(l.graph.value(id)));
    let (from, to) = (from?, to?);
    let rounds = |node: &Node| matches!(node.op, Op::Conv(_) | Op::Binary(_));
    if !l.graph.producer_node(node.inputs[0]).is_some_and(rounds) {
        return None;
    }
    let reals = (-i8::MAX..=i8::MAX).map(|integer| from.real(integer)).collect();
    let results = function.evaluate(&[&Tensor::vector(reals)])?.pop()?;
    let operand = l.tensors[&node.inputs[0]];
    l.net.tensors[operand.0].grid = Some(Grid { least: -i8::MAX, ..from });
    Some(results.as_f32()?.iter().map(|&real| to.nearest(real)).collect())
}

fn binary(operation: BinaryOpOperation) -> BinaryOp {
    BinaryOp::of(operation)
}

/// `max(x, −x)` of integers: MNN's own op goes through floats.
fn absolute<'g>(l: &mut Lowering<'g>, node: &'g Node, x: TensorId) {
    let negative = l.helper(node, "negative", UnaryOp::of(UnaryOpOperation::Neg), &[x], l.shape(node.outputs[0]));
    extreme(l, node, Binary::Max, x, negative);
}

/// `clamp(x/6 + 1/2, 0, 1)`.
fn hard_sigmoid<'g>(l: &mut Lowering<'g>, node: &'g Node, data: TensorId) {
    let shape = l.shape(node.outputs[0]);
    let (sixth, half) = (l.scalar(1.0 / 6.0), l.scalar(0.5));
    let scaled = l.helper(node, "scaled", binary(BinaryOpOperation::Mul), &[data, sixth], shape);
    let shifted = l.helper(node, "shifted", binary(BinaryOpOperation::Add), &[scaled, half], shape);
    l.finish(node, Clamp { min: 0.0, max: 1.0 }, &[shifted]);
}

/// `max(x, ln(1 + exp(min(x, 30))))`: from 30 on it is `x` to rounding, and the exponential could overflow. MNN's own op takes one
/// element after the other, in 64 bits.
fn softplus<'g>(l: &mut Lowering<'g>, node: &'g Node, data: TensorId) {
    let (shape, largest) = (l.shape(node.outputs[0]), l.scalar(30.0));
    let small = l.helper(node, "small", binary(BinaryOpOperation::Minimum), &[data, largest], shape);
    let power = l.helper(node, "power", UnaryOp::of(UnaryOpOperation::Exp), &[small], shape);
    let curve = l.helper(node, "curve", UnaryOp::of(UnaryOpOperation::Log1p), &[power], shape);
    l.finish(node, binary(BinaryOpOperation::Maximum), &[data, curve]);
}

/// The nearest integer, of two the even one; MNN's own op takes the one that is farther from 0.
///
/// Floats from 2²³ on have no fraction, so adding 2²³ rounds what is below, to even as IEEE 754 says.
fn round<'g>(l: &mut Lowering<'g>, node: &'g Node, data: TensorId) {
    const NO_FRACTION: f32 = 8_388_608.0; // 2²³
    use BinaryOpOperation::{Add, Greater, Mul, Sub};
    let shape = l.shape(node.outputs[0]);
    let within = |bound: f32| bound.abs() <= NO_FRACTION / 2.0;
    let clipped = l.graph.producer_node(node.inputs[0]);
    if clipped.is_some_and(|before| matches!(before.op, Op::Clip(Clip { min, max }) if within(min) && within(max))) {
        // The sum with 1.5 · 2²³ stays where floats have no fraction, also for negative numbers.
        let large = l.scalar(1.5 * NO_FRACTION);
        let sum = l.helper(node, "sum", binary(Add), &[data, large], shape);
        l.finish(node, binary(Sub), &[sum, large]);
        return;
    }
    let large = l.scalar(NO_FRACTION);
    let size = l.helper(node, "size", UnaryOp::of(UnaryOpOperation::Abs), &[data], shape);
    let sum = l.helper(node, "sum", binary(Add), &[size, large], shape);
    let rounded = l.helper(node, "rounded", binary(Sub), &[sum, large], shape);
    let sign = l.helper(node, "sign", UnaryOp::of(UnaryOpOperation::Sign), &[data], shape);
    let signed = l.helper(node, "signed", binary(Mul), &[rounded, sign], shape);
    let small = l.helper(node, "small", binary(Greater), &[large, size], shape);
    l.finish(node, Select, &[small, signed, data]);
}

/// `x · sigmoid(√(8/π) · (x + 0.044715 · x³))`, since `(1 + tanh(u)) / 2 = sigmoid(2u)`; MNN's own op for it is less accurate.
fn gelu_tanh<'g>(l: &mut Lowering<'g>, node: &'g Node, x: TensorId) {
    let slope = 2.0 * FRAC_2_PI.sqrt();
    let [slope, curvature] = [slope, 0.044_715 * slope].map(|number| l.scalar(number));
    let shape = l.shape(node.outputs[0]);
    let square = l.helper(node, "square", UnaryOp::of(UnaryOpOperation::Square), &[x], shape);
    let curved = l.helper(node, "curved", binary(BinaryOpOperation::Mul), &[square, curvature], shape);
    let steepness = l.helper(node, "steepness", binary(BinaryOpOperation::Add), &[curved, slope], shape);
    let logit = l.helper(node, "logit", binary(BinaryOpOperation::Mul), &[steepness, x], shape);
    let share = l.helper(node, "share", UnaryOp::of(UnaryOpOperation::Sigmoid), &[logit], shape);
    l.finish(node, binary(BinaryOpOperation::Mul), &[x, share]);
}

/// `x · sigmoid(x · q(x²))` on `[N, C, H, W]`: MNN's own op calls `erf` for one element after the other, these work on vectors.
///
/// With the normal distribution's `Φ`, `GELU(x) = x · Φ(x)`, and `x · q(x²)` stands for `ln(Φ(x) / Φ(−x))`. The polynomial
/// `q(t) = E · (((t − A)² + B)² − (C · t + D))² + F` is fitted so that the largest error of the result is smallest, 2.4e-7 besides
/// rounding (with that, 7.3e-7). It takes fewer ops than Horner's scheme, and little cancels. Where `t` is cut off, the sigmoid is
/// 0 or 1 to rounding.
fn gelu_by_sigmoid<'g>(l: &mut Lowering<'g>, node: &'g Node, x: TensorId) {
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
    let affine = |scale, bias| Scale { scale: vec![scale; shape[1]], bias: vec![bias; shape[1]] };
    let square = l.helper(node, "square", UnaryOp::of(UnaryOpOperation::Square), &[x], shape);
    let t = l.helper(node, "t", binary(Minimum), &[square, largest], shape);
    let quadratic = l.helper(node, "quadratic", binary(SquaredDifference), &[t, a], shape);
    let quartic = l.helper(node, "quartic", binary(SquaredDifference), &[quadratic, minus_b], shape);
    let linear = l.helper(node, "linear", affine(C, D), &[t], shape);
    let octic = l.helper(node, "octic", binary(SquaredDifference), &[quartic, linear], shape);
    let q = l.helper(node, "q", affine(E, F), &[octic], shape);
    let logit = l.helper(node, "logit", binary(Mul), &[q, x], shape);
    let share = l.helper(node, "share", UnaryOp::of(UnaryOpOperation::Sigmoid), &[logit], shape);
    l.finish(node, binary(Mul), &[x, share]);
}
