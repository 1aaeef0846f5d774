//! Convolutions of pictures against 64-bit arithmetic, for all instructions that this processor has.
#![allow(clippy::unwrap_used, clippy::panic)] // a test may panic: that is how it fails

use edgeconv_runtime::kernels::{Isa, Kernels, PictureRow};
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};

#[derive(Debug, Clone, Copy)]
struct Case {
    channels: usize,
    rows: usize,
    width: usize,
    step: usize,
    results: usize,
}

impl Case {
    fn check(&self, kernels: Kernels, (low, high): (f32, f32), silu: bool) {
        const CANARY: f32 = 12345.0;
        let Self { channels, rows, width, step, results } = *self;
        let lanes = kernels.lanes();
        let mut generator = SmallRng::seed_from_u64((channels * 1000 + results * width) as u64);
        let mut random = |count: usize| -> Vec<f32> { (0..count).map(|_| generator.random_range(-1.0..1.0)).collect() };
        let (weights, bias) = (random(channels * rows * width), random(channels));
        let source: Vec<_> = (0..rows).map(|_| random((results - 1) * step + width)).collect();
        let slices: Vec<_> = source.iter().map(Vec::as_slice).collect();
        let count = channels.div_ceil(lanes) * results * lanes;
        let mut found = vec![CANARY; count + lanes];
        let row = PictureRow::new(kernels, &weights, &bias, width);
        row.run(&mut found[..count], &slices, step, (low, high), silu);
        assert!(found[count..].iter().all(|&x| x == CANARY), "{self:?}: written beyond the results");
        for channel in 0..channels {
            for result in 0..results {
                let taps = (0..rows).flat_map(|row| (0..width).map(move |tap| (row, tap)));
                let product = |(row, tap): (usize, usize)| {
                    f64::from(source[row][result * step + tap])
                        * f64::from(weights[(channel * rows + row) * width + tap])
                };
                let sum = f64::from(bias[channel]) + taps.map(product).sum::<f64>();
                let sum = sum.clamp(f64::from(low), f64::from(high));
                let exact = if silu { sum / (1.0 + (-sum).exp()) } else { sum };
                let result = found[(channel / lanes * results + result) * lanes + channel % lanes];
                let name = kernels.name();
                assert!((exact - f64::from(result)).abs() < 2e-5, "{name}, {self:?}, {channel}: {result}, not {exact}");
            }
        }
    }
}

/// Channels that fill vectors and don't, rows of all lengths around what is computed at once, known steps and others.
fn check_all(bounds: (f32, f32), silu: bool) {
    for kernels in Isa::ALL.into_iter().filter_map(Kernels::of) {
        for channels in [1, 3, 4, 8, 13, 16, 17, 24, 32, 40, 65] {
            for (rows, width, step) in
                [(0, 1, 1), (1, 1, 1), (9, 3, 1), (9, 3, 2), (12, 4, 4), (6, 7, 3), (3, 16, 16), (2, 1, 5)]
            {
                for results in (1..=13).chain([23, 24, 25, 56]) {
                    Case { channels, rows, width, step, results }.check(kernels, bounds, silu);
                }
            }
        }
    }
}

#[test]
fn rows_are_exact() {
    check_all((f32::MIN, f32::MAX), false);
}

#[test]
fn results_are_kept_in_bounds_before_the_function() {
    check_all((-0.5, 0.25), true);
}
