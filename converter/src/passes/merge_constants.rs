use edgeconv_graph::op::Binary;
use edgeconv_graph::{GraphError, Node, Op, Operator, Patch};

use super::affine::Affine;
use super::{Accuracy, AnyConv, Outcome, Pass, View, constant_operand};

/// Adds constants up: `(x + a) + b = x + (a + b)`, and into a bias where one constant per channel is added to a convolution.
#[derive(Debug)]
pub struct MergeConstants;

impl Pass for MergeConstants {
    fn name(&self) -> &'static str {
        "merge-constants"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Reassociated
    }

    fn visit(&self, view: &View, node: &Node) -> Result<Outcome, GraphError> {
        let graph = view.graph;
        let Op::Binary(Binary::Add) = node.op else { return Ok(Outcome::NoMatch) };
        let Some((rest, constant)) = constant_operand(graph, node) else { return Ok(Outcome::NoMatch) };
        let Some(inner) = view.producer(rest) else { return Ok(Outcome::NoMatch) };
        let mut patch = Patch::new(graph);
        let new = match &inner.op {
            Op::Binary(Binary::Add) => {
                let Some((x, first)) = constant_operand(graph, inner) else { return Ok(Outcome::NoMatch) };
                let Some(sum) = Binary::Add.evaluate(&[first, constant]) else { return Ok(Outcome::NoMatch) };
                let sum = sum.into_iter().map(|sum| patch.constant(format!("{}.constant", node.name), sum));
                let operands: Vec<_> = std::iter::once(x).chain(sum).collect();
                Some(patch.node(graph, &node.name, Binary::Add, &operands)?)
            }
            _ => {
                let (Some(conv), Some((_, affine))) = (AnyConv::of(inner), Affine::of(graph, node)) else {
                    return Ok(Outcome::NoMatch);
                };
                conv.followed_by(graph, &mut patch, &affine)?
            }
        };
        if !view.used_once(rest) {
            return Ok(Outcome::Blocked(view.other_uses(rest, node)));
        }
        let Some(new) = new else { return Ok(Outcome::NoMatch) };
        patch.redirect(node.outputs[0], new);
        Ok(Outcome::Rewrite(patch))
    }
}
