use std::collections::HashMap;

use edgeconv_graph::op::{Slice, Split};
use edgeconv_graph::{Graph, Node, Op, Patch};
use edgeconv_session::open::OPEN_KEY;

use super::{Accuracy, OrStop, Pass, Stop};

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

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let Op::Slice(Slice { axis, start: 0, step: 1, .. }) = node.op else { return Err(Stop::NoMatch) };
        // All samples but the first one and all but the last are parts of two samples, but not of more.
        if axis == 0 && graph.metadata.contains_key(OPEN_KEY) {
            return Err(Stop::NoMatch);
        }
        let x = node.inputs[0];
        // The first of the slices that begin at each place.
        let mut beginning = HashMap::new();
        for &id in graph.users(x) {
            match graph.node(id).op {
                Op::Slice(cut) if cut.axis == axis && cut.step == 1 && cut.start < cut.end => {
                    let first = beginning.entry(cut.start).or_insert(id);
                    *first = if graph.position(id) < graph.position(*first) { id } else { *first };
                }
                _ => {}
            }
        }
        let mut parts = vec![];
        let mut next = 0;
        // Each part begins where the one before ends.
        while next < graph.ty(x).shape[axis] {
            let part = graph.node(*beginning.get(&next).or_no_match()?);
            next += graph.ty(part.outputs[0]).shape[axis];
            parts.push(part);
        }
        if parts.len() < 2 {
            return Err(Stop::NoMatch);
        }
        let sizes = parts.iter().map(|part| graph.ty(part.outputs[0]).shape[axis]).collect();
        let mut patch = Patch::new(graph);
        let outputs = patch.nodes(graph, format!("{}.split", node.name), Split { axis, sizes }, &[x])?;
        for (part, new) in parts.iter().zip(outputs) {
            patch.redirect(part.outputs[0], new);
        }
        Ok(patch)
    }
}
