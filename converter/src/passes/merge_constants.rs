use edgeconv_graph::op::Binary;
use edgeconv_graph::{GraphError, Node, Op, Operator, Patch, Tensor};

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
                (node, Op::from(Binary::Add), operands)
            }
            _ => {
                let Some(conv) = AnyConv::of(inner) else { return Ok(Outcome::NoMatch) };
                let output = graph.ty(rest);
                if !constant.shape().ends_with(&vec![1; output.rank() - 2]) || constant.ty().len() > output.shape[1] {
                    return Ok(Outcome::NoMatch);
                }
                let (Some(bias), Some(constant)) = (conv.bias(graph), constant.as_f32()) else {
                    return Ok(Outcome::NoMatch);
                };
                let bias = patch.constant(format!("{}.bias", inner.name), add_to_bias(&bias, constant));
                (inner, inner.op.clone(), vec![inner.inputs[0], inner.inputs[1], bias])
            }
        };
        if !view.used_once(rest) {
            return Ok(Outcome::Blocked(view.other_uses(rest, node)));
        }
        let (named, op, operands) = new;
        let new = patch.node(graph, &named.name, op, &operands)?;
        patch.redirect(node.outputs[0], new);
        Ok(Outcome::Rewrite(patch))
    }
}

/// `bias` plus a constant `[…, C or 1, 1, 1]`.
fn add_to_bias(bias: &[f32], constant: &[f32]) -> Tensor {
    Tensor::vector(bias.iter().enumerate().map(|(c, bias)| bias + constant[c % constant.len()]).collect())
}
