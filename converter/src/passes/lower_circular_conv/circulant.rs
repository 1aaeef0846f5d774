use edgeconv_graph::op::{Binary, CircularConv, MatMul};
use edgeconv_graph::{Graph, GraphError, Node, Patch, Tensor, ValueId};

use super::{named_like_kernel, taps};

/// Each channel of the map is a matrix: along H it is multiplied from the left by `T[h, i] = kernel[(i − h) mod F]`, along W
/// from the right by the transpose.
pub(super) fn lower(
    graph: &Graph,
    patch: &mut Patch,
    node: &Node,
    op: &CircularConv,
) -> Result<Option<ValueId>, GraphError> {
    let Some(channels) = taps(graph, node, op) else { return Ok(None) };
    let length = graph.ty(node.inputs[0]).shape[op.axis];
    let mut matrices = Vec::with_capacity(op.group * length * length);
    for kernel in channels {
        let at = |distance: usize| kernel.get(distance % length).copied().unwrap_or(0.0);
        for row in 0..length {
            let distance = |column: usize| if op.axis == 2 { column + length - row } else { row + length - column };
            matrices.extend((0..length).map(|column| at(distance(column))));
        }
    }
    let bias = match node.inputs.get(2).map(|&id| graph.tensor(id)) {
        None => None,
        Some(Some(bias)) => Some(bias.reshape([1, op.group, 1, 1])?),
        Some(None) => return Ok(None),
    };
    let matrices = Tensor::f32([1, op.group, length, length], matrices)?;
    let matrices = named_like_kernel(graph, patch, node, matrices);
    let operands = if op.axis == 2 { [matrices, node.inputs[0]] } else { [node.inputs[0], matrices] };
    let product = patch.node(graph, &node.name, MatMul, &operands)?;
    let Some(bias) = bias else { return Ok(Some(product)) };
    let bias = patch.constant(format!("{}.bias", node.name), bias);
    Ok(Some(patch.node(graph, format!("{}.add_bias", node.name), Binary::Add, &[product, bias])?))
}
