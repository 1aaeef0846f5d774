use edgeconv_graph::op::Unary;
use edgeconv_graph::{GraphError, Node, Op, Patch};

use crate::passes::{Accuracy, Outcome, Pass, View};

/// Lets MNN compute GELU by its sigmoid, which works on vectors, in place of `erf`, which does not; the ONNX file stays the same.
#[derive(Debug)]
pub struct GeluBySigmoid;

impl Pass for GeluBySigmoid {
    fn name(&self) -> &'static str {
        "gelu-by-sigmoid"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Reassociated
    }

    fn visit(&self, view: &View, node: &Node) -> Result<Outcome, GraphError> {
        let graph = view.graph;
        let Op::Unary(Unary::Gelu) = node.op else { return Ok(Outcome::NoMatch) };
        let data = graph.ty(node.inputs[0]);
        if data.rank() != 4 {
            // A factor and a summand take one op on channels in blocks, but two on any other tensor.
            return Ok(Outcome::Blocked(format!("it is on {data}, only maps [N, C, H, W] are faster")));
        }
        let mut patch = Patch::new(graph);
        let new = patch.node(graph, &node.name, Unary::GeluBySigmoid, &node.inputs)?;
        patch.redirect(node.outputs[0], new);
        Ok(Outcome::Rewrite(patch))
    }
}
