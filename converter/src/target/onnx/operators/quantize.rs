//! Real numbers as integers, and back.

use edgeconv_graph::op::QuantizeLinear;
use edgeconv_graph::{Node, Tensor, TensorType};

use super::attributes::{axis, int};
use super::operand::Operand;
use super::{ExportError, Parts, needs};
use crate::proto::AttributeProto;
use crate::target::onnx::exporter::Exporter;

/// What says along which axis scales differ.
pub(super) fn attributes(
    exporter: &Exporter<'_>,
    node: &Node,
    along: usize,
    block_size: usize,
) -> Result<Vec<AttributeProto>, ExportError> {
    let wide = node.inputs.iter().chain(&node.outputs).map(|&id| exporter.graph.ty(id).dtype);
    let wide = wide.into_iter().any(|dtype| dtype.is_integer() && dtype.bits() == 16);
    needs(exporter, node, "quantisation to 16 bits", 21, wide)?;
    needs(exporter, node, "block_size", 21, block_size > 0)?;
    let single = node.inputs[1..].iter().all(|&id| exporter.graph.ty(id).len() == 1);
    let blocks = (block_size > 0).then(|| int("block_size", block_size as i64));
    Ok((!single).then(|| axis(along)).into_iter().chain(blocks).collect())
}

/// The zero point says of which type the result is.
pub(super) fn quantize<'a>(
    exporter: &Exporter<'_>,
    node: &Node,
    op: &QuantizeLinear,
) -> Result<Parts<'a>, ExportError> {
    let attributes = attributes(exporter, node, op.axis, op.block_size)?;
    if node.inputs.len() > 2 {
        return Ok((vec![], attributes));
    }
    let ty = TensorType::new(op.to, exporter.graph.ty(node.inputs[1]).shape.clone());
    let zeros = vec![0; ty.bytes()];
    let zeros = Tensor::from_bytes(ty, zeros).map_err(|error| ExportError::Unsupported {
        node: node.name.clone(),
        op: "QuantizeLinear",
        reason: error.to_string(),
    })?;
    Ok((vec![Operand::Tensor(zeros)], attributes))
}
