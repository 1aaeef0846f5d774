//! Operators of the domain `com.microsoft`, which ONNX Runtime's optimiser and quantiser write: ONNX's own ones in one.

pub(super) mod attention;
pub(super) mod quantized;

use edgeconv_graph::ValueId;
use edgeconv_graph::op::{Binary, Clip, Unary};

use super::super::ImportError;
use super::super::node::Node;
use super::linear::{multiply, scaled};
use super::{Entry, quantize};
use crate::proto::AttributeProto;

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("SimplifiedLayerNormalization", simplified_layer_normalization).since(1),
    Entry::new("com.microsoft.BiasGelu", gelu).since(1),
    Entry::new("com.microsoft.DequantizeLinear", quantize::dequantize).since(1).limits(quantize::TYPES),
    Entry::new("com.microsoft.FastGelu", gelu).since(1),
    Entry::new("com.microsoft.FusedConv", fused_conv).since(1),
    Entry::new("com.microsoft.FusedGemm", fused_gemm).since(1),
    Entry::new("com.microsoft.FusedMatMul", fused_mat_mul).since(1),
    Entry::new("com.microsoft.Gelu", gelu).since(1),
    Entry::new("com.microsoft.QuantizeLinear", quantize::quantize).since(1).limits(quantize::TYPES),
    Entry::new("com.microsoft.QuickGelu", quick_gelu).since(1),
    Entry::new("com.microsoft.SkipLayerNormalization", skip_layer_normalization).since(1).limits(NO_MOMENTS),
    Entry::new("com.microsoft.SkipSimplifiedLayerNormalization", skip_layer_normalization).since(1).limits(NO_MOMENTS),
];

const NO_MOMENTS: &str = "no mean and deviation";

/// `FusedConv`: a convolution, a summand in operand 3, and an activation.
fn fused_conv(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let operands = [Some(node.input(0)?), Some(node.input(1)?), node.optional(2)?];
    let mut result = node.call("Conv", &operands.into_iter().flatten().collect::<Vec<_>>())?;
    if let Some(summand) = node.optional(3)? {
        result = node.apply(Binary::Add, &[result, summand])?;
    }
    let parameters = node.attribute("activation_params").map(|list| list.floats.clone()).unwrap_or_default();
    let result = activated(node, result, &parameters)?;
    node.result(result)
}

/// `FusedGemm`: a `Gemm`, and an activation.
fn fused_gemm(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let operands = [Some(node.input(0)?), Some(node.input(1)?), node.optional(2)?];
    let product = node.call("Gemm", &operands.into_iter().flatten().collect::<Vec<_>>())?;
    let parameters = ["activation_alpha", "activation_beta"].map(|name| node.attribute(name).map(AttributeProto::f));
    let parameters: Vec<_> = parameters.into_iter().map_while(|parameter| parameter).collect();
    let result = activated(node, product, &parameters)?;
    node.result(result)
}

/// The activation that an operator names, of what it computed.
fn activated(node: &mut Node<'_, '_>, x: ValueId, parameters: &[f32]) -> Result<ValueId, ImportError> {
    let activation = node.text("activation", "");
    match (activation.as_str(), parameters) {
        ("", _) => Ok(x),
        ("Relu" | "Sigmoid" | "Tanh" | "Softplus" | "Softsign", _) => node.call_with(&activation, vec![], &[x]),
        ("LeakyRelu" | "Elu", &[alpha, ..]) => node.call_with(&activation, vec![float("alpha", alpha)], &[x]),
        ("HardSigmoid", &[alpha, beta, ..]) => {
            node.call_with("HardSigmoid", vec![float("alpha", alpha), float("beta", beta)], &[x])
        }
        ("Clip", &[min, max, ..]) => node.apply(Clip { min, max }, &[x]),
        _ => Err(node.unsupported(format!("activation {activation} with parameters {parameters:?} is unknown"))),
    }
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

/// `SimplifiedLayerNormalization`, which is in ONNX's own domain in spite of its origin.
fn simplified_layer_normalization(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let operands = [node.input(0)?, node.input(1)?];
    if node.wants(1) {
        return Err(node.unsupported("the deviation is a result of the training only"));
    }
    let result = node.call("RMSNormalization", &operands)?;
    node.result(result)
}

/// `SkipLayerNormalization`: the norm of the sum of data, skip and bias; the sum itself is the fourth result. The simplified one has no
/// summand behind its factor.
fn skip_layer_normalization(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (x, skip, scale) = (node.input(0)?, node.input(1)?, node.input(2)?);
    if node.wants(1) || node.wants(2) {
        return Err(node.unsupported("mean and deviation are results of the training only"));
    }
    let simplified = node.proto.op_type().contains("Simplified");
    let (norm, shift, bias) = if simplified {
        ("RMSNormalization", None, node.optional(3)?)
    } else {
        ("LayerNormalization", node.optional(3)?, node.optional(4)?)
    };
    let mut sum = node.apply(Binary::Add, &[x, skip])?;
    if let Some(bias) = bias {
        sum = node.apply(Binary::Add, &[sum, bias])?;
    }
    let operands: Vec<_> = [sum, scale].into_iter().chain(shift).collect();
    let epsilon = float("epsilon", node.float("epsilon", 1e-12));
    let result = node.call_with(norm, vec![epsilon], &operands)?;
    node.results(&[result, result, result, sum])
}

fn float(name: &str, value: f32) -> AttributeProto {
    AttributeProto { name: Some(name.to_owned()), f: Some(value), ..AttributeProto::default() }
}
