use edgeconv_graph::{Graph, Node, Op, Patch};

use crate::passes::{Accuracy, OrStop, Pass, Stop, expect_used_once, on_each_element};

/// Moves an operator on each element in front of a reshape, so that it stands behind what computes the elements: there it needs no
/// change of layout, and reshapes that undo each other meet.
#[derive(Debug)]
pub struct UnaryBeforeReshape;

impl Pass for UnaryBeforeReshape {
    fn name(&self) -> &'static str {
        "unary-before-reshape"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Exact
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        if !on_each_element(&node.op) {
            return Err(Stop::NoMatch);
        }
        let reshape = graph.producer_node(node.inputs[0]).or_no_match()?;
        let (Op::Reshape(_) | Op::Flatten(_)) = reshape.op else { return Err(Stop::NoMatch) };
        expect_used_once(graph, node.inputs[0], node)?;
        let mut patch = Patch::new(graph);
        let value = patch.node(graph, &node.name, node.op.clone(), &reshape.inputs)?;
        let new = patch.node(graph, &reshape.name, reshape.op.clone(), &[value])?;
        patch.redirect(node.outputs[0], new);
        Ok(patch)
    }
}
