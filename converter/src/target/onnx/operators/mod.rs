//! Nodes of the graph as ONNX nodes; what takes more than a line is in the file of its family.

mod activation;
pub(super) mod attributes;
mod binary;
mod conv;
mod expansion;
mod index;
mod movement;
mod norm;
mod operand;
mod quantize;
mod reduce;
mod sample;

use std::slice::from_ref;

use edgeconv_graph::op::{Binary, Op, Unary};
use edgeconv_graph::{Node, ValueId};

use attributes::{axis, float, given, int, string};
use expansion::Steps;
use operand::Operand;

use super::ExportError;
use super::exporter::Exporter;
use crate::element_type;
use crate::proto::AttributeProto;

/// What an ONNX node has besides the operands of the graph's node.
type Parts<'a> = (Vec<Operand<'a>>, Vec<AttributeProto>);

/// Adds the ONNX form of `node` to the file.
pub(super) fn add(exporter: &mut Exporter<'_>, node: &Node) -> Result<(), ExportError> {
    for &id in node.inputs.iter().chain(&node.outputs) {
        let dtype = exporter.graph.ty(id).dtype;
        needs(exporter, node, dtype.name(), element_type::since(dtype), true)?;
    }
    if let Op::Binary(op) = &node.op {
        let dtype = exporter.graph.ty(node.inputs[0]).dtype;
        let short = op.is_shift() && dtype.bits() < 32 && dtype.range().is_some_and(|range| *range.start() < 0);
        needs(exporter, node, &format!("a shift of {dtype}"), 28, short)?;
        needs(exporter, node, "a bitwise operator", 18, op.is_bitwise())?;
    }
    if expand(exporter, node) {
        return Ok(());
    }
    let (operands, attributes) = match &node.op {
        Op::Arg(op) => only([axis(op.axis), int("keepdims", 1)]),
        Op::Binary(Binary::Fmod) => only([int("fmod", 1)]),
        Op::Binary(op) if op.is_shift() => only([string("direction", binary::direction(*op))]),
        Op::Cast(op) => only([int("to", element_type::number(op.to).into())]),
        Op::Clip(op) => (vec![Operand::Scalar(op.min), Operand::Scalar(op.max)], vec![]),
        Op::Conv(_) | Op::ConvTranspose(_) => only(conv::attributes(exporter, node)),
        Op::CumSum(op) => {
            let flags = vec![int("exclusive", op.exclusive.into()), int("reverse", op.reverse.into())];
            (vec![Operand::Int(op.axis)], flags)
        }
        Op::DequantizeLinear(op) => only(quantize::attributes(exporter, node, op.axis, op.block_size)?),
        Op::Expand(op) => (vec![Operand::Ints(&op.shape)], vec![]),
        Op::Gemm(_) => only([int("transB", 1)]),
        Op::GridSample(op) => only(sample::grid_sample(exporter, node, op)?),
        Op::LayerNormalization(op) => only([int("axis", -1), float("epsilon", op.epsilon)]),
        Op::Pad(op) => movement::pad(op, exporter.graph.ty(node.inputs[0]).dtype),
        Op::QuantizeLinear(op) => quantize::quantize(exporter, node, op)?,
        Op::Reduce(op) => reduce::reduce(exporter, op),
        Op::Reshape(op) => (vec![Operand::Ints(&op.shape)], vec![]),
        Op::Resize(op) => sample::resize(exporter, node, op)?,
        Op::RoiAlign(op) => only(sample::roi_align(exporter, node, op)?),
        Op::ScatterNd(op) => only(index::scatter_nd(exporter, node, op)?),
        Op::Slice(op) => (movement::bounds(op), vec![]),
        Op::Split(op) => (vec![Operand::Ints(&op.sizes)], vec![axis(op.axis)]),
        Op::TopK(op) => (vec![Operand::Ints(from_ref(&op.k))], vec![axis(op.axis), int("largest", op.largest.into())]),
        Op::Unary(Unary::HardSigmoid) => only(activation::hard_sigmoid()),
        Op::Unary(Unary::GeluTanh) => only([string("approximate", "tanh")]),
        // Graphs for training are not exported. ONNX's NonMaxSuppression returns only the rows with boxes.
        Op::CircularConv(_) | Op::Custom(_) | Op::Dropout(_) | Op::NonMaxSuppression(_) => {
            return Err(no_operator(node));
        }
        // The graph's operators have ONNX's attributes unless one of the lines above says otherwise.
        op => only(given(op)),
    };
    let name = |id: Option<ValueId>| id.map_or_else(String::new, |id| exporter.name(id).to_owned());
    let mut inputs: Vec<_> = match &node.op {
        Op::Recurrent(op) => op.places(&node.inputs).into_iter().map(name).collect(),
        _ => names(exporter, &node.inputs),
    };
    inputs.extend(operands.into_iter().map(|operand| operand.add(exporter)));
    let outputs = names(exporter, &node.outputs);
    let operator = match node.op {
        Op::Unary(Unary::GeluTanh) => "Gelu",
        Op::Binary(op) if op.is_shift() => "BitShift",
        _ => node.op.operator().name(),
    };
    exporter.emit(&node.name, operator, inputs, outputs, attributes);
    Ok(())
}

/// Adds the nodes that compute `node`, if the operator set has no operator for it; returns whether it did.
fn expand(exporter: &mut Exporter<'_>, node: &Node) -> bool {
    let opset = exporter.opset;
    let mut steps = Steps { exporter, node };
    match &node.op {
        Op::Unary(op) => return activation::expand(&mut steps, *op),
        Op::Binary(op) if op.is_shift() && opset < 28 => return binary::shift(&mut steps, *op),
        Op::LayerNormalization(op) if opset < 17 => norm::layer_normalization(&mut steps, op),
        _ => return false,
    }
    true
}

/// A node with the operands of the graph's.
fn only<'a>(attributes: impl Into<Vec<AttributeProto>>) -> Parts<'a> {
    (vec![], attributes.into())
}

/// The error that the operator set has nothing for `node`.
fn no_operator(node: &Node) -> ExportError {
    ExportError::UnsupportedOperator { node: node.name.clone(), op: node.op.operator().name() }
}

/// Refuses what the file's operator set does not have.
fn needs(exporter: &Exporter<'_>, node: &Node, what: &str, since: i64, used: bool) -> Result<(), ExportError> {
    if !used || exporter.opset >= since {
        return Ok(());
    }
    let (node, op) = (node.name.clone(), node.op.operator().name());
    Err(ExportError::NeedsOpset { node, op, what: what.to_owned(), found: exporter.opset, since })
}

fn names(exporter: &Exporter<'_>, ids: &[ValueId]) -> Vec<String> {
    ids.iter().map(|&id| exporter.name(id).to_owned()).collect()
}
