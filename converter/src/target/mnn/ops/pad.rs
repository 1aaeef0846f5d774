//! Padding.

use edgeconv_graph::op::PadMode;
use edgeconv_graph::{DType, Node, op};
use planus::UnionOffset;

use super::input::Const;
use super::{Lower, MnnOp, Reads, Rule, first_is_data};
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::Lowering;
use crate::target::mnn::net::{Layout, Shapes, TensorId};
use crate::target::mnn::schema::{self, OpParameter, OpType, PadValueMode};
use crate::target::mnn::write::Writer;

/// Adds elements around the first input; the second one holds how many before and after each axis, the third one the
/// number that is added (mode constant).
#[derive(Debug)]
pub(super) struct Pad(pub PadValueMode);

impl MnnOp for Pad {
    fn op_type(&self) -> OpType {
        OpType::Padding
    }

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        Some(OpParameter::create_pad_param(b, &schema::PadParam { mode: self.0 }))
    }

    fn rule(&self, shapes: &Shapes) -> Rule {
        // MNN copies whole blocks, also what is in them behind the last channel, where zeros are to be added.
        let channels = shapes.inputs[0].get(1) != shapes.outputs[0].get(1);
        if channels { Rule::In(Layout::Nchw) } else { Rule::Any }
    }

    fn reads(&self, index: usize, _: &[usize]) -> Reads {
        first_is_data(index)
    }
}

/// Padding. MNN reflects along the last three of those runs of axes only that are padded or not, so that axes are padded one by
/// one where there are more. (`GeometryCrop.cpp`)
impl Lower for op::Pad {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.numbers(node)?;
        let mut data = l.operand(node.inputs[0])?;
        let shape = l.shape(node.inputs[0]);
        // At other sizes any axis may be padded; where none ever is, nothing is left of that.
        let is_sized = l.graph.value(node.outputs[0]).sized;
        let padded: Vec<_> = (0..shape.len()).filter(|&axis| is_sized || self.pads[axis] != [0, 0]).collect();
        let Some((&last, before)) = padded.split_last() else {
            l.alias(node, data);
            return Ok(());
        };
        let at_once = shape.len() - padded[0] <= 2;
        if !at_once {
            for &axis in before {
                let mut shape = l.net.shape(data).to_vec();
                shape[axis] += self.pads[axis].iter().sum::<usize>();
                let (pad, inputs) = padding(l, node, self, data, &[axis]);
                data = l.helper(node, &format!("axis {axis}"), pad, &inputs, shape);
            }
        }
        let (pad, inputs) = padding(l, node, self, data, if at_once { &padded } else { std::slice::from_ref(&last) });
        l.finish(node, pad, &inputs);
        Ok(())
    }
}

/// The op that pads some axes, and its inputs.
fn padding(l: &mut Lowering<'_>, node: &Node, op: &op::Pad, data: TensorId, axes: &[usize]) -> (Pad, Vec<TensorId>) {
    let rank = l.net.shape(data).len();
    let pads = l.indices((0..rank).flat_map(|axis| if axes.contains(&axis) { op.pads[axis] } else { [0, 0] }));
    let mut inputs = vec![data, pads];
    let mode = match op.mode {
        PadMode::Reflect => PadValueMode::Reflect,
        PadMode::Edge => PadValueMode::Edge,
        PadMode::Constant(value) => {
            inputs.push(match l.graph.ty(node.inputs[0]).dtype {
                DType::F32 => l.scalar(value),
                dtype => {
                    let number = if dtype == DType::Bool { i32::from(value != 0.0) } else { value as i32 };
                    l.helper(node, "value", Const::Int(vec![number]), &[], [])
                }
            });
            PadValueMode::Constant
        }
    };
    (Pad(mode), inputs)
}
