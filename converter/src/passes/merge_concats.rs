use edgeconv_graph::op::Concat;
use edgeconv_graph::{Graph, Node, Op, Patch, ValueId};

use super::{Accuracy, Pass, Stop, used_once};

/// What is joined along an axis, and then joined with more along the same, is joined at once: `[[a, b], c] = [a, b, c]`.
#[derive(Debug)]
pub struct MergeConcats;

impl Pass for MergeConcats {
    fn name(&self) -> &'static str {
        "merge-concats"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Exact
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let Op::Concat(concat) = &node.op else { return Err(Stop::NoMatch) };
        let parts: Vec<_> = node.inputs.iter().flat_map(|&id| parts(graph, concat, id)).collect();
        if parts == node.inputs {
            return Err(Stop::NoMatch);
        }
        let mut patch = Patch::new(graph);
        let joined = patch.node(graph, &node.name, *concat, &parts)?;
        patch.redirect(node.outputs[0], joined);
        Ok(patch)
    }
}

/// What a value is joined of along the same axis, if nobody else needs it.
fn parts(graph: &Graph, concat: &Concat, id: ValueId) -> Vec<ValueId> {
    match graph.producer_node(id) {
        Some(Node { op: Op::Concat(before), inputs, .. }) if before == concat && used_once(graph, id) => {
            inputs.to_vec()
        }
        _ => vec![id],
    }
}
