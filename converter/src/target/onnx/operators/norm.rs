//! Normalisations.

use edgeconv_graph::op::LayerNormalization;

use super::attributes::{int, ints};
use super::expansion::Steps;

/// `(x − mean) / √(mean of squares + epsilon) · scale + bias` over the last axis.
pub(super) fn layer_normalization(steps: &mut Steps<'_, '_>, op: &LayerNormalization) {
    let x = &steps.operand(0);
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
