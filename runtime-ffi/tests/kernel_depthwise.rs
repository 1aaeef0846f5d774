//! Convolutions of each channel by itself against 64-bit arithmetic, for all instructions that this processor has.
#![allow(clippy::unwrap_used, clippy::panic)] // a test may panic: that is how it fails

use edgeconv_runtime::kernels::{DepthwiseRow, Isa, Kernels};
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};

#[derive(Debug, Clone, Copy)]
struct Case {
    rows: usize,
    width: usize,
    step: usize,
    dilation: usize,
    padding: usize,
    /// Positions behind the last one.
    padding_behind: usize,
    positions: usize,
}

impl Case {
    fn reach(&self) -> usize {
        (self.width - 1) * self.dilation
    }

    fn results(&self) -> usize {
        let padded = self.padding + self.positions + self.padding_behind;
        padded.checked_sub(self.reach() + 1).map_or(0, |steps| steps / self.step + 1)
    }

    fn check(&self, kernels: Kernels, bounds: (f32, f32)) {
        const CANARY: f32 = 12345.0;
        let lanes = kernels.lanes();
        let mut generator = SmallRng::seed_from_u64((self.positions * self.width + self.padding) as u64);
        let mut random = |count: usize| -> Vec<f32> { (0..count).map(|_| generator.random_range(-1.0..1.0)).collect() };
        let (weights, bias) = (random(self.rows * self.width * lanes), random(lanes));
        let source: Vec<_> = (0..self.rows).map(|_| random(self.positions * lanes)).collect();
        let rows: Vec<_> = source.iter().map(Vec::as_slice).collect();
        let convolution = DepthwiseRow {
            weights: &weights,
            bias: &bias,
            width: self.width,
            step: self.step,
            dilation: self.dilation,
            padding: self.padding,
            bounds,
        };
        let count = self.results() * lanes;
        let mut results = vec![CANARY; count + lanes];
        convolution.run(kernels, &mut results[..count], &rows);
        assert!(results[count..].iter().all(|&x| x == CANARY), "{self:?}: written beyond the results");
        for (i, &result) in results[..count].iter().enumerate() {
            let (position, lane) = (i / lanes, i % lanes);
            let taps = (0..self.rows).flat_map(|row| (0..self.width).map(move |tap| (row, tap)));
            let product = |(row, tap): (usize, usize)| {
                let place = (position * self.step + tap * self.dilation)
                    .checked_sub(self.padding)
                    .filter(|&p| p < self.positions);
                let weight = f64::from(weights[(row * self.width + tap) * lanes + lane]);
                place.map_or(0.0, |place| f64::from(source[row][place * lanes + lane]) * weight)
            };
            let exact = f64::from(bias[lane]) + taps.map(product).sum::<f64>();
            let exact = exact.clamp(f64::from(bounds.0), f64::from(bounds.1));
            let name = kernels.name();
            assert!((exact - f64::from(result)).abs() < 1e-5, "{name}, {self:?}, {i}: {result}, not {exact}");
        }
    }
}

/// All lengths of rows around what is computed at once, borders on both sides, rows that are shorter than the kernel.
fn check_all(bounds: (f32, f32)) {
    for kernels in Isa::ALL.into_iter().filter_map(Kernels::of) {
        for (width, step, dilation) in
            [(1, 1, 1), (3, 1, 1), (3, 2, 1), (3, 3, 1), (3, 1, 2), (5, 1, 1), (5, 2, 3), (31, 1, 1)]
        {
            for padding in [0, 1, width * dilation / 2, (width - 1) * dilation] {
                for positions in (1..=26).chain([64, 77]) {
                    for rows in [0, 1, 3] {
                        let case = Case {
                            rows,
                            width,
                            step,
                            dilation,
                            padding,
                            padding_behind: padding.div_ceil(2),
                            positions,
                        };
                        if rows > 0 || positions == 26 {
                            case.check(kernels, bounds);
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn rows_are_exact() {
    check_all((f32::MIN, f32::MAX));
}

#[test]
fn results_are_kept_in_bounds() {
    check_all((-0.5, 0.25));
}
