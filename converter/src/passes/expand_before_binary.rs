use edgeconv_graph::{Graph, Node, Op, Patch};

use super::{Accuracy, OrStop, Pass, Stop};

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

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let Op::Binary(op) = node.op else { return Err(Stop::NoMatch) };
        let expanded =
            |index: usize| graph.producer_node(node.inputs[index]).filter(|other| matches!(other.op, Op::Expand(_)));
        let (index, expand) = (0..2).find_map(|index| Some((index, expanded(index)?))).or_no_match()?;
        let mut operands = node.inputs.clone();
        operands[index] = expand.inputs[0];
        let mut patch = Patch::new(graph);
        let new = patch.node(graph, &node.name, op, &operands)?;
        if patch.ty(graph, new) != graph.ty(node.outputs[0]) {
            return Err(Stop::Blocked("the other operand does not have the shape that it is expanded to".into()));
        }
        patch.redirect(node.outputs[0], new);
        Ok(patch)
    }
}
