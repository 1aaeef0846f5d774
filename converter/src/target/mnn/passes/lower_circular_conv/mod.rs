//! Circular convolutions in operators that MNN has; one file per way to do it.

mod circulant;
mod cost;
mod zero_padded;

use edgeconv_graph::op::CircularConv;
use edgeconv_graph::{Graph, GraphError, Node, Op, Patch, Tensor, ValueId};
use edgeconv_session::open::OPEN_KEY;
use serde::{Deserialize, Serialize};

use crate::passes::{Accuracy, Pass, Stop, wrap};

/// A way to compute a circular convolution (*Algebra of GCC*, 4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Lowering {
    /// Append the first rows (or columns) at the end, then a convolution without padding.
    SliceConcat,
    /// One convolution with zeros on both sides and every tap twice, at its place and one turn away.
    ZeroPadded,
    /// A batch of products with the channels' circulant matrices.
    Circulant,
}

/// Every lowering.
pub const LOWERINGS: [Lowering; 3] = [Lowering::SliceConcat, Lowering::ZeroPadded, Lowering::Circulant];

impl Lowering {
    /// What should run fastest on MNN 3.6 for a depth-wise convolution; see `docs/gcc-rewriting.md` for measurements.
    fn fastest(graph: &Graph, node: &Node, op: &CircularConv, in_integers: bool) -> Self {
        let (map, kernel) = (&graph.ty(node.inputs[0]).shape, &graph.ty(node.inputs[1]).shape);
        let size = cost::Size { length: map[op.axis], across: map[5 - op.axis], taps: kernel[op.axis] };
        if in_integers { size.fastest_in_integers() } else { size.fastest() }
    }
}

/// Expresses a circular convolution in standard operators: MNN has no wrapping padding.
#[derive(Debug, Default)]
pub struct LowerCircularConv {
    /// The lowering of every node; `None` takes the fastest for each.
    pub lowering: Option<Lowering>,
    /// Whether the fastest one is to be a convolution, which MNN computes in 8-bit integers.
    pub in_integers: bool,
}

impl Pass for LowerCircularConv {
    fn name(&self) -> &'static str {
        "lower-circular-conv"
    }

    fn accuracy(&self) -> Accuracy {
        match self.lowering {
            Some(Lowering::SliceConcat) => Accuracy::Exact,
            _ => Accuracy::Reassociated,
        }
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let Op::CircularConv(op) = &node.op else { return Err(Stop::NoMatch) };
        let mut patch = Patch::new(graph);
        let lowered = match Depthwise::of(graph, node, op) {
            // Dense kernels and those that are computed at run time have only this form.
            None => wrap(graph, &mut patch, node, op)?,
            Some(depthwise) => {
                // MNN repeats a matrix for all samples only if a session is made with several; in one that is resized to more it reads past its end
                // (3.6.1, `GeometryBatchMatMul`).
                let is_open = graph.metadata.contains_key(OPEN_KEY);
                let given = self.lowering.filter(|lowering| !is_open || *lowering != Lowering::Circulant);
                match given.unwrap_or_else(|| Lowering::fastest(graph, node, op, self.in_integers || is_open)) {
                    Lowering::SliceConcat => wrap(graph, &mut patch, node, op)?,
                    Lowering::ZeroPadded => depthwise.zero_padded(&mut patch)?,
                    Lowering::Circulant => depthwise.circulant(&mut patch)?,
                }
            }
        };
        patch.redirect(node.outputs[0], lowered);
        Ok(patch)
    }
}

/// A depth-wise circular convolution whose parameters are known at conversion time.
struct Depthwise<'a> {
    graph: &'a Graph,
    node: &'a Node,
    op: &'a CircularConv,
    /// The taps of all channels.
    weights: &'a [f32],
    /// Number of taps of one channel.
    taps: usize,
    /// Length of the axis.
    length: usize,
    bias: Option<&'a Tensor>,
}

impl<'a> Depthwise<'a> {
    /// `None` if the convolution is dense, or if a parameter is not known.
    fn of(graph: &'a Graph, node: &'a Node, op: &'a CircularConv) -> Option<Self> {
        let weights = graph.floats(node.inputs[1])?;
        let bias = match node.inputs.get(2) {
            Some(&id) => Some(graph.tensor(id)?),
            None => None,
        };
        let (input, output) = (&graph.ty(node.inputs[0]).shape, &graph.ty(node.outputs[0]).shape);
        let (taps, length) = (weights.len() / op.group, input[op.axis]);
        let depthwise = op.group == output[1] && op.group == input[1];
        depthwise.then_some(Self { graph, node, op, weights, taps, length, bias })
    }

    /// Adds a constant with the name of the kernel that has, for each channel, the taps at these distances, modulo the length of the
    /// axis; zero beyond the last.
    fn kernel(
        &self,
        patch: &mut Patch,
        shape: [usize; 4],
        distances: impl Iterator<Item = usize> + Clone,
    ) -> Result<ValueId, GraphError> {
        let at = |channel: &[f32], distance: usize| channel.get(distance % self.length).copied().unwrap_or(0.0);
        let mut taps = Vec::with_capacity(shape.iter().product());
        for channel in self.weights.chunks_exact(self.taps) {
            taps.extend(distances.clone().map(|distance| at(channel, distance)));
        }
        Ok(patch.constant(&self.graph.value(self.node.inputs[1]).name, Tensor::f32(shape, taps)?))
    }
}
