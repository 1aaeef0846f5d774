use edgeconv_graph::op::{Custom, Unary};
use edgeconv_graph::{Graph, Node, Op, Patch};

use crate::passes::{Accuracy, Pass, Stop};
use crate::target::mnn::Gelu;

/// Lets MNN compute GELU by its sigmoid, which works on vectors, in place of `erf`, which does not.
#[derive(Debug)]
pub struct GeluBySigmoid;

impl Pass for GeluBySigmoid {
    fn name(&self) -> &'static str {
        "gelu-by-sigmoid"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Reassociated
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let Op::Unary(Unary::Gelu) = node.op else { return Err(Stop::NoMatch) };
        let data = graph.ty(node.inputs[0]);
        if data.rank() != 4 {
            // A factor and a summand take one op on channels in blocks, but two on any other tensor.
            return Err(Stop::Blocked(format!("it is on {data}, only maps [N, C, H, W] are faster")));
        }
        let mut patch = Patch::new(graph);
        let new = patch.node(graph, &node.name, Custom::new(Gelu::BySigmoid), &node.inputs)?;
        patch.redirect(node.outputs[0], new);
        Ok(patch)
    }
}
