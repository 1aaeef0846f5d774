use edgeconv_graph::op::{Binary, CircularConv};
use edgeconv_graph::{Graph, Node, Op, Patch, Tensor, ValueId};

use super::{Accuracy, AnyConv, OrStop, Pass, Stop, constant_operand, expect_used_once};

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

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let Op::CircularConv(op) = &node.op else { return Err(Stop::NoMatch) };
        let sum = graph.producer_node(node.inputs[0]).or_no_match()?;
        let (mut patch, rest, constant) = take_constant(graph, sum)?;
        if !AnyConv::of(graph, node).is_some_and(|conv| conv.is_depthwise()) {
            return Err(Stop::Blocked("the convolution is not depth-wise".into()));
        }
        expect_used_once(graph, node.inputs[0], node)?;
        let moved = convolve(graph, op, node.inputs[1], &constant)
            .or_blocked("the kernel is not known at conversion time, or the constant has another rank")?;
        let mut inputs = node.inputs.clone();
        inputs[0] = rest;
        let convolved = patch.node(graph, &node.name, node.op.clone(), &inputs)?;
        let moved = patch.constant(format!("{}.constant", node.name), moved);
        let new = patch.node(graph, format!("{}.add", node.name), Binary::Add, &[convolved, moved])?;
        patch.redirect(node.outputs[0], new);
        Ok(patch)
    }
}

/// Takes the constant out of `x + constant`, or the bias out of a circular convolution: the rest, and the constant for
/// `[N, C, H, W]`.
fn take_constant(graph: &Graph, node: &Node) -> Result<(Patch, ValueId, Tensor), Stop> {
    let mut patch = Patch::new(graph);
    match &node.op {
        Op::Binary(Binary::Add) => {
            let (rest, constant) = constant_operand(graph, node).or_no_match()?;
            Ok((patch, rest, constant.clone()))
        }
        Op::CircularConv(_) => {
            let bias = node.inputs.get(2).and_then(|&id| graph.tensor(id)).or_no_match()?;
            let constant = bias.reshape([1, bias.shape()[0], 1, 1])?;
            let rest = patch.node(graph, &node.name, node.op.clone(), &node.inputs[..2])?;
            Ok((patch, rest, constant))
        }
        _ => Err(Stop::NoMatch),
    }
}

/// The circular convolution of a constant `[1, C, H or 1, W or 1]` or `[1, 1, …]`, without bias.
fn convolve(graph: &Graph, op: &CircularConv, kernel: ValueId, constant: &Tensor) -> Option<Tensor> {
    let channels = op.group;
    let taps = graph.floats(kernel)?;
    let count = taps.len() / channels;
    let &[1, stored, height, width] = constant.shape() else { return None };
    let data = constant.as_f32()?;
    let mut result = Vec::with_capacity(channels * height * width);
    let mut sums = vec![0.0; width];
    for c in 0..channels {
        let rows: Vec<_> = data[c % stored * height * width..].chunks(width).take(height).collect();
        for h in 0..height {
            sums.fill(0.0);
            for (k, &tap) in taps[c * count..][..count].iter().enumerate() {
                let (row, column) = if op.axis == 2 { ((h + k) % height, 0) } else { (h, k % width) };
                let (wrapped, row) = rows[row].split_at(column);
                let (first, last) = sums.split_at_mut(row.len());
                add(first, tap, row);
                add(last, tap, wrapped);
            }
            result.extend(sums.iter().map(|&sum| sum as f32));
        }
    }
    Tensor::f32([1, channels, height, width], result).ok()
}

/// Adds so many times a row to sums.
fn add(sums: &mut [f64], times: f32, row: &[f32]) {
    for (sum, &x) in sums.iter_mut().zip(row) {
        *sum += f64::from(times) * f64::from(x);
    }
}
