//! Softmax, norms and pools against 64-bit arithmetic, for all instructions that this processor has.
#![allow(clippy::unwrap_used, clippy::panic)] // a test may panic: that is how it fails

use edgeconv_runtime::kernels::{Isa, Kernels, Layout, Norm, Pool};
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};

const EPSILON: f32 = 1e-5;
const LAYOUTS: [Layout; 2] = [Layout::RowMajor, Layout::Packed];

fn tables() -> impl Iterator<Item = Kernels> {
    Isa::ALL.into_iter().filter_map(Kernels::of)
}

fn random(count: usize, from: f32, to: f32) -> Vec<f32> {
    let mut generator = SmallRng::seed_from_u64(count as u64);
    (0..count).map(|_| generator.random_range(from..to)).collect()
}

/// Where a channel's element lies.
fn place(layout: Layout, plane: usize, channel: usize, position: usize) -> usize {
    match layout {
        Layout::RowMajor => channel * plane + position,
        Layout::Packed => (channel / 4 * plane + position) * 4 + channel % 4,
    }
}

/// Row-major elements in `layout`, with NaN beyond the last channel.
fn arranged(layout: Layout, x: &[f32], channels: usize, plane: usize) -> Vec<f32> {
    let mut result = vec![f32::NAN; layout.elements(channels, plane)];
    for (i, &x) in x.iter().enumerate() {
        result[place(layout, plane, i / plane, i % plane)] = x;
    }
    result
}

/// The reverse.
fn row_major(layout: Layout, x: &[f32], channels: usize, plane: usize) -> Vec<f32> {
    (0..channels * plane).map(|i| x[place(layout, plane, i / plane, i % plane)]).collect()
}

/// What `function` makes of `x`, at an odd address; it must not write beyond.
fn guarded(x: &[f32], function: impl Fn(&mut [f32])) -> Vec<f32> {
    const CANARY: f32 = 12345.0;
    let mut memory = vec![CANARY; 1 + x.len() + 64];
    memory[1..][..x.len()].copy_from_slice(x);
    function(&mut memory[1..][..x.len()]);
    let result = memory.drain(1..1 + x.len()).collect();
    assert!(memory.iter().all(|&x| x == CANARY), "written beyond {} elements", x.len());
    result
}

/// Elements to mean 0 and variance 1.
fn normalised(x: &[f32]) -> Vec<f64> {
    let mean = x.iter().map(|&x| f64::from(x)).sum::<f64>() / x.len() as f64;
    let variance = x.iter().map(|&x| (f64::from(x) - mean).powi(2)).sum::<f64>() / x.len() as f64;
    x.iter().map(|&x| (f64::from(x) - mean) / (variance + f64::from(EPSILON)).sqrt()).collect()
}

fn affine(x: f64, norm: &Norm, channel: usize) -> f64 {
    let of = |values: Option<&[f32]>, missing| values.map_or(missing, |values| f64::from(values[channel]));
    x * of(norm.gamma, 1.0) + of(norm.beta, 0.0)
}

#[track_caller]
fn assert_close(found: &[f32], exact: &[f64], what: &str) {
    assert_eq!(found.len(), exact.len());
    for (i, (found, exact)) in found.iter().zip(exact).enumerate() {
        assert!((f64::from(*found) - exact).abs() <= 1e-6 * (1.0 + exact.abs()), "{what}, {i}: {found}, {exact}");
    }
}

#[test]
fn softmax_is_right_relatively() {
    for table in tables() {
        for count in (1..=70).chain([1000, 5000]) {
            let x = random(count, -40.0, 40.0);
            let y = guarded(&x, |y| table.softmax(y));
            let largest = x.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let sum: f64 = x.iter().map(|&x| f64::from(x - largest).exp()).sum();
            for (&x, &y) in x.iter().zip(&y) {
                let difference = f64::from(x) - f64::from(largest);
                // The difference is rounded to 32 bits before it becomes an exponent.
                let allowed = (4.0 - difference) * f64::from(f32::EPSILON);
                let exact = difference.exp() / sum;
                assert!((f64::from(y) / exact - 1.0).abs() <= allowed, "{} of {count}: {y}, {exact}", table.name());
            }
        }
    }
}

#[test]
fn softmax_of_large_numbers_and_infinities() {
    for table in tables() {
        let softmax = |x: &[f32]| guarded(x, |y| table.softmax(y));
        assert_eq!(softmax(&[3e38, 3e38, -3e38]), [0.5, 0.5, 0.0], "{}", table.name());
        assert_eq!(softmax(&[1.0, f32::NEG_INFINITY, 1.0]), [0.5, 0.0, 0.5], "{}", table.name());
        assert!(softmax(&[1.0, f32::NAN, 1.0]).iter().all(|y| y.is_nan()), "{}", table.name());
        assert_eq!(softmax(&[]), [0.0; 0], "{}", table.name());
    }
}

#[test]
fn layer_norm_of_rows() {
    for table in tables() {
        for (count, offset) in (1..=70).chain([768, 10_000]).flat_map(|count| [(count, 0.0), (count, 1e4)]) {
            let x = random(count, offset - 2.0, offset + 3.0);
            let (gamma, beta) = (random(count, 0.5, 1.5), random(count, -1.0, 1.0));
            for (gamma, beta) in [(None, None), (Some(&gamma[..]), Some(&beta[..])), (Some(&gamma[..]), None)] {
                let norm = Norm { gamma, beta, epsilon: EPSILON };
                let y = guarded(&x, |y| table.layer_norm(y, &norm));
                let exact: Vec<_> = normalised(&x).into_iter().enumerate().map(|(i, x)| affine(x, &norm, i)).collect();
                assert_close(&y, &exact, &format!("{} of {count} at {offset}", table.name()));
            }
        }
    }
}

#[test]
fn layer_norm_of_packed_channels() {
    for table in tables() {
        for (channels, plane) in [(1, 1), (3, 5), (4, 4), (6, 1), (7, 9), (16, 17), (96, 64), (33, 50)] {
            let x = random(channels * plane, 98.0, 103.0);
            let (gamma, beta) = (random(channels, 0.5, 1.5), random(channels, -1.0, 1.0));
            for (gamma, beta) in [(None, None), (Some(&gamma[..]), Some(&beta[..]))] {
                let norm = Norm { gamma, beta, epsilon: EPSILON };
                let packed = arranged(Layout::Packed, &x, channels, plane);
                let y = guarded(&packed, |y| table.layer_norm_packed(y, channels, plane, &norm));
                let mut exact = vec![0.0; x.len()];
                for position in 0..plane {
                    let column: Vec<_> = (0..channels).map(|channel| x[channel * plane + position]).collect();
                    for (channel, x) in normalised(&column).into_iter().enumerate() {
                        exact[channel * plane + position] = affine(x, &norm, channel);
                    }
                }
                let y = row_major(Layout::Packed, &y, channels, plane);
                assert_close(&y, &exact, &format!("{} of {channels} × {plane}", table.name()));
            }
        }
    }
}

#[test]
fn group_norm_in_both_layouts() {
    for (table, layout) in tables().flat_map(|table| LAYOUTS.map(|layout| (table, layout))) {
        for (channels, plane, groups) in
            [(4, 1, 2), (6, 5, 2), (8, 9, 2), (8, 33, 1), (9, 7, 3), (10, 64, 10), (32, 300, 4)]
        {
            let x = random(channels * plane, 998.0, 1003.0);
            let (gamma, beta) = (random(channels, 0.5, 1.5), random(channels, -1.0, 1.0));
            for (gamma, beta) in [(None, None), (Some(&gamma[..]), Some(&beta[..]))] {
                let norm = Norm { gamma, beta, epsilon: EPSILON };
                let source = arranged(layout, &x, channels, plane);
                let y = guarded(&source, |y| table.group_norm(layout, y, channels, plane, groups, &norm));
                let groups = x.chunks(channels / groups * plane).flat_map(normalised).enumerate();
                let exact: Vec<_> = groups.map(|(i, x)| affine(x, &norm, i / plane)).collect();
                let y = row_major(layout, &y, channels, plane);
                assert_close(&y, &exact, &format!("{} {layout:?} of {channels} × {plane}", table.name()));
            }
        }
    }
}

#[test]
fn constant_channels_become_0() {
    for table in tables() {
        for epsilon in [EPSILON, f32::MIN_POSITIVE] {
            let y = guarded(&[1.1; 40], |y| table.layer_norm(y, &Norm { epsilon, ..Norm::default() }));
            assert_close(&y, &[0.0; 40], table.name());
        }
    }
}

#[test]
fn pools_in_both_layouts() {
    for (table, layout) in tables().flat_map(|table| LAYOUTS.map(|layout| (table, layout))) {
        for (channels, plane) in (1..=40).map(|plane| (3, plane)).chain([(5, 49), (8, 3000), (2, 20_000)]) {
            let x = random(channels * plane, 0.0, 3.0);
            let source = arranged(layout, &x, channels, plane);
            let what = format!("{} {layout:?} of {channels} × {plane}", table.name());
            let pooled = |pool| {
                let mut y = vec![0.0; layout.elements(channels, 1)];
                table.pool(pool, layout, &mut y, &source, channels, plane);
                y.truncate(channels);
                y
            };
            let means = x.chunks(plane).map(|x| x.iter().map(|&x| f64::from(x)).sum::<f64>() / plane as f64);
            assert_close(&pooled(Pool::Average), &means.collect::<Vec<_>>(), &what);
            let largest: Vec<_> =
                x.chunks(plane).map(|x| x.iter().copied().fold(f32::NEG_INFINITY, f32::max)).collect();
            assert_eq!(pooled(Pool::Max), largest, "{what}");
        }
    }
}

#[test]
fn nan_at_any_place_is_the_result_of_pools() {
    for (table, pool) in tables().flat_map(|table| [Pool::Average, Pool::Max].map(|pool| (table, pool))) {
        for (count, at) in (1..=70).flat_map(|count| (0..count).map(move |at| (count, at))) {
            let mut x = vec![1.0; count];
            x[at] = f32::NAN;
            let mut y = [0.0];
            table.pool(pool, Layout::RowMajor, &mut y, &x, 1, count);
            assert!(y[0].is_nan(), "{} {pool:?} of {count} with NaN at {at}", table.name());
        }
    }
}
