use edgeconv_graph::op::{Conv, Pad, PadMode, Pool, PoolKind};
use edgeconv_graph::{Graph, Node, Op, Patch};

use super::{Accuracy, OrStop, Pass, Stop};

/// Zeros around a map are the padding of the convolution that reads it, and −∞ that of a max pool: TensorFlow's `SAME` pads
/// the bottom and the right more than the top and the left, which PyTorch expresses by an operator of its own.
#[derive(Debug)]
pub struct PadIntoConv;

impl Pass for PadIntoConv {
    fn name(&self) -> &'static str {
        "pad-into-conv"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Exact
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let before = node.inputs.first().and_then(|&id| graph.producer_node(id)).or_no_match()?;
        let Op::Pad(Pad { mode: PadMode::Constant(number), pads }) = &before.op else { return Err(Stop::NoMatch) };
        let (neutral, own, reach): (_, _, Vec<usize>) = match &node.op {
            Op::Conv(Conv { dilations, pads, .. }) => {
                let taps = graph.ty(node.inputs[1]).shape[2..].iter();
                (0.0, pads.clone(), taps.zip(dilations).map(|(taps, dilation)| (taps - 1) * dilation + 1).collect())
            }
            Op::Pool(Pool { kind: PoolKind::Max, kernel, pads, .. }) => {
                (f32::NEG_INFINITY, pads.to_vec(), kernel.to_vec())
            }
            _ => return Err(Stop::NoMatch),
        };
        if *number != neutral || pads[..2] != [[0, 0]; 2] {
            return Err(Stop::Blocked(format!("`{}` adds something else than padding", before.name)));
        }
        let spatial = reach.len();
        let all: Vec<_> = (0..2 * spatial).map(|side| own[side] + pads[2 + side % spatial][side / spatial]).collect();
        if graph.value(before.outputs[0]).sized {
            return Err(Stop::Blocked(format!(
                "`{}` pads as the size of the inputs, which is open, asks for",
                before.name
            )));
        }
        // Windows that see nothing but padding are beyond what engines agree on.
        if (0..2 * spatial).any(|side| all[side] > 0 && all[side] >= reach[side % spatial]) {
            return Err(Stop::Blocked(format!("`{}` pads by a whole window", before.name)));
        }
        let op: Op = match (&node.op, all.as_slice()) {
            (Op::Pool(pool), &[top, left, bottom, right]) => Pool { pads: [top, left, bottom, right], ..*pool }.into(),
            (Op::Conv(conv), _) => Conv { pads: all, ..conv.clone() }.into(),
            _ => return Err(Stop::NoMatch),
        };
        let mut operands = node.inputs.clone();
        operands[0] = before.inputs[0];
        let mut patch = Patch::new(graph);
        let new = patch.node(graph, &node.name, op, &operands)?;
        patch.redirect(node.outputs[0], new);
        Ok(patch)
    }
}
