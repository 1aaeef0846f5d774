//! Kernels against 64-bit arithmetic, for all instructions that this processor has.
#![allow(clippy::unwrap_used, clippy::panic)] // a test may panic: that is how it fails

use edgeconv_runtime::kernels::{Isa, Kernels, Unary};

fn tables() -> impl Iterator<Item = Kernels> {
    Isa::ALL.into_iter().filter_map(Kernels::of)
}

fn exact(function: Unary, x: f64) -> f64 {
    match function {
        Unary::Exp => x.exp(),
        Unary::Sigmoid => 1.0 / (1.0 + (-x).exp()),
        Unary::Silu => x / (1.0 + (-x).exp()),
        Unary::Tanh => x.tanh(),
        Unary::Erf => libm::erf(x),
        Unary::Gelu => x * 0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2),
        Unary::HardSwish => x * (x + 3.0).clamp(0.0, 6.0) / 6.0,
    }
}

/// Absolute error that is always allowed: near it, e^x or the result is denormal, which counts as 0 on ARMv7 and partly elsewhere.
fn negligible(function: Unary) -> f64 {
    let denormal = 2.0 * f64::from(f32::MIN_POSITIVE);
    // SiLU multiplies e^x by x, which is up to 88 there.
    if function == Unary::Silu { 88.0 * denormal } else { denormal }
}

/// Largest error, in units in the last place of the exact result.
fn tolerance(function: Unary) -> f64 {
    // A quotient of polynomials, e^x and two products, each with rounding errors of its own, which add up in the far tail.
    if function == Unary::Gelu { 7.0 } else { 4.0 }
}

/// Distance in units in the last place of the exact result.
fn ulps(function: Unary, found: f32, exact: f64) -> f64 {
    let nearest = exact as f32;
    let same = found == nearest || found.is_nan() && nearest.is_nan();
    if same || (f64::from(found) - exact).abs() <= negligible(function) {
        return 0.0;
    }
    let limit = if nearest.is_infinite() { f32::MAX.copysign(nearest) } else { nearest };
    let exponent = limit.to_bits() >> 23 & 0xff;
    (f64::from(found) - exact).abs() / 2f64.powi(exponent as i32 - 127 - 23)
}

/// Each 1009th finite float, and all of a grid from -20 to 20.
fn arguments() -> Vec<f32> {
    let sparse = (0..=u32::MAX).step_by(1009).map(f32::from_bits).filter(|x| x.is_finite());
    let dense = (-200_000..=200_000).map(|i| i as f32 * 1e-4);
    sparse.chain(dense).collect()
}

fn mapped(table: Kernels, function: Unary, x: &[f32]) -> Vec<f32> {
    let mut y = vec![0.0; x.len()];
    table.map(function, &mut y, x);
    y
}

#[test]
fn accuracy() {
    let x = arguments();
    for table in tables() {
        for function in Unary::ALL {
            let errors = x
                .iter()
                .zip(mapped(table, function, &x))
                .map(|(&x, y)| (ulps(function, y, exact(function, x.into())), x));
            let (worst, at) = errors.max_by(|a, b| a.0.total_cmp(&b.0)).unwrap();
            println!("{} {function:?}: {worst:.2} ulp at {at:e}", table.name());
            assert!(worst <= tolerance(function), "{} {function:?} of {at:e}: {worst} ulp", table.name());
        }
    }
}

#[test]
fn limits() {
    let x = [f32::NEG_INFINITY, f32::INFINITY, 0.0, -0.0];
    for table in tables() {
        for function in Unary::ALL {
            let expected = match function {
                Unary::Exp => [0.0, f32::INFINITY, 1.0, 1.0],
                Unary::Sigmoid => [0.0, 1.0, 0.5, 0.5],
                Unary::Silu | Unary::Gelu | Unary::HardSwish => [0.0, f32::INFINITY, 0.0, 0.0],
                Unary::Tanh | Unary::Erf => [-1.0, 1.0, 0.0, 0.0],
            };
            assert_eq!(mapped(table, function, &x), expected, "{} {function:?}", table.name());
        }
    }
}

#[test]
fn nan_stays_nan() {
    // With bits in the places where functions look for an exponent.
    let x = [f32::NAN, -f32::NAN, f32::from_bits(0x7fc0_01ff), f32::from_bits(0xffff_ffff)];
    for table in tables() {
        for function in Unary::ALL {
            assert!(mapped(table, function, &x).iter().all(|y| y.is_nan()), "{} {function:?}", table.name());
        }
        let mut y = [0.0; 4];
        table.hard_sigmoid(&mut y, &x, 0.2, 0.5);
        assert!(y.iter().all(|y| y.is_nan()), "{} hard sigmoid", table.name());
    }
}

#[test]
fn sigmoid_tanh_and_erf_stay_within_their_limits() {
    let x: Vec<_> = (0..400_000).map(|i| i as f32 * 1e-4).flat_map(|x| [x, -x]).collect();
    for table in tables() {
        for function in [Unary::Sigmoid, Unary::Tanh, Unary::Erf] {
            assert!(mapped(table, function, &x).iter().all(|y| y.abs() <= 1.0), "{} {function:?}", table.name());
        }
    }
}

#[test]
fn hard_sigmoid_is_a_line_between_0_and_1() {
    let x: Vec<_> = (-8000..8000).map(|i| i as f32 * 1e-3).collect();
    for table in tables() {
        for (alpha, beta) in [(1.0 / 6.0, 0.5), (0.2, 0.5), (-2.0, 0.25)] {
            let mut y = vec![0.0; x.len()];
            table.hard_sigmoid(&mut y, &x, alpha, beta);
            for (&x, &y) in x.iter().zip(&y) {
                let exact = (f64::from(alpha) * f64::from(x) + f64::from(beta)).clamp(0.0, 1.0);
                assert!((f64::from(y) - exact).abs() <= 1.2e-7, "{} {alpha} {beta} of {x}: {y}", table.name());
            }
        }
    }
}

#[test]
fn every_length_from_every_address_and_nothing_beyond() {
    const CANARY: f32 = 12345.0;
    for table in tables() {
        for (function, count) in
            Unary::ALL.into_iter().flat_map(|function| (0..=70).map(move |count| (function, count)))
        {
            let start = 1 + count % 5;
            let x: Vec<_> = (0..count).map(|i| i as f32 * 0.37 - 9.0).collect();
            let mut inside = vec![CANARY; start + count + 16];
            inside[start..][..count].copy_from_slice(&x);
            table.map_in_place(function, &mut inside[start..][..count]);

            let what = format!("{} {function:?} of {count}", table.name());
            assert_eq!(inside[start..][..count], mapped(table, function, &x), "{what}, in place");
            assert!(inside[..start].iter().chain(&inside[start + count..]).all(|&x| x == CANARY), "{what}: canary");
            for (&x, &y) in x.iter().zip(&inside[start..]) {
                assert!(ulps(function, y, exact(function, x.into())) <= tolerance(function), "{what}: {x}, {y}");
            }
        }
    }
}
