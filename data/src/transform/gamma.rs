//! Random gamma correction. For classification.

use super::Transform;
use crate::random::Random;
use crate::sample::Sample;

/// Raises levels, as parts of 255, to a random power, with probability `p`.
pub struct RandomGamma {
    /// Least and greatest exponent.
    pub gamma: [f64; 2],
    /// The probability.
    pub p: f64,
}

impl Transform for RandomGamma {
    fn apply(&self, mut sample: Sample, random: &mut dyn Random) -> Sample {
        if random.unit() <= self.p {
            let gamma = random.uniform(self.gamma[0], self.gamma[1]);
            let table: [u8; 256] = std::array::from_fn(|level| ((level as f64 / 255.0).powf(gamma) * 255.0) as u8);
            for level in sample.picture.iter_mut() {
                *level = table[usize::from(*level)];
            }
        }
        sample
    }
}

#[cfg(test)]
mod tests {
    use edgeconv_vision::RgbImage;

    use super::super::test::Told;
    use super::*;
    use crate::sample::Shows;

    #[test]
    fn levels_are_raised_to_a_power_and_cut() {
        let sample = Sample {
            picture: RgbImage::from_raw(2, 1, vec![0, 1, 100, 128, 254, 255]).unwrap(),
            shows: Shows::Class(0),
        };
        let gamma = RandomGamma { gamma: [0.5, 1.5], p: 0.5 };
        // NumPy 1.26: ((x / 255) ** 0.75 * 255).astype(np.uint8).
        let picture = gamma.apply(sample.clone(), &mut Told(vec![0.5, 0.25])).picture;
        assert_eq!(picture.into_raw(), [0, 3, 126, 152, 254, 255]);
        assert_eq!(gamma.apply(sample.clone(), &mut Told(vec![0.51])), sample);
    }
}
