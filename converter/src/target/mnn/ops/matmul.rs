//! Matrix products.

use edgeconv_graph::{Node, op};
use planus::UnionOffset;

use super::broadcast::{BroadcastTo, align};
use super::convolution::{ACTIVATIONS, Convolution, Weights, bias};
use super::reshape::Reshape;
use super::{Lower, MnnOp, Rule};
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::{Activation, Lowering};
use crate::target::mnn::net::{Layout, Shapes, TensorId};
use crate::target::mnn::schema::{self, DataType, OpParameter, OpType};
use crate::target::mnn::write::Writer;

/// Batch of matrix products of two tensors of one rank.
#[derive(Debug)]
pub(in crate::target::mnn) struct MatMul;

impl MnnOp for MatMul {
    fn op_type(&self) -> OpType {
        OpType::MatMul
    }

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        let mat_mul = schema::MatMul { t: DataType::DtFloat, ..Default::default() };
        Some(OpParameter::create_mat_mul(b, &mat_mul))
    }

    fn rule(&self, _: &Shapes) -> Rule {
        Rule::In(Layout::Nchw)
    }
}

impl Lower for op::Gemm {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.floats(node)?;
        let (data, weight) = (l.shape(node.inputs[0]), l.shape(node.inputs[1]));
        let (batch, inputs, outputs) = (data[0], data[1], weight[0]);
        let (activation, result) = l.absorb_activation(node, ACTIVATIONS);
        let weights = Weights::Stored { kernel: l.weight(node, 1)?.into(), bias: bias(l, node, outputs)?, steps: None };
        let data = l.operand(node.inputs[0])?;
        let product = linear(l, node, data, [batch, inputs, outputs], weights, activation);
        l.finish_as(&node.name, &[result], Reshape, &[product]);
        Ok(())
    }
}

/// Rows of data, each times weights `[outputs, inputs]`, as `[rows, outputs, 1, 1]`: a 1×1 convolution on `[rows, inputs, 1, 1]` is MNN's
/// fastest matrix product.
pub(super) fn linear<'g>(
    l: &mut Lowering<'g>,
    node: &'g Node,
    data: TensorId,
    [rows, inputs, outputs]: [usize; 3],
    weights: Weights<'g>,
    activation: Activation,
) -> TensorId {
    let convolution = Convolution {
        weights,
        inputs,
        outputs,
        group: 1,
        kernel: [1; 2],
        strides: [1; 2],
        dilations: [1; 2],
        pads: [0; 4],
        activation,
    };
    let pixels = l.helper(node, "pixels", Reshape, &[data], [rows, inputs, 1, 1]);
    l.helper(node, "product", convolution, &[pixels], [rows, outputs, 1, 1])
}

/// A batch of matrix products, on tensors of one rank.
///
/// Where both operands have equally many matrices MNN pairs them one by one, even if the shapes say otherwise (`[2, 1, …]` and
/// `[1, 2, …]`): then the first one is repeated beforehand. (`GeometryBatchMatMul.cpp`, "fastway".)
impl Lower for op::MatMul {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.floats(node)?;
        let result = l.shape(node.outputs[0]);
        let mut operands = vec![];
        let mut shapes = vec![];
        for &id in &node.inputs {
            let mut tensor = l.operand(id)?;
            let shape = align(l.shape(id), result.len());
            if shape != l.shape(id) {
                let name = format!("aligned {}", l.graph.value(id).name);
                tensor = l.helper(node, &name, Reshape, &[tensor], shape.clone());
            }
            operands.push(tensor);
            shapes.push(shape);
        }
        let batch = result.len() - 2;
        let count = |shape: &[usize]| shape[..batch].iter().product::<usize>();
        if count(&shapes[0]) == count(&shapes[1]) && shapes[0][..batch] != shapes[1][..batch] {
            let repeated = [&result[..batch], &shapes[0][batch..]].concat();
            let target = l.indices(repeated.iter().copied());
            operands[0] = l.helper(node, "repeated", BroadcastTo, &[operands[0], target], repeated);
        }
        l.finish(node, MatMul, &operands);
        Ok(())
    }
}
