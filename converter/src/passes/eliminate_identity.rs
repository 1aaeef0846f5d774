use edgeconv_graph::op::Unary;
use edgeconv_graph::{Graph, Node, Op, Patch};

use super::affine::Affine;
use super::{Accuracy, OrStop, Pass, Stop};

/// Removes nodes that return their operand unchanged.
#[derive(Debug)]
pub struct EliminateIdentity;

impl Pass for EliminateIdentity {
    fn name(&self) -> &'static str {
        "eliminate-identity"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Exact
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let ty = |index: usize| graph.ty(node.inputs[index]);
        let is_sized = graph.value(node.outputs[0]).sized;
        let nothing_changes = match &node.op {
            Op::Slice(_) | Op::Resize(_) | Op::Pad(_) if is_sized => false,
            Op::Unary(Unary::Identity) => true,
            Op::Reshape(_) | Op::Flatten(_) | Op::Slice(_) => ty(0) == graph.ty(node.outputs[0]),
            Op::Transpose(op) => op.perm.is_sorted(),
            Op::Resize(op) => (0..op.sizes.len()).all(|axis| op.keeps(axis, ty(0).shape[axis])),
            Op::Pad(op) => op.pads.iter().all(|&pads| pads == [0, 0]),
            Op::Concat(_) => node.inputs.len() == 1,
            Op::Split(_) => node.outputs.len() == 1,
            _ => false,
        };
        let affine = || Affine::of(graph, node).filter(|(_, affine)| affine.is_identity());
        let same = if nothing_changes { Some(node.inputs[0]) } else { affine().map(|(data, _)| data) };
        let same = same.or_no_match()?;
        let mut patch = Patch::new(graph);
        patch.redirect(node.outputs[0], same);
        Ok(patch)
    }
}
