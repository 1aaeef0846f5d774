use edgeconv_graph::op::{CircularConv, Conv};
use edgeconv_graph::{Graph, GraphError, Node, Patch, Tensor, ValueId};

use super::{Depthwise, named_like_kernel};

/// A depth-wise convolution with `F − 1` zeros before and `K − 1` after, `F` being the length of the axis: its tap `j` stands
/// for distance `d = j − (F − 1)`, and is the kernel's tap `d mod F`, or zero where the kernel is shorter.
pub(super) fn lower(
    graph: &Graph,
    patch: &mut Patch,
    node: &Node,
    op: &CircularConv,
    depthwise: &Depthwise,
) -> Result<ValueId, GraphError> {
    let (length, taps) = (depthwise.length, depthwise.taps);
    let mut unrolled = Vec::with_capacity(op.group * (length + taps - 1));
    for tap in depthwise.channels() {
        // Distances 1 − F to K − 1, shifted by F to be positive.
        unrolled.extend((1..length + taps).map(tap));
    }
    let mut shape = [op.group, 1, 1, 1];
    shape[op.axis] = length + taps - 1;
    let mut pads = vec![0; 4];
    (pads[op.axis - 2], pads[op.axis]) = (length - 1, taps - 1);
    let mut inputs = node.inputs.clone();
    inputs[1] = named_like_kernel(graph, patch, node, Tensor::f32(shape, unrolled)?);
    patch.node(graph, &node.name, Conv { pads, group: op.group, ..Conv::pointwise() }, &inputs)
}
