use edgeconv_graph::op::{Concat, Conv, Slice};
use edgeconv_graph::{GraphError, Node, Op, Patch};

use super::{Accuracy, Outcome, Pass, View};

/// Expresses a circular convolution in standard operators: the first `K − 1` rows (or columns) are appended at the end, then
/// a convolution without padding follows. ONNX and MNN have no wrapping padding.
#[derive(Debug)]
pub struct LowerCircularConv;

impl Pass for LowerCircularConv {
    fn name(&self) -> &'static str {
        "lower-circular-conv"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Exact
    }

    fn visit(&self, view: &View, node: &Node) -> Result<Outcome, GraphError> {
        let Op::CircularConv(op) = &node.op else { return Ok(Outcome::NoMatch) };
        let (graph, axis) = (view.graph, op.axis);
        let mut patch = Patch::new(graph);
        let mut inputs = node.inputs.clone();
        let taps = graph.ty(inputs[1]).shape[axis];
        if taps > 1 {
            let slice = Slice { axis, start: 0, end: taps - 1 };
            let head = patch.node(graph, format!("{}.wrap_slice", node.name), slice, &inputs[..1])?;
            inputs[0] = patch.node(graph, format!("{}.wrap", node.name), Concat { axis }, &[inputs[0], head])?;
        }
        let conv = Conv { group: op.group, ..Conv::pointwise() };
        let new = patch.node(graph, &node.name, conv, &inputs)?;
        patch.redirect(node.outputs[0], new);
        Ok(Outcome::Rewrite(patch))
    }
}
