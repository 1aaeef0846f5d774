//! What models are run on.

use edgeconv_graph::Tensor;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Random numbers, uniform in `[0, 1)`: the range that the official preprocessing gives. The same seed and shape give the
/// same tensor on every machine.
#[allow(clippy::expect_used)] // there are as many numbers as the shape has elements
pub fn random(shape: &[usize], seed: u64) -> Tensor {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let count = shape.iter().product();
    Tensor::f32(shape, (0..count).map(|_| rng.random()).collect()).expect("one number per element")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seed_decides() {
        assert_eq!(random(&[1, 3, 8, 8], 7), random(&[1, 3, 8, 8], 7));
        assert_ne!(random(&[1, 3, 8, 8], 7), random(&[1, 3, 8, 8], 8));
    }

    #[test]
    fn numbers_fill_the_unit_interval() {
        let tensor = random(&[100, 100], 0);
        let data = tensor.as_f32().unwrap();
        assert!(data.iter().all(|x| (0.0..1.0).contains(x)));
        let mean = data.iter().sum::<f32>() / 1e4;
        assert!((mean - 0.5).abs() < 0.01, "{mean}");
    }
}
