use std::cell::OnceCell;

use edgeconv_files::Memory;
use edgeconv_graph::{Graph, Node, Patch};

use super::{Accuracy, OrStop, Pass, Stop};
use crate::folding::Folding;

/// Computes at conversion time what is the same in every run; this bakes the kernels and position embeddings of GCC at the
/// size of the map. What would take too much memory for a file of the graph's weights is left to the run.
#[derive(Debug, Default)]
pub struct FoldConstants {
    folding: OnceCell<Folding>,
}

impl FoldConstants {
    fn folding(&self, graph: &Graph) -> &Folding {
        let bytes = || graph.values().filter_map(|(_, value)| value.tensor()).map(|tensor| tensor.bytes().len() as u64);
        self.folding.get_or_init(|| Folding::of_graph(Memory::of_process().budget(bytes().sum())))
    }
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
        let results = self.folding(graph).evaluate(&node.op, &tensors).map_err(|why| Stop::Blocked(why.to_string()))?;
        let mut patch = Patch::new(graph);
        for (&output, result) in node.outputs.iter().zip(results) {
            let constant = patch.constant(&graph.value(output).name, result);
            patch.redirect(output, constant);
        }
        Ok(patch)
    }
}
