use edgeconv_graph::{GraphError, Node, Op, Patch};

use super::affine::Affine;
use super::{Accuracy, AnyConv, Outcome, Pass, View};

/// Folds a BatchNorm into the convolution (plain or circular) whose output it normalises:
/// `scale · (W x + b) + shift = (scale · W) x + (scale · b + shift)`.
#[derive(Debug)]
pub struct BatchNormAfterConv;

impl Pass for BatchNormAfterConv {
    fn name(&self) -> &'static str {
        "batch-norm-after-conv"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Reassociated
    }

    fn visit(&self, view: &View, node: &Node) -> Result<Outcome, GraphError> {
        let Op::BatchNormalization(_) = node.op else { return Ok(Outcome::NoMatch) };
        let graph = view.graph;
        let Some(conv) = view.producer(node.inputs[0]).and_then(AnyConv::of) else { return Ok(Outcome::NoMatch) };
        if !view.used_once(node.inputs[0]) {
            return Ok(Outcome::Blocked(view.other_uses(node.inputs[0], node)));
        }
        let mut patch = Patch::new(graph);
        let folded = match Affine::of_batch_norm(graph, node) {
            Some(affine) => conv.followed_by(graph, &mut patch, &affine)?,
            None => None,
        };
        let Some(new) = folded else {
            return Ok(Outcome::Blocked("the weights are not known at conversion time".into()));
        };
        patch.redirect(node.outputs[0], new);
        Ok(Outcome::Rewrite(patch))
    }
}
