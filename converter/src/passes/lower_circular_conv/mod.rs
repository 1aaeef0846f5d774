//! Circular convolutions in operators that ONNX and MNN have; one file per way to do it.

mod circulant;
mod cost;
mod slice_concat;
mod zero_padded;

use edgeconv_graph::op::CircularConv;
use edgeconv_graph::{Graph, GraphError, Node, Op, Patch, Tensor, ValueId};
use serde::{Deserialize, Serialize};

use super::{Accuracy, Outcome, Pass, View};

/// A way to compute a circular convolution (*Algebra of GCC*, 4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
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
    /// What should run fastest on MNN 3.6 where it can be used; see `docs/gcc-rewriting.md` for measurements.
    fn fastest(graph: &Graph, node: &Node, op: &CircularConv) -> Self {
        if taps(graph, node, op).is_none() {
            return Lowering::SliceConcat;
        }
        let (map, kernel) = (&graph.ty(node.inputs[0]).shape, &graph.ty(node.inputs[1]).shape);
        cost::Size { length: map[op.axis], across: map[5 - op.axis], taps: kernel[op.axis] }.fastest()
    }
}

/// Expresses a circular convolution in standard operators. ONNX and MNN have no wrapping padding.
#[derive(Debug, Default)]
pub struct LowerCircularConv {
    /// The lowering of every node; `None` takes the fastest for each.
    pub lowering: Option<Lowering>,
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

    fn visit(&self, view: &View, node: &Node) -> Result<Outcome, GraphError> {
        let Op::CircularConv(op) = &node.op else { return Ok(Outcome::NoMatch) };
        let graph = view.graph;
        let lowering = self.lowering.unwrap_or_else(|| Lowering::fastest(graph, node, op));
        let mut patch = Patch::new(graph);
        let lowered = match lowering {
            Lowering::SliceConcat => Some(slice_concat::lower(graph, &mut patch, node, op)?),
            Lowering::ZeroPadded => zero_padded::lower(graph, &mut patch, node, op)?,
            Lowering::Circulant => circulant::lower(graph, &mut patch, node, op)?,
        };
        let lowered = match lowered {
            Some(lowered) => lowered,
            // Kernels that are computed at run time and dense ones have only this form.
            None => slice_concat::lower(graph, &mut patch, node, op)?,
        };
        patch.redirect(node.outputs[0], lowered);
        Ok(Outcome::Rewrite(patch))
    }
}

/// The taps of a depth-wise kernel that is known at conversion time, one slice per channel.
fn taps<'a>(graph: &'a Graph, node: &Node, op: &CircularConv) -> Option<std::slice::ChunksExact<'a, f32>> {
    let kernel = graph.floats(node.inputs[1])?;
    let depthwise = op.group == graph.ty(node.outputs[0]).shape[1] && op.group == graph.ty(node.inputs[0]).shape[1];
    depthwise.then(|| kernel.chunks_exact(kernel.len() / op.group))
}

/// A constant with the name of the kernel.
fn named_like_kernel(graph: &Graph, patch: &mut Patch, node: &Node, tensor: Tensor) -> ValueId {
    patch.constant(&graph.value(node.inputs[1]).name, tensor)
}
