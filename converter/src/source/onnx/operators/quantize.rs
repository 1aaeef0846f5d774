//! Quantised operators. What ONNX computes in integers alone is expressed by the arithmetic on floats that it stands for.

use edgeconv_graph::op::{Binary, Cast, DequantizeLinear, QuantizeLinear, Reduce, ReduceKind, Reshape, Unary};
use edgeconv_graph::{DType, Tensor, ValueId};

use super::super::node::Node;
use super::super::{ImportError, tensor};
use super::Entry;

pub(super) const TYPES: &str = "4, 8 and 16 bits";
pub(super) const SUMS: &str = "sums up to 2^24";

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("QuantizeLinear", quantize).since(10).limits(TYPES),
    Entry::new("DequantizeLinear", dequantize).since(10).limits(TYPES),
    Entry::new("DynamicQuantizeLinear", dynamic_quantize).since(11),
    Entry::new("QLinearConv", q_linear_conv).since(10).limits(SUMS),
    Entry::new("QLinearMatMul", q_linear_mat_mul).since(10).limits(SUMS),
    Entry::new("ConvInteger", conv_integer).since(10).limits(SUMS),
    Entry::new("MatMulInteger", mat_mul_integer).since(10).limits(SUMS),
];

pub(super) fn quantize(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = float(node, "x", 0)?;
    let scale = float(node, "scale", 1)?;
    let to = match (node.optional(2)?, node.int("output_dtype", 0)) {
        (Some(zero), _) => node.dtype(zero),
        (None, 0) => DType::U8,
        (None, other) => tensor::dtype(other as i32).map_err(|reason| node.unsupported(reason))?,
    };
    let (axis, block_size) = axis(node, scale)?;
    let operands: Vec<_> = [x, scale].into_iter().chain(node.optional(2)?).collect();
    node.finish(QuantizeLinear { to, axis, block_size }, &operands)
}

pub(super) fn dequantize(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    node.expect_computable(0)?;
    if node.has(2) {
        node.expect_computable(2)?;
    }
    let scale = float(node, "scale", 1)?;
    let (axis, block_size) = axis(node, scale)?;
    let operands: Vec<_> = [x, scale].into_iter().chain(node.optional(2)?).collect();
    node.finish(DequantizeLinear { axis, block_size }, &operands)
}

/// The axis along which scales differ, and the length of its blocks; a single scale has no axis.
fn axis(node: &Node<'_, '_>, scale: ValueId) -> Result<(usize, usize), ImportError> {
    let zero = node.optional(2)?;
    if [Some(scale), zero].into_iter().flatten().all(|id| node.dims(id).iter().product::<usize>() == 1) {
        return Ok((1, 0));
    }
    let block_size = node.int("block_size", 0).max(0) as usize;
    Ok((node.axis(node.int("axis", 1), node.shape(0)?.len())?, block_size))
}

fn dynamic_quantize(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let results = dynamic(node, x)?;
    node.results(&results)
}

/// `DynamicQuantizeLinear`: to 8 bits without sign, so that 0 and all elements fit; with the scale and the zero point.
pub(super) fn dynamic(node: &mut Node<'_, '_>, x: ValueId) -> Result<[ValueId; 3], ImportError> {
    let axes: Vec<_> = (0..node.dims(x).len()).collect();
    let zero = node.add_number("zero", 0.0)?;
    let mut bound = |name: &str, kind, op| {
        let extreme = node.step(&format!("{name}.all"), Reduce { kind, axes: axes.clone() }, &[x])?;
        let extreme = node.step(&format!("{name}.one"), Reshape { shape: vec![] }, &[extreme])?;
        node.step(name, op, &[extreme, zero])
    };
    let max = bound("max", ReduceKind::Max, Binary::Max)?;
    let min = bound("min", ReduceKind::Min, Binary::Min)?;
    let range = node.step("range", Binary::Sub, &[max, min])?;
    let steps = node.add_number("steps", 255.0)?;
    let scale = node.step("scale", Binary::Div, &[range, steps])?;
    let negated = node.step("negated", Unary::Neg, &[min])?;
    let point = node.step("point", Binary::Div, &[negated, scale])?;
    let (quantize, one) = (QuantizeLinear { to: DType::U8, axis: 1, block_size: 0 }, ones(node, "one", vec![])?);
    let point = node.step("point.whole", quantize, &[point, one])?;
    let whole = node.step("whole", quantize, &[x, scale, point])?;
    Ok([whole, scale, point])
}

/// Scales of 1: they only round.
fn ones(node: &mut Node<'_, '_>, name: &str, shape: Vec<usize>) -> Result<ValueId, ImportError> {
    let ones = Tensor::f32(shape.clone(), vec![1.0; shape.iter().product()]);
    let ones = ones.map_err(|error| node.unsupported(error.to_string()))?;
    node.add_constant(name, ones)
}

/// `QLinearConv`: data, its scale and zero point; weight, its own; those of the result; bias.
fn q_linear_conv(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let channels = node.shape(3)?.first().copied().unwrap_or_default();
    let rank = node.shape(0)?.len();
    let (data, weight) = (centred(node, "x", 0, 2, 0)?, centred(node, "w", 3, 5, 0)?);
    let mut operands = vec![data, weight];
    if node.has(8) {
        operands.push(float(node, "bias", 8)?);
    }
    let sum = node.call("Conv", &operands)?;
    let per_channel = [1, channels].into_iter().chain([1; 8]).take(rank).collect();
    let factor = factor(node, [1, 4, 6], None, Some(per_channel))?;
    let scaled = node.step("scaled", Binary::Mul, &[sum, factor])?;
    finish_quantized(node, scaled, 7)
}

/// `QLinearMatMul`: both operands with scale and zero point, then those of the result.
fn q_linear_mat_mul(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (a, b) = (rows_centred(node, 0, 2)?, columns_centred(node, 3, 5)?);
    let sum = node.call("MatMul", &[a, b])?;
    let rows = rows(node, 0)?;
    let factor = factor(node, [1, 4, 6], rows, None)?;
    let scaled = node.step("scaled", Binary::Mul, &[sum, factor])?;
    finish_quantized(node, scaled, 7)
}

fn conv_integer(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (data, weight) = (centred(node, "x", 0, 2, 0)?, centred(node, "w", 1, 3, 0)?);
    let sum = node.call("Conv", &[data, weight])?;
    finish_sum(node, sum)
}

fn mat_mul_integer(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (a, b) = (rows_centred(node, 0, 2)?, columns_centred(node, 1, 3)?);
    let sum = node.call("MatMul", &[a, b])?;
    finish_sum(node, sum)
}

/// Integers from sums that convolutions may have computed with fractions (Winograd).
fn finish_sum(node: &mut Node<'_, '_>, sum: ValueId) -> Result<(), ImportError> {
    let rounded = node.step("rounded", Unary::Round, &[sum])?;
    node.finish(Cast { to: DType::I32 }, &[rounded])
}

/// The result of the type that the zero point in operand `zero` has.
pub(super) fn finish_quantized(node: &mut Node<'_, '_>, scaled: ValueId, zero: usize) -> Result<(), ImportError> {
    let zero = node.input(zero)?;
    let (to, one) = (node.dtype(zero), ones(node, "one", node.dims(zero))?);
    node.finish(QuantizeLinear { to, axis: 1, block_size: 0 }, &[scaled, one, zero])
}

/// An operand as floats.
pub(super) fn float(node: &mut Node<'_, '_>, name: &str, index: usize) -> Result<ValueId, ImportError> {
    let x = node.input(index)?;
    if node.dtype(x) == DType::F32 {
        return Ok(x);
    }
    node.step(&format!("{name}.float"), Cast { to: DType::F32 }, &[x])
}

/// Quantised numbers in operand `index` without their zero point, which may have one element for each index of an axis.
pub(super) fn centred(
    node: &mut Node<'_, '_>,
    name: &str,
    index: usize,
    zero: usize,
    axis: usize,
) -> Result<ValueId, ImportError> {
    let Some(zero) = node.optional(zero)? else { return float(node, name, index) };
    let x = node.input(index)?;
    let one = ones(node, &format!("{name}.one"), node.dims(zero))?;
    node.step(&format!("{name}.centred"), DequantizeLinear { axis, block_size: 0 }, &[x, one, zero])
}

/// The left matrices of a product, with a zero point for each row.
pub(super) fn rows_centred(node: &mut Node<'_, '_>, index: usize, zero: usize) -> Result<ValueId, ImportError> {
    let axis = node.shape(index)?.len().saturating_sub(2);
    centred(node, "a", index, zero, axis)
}

/// The right matrices of a product, with a zero point for each column.
pub(super) fn columns_centred(node: &mut Node<'_, '_>, index: usize, zero: usize) -> Result<ValueId, ImportError> {
    let axis = node.shape(index)?.len().saturating_sub(1);
    centred(node, "b", index, zero, axis)
}

/// `first · second / result` of the scales in these operands.
fn factor(
    node: &mut Node<'_, '_>,
    [first, second, result]: [usize; 3],
    per_first: Option<Vec<usize>>,
    per_second: Option<Vec<usize>>,
) -> Result<ValueId, ImportError> {
    let (first, second, result) = (node.input(first)?, node.input(second)?, node.input(result)?);
    let first = placed(node, "first_scale", first, per_first)?;
    let second = placed(node, "second_scale", second, per_second)?;
    let product = node.step("product", Binary::Mul, &[first, second])?;
    node.step("factor", Binary::Div, &[product, result])
}

/// A number, or a vector under the shape `per`.
fn placed(node: &mut Node<'_, '_>, name: &str, id: ValueId, per: Option<Vec<usize>>) -> Result<ValueId, ImportError> {
    match per {
        Some(shape) if node.importer.b.shape(id).len() == 1 && node.importer.b.ty(id).len() > 1 => {
            node.step(name, Reshape { shape }, &[id])
        }
        _ => Ok(id),
    }
}

/// The shape of a vector with one element for each row of the matrices in operand `index`.
fn rows(node: &Node<'_, '_>, index: usize) -> Result<Option<Vec<usize>>, ImportError> {
    let shape = node.shape(index)?;
    Ok(if let [.., rows, _] = shape.as_slice() { Some(vec![*rows, 1]) } else { None })
}
