use edgeconv_graph::op::{Slice, Split};
use edgeconv_graph::{GraphError, Node, Op, Patch};

use super::{Accuracy, Outcome, Pass, View};

/// Slices that cut a value into consecutive parts are one split: PyTorch's `chunk` and indexing export as slices.
#[derive(Debug)]
pub struct SlicesToSplit;

impl Pass for SlicesToSplit {
    fn name(&self) -> &'static str {
        "slices-to-split"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Exact
    }

    fn visit(&self, view: &View, node: &Node) -> Result<Outcome, GraphError> {
        let graph = view.graph;
        let Op::Slice(Slice { axis, start: 0, step: 1, .. }) = node.op else { return Ok(Outcome::NoMatch) };
        let x = node.inputs[0];
        let cut = |other: &&Node| matches!(other.op, Op::Slice(slice) if slice.axis == axis && slice.step == 1 && slice.start < slice.end);
        let mut parts = vec![];
        let mut next = 0;
        // Each part begins where the one before ends.
        while next < graph.ty(x).shape[axis] {
            let starts_here = |other: &&Node| matches!(other.op, Op::Slice(slice) if slice.start == next);
            let Some(part) = view.consumers(x).filter(cut).find(starts_here) else { return Ok(Outcome::NoMatch) };
            next += graph.ty(part.outputs[0]).shape[axis];
            parts.push(part);
        }
        if parts.len() < 2 {
            return Ok(Outcome::NoMatch);
        }
        let sizes = parts.iter().map(|part| graph.ty(part.outputs[0]).shape[axis]).collect();
        let mut patch = Patch::new(graph);
        let outputs = patch.nodes(graph, format!("{}.split", node.name), Split { axis, sizes }, &[x])?;
        for (part, new) in parts.iter().zip(outputs) {
            patch.redirect(part.outputs[0], new);
        }
        Ok(Outcome::Rewrite(patch))
    }
}
