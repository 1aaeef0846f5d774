use edgeconv_graph::op::{Binary, MatMul};
use edgeconv_graph::{GraphError, Patch, ValueId};

use super::Depthwise;

impl Depthwise<'_> {
    /// Each channel of the map is a matrix: along H it is multiplied from the left by `T[h, i] = kernel[(i − h) mod F]`, along W
    /// from the right by the transpose.
    pub(super) fn circulant(&self, patch: &mut Patch) -> Result<ValueId, GraphError> {
        let &Self { graph, node, op, length, .. } = self;
        let elements = (0..length).flat_map(|row| (0..length).map(move |column| (row, column)));
        let distances = elements.map(|(row, column)| match op.axis {
            2 => column + length - row,
            _ => row + length - column,
        });
        let matrices = self.kernel(patch, [1, op.group, length, length], distances)?;
        let operands = if op.axis == 2 { [matrices, node.inputs[0]] } else { [node.inputs[0], matrices] };
        let product = patch.node(graph, &node.name, MatMul, &operands)?;
        let Some(bias) = self.bias else { return Ok(product) };
        let bias = patch.constant(format!("{}.bias", node.name), bias.reshape([1, op.group, 1, 1])?);
        patch.node(graph, format!("{}.add_bias", node.name), Binary::Add, &[product, bias])
    }
}
