//! Random contrast, brightness, saturation and hue. For detection.

use edgeconv_vision::RgbImage;

use super::{Transform, hsv};
use crate::options::PhotometricDistortOptions;
use crate::random::{Random, shuffle};
use crate::sample::Sample;

/// Distorts the colours of the picture (SSD, Liu et al. 2016, section 3.6), each property with the probability of the
/// options: contrast before or after the others, brightness, saturation, hue, order of the channels.
pub struct PhotometricDistort(pub PhotometricDistortOptions);

impl Transform for PhotometricDistort {
    fn apply(&self, mut sample: Sample, random: &mut dyn Random) -> Sample {
        let options = &self.0;
        let applied: [bool; 6] = std::array::from_fn(|_| random.unit() < options.p);
        let [contrast, brightness, saturation, hue, late_contrast, channels] = applied;
        let picture = &mut sample.picture;

        let mut draw = |applied: bool, low: f64, high: f64| applied.then(|| random.uniform(low, high));
        let factor = draw(contrast, options.alpha_min, options.alpha_max).unwrap_or(1.0) as f32;
        let added = (draw(brightness, options.beta_min, options.beta_max).unwrap_or(0.0) * 255.0) as f32;
        change(picture, [0, 1, 2], |level| level * factor + added);

        hsv::from_rgb(picture);
        let factor = draw(saturation, options.gamma_min, options.gamma_max).unwrap_or(1.0) as f32;
        let step = (draw(hue, options.delta_min, options.delta_max).unwrap_or(0.0) * 255.0).trunc() as f32;
        change(picture, [1], |level| level * factor);
        change(picture, [0], |level| level + step);
        hsv::to_rgb(picture);

        let factor = draw(!contrast && late_contrast, options.alpha_min, options.alpha_max).unwrap_or(1.0) as f32;
        change(picture, [0, 1, 2], |level| level * factor);
        if channels {
            permute(picture, random);
        }
        sample
    }
}

/// Changes the levels of these channels, clips and cuts them. There are only 256 levels to compute.
fn change<const N: usize>(picture: &mut RgbImage, channels: [usize; N], change: impl Fn(f32) -> f32) {
    let table: [u8; 256] = std::array::from_fn(|level| change(level as f32).clamp(0.0, 255.0) as u8);
    if table.iter().enumerate().all(|(level, &changed)| level == usize::from(changed)) {
        return;
    }
    for pixel in picture.pixels_mut() {
        for channel in channels {
            pixel.0[channel] = table[usize::from(pixel.0[channel])];
        }
    }
}

fn permute(picture: &mut RgbImage, random: &mut dyn Random) {
    // Positions of blue, green and red, as the official program has them.
    let mut order = [0, 1, 2];
    shuffle(&mut order, random);
    for pixel in picture.pixels_mut() {
        let [red, green, blue] = pixel.0;
        let [blue, green, red] = order.map(|channel| [blue, green, red][channel]);
        pixel.0 = [red, green, blue];
    }
}

#[cfg(test)]
mod tests {
    use super::super::test::{Told, hash, picture};
    use super::*;
    use crate::sample::Shows;
    use crate::sampler::PythonRandom;

    fn distorted(options: PhotometricDistortOptions, random: &mut dyn Random) -> RgbImage {
        let sample = Sample { picture: picture(37, 75), shows: Shows::Class(0) };
        PhotometricDistort(options).apply(sample, random).picture
    }

    #[test]
    fn levels_are_those_of_numpy_and_opencv() {
        // A script in Python with the same steps in BGR, on NumPy 1.26 and OpenCV 4.9, seeded with the index.
        let expected = [
            0x013d_fc22_10d3_1637,
            0xf383_b35c_8edf_9a3b,
            0xc709_9f46_d09e_3844,
            0xe5e5_82cc_b294_50b9,
            0xf0e8_f2f8_79b5_580f,
            0x2321_e6af_123a_f568,
            0xf65a_f35d_5834_72ba,
            0x0144_5d7d_2f9b_f5b7,
            0x4f20_cb38_132c_e4f2,
            0x3730_f52c_2dbf_0850,
            0x4439_693f_097d_9c5c,
            0x28c1_a51a_a794_65ec,
        ];
        for (seed, expected) in expected.into_iter().enumerate() {
            let picture = distorted(PhotometricDistortOptions::default(), &mut PythonRandom::new(seed as u64));
            assert_eq!(hash(picture.as_raw()), expected, "seed {seed}");
        }
    }

    #[test]
    fn nothing_is_drawn_that_is_not_applied() {
        let mut random = Told(vec![0.5; 6]);
        let same = distorted(PhotometricDistortOptions::default(), &mut random);
        assert!(random.0.is_empty());
        // The way to HSV and back is gone all the same.
        let mut expected = picture(37, 75);
        hsv::from_rgb(&mut expected);
        hsv::to_rgb(&mut expected);
        assert_eq!(same, expected);
        assert_ne!(same, picture(37, 75));
    }
}
