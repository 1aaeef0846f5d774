use edgeconv_graph::op::{Binary, Gather, Slice};
use edgeconv_graph::{Tensor, ValueId};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;
use super::index::wide;

pub(super) const OPERATORS: &[Entry] = &[Entry::new("Slice", slice).since(1).limits("bounds known at conversion time")];

/// `Slice`, one axis after the other; bounds are attributes before opset 10.
fn slice(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let rank = node.shape(0)?.len();
    let missing = || node.unsupported("starts or ends are missing");
    let operand = |index: usize, name: &str| match node.has(index) {
        true => node.ints(index),
        false => Ok(node.list(name)),
    };
    let starts = operand(1, "starts")?.ok_or_else(missing)?;
    let ends = operand(2, "ends")?.ok_or_else(missing)?;
    let axes = operand(3, "axes")?.unwrap_or_else(|| (0..starts.len() as i64).collect());
    let steps = node.ints(4)?.unwrap_or_else(|| vec![1; starts.len()]);
    if [&ends, &axes, &steps].iter().any(|list| list.len() != starts.len()) {
        return Err(node.unsupported("starts, ends, axes and steps are of different lengths"));
    }
    let mut value = node.input(0)?;
    for index in 0..starts.len() {
        let axis = node.axis(axes[index], rank)?;
        note_bounds(node, index, node.dims(value)[axis])?;
        value = cut(node, value, axis, [starts[index], ends[index], steps[index]])?;
    }
    node.result(value)
}

/// Notes how bounds from a network's sizes become those of a slice of this length, and what is left between them, for files of any size.
fn note_bounds(node: &mut Node<'_, '_>, index: usize, length: usize) -> Result<(), ImportError> {
    if !(1..3).any(|operand| node.is_of_sizes(operand)) {
        return Ok(());
    }
    let whole = node.add_constant("whole", Tensor::indices(vec![length as i64]))?;
    let zero = node.add_constant("zero", Tensor::indices(vec![0]))?;
    let mut bounds = vec![];
    for operand in 1..3 {
        let given = node.input(operand)?;
        let part = Slice { axis: 0, start: index, end: index + 1, step: 1 };
        let mut bound = node.step("bound", part, &[given])?;
        bound = wide(node, bound)?;
        if node.ints(operand)?.is_some_and(|bounds| bounds[index] < 0) {
            bound = node.step("from_start", Binary::Add, &[bound, whole])?;
        }
        bound = node.step("inside", Binary::Max, &[bound, zero])?;
        bounds.push(node.step("reached", Binary::Min, &[bound, whole])?);
    }
    node.step("left", Binary::Sub, &[bounds[1], bounds[0]])?;
    Ok(())
}

/// The elements from `start` to before `end`; backwards they are picked one by one.
fn cut(
    node: &mut Node<'_, '_>,
    value: ValueId,
    axis: usize,
    [start, end, step]: [i64; 3],
) -> Result<ValueId, ImportError> {
    let length = node.importer.b.shape(value)[axis] as i64;
    let name = format!("axis_{axis}");
    let bound = |bound: i64, first: i64, last: i64| {
        (if bound < 0 { bound.saturating_add(length) } else { bound }).clamp(first, last)
    };
    if step > 0 {
        let (start, end) = (bound(start, 0, length), bound(end, 0, length));
        let slice =
            Slice { axis, start: start as usize, end: start.max(end) as usize, step: step.min(length.max(1)) as usize };
        return node.step(&name, slice, &[value]);
    }
    if step == 0 {
        return Err(node.unsupported("a step is 0"));
    }
    let (start, end) = (bound(start, -1, length - 1), bound(end, -1, length - 1));
    node.check_table(length as usize)?;
    let indices = std::iter::successors(Some(start), |index| index.checked_add(step)).take_while(|&index| index > end);
    let indices = node.add_constant(&format!("indices_{axis}"), Tensor::indices(indices.collect()))?;
    node.step(&name, Gather { axis }, &[value, indices])
}
