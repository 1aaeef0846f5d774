//! Quantised operators, as the arithmetic on floats that they stand for.

use edgeconv_graph::op::{Binary, Cast, Clip, Expand, Reduce, ReduceKind, Reshape, Slice, Unary};
use edgeconv_graph::{DType, Tensor, ValueId};

use super::super::node::Node;
use super::super::width::{Quantized, narrow};
use super::super::{ImportError, tensor};
use super::Entry;
use crate::proto::NodeProto;
use crate::proto::tensor_proto::DataType;

const TYPES: &str = "4, 8 and 16 bits";
const SUMS: &str = "sums up to 2^24";

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("QuantizeLinear", quantize).since(10).limits(TYPES),
    Entry::new("DequantizeLinear", dequantize).since(10).limits(TYPES),
    Entry::new("DynamicQuantizeLinear", dynamic_quantize).since(11),
    Entry::new("QLinearConv", q_linear_conv).since(10).limits(SUMS),
    Entry::new("QLinearMatMul", q_linear_mat_mul).since(10).limits(SUMS),
    Entry::new("ConvInteger", conv_integer).since(10).limits(SUMS),
    Entry::new("MatMulInteger", mat_mul_integer).since(10).limits(SUMS),
];

/// `saturate(round(x / scale) + zero point)`.
fn quantize(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let x = float(node, "x", 0)?;
    let width = match (node.has(2), node.int("output_dtype", 0)) {
        (true, _) => node.width(node.input(2)?),
        (false, 0) => DataType::Uint8,
        (false, other) => tensor::data_type(other as i32).map_err(|reason| node.unsupported(reason))?,
    };
    let scale = node.input(1)?;
    let scale = spread(node, "scale", scale, &shape)?;
    let scaled = node.step("scaled", Binary::Div, &[x, scale])?;
    let zero = zero_point(node, 2, &shape)?;
    let whole = saturate(node, scaled, zero, width)?;
    node.whole_result(whole, width)
}

/// `(x − zero point) · scale`. Behind a quantisation with the same zero point, that is not added in the first place.
fn dequantize(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let zero = zero_point(node, 2, &shape)?;
    let known = number(node, zero);
    let before = node.importer.quantized.get(&node.input(0)?).and_then(|before| before.centred);
    let centred = match (before, zero) {
        (Some((centred, before)), _) if Some(before) == known => centred,
        (_, Some(zero)) => {
            let x = float(node, "x", 0)?;
            node.step("shifted", Binary::Sub, &[x, zero])?
        }
        (_, None) => float(node, "x", 0)?,
    };
    let scale = node.input(1)?;
    let scale = spread(node, "scale", scale, &shape)?;
    node.finish(Binary::Mul, &[centred, scale])
}

/// `DynamicQuantizeLinear`: to 8 bits without sign, so that 0 and all elements fit.
fn dynamic_quantize(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let axes: Vec<_> = (0..node.shape(0)?.len()).collect();
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
    let point = node.step("point.clipped", Clip { min: 0.0, max: 255.0 }, &[point])?;
    let point = node.step("point.rounded", Unary::Round, &[point])?;
    let scaled = node.step("scaled", Binary::Div, &[x, scale])?;
    let whole = saturate(node, scaled, Some(point), DataType::Uint8)?;
    let point = node.step("point.whole", Cast { to: DType::I64 }, &[point])?;
    node.importer.note_width(whole, DataType::Uint8.into());
    node.importer.note_width(point, DataType::Uint8.into());
    node.results(&[whole, scale, point])
}

/// `QLinearConv`: data, its scale and zero point; weight, its own; those of the result; bias.
fn q_linear_conv(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let channels = node.shape(3)?.first().copied().unwrap_or_default();
    let rank = node.shape(0)?.len();
    let data = centred(node, "x", 0, 2, None)?;
    let weight =
        centred(node, "w", 3, 5, Some(vec![channels, 1, 1, 1].into_iter().chain([1; 8]).take(rank).collect()))?;
    let mut operands = vec![data, weight];
    if node.has(8) {
        operands.push(float(node, "bias", 8)?);
    }
    let sum = call(node, "Conv", &operands)?;
    let per_channel = [1, channels].into_iter().chain([1; 8]).take(rank).collect();
    let factor = factor(node, [1, 4, 6], None, Some(per_channel))?;
    let scaled = node.step("scaled", Binary::Mul, &[sum, factor])?;
    finish_quantized(node, scaled, 7)
}

/// `QLinearMatMul`: both operands with scale and zero point, then those of the result.
fn q_linear_mat_mul(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let rows = rows(node, 0)?;
    let (a, b) = (centred(node, "a", 0, 2, rows.clone())?, centred(node, "b", 3, 5, None)?);
    let sum = call(node, "MatMul", &[a, b])?;
    let factor = factor(node, [1, 4, 6], rows, None)?;
    let scaled = node.step("scaled", Binary::Mul, &[sum, factor])?;
    finish_quantized(node, scaled, 7)
}

fn conv_integer(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let channels = node.shape(1)?.first().copied().unwrap_or_default();
    let rank = node.shape(0)?.len();
    let per_output = [channels].into_iter().chain([1; 8]).take(rank).collect();
    let (data, weight) = (centred(node, "x", 0, 2, None)?, centred(node, "w", 1, 3, Some(per_output))?);
    let sum = call(node, "Conv", &[data, weight])?;
    finish_sum(node, sum)
}

fn mat_mul_integer(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let rows = rows(node, 0)?;
    let (a, b) = (centred(node, "a", 0, 2, rows)?, centred(node, "b", 1, 3, None)?);
    let sum = call(node, "MatMul", &[a, b])?;
    finish_sum(node, sum)
}

/// Whole numbers from sums that convolutions may have computed with fractions (Winograd).
fn finish_sum(node: &mut Node<'_, '_>, sum: ValueId) -> Result<(), ImportError> {
    let rounded = node.step("rounded", Unary::Round, &[sum])?;
    let whole = node.step("whole", Cast { to: DType::I64 }, &[rounded])?;
    node.whole_result(whole, DataType::Int32)
}

/// The result of the type that the zero point in operand `zero` has.
fn finish_quantized(node: &mut Node<'_, '_>, scaled: ValueId, zero: usize) -> Result<(), ImportError> {
    let width = node.width(node.input(zero)?);
    let zero = zero_point(node, zero, &[])?;
    let whole = saturate(node, scaled, zero, width)?;
    node.whole_result(whole, width)
}

/// `clamp(round(x) + zero)` to the numbers of a type, whole numbers. Rounding is cheaper on a bounded range, so that comes first
/// where it can.
fn saturate(node: &mut Node<'_, '_>, x: ValueId, zero: Option<ValueId>, to: DataType) -> Result<ValueId, ImportError> {
    let (min, max) =
        narrow(to).ok_or_else(|| node.unsupported(format!("it can't quantise to {}", to.as_str_name())))?;
    let (min, max) = (min as f32, max as f32);
    let known = number(node, zero);
    let bounded = match known {
        Some(zero) => node.step("clipped", Clip { min: min - zero, max: max - zero }, &[x])?,
        None => x,
    };
    let rounded = node.step("rounded", Unary::Round, &[bounded])?;
    let mut value = rounded;
    if let Some(zero) = zero.filter(|_| known != Some(0.0)) {
        value = node.step("shifted", Binary::Add, &[value, zero])?;
    }
    if known.is_none() {
        value = node.step("clipped", Clip { min, max }, &[value])?;
    }
    let whole = node.step("whole", Cast { to: DType::I64 }, &[value])?;
    let quantized = Quantized { float: value, centred: known.map(|zero| (rounded, zero)) };
    node.importer.quantized.insert(whole, quantized);
    Ok(whole)
}

/// The number that a zero point is known to be; 0 if there is none.
fn number(node: &Node<'_, '_>, zero: Option<ValueId>) -> Option<f32> {
    let Some(zero) = zero else { return Some(0.0) };
    match node.importer.b.tensor(zero)?.as_f32()? {
        &[zero] => Some(zero),
        _ => None,
    }
}

/// An operand as floats.
fn float(node: &mut Node<'_, '_>, name: &str, index: usize) -> Result<ValueId, ImportError> {
    let x = node.input(index)?;
    if let Some(before) = node.importer.quantized.get(&x) {
        return Ok(before.float);
    }
    if node.ty(index)?.dtype == DType::F32 {
        return Ok(x);
    }
    node.step(&format!("{name}.float"), Cast { to: DType::F32 }, &[x])
}

/// The zero point in operand `index` as floats, as `spread` has it for data of `shape`; none if it is 0.
fn zero_point(node: &mut Node<'_, '_>, index: usize, shape: &[usize]) -> Result<Option<ValueId>, ImportError> {
    if !node.has(index) {
        return Ok(None);
    }
    let zero = float(node, "zero", index)?;
    let all_zero =
        node.importer.b.tensor(zero).and_then(Tensor::as_f32).is_some_and(|zero| zero.iter().all(|&x| x == 0.0));
    if all_zero { Ok(None) } else { spread(node, "zero", zero, shape).map(Some) }
}

/// Quantised numbers in operand `index` without their zero point, which may have one element for each index of an axis: `per` is
/// the shape that puts it there.
fn centred(
    node: &mut Node<'_, '_>,
    name: &str,
    index: usize,
    zero: usize,
    per: Option<Vec<usize>>,
) -> Result<ValueId, ImportError> {
    let x = float(node, name, index)?;
    if !node.has(zero) {
        return Ok(x);
    }
    let zero = float(node, &format!("{name}.zero"), zero)?;
    let zero = placed(node, &format!("{name}.zero.placed"), zero, per)?;
    let constant = node.importer.b.tensor(zero).and_then(Tensor::as_f32);
    if constant.is_some_and(|zero| zero.iter().all(|&x| x == 0.0)) {
        return Ok(x);
    }
    node.step(&format!("{name}.centred"), Binary::Sub, &[x, zero])
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

/// The result of another ONNX operator with the attributes of this node.
fn call(node: &mut Node<'_, '_>, op: &str, operands: &[ValueId]) -> Result<ValueId, ImportError> {
    let mut proto = NodeProto { op_type: Some(op.to_owned()), ..node.proto.clone() };
    let name = format!("{}.{}", node.name(), op.to_lowercase());
    proto.output = vec![name.clone()];
    proto.input = (0..operands.len()).map(|index| format!("{name}.{index}")).collect();
    node.importer.values.extend(proto.input.iter().cloned().zip(operands.iter().copied()));
    super::import(&mut Node { proto: &proto, importer: node.importer, steps: 0 })?;
    node.importer.values.get(&name).copied().ok_or_else(|| node.unsupported("it has no result"))
}

/// A scale or zero point so that it can be broadcast to data of `shape`: one number, one for each index of `axis`, or one for
/// each block of `block_size` indices.
fn spread(node: &mut Node<'_, '_>, name: &str, id: ValueId, shape: &[usize]) -> Result<ValueId, ImportError> {
    let given = node.importer.b.shape(id).to_vec();
    if given.iter().product::<usize>() == 1 {
        return if given.is_empty() {
            Ok(id)
        } else {
            node.step(&format!("{name}.one"), Reshape { shape: vec![] }, &[id])
        };
    }
    let axis = node.axis(node.int("axis", 1), shape.len())?;
    let (length, block) = (shape[axis], node.int("block_size", 0).max(0) as usize);
    if block == 0 && given == [length] {
        let mut shape = vec![1; shape.len()];
        shape[axis] = length;
        return node.step(&format!("{name}.axis"), Reshape { shape }, &[id]);
    }
    let mut blocks = shape.to_vec();
    blocks[axis] = if block == 0 { 0 } else { length.div_ceil(block) };
    if given != blocks {
        return Err(node.unsupported(format!("{name} of shape {given:?} does not fit data of shape {shape:?}")));
    }
    let mut column = blocks.clone();
    column.insert(axis + 1, 1);
    let mut repeated = column.clone();
    repeated[axis + 1] = block;
    let mut joined = blocks;
    joined[axis] *= block;
    let columns = node.step(&format!("{name}.column"), Reshape { shape: column }, &[id])?;
    let repeated = node.step(&format!("{name}.repeated"), Expand { shape: repeated }, &[columns])?;
    let joined = node.step(&format!("{name}.joined"), Reshape { shape: joined }, &[repeated])?;
    node.step(&format!("{name}.blocks"), Slice { axis, start: 0, end: length, step: 1 }, &[joined])
}
