use edgeconv_graph::{Graph, Node, Patch};

use super::{Accuracy, OrStop, Pass, Stop};
use crate::folding::Budget;

/// Computes at conversion time what is the same in every run; this bakes the kernels and position embeddings of GCC at the
/// size of the map. What would take too much memory is left to the run.
#[derive(Debug, Default)]
pub struct FoldConstants {
    budget: Budget,
}

impl Pass for FoldConstants {
    fn name(&self) -> &'static str {
        "fold-constants"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Exact
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let tensors: Option<Vec<_>> = node.inputs.iter().map(|&id| graph.tensor(id)).collect();
        let tensors = tensors.or_no_match()?;
        let results = self.budget.evaluate(&node.op, &tensors).map_err(|why| Stop::Blocked(why.to_string()))?;
        let mut patch = Patch::new(graph);
        for (&output, result) in node.outputs.iter().zip(results) {
            let constant = patch.constant(&graph.value(output).name, result);
            patch.redirect(output, constant);
        }
        Ok(patch)
    }
}
