//! Ops that move elements without arithmetic. MNN carries them out as copies of regions, several of them at once.

use edgeconv_graph::Node;
use edgeconv_graph::op::{Concat, Slice, Split};

use super::Lowering;
use crate::mnn::ExportError;
use crate::mnn::net::Kind;

pub(super) fn reshape<'g>(l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
    let data = l.operand(node.inputs[0])?;
    l.finish(node, Kind::Reshape, &[data]);
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
