use edgeconv_graph::{Graph, Node, Patch};

use super::affine::Affine;
use super::{Accuracy, AnyConv, OrStop, Pass, Stop, expect_used_once};

/// Folds a BatchNorm, or arithmetic with a constant per channel such as the layer scale of ConvNeXt, into the convolution (plain
/// or circular) in front of it: `scale · (W x + b) + shift = (scale · W) x + (scale · b + shift)`.
#[derive(Debug)]
pub struct AffineAfterConv;

impl Pass for AffineAfterConv {
    fn name(&self) -> &'static str {
        "affine-after-conv"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Reassociated
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let (data, affine) = Affine::of(graph, node).or_no_match()?;
        let conv = graph.producer_node(data).and_then(|node| AnyConv::of(graph, node)).or_no_match()?;
        expect_used_once(graph, data, node)?;
        let mut patch = Patch::new(graph);
        let new = conv.followed_by(&mut patch, &affine)?.or_blocked("the weights are not known at conversion time")?;
        patch.redirect(node.outputs[0], new);
        Ok(patch)
    }
}
