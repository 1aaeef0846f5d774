//! Ops that pick elements by indices, and put them there. MNN carries them out one index after the other.

use edgeconv_graph::op::{Gather, ScatterNd, ScatterReduction};
use edgeconv_graph::{DType, Node, Tensor, ValueId};

use super::{Lowering, unsupported};
use crate::target::mnn::ExportError;
use crate::target::mnn::net::Kind;
use crate::target::mnn::schema::BinaryOpOperation;

/// For an index that is computed at run time and does not exist MNN returns zeros: it checks where an element begins.
/// (`CPURaster.cpp`, "For Gather")
pub(super) fn gather<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &Gather) -> Result<(), ExportError> {
    let data = l.operand(node.inputs[0])?;
    check(l, node, node.inputs[1], l.shape(node.inputs[0])[op.axis])?;
    let known = l.graph.tensor(node.inputs[1]).filter(|indices| indices.shape().len() == 1).and_then(Tensor::as_i64);
    let length = l.shape(node.inputs[0])[op.axis] as i64;
    if known.is_some_and(|indices| indices.iter().copied().eq(0..length)) {
        // `transposes` does not look for moves that leave all where it is.
        l.alias(node, data);
        return Ok(());
    }
    let indices = l.operand(node.inputs[1])?;
    l.finish(node, Kind::Gather { axis: op.axis }, &[data, indices]);
    Ok(())
}

pub(super) fn scatter_nd<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &ScatterNd) -> Result<(), ExportError> {
    let reduction = match op.reduction {
        ScatterReduction::None => None,
        ScatterReduction::Add => Some(BinaryOpOperation::Add),
        ScatterReduction::Mul => Some(BinaryOpOperation::Mul),
    };
    if reduction.is_some() && l.graph.ty(node.inputs[0]).dtype != DType::F32 {
        return Err(unsupported(node, "MNN adds and multiplies floats only"));
    }
    let shape = l.shape(node.inputs[0]);
    check(l, node, node.inputs[1], shape[0])?;
    let target = l.indices(shape.iter().copied());
    let [data, indices, updates] = [0, 1, 2].map(|index| l.operand(node.inputs[index]));
    l.finish(node, Kind::ScatterNd { reduction }, &[indices?, updates?, target, data?]);
    Ok(())
}

/// Checks those indices that are known.
fn check(l: &Lowering<'_>, node: &Node, indices: ValueId, length: usize) -> Result<(), ExportError> {
    let known = l.graph.tensor(indices).and_then(Tensor::as_i64).unwrap_or_default();
    match known.iter().find(|&&index| usize::try_from(index).map_or(true, |index| index >= length)) {
        Some(index) => Err(unsupported(node, format!("index {index} is not in 0..{length}"))),
        None => Ok(()),
    }
}
