//! Truth values, which are the integers 0 and 1 in MNN: how they come about, are combined, and choose.

use edgeconv_graph::op::{Binary, Cast};
use edgeconv_graph::{DType, Node};

use super::elementwise::{filled, operand};
use super::{Lowering, unsupported};
use crate::target::mnn::ExportError;
use crate::target::mnn::net::{Activation, Kind, Number};
use crate::target::mnn::schema::BinaryOpOperation;

fn op(operation: BinaryOpOperation) -> Kind<'static> {
    Kind::Binary(operation, Activation::None)
}

/// Comparisons. MNN compares floats as integers where it broadcasts both of them (GeometryBinary.cpp), and on x86 also in
/// `LESS` and `EQUAL` (Vec.hpp).
pub(super) fn compare<'g>(l: &mut Lowering<'g>, node: &'g Node, comparison: Binary) -> Result<(), ExportError> {
    let &[first, second] = node.inputs.as_slice() else { return Ok(()) };
    let (a, b) = (filled(l, node, first)?, filled(l, node, second)?);
    match comparison {
        Binary::Equal if l.graph.ty(first).dtype == DType::F32 => {
            let shape = l.shape(node.outputs[0]);
            let (one, differ) =
                (l.integer(1), l.helper(node, "differ", op(BinaryOpOperation::Notequal), &[a, b], shape));
            l.finish(node, op(BinaryOpOperation::Sub), &[one, differ]);
        }
        Binary::Equal => l.finish(node, op(BinaryOpOperation::Equal), &[a, b]),
        Binary::Less => l.finish(node, op(BinaryOpOperation::Greater), &[b, a]),
        Binary::LessOrEqual => l.finish(node, op(BinaryOpOperation::GreaterEqual), &[b, a]),
        Binary::Greater => l.finish(node, op(BinaryOpOperation::Greater), &[a, b]),
        Binary::GreaterOrEqual => l.finish(node, op(BinaryOpOperation::GreaterEqual), &[a, b]),
        _ => return Err(unsupported(node, "it is no comparison")),
    }
    Ok(())
}

/// Functions of two truth values.
pub(super) fn combine<'g>(l: &mut Lowering<'g>, node: &'g Node, function: Binary) -> Result<(), ExportError> {
    let operation = match function {
        Binary::And => BinaryOpOperation::Mul,
        Binary::Or => BinaryOpOperation::Logicalor,
        Binary::Xor => BinaryOpOperation::Logicalxor,
        _ => return Err(unsupported(node, "it has no meaning for truth values")),
    };
    let a = operand(l, node, node.inputs[0], node.inputs[1])?;
    let b = operand(l, node, node.inputs[1], node.inputs[0])?;
    l.finish(node, op(operation), &[a, b]);
    Ok(())
}

/// Only numbers become truth values by a comparison with 0: MNN's own op looks at the bits, and takes −0 for true.
pub(super) fn cast<'g>(l: &mut Lowering<'g>, node: &'g Node, cast: &Cast) -> Result<(), ExportError> {
    let data = l.operand(node.inputs[0])?;
    match (l.graph.ty(node.inputs[0]).dtype, cast.to) {
        (DType::F32, DType::Bool) => {
            let zero = l.scalar(0.0);
            l.finish(node, op(BinaryOpOperation::Notequal), &[data, zero]);
        }
        (DType::I64, DType::Bool) => {
            let zero = l.integer(0);
            l.finish(node, op(BinaryOpOperation::Notequal), &[data, zero]);
        }
        (DType::F32, DType::I64) => l.finish(node, Kind::Cast(Number::Int), &[data]),
        (DType::I64 | DType::Bool, DType::F32) => l.finish(node, Kind::Cast(Number::Float), &[data]),
        (DType::F32, DType::F32) | (DType::I64 | DType::Bool, DType::I64) | (DType::Bool, DType::Bool) => {
            l.alias(node, data);
        }
    }
    Ok(())
}

/// `Where`: MNN's op does not see that its third operand has to be broadcast (GeometrySelect.cpp).
pub(super) fn select<'g>(l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
    let operands = node.inputs.iter().map(|&id| filled(l, node, id)).collect::<Result<Vec<_>, _>>()?;
    l.finish(node, Kind::Select, &operands);
    Ok(())
}
