use edgeconv_graph::op::{Conv, Flatten};
use edgeconv_graph::{GraphError, Node, Op, Patch};

use super::{Accuracy, Outcome, Pass, View};

/// A linear layer over a flattened `[N, C, 1, 1]` is a 1×1 convolution, which needs no change of layout in front.
#[derive(Debug)]
pub struct GemmToConv;

impl Pass for GemmToConv {
    fn name(&self) -> &'static str {
        "gemm-to-conv"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Exact
    }

    fn visit(&self, view: &View, node: &Node) -> Result<Outcome, GraphError> {
        let graph = view.graph;
        let Op::Gemm(_) = node.op else { return Ok(Outcome::NoMatch) };
        let Some(flatten) = view.producer(node.inputs[0]) else { return Ok(Outcome::NoMatch) };
        let Op::Flatten(Flatten { axis: 1 }) = flatten.op else { return Ok(Outcome::NoMatch) };
        let shape = &graph.ty(flatten.inputs[0]).shape;
        if shape.len() != 4 || shape[2..] != [1, 1] {
            return Ok(Outcome::Blocked(format!("the map in front has shape {shape:?}")));
        }
        let Some(weight) = graph.tensor(node.inputs[1]) else {
            return Ok(Outcome::Blocked("the weights are not known at conversion time".into()));
        };
        let mut patch = Patch::new(graph);
        let kernel = weight.reshape([weight.shape()[0], weight.shape()[1], 1, 1])?;
        let mut operands = vec![flatten.inputs[0], patch.constant(&graph.value(node.inputs[1]).name, kernel)];
        operands.extend(node.inputs.get(2));
        let conv = patch.node(graph, &node.name, Conv::pointwise(), &operands)?;
        let new = patch.node(graph, &flatten.name, Flatten { axis: 1 }, &[conv])?;
        patch.redirect(node.outputs[0], new);
        Ok(Outcome::Rewrite(patch))
    }
}
