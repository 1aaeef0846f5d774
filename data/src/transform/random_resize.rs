//! A picture of random size. For segmentation.

use super::Transform;
use super::resize::{Resize, shorter_side, size_of};
use crate::random::Random;
use crate::sample::Sample;

/// Resizes the shorter side of the picture and its mask to a random length.
pub struct RandomResize {
    /// Least length.
    pub min: usize,
    /// Greatest length.
    pub max: usize,
}

impl Transform for RandomResize {
    fn apply(&self, sample: Sample, random: &mut dyn Random) -> Sample {
        let size = shorter_side(size_of(&sample.picture), self.shorter(random));
        Resize(size).apply(sample, random)
    }
}

impl RandomResize {
    /// Length of the shorter side.
    pub(super) fn shorter(&self, random: &mut dyn Random) -> usize {
        random.between(self.min, self.max)
    }
}

#[cfg(test)]
mod tests {
    use super::super::test::{Told, mask, masked};
    use super::*;

    #[test]
    fn the_range_is_inclusive() {
        let resize = RandomResize { min: 10, max: 20 };
        for (told, size) in [(0.0, (15, 10)), (0.999, (30, 20)), (0.5, (22, 15))] {
            let sample = resize.apply(masked(12, 18), &mut Told(vec![told]));
            assert_eq!((sample.picture.dimensions(), mask(&sample).dimensions()), (size, size));
        }
    }
}
