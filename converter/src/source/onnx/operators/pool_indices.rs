//! Positions of the largest elements: from a pool, and back.

use edgeconv_graph::op::{Arg, Binary, ReduceKind, Reshape, ScatterNd, ScatterReduction, Where};
use edgeconv_graph::{DType, ValueId};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;
use super::sliding::Windows;

pub(super) const OPERATORS: &[Entry] = &[Entry::new("MaxUnpool", max_unpool)
    .since(9)
    .limits("floats; indices count the elements of the result, as in ONNX Runtime and PyTorch")];

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
        // A row of all windows so far, and their taps so far.
        let elements = count.saturating_mul(windows.kernel[axis]).saturating_mul(table.iter().map(Vec::len).sum());
        node.check_table(elements)?;
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
///
/// Positions count the elements of the map that was pooled, which is the result. Where `output_shape` is larger than what the windows
/// reach, ONNX's own reference counts in the smaller map instead, in which the positions of an odd map mean other places; ONNX Runtime
/// and PyTorch do it as here.
fn max_unpool(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (x, positions) = (node.input(0)?, node.input(1)?);
    let shape = node.dims(x);
    if node.dims(positions) != shape {
        return Err(node.unsupported(format!("positions {:?} don't fit data {shape:?}", node.dims(positions))));
    }
    if node.dtype(x) != DType::F32 {
        return Err(node.unsupported("only floats are put at positions"));
    }
    let full = match node.ints(2)? {
        Some(wanted) => pooled_map(node, &shape, &wanted)?,
        None => reached_map(node, &shape)?,
    };
    let [count, updates] =
        [&full, &shape].map(|shape| shape.iter().fold(1, |count: usize, &n| count.saturating_mul(n)));
    let zero = node.store_number(DType::F32, 0.0)?;
    let zeros = node.expand(zero, &[count, 1])?;
    let elements = node.reshape(x, [updates, 1])?;
    let positions = node.reshape(positions, [updates, 1])?;
    let scattered = node.apply(ScatterNd { reduction: ScatterReduction::None }, &[zeros, positions, elements])?;
    node.finish(Reshape { shape: full }, &[scattered])
}

/// The map `[N, C, spatial…]` that `output_shape` gives.
fn pooled_map(node: &Node<'_, '_>, shape: &[usize], wanted: &[i64]) -> Result<Vec<usize>, ImportError> {
    let lengths = wanted.iter().map(|&length| usize::try_from(length)).collect::<Result<Vec<_>, _>>();
    let full =
        lengths.ok().filter(|full| full.len() == shape.len() && full.iter().zip(shape).take(2).all(|(a, b)| a == b));
    let full = full.filter(|full| full.iter().zip(shape).all(|(full, pooled)| full >= pooled));
    full.ok_or_else(|| node.unsupported(format!("output_shape {wanted:?} is not a map that becomes {shape:?}")))
}

/// The map `[N, C, spatial…]` that the windows reach.
fn reached_map(node: &Node<'_, '_>, shape: &[usize]) -> Result<Vec<usize>, ImportError> {
    let kernel = node.lengths("kernel_shape")?.unwrap_or_default();
    let axes = kernel.len();
    let strides = node.lengths("strides")?.unwrap_or_else(|| vec![1; axes]);
    let pads = node.lengths("pads")?.unwrap_or_else(|| vec![0; 2 * axes]);
    if shape.len() != axes + 2 || strides.len() != axes || pads.len() != 2 * axes {
        return Err(node.unsupported(format!("its attributes don't fit data {shape:?}")));
    }
    let mut full = shape[..2].to_vec();
    for axis in 0..axes {
        let windows = shape[axis + 2].saturating_sub(1).saturating_mul(strides[axis]);
        let reach = windows.saturating_add(kernel[axis]).checked_sub(pads[axis].saturating_add(pads[axis + axes]));
        full.push(reach.ok_or_else(|| node.unsupported(format!("pads {pads:?} leave nothing of the result")))?);
    }
    Ok(full)
}
