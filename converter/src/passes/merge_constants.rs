use edgeconv_graph::op::Binary;
use edgeconv_graph::{Graph, Node, Op, Operator, Patch};

use super::affine::Affine;
use super::{Accuracy, AnyConv, OrStop, Pass, Stop, constant_operand, expect_used_once};

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

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let Op::Binary(Binary::Add) = node.op else { return Err(Stop::NoMatch) };
        let (rest, constant) = constant_operand(graph, node).or_no_match()?;
        let inner = graph.producer_node(rest).or_no_match()?;
        let mut patch = Patch::new(graph);
        let new = match &inner.op {
            Op::Binary(Binary::Add) => {
                let (x, first) = constant_operand(graph, inner).or_no_match()?;
                let sum = Binary::Add.evaluate(&[first, constant]).or_no_match()?;
                let sum = sum.into_iter().map(|sum| patch.constant(format!("{}.constant", node.name), sum));
                let operands: Vec<_> = std::iter::once(x).chain(sum).collect();
                Some(patch.node(graph, &node.name, Binary::Add, &operands)?)
            }
            _ => {
                let (Some(conv), Some((_, affine))) = (AnyConv::of(graph, inner), Affine::of(graph, node)) else {
                    return Err(Stop::NoMatch);
                };
                conv.followed_by(&mut patch, &affine)?
            }
        };
        expect_used_once(graph, rest, node)?;
        let new = new.or_no_match()?;
        patch.redirect(node.outputs[0], new);
        Ok(patch)
    }
}
