use edgeconv_graph::{Graph, Node, Op, Patch};

use super::{Accuracy, AnyConv, OrStop, Pass, Stop, expect_used_once};

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

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let Op::CircularConv(outer) = &node.op else { return Err(Stop::NoMatch) };
        let first = graph.producer_node(node.inputs[0]).or_no_match()?;
        let Op::CircularConv(inner) = &first.op else { return Err(Stop::NoMatch) };
        if (inner.axis, outer.axis) != (3, 2) {
            return Err(Stop::NoMatch);
        }
        let depthwise = |node| AnyConv::of(graph, node).is_some_and(|conv| conv.is_depthwise());
        if !depthwise(first) || !depthwise(node) {
            return Err(Stop::Blocked("the convolutions are not depth-wise".into()));
        }
        if first.inputs.len() > 2 {
            return Err(Stop::Blocked(format!("`{}` has a bias", first.name)));
        }
        expect_used_once(graph, node.inputs[0], node)?;
        let mut patch = Patch::new(graph);
        let along_h = patch.node(graph, &node.name, node.op.clone(), &[first.inputs[0], node.inputs[1]])?;
        let mut operands = vec![along_h, first.inputs[1]];
        operands.extend(node.inputs.get(2)); // the same for the whole map, so it stays last
        let new = patch.node(graph, &first.name, first.op.clone(), &operands)?;
        patch.redirect(node.outputs[0], new);
        Ok(patch)
    }
}
