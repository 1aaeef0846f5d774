use edgeconv_graph::op::{CircularConv, Conv};
use edgeconv_graph::{Graph, GraphError, Node, Patch, Tensor, ValueId};

use super::{named_like_kernel, taps};

/// A depth-wise convolution with `F − 1` zeros before and `K − 1` after, `F` being the length of the axis: its tap `j` stands
/// for distance `d = j − (F − 1)`, and is the kernel's tap `d mod F`, or zero where the kernel is shorter.
pub(super) fn lower(
    graph: &Graph,
    patch: &mut Patch,
    node: &Node,
    op: &CircularConv,
) -> Result<Option<ValueId>, GraphError> {
    let Some(channels) = taps(graph, node, op) else { return Ok(None) };
    let length = graph.ty(node.inputs[0]).shape[op.axis];
    let count = graph.ty(node.inputs[1]).shape[op.axis];
    let mut unrolled = Vec::with_capacity(op.group * (length + count - 1));
    for kernel in channels {
        let at = |distance: usize| kernel.get(distance % length).copied().unwrap_or(0.0);
        // Distances 1 − F to K − 1, shifted by F to be positive.
        unrolled.extend((1..length + count).map(at));
    }
    let mut shape = [op.group, 1, 1, 1];
    shape[op.axis] = length + count - 1;
    let mut pads = vec![0; 4];
    (pads[op.axis - 2], pads[op.axis]) = (length - 1, count - 1);
    let mut inputs = node.inputs.clone();
    inputs[1] = named_like_kernel(graph, patch, node, Tensor::f32(shape, unrolled)?);
    let conv = Conv { pads, group: op.group, ..Conv::pointwise() };
    Ok(Some(patch.node(graph, &node.name, conv, &inputs)?))
}
