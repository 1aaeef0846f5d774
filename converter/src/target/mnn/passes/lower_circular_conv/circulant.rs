use edgeconv_graph::op::{Binary, CircularConv, MatMul};
use edgeconv_graph::{Graph, GraphError, Node, Patch, Tensor, ValueId};

use super::{Depthwise, named_like_kernel};

/// Each channel of the map is a matrix: along H it is multiplied from the left by `T[h, i] = kernel[(i − h) mod F]`, along W
/// from the right by the transpose.
pub(super) fn lower(
    graph: &Graph,
    patch: &mut Patch,
    node: &Node,
    op: &CircularConv,
    depthwise: &Depthwise,
) -> Result<ValueId, GraphError> {
    let length = depthwise.length;
    let mut matrices = Vec::with_capacity(op.group * length * length);
    for tap in depthwise.channels() {
        for row in 0..length {
            let distance = |column: usize| if op.axis == 2 { column + length - row } else { row + length - column };
            matrices.extend((0..length).map(|column| tap(distance(column))));
        }
    }
    let matrices = Tensor::f32([1, op.group, length, length], matrices)?;
    let matrices = named_like_kernel(graph, patch, node, matrices);
    let operands = if op.axis == 2 { [matrices, node.inputs[0]] } else { [node.inputs[0], matrices] };
    let product = patch.node(graph, &node.name, MatMul, &operands)?;
    let Some(bias) = depthwise.bias else { return Ok(product) };
    let bias = patch.constant(format!("{}.bias", node.name), bias.reshape([1, op.group, 1, 1])?);
    patch.node(graph, format!("{}.add_bias", node.name), Binary::Add, &[product, bias])
}
