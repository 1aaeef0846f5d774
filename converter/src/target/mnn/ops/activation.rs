//! Functions that are linear in pieces: ReLU, leaky ReLU, PReLU, and clamps.

use edgeconv_graph::Node;
use edgeconv_graph::op::{self, Clip, LeakyRelu};
use planus::UnionOffset;

use super::binary::BinaryOp;
use super::broadcast::{align, operand};
use super::{InIntegers, Lower, MnnOp};
use crate::content::Content;
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::Lowering;
use crate::target::mnn::net::Shapes;
use crate::target::mnn::schema::{self, BinaryOpOperation, OpParameter, OpType};
use crate::target::mnn::write::Writer;

/// `x`, below 0 `slope · x`.
#[derive(Debug)]
pub(in crate::target::mnn) struct Relu {
    /// Slope below 0.
    pub slope: f32,
}

impl MnnOp for Relu {
    fn op_type(&self) -> OpType {
        OpType::ReLu
    }

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        Some(OpParameter::create_relu(b, &schema::Relu { slope: self.slope }))
    }
}

/// `x`, below 0 `slope · x` with one slope per channel.
#[derive(Debug)]
struct PRelu<'g> {
    /// Slopes below 0, `[C]`.
    slopes: &'g [f32],
}

impl MnnOp for PRelu<'_> {
    fn op_type(&self) -> OpType {
        OpType::PReLu
    }

    fn in_integers(&self) -> InIntegers {
        InIntegers::Wrong
    }

    fn parameter<'n>(&'n self, b: &mut Writer<'n>, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        let slopes = b.floats(self.slopes);
        let relu = schema::PRelu::builder().slope_count(self.slopes.len() as i32).slope(slopes).finish(b);
        Some(OpParameter::create_p_relu(b, relu))
    }

    fn weights(&self) -> Vec<Content<'_>> {
        vec![Content::of(self.slopes)]
    }
}

/// `clamp(x, min, max)`.
#[derive(Debug)]
pub(super) struct Clamp {
    /// Lower bound.
    pub min: f32,
    /// Upper bound.
    pub max: f32,
}

impl MnnOp for Clamp {
    fn op_type(&self) -> OpType {
        OpType::ReLu6
    }

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        let bounds = schema::Relu6 { min_value: self.min, max_value: self.max };
        Some(OpParameter::create_relu6(b, &bounds))
    }
}

impl Lower for LeakyRelu {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.floats(node)?;
        let data = l.operand(node.inputs[0])?;
        l.finish(node, Relu { slope: self.alpha }, &[data]);
        Ok(())
    }
}

impl Lower for Clip {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.floats(node)?;
        let data = l.operand(node.inputs[0])?;
        l.finish(node, Clamp { min: self.min, max: self.max }, &[data]);
        Ok(())
    }
}

/// MNN has ops for one slope, and for one per channel that is constant; else `max(x, 0) + slope · min(x, 0)`.
impl Lower for op::PRelu {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.floats(node)?;
        let &[x, slope] = node.inputs.as_slice() else { return Ok(()) };
        let (data, shape) = (l.operand(x)?, l.shape(x));
        let mut per_channel = vec![1; shape.len()];
        if let (Some(channels), Some(length)) = (per_channel.get_mut(1), shape.get(1)) {
            *channels = *length;
        }
        let constant = l.graph.tensor(slope).and_then(|slope| slope.as_f32());
        match constant {
            Some(&[slope]) => l.finish(node, Relu { slope }, &[data]),
            Some(slopes) if align(l.shape(slope), shape.len()) == per_channel => {
                l.finish(node, PRelu { slopes }, &[data]);
            }
            _ => {
                let (zero, slope) = (l.scalar(0.0), operand(l, node, slope, x)?);
                let above = l.helper(node, "above", Relu { slope: 0.0 }, &[data], shape);
                let below = l.helper(node, "below", BinaryOp::of(BinaryOpOperation::Minimum), &[data, zero], shape);
                let scaled = l.helper(node, "scaled", BinaryOp::of(BinaryOpOperation::Mul), &[below, slope], shape);
                l.finish(node, BinaryOp::of(BinaryOpOperation::Add), &[above, scaled]);
            }
        }
        Ok(())
    }
}
