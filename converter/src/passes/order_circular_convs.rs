use edgeconv_graph::{GraphError, Node, Op, Patch};

use super::{Accuracy, Outcome, Pass, View};

/// Brings circular convolutions along both axes into one order, H before W.
///
/// One acts on the row index only, the other on the column index only, so depth-wise ones commute. The two halves of a GCC
/// block then do the same and can be merged. (Algebra of GCC, item c.)
#[derive(Debug)]
pub struct OrderCircularConvs;

impl Pass for OrderCircularConvs {
    fn name(&self) -> &'static str {
        "order-circular-convs"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Reassociated
    }

    fn visit(&self, view: &View, node: &Node) -> Result<Outcome, GraphError> {
        let graph = view.graph;
        let Op::CircularConv(outer) = &node.op else { return Ok(Outcome::NoMatch) };
        let Some(first) = view.producer(node.inputs[0]) else { return Ok(Outcome::NoMatch) };
        let Op::CircularConv(inner) = &first.op else { return Ok(Outcome::NoMatch) };
        if (inner.axis, outer.axis) != (3, 2) {
            return Ok(Outcome::NoMatch);
        }
        let channels = graph.ty(node.outputs[0]).shape[1];
        if inner.group != channels || outer.group != channels {
            return Ok(Outcome::Blocked("the convolutions are not depth-wise".into()));
        }
        if first.inputs.len() > 2 {
            return Ok(Outcome::Blocked(format!("`{}` has a bias", first.name)));
        }
        if !view.used_once(node.inputs[0]) {
            return Ok(Outcome::Blocked(view.other_uses(node.inputs[0], node)));
        }
        let mut patch = Patch::new(graph);
        let along_h = patch.node(graph, &node.name, node.op.clone(), &[first.inputs[0], node.inputs[1]])?;
        let mut operands = vec![along_h, first.inputs[1]];
        operands.extend(node.inputs.get(2)); // the same for the whole map, so it stays last
        let new = patch.node(graph, &first.name, first.op.clone(), &operands)?;
        patch.redirect(node.outputs[0], new);
        Ok(Outcome::Rewrite(patch))
    }
}
