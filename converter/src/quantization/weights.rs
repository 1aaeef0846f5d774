//! Kernels of integers.

use edgeconv_graph::Tensor;

use super::Moments;
use super::reconstruction::Factor;

/// Shares of the largest weight of a channel that its largest integer may stand for.
const SHARES: std::ops::RangeInclusive<u32> = 70..=100;

/// A kernel whose elements are integers times one step for each output channel.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rounded {
    /// `[outputs, …]`.
    pub tensor: Tensor,
    /// `[outputs]`.
    pub steps: Vec<f32>,
    /// Root mean square of the differences as a share of that of the elements.
    pub error: f64,
}

/// A kernel `[outputs, depth, …]` of integers from −127 to 127: the closest one, or that which keeps outputs, if it is known how the channels that it
/// reads vary together.
pub(super) fn round(kernel: &Tensor, moments: Option<&Moments>) -> Rounded {
    let (outputs, depth) = (kernel.shape()[0], kernel.shape()[1]);
    let floats = kernel.as_f32().unwrap_or_default();
    let factor = moments.filter(|moments| moments.channels() == depth).and_then(Factor::of);
    let (mut rounded, mut steps) = (floats.to_vec(), vec![]);
    for channel in rounded.chunks_mut(floats.len() / outputs) {
        let step = best_step(channel);
        match &factor {
            Some(factor) => reconstruct(channel, depth, factor, step),
            None => channel.iter_mut().for_each(|x| *x = nearest(*x, step)),
        }
        steps.push(step);
    }
    let squares = |numbers: &mut dyn Iterator<Item = f64>| numbers.map(|x| x * x).sum::<f64>();
    let lost = squares(&mut floats.iter().zip(&rounded).map(|(a, b)| f64::from(a - b)));
    let all = squares(&mut floats.iter().map(|&x| f64::from(x)));
    let error = if lost == 0.0 { 0.0 } else { (lost / all).sqrt() };
    let tensor = Tensor::f32(kernel.shape(), rounded).unwrap_or_else(|_| kernel.clone());
    Rounded { tensor, steps, error }
}

/// Rounds the weights `[depth, taps]` of one output. What different taps read is taken to be independent.
fn reconstruct(channel: &mut [f32], depth: usize, factor: &Factor, step: f32) {
    let taps = channel.len() / depth;
    for tap in 0..taps {
        let mut weights: Vec<_> = channel[tap..].iter().step_by(taps).copied().collect();
        factor.round(&mut weights, |x| nearest(x, step));
        channel[tap..].iter_mut().step_by(taps).zip(weights).for_each(|(weight, rounded)| *weight = rounded);
    }
}

fn nearest(float: f32, step: f32) -> f32 {
    (float / step).round().clamp(-127.0, 127.0) * step
}

/// The step with the smallest mean squared error.
fn best_step(channel: &[f32]) -> f32 {
    let largest = channel.iter().fold(0.0, |largest: f32, x| largest.max(x.abs()));
    if largest < f32::MIN_POSITIVE * 127.0 {
        return 1.0;
    }
    let loss = |step: f32| channel.iter().map(|&x| f64::from(x - nearest(x, step)).powi(2)).sum::<f64>();
    let steps = SHARES.map(|share| largest * share as f32 / 100.0 / 127.0);
    let measured = steps.map(|step| (loss(step), step));
    measured.min_by(|(a, _), (b, _)| a.total_cmp(b)).map_or(1.0, |(_, step)| step)
}

/// What each output channel loses in the mean: the rounded kernel `[outputs, depth, …]` less the kernel, times the means of the
/// channels that it reads. A kernel of one channel for each output has a depth of 1.
pub(super) fn lost(kernel: &Tensor, rounded: &Tensor, means: &[f64]) -> Vec<f64> {
    let (outputs, depth) = (kernel.shape()[0], kernel.shape()[1]);
    let (Some(kernel), Some(rounded)) = (kernel.as_f32(), rounded.as_f32()) else { return vec![] };
    let taps = kernel.len() / outputs / depth;
    let is_depthwise = depth == 1 && means.len() == outputs;
    let differences = |index: usize| {
        let here = index * taps..(index + 1) * taps;
        rounded[here.clone()].iter().zip(&kernel[here]).map(|(a, b)| f64::from(a - b)).sum::<f64>()
    };
    let channel = |output: usize| {
        let of_depth = |at: usize| {
            differences(output * depth + at) * means.get(if is_depthwise { output } else { at }).unwrap_or(&0.0)
        };
        (0..depth).map(of_depth).sum()
    };
    (0..outputs).map(channel).collect()
}

/// A bias without what is lost.
pub(super) fn corrected(bias: Option<&[f32]>, lost: Option<&[f64]>, outputs: usize) -> Vec<f32> {
    let of = |index: usize| {
        let lost = lost.and_then(|lost| lost.get(index)).copied().unwrap_or_default();
        (f64::from(bias.map_or(0.0, |bias| bias[index])) - lost) as f32
    };
    (0..outputs).map(of).collect()
}
