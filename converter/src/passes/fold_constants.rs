use edgeconv_graph::{Graph, Node, Patch};

use super::{Accuracy, OrStop, Pass, Stop};

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

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let tensors: Option<Vec<_>> = node.inputs.iter().map(|&id| graph.tensor(id)).collect();
        let tensors = tensors.or_no_match()?;
        let results =
            node.op.operator().evaluate(&tensors).or_blocked("this operator is not evaluated at conversion time")?;
        let mut patch = Patch::new(graph);
        for (&output, result) in node.outputs.iter().zip(results) {
            let constant = patch.constant(&graph.value(output).name, result);
            patch.redirect(output, constant);
        }
        Ok(patch)
    }
}
