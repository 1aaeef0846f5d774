use edgeconv_graph::op::{Conv, Reshape};
use edgeconv_graph::{Graph, Node, Op, Patch};

use crate::passes::{Accuracy, OrStop, Pass, Stop};

/// A linear layer `[N, K]` is a 1×1 convolution over `[N, K, 1, 1]`: behind a pool it needs no change of layout, and between two
/// layers no reshape.
#[derive(Debug)]
pub struct GemmToConv;

impl Pass for GemmToConv {
    fn name(&self) -> &'static str {
        "gemm-to-conv"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Exact
    }

    fn understands_quantized(&self) -> bool {
        true
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let Op::Gemm(_) = node.op else { return Err(Stop::NoMatch) };
        let weight = graph.tensor(node.inputs[1]).or_blocked("the weights are not known at conversion time")?;
        let &[outputs, inputs] = weight.shape() else { return Err(Stop::NoMatch) };
        let rows = graph.ty(node.inputs[0]).shape[0];
        let mut patch = Patch::new(graph);
        let pixels = Reshape { shape: vec![rows, inputs, 1, 1] };
        let pixels = patch.node(graph, format!("{}.rows", node.name), pixels, &node.inputs[..1])?;
        patch.quantize_like(graph, pixels, node.inputs[0]);
        let kernel = weight.reshape([outputs, inputs, 1, 1])?;
        let kernel = patch.constant(&graph.value(node.inputs[1]).name, kernel);
        patch.quantize_like(graph, kernel, node.inputs[1]);
        let mut operands = vec![pixels, kernel];
        operands.extend(node.inputs.get(2));
        let product = patch.node(graph, &node.name, Conv::pointwise(), &operands)?;
        patch.quantize_like(graph, product, node.outputs[0]);
        let shape = vec![rows, outputs];
        let new = patch.node(graph, format!("{}.flat", node.name), Reshape { shape }, &[product])?;
        patch.quantize_like(graph, new, node.outputs[0]);
        patch.redirect(node.outputs[0], new);
        Ok(patch)
    }
}
