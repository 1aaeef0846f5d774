use edgeconv_graph::op::{Binary, Concat, Conv, GridPadding, GridSample};
use edgeconv_graph::{Op, ValueId};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;
use super::sliding::Windows;

pub(super) const OPERATORS: &[Entry] = &[Entry::new("DeformConv", deform_conv).since(19).limits("two spatial axes")];

/// A convolution whose taps read between the pixels, moved by offsets: what they read becomes channels of a 1×1 convolution.
fn deform_conv(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (x, kernel, offset) = (node.input(0)?, node.input(1)?, node.input(2)?);
    let (bias, mask) = (node.optional(3)?, node.optional(4)?);
    let (shape, kernel_shape) = (node.dims(x), node.dims(kernel));
    let (&[n, channels, height, width], &[filters, per_group, kh, kw]) = (shape.as_slice(), kernel_shape.as_slice())
    else {
        return Err(node.unsupported(format!("data {shape:?} and kernel {kernel_shape:?}, expected two spatial axes")));
    };
    let windows = Windows::of(node, &shape[2..], vec![kh, kw])?;
    let number = |name: &str| usize::try_from(node.int(name, 1)).unwrap_or_default();
    let (group, parts, taps) = (number("group"), number("offset_group"), kh * kw);
    let [rows, columns] = [0, 1].map(|axis| windows.count(&shape[2..], axis));
    let fits = parts > 0
        && channels % parts == 0
        && node.dims(offset) == [n, parts * taps * 2, rows, columns]
        && mask.is_none_or(|mask| node.dims(mask) == [n, parts * taps, rows, columns]);
    if !fits {
        return Err(node.unsupported(format!("its offsets or mask don't fit {rows}×{columns} windows of {taps} taps")));
    }
    let offset = node.reshape(offset, [n * parts, taps, 2, rows, columns])?;
    let y = places(node, offset, &windows, 0, height)?;
    let x_places = places(node, offset, &windows, 1, width)?;
    let grid = node.apply(Concat { axis: 4 }, &[x_places, y])?;
    let grid = node.reshape(grid, [n * parts, taps * rows, columns, 2])?;
    let maps = node.reshape(x, [n * parts, channels / parts, height, width])?;
    let sample = GridSample { linear: true, padding: GridPadding::Zeros, align_corners: false };
    let mut read = node.apply(sample, &[maps, grid])?;
    if let Some(mask) = mask {
        let mask = node.reshape(mask, [n * parts, 1, taps * rows, columns])?;
        read = node.apply(Binary::Mul, &[read, mask])?;
    }
    let read = node.reshape(read, [n, channels * taps, rows, columns])?;
    let kernel = node.reshape(kernel, [filters, per_group * taps, 1, 1])?;
    let inputs: Vec<_> = [read, kernel].into_iter().chain(bias).collect();
    let op: Op = Conv { group, ..Conv::pointwise() }.into();
    node.finish(op, &inputs)
}

/// Where the taps read on one axis, `[N, taps, H, W, 1]`, counted so that −1 and 1 are the edges of the map.
fn places(
    node: &mut Node<'_, '_>,
    offset: ValueId,
    windows: &Windows,
    axis: usize,
    length: usize,
) -> Result<ValueId, ImportError> {
    let &[n, taps, _, rows, columns] = node.dims(offset).as_slice() else { return Ok(offset) };
    let moved = node.slice(offset, 2, axis, axis + 1)?;
    let moved = node.reshape(moved, [n, taps, rows, columns, 1])?;
    let mut centres = vec![];
    for tap in 0..taps {
        let tap = if axis == 0 { tap / windows.kernel[1] } else { tap % windows.kernel[1] };
        for place in 0..rows * columns {
            let window = if axis == 0 { place / columns } else { place % columns };
            let position = (window * windows.strides[axis] + tap * windows.dilations[axis]) as f32;
            centres.push((2.0 * (position - windows.begins[axis] as f32) + 1.0) / length as f32 - 1.0);
        }
    }
    let centres = node.store_floats([1, taps, rows, columns, 1], centres)?;
    let scaled = node.with_number(Binary::Mul, moved, 2.0 / length as f32)?;
    node.apply(Binary::Add, &[scaled, centres])
}
