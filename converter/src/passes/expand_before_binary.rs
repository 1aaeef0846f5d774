use edgeconv_graph::{GraphError, Node, Op, Patch};

use super::{Accuracy, Outcome, Pass, View};

/// Arithmetic repeats its operands itself: what an `Expand` in front of it repeats need not be written out. PyTorch exports
/// `expand_as` and channel attention like that.
#[derive(Debug)]
pub struct ExpandBeforeBinary;

impl Pass for ExpandBeforeBinary {
    fn name(&self) -> &'static str {
        "expand-before-binary"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Exact
    }

    fn visit(&self, view: &View, node: &Node) -> Result<Outcome, GraphError> {
        let graph = view.graph;
        let Op::Binary(op) = node.op else { return Ok(Outcome::NoMatch) };
        let expanded =
            |index: usize| view.producer(node.inputs[index]).filter(|other| matches!(other.op, Op::Expand(_)));
        let Some((index, expand)) = (0..2).find_map(|index| Some((index, expanded(index)?))) else {
            return Ok(Outcome::NoMatch);
        };
        let mut operands = node.inputs.clone();
        operands[index] = expand.inputs[0];
        let mut patch = Patch::new(graph);
        let new = patch.node(graph, &node.name, op, &operands)?;
        if patch.ty(graph, new) != graph.ty(node.outputs[0]) {
            return Ok(Outcome::Blocked("the other operand does not have the shape that it is expanded to".into()));
        }
        patch.redirect(node.outputs[0], new);
        Ok(Outcome::Rewrite(patch))
    }
}
