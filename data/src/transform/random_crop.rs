//! A random part of the picture at its own scale. For segmentation.

use edgeconv_vision::resize::Region;
use edgeconv_vision::{GrayImage, RgbImage};
use image::{GenericImage, Luma};

use super::resize::{Resize, shorter_side, size_of};
use super::{Transform, crop};
use crate::random::Random;
use crate::sample::{Sample, Shows};

/// Cuts a part of `size` (height, width) out of the picture and its mask. Pictures that are too small are enlarged first, or
/// else get black pixels at the bottom and right. Boxes are left alone.
pub struct RandomCrop {
    /// Height and width of the part.
    pub size: (usize, usize),
    /// Class of the pixels that are added.
    pub mask_fill: u8,
    /// Whether pictures that are too small are enlarged.
    pub resize_if_needed: bool,
}

impl Transform for RandomCrop {
    fn apply(&self, sample: Sample, random: &mut dyn Random) -> Sample {
        let sample = if self.resize_if_needed { self.enlarged(sample, random) } else { sample };
        // An enlarged picture is too small only if its aspect and that of the part lie on both sides of a square.
        let sample = self.padded(sample);
        let region = self.region(size_of(&sample.picture), random);
        crop(sample, region)
    }
}

impl RandomCrop {
    /// The part of a picture that is large enough.
    pub(super) fn region(&self, (height, width): (usize, usize), random: &mut dyn Random) -> Region {
        let top = random.between(0, height - self.size.0);
        let left = random.between(0, width - self.size.1);
        Region { top, left, height: self.size.0, width: self.size.1 }
    }

    fn enlarged(&self, sample: Sample, random: &mut dyn Random) -> Sample {
        let (height, width) = size_of(&sample.picture);
        let shorter = height.max(self.size.0).min(width.max(self.size.1));
        if height.min(width) == shorter {
            return sample;
        }
        Resize(shorter_side((height, width), shorter)).apply(sample, random)
    }

    fn padded(&self, mut sample: Sample) -> Sample {
        let (height, width) = size_of(&sample.picture);
        let (to_height, to_width) = (height.max(self.size.0) as u32, width.max(self.size.1) as u32);
        if (height as u32, width as u32) == (to_height, to_width) {
            return sample;
        }
        sample.picture = onto(RgbImage::new(to_width, to_height), &sample.picture);
        if let Shows::Mask(mask) = &mut sample.shows {
            *mask = onto(GrayImage::from_pixel(to_width, to_height, Luma([self.mask_fill])), mask);
        }
        sample
    }
}

/// A larger picture with this one at its top left.
fn onto<I: GenericImage>(mut larger: I, picture: &I) -> I {
    image::imageops::replace(&mut larger, picture, 0, 0);
    larger
}

#[cfg(test)]
mod tests {
    use super::super::test::{Told, mask, masked};
    use super::*;

    fn cropped(sample: Sample, size: (usize, usize), resize_if_needed: bool, told: [f64; 2]) -> Sample {
        RandomCrop { size, mask_fill: 255, resize_if_needed }.apply(sample, &mut Told(told.to_vec()))
    }

    #[test]
    fn parts_are_cut_out() {
        let whole = masked(10, 12);
        // top = ⌊0.5 · 5⌋, left = ⌊0.99 · 6⌋.
        let part = cropped(whole.clone(), (6, 7), false, [0.5, 0.99]);
        assert_eq!(part.picture, image::imageops::crop_imm(&whole.picture, 5, 2, 7, 6).to_image());
        assert_eq!(*mask(&part), image::imageops::crop_imm(mask(&whole), 5, 2, 7, 6).to_image());
    }

    #[test]
    fn small_pictures_are_padded() {
        let padded = cropped(masked(2, 9), (3, 4), false, [0.0, 0.0]);
        assert_eq!(padded.picture.dimensions(), (4, 3));
        assert_eq!(mask(&padded).as_raw()[4..], [31, 38, 45, 52, 255, 255, 255, 255]);
        assert_eq!(padded.picture.as_raw()[24..], [0; 12]);
        // top of 0 to 0, left of 0 to 5.
        assert_eq!(mask(&cropped(masked(2, 9), (3, 4), false, [0.99, 0.99])).as_raw()[..4], [35, 42, 49, 56]);
    }

    #[test]
    fn small_pictures_are_enlarged() {
        let whole = masked(6, 9);
        let enlarged = Resize((12, 18)).apply(whole.clone(), &mut Told(vec![]));
        let part = cropped(whole, (12, 12), true, [0.0, 0.5]);
        assert_eq!(part.picture, image::imageops::crop_imm(&enlarged.picture, 3, 0, 12, 12).to_image());
        // Large enough: nothing is resized.
        let part = cropped(masked(12, 20), (12, 12), true, [0.0, 0.0]);
        assert_eq!(part.picture, image::imageops::crop_imm(&masked(12, 20).picture, 0, 0, 12, 12).to_image());
        // A wide part of a tall picture.
        assert_eq!(cropped(masked(30, 40), (20, 60), true, [0.0, 0.0]).picture.dimensions(), (60, 20));
    }
}
