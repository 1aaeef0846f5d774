//! Ops that move elements without arithmetic. MNN carries them out as copies of regions, several of them at once.

use edgeconv_graph::op::{
    Concat, DepthOrder, DepthToSpace, Expand, Pad, PadMode, Slice, SpaceToDepth, Split, Transpose,
};
use edgeconv_graph::{DType, Node};

use super::Lowering;
use super::elementwise::align;
use crate::target::mnn::ExportError;
use crate::target::mnn::net::{Elements, Kind, TensorId};
use crate::target::mnn::schema::{DepthToSpaceMode, PadValueMode};

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
    if l.net.shape(data) == op.shape {
        l.alias(node, data);
        return Ok(());
    }
    let target = l.indices(op.shape.iter().copied());
    l.finish(node, Kind::BroadcastTo, &[data, target]);
    Ok(())
}

pub(super) fn concat<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &Concat) -> Result<(), ExportError> {
    let inputs = node.inputs.iter().map(|&id| l.operand(id)).collect::<Result<Vec<_>, _>>()?;
    if let [only] = inputs[..] {
        l.alias(node, only);
        return Ok(());
    }
    l.finish(node, Kind::Concat { axis: op.axis }, &inputs);
    Ok(())
}

pub(super) fn slice<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &Slice) -> Result<(), ExportError> {
    let data = l.operand(node.inputs[0])?;
    if l.shape(node.inputs[0]) == l.shape(node.outputs[0]) {
        // `transposes` does not look for moves that leave all where it is.
        l.alias(node, data);
        return Ok(());
    }
    let mut inputs = vec![data];
    inputs.extend([op.start, op.end, op.axis].map(|index| l.indices([index])));
    if op.step != 1 {
        inputs.push(l.indices([op.step]));
    }
    l.finish(node, Kind::StridedSlice, &inputs);
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

/// Padding. MNN reflects along the last three of those runs of axes only that are padded or not, so that axes are padded one by
/// one where there are more. (`GeometryCrop.cpp`)
pub(super) fn pad<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &'g Pad) -> Result<(), ExportError> {
    let mut data = l.operand(node.inputs[0])?;
    let shape = l.shape(node.inputs[0]);
    let padded: Vec<_> = (0..shape.len()).filter(|&axis| op.pads[axis] != [0, 0]).collect();
    let Some((&last, before)) = padded.split_last() else {
        l.alias(node, data);
        return Ok(());
    };
    let at_once = shape.len() - padded[0] <= 2;
    if !at_once {
        for &axis in before {
            let mut shape = l.net.shape(data).to_vec();
            shape[axis] += op.pads[axis].iter().sum::<usize>();
            let (kind, inputs) = padding(l, node, op, data, &[axis]);
            data = l.helper(node, &format!("axis {axis}"), kind, &inputs, shape);
        }
    }
    let (kind, inputs) = padding(l, node, op, data, if at_once { &padded } else { std::slice::from_ref(&last) });
    l.finish(node, kind, &inputs);
    Ok(())
}

/// The op that pads some axes, and its inputs.
fn padding<'g>(
    l: &mut Lowering<'g>,
    node: &Node,
    op: &Pad,
    data: TensorId,
    axes: &[usize],
) -> (Kind<'g>, Vec<TensorId>) {
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
                    l.helper(node, "value", Kind::Const(Elements::Int(vec![number])), &[], [])
                }
            });
            PadValueMode::Constant
        }
    };
    (Kind::Pad(mode), inputs)
}

pub(super) fn depth_to_space<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &DepthToSpace) -> Result<(), ExportError> {
    let data = l.operand(node.inputs[0])?;
    if op.block == 1 {
        l.alias(node, data);
        return Ok(());
    }
    let mode = match op.order {
        DepthOrder::BlocksFirst => DepthToSpaceMode::Dcr,
        DepthOrder::ChannelsFirst => DepthToSpaceMode::Crd,
    };
    l.finish(node, Kind::DepthToSpace { block: op.block, mode }, &[data]);
    Ok(())
}

pub(super) fn space_to_depth<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &SpaceToDepth) -> Result<(), ExportError> {
    let data = l.operand(node.inputs[0])?;
    if op.block == 1 {
        l.alias(node, data);
    } else {
        l.finish(node, Kind::SpaceToDepth { block: op.block }, &[data]);
    }
    Ok(())
}
