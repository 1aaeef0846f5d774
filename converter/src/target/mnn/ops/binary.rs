//! Functions of two operands: of floats, of integers (which MNN keeps in 32 bits), and of booleans (which are the integers 0
//! and 1 in MNN).

use edgeconv_graph::op::Binary;
use edgeconv_graph::{DType, Node, Tensor, ValueId};
use planus::UnionOffset;

use super::broadcast::{align, filled, operand};
use super::scale::Scale;
use super::select::Select;
use super::{Const, InIntegers, Lower, MnnOp, Reads};
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::{Activation, Lowering, unsupported};
use crate::target::mnn::net::{Number, Shapes, TensorId};
use crate::target::mnn::schema::{self, BinaryOpOperation, DataType, OpParameter, OpType};
use crate::target::mnn::write::Writer;

/// Arithmetic on two tensors of the same rank, or on a tensor and a constant scalar; the activation is none or ReLU.
#[derive(Debug)]
pub(in crate::target::mnn) struct BinaryOp {
    operation: BinaryOpOperation,
    activation: Activation,
}

impl BinaryOp {
    /// Without an activation.
    pub fn of(operation: BinaryOpOperation) -> Self {
        Self { operation, activation: Activation::None }
    }
}

impl MnnOp for BinaryOp {
    fn op_type(&self) -> OpType {
        OpType::BinaryOp
    }

    fn in_integers(&self) -> InIntegers {
        match (self.operation, self.activation) {
            (BinaryOpOperation::Add | BinaryOpOperation::Mul, Activation::None) => InIntegers::Right,
            _ => InIntegers::Wrong,
        }
    }

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        // An enumeration without names: 0 is none, 1 is ReLU.
        let activation_type = (self.activation == Activation::Relu).into();
        let binary = schema::BinaryOp { op_type: self.operation, t: DataType::DtFloat, activation_type };
        Some(OpParameter::create_binary_op(b, &binary))
    }

    fn reads(&self, _: usize, shape: &[usize]) -> Reads {
        if shape.is_empty() { Reads::Single } else { Reads::Data }
    }

    fn number(&self, inputs: &[Number]) -> Number {
        use BinaryOpOperation::{Equal, Greater, GreaterEqual, Less, LessEqual, Notequal};
        match self.operation {
            Equal | Greater | GreaterEqual | Less | LessEqual | Notequal => Number::Int,
            _ => inputs[0],
        }
    }
}

impl Lower for Binary {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.numbers(node)?;
        let op = *self;
        if let Some((data, scale)) = per_channel(l, node, op)? {
            let data = l.operand(data)?;
            l.finish(node, scale, &[data]);
            return Ok(());
        }
        match l.graph.ty(node.inputs[0]).dtype {
            _ if op.is_comparison() => compare(l, node, op),
            DType::Bool => combine(l, node, op),
            DType::F32 => floats(l, node, op),
            _ => integers(l, node, op),
        }
    }
}

/// `x + c`, `x − c`, `c − x` and `x · c` with data `[N, C, H, W]` and a constant `[1, C, 1, 1]`, as the data and a Scale op:
/// MNN would copy the constant to every pixel first. The result is the same to the last bit.
fn per_channel(l: &Lowering<'_>, node: &Node, op: Binary) -> Result<Option<(ValueId, Scale)>, ExportError> {
    let shape = l.shape(node.outputs[0]);
    let (a, b) = (node.inputs[0], node.inputs[1]);
    let fits = |data: ValueId, constant: ValueId| {
        let aligned = align(l.shape(constant), shape.len());
        // A single number is applied in any layout.
        shape.len() == 4
            && shape[1] > 1
            && l.graph.ty(data).dtype == DType::F32
            && l.shape(data) == shape
            && !l.graph.value(data).is_constant()
            && l.graph.value(constant).is_constant()
            && aligned == [1, shape[1], 1, 1]
    };
    let (data, constant) = match (fits(a, b), fits(b, a)) {
        (true, _) => (a, b),
        (_, true) => (b, a),
        _ => return Ok(None),
    };
    let elements = l.elements(constant)?;
    let every = |factor: f32| vec![factor; elements.len()];
    let (scale, bias) = match op {
        Binary::Add => (every(1.0), elements.to_vec()),
        Binary::Sub if data == a => (every(1.0), elements.iter().map(|element| -element).collect()),
        Binary::Sub => (every(-1.0), elements.to_vec()),
        Binary::Mul => (elements.to_vec(), every(0.0)),
        _ => return Ok(None),
    };
    Ok(Some((data, Scale { scale, bias })))
}

fn floats<'g>(l: &mut Lowering<'g>, node: &'g Node, op: Binary) -> Result<(), ExportError> {
    let operation = match op {
        Binary::Add => BinaryOpOperation::Add,
        Binary::Sub => BinaryOpOperation::Sub,
        Binary::Mul => BinaryOpOperation::Mul,
        Binary::Div => BinaryOpOperation::Realdiv,
        Binary::Pow => BinaryOpOperation::Pow,
        Binary::Min => BinaryOpOperation::Minimum,
        Binary::Max => BinaryOpOperation::Maximum,
        Binary::Mod => BinaryOpOperation::Floormod,
        Binary::Fmod => BinaryOpOperation::Mod,
        _ => return Err(unsupported(node, "it has no meaning for floats")),
    };
    let a = operand(l, node, node.inputs[0], node.inputs[1])?;
    let b = operand(l, node, node.inputs[1], node.inputs[0])?;
    // With an activation MNN copies what it broadcasts, which costs more than a ReLU (GeometryBinary.cpp).
    let shape = l.shape(node.outputs[0]);
    let broadcast = [a, b].iter().any(|&operand| !l.net.shape(operand).is_empty() && l.net.shape(operand) != shape);
    // What is computed of sizes has one sample.
    let broadcast = broadcast || node.inputs.iter().any(|&input| l.graph.value(input).sized);
    let offered: &[_] = if broadcast { &[] } else { &[Activation::Relu] };
    let (activation, result) = l.absorb_activation(node, offered);
    l.finish_as(&node.name, &[result], BinaryOp { operation, activation }, &[a, b]);
    Ok(())
}

fn integers<'g>(l: &mut Lowering<'g>, node: &'g Node, function: Binary) -> Result<(), ExportError> {
    let &[first, second] = node.inputs.as_slice() else { return Ok(()) };
    let operation = match function {
        Binary::Min | Binary::Max => {
            let (a, b) = (filled(l, node, first)?, filled(l, node, second)?);
            extreme(l, node, function, a, b);
            return Ok(());
        }
        Binary::Add => BinaryOpOperation::Add,
        Binary::Sub => BinaryOpOperation::Sub,
        Binary::Mul => BinaryOpOperation::Mul,
        Binary::Pow => BinaryOpOperation::Pow,
        // C's division of integers. MNN's `DIV` exists in name only.
        Binary::Div => BinaryOpOperation::Realdiv,
        // Not as for floats: of integers, MNN's `MOD` is the one that rounds down, and `FLOORMOD` is C's `%`.
        Binary::Mod => BinaryOpOperation::Mod,
        Binary::Fmod => BinaryOpOperation::Floormod,
        Binary::BitwiseAnd => BinaryOpOperation::BitwiseAnd,
        Binary::BitwiseOr => BinaryOpOperation::BitwiseOr,
        Binary::BitwiseXor => BinaryOpOperation::BitwiseXor,
        Binary::ShiftLeft | Binary::ShiftRight => return shift(l, node, function),
        _ => return Err(unsupported(node, "it has no meaning for integers")),
    };
    let (a, mut b) = (operand(l, node, first, second)?, operand(l, node, second, first)?);
    if matches!(function, Binary::Div | Binary::Mod | Binary::Fmod) {
        let divisors = l.graph.tensor(second).and_then(Tensor::to_i64);
        match divisors {
            Some(divisors) if divisors.contains(&0) => return Err(unsupported(node, "it divides by 0")),
            Some(_) => {}
            None => b = not_zero(l, node, b),
        }
    }
    l.finish(node, BinaryOp::of(operation), &[a, b]);
    Ok(())
}

/// MNN shifts as C does, which leaves open what comes of a shift by negative counts, or by all bits. Counts that are known need no care.
fn shift<'g>(l: &mut Lowering<'g>, node: &'g Node, function: Binary) -> Result<(), ExportError> {
    const LAST: i32 = 31;
    let left = function == Binary::ShiftLeft;
    let shift = BinaryOp::of(if left { BinaryOpOperation::Leftshift } else { BinaryOpOperation::Rightshift });
    let (a, mut count) = (filled(l, node, node.inputs[0])?, filled(l, node, node.inputs[1])?);
    let known = l.graph.tensor(node.inputs[1]).and_then(Tensor::to_i64);
    if known.is_some_and(|counts| counts.iter().all(|count| (0..=LAST.into()).contains(count))) {
        l.finish(node, shift, &[a, count]);
        return Ok(());
    }
    let shape = l.shape(node.outputs[0]);
    let (first, behind) = (repeated(l, node, -1), repeated(l, node, LAST + 1));
    let above = l.helper(node, "above", BinaryOp::of(BinaryOpOperation::Greater), &[count, first], shape);
    let below = l.helper(node, "below", BinaryOp::of(BinaryOpOperation::Greater), &[behind, count], shape);
    let inside = l.helper(node, "inside", BinaryOp::of(BinaryOpOperation::Mul), &[above, below], shape);
    // All bits but the sign go to the right.
    let last = repeated(l, node, LAST);
    count = l.helper(node, "count", Select, &[inside, count, last], shape);
    if !left {
        l.finish(node, shift, &[a, count]);
        return Ok(());
    }
    let shifted = l.helper(node, "shifted", shift, &[a, count], shape);
    let zero = repeated(l, node, 0);
    l.finish(node, Select, &[inside, shifted, zero]);
    Ok(())
}

/// An integer as often as the result of `node` has elements.
fn repeated<'g>(l: &mut Lowering<'g>, node: &'g Node, number: i32) -> TensorId {
    let shape = l.shape(node.outputs[0]);
    let count = shape.iter().product();
    l.helper(node, &number.to_string(), Const::Int(vec![number; count]), &[], shape)
}

/// `b + (b = 0)`: some processors stop a program that divides integers by 0, where ONNX leaves the result open.
fn not_zero<'g>(l: &mut Lowering<'g>, node: &'g Node, b: TensorId) -> TensorId {
    let (zero, shape) = (l.integer(0), l.net.shape(b).to_vec());
    let is_zero = l.helper(node, "is zero", BinaryOp::of(BinaryOpOperation::Equal), &[b, zero], shape.clone());
    l.helper(node, "divisor", BinaryOp::of(BinaryOpOperation::Add), &[b, is_zero], shape)
}

/// The smaller or the larger one of two integer tensors of the result's shape: MNN's own ops go through floats on x86.
pub(super) fn extreme<'g>(l: &mut Lowering<'g>, node: &'g Node, function: Binary, a: TensorId, b: TensorId) {
    let shape = l.shape(node.outputs[0]);
    let larger = l.helper(node, "larger", BinaryOp::of(BinaryOpOperation::Greater), &[a, b], shape);
    let (yes, no) = if function == Binary::Max { (a, b) } else { (b, a) };
    l.finish(node, Select, &[larger, yes, no]);
}

/// Comparisons. MNN compares floats as integers where it broadcasts both of them (GeometryBinary.cpp), and on x86 also in
/// `LESS` and `EQUAL` (Vec.hpp).
fn compare<'g>(l: &mut Lowering<'g>, node: &'g Node, comparison: Binary) -> Result<(), ExportError> {
    let &[first, second] = node.inputs.as_slice() else { return Ok(()) };
    let (a, b) = (filled(l, node, first)?, filled(l, node, second)?);
    let (operation, operands) = match comparison {
        Binary::Equal if l.graph.ty(first).dtype == DType::F32 => {
            let (one, shape) = (l.integer(1), l.shape(node.outputs[0]));
            let differ = l.helper(node, "differ", BinaryOp::of(BinaryOpOperation::Notequal), &[a, b], shape);
            (BinaryOpOperation::Sub, [one, differ])
        }
        Binary::Equal => (BinaryOpOperation::Equal, [a, b]),
        Binary::Less => (BinaryOpOperation::Greater, [b, a]),
        Binary::LessOrEqual => (BinaryOpOperation::GreaterEqual, [b, a]),
        Binary::Greater => (BinaryOpOperation::Greater, [a, b]),
        Binary::GreaterOrEqual => (BinaryOpOperation::GreaterEqual, [a, b]),
        _ => return Err(unsupported(node, "it is not a comparison")),
    };
    l.finish(node, BinaryOp::of(operation), &operands);
    Ok(())
}

/// Functions of two booleans.
fn combine<'g>(l: &mut Lowering<'g>, node: &'g Node, function: Binary) -> Result<(), ExportError> {
    let operation = match function {
        Binary::And => BinaryOpOperation::Mul,
        Binary::Or => BinaryOpOperation::Logicalor,
        Binary::Xor => BinaryOpOperation::Logicalxor,
        _ => return Err(unsupported(node, "it has no meaning for booleans")),
    };
    let a = operand(l, node, node.inputs[0], node.inputs[1])?;
    let b = operand(l, node, node.inputs[1], node.inputs[0])?;
    l.finish(node, BinaryOp::of(operation), &[a, b]);
    Ok(())
}
