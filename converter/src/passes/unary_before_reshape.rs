use edgeconv_graph::{GraphError, Node, Op, Patch};

use super::{Accuracy, Outcome, Pass, View, on_each_element};

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

    fn visit(&self, view: &View, node: &Node) -> Result<Outcome, GraphError> {
        let graph = view.graph;
        if !on_each_element(&node.op) {
            return Ok(Outcome::NoMatch);
        }
        let Some(reshape) = view.producer(node.inputs[0]) else { return Ok(Outcome::NoMatch) };
        let (Op::Reshape(_) | Op::Flatten(_)) = reshape.op else { return Ok(Outcome::NoMatch) };
        if !view.used_once(node.inputs[0]) {
            return Ok(Outcome::Blocked(view.other_uses(node.inputs[0], node)));
        }
        let mut patch = Patch::new(graph);
        let value = patch.node(graph, &node.name, node.op.clone(), &reshape.inputs)?;
        let new = patch.node(graph, &reshape.name, reshape.op.clone(), &[value])?;
        patch.redirect(node.outputs[0], new);
        Ok(Outcome::Rewrite(patch))
    }
}
