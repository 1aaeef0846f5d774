use std::cell::OnceCell;

use edgeconv_files::Memory;
use edgeconv_graph::{Graph, Node, Patch, ValueId};

use super::{Accuracy, OrStop, Pass, Stop};
use crate::folding::{Folding, Unfolded};

/// Computes at conversion time what is the same in every run; this bakes the kernels and position embeddings of GCC at the
/// size of the map. What would take more memory than the file may that the graph is from, together with the constants that are there, is left to
/// the run, and so is what would make files much larger than their source; a graph that a program has built may take as much as a file of its weights.
#[derive(Debug, Default)]
pub struct FoldConstants {
    folding: OnceCell<Folding>,
}

impl FoldConstants {
    fn folding(&self, graph: &Graph) -> &Folding {
        self.folding.get_or_init(|| {
            let tensors = graph.values().filter_map(|(_, value)| value.tensor());
            let bytes = tensors.map(|tensor| tensor.bytes().len() as u64).sum();
            let budget = match graph.memory {
                Some(limit) => Memory::Bytes(limit.saturating_sub(bytes)).budget(0),
                None => Memory::of_process().budget(bytes),
            };
            Folding::of_graph(budget, bytes)
        })
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
        if node.outputs.iter().any(|&output| graph.value(output).sized) {
            return Err(Stop::NoMatch);
        }
        let known = |&id: &ValueId| graph.tensor(id).filter(|_| !graph.value(id).sized);
        let tensors: Option<Vec<_>> = node.inputs.iter().map(known).collect();
        let tensors = tensors.or_no_match()?;
        let blocked = |why: Unfolded| Stop::Blocked(why.to_string());
        let types = Vec::from_iter(node.outputs.iter().map(|&output| graph.value(output).ty.clone()));
        let operand = tensors.first().map_or(0, |tensor| tensor.bytes().len());
        self.folding(graph).expect_small(&node.op, operand, &types).map_err(blocked)?;
        let results = self.folding(graph).evaluate(&node.op, &tensors).map_err(blocked)?;
        let mut patch = Patch::new(graph);
        for (&output, result) in node.outputs.iter().zip(results) {
            let constant = patch.constant(&graph.value(output).name, result);
            patch.redirect(output, constant);
        }
        Ok(patch)
    }
}
