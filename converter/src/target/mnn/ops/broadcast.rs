//! Broadcasting: tensors are repeated along axes of length 1, and get leading ones.

use edgeconv_graph::op::Expand;
use edgeconv_graph::{DType, Node, ValueId};
use planus::UnionOffset;

use super::reshape::Reshape;
use super::{Lower, MnnOp, Reads, first_is_data};
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::Lowering;
use crate::target::mnn::net::{Shapes, TensorId};
use crate::target::mnn::schema::{OpParameter, OpType};
use crate::target::mnn::write::Writer;

/// Repeats the input to fill the shape that the second input holds.
#[derive(Debug)]
pub(in crate::target::mnn) struct BroadcastTo;

impl MnnOp for BroadcastTo {
    fn op_type(&self) -> OpType {
        OpType::BroadcastTo
    }

    fn parameter(&self, _: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        None
    }

    fn reads(&self, index: usize, _: &[usize]) -> Reads {
        first_is_data(index)
    }
}

impl Lower for Expand {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.numbers(node)?;
        let mut data = l.operand(node.inputs[0])?;
        let aligned = align(l.shape(node.inputs[0]), self.shape.len());
        if aligned != l.shape(node.inputs[0]) {
            data = l.helper(node, "aligned", Reshape, &[data], aligned);
        }
        if l.net.shape(data) == self.shape && !l.graph.value(node.outputs[0]).sized {
            l.alias(node, data);
            return Ok(());
        }
        let target = l.indices(self.shape.iter().copied());
        l.finish(node, BroadcastTo, &[data, target]);
        Ok(())
    }
}

/// The tensor for an operand of a binary op: a scalar, or one of the result's rank.
///
/// Constants are repeated to fill the result where needed, since MNN does that once but broadcasts in every run.
pub(super) fn operand<'g>(
    l: &mut Lowering<'g>,
    node: &'g Node,
    id: ValueId,
    other: ValueId,
) -> Result<TensorId, ExportError> {
    let shape = l.shape(node.outputs[0]);
    let value = l.graph.value(id);
    let constant = value.is_constant();
    if constant && value.ty.len() == 1 && l.shape(other) == shape && !l.graph.value(other).is_constant() {
        match value.ty.dtype {
            DType::F32 => {
                let element = l.elements(id)?[0];
                return Ok(l.scalar(element));
            }
            _ => {
                let stored = l.operand(id)?;
                return Ok(if l.shape(id).is_empty() {
                    stored
                } else {
                    l.helper(node, &format!("scalar {}", value.name), Reshape, &[stored], [])
                });
            }
        }
    }
    let mut tensor = l.operand(id)?;
    let aligned = align(&value.ty.shape, shape.len());
    if aligned != value.ty.shape {
        tensor = l.helper(node, &format!("aligned {}", value.name), Reshape, &[tensor], aligned.clone());
    }
    if constant && aligned != shape {
        let target = l.indices(shape.iter().copied());
        tensor = l.helper(node, &format!("repeated {}", value.name), BroadcastTo, &[tensor, target], shape);
    }
    Ok(tensor)
}

/// The tensor for an operand, repeated to fill the result: some of MNN's ops misread what they broadcast.
pub(super) fn filled<'g>(l: &mut Lowering<'g>, node: &'g Node, id: ValueId) -> Result<TensorId, ExportError> {
    let (shape, value) = (l.shape(node.outputs[0]), l.graph.value(id));
    let tensor = l.operand(id)?;
    if value.ty.shape == shape {
        return Ok(tensor);
    }
    let aligned = align(&value.ty.shape, shape.len());
    let aligned = l.helper(node, &format!("aligned {}", value.name), Reshape, &[tensor], aligned);
    let target = l.indices(shape.iter().copied());
    Ok(l.helper(node, &format!("repeated {}", value.name), BroadcastTo, &[aligned, target], shape))
}

/// `shape` with leading ones, so that it has `rank` dimensions.
pub(super) fn align(shape: &[usize], rank: usize) -> Vec<usize> {
    let mut aligned = vec![1; rank - shape.len()];
    aligned.extend(shape);
    aligned
}
