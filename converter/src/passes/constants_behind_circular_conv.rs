use edgeconv_graph::op::{Binary, CircularConv};
use edgeconv_graph::{Graph, GraphError, Node, Op, Patch, Tensor, ValueId};

use super::{Accuracy, Outcome, Pass, View};

/// Moves what is added before a depth-wise circular convolution behind it, where it is a constant again:
/// `A(x + p) = A(x) + A(p)`. That goes for position embeddings and for the bias of a circular convolution in front.
///
/// `A(p)` has the shape of `p`: along the axis of the convolution a constant that is broadcast is multiplied by the sum of the
/// taps. (Algebra of GCC, items a and b.)
#[derive(Debug)]
pub struct ConstantsBehindCircularConv;

impl Pass for ConstantsBehindCircularConv {
    fn name(&self) -> &'static str {
        "constants-behind-circular-conv"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Reassociated
    }

    fn visit(&self, view: &View, node: &Node) -> Result<Outcome, GraphError> {
        let graph = view.graph;
        let Op::CircularConv(op) = &node.op else { return Ok(Outcome::NoMatch) };
        let Some(sum) = view.producer(node.inputs[0]) else { return Ok(Outcome::NoMatch) };
        let Some((mut patch, rest, constant)) = take_constant(graph, sum)? else { return Ok(Outcome::NoMatch) };
        if op.group != graph.ty(node.inputs[0]).shape[1] {
            return Ok(Outcome::Blocked("the convolution is not depth-wise".into()));
        }
        if !view.used_once(node.inputs[0]) {
            return Ok(Outcome::Blocked(view.other_uses(node.inputs[0], node)));
        }
        let Some(moved) = convolve(graph, op, node.inputs[1], &constant) else {
            return Ok(Outcome::Blocked(
                "the kernel is not known at conversion time, or the constant has another rank".into(),
            ));
        };
        let mut inputs = node.inputs.clone();
        inputs[0] = rest;
        let convolved = patch.node(graph, &node.name, node.op.clone(), &inputs)?;
        let moved = patch.constant(format!("{}.constant", node.name), moved);
        let new = patch.node(graph, format!("{}.add", node.name), Binary::Add, &[convolved, moved])?;
        patch.redirect(node.outputs[0], new);
        Ok(Outcome::Rewrite(patch))
    }
}

/// Takes the constant out of `x + constant`, or the bias out of a circular convolution: the rest, and the constant for
/// `[N, C, H, W]`.
fn take_constant(graph: &Graph, node: &Node) -> Result<Option<(Patch, ValueId, Tensor)>, GraphError> {
    let mut patch = Patch::new(graph);
    match &node.op {
        Op::Binary(Binary::Add) => {
            let found = super::constant_operand(graph, node);
            Ok(found.map(|(rest, constant)| (patch, rest, constant.clone())))
        }
        Op::CircularConv(_) => {
            let Some(bias) = node.inputs.get(2).and_then(|&id| graph.tensor(id)) else { return Ok(None) };
            let constant = bias.reshape([1, bias.shape()[0], 1, 1])?;
            let rest = patch.node(graph, &node.name, node.op.clone(), &node.inputs[..2])?;
            Ok(Some((patch, rest, constant)))
        }
        _ => Ok(None),
    }
}

/// The circular convolution of a constant `[1, C, H or 1, W or 1]` or `[1, 1, …]`, without bias.
fn convolve(graph: &Graph, op: &CircularConv, kernel: ValueId, constant: &Tensor) -> Option<Tensor> {
    let channels = op.group;
    let taps = graph.floats(kernel)?;
    let count = taps.len() / channels;
    let &[1, stored, height, width] = constant.shape() else { return None };
    let data = constant.as_f32()?;
    let at = |c: usize, h: usize, w: usize| f64::from(data[(c % stored * height + h % height) * width + w % width]);
    let mut result = Vec::with_capacity(channels * height * width);
    for c in 0..channels {
        for h in 0..height {
            for w in 0..width {
                let tap = |k: usize| {
                    let value = if op.axis == 2 { at(c, h + k, w) } else { at(c, h, w + k) };
                    f64::from(taps[c * count + k]) * value
                };
                result.push((0..count).map(tap).sum::<f64>() as f32);
            }
        }
    }
    Tensor::f32([1, channels, height, width], result).ok()
}
