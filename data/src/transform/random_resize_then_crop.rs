//! A random size and a random part at once. For segmentation.

use edgeconv_vision::resize::{bilinear, nearest};

use super::resize::{shorter_side, size_of};
use super::{RandomCrop, RandomResize, Resize, Transform};
use crate::random::Random;
use crate::sample::{Sample, Shows};

/// The same as a [`RandomResize`] followed by a [`RandomCrop`]. If the resized picture is large enough, only the part of it is
/// computed.
pub struct RandomResizeThenCrop {
    /// The first.
    pub resize: RandomResize,
    /// The second.
    pub crop: RandomCrop,
}

impl Transform for RandomResizeThenCrop {
    fn apply(&self, mut sample: Sample, random: &mut dyn Random) -> Sample {
        let size = shorter_side(size_of(&sample.picture), self.resize.shorter(random));
        if size.0 < self.crop.size.0 || size.1 < self.crop.size.1 {
            return self.crop.apply(Resize(size).apply(sample, random), random);
        }
        let region = self.crop.region(size, random);
        let (rows, columns) = (region.top..region.top + region.height, region.left..region.left + region.width);
        sample.picture = bilinear(&sample.picture, size, rows.clone(), columns.clone());
        if let Shows::Mask(mask) = &mut sample.shows {
            *mask = nearest(mask, size, rows, columns);
        }
        sample
    }
}

#[cfg(test)]
mod tests {
    use super::super::test::masked;
    use super::*;
    use crate::random::SampleRandom;

    #[test]
    fn it_is_the_same_as_one_after_the_other() {
        for position in 0..40 {
            let random = SampleRandom::new(0, 0, position);
            let resize = || RandomResize { min: 20, max: 60 };
            let crop = || RandomCrop { size: (33, 40), mask_fill: 255, resize_if_needed: position % 2 == 0 };
            let at_once = RandomResizeThenCrop { resize: resize(), crop: crop() };
            let (height, width) = if position % 3 == 0 { (30, 45) } else { (50, 32) };
            let mut one_after_the_other = random.clone();
            let resized = resize().apply(masked(height, width), &mut one_after_the_other);
            let expected = crop().apply(resized, &mut one_after_the_other);
            assert_eq!(at_once.apply(masked(height, width), &mut random.clone()), expected, "position {position}");
        }
    }
}
