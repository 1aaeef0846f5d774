//! Arithmetic on whole numbers, which MNN keeps in 32 bits.

use edgeconv_graph::op::Binary;
use edgeconv_graph::{Node, Tensor};

use super::elementwise::{filled, operand};
use super::{Lowering, unsupported};
use crate::target::mnn::ExportError;
use crate::target::mnn::net::{Activation, Kind, TensorId};
use crate::target::mnn::schema::{BinaryOpOperation, UnaryOpOperation};

fn op(operation: BinaryOpOperation) -> Kind<'static> {
    Kind::Binary(operation, Activation::None)
}

pub(super) fn binary<'g>(l: &mut Lowering<'g>, node: &'g Node, function: Binary) -> Result<(), ExportError> {
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
        Binary::ShiftLeft => BinaryOpOperation::Leftshift,
        Binary::ShiftRight => BinaryOpOperation::Rightshift,
        _ => return Err(unsupported(node, "it has no meaning for whole numbers")),
    };
    let (a, mut b) = (operand(l, node, first, second)?, operand(l, node, second, first)?);
    if matches!(function, Binary::Div | Binary::Mod | Binary::Fmod) {
        let divisors = l.graph.tensor(second).and_then(Tensor::as_i64);
        match divisors {
            Some(divisors) if divisors.contains(&0) => return Err(unsupported(node, "it divides by 0")),
            Some(_) => {}
            None => b = not_zero(l, node, b),
        }
    }
    l.finish(node, op(operation), &[a, b]);
    Ok(())
}

/// `b + (b = 0)`: some processors stop a program that divides whole numbers by 0, where ONNX leaves the result open.
fn not_zero<'g>(l: &mut Lowering<'g>, node: &'g Node, b: TensorId) -> TensorId {
    let (zero, shape) = (l.integer(0), l.net.shape(b).to_vec());
    let is_zero = l.helper(node, "is zero", op(BinaryOpOperation::Equal), &[b, zero], shape.clone());
    l.helper(node, "divisor", op(BinaryOpOperation::Add), &[b, is_zero], shape)
}

/// The smaller or the larger one of two tensors of the result's shape: MNN's own ops go through floats on x86.
fn extreme<'g>(l: &mut Lowering<'g>, node: &'g Node, function: Binary, a: TensorId, b: TensorId) {
    let shape = l.shape(node.outputs[0]);
    let larger = l.helper(node, "larger", op(BinaryOpOperation::Greater), &[a, b], shape);
    let (yes, no) = if function == Binary::Max { (a, b) } else { (b, a) };
    l.finish(node, Kind::Select, &[larger, yes, no]);
}

/// `max(x, −x)`: MNN's own op goes through floats.
pub(super) fn abs<'g>(l: &mut Lowering<'g>, node: &'g Node, x: TensorId) {
    let negative = l.helper(node, "negative", Kind::Unary(UnaryOpOperation::Neg), &[x], l.shape(node.outputs[0]));
    extreme(l, node, Binary::Max, x, negative);
}
