//! Fourier transforms as products with the matrix of the transform.

use std::f64::consts::TAU;

use edgeconv_graph::ValueId;
use edgeconv_graph::op::Binary;

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;
use super::linear::multiply;

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("DFT", dft).since(17).limits("length and axis known at conversion time; one-sided forward only"),
    Entry::new("STFT", stft).since(17).limits("step and length known at conversion time"),
];

/// A matrix with more elements would make the file far larger than the network that it serves.
const MOST_ELEMENTS: usize = 1 << 24;

/// A transform of one axis.
struct Transform {
    /// Number of samples; of those that are given, more are left out, and missing ones are zero.
    length: usize,
    /// Number of frequencies that are computed.
    frequencies: usize,
    inverse: bool,
}

/// `DFT` of `[…, samples, …, 1 or 2]`: the axis is an attribute before opset 20.
fn dft(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let shape = node.dims(x);
    let axis = if node.importer.opset < 20 {
        node.int("axis", 1)
    } else {
        node.ints(2)?.and_then(|axis| axis.first().copied()).unwrap_or(-2)
    };
    let axis = node.axis(axis, shape.len())?;
    if axis + 1 == shape.len() {
        return Err(node.unsupported("the last axis holds real and imaginary parts"));
    }
    let length = positive(node, 1, "dft_length")?.unwrap_or(shape[axis]);
    let (inverse, onesided) = (node.int("inverse", 0) != 0, node.int("onesided", 0) != 0);
    if inverse && onesided {
        return Err(node.unsupported("a one-sided inverse is understood in different ways"));
    }
    let frequencies = if onesided { length / 2 + 1 } else { length };
    let last = shape.len() - 1;
    // The samples right before real and imaginary parts.
    let order: Vec<_> = (0..last).filter(|&other| other != axis).chain([axis, last]).collect();
    let turned = node.transpose(x, order.clone())?;
    let result = transform(node, turned, &Transform { length, frequencies, inverse })?;
    let mut back = vec![0; order.len()];
    order.iter().enumerate().for_each(|(position, &axis)| back[axis] = position);
    let result = node.transpose(result, back)?;
    node.result(result)
}

/// `STFT` of `[N, samples, 1 or 2]`: windows of the signal, transformed one by one.
fn stft(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let window = node.optional(2)?;
    let &[n, samples, parts] = node.dims(x).as_slice() else {
        return Err(
            node.unsupported(format!("its signal has the shape {:?}, expected [N, samples, 1 or 2]", node.dims(x)))
        );
    };
    let step = positive(node, 1, "frame_step")?.unwrap_or(1);
    let given = window.map(|window| node.dims(window).iter().product());
    let length = positive(node, 3, "frame_length")?.or(given).unwrap_or(samples);
    let onesided = node.int("onesided", 1) != 0;
    if length > samples || given.is_some_and(|given| given != length) || onesided && parts == 2 {
        let reason = format!("frames of {length} samples don't fit the signal, the window or onesided = {onesided}");
        return Err(node.unsupported(reason));
    }
    let frames = 1 + (samples - length) / step;
    let positions = (0..frames).flat_map(|frame| frame * step..frame * step + length);
    let mut framed = node.gather(x, 1, [frames, length], positions)?;
    if let Some(window) = window {
        let window = node.reshape(window, [length, 1])?;
        framed = node.apply(Binary::Mul, &[framed, window])?;
    }
    let framed = node.reshape(framed, [n, frames, length, parts])?;
    let frequencies = if onesided { length / 2 + 1 } else { length };
    let result = transform(node, framed, &Transform { length, frequencies, inverse: false })?;
    node.result(result)
}

/// A length that has to be known now; `None` if it is left out.
fn positive(node: &Node<'_, '_>, index: usize, name: &str) -> Result<Option<usize>, ImportError> {
    let Some(known) = node.ints(index)? else { return Ok(None) };
    let length = known.first().and_then(|&length| usize::try_from(length).ok()).filter(|&length| length > 0);
    length.map(Some).ok_or_else(|| node.unsupported(format!("{name} = {known:?}, expected a number above 0")))
}

/// `[…, samples, 1 or 2]` becomes `[…, frequencies, 2]`.
fn transform(node: &mut Node<'_, '_>, x: ValueId, transform: &Transform) -> Result<ValueId, ImportError> {
    let mut shape = node.dims(x);
    let (rank, last) = (shape.len(), shape.len() - 1);
    let (samples, parts) = (shape[last - 1].min(transform.length), shape[last]);
    let elements = (samples * parts).saturating_mul(2 * transform.frequencies);
    if parts == 0 || parts > 2 || elements > MOST_ELEMENTS {
        return Err(node.unsupported(format!("{shape:?} can't be transformed, or its matrix would be too large")));
    }
    let used = node.slice(x, rank - 2, 0, samples)?;
    let rows = node.reshape(used, [&shape[..rank - 2], &[samples * parts]].concat())?;
    let matrix = node.store_floats([samples * parts, 2 * transform.frequencies], matrix(transform, samples, parts))?;
    let product = if rank == 2 {
        let row = node.reshape(rows, [1, samples * parts])?;
        multiply(node, row, matrix)?
    } else {
        multiply(node, rows, matrix)?
    };
    shape[last - 1] = transform.frequencies;
    shape[last] = 2;
    node.reshape(product, shape)
}

/// Rows: samples and their parts. Columns: frequencies and their parts.
fn matrix(transform: &Transform, samples: usize, parts: usize) -> Vec<f32> {
    let (sign, scale) = if transform.inverse { (1.0, 1.0 / transform.length as f64) } else { (-1.0, 1.0) };
    let mut matrix = vec![];
    for sample in 0..samples {
        for part in 0..parts {
            for frequency in 0..transform.frequencies {
                let turns = (sample * frequency % transform.length) as f64 / transform.length as f64;
                let (sin, cos) = (TAU * turns).sin_cos();
                let (real, imaginary) = if part == 0 { (cos, sign * sin) } else { (-sign * sin, cos) };
                matrix.extend([(real * scale) as f32, (imaginary * scale) as f32]);
            }
        }
    }
    matrix
}
