use edgeconv_graph::op::{Clip, Unary};
use edgeconv_graph::{Graph, Node, Op, Patch};

use crate::passes::affine::Affine;
use crate::passes::{Accuracy, AnyConv, OrStop, Pass, Stop, expect_used_once};

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

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let Op::Unary(Unary::HardSigmoid) = node.op else { return Err(Stop::NoMatch) };
        let conv = graph.producer_node(node.inputs[0]).and_then(|node| AnyConv::of(graph, node)).or_no_match()?;
        expect_used_once(graph, node.inputs[0], node)?;
        let channels = graph.ty(node.inputs[0]).shape[1];
        let affine = Affine { scale: vec![1.0 / 6.0; channels], shift: vec![0.5; channels] };
        let mut patch = Patch::new(graph);
        let new = conv.followed_by(&mut patch, &affine)?.or_blocked("the weights are not known at conversion time")?;
        let new = patch.node(graph, &node.name, Clip { min: 0.0, max: 1.0 }, &[new])?;
        patch.redirect(node.outputs[0], new);
        Ok(patch)
    }
}
