use edgeconv_graph::{GraphError, Node, Patch};

use super::{Accuracy, Outcome, Pass, View};

/// Computes at conversion time what is the same in every run; this bakes the kernels and position embeddings of GCC at the
/// size of the map.
#[derive(Debug)]
pub struct FoldConstants;

impl Pass for FoldConstants {
    fn name(&self) -> &'static str {
        "fold-constants"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Exact
    }

    fn visit(&self, view: &View, node: &Node) -> Result<Outcome, GraphError> {
        let tensors: Option<Vec<_>> = node.inputs.iter().map(|&id| view.graph.tensor(id)).collect();
        let Some(tensors) = tensors else { return Ok(Outcome::NoMatch) };
        let Some(results) = node.op.operator().evaluate(&tensors) else {
            return Ok(Outcome::Blocked("this operator is not evaluated at conversion time".into()));
        };
        let mut patch = Patch::new(view.graph);
        for (&output, result) in node.outputs.iter().zip(results) {
            let constant = patch.constant(&view.graph.value(output).name, result);
            patch.redirect(output, constant);
        }
        Ok(Outcome::Rewrite(patch))
    }
}
