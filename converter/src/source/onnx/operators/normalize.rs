//! Norms that are expressed in arithmetic.

use edgeconv_graph::op::{Binary, Pool, PoolKind, ReduceKind, Unary};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("RMSNormalization", rms_normalization).since(23),
    Entry::new("MeanVarianceNormalization", mean_variance).since(9),
    Entry::new("LpNormalization", lp_normalization).since(1),
    Entry::new("LRN", local_response).since(1),
];

/// `x / √(mean of squares + epsilon) · scale` over the axes from `axis` on.
fn rms_normalization(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (x, scale) = (node.input(0)?, node.input(1)?);
    let rank = node.dims(x).len();
    let axis = node.axis(node.int("axis", -1), rank)?;
    let epsilon = node.float("epsilon", 1e-5);
    let squares = node.apply(Binary::Mul, &[x, x])?;
    let mean = node.reduce(ReduceKind::Mean, squares, &(axis..rank).collect::<Vec<_>>())?;
    let positive = node.with_number(Binary::Add, mean, epsilon)?;
    let root = node.apply(Unary::Sqrt, &[positive])?;
    let normal = node.apply(Binary::Div, &[x, root])?;
    node.finish(Binary::Mul, &[normal, scale])
}

/// `(x − mean) / (standard deviation + 1e-9)`.
fn mean_variance(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let rank = node.dims(x).len();
    let axes = node.list("axes").unwrap_or_else(|| vec![0, 2, 3]);
    let mut axes = axes.iter().map(|&axis| node.axis(axis, rank)).collect::<Result<Vec<_>, _>>()?;
    axes.sort_unstable();
    axes.dedup();
    let (_, centred, variance) = node.moments(x, &axes)?;
    let deviation = node.apply(Unary::Sqrt, &[variance])?;
    let positive = node.with_number(Binary::Add, deviation, 1e-9)?;
    node.finish(Binary::Div, &[centred, positive])
}

/// `x / ‖x‖` along an axis; zeros stay zeros.
fn lp_normalization(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let axis = node.axis(node.int("axis", -1), node.dims(x).len())?;
    let norm = match node.int("p", 2) {
        1 => {
            let sizes = node.apply(Unary::Abs, &[x])?;
            node.reduce(ReduceKind::Sum, sizes, &[axis])?
        }
        2 => {
            let squares = node.apply(Binary::Mul, &[x, x])?;
            let sum = node.reduce(ReduceKind::Sum, squares, &[axis])?;
            node.apply(Unary::Sqrt, &[sum])?
        }
        p => return Err(node.unsupported(format!("p = {p}, expected 1 or 2"))),
    };
    let positive = node.with_number(Binary::Max, norm, f32::MIN_POSITIVE)?;
    node.finish(Binary::Div, &[x, positive])
}

/// `x / (bias + alpha / size · Σ x²)^beta`, summed over `size` channels around each one.
fn local_response(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let shape = node.dims(x);
    let size = usize::try_from(node.int("size", 0)).unwrap_or_default();
    let (alpha, beta, bias) = (node.float("alpha", 1e-4), node.float("beta", 0.75), node.float("bias", 1.0));
    let &[n, channels, ref spatial @ ..] = shape.as_slice() else {
        return Err(node.unsupported(format!("its data has the shape {shape:?}, expected [N, C, …]")));
    };
    if size == 0 {
        return Err(node.unsupported("size is missing, expected a number of channels"));
    }
    // Channels lie side by side for the pool: [N, pixels, 1, C].
    let (before, behind) = ((size - 1) / 2, size / 2);
    let area: usize = spatial.iter().product();
    let squares = node.apply(Binary::Mul, &[x, x])?;
    let planes = node.reshape(squares, [n, channels, area])?;
    let pixels = node.transpose(planes, [0, 2, 1])?;
    let pixels = node.reshape(pixels, [n, area, 1, channels])?;
    let pool = Pool { kind: PoolKind::Average, kernel: [1, size], strides: [1; 2], pads: [0, before, 0, behind] };
    let means = node.apply(pool, &[pixels])?;
    let count = |channel: usize| channels.min(channel + behind + 1) - channel.saturating_sub(before);
    let factors = (0..channels).map(|channel| alpha * count(channel) as f32 / size as f32).collect();
    let factors = node.store_floats([1, 1, 1, channels], factors)?;
    let sums = node.apply(Binary::Mul, &[means, factors])?;
    let shifted = node.with_number(Binary::Add, sums, bias)?;
    let powers = node.with_number(Binary::Pow, shifted, -beta)?;
    let powers = node.reshape(powers, [n, area, channels])?;
    let powers = node.transpose(powers, [0, 2, 1])?;
    let powers = node.reshape(powers, shape.clone())?;
    node.finish(Binary::Mul, &[x, powers])
}
