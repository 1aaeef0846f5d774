use edgeconv_graph::{GraphError, Node, Op, Patch, Tensor};

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
        let Some(conv) = view.producer(node.inputs[0]).filter(|producer| AnyConv::of(producer).is_some()) else {
            return Ok(Outcome::NoMatch);
        };
        if !view.used_once(node.inputs[0]) {
            return Ok(Outcome::Blocked(view.other_uses(node.inputs[0], node)));
        }
        let (Some(affine), Some(kernel)) = (Affine::of_batch_norm(graph, node), graph.floats(conv.inputs[1])) else {
            return Ok(Outcome::Blocked("the weights are not known at conversion time".into()));
        };
        let bias = match conv.inputs.get(2) {
            None => vec![0.0; affine.scale.len()],
            Some(&id) => match graph.floats(id) {
                Some(bias) => bias.to_vec(),
                None => return Ok(Outcome::Blocked("the bias is not known at conversion time".into())),
            },
        };
        let taps = kernel.len() / affine.scale.len();
        let folded = kernel.iter().enumerate().map(|(i, &w)| (f64::from(w) * affine.scale[i / taps]) as f32).collect();
        let shifted = bias
            .iter()
            .zip(affine.scale.iter().zip(&affine.shift))
            .map(|(&bias, (scale, shift))| (f64::from(bias) * scale + shift) as f32)
            .collect();

        let mut patch = Patch::new(graph);
        let kernel = Tensor::f32(graph.ty(conv.inputs[1]).shape.clone(), folded)?;
        let kernel = patch.constant(&graph.value(conv.inputs[1]).name, kernel);
        let bias = patch.constant(format!("{}.bias", conv.name), Tensor::vector(shifted));
        let new = patch.node(graph, &conv.name, conv.op.clone(), &[conv.inputs[0], kernel, bias])?;
        patch.redirect(node.outputs[0], new);
        Ok(Outcome::Rewrite(patch))
    }
}
