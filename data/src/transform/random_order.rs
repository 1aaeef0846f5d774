//! Transforms in random order.

use super::Transform;
use crate::random::{Random, shuffle};
use crate::sample::Sample;

/// Applies transforms in random order, or only a part of them.
pub struct RandomOrder {
    /// The transforms.
    pub transforms: Vec<Box<dyn Transform>>,
    /// Which part of them, rounded up.
    pub part: f64,
}

impl Transform for RandomOrder {
    fn apply(&self, sample: Sample, random: &mut dyn Random) -> Sample {
        let mut order: Vec<_> = self.transforms.iter().collect();
        shuffle(&mut order, random);
        let kept = (order.len() as f64 * self.part).ceil() as usize;
        order.into_iter().take(kept).fold(sample, |sample, transform| transform.apply(sample, random))
    }
}

#[cfg(test)]
mod tests {
    use edgeconv_vision::RgbImage;

    use super::super::test::Told;
    use super::*;
    use crate::sample::Shows;

    /// Appends a digit to the class.
    struct Digit(usize);

    impl Transform for Digit {
        fn apply(&self, sample: Sample, _: &mut dyn Random) -> Sample {
            let Shows::Class(class) = sample.shows else { return sample };
            Sample { shows: Shows::Class(class * 10 + self.0), ..sample }
        }
    }

    #[test]
    fn a_part_is_applied_in_random_order() {
        let shows = |part: f64, told: [f64; 2]| {
            let transforms: Vec<Box<dyn Transform>> = vec![Box::new(Digit(1)), Box::new(Digit(2)), Box::new(Digit(3))];
            let sample = Sample { picture: RgbImage::new(1, 1), shows: Shows::Class(0) };
            RandomOrder { transforms, part }.apply(sample, &mut Told(told.to_vec())).shows
        };
        assert_eq!(shows(1.0, [0.9, 0.9]), Shows::Class(123));
        // Swaps the last with the first, then the second with the first.
        assert_eq!(shows(1.0, [0.0, 0.0]), Shows::Class(231));
        assert_eq!(shows(0.5, [0.0, 0.0]), Shows::Class(23));
        assert_eq!(shows(0.1, [0.0, 0.0]), Shows::Class(2));
    }
}
