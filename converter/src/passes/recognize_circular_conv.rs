use edgeconv_graph::op::{CircularConv, Concat, Conv, Slice};
use edgeconv_graph::{GraphError, Node, Op, Patch};

use super::{Accuracy, Outcome, Pass, View};

/// Finds the global circular convolution in a graph from elsewhere, where it is written out: the beginning of the map is appended
/// to its end, and a convolution along that axis without padding follows (paper, section 3.1; official code).
#[derive(Debug)]
pub struct RecognizeCircularConv;

impl Pass for RecognizeCircularConv {
    fn name(&self) -> &'static str {
        "recognize-circular-conv"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Exact
    }

    fn visit(&self, view: &View, node: &Node) -> Result<Outcome, GraphError> {
        let graph = view.graph;
        let Op::Conv(conv) = &node.op else { return Ok(Outcome::NoMatch) };
        let Some(joined) = view.producer(node.inputs[0]) else { return Ok(Outcome::NoMatch) };
        let (&Op::Concat(Concat { axis: axis @ (2 | 3) }), &[x, wrap]) = (&joined.op, joined.inputs.as_slice()) else {
            return Ok(Outcome::NoMatch);
        };
        let Some(slice) = view.producer(wrap) else { return Ok(Outcome::NoMatch) };
        let Op::Slice(Slice { axis: cut, start, end }) = slice.op else { return Ok(Outcome::NoMatch) };
        if cut != axis || slice.inputs[0] != x {
            return Ok(Outcome::NoMatch);
        }
        let kernel = &graph.ty(node.inputs[1]).shape;
        let plain = *conv == Conv { group: conv.group, ..Conv::pointwise() };
        if kernel.len() != 4 || kernel[5 - axis] != 1 || !plain {
            return Ok(Outcome::Blocked(
                "it does not convolve along that axis alone, with stride 1 and no padding".into(),
            ));
        }
        if (start, end) != (0, kernel[axis] - 1) {
            let taps = kernel[axis];
            return Ok(Outcome::Blocked(format!("rows {start}..{end} are appended, {taps} taps need 0..{}", taps - 1)));
        }
        let mut operands = node.inputs.clone();
        operands[0] = x;
        let mut patch = Patch::new(graph);
        let new = patch.node(graph, &node.name, CircularConv { axis, group: conv.group }, &operands)?;
        patch.redirect(node.outputs[0], new);
        Ok(Outcome::Rewrite(patch))
    }
}
