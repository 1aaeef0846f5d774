use edgeconv_graph::{Graph, Node, Patch};

use super::affine::Affine;
use super::{Accuracy, AnyConv, OrStop, Pass, Stop};

/// Folds a BatchNorm, or arithmetic with a constant per channel, into the convolution (plain or circular) that reads its output:
/// `W (scale · x + shift) + b = (W · scale) x + (W · shift + b)`.
///
/// With a shift that is exact only where every output sees all taps: a zero-padded convolution would miss part of `W · shift`
/// near the border, while a circular one has no border.
#[derive(Debug)]
pub struct AffineBeforeConv;

impl Pass for AffineBeforeConv {
    fn name(&self) -> &'static str {
        "affine-before-conv"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Reassociated
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let conv = AnyConv::of(graph, node).or_no_match()?;
        let before = graph.producer_node(node.inputs[0]).or_no_match()?;
        let (data, affine) = Affine::of(graph, before).or_no_match()?;
        if !conv.is_borderless() && affine.shift.iter().any(|&shift| shift != 0.0) {
            return Err(Stop::Blocked(format!("zero padding does not see the shift of `{}`", before.name)));
        }
        let mut patch = Patch::new(graph);
        let new =
            conv.preceded_by(&mut patch, &affine, data)?.or_blocked("the weights are not known at conversion time")?;
        patch.redirect(node.outputs[0], new);
        Ok(patch)
    }
}
