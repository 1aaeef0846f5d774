//! Ops that move elements without arithmetic. MNN carries them out as copies of regions, several of them at once.

use edgeconv_graph::op::{Concat, Expand, Gather, Slice, Split, Transpose};
use edgeconv_graph::{Node, Tensor};

use super::elementwise::align;
use super::{Lowering, unsupported};
use crate::mnn::ExportError;
use crate::mnn::net::Kind;

pub(super) fn reshape<'g>(l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
    let data = l.operand(node.inputs[0])?;
    l.finish(node, Kind::Reshape, &[data]);
    Ok(())
}

pub(super) fn expand<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &'g Expand) -> Result<(), ExportError> {
    let mut data = l.operand(node.inputs[0])?;
    let aligned = align(l.shape(node.inputs[0]), op.shape.len());
    if aligned != l.shape(node.inputs[0]) {
        data = l.helper(node, "aligned", Kind::Reshape, &[data], aligned);
    }
    let target = l.indices(op.shape.iter().copied());
    l.finish(node, Kind::BroadcastTo, &[data, target]);
    Ok(())
}

pub(super) fn concat<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &Concat) -> Result<(), ExportError> {
    let inputs = node.inputs.iter().map(|&id| l.operand(id)).collect::<Result<Vec<_>, _>>()?;
    l.finish(node, Kind::Concat { axis: op.axis }, &inputs);
    Ok(())
}

pub(super) fn slice<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &Slice) -> Result<(), ExportError> {
    let data = l.operand(node.inputs[0])?;
    let [begin, end, axis] = [op.start, op.end, op.axis].map(|index| l.indices([index]));
    l.finish(node, Kind::StridedSlice, &[data, begin, end, axis]);
    Ok(())
}

pub(super) fn split<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &Split) -> Result<(), ExportError> {
    let data = l.operand(node.inputs[0])?;
    if op.sizes.len() == 1 {
        // MNN takes a single size for the size of all parts.
        l.alias(node, data);
    } else {
        l.finish(node, Kind::Split { axis: op.axis }, &[data]);
    }
    Ok(())
}

pub(super) fn transpose<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &Transpose) -> Result<(), ExportError> {
    let data = l.operand(node.inputs[0])?;
    l.finish(node, Kind::Permute { perm: op.perm.clone() }, &[data]);
    Ok(())
}

pub(super) fn gather<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &Gather) -> Result<(), ExportError> {
    let data = l.operand(node.inputs[0])?;
    let length = l.shape(node.inputs[0])[op.axis];
    let Some(indices) = l.graph.tensor(node.inputs[1]).and_then(Tensor::as_i64) else {
        return Err(unsupported(node, "its indices are computed at run time, which MNN can't check"));
    };
    let valid = |&index: &i64| usize::try_from(index).ok().filter(|&index| index < length);
    let Some(indices) = indices.iter().map(valid).collect::<Option<Vec<_>>>() else {
        return Err(unsupported(node, format!("an index is not in 0..{length}")));
    };
    let flat = l.indices(indices);
    let shape = l.shape(node.inputs[1]);
    let indices = l.helper(node, "indices", Kind::Reshape, &[flat], shape);
    l.finish(node, Kind::Gather { axis: op.axis }, &[data, indices]);
    Ok(())
}
