//! Operators of the domain `com.microsoft`, which ONNX Runtime's optimiser and quantiser write: ONNX's own ones in one.

use edgeconv_graph::op::{Binary, Clip, Concat, DequantizeLinear, QuantizeLinear, Unary};
use edgeconv_graph::{DType, ValueId};

use super::super::ImportError;
use super::super::node::Node;
use super::linear::{multiply, scaled};
use super::{Entry, quantize, softmax};
use crate::proto::AttributeProto;

const FLOATS: &str = "computed in floats";

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("com.microsoft.BiasGelu", gelu).since(1),
    Entry::new("com.microsoft.DequantizeLinear", quantize::dequantize).since(1).limits(quantize::TYPES),
    Entry::new("com.microsoft.FastGelu", gelu).since(1),
    Entry::new("com.microsoft.FusedConv", fused_conv).since(1),
    Entry::new("com.microsoft.FusedMatMul", fused_mat_mul).since(1),
    Entry::new("com.microsoft.Gelu", gelu).since(1),
    Entry::new("com.microsoft.QGemm", q_gemm).since(1).limits(quantize::SUMS),
    Entry::new("com.microsoft.QLinearAdd", q_linear_binary).since(1).limits(FLOATS),
    Entry::new("com.microsoft.QLinearAveragePool", q_linear_unary).since(1).limits(FLOATS),
    Entry::new("com.microsoft.QLinearConcat", q_linear_concat).since(1).limits(FLOATS),
    Entry::new("com.microsoft.QLinearGlobalAveragePool", q_linear_unary).since(1).limits(FLOATS),
    Entry::new("com.microsoft.QLinearLeakyRelu", q_linear_unary).since(1).limits(FLOATS),
    Entry::new("com.microsoft.QLinearMul", q_linear_binary).since(1).limits(FLOATS),
    Entry::new("com.microsoft.QLinearSigmoid", q_linear_unary).since(1).limits(FLOATS),
    Entry::new("com.microsoft.QLinearSoftmax", q_linear_softmax).since(1).limits(FLOATS),
    Entry::new("com.microsoft.QuantizeLinear", quantize::quantize).since(1).limits(quantize::TYPES),
    Entry::new("com.microsoft.QuickGelu", quick_gelu).since(1),
    Entry::new("com.microsoft.SkipLayerNormalization", skip_layer_normalization)
        .since(1)
        .limits("no mean and deviation"),
];

/// `FusedConv`: a convolution, a summand in operand 3, and an activation.
fn fused_conv(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let operands = [Some(node.input(0)?), Some(node.input(1)?), node.optional(2)?];
    let mut result = node.call("Conv", &operands.into_iter().flatten().collect::<Vec<_>>())?;
    if let Some(summand) = node.optional(3)? {
        result = node.apply(Binary::Add, &[result, summand])?;
    }
    let parameters = node.attribute("activation_params").map(|list| list.floats.clone()).unwrap_or_default();
    let activation = node.text("activation", "");
    let result = match (activation.as_str(), parameters.as_slice()) {
        ("", _) => result,
        ("Relu" | "Sigmoid" | "Tanh", _) => node.call(&activation, &[result])?,
        ("LeakyRelu", &[alpha, ..]) => node.call_with("LeakyRelu", vec![float("alpha", alpha)], &[result])?,
        ("HardSigmoid", &[alpha, beta, ..]) => {
            node.call_with("HardSigmoid", vec![float("alpha", alpha), float("beta", beta)], &[result])?
        }
        ("Clip", &[min, max, ..]) => node.apply(Clip { min, max }, &[result])?,
        _ => return Err(node.unsupported(format!("activation {activation} with parameters {parameters:?} is unknown"))),
    };
    node.result(result)
}

/// `FusedMatMul`: `alpha · A · B`, of operands that may be transposed.
fn fused_mat_mul(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let a = turned(node, 0, "transA", "transBatchA")?;
    let b = turned(node, 1, "transB", "transBatchB")?;
    let product = multiply(node, a, b)?;
    let product = scaled(node, product, node.float("alpha", 1.0))?;
    node.result(product)
}

/// An operand with its matrices transposed, and the rows of those along its first axis, as far as attributes say so.
fn turned(node: &mut Node<'_, '_>, index: usize, matrix: &str, batch: &str) -> Result<ValueId, ImportError> {
    let x = node.input(index)?;
    let rank = node.dims(x).len();
    let mut perm: Vec<_> = (0..rank).collect();
    if rank > 1 && node.int(batch, 0) != 0 {
        perm[..rank - 1].rotate_left(1);
    }
    if rank > 1 && node.int(matrix, 0) != 0 {
        perm.swap(rank - 2, rank - 1);
    }
    node.transpose(x, perm)
}

/// `Gelu`, `BiasGelu` and `FastGelu`, which is the one by tanh: of the sum of the operands.
fn gelu(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let mut x = node.input(0)?;
    if let Some(bias) = node.optional(1)? {
        x = node.apply(Binary::Add, &[x, bias])?;
    }
    node.finish(if node.proto.op_type() == "FastGelu" { Unary::GeluTanh } else { Unary::Gelu }, &[x])
}

fn quick_gelu(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let alpha = node.float("alpha", 1.702);
    let result = node.call_with("Swish", vec![float("alpha", alpha)], &[x])?;
    node.result(result)
}

/// `SkipLayerNormalization`: the norm of the sum of data, skip and bias; the sum itself is the fourth result.
fn skip_layer_normalization(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (x, skip, scale) = (node.input(0)?, node.input(1)?, node.input(2)?);
    if node.wants(1) || node.wants(2) {
        return Err(node.unsupported("mean and deviation are results of the training only"));
    }
    let mut sum = node.apply(Binary::Add, &[x, skip])?;
    if let Some(bias) = node.optional(4)? {
        sum = node.apply(Binary::Add, &[sum, bias])?;
    }
    let operands: Vec<_> = [sum, scale].into_iter().chain(node.optional(3)?).collect();
    let epsilon = float("epsilon", node.float("epsilon", 1e-12));
    let result = node.call_with("LayerNormalization", vec![epsilon], &operands)?;
    node.results(&[result, result, result, sum])
}

/// `QLinearAdd` and `QLinearMul`: both operands with scale and zero point, then those of the result.
fn q_linear_binary(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let op = if node.proto.op_type() == "QLinearAdd" { Binary::Add } else { Binary::Mul };
    let (a, b) = (real(node, 0)?, real(node, 3)?);
    let result = node.apply(op, &[a, b])?;
    finish_quantized(node, result, 6)
}

/// `QLinearConcat`: scale and zero point of the result, then each operand with its own.
fn q_linear_concat(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let parts = (2..node.proto.input.len()).step_by(3).map(|index| real(node, index));
    let parts = parts.collect::<Result<Vec<_>, _>>()?;
    let Some(&first) = parts.first() else { return Err(node.unsupported("it has no operands")) };
    let axis = node.axis(node.int("axis", 0), node.dims(first).len())?;
    let result = node.apply(Concat { axis }, &parts)?;
    finish_quantized(node, result, 0)
}

/// `QLinear…` of one operand with scale and zero point, then those of the result.
fn q_linear_unary(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let mut x = real(node, 0)?;
    let rank = node.dims(x).len();
    let channels_last = node.int("channels_last", 0) != 0 && rank > 2;
    if channels_last {
        x = node.transpose(x, [0, rank - 1].into_iter().chain(1..rank - 1).collect::<Vec<_>>())?;
    }
    let operator = node.proto.op_type().trim_start_matches("QLinear").to_owned();
    let mut result = node.call(&operator, &[x])?;
    if channels_last {
        result = node.transpose(result, [0].into_iter().chain(2..rank).chain([1]).collect::<Vec<_>>())?;
    }
    finish_quantized(node, result, 3)
}

/// `QLinearSoftmax`, as the operator set in `opset` has it.
fn q_linear_softmax(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = real(node, 0)?;
    let axis = node.axis(node.int("axis", -1), node.dims(x).len())?;
    let result = softmax::over(node, x, axis, node.int("opset", 13) < 13)?;
    finish_quantized(node, result, 3)
}

/// `QGemm`: `alpha · (A · B + C)` of integers with scales and zero points; those of the result, if that is not to be of floats. C has the
/// scale of the product.
fn q_gemm(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let columns = if node.int("transB", 0) != 0 { 0 } else { 1 };
    let mut operands = vec![quantize::centred(node, "a", 0, 2, 0)?, quantize::centred(node, "b", 3, 5, columns)?];
    if node.has(6) {
        operands.push(quantize::float(node, "c", 6)?);
    }
    let attributes = node.proto.attribute.iter().filter(|attribute| attribute.name() != "alpha");
    let sum = node.call_with("Gemm", attributes.cloned().collect(), &operands)?;
    let (a_scale, b_scale) = (node.input(1)?, node.input(4)?);
    let mut factor = node.apply(Binary::Mul, &[a_scale, b_scale])?;
    factor = scaled(node, factor, node.float("alpha", 1.0))?;
    let quantized = node.has(8);
    if quantized {
        let result_scale = node.input(7)?;
        factor = node.apply(Binary::Div, &[factor, result_scale])?;
    }
    let result = node.apply(Binary::Mul, &[sum, factor])?;
    if quantized { quantize::finish_quantized(node, result, 8) } else { node.result(result) }
}

/// What the integers in an operand, with scale and zero point behind it, stand for.
fn real(node: &mut Node<'_, '_>, index: usize) -> Result<ValueId, ImportError> {
    let (x, scale) = (node.input(index)?, node.input(index + 1)?);
    let operands: Vec<_> = [x, scale].into_iter().chain(node.optional(index + 2)?).collect();
    node.apply(DequantizeLinear { axis: 0, block_size: 0 }, &operands)
}

/// Quantises the result with the scale in an operand and the zero point behind it, which has its type; else it has that of the data.
fn finish_quantized(node: &mut Node<'_, '_>, result: ValueId, scale: usize) -> Result<(), ImportError> {
    let zero = node.optional(scale + 1)?;
    let to = match zero {
        Some(zero) => node.dtype(zero),
        None => (0..node.proto.input.len()).find_map(|index| integers(node, index)).unwrap_or(DType::U8),
    };
    let operands: Vec<_> = [result, node.input(scale)?].into_iter().chain(zero).collect();
    node.finish(QuantizeLinear { to, axis: 0, block_size: 0 }, &operands)
}

fn integers(node: &Node<'_, '_>, index: usize) -> Option<DType> {
    node.ty(index).ok().map(|ty| ty.dtype).filter(|dtype| dtype.is_integer())
}

fn float(name: &str, value: f32) -> AttributeProto {
    AttributeProto { name: Some(name.to_owned()), f: Some(value), ..AttributeProto::default() }
}
