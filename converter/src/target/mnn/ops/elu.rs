//! ELU, which MNN computes from other ops.

use edgeconv_graph::Node;
use edgeconv_graph::op::Elu;

use super::Lower;
use super::activation::Relu;
use super::binary::BinaryOp;
use super::unary::UnaryOp;
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::Lowering;
use crate::target::mnn::schema::{BinaryOpOperation, UnaryOpOperation};

/// With `e = alpha · (exp(min(x, 0)) − 1)`: `max(x, e)`, since `e ≥ x` below 0 if `0 ≤ alpha ≤ 1`; else `max(x, 0) + e`. MNN's own
/// op copies its data between two layouts.
impl Lower for Elu {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.floats(node)?;
        let (data, shape) = (l.operand(node.inputs[0])?, l.shape(node.outputs[0]));
        let zero = l.scalar(0.0);
        let below = l.helper(node, "below", BinaryOp::of(BinaryOpOperation::Minimum), &[data, zero], shape);
        let mut curve = l.helper(node, "curve", UnaryOp::of(UnaryOpOperation::Expm1), &[below], shape);
        if self.alpha != 1.0 {
            let alpha = l.scalar(self.alpha);
            curve = l.helper(node, "scaled", BinaryOp::of(BinaryOpOperation::Mul), &[curve, alpha], shape);
        }
        if (0.0..=1.0).contains(&self.alpha) {
            l.finish(node, BinaryOp::of(BinaryOpOperation::Maximum), &[data, curve]);
        } else {
            let above = l.helper(node, "above", Relu { slope: 0.0 }, &[data], shape);
            l.finish(node, BinaryOp::of(BinaryOpOperation::Add), &[above, curve]);
        }
        Ok(())
    }
}
