use edgeconv_graph::op::{Binary, Conv, Reshape};
use edgeconv_graph::{Graph, Node, Op, Patch, Quantization, Tensor, ValueId};

use crate::passes::{Accuracy, OrStop, Pass, Stop, constant_operand, used_once};

/// A linear layer over the last axis, `[…, K]` times a constant `[K, M]` and perhaps plus a bias `[M]`, is a 1×1 convolution over
/// `[rows, K, 1, 1]`: for constant weights MNN's fastest matrix product.
#[derive(Debug)]
pub struct MatMulToConv;

impl Pass for MatMulToConv {
    fn name(&self) -> &'static str {
        "mat-mul-to-conv"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Reassociated
    }

    fn understands_quantized(&self) -> bool {
        true
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let Op::MatMul(_) = node.op else { return Err(Stop::NoMatch) };
        let (data, weight) = (node.inputs[0], node.inputs[1]);
        let kernel = graph
            .tensor(weight)
            .and_then(|matrix| matrix.transposed(&[1, 0]))
            .or_blocked("it multiplies by no constant matrix")?;
        if graph.value(data).is_constant() {
            return Err(Stop::NoMatch);
        }
        let (inputs, outputs) = (graph.ty(weight).shape[0], graph.ty(weight).shape[1]);
        let bias = bias(graph, node, outputs);
        let last = bias.map_or(node, |(add, _)| add);

        let mut patch = Patch::new(graph);
        let rows = vec![graph.ty(data).len() / inputs, inputs, 1, 1];
        let rows = patch.node(graph, format!("{}.rows", node.name), Reshape { shape: rows }, &[data])?;
        patch.quantize_like(graph, rows, data);
        let kernel = patch.constant(&graph.value(weight).name, kernel.reshape([outputs, inputs, 1, 1])?);
        if let Some(quantization) = graph.value(weight).quant.as_deref() {
            let axis = quantization.axis.map(|axis| 1 - axis);
            patch.quantize(kernel, Quantization { axis, ..quantization.clone() });
        }
        let mut operands = vec![rows, kernel];
        if let Some((_, bias)) = bias {
            let bias = bias.reshape([outputs])?;
            operands.push(patch.constant(format!("{}.bias", last.name), bias));
        }
        let product = patch.node(graph, &node.name, Conv::pointwise(), &operands)?;
        patch.quantize_like(graph, product, last.outputs[0]);
        let shape = graph.ty(last.outputs[0]).shape.clone();
        let new = patch.node(graph, &last.name, Reshape { shape }, &[product])?;
        patch.quantize_like(graph, new, last.outputs[0]);
        patch.redirect(last.outputs[0], new);
        Ok(patch)
    }
}

/// The addition behind `node` of one constant per column, if nothing else uses the product.
fn bias<'a>(graph: &'a Graph, node: &Node, columns: usize) -> Option<(&'a Node, &'a Tensor)> {
    let product = node.outputs[0];
    if graph.value(product).quant.is_some() {
        return None;
    }
    let next = graph.user_nodes(product).next().filter(|_| used_once(graph, product))?;
    let Op::Binary(Binary::Add) = next.op else { return None };
    let (rest, constant) = constant_operand(graph, next)?;
    let per_column = constant.shape().last() == Some(&columns) && constant.ty().len() == columns;
    (rest == product && per_column && same_shape(graph, next.outputs[0], product)).then_some((next, constant))
}

fn same_shape(graph: &Graph, a: ValueId, b: ValueId) -> bool {
    graph.ty(a).shape == graph.ty(b).shape
}
