use edgeconv_graph::{GraphError, Node, Patch};

use super::{Accuracy, Outcome, Pass, View};

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

    fn visit(&self, view: &View, node: &Node) -> Result<Outcome, GraphError> {
        let Some(&operand) = node.inputs.first() else { return Ok(Outcome::NoMatch) };
        let twin = view.consumers(operand).find(|other| other.op == node.op && other.inputs == node.inputs);
        let Some(twin) = twin.filter(|twin| twin.outputs != node.outputs) else { return Ok(Outcome::NoMatch) };
        let mut patch = Patch::new(view.graph);
        for (&output, &same) in node.outputs.iter().zip(&twin.outputs) {
            patch.redirect(output, same);
        }
        Ok(Outcome::Rewrite(patch))
    }
}
