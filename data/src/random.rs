//! Where the transforms get their random numbers from.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Random numbers, drawn in the ways of Python's `random`.
pub trait Random {
    /// Uniform in \[0, 1).
    fn unit(&mut self) -> f64;

    /// Uniform among 0, 1, …, n − 1; 0 if n is 0.
    fn below(&mut self, n: usize) -> usize;

    /// Uniform between `low` and `high`, as `random.uniform`.
    fn uniform(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Uniform among `low`, …, `high`, as `random.randint`.
    fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high.saturating_sub(low) + 1)
    }
}

/// Shuffles in place, as `random.shuffle`.
pub fn shuffle<T>(items: &mut [T], random: &mut (impl Random + ?Sized)) {
    for last in (1..items.len()).rev() {
        items.swap(last, random.below(last + 1));
    }
}

/// The numbers of one sample: the same whichever thread reads it, different in each epoch.
#[derive(Debug, Clone)]
pub struct SampleRandom(ChaCha8Rng);

impl SampleRandom {
    /// The numbers of the sample at `position` in the order of this epoch.
    pub fn new(seed: u64, epoch: usize, position: usize) -> Self {
        let mut key = [0; 32];
        for (bytes, number) in key.as_chunks_mut::<8>().0.iter_mut().zip([seed, epoch as u64, position as u64]) {
            *bytes = number.to_le_bytes();
        }
        Self(ChaCha8Rng::from_seed(key))
    }
}

impl Random for SampleRandom {
    fn unit(&mut self) -> f64 {
        self.0.random()
    }

    fn below(&mut self, n: usize) -> usize {
        self.0.random_range(0..n.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_have_numbers_of_their_own() {
        let first = |seed, epoch, position| SampleRandom::new(seed, epoch, position).unit().to_bits();
        let all = [first(0, 0, 0), first(1, 0, 0), first(0, 1, 0), first(0, 0, 1), first(0, 1, 1)];
        let distinct: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
        assert_eq!(first(3, 4, 5), first(3, 4, 5));
    }

    #[test]
    fn ranges_are_met() {
        let mut random = SampleRandom::new(0, 0, 0);
        let mut counts = [0; 3];
        for _ in 0..3000 {
            counts[random.between(5, 7) - 5] += 1;
            assert!((-0.2..0.3).contains(&random.uniform(-0.2, 0.3)));
        }
        assert!(counts.iter().all(|count| (900..1100).contains(count)), "{counts:?}");
        assert_eq!((random.below(0), random.below(1), random.between(4, 4)), (0, 0, 4));
    }
}
