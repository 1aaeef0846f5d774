//! Functions of two operands.

use edgeconv_graph::op::Binary;
use edgeconv_graph::{DType, Tensor};

use super::expansion::Steps;

/// Where ONNX's `BitShift` moves the bits.
pub(super) fn direction(op: Binary) -> &'static str {
    if op == Binary::ShiftLeft { "LEFT" } else { "RIGHT" }
}

/// `x · 2ⁿ`, or `x / 2ⁿ` rounded down, of integers with a sign: before operator set 28 ONNX shifts only those without; returns whether it
/// has one.
pub(super) fn shift(steps: &mut Steps<'_, '_>, op: Binary) -> bool {
    let ty = steps.exporter.graph.ty(steps.node.inputs[1]).clone();
    let signed = ty.dtype.range().is_some_and(|range| *range.start() < 0);
    let Some(two) = Tensor::integer(2).cast(ty.dtype).filter(|_| signed) else { return false };
    let x = &steps.operand(0);
    let count = steps.operand(1);
    let name = if ty.dtype == DType::I64 { "int.2".to_owned() } else { format!("{}.2", ty.dtype) };
    let two = steps.exporter.add_constant(name, &two);
    let power = steps.step("Pow", &[&two, &count], ty, vec![]);
    if op == Binary::ShiftLeft {
        steps.finish("Mul", &[x, &power]);
        return true;
    }
    let rest = steps.step("Mod", &[x, &power], steps.ty(), vec![]);
    let whole = steps.step("Sub", &[x, &rest], steps.ty(), vec![]);
    steps.finish("Div", &[&whole, &power]);
    true
}
