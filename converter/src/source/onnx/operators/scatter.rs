//! Elements put at indices: rows of a tensor with one axis for all that is indexed.

use std::borrow::Cow;

use edgeconv_graph::op::{Binary, Concat, Gather, Reshape, ScatterNd, ScatterReduction};
use edgeconv_graph::{Op, Tensor, ValueId};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;
use super::index::{elements, rows, wide};

const LIMITS: &str = "reductions max and min: indices known at conversion time; add and mul: floats; indices that are \
                      computed at run time are not checked";

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("Scatter", scatter_elements).since(9),
    Entry::new("ScatterElements", scatter_elements).since(11).limits(LIMITS),
    Entry::new("ScatterND", scatter_nd).since(11).limits(LIMITS),
    Entry::new("TensorScatter", tensor_scatter)
        .since(24)
        .limits("positions that are computed at run time are not checked"),
];

fn scatter_elements(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let axis = node.axis(node.int("axis", 0), shape.len())?;
    let elements = elements(node, 1, &shape, axis)?;
    if node.shape(1)? != node.shape(2)? {
        return Err(node.unsupported("indices and updates are of different shapes"));
    }
    scatter(node, &shape, elements, shape.iter().product())
}

fn scatter_nd(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    if let Some(starts) = region(node, &shape)? {
        let (data, new) = (node.input(0)?, node.input(2)?);
        let result = put(node, data, new, &starts, 0)?;
        return node.result(result);
    }
    let (rows, depth) = rows(node, 1, &shape, 0)?;
    let updates = [node.importer.b.shape(rows), &shape[depth..]].concat();
    if node.shape(2)? != updates {
        return Err(node.unsupported(format!("its updates are {:?}, expected {updates:?}", node.shape(2)?)));
    }
    scatter(node, &shape, rows, shape[..depth].iter().product())
}

/// Where the updates of a `ScatterND` begin on each axis of the data, if they replace a region of it, as assigning to a slice does.
fn region(node: &Node<'_, '_>, shape: &[usize]) -> Result<Option<Vec<usize>>, ImportError> {
    let (indices, updates) = (node.input(1)?, node.shape(2)?);
    let dims = node.dims(indices);
    let Some((&depth, grid)) = dims.split_last() else { return Ok(None) };
    let fits = depth == grid.len() && depth <= shape.len() && updates == [grid, &shape[depth..]].concat();
    if !fits || grid.contains(&0) || node.text("reduction", "none") != "none" {
        return Ok(None);
    }
    let starts = match node.importer.stored(node.input(1)?).and_then(Tensor::to_i64) {
        Some(indices) => starts_of(&indices, grid),
        None => (0..depth).map(|axis| start_on(node, indices, grid, axis)).collect(),
    };
    let inside = |starts: &Vec<usize>| (0..depth).all(|axis| starts[axis] + grid[axis] <= shape[axis]);
    Ok(starts.filter(inside))
}

/// The first of a grid's positions, if each is the first one plus its place in the grid.
fn starts_of(indices: &[i64], grid: &[usize]) -> Option<Vec<usize>> {
    let depth = grid.len();
    (0..depth).map(|axis| start_of(indices.iter().skip(axis).step_by(depth), grid, axis)).collect()
}

/// The first of the positions on one axis, if they count up along that axis of the grid.
fn start_of<'a>(mut numbers: impl Iterator<Item = &'a i64> + Clone, grid: &[usize], axis: usize) -> Option<usize> {
    let (&start, stride) = (numbers.clone().next()?, grid[axis + 1..].iter().product::<usize>());
    let mut places = (0..).map(|position| (position / stride % grid[axis]) as i64);
    numbers
        .all(|&number| places.next().is_some_and(|place| start.checked_add(place) == Some(number)))
        .then(|| usize::try_from(start).ok())?
}

/// The first position on an axis of a grid that is left to be computed: as the exporters write it, numbers that count up along that axis,
/// repeated along the others and joined with those of the others.
fn start_on(node: &Node<'_, '_>, indices: ValueId, grid: &[usize], axis: usize) -> Option<usize> {
    let b = &node.importer.b;
    let joined =
        b.producer(indices).filter(|node| matches!(node.op, Op::Concat(Concat { axis }) if axis == grid.len()))?;
    let column = *joined.inputs.get(axis).filter(|_| joined.inputs.len() == grid.len())?;
    if let Some(numbers) = b.tensor(column) {
        return start_of(numbers.to_i64()?.iter(), grid, axis);
    }
    let column = b.producer(column).filter(|node| matches!(node.op, Op::Reshape(_)))?;
    let repeated =
        b.producer(column.inputs[0]).filter(|node| matches!(&node.op, Op::Expand(expand) if expand.shape == grid))?;
    let counted = b.tensor(repeated.inputs[0])?;
    let shape = counted.shape();
    let along = (axis + shape.len()).checked_sub(grid.len());
    let lies_along = |(at, &length): (usize, &usize)| length == if Some(at) == along { grid[axis] } else { 1 };
    let fits = counted.len() == grid[axis] && shape.iter().enumerate().all(lies_along);
    start_of(counted.to_i64()?.iter(), &[grid[axis]], 0).filter(|_| fits)
}

/// The data with another region, which begins at `starts` on the axes from `axis` on.
fn put(
    node: &mut Node<'_, '_>,
    data: ValueId,
    new: ValueId,
    starts: &[usize],
    axis: usize,
) -> Result<ValueId, ImportError> {
    let Some(&start) = starts.get(axis) else { return Ok(new) };
    let (length, end) = (node.dims(data)[axis], start + node.dims(new)[axis]);
    let old = node.slice(data, axis, start, end)?;
    let middle = put(node, old, new, starts, axis + 1)?;
    let mut parts = vec![];
    if start > 0 {
        parts.push(node.slice(data, axis, 0, start)?);
    }
    parts.push(middle);
    if end < length {
        parts.push(node.slice(data, axis, end, length)?);
    }
    if parts.len() == 1 { Ok(middle) } else { node.apply(Concat { axis }, &parts) }
}

/// Puts the updates at the numbers of rows `indices` of the data seen as `count` rows.
fn scatter(node: &mut Node<'_, '_>, shape: &[usize], indices: ValueId, count: usize) -> Result<(), ImportError> {
    let width = shape.iter().product::<usize>().checked_div(count).unwrap_or(1);
    let updates: usize = node.importer.b.shape(indices).iter().product();
    let data = node.input(0)?;
    let data = node.step("rows", Reshape { shape: vec![count, width] }, &[data])?;
    let new = node.input(2)?;
    let new = node.step("updates", Reshape { shape: vec![updates, width] }, &[new])?;
    let indices = wide(node, indices)?;
    let indices = node.step("indices", Reshape { shape: vec![updates, 1] }, &[indices])?;
    let replaced = |reduction| ScatterNd { reduction };
    let scattered = match node.text("reduction", "none").as_str() {
        "none" => node.step("scattered", replaced(ScatterReduction::None), &[data, indices, new])?,
        "add" => node.step("scattered", replaced(ScatterReduction::Add), &[data, indices, new])?,
        "mul" => node.step("scattered", replaced(ScatterReduction::Mul), &[data, indices, new])?,
        "max" => extreme(node, Binary::Max, data, indices, new)?,
        "min" => extreme(node, Binary::Min, data, indices, new)?,
        other => return Err(node.unsupported(format!("reduction {other} is unknown"))),
    };
    let result = Reshape { shape: shape.to_vec() };
    node.finish(result, &[scattered])
}

/// More updates of one row are not looked at: each takes a pass over all rows.
const MAX_UPDATES: usize = 64;

/// The largest or smallest of a row and its updates: of all first updates, then of all second ones, ….
fn extreme(
    node: &mut Node<'_, '_>,
    of: Binary,
    data: ValueId,
    indices: ValueId,
    updates: ValueId,
) -> Result<ValueId, ImportError> {
    let Some(indices) = node.importer.tensor(indices).and_then(Tensor::to_i64).map(Cow::into_owned) else {
        return Err(node.unknown_operand(1));
    };
    let count = node.importer.b.shape(data)[0];
    node.check_table(count)?;
    let mut updates_of = vec![vec![]; count];
    for (update, &index) in indices.iter().enumerate() {
        updates_of[index as usize].push((count + update) as i64);
    }
    let most = updates_of.iter().map(Vec::len).max().unwrap_or_default();
    if most > MAX_UPDATES {
        return Err(node.unsupported(format!("{most} updates of one element, supported are {MAX_UPDATES}")));
    }
    let all = node.step("all", Concat { axis: 0 }, &[data, updates])?;
    let mut result = data;
    for turn in 0..most {
        let row = |(row, updates): (usize, &Vec<i64>)| updates.get(turn).copied().unwrap_or(row as i64);
        let rows = updates_of.iter().enumerate().map(row).collect();
        let rows = node.add_constant(&format!("rows_{turn}"), Tensor::indices(rows))?;
        let picked = node.step(&format!("picked_{turn}"), Gather { axis: 0 }, &[all, rows])?;
        result = node.step(&format!("extreme_{turn}"), of, &[result, picked])?;
    }
    Ok(result)
}

/// `TensorScatter`: new elements in a cache, from a position of each sample's own on; in mode `circular` the first one follows the last.
fn tensor_scatter(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (cache, update) = (node.input(0)?, node.input(1)?);
    let (shape, new) = (node.dims(cache), node.dims(update));
    let axis = node.axis(node.int("axis", -2), shape.len())?;
    let fits = |(index, (&old, &new)): (usize, (&usize, &usize))| if index == axis { new <= old } else { new == old };
    if axis == 0 || new.len() != shape.len() || !shape.iter().zip(&new).enumerate().all(fits) {
        return Err(node.unsupported(format!("{new:?} is not a part of {shape:?} along axis {axis}")));
    }
    let (samples, length, count) = (shape[0], shape[axis], new[axis]);
    // The axis behind that of the samples.
    let perm: Vec<_> = [0, axis].into_iter().chain((1..shape.len()).filter(|&other| other != axis)).collect();
    let rows = rows_of(node, cache, &perm, samples * length)?;
    let new_rows = rows_of(node, update, &perm, samples * count)?;
    let starts = match node.optional(2)? {
        Some(starts) => wide(node, starts)?,
        None => node.store_ints([samples], vec![0; samples])?,
    };
    let starts = node.reshape(starts, [samples, 1])?;
    let steps = node.store_ints([1, count], (0..count as i64).collect())?;
    let mut positions = node.apply(Binary::Add, &[starts, steps])?;
    match node.text("mode", "linear").as_str() {
        "linear" => {}
        "circular" => positions = node.with_number(Binary::Mod, positions, length as f32)?,
        mode => return Err(node.unsupported(format!("mode {mode} is unknown"))),
    }
    let firsts = node.store_ints([samples, 1], (0..samples).map(|sample| (sample * length) as i64).collect())?;
    let positions = node.apply(Binary::Add, &[positions, firsts])?;
    let positions = node.reshape(positions, [samples * count, 1])?;
    let scattered = node.apply(ScatterNd { reduction: ScatterReduction::None }, &[rows, positions, new_rows])?;
    let turned = node.reshape(scattered, perm.iter().map(|&axis| shape[axis]).collect::<Vec<_>>())?;
    let back = (0..shape.len()).filter_map(|axis| perm.iter().position(|&other| other == axis)).collect::<Vec<_>>();
    let result = node.transpose(turned, back)?;
    node.result(result)
}

/// A tensor with its axes in another order, as rows.
fn rows_of(node: &mut Node<'_, '_>, x: ValueId, perm: &[usize], count: usize) -> Result<ValueId, ImportError> {
    let width = node.dims(x).iter().product::<usize>().checked_div(count).unwrap_or(1);
    let turned = node.transpose(x, perm)?;
    node.reshape(turned, [count, width])
}
