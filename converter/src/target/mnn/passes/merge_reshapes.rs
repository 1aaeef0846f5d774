use edgeconv_graph::op::Reshape;
use edgeconv_graph::{Graph, Node, Op, Patch};

use crate::passes::{Accuracy, OrStop, Pass, Stop};

/// A reshape of a reshape is one reshape, and none if it leads back.
#[derive(Debug)]
pub struct MergeReshapes;

impl Pass for MergeReshapes {
    fn name(&self) -> &'static str {
        "merge-reshapes"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Exact
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let reshapes = |node: &Node| matches!(node.op, Op::Reshape(_) | Op::Flatten(_));
        if !reshapes(node) {
            return Err(Stop::NoMatch);
        }
        let first = graph.producer_node(node.inputs[0]).filter(|first| reshapes(first)).or_no_match()?;
        let mut patch = Patch::new(graph);
        let (source, target) = (first.inputs[0], &graph.ty(node.outputs[0]).shape);
        let new = if graph.ty(source).shape == *target {
            source
        } else {
            patch.node(graph, &node.name, Reshape { shape: target.clone() }, &[source])?
        };
        patch.redirect(node.outputs[0], new);
        Ok(patch)
    }
}
