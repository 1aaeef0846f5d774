use edgeconv_graph::op::{Binary, GlobalAveragePool, Pool, PoolKind, ReduceKind, Unary};
use edgeconv_graph::{DType, ValueId};

use super::super::ImportError;
use super::super::node::Node;
use super::sliding::Windows;
use super::{Entry, conv, pool_indices};

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("GlobalAveragePool", global_pool).since(1),
    Entry::new("GlobalMaxPool", global_pool).since(1),
    Entry::new("GlobalLpPool", global_lp_pool),
    Entry::new("MaxPool", max_pool).since(1),
    Entry::new("AveragePool", average_pool).since(1),
    Entry::new("LpPool", lp_pool),
];

/// One window over all spatial axes.
fn global_pool(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let x = node.input(0)?;
    let mean = node.proto.op_type() == "GlobalAveragePool";
    match shape.as_slice() {
        &[_, _, h, w] if !mean => {
            node.finish(Pool { kind: PoolKind::Max, kernel: [h, w], strides: [1; 2], pads: [0; 4] }, &[x])
        }
        [_, _, _, _] => node.finish(GlobalAveragePool, &[x]),
        _ => {
            let kind = if mean { ReduceKind::Mean } else { ReduceKind::Max };
            let axes: Vec<_> = (2..shape.len()).collect();
            let result = node.reduce(kind, x, &axes)?;
            node.result(result)
        }
    }
}

/// `(Σ |x|ᵖ)^(1/p)` over all spatial axes.
fn global_lp_pool(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let p = norm_order(node)?;
    let axes: Vec<_> = (2..node.dims(x).len()).collect();
    let powers = power(node, x, p)?;
    let sum = node.reduce(ReduceKind::Sum, powers, &axes)?;
    let result = root(node, sum, p)?;
    node.result(result)
}

/// The windows of a pool; with `ceil_mode` their number is rounded up.
fn windows(node: &Node<'_, '_>, lengths: &[usize]) -> Result<Windows, ImportError> {
    let kernel = node.lengths("kernel_shape")?.unwrap_or_default();
    let mut windows = Windows::of(node, lengths, kernel)?;
    let auto_pad = node.text("auto_pad", "NOTSET");
    if node.int("ceil_mode", 0) != 0 && !auto_pad.starts_with("SAME") {
        windows.round_up(lengths);
    }
    // By the letter of the specification the padding would be negative, which runtimes read in different ways.
    let skipped =
        |axis: usize| lengths[axis].saturating_sub((windows.count(lengths, axis) - 1) * windows.strides[axis]);
    if auto_pad.starts_with("SAME") && (0..lengths.len()).any(|axis| skipped(axis) > windows.kernel[axis] + 1) {
        return Err(node.unsupported("auto_pad with strides far larger than the window is ambiguous: give pads"));
    }
    Ok(windows)
}

fn spatial(node: &Node<'_, '_>) -> Result<Vec<usize>, ImportError> {
    let shape = node.shape(0)?;
    shape
        .get(2..)
        .filter(|lengths| !lengths.is_empty())
        .map(<[usize]>::to_vec)
        .ok_or_else(|| node.unsupported(format!("its data has the shape {shape:?}, expected [N, C, spatial…]")))
}

fn max_pool(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let lengths = spatial(node)?;
    let windows = windows(node, &lengths)?;
    let x = node.input(0)?;
    let dtype = node.dtype(x);
    let mut x = node.cast(x, DType::F32)?;
    if node.wants(1) {
        let (largest, positions) = pool_indices::max_pool(node, x, &windows)?;
        let largest = node.cast(largest, dtype)?;
        return node.results(&[largest, positions]);
    }
    let (mut windows, mut lengths) = (windows, lengths);
    for axis in 0..lengths.len() {
        let padding = windows.begins[axis].max(windows.ends[axis]);
        if windows.dilations[axis] > 1 || padding >= windows.kernel[axis] {
            x = spread(node, x, axis, &mut windows, &mut lengths)?;
        }
    }
    if dtype == DType::F32 && lengths.len() == 2 {
        return node.finish(plane(PoolKind::Max, &windows), &[x]);
    }
    let result = by_axis(node, x, &windows, &mut |node, x, windows| node.apply(plane(PoolKind::Max, windows), &[x]))?;
    let result = node.cast(result, dtype)?;
    node.result(result)
}

/// The pool over height and width.
fn plane(kind: PoolKind, windows: &Windows) -> Pool {
    Pool {
        kind,
        kernel: [windows.kernel[0], windows.kernel[1]],
        strides: [windows.strides[0], windows.strides[1]],
        pads: [windows.begins[0], windows.begins[1], windows.ends[0], windows.ends[1]],
    }
}

/// Puts what each window reads on an axis next to each other, so that windows are neither dilated nor padded. In place of
/// padding they read an element twice, which changes no maximum.
fn spread(
    node: &mut Node<'_, '_>,
    x: ValueId,
    axis: usize,
    windows: &mut Windows,
    lengths: &mut [usize],
) -> Result<ValueId, ImportError> {
    let mut positions = vec![];
    for window in 0..windows.count(lengths, axis) {
        let read = windows.positions(axis, lengths[axis], window);
        let Some(any) = read.iter().flatten().next().copied() else {
            return Err(node.unsupported(format!("window {window} on spatial axis {axis} has nothing but padding")));
        };
        positions.extend(read.into_iter().map(|position| position.unwrap_or(any)));
    }
    lengths[axis] = positions.len();
    (windows.strides[axis], windows.dilations[axis]) = (windows.kernel[axis], 1);
    (windows.begins[axis], windows.ends[axis]) = (0, 0);
    node.gather(x, axis + 2, [positions.len()], positions)
}

/// Applies `pool`, which works on `[N, C, H, W]`, to the last two axes and then to each other axis alone.
fn by_axis(
    node: &mut Node<'_, '_>,
    x: ValueId,
    windows: &Windows,
    pool: &mut dyn FnMut(&mut Node<'_, '_>, ValueId, &Windows) -> Result<ValueId, ImportError>,
) -> Result<ValueId, ImportError> {
    let mut shape = node.dims(x);
    let axes = windows.kernel.len();
    let mut x = x;
    let last = axes.saturating_sub(2)..axes;
    let others = (0..last.start).map(|axis| axis..axis + 1);
    for part in [last].into_iter().chain(others) {
        let pair = part.len() == 2;
        let over = windows.over(part.clone());
        let (before, inside) = shape.split_at(part.start + 2);
        let (here, behind) = inside.split_at(part.len());
        let channels = before[1..].iter().product();
        let (h, w) = if pair { (here[0], here[1]) } else { (here[0], behind.iter().product()) };
        let plane = node.reshape(x, [before[0], channels, h, w])?;
        let over = if pair { over } else { over.beside_single(false) };
        let pooled = pool(node, plane, &over)?;
        let result = node.dims(pooled);
        shape[part.start + 2] = result[2];
        if pair {
            shape[part.start + 3] = result[3];
        }
        x = node.reshape(pooled, shape.clone())?;
    }
    Ok(x)
}

fn average_pool(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let lengths = spatial(node)?;
    let windows = windows(node, &lengths)?;
    let padding_counts = node.int("count_include_pad", 0) != 0;
    let x = node.input(0)?;
    let padded = windows.pads().iter().any(|&pad| pad > 0);
    let dilated = windows.dilations.iter().any(|&dilation| dilation > 1);
    let wide = windows.pads().iter().zip(windows.kernel.iter().cycle()).any(|(pad, kernel)| pad >= kernel);
    if !dilated && !wide && (!padding_counts || !padded) {
        if lengths.len() == 2 {
            return node.finish(plane(PoolKind::Average, &windows), &[x]);
        }
        let pool = |windows: &Windows| plane(PoolKind::Average, windows);
        let result = by_axis(node, x, &windows, &mut |node, x, windows| node.apply(pool(windows), &[x]))?;
        return node.result(result);
    }
    let result = by_axis(node, x, &windows, &mut |node, x, windows| mean(node, x, windows, padding_counts))?;
    node.result(result)
}

/// The sum of each window over its number of elements.
fn mean(node: &mut Node<'_, '_>, x: ValueId, windows: &Windows, padding_counts: bool) -> Result<ValueId, ImportError> {
    let shape = node.dims(x);
    for axis in 0..2 {
        node.check_table(windows.count(&shape[2..], axis).saturating_mul(windows.kernel[axis]))?;
    }
    let counts = |axis: usize| {
        let (begin, length) = (windows.begins[axis], shape[axis + 2]);
        let behind = begin + length + windows.ends[axis] - windows.overhang[axis];
        let counted = if padding_counts { 0..behind } else { begin..begin + length };
        let windows_of_axis = 0..windows.count(&shape[2..], axis);
        windows_of_axis.map(|window| windows.taps(axis, window).filter(|tap| counted.contains(tap)).count()).collect()
    };
    let counts: [Vec<usize>; 2] = [counts(0), counts(1)];
    let [rows, columns] = &counts;
    if rows.contains(&0) || columns.contains(&0) {
        return Err(node.unsupported("a window has nothing but padding"));
    }
    if counts.iter().all(|counts| counts.iter().all(|count| *count == counts[0])) {
        return convolve_evenly(node, x, windows, 1.0 / (rows[0] * columns[0]) as f32);
    }
    let sum = convolve_evenly(node, x, windows, 1.0)?;
    let factors = rows.iter().flat_map(|row| columns.iter().map(move |column| 1.0 / (row * column) as f32)).collect();
    let factors = node.store_floats([1, 1, rows.len(), columns.len()], factors)?;
    node.apply(Binary::Mul, &[sum, factors])
}

/// The sum of each window of `[N, C, H, W]` times a factor: a depthwise convolution.
fn convolve_evenly(
    node: &mut Node<'_, '_>,
    x: ValueId,
    windows: &Windows,
    factor: f32,
) -> Result<ValueId, ImportError> {
    let channels = node.dims(x)[1];
    let shape = [&[channels, 1], windows.kernel.as_slice()].concat();
    let count = shape.iter().fold(1, |count: usize, &length| count.saturating_mul(length));
    node.check_table(count)?;
    let weight = node.store_floats(shape, vec![factor; count])?;
    node.apply(conv::plane(windows, channels), &[x, weight])
}

/// `(Σ |x|ᵖ)^(1/p)` of each window.
fn lp_pool(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let lengths = spatial(node)?;
    let windows = windows(node, &lengths)?;
    let p = norm_order(node)?;
    let x = node.input(0)?;
    let powers = power(node, x, p)?;
    let sum = by_axis(node, powers, &windows, &mut |node, x, windows| convolve_evenly(node, x, windows, 1.0))?;
    let result = root(node, sum, p)?;
    node.result(result)
}

fn norm_order(node: &Node<'_, '_>) -> Result<i64, ImportError> {
    let p = node.int("p", 2);
    if p > 0 { Ok(p) } else { Err(node.unsupported(format!("p = {p}, expected at least 1"))) }
}

/// `|x|ᵖ`.
fn power(node: &mut Node<'_, '_>, x: ValueId, p: i64) -> Result<ValueId, ImportError> {
    if p == 2 {
        return node.apply(Binary::Mul, &[x, x]);
    }
    let size = node.apply(Unary::Abs, &[x])?;
    if p == 1 { Ok(size) } else { node.with_number(Binary::Pow, size, p as f32) }
}

/// `x^(1/p)`.
fn root(node: &mut Node<'_, '_>, x: ValueId, p: i64) -> Result<ValueId, ImportError> {
    match p {
        1 => Ok(x),
        2 => node.apply(Unary::Sqrt, &[x]),
        _ => node.with_number(Binary::Pow, x, 1.0 / p as f32),
    }
}
