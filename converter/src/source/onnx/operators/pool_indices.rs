//! Positions of the largest elements: from a pool, and back.

use edgeconv_graph::op::{Arg, Binary, Concat, ReduceKind, ScatterNd, ScatterReduction, Where};
use edgeconv_graph::{DType, ValueId};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;
use super::sliding::Windows;

pub(super) const OPERATORS: &[Entry] = &[Entry::new("MaxUnpool", max_unpool).since(9).limits("floats")];

/// More windows times taps would make the table of positions too large.
const MOST_POSITIONS: usize = 1 << 24;

/// `MaxPool` of floats `[N, C, spatial…]`: the largest elements, and their positions among all elements.
pub(super) fn max_pool(
    node: &mut Node<'_, '_>,
    x: ValueId,
    windows: &Windows,
) -> Result<(ValueId, ValueId), ImportError> {
    let shape = node.dims(x);
    let (n, channels, lengths) = (shape[0], shape[1], &shape[2..]);
    let axes = 0..lengths.len();
    let column_major = node.int("storage_order", 0) != 0;
    let stride = |axis: usize| -> usize {
        if column_major { lengths[..axis].iter().product() } else { lengths[axis + 1..].iter().product() }
    };
    let mut read = x;
    // For each window the positions of its taps; windows of the axes before, then taps of the axes before.
    let mut table = vec![vec![0]];
    let mut counts = vec![];
    for axis in axes.clone() {
        let count = windows.count(lengths, axis);
        let mut positions = vec![];
        for window in 0..count {
            let taps = windows.positions(axis, lengths[axis], window);
            let Some(any) = taps.iter().flatten().next().copied() else {
                return Err(node.unsupported(format!("window {window} on spatial axis {axis} has nothing but padding")));
            };
            // Reading an element twice changes nothing.
            positions.push(taps.into_iter().map(|tap| tap.unwrap_or(any)).collect::<Vec<_>>());
        }
        read = node.gather(read, axis + 2, [count * windows.kernel[axis]], positions.concat())?;
        let with = |before: &Vec<usize>, taps: &Vec<usize>| {
            before.iter().flat_map(|&from| taps.iter().map(move |&tap| from + tap * stride(axis))).collect()
        };
        table = table
            .iter()
            .flat_map(|before| positions.iter().map(|taps| with(before, taps)).collect::<Vec<_>>())
            .collect();
        counts.push(count);
    }
    let (places, taps) = (table.len(), windows.kernel.iter().product::<usize>());
    if places.saturating_mul(taps) > MOST_POSITIONS {
        return Err(node.unsupported(format!("positions in {places} windows of {taps} elements are too many")));
    }
    let pairs = axes.clone().flat_map(|axis| [counts[axis], windows.kernel[axis]]);
    let lifted = [n, channels].into_iter().chain(pairs).collect::<Vec<_>>();
    let order = [0, 1].into_iter().chain(axes.clone().map(|axis| 2 + 2 * axis)).chain(axes.map(|axis| 3 + 2 * axis));
    let lifted = node.reshape(read, lifted)?;
    let turned = node.transpose(lifted, order.collect::<Vec<_>>())?;
    let rows = node.reshape(turned, [n, channels, places, taps])?;
    let largest = node.reduce(ReduceKind::Max, rows, &[3])?;
    let tap = node.apply(Arg { largest: true, axis: 3 }, &[rows])?;
    let numbers = node.store_ints([1, 1, 1, taps], (0..taps as i64).collect())?;
    let found = node.apply(Binary::Equal, &[tap, numbers])?;
    let table = table.into_iter().flatten().map(|position| position as i64).collect();
    let table = node.store_ints([1, 1, places, taps], table)?;
    let zero = node.store_ints([1, 1, 1, 1], vec![0])?;
    let position = node.apply(Where, &[found, table, zero])?;
    let position = node.reduce(ReduceKind::Sum, position, &[3])?;
    let map: usize = lengths.iter().product();
    let maps = (0..n * channels).map(|index| (index * map) as i64).collect();
    let maps = node.store_ints([n, channels, 1, 1], maps)?;
    let position = node.apply(Binary::Add, &[position, maps])?;
    let pooled = [&[n, channels], counts.as_slice()].concat();
    Ok((node.reshape(largest, pooled.clone())?, node.reshape(position, pooled)?))
}

/// Puts elements at positions among those of the result, which is zero elsewhere.
fn max_unpool(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (x, positions) = (node.input(0)?, node.input(1)?);
    let shape = node.dims(x);
    let kernel = node.lengths("kernel_shape")?.unwrap_or_default();
    let axes = kernel.len();
    let strides = node.lengths("strides")?.unwrap_or_else(|| vec![1; axes]);
    let pads = node.lengths("pads")?.unwrap_or_else(|| vec![0; 2 * axes]);
    if shape.len() != axes + 2 || strides.len() != axes || pads.len() != 2 * axes || node.dims(positions) != shape {
        return Err(node.unsupported(format!("its attributes or positions don't fit data {shape:?}")));
    }
    if node.dtype(x) != DType::F32 {
        return Err(node.unsupported("only floats are put at positions"));
    }
    let mut full = shape[..2].to_vec();
    for axis in 0..axes {
        let reach = (shape[axis + 2].saturating_sub(1) * strides[axis] + kernel[axis])
            .checked_sub(pads[axis] + pads[axis + axes]);
        full.push(reach.ok_or_else(|| node.unsupported(format!("pads {pads:?} leave nothing of the result")))?);
    }
    let (count, updates) = (full.iter().product::<usize>(), shape.iter().product::<usize>());
    let zeros = node.store_floats([count, 1], vec![0.0; count])?;
    let elements = node.reshape(x, [updates, 1])?;
    let positions = node.reshape(positions, [updates, 1])?;
    let scattered = node.apply(ScatterNd { reduction: ScatterReduction::None }, &[zeros, positions, elements])?;
    let mut result = node.reshape(scattered, full.clone())?;
    let wanted = node.ints(2)?.unwrap_or_default();
    for (axis, &wanted) in wanted.iter().enumerate() {
        let missing = usize::try_from(wanted).ok().and_then(|wanted| wanted.checked_sub(full[axis]));
        match missing {
            Some(0) => {}
            Some(missing) => {
                full[axis] = missing;
                let zeros = node.store_floats(full.clone(), vec![0.0; full.iter().product()])?;
                result = node.apply(Concat { axis }, &[result, zeros])?;
                full = node.dims(result);
            }
            None => return Err(node.unsupported(format!("output_shape cuts axis {axis} of {full:?} to {wanted}"))),
        }
    }
    node.result(result)
}
