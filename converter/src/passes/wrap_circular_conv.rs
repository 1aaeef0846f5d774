use edgeconv_graph::op::{CircularConv, Concat, Conv, Slice};
use edgeconv_graph::{Graph, GraphError, Node, Op, Patch, ValueId};

use super::{Accuracy, Pass, Stop};

/// Expresses a circular convolution in operators that every target has, with the same arithmetic.
#[derive(Debug)]
pub struct WrapCircularConv;

impl Pass for WrapCircularConv {
    fn name(&self) -> &'static str {
        "wrap-circular-conv"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Exact
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let Op::CircularConv(op) = &node.op else { return Err(Stop::NoMatch) };
        let mut patch = Patch::new(graph);
        let wrapped = wrap(graph, &mut patch, node, op)?;
        patch.redirect(node.outputs[0], wrapped);
        Ok(patch)
    }
}

/// The first `K − 1` rows (or columns) are appended at the end, then a convolution without padding follows.
pub(crate) fn wrap(graph: &Graph, patch: &mut Patch, node: &Node, op: &CircularConv) -> Result<ValueId, GraphError> {
    let axis = op.axis;
    let mut inputs = node.inputs.clone();
    let taps = graph.ty(inputs[1]).shape[axis];
    if taps > 1 {
        let slice = Slice { axis, start: 0, end: taps - 1, step: 1 };
        let head = patch.node(graph, format!("{}.wrap_slice", node.name), slice, &inputs[..1])?;
        inputs[0] = patch.node(graph, format!("{}.wrap", node.name), Concat { axis }, &[inputs[0], head])?;
    }
    patch.node(graph, &node.name, Conv { group: op.group, ..Conv::pointwise() }, &inputs)
}
