//! Kernels of bytes against 64-bit arithmetic, for all instructions that this processor has.
#![cfg(target_arch = "x86_64")]

use edgeconv_runtime::byte_kernels::{ByteKernels, Sum};

/// Places so close to the middle between two integers may become either.
const TIE: f64 = 1e-4;

fn tables() -> impl Iterator<Item = (usize, ByteKernels)> {
    [8, 16].into_iter().filter_map(|lanes| ByteKernels::of_lanes(lanes).map(|kernels| (lanes, kernels)))
}

/// All bytes, not in order.
fn bytes(seed: usize, count: usize) -> Vec<u8> {
    (0..count).map(|i| ((i + seed) * 167 % 256) as u8).collect()
}

fn is_nearest(found: u8, place: f64, [low, high]: [f32; 2]) -> bool {
    let place = place.clamp(f64::from(low), f64::from(high));
    (f64::from(found) - place).abs() <= 0.5 + TIE
}

#[test]
fn tables_are_looked_up() {
    let table: [u8; 256] = std::array::from_fn(|i| (i * i / 3 + 5 * i) as u8);
    for (lanes, kernels) in tables() {
        for count in (0..140).chain([256, 1000]) {
            let from = bytes(count, count);
            let mut to = vec![0; count];
            kernels.map(&mut to, &from, &table);
            assert!(to.iter().zip(&from).all(|(&to, &from)| to == table[usize::from(from)]), "{lanes} lanes, {count}");
        }
    }
}

#[test]
fn bytes_become_floats() {
    for (lanes, kernels) in tables() {
        for count in 0..70 {
            let from = bytes(count, count);
            let mut to = vec![f32::NAN; count];
            kernels.widen(&mut to, &from, 131.0);
            assert!(to.iter().zip(&from).all(|(&to, &from)| to == f32::from(from) - 131.0), "{lanes} lanes, {count}");
        }
    }
}

#[test]
fn sums_of_products_are_rounded() {
    for (lanes, kernels) in tables() {
        let scale: Vec<_> = (1..=lanes).map(|i| 0.003 * i as f32).collect();
        let bias: Vec<_> = (0..lanes).map(|i| 120.0 + 0.37 * i as f32).collect();
        let sums: Vec<_> = (0..17 * lanes).map(|i| (i * 7919 % 20011) as f32 - 10_000.0).collect();
        for bounds in [[0.0, 255.0], [128.0, 200.0]] {
            let mut to = vec![0; sums.len()];
            kernels.narrow(&mut to, &sums, [&scale, &bias], bounds);
            for (i, &found) in to.iter().enumerate() {
                let place = f64::from(sums[i]) * f64::from(scale[i % lanes]) + f64::from(bias[i % lanes]);
                assert!(is_nearest(found, place, bounds), "{lanes} lanes: {found} for {place}");
            }
        }
    }
}

#[test]
fn sums_of_bytes_are_rounded() {
    for (lanes, kernels) in tables() {
        for (count, bounds) in (0..40).map(|count| (count, [0.0, 255.0])).chain([(700, [128.0, 210.0])]) {
            let (first, second) = (bytes(1, count), bytes(91, count));
            let sum = Sum { scales: [0.731, 1.118], bias: -101.3, bounds };
            let mut to = vec![0; count];
            kernels.add(&mut to, &first, &second, &sum);
            for (i, &found) in to.iter().enumerate() {
                let [a, b] = sum.scales.map(f64::from);
                let place = f64::from(first[i]) * a + f64::from(second[i]) * b + f64::from(sum.bias);
                assert!(is_nearest(found, place, bounds), "{lanes} lanes: {found} for {place}");
            }
        }
    }
}
