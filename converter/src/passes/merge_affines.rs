use edgeconv_graph::op::BatchNormalization;
use edgeconv_graph::{Graph, Node, Patch, Tensor};

use super::affine::Affine;
use super::{Accuracy, OrStop, Pass, Stop, expect_used_once};

/// Two maps per channel in a row are one: `(x · s + t) · scale + shift`. PyTorch's group norm exports as a norm, a
/// multiplication and an addition.
///
/// On maps `[N, C, H, W]`, where MNN has one op for it, and where at least one of the two has a number for each channel: a single
/// number is applied in any layout.
#[derive(Debug)]
pub struct MergeAffines;

impl Pass for MergeAffines {
    fn name(&self) -> &'static str {
        "merge-affines"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Reassociated
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let (between, second) = Affine::of(graph, node).or_no_match()?;
        let before = graph.producer_node(between).or_no_match()?;
        let (data, first) = Affine::of(graph, before).or_no_match()?;
        if graph.ty(data).rank() != 4 || !(is_per_channel(graph, node) || is_per_channel(graph, before)) {
            return Err(Stop::NoMatch);
        }
        expect_used_once(graph, between, node)?;
        let Affine { scale, shift } = first.then(&second);
        let channels = scale.len();
        let mut patch = Patch::new(graph);
        let parameters = [
            ("scale", scale.into_iter().map(|scale| scale as f32).collect()),
            ("shift", shift.into_iter().map(|shift| shift as f32).collect()),
            ("mean", vec![0.0; channels]),
            ("var", vec![1.0; channels]),
        ];
        let parameters =
            parameters.map(|(part, numbers)| patch.constant(format!("{}.{part}", node.name), Tensor::vector(numbers)));
        let operands: Vec<_> = std::iter::once(data).chain(parameters).collect();
        let new = patch.node(graph, &node.name, BatchNormalization { epsilon: 0.0 }, &operands)?;
        patch.redirect(node.outputs[0], new);
        Ok(patch)
    }
}

fn is_per_channel(graph: &Graph, node: &Node) -> bool {
    node.inputs.iter().any(|&id| graph.tensor(id).is_some_and(|constant| constant.ty().len() > 1))
}
