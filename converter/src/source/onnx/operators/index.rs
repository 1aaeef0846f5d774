//! Elements at indices. They become rows of a tensor with one axis for all that is indexed, and the indices numbers of these rows;
//! arithmetic on indices that are known is done now.

use edgeconv_graph::op::{Binary, Cast, Gather, Reduce, ReduceKind, Reshape};
use edgeconv_graph::{DType, Tensor, ValueId};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;

const LIMITS: &str = "indices that are computed at run time are not checked";

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("Gather", gather).since(1).limits(LIMITS),
    Entry::new("GatherElements", gather_elements).since(11).limits(LIMITS),
    Entry::new("GatherND", gather_nd).since(11).limits(LIMITS),
];

fn gather(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let axis = node.axis(node.int("axis", 0), shape.len())?;
    let (x, indices) = (node.input(0)?, node.input(1)?);
    let indices = counted_from_start(node, indices, &[shape[axis]])?;
    node.finish(Gather { axis }, &[x, indices])
}

/// `GatherElements`: an index for each element of the result.
fn gather_elements(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let axis = node.axis(node.int("axis", 0), shape.len())?;
    let elements = elements(node, 1, &shape, axis)?;
    let x = node.input(0)?;
    let flat = node.step("flat", Reshape { shape: vec![shape.iter().product()] }, &[x])?;
    node.finish(Gather { axis: 0 }, &[flat, elements])
}

/// `GatherND`: indices of several axes for each row of the result.
fn gather_nd(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let batch = usize::try_from(node.int("batch_dims", 0)).unwrap_or(usize::MAX);
    let (rows, depth) = rows(node, 1, &shape, batch)?;
    let count = shape[..depth].iter().product();
    let x = node.input(0)?;
    let flat = node.step("flat", Reshape { shape: [&[count], &shape[depth..]].concat() }, &[x])?;
    node.finish(Gather { axis: 0 }, &[flat, rows])
}

/// Indices along one axis as numbers of elements of the whole tensor.
pub(super) fn elements(
    node: &mut Node<'_, '_>,
    operand: usize,
    shape: &[usize],
    axis: usize,
) -> Result<ValueId, ImportError> {
    let picked = node.shape(operand)?;
    if picked.len() != shape.len() || (0..shape.len()).any(|other| other != axis && picked[other] > shape[other]) {
        return Err(node.unsupported(format!("indices {picked:?} do not fit {shape:?}")));
    }
    let indices = node.input(operand)?;
    let indices = counted_from_start(node, indices, &[shape[axis]])?;
    let stride = |axis: usize| shape[axis + 1..].iter().product::<usize>() as i64;
    let scaled = times(node, indices, &[stride(axis)])?;
    // Where the element stands along the other axes.
    let mut lengths = picked;
    lengths[axis] = 1;
    node.check_table(lengths.iter().product())?;
    let mut offsets = vec![0];
    for (axis, &length) in lengths.iter().enumerate() {
        let along = |&offset: &i64| (0..length as i64).map(move |index| offset + index * stride(axis));
        offsets = offsets.iter().flat_map(along).collect();
    }
    plus(node, "element", scaled, &lengths, offsets)
}

/// Indices along the axes behind `batch` as numbers of rows, and the axis with which the rows begin.
pub(super) fn rows(
    node: &mut Node<'_, '_>,
    operand: usize,
    shape: &[usize],
    batch: usize,
) -> Result<(ValueId, usize), ImportError> {
    let dims = node.shape(operand)?;
    let Some((&count, picked)) = dims.split_last() else { return Err(node.unsupported("its indices have no axis")) };
    let depth = batch.saturating_add(count);
    if depth > shape.len() || batch > picked.len() || picked[..batch] != shape[..batch] {
        return Err(node.unsupported(format!("indices {dims:?} do not fit {shape:?} with {batch} axes of a batch")));
    }
    let stride = |axis: usize| shape[axis + 1..depth].iter().product::<usize>() as i64;
    let indices = node.input(operand)?;
    let indices = counted_from_start(node, indices, &shape[batch..depth])?;
    let scaled = times(node, indices, &(batch..depth).map(stride).collect::<Vec<_>>())?;
    let sum = node.step("sum", Reduce { kind: ReduceKind::Sum, axes: vec![picked.len()] }, &[scaled])?;
    let sum = node.step("row", Reshape { shape: picked.to_vec() }, &[sum])?;
    let maps: usize = shape[..batch].iter().product();
    node.check_table(maps)?;
    let size: usize = shape[batch..depth].iter().product();
    let offsets = (0..maps as i64).map(|map| map * size as i64).collect();
    let mut lengths = picked.to_vec();
    lengths[batch..].fill(1);
    Ok((plus(node, "row_of_batch", sum, &lengths, offsets)?, depth))
}

/// Numbers for the last axis; a single one is a scalar, which leaves the shape of other operands as it is.
fn numbers(numbers: Vec<i64>) -> Tensor {
    let numbers = Tensor::indices(numbers);
    if numbers.len() == 1 { numbers.reshape([]).unwrap_or(numbers) } else { numbers }
}

/// Indices `[…, K]` into axes of these K lengths (or any into one), without negative ones, which count from the end.
fn counted_from_start(node: &mut Node<'_, '_>, indices: ValueId, lengths: &[usize]) -> Result<ValueId, ImportError> {
    let lengths: Vec<_> = lengths.iter().map(|&length| length as i64).collect();
    let Some(known) = node.importer.stored(indices) else {
        let indices = wide(node, indices)?;
        let lengths = node.add_constant("lengths", numbers(lengths))?;
        let positive = node.step("positive", Binary::Add, &[indices, lengths])?;
        return node.step("index", Binary::Fmod, &[positive, lengths]);
    };
    let shape = known.shape().to_vec();
    let Some(known) = known.to_i64() else {
        return Err(node.unsupported(format!("its indices are {}, expected integers", known.ty())));
    };
    if known.iter().all(|&index| index >= 0) && lengths.len() == 1 && known.iter().all(|&index| index < lengths[0]) {
        return Ok(indices);
    }
    let from_start = |(&index, &length): (&i64, &i64)| {
        let from_start = if index < 0 { index + length } else { index };
        let exists = (0..length).contains(&from_start);
        let missing = || node.unsupported(format!("index {index} does not exist in an axis of {length}"));
        if exists { Ok(from_start) } else { Err(missing()) }
    };
    let indices = known.iter().zip(lengths.iter().cycle()).map(from_start).collect::<Result<Vec<_>, _>>()?;
    let indices = Tensor::i64(shape, indices).map_err(edgeconv_graph::GraphError::from)?;
    node.add_constant("index", indices)
}

/// Indices as 64-bit integers.
pub(super) fn wide(node: &mut Node<'_, '_>, indices: ValueId) -> Result<ValueId, ImportError> {
    match node.dtype(indices) {
        DType::I64 => Ok(indices),
        _ => node.step("wide", Cast { to: DType::I64 }, &[indices]),
    }
}

/// Indices times constants.
fn times(node: &mut Node<'_, '_>, indices: ValueId, factors: &[i64]) -> Result<ValueId, ImportError> {
    if factors.iter().all(|&factor| factor == 1) {
        return Ok(indices);
    }
    let indices = wide(node, indices)?;
    let factors = node.add_constant("strides", numbers(factors.to_vec()))?;
    node.step("scaled", Binary::Mul, &[indices, factors])
}

/// Indices plus constants of a shape.
fn plus(
    node: &mut Node<'_, '_>,
    name: &str,
    indices: ValueId,
    shape: &[usize],
    summands: Vec<i64>,
) -> Result<ValueId, ImportError> {
    if summands.iter().all(|&summand| summand == 0) {
        return Ok(indices);
    }
    let indices = wide(node, indices)?;
    let summands = Tensor::i64(shape, summands).map_err(edgeconv_graph::GraphError::from)?;
    let summands = node.add_constant(&format!("{name}.offsets"), summands)?;
    node.step(name, Binary::Add, &[indices, summands])
}
