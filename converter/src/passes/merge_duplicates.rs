use edgeconv_graph::{Graph, Node, NodeId, Patch};

use super::{Accuracy, OrStop, Pass, Stop};

/// Common subexpressions: of two nodes with the same operator, attributes and operands only the first stays.
#[derive(Debug)]
pub struct MergeDuplicates;

/// With how many users of an operand a node is compared: all of them, but for files in which many thousands use every operand, which would
/// take minutes.
const MOST: usize = 2_000;

impl Pass for MergeDuplicates {
    fn name(&self) -> &'static str {
        "merge-duplicates"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Exact
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let &operand = node.inputs.iter().min_by_key(|&&operand| graph.users(operand).len()).or_no_match()?;
        // A node that uses it several times is listed as often, without a break.
        let users = graph.users(operand).chunk_by(|a, b| a == b).map(|same| same[0]);
        let place = |id: NodeId| (graph.position(id), id);
        let own = node.outputs.first().and_then(|&output| graph.producer(output)).map(place).or_no_match()?;
        // Any that comes before will do: of those, all but the first give way, too.
        let before = users.filter(|&other| place(other) < own).map(|other| graph.node(other));
        let mut before = before.take(MOST);
        let twin = before.find(|other| other.op == node.op && other.inputs == node.inputs).or_no_match()?;
        let mut patch = Patch::new(graph);
        for (&output, &same) in node.outputs.iter().zip(&twin.outputs) {
            patch.redirect(output, same);
        }
        Ok(patch)
    }
}
