use edgeconv_graph::ValueId;
use edgeconv_graph::op::{Concat, Conv};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;
use super::sliding::Windows;

pub(super) const OPERATORS: &[Entry] = &[Entry::new("Conv", conv).since(1)];

/// `Conv` over any number of axes, with `auto_pad` resolved.
fn conv(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (data, kernel) = (node.shape(0)?, node.shape(1)?);
    if data.len() != kernel.len() || data.len() < 3 {
        return Err(node.unsupported(format!("data {data:?} and kernel {kernel:?} don't fit together")));
    }
    let windows = Windows::of(node, &data[2..], kernel[2..].to_vec())?;
    let group = usize::try_from(node.int("group", 1)).unwrap_or_default();
    let inputs = node.inputs()?;
    if data.len() == 4 {
        return node.finish(plane(&windows, group), &inputs);
    }
    let result = convolve(node, &inputs, &windows, group)?;
    node.result(result)
}

/// The convolution over these windows.
pub(super) fn plane(windows: &Windows, group: usize) -> Conv {
    let (strides, dilations) = (windows.strides.clone(), windows.dilations.clone());
    Conv { strides, pads: windows.pads(), dilations, group }
}

/// A convolution over one axis becomes one over height and width; of more than two axes the first is folded into the
/// channels until two are left.
pub(super) fn convolve(
    node: &mut Node<'_, '_>,
    inputs: &[ValueId],
    windows: &Windows,
    group: usize,
) -> Result<ValueId, ImportError> {
    let (&[data, kernel], bias) = inputs.split_at(2) else { return Err(node.unsupported("it has no kernel")) };
    let (shape, kernel_shape) = (node.dims(data), node.dims(kernel));
    match windows.kernel.len() {
        1 => {
            let lifted = node.reshape(data, [shape[0], shape[1], 1, shape[2]])?;
            let kernel = node.reshape(kernel, [kernel_shape[0], kernel_shape[1], 1, kernel_shape[2]])?;
            let inputs = [&[lifted, kernel], bias].concat();
            let result = node.apply(plane(&windows.beside_single(true), group), &inputs)?;
            let &[n, m, _, length] = node.dims(result).as_slice() else { return Ok(result) };
            node.reshape(result, [n, m, length])
        }
        2 => node.apply(plane(windows, group), inputs),
        _ => {
            let count = windows.count(&shape[2..], 0);
            node.check_table(count.saturating_mul(windows.kernel[0]))?;
            let taps: Vec<_> = (0..count).flat_map(|window| windows.positions(0, shape[2], window)).collect();
            let folded = fold(node, data, windows.kernel[0], &taps)?;
            let merged = [&[kernel_shape[0], kernel_shape[1] * kernel_shape[2]], &kernel_shape[3..]].concat();
            let kernel = node.reshape(kernel, merged)?;
            let rest = windows.over(1..windows.kernel.len());
            let result = convolve(node, &[&[folded, kernel], bias].concat(), &rest, group)?;
            unfold(node, result, shape[0])
        }
    }
}

/// Makes channels of the positions that the windows read on the first spatial axis: `[N, C, D, …]` becomes
/// `[N · windows, C · taps, …]`. A position `None` is zero.
pub(super) fn fold(
    node: &mut Node<'_, '_>,
    data: ValueId,
    taps: usize,
    positions: &[Option<usize>],
) -> Result<ValueId, ImportError> {
    let shape = node.dims(data);
    let (n, c, depth, rest) = (shape[0], shape[1], shape[2], &shape[3..]);
    let area = rest.iter().product();
    let windows = positions.len() / taps;
    let mut planes = node.reshape(data, [n, c, depth, area])?;
    if positions.contains(&None) {
        let zeros = node.store_floats([n, c, 1, area], vec![0.0; n * c * area])?;
        planes = node.apply(Concat { axis: 2 }, &[planes, zeros])?;
    }
    let positions = positions.iter().map(|position| position.unwrap_or(depth));
    let read = node.gather(planes, 2, [windows, taps], positions)?;
    let turned = node.transpose(read, [0, 2, 1, 3, 4])?;
    node.reshape(turned, [&[n * windows, c * taps], rest].concat())
}

/// Undoes [`fold`] for the result: `[N · windows, M, …]` becomes `[N, M, windows, …]`.
pub(super) fn unfold(node: &mut Node<'_, '_>, result: ValueId, n: usize) -> Result<ValueId, ImportError> {
    let shape = node.dims(result);
    let (windows, m, rest) = (shape[0] / n.max(1), shape[1], &shape[2..]);
    let planes = node.reshape(result, [n, windows, m, rest.iter().product()])?;
    let turned = node.transpose(planes, [0, 2, 1, 3])?;
    node.reshape(turned, [&[n, m, windows], rest].concat())
}
