use edgeconv_graph::op::{Conv, Slice};
use edgeconv_graph::{Graph, Node, Op, Operator, Patch};

use super::{Accuracy, OrStop, Pass, Sizes, Stop};

/// Drops the outer taps of a convolution that see nothing but zero padding: where the dilation is as large as the map, a 3×3
/// convolution is a 1×1. DeepLabv3's widest branches on small inputs are.
#[derive(Debug)]
pub struct TrimKernels;

impl Pass for TrimKernels {
    fn name(&self) -> &'static str {
        "trim-kernels"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Exact
    }

    fn sizes(&self) -> Sizes {
        Sizes::Maps
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let Op::Conv(conv) = &node.op else { return Err(Stop::NoMatch) };
        let (data, kernel) = (&graph.ty(node.inputs[0]).shape, &graph.ty(node.inputs[1]).shape);
        let output = &graph.ty(node.outputs[0]).shape;
        let spatial = conv.strides.len();
        let mut trimmed = conv.clone();
        let mut cuts = vec![];
        for axis in 0..spatial {
            let line = Line::of(conv, axis, data[axis + 2], kernel[axis + 2], output[axis + 2]);
            let Some(Trim { taps, pads }) = line.trim() else { continue };
            (trimmed.pads[axis], trimmed.pads[axis + spatial]) = pads;
            cuts.push(Slice { axis: axis + 2, start: taps.start, end: taps.end, step: 1 });
        }
        if cuts.is_empty() {
            return Err(Stop::NoMatch);
        }
        let weight = graph.tensor(node.inputs[1]).or_blocked("the weights are not known at conversion time")?;
        let cut = cuts.iter().try_fold(weight.clone(), |weight, slice| slice.evaluate(&[&weight])?.pop());
        let weight = cut.or_no_match()?;
        let mut patch = Patch::new(graph);
        let mut operands = node.inputs.clone();
        operands[1] = patch.constant(&graph.value(node.inputs[1]).name, weight);
        let new = patch.node(graph, &node.name, trimmed, &operands)?;
        patch.redirect(node.outputs[0], new);
        Ok(patch)
    }
}

/// A convolution along one axis.
struct Line {
    length: usize,
    outputs: usize,
    taps: usize,
    stride: usize,
    dilation: usize,
    pad: usize,
}

/// The taps that stay, and the padding that goes with them.
struct Trim {
    taps: std::ops::Range<usize>,
    pads: (usize, usize),
}

impl Line {
    fn of(conv: &Conv, axis: usize, length: usize, taps: usize, outputs: usize) -> Self {
        let (stride, dilation, pad) = (conv.strides[axis], conv.dilations[axis], conv.pads[axis]);
        Self { length, outputs, taps, stride, dilation, pad }
    }

    /// `None` if every tap sees the data, or none does, or the rest would begin or end inside it.
    fn trim(&self) -> Option<Trim> {
        let mut seeing = (0..self.taps).filter(|&tap| self.sees_data(tap));
        let first = seeing.next()?;
        let last = seeing.next_back().unwrap_or(first);
        if last + 1 - first == self.taps {
            return None;
        }
        let begin = self.pad.checked_sub(first * self.dilation)?;
        let reach = (self.outputs - 1) * self.stride + (last - first) * self.dilation + 1;
        let end = reach.checked_sub(self.length + begin)?;
        Some(Trim { taps: first..last + 1, pads: (begin, end) })
    }

    fn sees_data(&self, tap: usize) -> bool {
        let place = |output: usize| (output * self.stride + tap * self.dilation).checked_sub(self.pad);
        (0..self.outputs).filter_map(place).any(|place| place < self.length)
    }
}
