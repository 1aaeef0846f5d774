use edgeconv_graph::Node;

use super::Lowering;
use super::conv::{absorb_activation, bias};
use crate::mnn::ExportError;
use crate::mnn::net::{Convolution, Kind};

/// A 1×1 convolution on `[N, K, 1, 1]`: MNN's fastest matrix product.
pub(super) fn gemm<'g>(l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
    let (data, weight) = (l.shape(node.inputs[0]), l.shape(node.inputs[1]));
    let (batch, inputs, outputs) = (data[0], data[1], weight[0]);
    let (activation, result) = absorb_activation(l, node);
    let convolution = Convolution {
        weight: l.weight(node, 1)?,
        bias: bias(l, node, outputs)?,
        inputs,
        outputs,
        group: 1,
        kernel: [1; 2],
        strides: [1; 2],
        dilations: [1; 2],
        pads: [0; 4],
        activation,
    };
    let data = l.operand(node.inputs[0])?;
    let pixels = l.helper(node, "pixels", Kind::Reshape, &[data], [batch, inputs, 1, 1]);
    let product = l.helper(node, "product", Kind::Convolution(convolution), &[pixels], [batch, outputs, 1, 1]);
    l.finish_as(&node.name, &[result], Kind::Reshape, &[product]);
    Ok(())
}

/// A batch of matrix products, on tensors of one rank.
pub(super) fn mat_mul<'g>(l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
    let rank = l.shape(node.outputs[0]).len();
    let mut operands = vec![];
    for &id in &node.inputs {
        let mut tensor = l.operand(id)?;
        let shape = l.shape(id);
        if shape.len() < rank {
            let mut aligned = vec![1; rank - shape.len()];
            aligned.extend(shape);
            tensor = l.helper(node, &format!("aligned {}", l.graph.value(id).name), Kind::Reshape, &[tensor], aligned);
        }
        operands.push(tensor);
    }
    l.finish(node, Kind::MatMul, &operands);
    Ok(())
}
