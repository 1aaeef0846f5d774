//! Elements that a condition or lengths choose.

use edgeconv_graph::op::{Binary, Gather, Reshape, Where};
use edgeconv_graph::{DType, Tensor};

use super::super::ImportError;
use super::super::bounded::Rows;
use super::super::node::Node;
use super::Entry;

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("Compress", compress)
        .since(9)
        .limits("as many rows as there may be, and a count, unless the condition is known at conversion time"),
    Entry::new("NonZero", non_zero)
        .since(9)
        .limits("as many rows as there may be, and a count, unless the operand is known at conversion time"),
    Entry::new("ReverseSequence", reverse_sequence).since(10),
];

/// `Compress`: what stands where the condition is true.
fn compress(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    if node.constant(1).is_none() {
        return compress_by_data(node);
    }
    let Some(condition) = node.known(1)?.and_then(Tensor::as_bool) else {
        return Err(node.unsupported("its condition is not a boolean"));
    };
    let chosen = condition.iter().enumerate().filter(|&(_, &truth)| truth).map(|(index, _)| index as i64).collect();
    let chosen = node.add_constant("chosen", Tensor::indices(chosen))?;
    let x = node.input(0)?;
    if node.attribute("axis").is_some() {
        let axis = node.axis(node.int("axis", 0), shape.len())?;
        return node.finish(Gather { axis }, &[x, chosen]);
    }
    let flat = node.step("flat", Reshape { shape: vec![shape.iter().product()] }, &[x])?;
    node.finish(Gather { axis: 0 }, &[flat, chosen])
}

/// The same where the condition depends on data: all of the elements, those first where it is true.
fn compress_by_data(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (mut x, condition) = (node.input(0)?, node.input(1)?);
    let axis = match node.attribute("axis") {
        Some(_) => node.axis(node.int("axis", 0), node.dims(x).len())?,
        None => {
            x = node.reshape(x, [node.dims(x).iter().product()])?;
            0
        }
    };
    let count = node.dims(condition).iter().product();
    x = node.slice(x, axis, 0, count)?;
    let (order, there) = node.first_true(condition)?;
    let rows = node.apply(Gather { axis }, &[x, order])?;
    node.importer.bounded.insert(rows, Rows { axis, there });
    node.result(rows)
}

/// `NonZero` where the operand depends on data: the indices of all elements, first of those that are not 0.
fn non_zero_by_data(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let shape = if node.dims(x).is_empty() { vec![1] } else { node.dims(x) };
    let count: usize = shape.iter().product();
    node.check_table(count.saturating_mul(shape.len()))?;
    let there = node.cast(x, DType::Bool)?;
    let there = node.reshape(there, [count])?;
    let (order, there) = node.first_true(there)?;
    let index = |axis: usize| {
        let stride: usize = shape[axis + 1..].iter().product();
        let length = shape[axis];
        (0..count).map(move |element| (element / stride % length) as i64)
    };
    let indices = node.store_ints([shape.len(), count], (0..shape.len()).flat_map(index).collect())?;
    let indices = node.apply(Gather { axis: 1 }, &[indices, order])?;
    node.importer.bounded.insert(indices, Rows { axis: 1, there });
    node.result(indices)
}

/// `NonZero`: the indices `[rank, N]` of elements that are not 0.
fn non_zero(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    if node.constant(0).is_none() {
        return non_zero_by_data(node);
    }
    let Some(known) = node.known(0)? else { return Err(node.unsupported("its operand is missing")) };
    let found: Vec<_> = known.numbers().enumerate().filter(|&(_, x)| x != 0.0).map(|(index, _)| index).collect();
    // A scalar has one index, as a vector of one element has.
    let shape = if shape.is_empty() { vec![1] } else { shape };
    let index = |axis: usize| {
        let stride: usize = shape[axis + 1..].iter().product();
        let length = shape[axis];
        found.iter().map(move |&element| (element / stride % length) as i64)
    };
    let indices = (0..shape.len()).flat_map(index).collect();
    let indices = Tensor::i64([shape.len(), found.len()], indices).map_err(edgeconv_graph::GraphError::from)?;
    node.finish_constant(indices)
}

/// `ReverseSequence`: the first elements along the time axis, as many as the lengths say, in reverse order.
fn reverse_sequence(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let time = node.axis(node.int("time_axis", 0), shape.len())?;
    let batch = node.axis(node.int("batch_axis", 1), shape.len())?;
    if (time.min(batch), time.max(batch)) != (0, 1) || node.shape(1)? != [shape[batch]] {
        return Err(node.unsupported(format!("axes {time} and {batch} of {shape:?} and lengths {:?}", node.shape(1)?)));
    }
    node.check_table(shape[0] + shape[1])?;
    let along = |axis: usize, numbers: Vec<i64>| {
        let mut shape = [1, 1];
        shape[axis] = numbers.len();
        Tensor::i64(shape, numbers).map_err(edgeconv_graph::GraphError::from)
    };
    let steps = 0..shape[time] as i64;
    let now = node.add_constant("now", along(time, steps.clone().collect())?)?;
    let next = node.add_constant("next", along(time, steps.map(|step| step + 1).collect())?)?;
    let mut lengths_shape = vec![1, 1];
    lengths_shape[batch] = shape[batch];
    let lengths = node.input(1)?;
    let lengths = node.step("lengths", Reshape { shape: lengths_shape }, &[lengths])?;
    let counted_back = node.step("counted_back", Binary::Sub, &[lengths, next])?;
    let is_reversed = node.step("is_reversed", Binary::Less, &[now, lengths])?;
    let source = node.step("source", Where, &[is_reversed, counted_back, now])?;
    let stride = |axis: usize| if axis == 0 { shape[1] as i64 } else { 1 };
    let scale = node.add_constant("stride", Tensor::indices(vec![stride(time)]))?;
    let offsets = along(batch, (0..shape[batch] as i64).map(|index| index * stride(batch)).collect())?;
    let offsets = node.add_constant("offsets", offsets)?;
    let scaled = node.step("scaled", Binary::Mul, &[source, scale])?;
    let rows = node.step("rows", Binary::Add, &[scaled, offsets])?;
    let x = node.input(0)?;
    let flat = [&[shape[0] * shape[1]], &shape[2..]].concat();
    let flat = node.step("flat", Reshape { shape: flat }, &[x])?;
    node.finish(Gather { axis: 0 }, &[flat, rows])
}
