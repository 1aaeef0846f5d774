use edgeconv_graph::{Graph, Node, NodeId, Patch};

use super::{Accuracy, OrStop, Pass, Stop};

/// Common subexpressions: of two nodes with the same operator, attributes and operands only the first stays.
#[derive(Debug)]
pub struct MergeDuplicates;

impl Pass for MergeDuplicates {
    fn name(&self) -> &'static str {
        "merge-duplicates"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Exact
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let &operand = node.inputs.iter().min_by_key(|&&operand| graph.users(operand).len()).or_no_match()?;
        let same = |&other: &NodeId| graph.node(other).op == node.op && graph.node(other).inputs == node.inputs;
        let twins = graph.users(operand).iter().copied().filter(same);
        let first = twins.min_by_key(|&twin| graph.position(twin)).map(|twin| graph.node(twin));
        let twin = first.filter(|twin| twin.outputs != node.outputs).or_no_match()?;
        let mut patch = Patch::new(graph);
        for (&output, &same) in node.outputs.iter().zip(&twin.outputs) {
            patch.redirect(output, same);
        }
        Ok(patch)
    }
}
