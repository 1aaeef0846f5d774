//! Nodes of the graph as ONNX nodes.

mod sampling;

use std::slice::from_ref;

use edgeconv_graph::op::{Binary, Op, ReduceKind, Unary};
use edgeconv_graph::{Node, Tensor, TensorData, ValueId};

use super::decompose::decompose;
use super::export::{ExportError, Exporter};
use super::initializer::{data_type, dims};
use crate::proto::AttributeProto;
use crate::proto::attribute_proto::AttributeType;

/// Adds the ONNX form of `node` to the file.
pub(super) fn lower(exporter: &mut Exporter<'_>, node: &Node) -> Result<(), ExportError> {
    if decompose(exporter, node) {
        return Ok(());
    }
    let (operands, attributes) = match &node.op {
        Op::Arg(op) => (vec![], vec![axis(op.axis), int("keepdims", 1)]),
        Op::BatchNormalization(op) => (vec![], vec![float("epsilon", op.epsilon)]),
        Op::Binary(Binary::Fmod) => (vec![], vec![int("fmod", 1)]),
        Op::Binary(op) if op.is_bitwise() && exporter.opset < 18 => return Err(no_operator(node)),
        Op::Binary(_) | Op::GlobalAveragePool(_) | Op::MatMul(_) | Op::PRelu(_) | Op::Where(_) => (vec![], vec![]),
        Op::Cast(op) => (vec![], vec![int("to", data_type(op.to).into())]),
        Op::Gather(op) => (vec![], vec![axis(op.axis)]),
        Op::LayerNormalization(op) => (vec![], vec![int("axis", -1), float("epsilon", op.epsilon)]),
        Op::LeakyRelu(op) => (vec![], vec![float("alpha", op.alpha)]),
        Op::Reduce(op) if exporter.opset < if op.kind == ReduceKind::Sum { 13 } else { 18 } => {
            (vec![], vec![ints("axes", &op.axes), int("keepdims", 1)])
        }
        Op::Reduce(op) => (vec![Operand::Ints(&op.axes)], vec![int("keepdims", 1)]),
        Op::Softmax(op) => (vec![], vec![axis(op.axis)]),
        Op::Transpose(op) => (vec![], vec![ints("perm", &op.perm)]),
        // Graphs for training are not exported. ONNX's NonMaxSuppression returns only the rows with boxes.
        Op::CircularConv(_) | Op::Custom(_) | Op::Dropout(_) | Op::NonMaxSuppression(_) => {
            return Err(no_operator(node));
        }
        Op::Clip(op) => (vec![Operand::Scalar(op.min), Operand::Scalar(op.max)], vec![]),
        Op::Concat(op) => (vec![], vec![axis(op.axis)]),
        Op::Conv(op) => {
            let kernel = &exporter.graph.ty(node.inputs[1]).shape[2..];
            let attributes = vec![
                ints("dilations", &op.dilations),
                int("group", op.group as i64),
                ints("kernel_shape", kernel),
                ints("pads", &op.pads),
                ints("strides", &op.strides),
            ];
            (vec![], attributes)
        }
        Op::Elu(op) => (vec![], vec![float("alpha", op.alpha)]),
        Op::ConvTranspose(op) => {
            let kernel = &exporter.graph.ty(node.inputs[1]).shape[2..];
            let attributes = vec![
                ints("dilations", &op.dilations),
                int("group", op.group as i64),
                ints("kernel_shape", kernel),
                ints("output_padding", &op.output_padding),
                ints("pads", &op.pads),
                ints("strides", &op.strides),
            ];
            (vec![], attributes)
        }
        Op::CumSum(op) => {
            let flags = vec![int("exclusive", op.exclusive.into()), int("reverse", op.reverse.into())];
            (vec![Operand::Int(op.axis)], flags)
        }
        Op::Expand(op) => (vec![Operand::Ints(&op.shape)], vec![]),
        Op::Flatten(op) => (vec![], vec![axis(op.axis)]),
        Op::Gemm(_) => (vec![], vec![int("transB", 1)]),
        Op::Reshape(op) => (vec![Operand::Ints(&op.shape)], vec![]),
        Op::DepthToSpace(op) => (vec![], sampling::depth_to_space(op)),
        Op::SpaceToDepth(op) => (vec![], vec![int("blocksize", op.block as i64)]),
        Op::GridSample(op) => (vec![], sampling::grid_sample(exporter, node, op)?),
        Op::Pool(op) => {
            let window = [ints("kernel_shape", &op.kernel), ints("pads", &op.pads), ints("strides", &op.strides)];
            (vec![], window.to_vec())
        }
        Op::Pad(op) => sampling::pad(op, exporter.graph.ty(node.inputs[0]).dtype),
        Op::Resize(op) => sampling::resize(exporter, node, op)?,
        Op::RoiAlign(op) => (vec![], sampling::roi_align(exporter, node, op)?),
        Op::ScatterNd(op) => (vec![], sampling::scatter_nd(exporter, node, op)?),
        Op::Slice(op) => {
            let bound = |index| Operand::Ints(from_ref(index));
            let mut bounds = vec![bound(&op.start), bound(&op.end), bound(&op.axis)];
            if op.step != 1 {
                bounds.push(bound(&op.step));
            }
            (bounds, vec![])
        }
        Op::Split(op) => (vec![Operand::Ints(&op.sizes)], vec![axis(op.axis)]),
        Op::TopK(op) => (vec![Operand::Ints(from_ref(&op.k))], vec![axis(op.axis), int("largest", op.largest.into())]),
        Op::Unary(Unary::HardSigmoid) => (vec![], hard_sigmoid()),
        Op::Unary(Unary::GeluTanh | Unary::GeluByTanh) => (vec![], vec![string("approximate", "tanh")]),
        Op::Unary(_) => (vec![], vec![]),
    };
    let mut inputs = names(exporter, &node.inputs);
    inputs.extend(operands.into_iter().map(|operand| operand.add(exporter)));
    let outputs = names(exporter, &node.outputs);
    let operator = match node.op {
        Op::Unary(Unary::GeluBySigmoid | Unary::GeluTanh | Unary::GeluByTanh) => "Gelu",
        _ => node.op.operator().name(),
    };
    exporter.emit(&node.name, operator, inputs, outputs, attributes);
    Ok(())
}

/// The error that the operator set has nothing for `node`.
fn no_operator(node: &Node) -> ExportError {
    ExportError::UnsupportedOperator { node: node.name.clone(), op: node.op.operator().name() }
}

fn names(exporter: &Exporter<'_>, ids: &[ValueId]) -> Vec<String> {
    ids.iter().map(|&id| exporter.name(id).to_owned()).collect()
}

/// What the graph has as an attribute and ONNX as an operand.
enum Operand<'a> {
    /// Left out.
    None,
    Scalar(f32),
    Int(usize),
    Ints(&'a [usize]),
    OwnedInts(Vec<usize>),
    Floats(&'a [f32]),
    Tensor(Tensor),
}

impl Operand<'_> {
    /// Adds the constant to the file; returns its name.
    fn add(self, exporter: &mut Exporter<'_>) -> String {
        match self {
            Operand::None => String::new(),
            Operand::Scalar(value) => exporter.add_constant(format!("float.{value}"), &Tensor::scalar(value)),
            Operand::Int(value) => {
                let scalar = Tensor::indices(dims(&[value]));
                let scalar = scalar.reshape([]).unwrap_or(scalar);
                exporter.add_constant(format!("int.{value}"), &scalar)
            }
            Operand::Ints(values) => add_ints(exporter, values),
            Operand::OwnedInts(values) => add_ints(exporter, &values),
            Operand::Floats(values) => {
                exporter.add_constant(format!("floats.{}", join(values)), &Tensor::vector(values.to_vec()))
            }
            Operand::Tensor(tensor) => {
                let elements = match tensor.data() {
                    TensorData::F32(elements) => join(elements),
                    TensorData::I64(elements) => join(elements),
                    TensorData::Bool(elements) => join(elements),
                };
                exporter.add_constant(format!("{}.{elements}", tensor.ty().dtype), &tensor)
            }
        }
    }
}

fn add_ints(exporter: &mut Exporter<'_>, values: &[usize]) -> String {
    exporter.add_constant(format!("ints.{}", join(values)), &Tensor::indices(dims(values)))
}

fn join<T: ToString>(values: &[T]) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join("_")
}

/// PyTorch's constants; ONNX's default alpha is another one.
pub(super) fn hard_sigmoid() -> Vec<AttributeProto> {
    vec![float("alpha", 1.0 / 6.0), float("beta", 0.5)]
}

fn axis(axis: usize) -> AttributeProto {
    int("axis", axis as i64)
}

pub(super) fn int(name: &str, value: i64) -> AttributeProto {
    AttributeProto { i: Some(value), ..attribute(name, AttributeType::Int) }
}

pub(super) fn ints(name: &str, values: &[usize]) -> AttributeProto {
    AttributeProto { ints: dims(values), ..attribute(name, AttributeType::Ints) }
}

fn float(name: &str, value: f32) -> AttributeProto {
    AttributeProto { f: Some(value), ..attribute(name, AttributeType::Float) }
}

fn string(name: &str, value: &'static str) -> AttributeProto {
    AttributeProto { s: Some(value.into()), ..attribute(name, AttributeType::String) }
}

fn attribute(name: &str, ty: AttributeType) -> AttributeProto {
    AttributeProto { name: Some(name.to_owned()), r#type: Some(ty.into()), ..AttributeProto::default() }
}
