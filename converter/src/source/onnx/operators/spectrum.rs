//! Fourier transforms as products with the matrix of the transform.

use std::f64::consts::TAU;

use edgeconv_graph::ValueId;
use edgeconv_graph::op::Binary;

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;
use super::linear::multiply;

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("DFT", dft).since(17).limits("length and axis known at conversion time"),
    Entry::new("STFT", stft).since(17).limits("step and length known at conversion time"),
];

/// A matrix with more elements would make the file far larger than the network that it serves.
const MOST_ELEMENTS: usize = 1 << 24;

/// A transform of one axis.
struct Transform {
    /// Number of samples; of those that are given, more are left out, and missing ones are zero.
    length: usize,
    /// Number of frequencies, or with `inverse` of samples, that are computed.
    results: usize,
    inverse: bool,
    /// Whether one half of the frequencies stands for both, since the samples are real.
    onesided: bool,
}

impl Transform {
    /// Real and imaginary part of a result, or the real one alone.
    fn parts(&self) -> usize {
        if self.inverse && self.onesided { 1 } else { 2 }
    }

    /// As many of the given samples or frequencies are used at most.
    fn used(&self) -> usize {
        if self.inverse && self.onesided { self.length / 2 + 1 } else { self.length }
    }

    /// For how many frequencies a given one stands.
    fn weight(&self, frequency: usize) -> f64 {
        let alone = frequency == 0 || 2 * frequency == self.length;
        if self.inverse && self.onesided && !alone { 2.0 } else { 1.0 }
    }
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
    let (inverse, onesided) = (node.int("inverse", 0) != 0, node.int("onesided", 0) != 0);
    let default = if inverse && onesided { 2 * shape[axis].saturating_sub(1) } else { shape[axis] };
    let length = positive(node, 1, "dft_length")?.unwrap_or(default);
    let results = if onesided && !inverse { length / 2 + 1 } else { length };
    let last = shape.len() - 1;
    if length == 0 || inverse && onesided && shape[last] != 2 {
        return Err(node.unsupported(format!("data {shape:?} has no one-sided spectrum of real and imaginary parts")));
    }
    // The samples right before real and imaginary parts.
    let order: Vec<_> = (0..last).filter(|&other| other != axis).chain([axis, last]).collect();
    let turned = node.transpose(x, order.clone())?;
    let result = transform(node, turned, &Transform { length, results, inverse, onesided })?;
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
    let results = if onesided { length / 2 + 1 } else { length };
    let result = transform(node, framed, &Transform { length, results, inverse: false, onesided })?;
    node.result(result)
}

/// A length that has to be known now; `None` if it is left out.
fn positive(node: &Node<'_, '_>, index: usize, name: &str) -> Result<Option<usize>, ImportError> {
    let Some(known) = node.ints(index)? else { return Ok(None) };
    let length = known.first().and_then(|&length| usize::try_from(length).ok()).filter(|&length| length > 0);
    length.map(Some).ok_or_else(|| node.unsupported(format!("{name} = {known:?}, expected a number above 0")))
}

/// `[…, samples, 1 or 2]` becomes `[…, results, parts]`.
fn transform(node: &mut Node<'_, '_>, x: ValueId, transform: &Transform) -> Result<ValueId, ImportError> {
    let mut shape = node.dims(x);
    let (rank, last) = (shape.len(), shape.len() - 1);
    let (samples, parts) = (shape[last - 1].min(transform.used()), shape[last]);
    let columns = transform.parts() * transform.results;
    let elements = (samples * parts).saturating_mul(columns);
    if parts == 0 || parts > 2 || elements > MOST_ELEMENTS {
        return Err(node.unsupported(format!("{shape:?} can't be transformed, or its matrix would be too large")));
    }
    let used = node.slice(x, rank - 2, 0, samples)?;
    let rows = node.reshape(used, [&shape[..rank - 2], &[samples * parts]].concat())?;
    let matrix = node.store_floats([samples * parts, columns], matrix(transform, samples, parts))?;
    let product = if rank == 2 {
        let row = node.reshape(rows, [1, samples * parts])?;
        multiply(node, row, matrix)?
    } else {
        multiply(node, rows, matrix)?
    };
    shape[last - 1] = transform.results;
    shape[last] = transform.parts();
    node.reshape(product, shape)
}

/// Rows: what is given and its parts. Columns: results and their parts.
fn matrix(transform: &Transform, samples: usize, parts: usize) -> Vec<f32> {
    let (sign, scale) = if transform.inverse { (1.0, 1.0 / transform.length as f64) } else { (-1.0, 1.0) };
    let mut matrix = vec![];
    for sample in 0..samples {
        let scale = scale * transform.weight(sample);
        for part in 0..parts {
            for result in 0..transform.results {
                let turns = (sample * result % transform.length) as f64 / transform.length as f64;
                let (sin, cos) = (TAU * turns).sin_cos();
                let (real, imaginary) = if part == 0 { (cos, sign * sin) } else { (-sign * sin, cos) };
                let both = [(real * scale) as f32, (imaginary * scale) as f32];
                matrix.extend(&both[..transform.parts()]);
            }
        }
    }
    matrix
}
