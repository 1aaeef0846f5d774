//! A random part of the picture, resized. For classification.

use edgeconv_vision::resize::{Region, bilinear_region};

use super::Transform;
use super::resize::size_of;
use crate::random::Random;
use crate::sample::Sample;

/// How often a region is tried before the centre is taken.
const TRIES: usize = 10;

/// Takes a region of random area, aspect and position, and resizes it to `size` (height, width) (Inception, Szegedy et al.
/// 2014, section 6). Masks and boxes are left alone.
pub struct RandomResizedCrop {
    /// Height and width of the result.
    pub size: (usize, usize),
    /// Least and greatest part of the picture's area.
    pub scale: [f64; 2],
    /// Least and greatest ratio of width and height; rounded to 3 decimals.
    pub aspect_ratio: [f64; 2],
}

impl Transform for RandomResizedCrop {
    fn apply(&self, sample: Sample, random: &mut dyn Random) -> Sample {
        let region = self.region(size_of(&sample.picture), random);
        Sample { picture: bilinear_region(&sample.picture, region, self.size), ..sample }
    }
}

impl RandomResizedCrop {
    fn region(&self, (height, width): (usize, usize), random: &mut dyn Random) -> Region {
        let ratio = self.ratio();
        for _ in 0..TRIES {
            let area = random.uniform(self.scale[0], self.scale[1]) * (height * width) as f64;
            let aspect = random.uniform(ratio[0].ln(), ratio[1].ln()).exp();
            let w = (area * aspect).sqrt().round_ties_even() as usize;
            let h = (area / aspect).sqrt().round_ties_even() as usize;
            if (1..=width).contains(&w) && (1..=height).contains(&h) {
                let top = random.between(0, height - h);
                let left = random.between(0, width - w);
                return Region { top, left, height: h, width: w };
            }
        }
        centre((height, width), ratio)
    }

    fn ratio(&self) -> [f64; 2] {
        self.aspect_ratio.map(|ratio| (ratio * 1000.0).round_ties_even() / 1000.0)
    }
}

/// The largest region in the centre whose ratio lies in the range.
fn centre((height, width): (usize, usize), ratio: [f64; 2]) -> Region {
    let aspect = width as f64 / height as f64;
    let round = |side: f64| (side.round_ties_even() as usize).max(1);
    let (h, w) = if aspect < ratio[0] {
        (round(width as f64 / ratio[0]).min(height), width)
    } else if aspect > ratio[1] {
        (height, round(height as f64 * ratio[1]).min(width))
    } else {
        (height, width)
    };
    Region { top: (height - h) / 2, left: (width - w) / 2, height: h, width: w }
}

#[cfg(test)]
mod tests {
    use super::super::test::{hash, masked};
    use super::*;
    use crate::sampler::PythonRandom;

    fn published(size: (usize, usize)) -> RandomResizedCrop {
        RandomResizedCrop { size, scale: [0.08, 1.0], aspect_ratio: [0.75, 1.3333] }
    }

    #[test]
    fn regions_are_those_of_python() {
        // A script in Python with the same steps, seeded with the index.
        for (seed, (size, [top, left, height, width])) in [
            ((375, 500), [3, 5, 372, 432]),
            ((500, 333), [32, 65, 167, 203]),
            ((64, 64), [10, 42, 26, 21]),
            ((100, 300), [2, 154, 94, 96]),
            ((37, 1000), [0, 475, 37, 49]),
            ((480, 640), [50, 135, 418, 480]),
        ]
        .into_iter()
        .enumerate()
        {
            let found = published((8, 8)).region(size, &mut PythonRandom::new(seed as u64));
            assert_eq!(found, Region { top, left, height, width });
        }
    }

    #[test]
    fn pictures_are_those_of_opencv() {
        // The same script; OpenCV 4.9 resized the regions.
        for (seed, (height, width), size, expected) in [
            (10, (375, 500), (256, 256), 0x3024_508a_8773_f830),
            (11, (64, 80), (160, 192), 0xd89c_e3ca_774e_66fe),
            (12, (500, 333), (128, 96), 0x6ec4_d00e_d412_cf93),
        ] {
            let sample = published(size).apply(masked(height, width), &mut PythonRandom::new(seed));
            assert_eq!(hash(sample.picture.as_raw()), expected, "seed {seed}");
        }
    }

    #[test]
    fn thin_pictures_give_their_centre() {
        // No try succeeds: every region of 8 % of the area or more is taller than the picture.
        let mut random = PythonRandom::new(0);
        let region = |size, random: &mut PythonRandom| published((8, 8)).region(size, random);
        assert_eq!(region((2, 400), &mut random), Region { top: 0, left: 198, height: 2, width: 3 });
        assert_eq!(region((400, 3), &mut random), Region { top: 198, left: 0, height: 4, width: 3 });
    }
}
