use edgeconv_graph::op::{Clip, Unary};
use edgeconv_graph::{GraphError, Node, Op, Patch, Tensor};

use super::{Accuracy, AnyConv, Outcome, Pass, View};

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
        let Some(conv) = view.producer(node.inputs[0]).filter(|conv| AnyConv::of(conv).is_some()) else {
            return Ok(Outcome::NoMatch);
        };
        if !view.used_once(node.inputs[0]) {
            return Ok(Outcome::Blocked(view.other_uses(node.inputs[0], node)));
        }
        let bias = match conv.inputs.get(2) {
            Some(&id) => graph.floats(id).map(<[f32]>::to_vec),
            None => Some(vec![0.0; graph.ty(node.inputs[0]).shape[1]]),
        };
        let (Some(kernel), Some(bias)) = (graph.floats(conv.inputs[1]), bias) else {
            return Ok(Outcome::Blocked("the weights are not known at conversion time".into()));
        };
        let mut patch = Patch::new(graph);
        let shape = graph.ty(conv.inputs[1]).shape.clone();
        let kernel = Tensor::f32(shape, kernel.iter().map(|w| w / 6.0).collect())?;
        let kernel = patch.constant(&graph.value(conv.inputs[1]).name, kernel);
        let bias = Tensor::vector(bias.iter().map(|b| b / 6.0 + 0.5).collect());
        let bias = patch.constant(format!("{}.bias", conv.name), bias);
        let new = patch.node(graph, &conv.name, conv.op.clone(), &[conv.inputs[0], kernel, bias])?;
        let new = patch.node(graph, &node.name, Clip { min: 0.0, max: 1.0 }, &[new])?;
        patch.redirect(node.outputs[0], new);
        Ok(Outcome::Rewrite(patch))
    }
}
