//! Functions of two operands.

use edgeconv_graph::Tensor;
use edgeconv_graph::op::Binary;

use super::expansion::Steps;

/// `x · 2ⁿ`, or `x / 2ⁿ` rounded down: ONNX shifts numbers without sign only.
pub(super) fn shift(steps: &mut Steps<'_, '_>, op: Binary) {
    let x = &steps.operand(0);
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
