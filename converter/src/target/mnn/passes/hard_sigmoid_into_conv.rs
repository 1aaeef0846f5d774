use edgeconv_graph::op::{Clip, Unary};
use edgeconv_graph::{GraphError, Node, Op, Patch};

use crate::passes::affine::Affine;
use crate::passes::{Accuracy, AnyConv, Outcome, Pass, View};

/// `hard_sigmoid(W x + b) = clip((W/6) x + (b/6 + 1/2), 0, 1)`: MNN has a clip, but no hard sigmoid.
#[derive(Debug)]
pub struct HardSigmoidIntoConv;

impl Pass for HardSigmoidIntoConv {
    fn name(&self) -> &'static str {
        "hard-sigmoid-into-conv"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Reassociated
    }

    fn visit(&self, view: &View, node: &Node) -> Result<Outcome, GraphError> {
        let graph = view.graph;
        let Op::Unary(Unary::HardSigmoid) = node.op else { return Ok(Outcome::NoMatch) };
        let Some(conv) = view.producer(node.inputs[0]).and_then(AnyConv::of) else { return Ok(Outcome::NoMatch) };
        if !view.used_once(node.inputs[0]) {
            return Ok(Outcome::Blocked(view.other_uses(node.inputs[0], node)));
        }
        let channels = graph.ty(node.inputs[0]).shape[1];
        let affine = Affine { scale: vec![1.0 / 6.0; channels], shift: vec![0.5; channels] };
        let mut patch = Patch::new(graph);
        let Some(new) = conv.followed_by(graph, &mut patch, &affine)? else {
            return Ok(Outcome::Blocked("the weights are not known at conversion time".into()));
        };
        let new = patch.node(graph, &node.name, Clip { min: 0.0, max: 1.0 }, &[new])?;
        patch.redirect(node.outputs[0], new);
        Ok(Outcome::Rewrite(patch))
    }
}
