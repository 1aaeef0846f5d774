use edgeconv_graph::{GraphError, Node, Patch};

use super::affine::Affine;
use super::{Accuracy, AnyConv, Outcome, Pass, View};

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

    fn visit(&self, view: &View, node: &Node) -> Result<Outcome, GraphError> {
        let graph = view.graph;
        let Some((data, affine)) = Affine::of(graph, node) else { return Ok(Outcome::NoMatch) };
        let Some(conv) = view.producer(data).and_then(AnyConv::of) else { return Ok(Outcome::NoMatch) };
        if !view.used_once(data) {
            return Ok(Outcome::Blocked(view.other_uses(data, node)));
        }
        let mut patch = Patch::new(graph);
        let Some(new) = conv.followed_by(graph, &mut patch, &affine)? else {
            return Ok(Outcome::Blocked("the weights are not known at conversion time".into()));
        };
        patch.redirect(node.outputs[0], new);
        Ok(Outcome::Rewrite(patch))
    }
}
