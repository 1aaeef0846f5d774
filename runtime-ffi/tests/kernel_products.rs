//! Products of matrices against 64-bit arithmetic, for all instructions that this processor has.
#![allow(clippy::unwrap_used, clippy::panic)] // a test may panic: that is how it fails

use edgeconv_runtime::kernels::{Isa, Kernels, Product};
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};

const NO_BOUNDS: (f32, f32) = (f32::MIN, f32::MAX);

/// Row-major weights and sources of one product.
struct Case {
    depth: usize,
    channels: usize,
    positions: usize,
    weights: Vec<f32>,
    bias: Vec<f32>,
    source: Vec<f32>,
}

impl Case {
    fn new(depth: usize, channels: usize, positions: usize) -> Self {
        let mut generator = SmallRng::seed_from_u64((depth * channels * positions) as u64);
        let mut random = |count: usize| (0..count).map(|_| generator.random_range(-1.0..1.0)).collect();
        let (weights, bias, source) = (random(depth * channels), random(channels), random(depth * positions));
        Self { depth, channels, positions, weights, bias, source }
    }

    fn exact(&self, channel: usize, position: usize) -> f64 {
        let terms = (0..self.depth).map(|k| {
            f64::from(self.weights[channel * self.depth + k]) * f64::from(self.source[k * self.positions + position])
        });
        f64::from(self.bias[channel]) + terms.sum::<f64>()
    }

    /// The source with NaN beyond its channels, in maps of `lanes` channels.
    fn packed(&self, lanes: usize) -> Vec<f32> {
        let mut packed = vec![f32::NAN; self.depth.next_multiple_of(lanes) * self.positions];
        for (i, &x) in self.source.iter().enumerate() {
            packed[place(lanes, self.positions, i / self.positions, i % self.positions)] = x;
        }
        packed
    }
}

fn place(lanes: usize, positions: usize, channel: usize, position: usize) -> usize {
    (channel / lanes * positions + position) * lanes + channel % lanes
}

/// Calls with all kernels, their name, the case, and its results at (channel, position).
fn for_all(bounds: (f32, f32), silu: bool, check: impl Fn(&str, &Case, &dyn Fn(usize, usize) -> f32)) {
    let mut ran = 0;
    for kernels in Isa::ALL.into_iter().filter_map(Kernels::of) {
        let lanes = kernels.lanes();
        for depth in [1, 3, lanes - 1, lanes, lanes + 1, 3 * lanes + 5] {
            for channels in [1, lanes, lanes + 1, 2 * lanes, 3 * lanes - 1, 5 * lanes] {
                // All sizes of tiles, and more than a block.
                for positions in (1..=25).chain([97, 201]) {
                    let case = Case::new(depth, channels, positions);
                    let Some(product) = Product::new(kernels, &case.weights, &case.bias) else { continue };
                    let mut results = vec![7.0; channels.next_multiple_of(lanes) * positions];
                    product.multiply(&mut results, &case.packed(lanes), positions, bounds, silu);
                    check(kernels.name(), &case, &|channel, position| {
                        results[place(lanes, positions, channel, position)]
                    });
                    ran += 1;
                }
            }
        }
    }
    if ran == 0 {
        println!("nothing to test: this processor's vectors are too short for such kernels");
    }
}

fn check_all(bounds: (f32, f32), silu: bool, exact: impl Fn(f64) -> f64) {
    for_all(bounds, silu, |name, case, result| {
        for channel in 0..case.channels {
            for position in 0..case.positions {
                let (exact, result) = (exact(case.exact(channel, position)), f64::from(result(channel, position)));
                let sizes = (case.depth, case.channels, case.positions);
                assert!(
                    (exact - result).abs() < 1e-5,
                    "{name}, {sizes:?}, channel {channel}, position {position}: {result}, not {exact}"
                );
            }
        }
    });
}

#[test]
fn products_are_exact() {
    check_all(NO_BOUNDS, false, |x| x);
}

#[test]
fn results_are_kept_in_bounds() {
    check_all((-0.5, 0.25), false, |x| x.clamp(-0.5, 0.25));
}

#[test]
fn a_function_is_applied_to_the_results() {
    check_all(NO_BOUNDS, true, |x| x / (1.0 + (-x).exp()));
}

#[test]
fn nan_stays_at_its_position() {
    for kernels in Isa::ALL.into_iter().filter_map(Kernels::of) {
        let lanes = kernels.lanes();
        let Some(product) = Product::new(kernels, &vec![1.0; 3 * lanes], &vec![0.0; lanes]) else { continue };
        let mut source = vec![1.0; 30 * lanes];
        source[7 * lanes] = f32::NAN;
        let mut results = vec![0.0; 30 * lanes];
        product.multiply(&mut results, &source, 30, (-10.0, 10.0), false);
        for (i, &x) in results.iter().enumerate() {
            assert!(if i / lanes == 7 { x.is_nan() } else { x == 3.0 }, "{}: {x} at {i}", kernels.name());
        }
    }
}
