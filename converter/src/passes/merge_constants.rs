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
            _ if AnyConv::of(inner).is_some() => {
                let channels = graph.ty(rest).shape[1];
                if !constant.shape().ends_with(&vec![1; graph.ty(rest).rank() - 2]) || constant.ty().len() > channels {
                    return Ok(Outcome::NoMatch);
                }
                let Some(bias) = add_bias(view, inner, constant, channels) else { return Ok(Outcome::NoMatch) };
                let bias = patch.constant(format!("{}.bias", inner.name), bias);
                (inner, inner.op.clone(), vec![inner.inputs[0], inner.inputs[1], bias])
            }
            _ => return Ok(Outcome::NoMatch),
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

/// The bias of a convolution plus a constant `[…, C or 1, 1, 1]`.
fn add_bias(view: &View, conv: &Node, constant: &Tensor, channels: usize) -> Option<Tensor> {
    let constant = constant.as_f32()?;
    let bias = match conv.inputs.get(2) {
        Some(&id) => view.graph.floats(id)?.to_vec(),
        None => vec![0.0; channels],
    };
    let sum = bias.iter().enumerate().map(|(c, bias)| bias + constant[c % constant.len()]).collect();
    Some(Tensor::vector(sum))
}
