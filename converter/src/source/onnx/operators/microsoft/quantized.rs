//! Quantised operators that ONNX does not have: arithmetic on floats between what the integers stand for and their rounding.

use edgeconv_graph::op::{Binary, Concat, DequantizeLinear, QuantizeLinear, Where};
use edgeconv_graph::{DType, Tensor, TensorType, ValueId};

use super::super::super::ImportError;
use super::super::super::node::Node;
use super::super::linear::{multiply, scaled};
use super::super::{Entry, quantize, softmax};

const FLOATS: &str = "computed in floats";

pub(in super::super) const OPERATORS: &[Entry] = &[
    Entry::new("com.microsoft.DynamicQuantizeMatMul", dynamic_quantize_mat_mul).since(1).limits(quantize::SUMS),
    Entry::new("com.microsoft.MatMulIntegerToFloat", mat_mul_integer_to_float).since(1).limits(quantize::SUMS),
    Entry::new("com.microsoft.MatMulNBits", mat_mul_n_bits)
        .since(1)
        .limits("weights known at conversion time, in order"),
    Entry::new("com.microsoft.QGemm", q_gemm).since(1).limits(quantize::SUMS),
    Entry::new("com.microsoft.QLinearAdd", q_linear_binary).since(1).limits(FLOATS),
    Entry::new("com.microsoft.QLinearAveragePool", q_linear_unary).since(1).limits(FLOATS),
    Entry::new("com.microsoft.QLinearConcat", q_linear_concat).since(1).limits(FLOATS),
    Entry::new("com.microsoft.QLinearGlobalAveragePool", q_linear_unary).since(1).limits(FLOATS),
    Entry::new("com.microsoft.QLinearLeakyRelu", q_linear_unary).since(1).limits(FLOATS),
    Entry::new("com.microsoft.QLinearMul", q_linear_binary).since(1).limits(FLOATS),
    Entry::new("com.microsoft.QLinearSigmoid", q_linear_unary).since(1).limits(FLOATS),
    Entry::new("com.microsoft.QLinearSoftmax", q_linear_softmax).since(1).limits(FLOATS),
    Entry::new("com.microsoft.QLinearWhere", q_linear_where).since(1).limits(FLOATS),
];

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

/// `QLinearWhere`: the condition, then both choices and the result with their scales and zero points.
fn q_linear_where(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (condition, yes, no) = (node.input(0)?, real(node, 1)?, real(node, 4)?);
    let result = node.apply(Where, &[condition, yes, no])?;
    finish_quantized(node, result, 7)
}

/// `DynamicQuantizeMatMul`: floats, quantised with the range that they have, times integers with scale and zero point; a bias.
fn dynamic_quantize_mat_mul(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let [whole, scale, zero] = quantize::dynamic(node, x)?;
    let a = node.apply(DequantizeLinear { axis: 0, block_size: 0 }, &[whole, scale, zero])?;
    let b = quantize::columns_centred(node, 1, 3)?;
    let sum = multiply(node, a, b)?;
    let b_scale = node.input(2)?;
    with_scale_and_bias(node, sum, b_scale, 4)
}

/// `MatMulIntegerToFloat`: two matrices of integers, their scales, their zero points, a bias.
fn mat_mul_integer_to_float(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (a, b) = (quantize::rows_centred(node, 0, 4)?, quantize::columns_centred(node, 1, 5)?);
    let sum = multiply(node, a, b)?;
    let (mut a_scale, b_scale) = (node.input(2)?, node.input(3)?);
    if let &[count] = node.dims(a_scale).as_slice() {
        a_scale = node.reshape(a_scale, [count, 1])?;
    }
    let scale = node.apply(Binary::Mul, &[a_scale, b_scale])?;
    with_scale_and_bias(node, sum, scale, 6)
}

fn with_scale_and_bias(node: &mut Node<'_, '_>, sum: ValueId, scale: ValueId, bias: usize) -> Result<(), ImportError> {
    let product = node.apply(Binary::Mul, &[sum, scale])?;
    with_bias(node, product, bias)
}

/// The result, with the bias in an operand, if it is there.
fn with_bias(node: &mut Node<'_, '_>, product: ValueId, bias: usize) -> Result<(), ImportError> {
    match node.optional(bias)? {
        Some(bias) => node.finish(Binary::Add, &[product, bias]),
        None => node.result(product),
    }
}

/// `MatMulNBits`: data, weights `[N, blocks, bytes of a block]`, a scale and a zero point for each block, an order of columns, a bias.
fn mat_mul_n_bits(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    if node.has(4) {
        return Err(node.unsupported("an order of the columns (g_idx) is not supported"));
    }
    let [rows, columns, bits, block_size] = ["N", "K", "bits", "block_size"]
        .map(|name| usize::try_from(node.int(name, if name == "bits" { 4 } else { 0 })));
    let (Ok(rows), Ok(columns), Ok(bits), Ok(block_size @ 1..)) = (rows, columns, bits, block_size) else {
        return Err(node.unsupported("N, K, bits and block_size have to be positive"));
    };
    let dtype = match bits {
        2 => DType::U2,
        4 => DType::U4,
        8 => DType::U8,
        _ => return Err(node.unsupported(format!("weights of {bits} bits are unknown"))),
    };
    let blocks = columns.div_ceil(block_size);
    let weights = packed(node, 1, dtype, [rows, blocks * block_size])?;
    let (zeros, scales) = (zero_points(node, dtype, [rows, blocks])?, node.input(2)?);
    let scales = node.reshape(scales, [rows, blocks])?;
    let real = node.apply(DequantizeLinear { axis: 1, block_size }, &[weights, scales, zeros])?;
    let real = node.slice(real, 1, 0, columns)?;
    let turned = node.transpose(real, [1, 0])?;
    let x = node.input(0)?;
    let product = multiply(node, x, turned)?;
    with_bias(node, product, 5)
}

/// The zero points of blocks, where none are given half of what there is.
fn zero_points(node: &mut Node<'_, '_>, dtype: DType, shape: [usize; 2]) -> Result<ValueId, ImportError> {
    let [rows, blocks] = shape;
    let Some(given) = node.optional(3)? else {
        let half = std::iter::repeat_n(1 << (dtype.bits() - 1), rows * blocks);
        let zeros = Tensor::from_integers(dtype, shape, half);
        return node.store(zeros.map_err(|error| node.unsupported(error.to_string()))?);
    };
    if !node.dtype(given).is_integer() {
        return Err(node.unsupported("zero points that are floats are not supported"));
    }
    // Rows begin with a byte of their own.
    let width = (blocks * dtype.bits()).div_ceil(8) * 8 / dtype.bits();
    let zeros = packed(node, 3, dtype, [rows, width])?;
    node.slice(zeros, 1, 0, blocks)
}

/// Known bytes as packed integers, the lowest bits first.
fn packed(node: &mut Node<'_, '_>, index: usize, dtype: DType, shape: [usize; 2]) -> Result<ValueId, ImportError> {
    let Some(bytes) = node.known(index)? else { return Err(node.unknown_operand(index)) };
    let tensor = Tensor::from_bytes(TensorType::new(dtype, shape), bytes.bytes().clone());
    node.store(tensor.map_err(|error| node.unsupported(error.to_string()))?)
}
