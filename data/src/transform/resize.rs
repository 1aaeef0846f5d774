//! Resizing without chance.

use edgeconv_vision::RgbImage;
use edgeconv_vision::resize::{bilinear, nearest};

use super::Transform;
use crate::random::Random;
use crate::sample::{Sample, Shows};

/// The size (height, width) of a picture whose shorter side becomes `size`; a fraction of a pixel is dropped.
pub fn shorter_side((height, width): (usize, usize), size: usize) -> (usize, usize) {
    match width < height {
        true => (size * height / width.max(1), size),
        false => (size, size * width / height.max(1)),
    }
}

/// Height and width.
pub(super) fn size_of(picture: &RgbImage) -> (usize, usize) {
    (picture.height() as usize, picture.width() as usize)
}

/// Resizes the picture to a size (height, width), whatever its aspect, and its mask to the nearest pixel. Boxes are left
/// alone.
pub struct Resize(pub (usize, usize));

impl Transform for Resize {
    fn apply(&self, sample: Sample, random: &mut dyn Random) -> Sample {
        let mut sample = ResizePicture(self.0).apply(sample, random);
        if let Shows::Mask(mask) = &mut sample.shows
            && (mask.height() as usize, mask.width() as usize) != self.0
        {
            *mask = nearest(mask, self.0, 0..self.0.0, 0..self.0.1);
        }
        sample
    }
}

/// Resizes the picture only: what it shows is compared with results at its own size.
pub struct ResizePicture(pub (usize, usize));

impl Transform for ResizePicture {
    fn apply(&self, sample: Sample, _: &mut dyn Random) -> Sample {
        if size_of(&sample.picture) == self.0 {
            return sample;
        }
        Sample { picture: bilinear(&sample.picture, self.0, 0..self.0.0, 0..self.0.1), ..sample }
    }
}

/// Resizes the shorter side of a picture to `shorter` and cuts a square out of its centre. For classification.
pub struct CenterCrop {
    /// Length of the shorter side before the cut; not less than `side`.
    pub shorter: usize,
    /// Side of the square.
    pub side: usize,
}

impl Transform for CenterCrop {
    fn apply(&self, sample: Sample, _: &mut dyn Random) -> Sample {
        let (height, width) = shorter_side(size_of(&sample.picture), self.shorter);
        let centre = |side: usize| {
            let start = (side - self.side) / 2;
            start..start + self.side
        };
        // Only what is kept is computed.
        Sample { picture: bilinear(&sample.picture, (height, width), centre(height), centre(width)), ..sample }
    }
}

#[cfg(test)]
mod tests {
    use super::super::test::{Told, mask, masked};
    use super::*;

    #[test]
    fn the_shorter_side_gets_the_size() {
        // As `int(size * h / w)` in Python.
        for (from, size, to) in [
            ((375, 500), 288, (288, 384)),
            ((500, 333), 288, (432, 288)),
            ((7, 7), 5, (5, 5)),
            ((1, 300), 32, (32, 9600)),
        ] {
            assert_eq!(shorter_side(from, size), to);
        }
    }

    #[test]
    fn masks_are_resized_with_their_pictures() {
        let sample = Resize((30, 20)).apply(masked(7, 9), &mut Told(vec![]));
        assert_eq!((sample.picture.dimensions(), mask(&sample).dimensions()), ((20, 30), (20, 30)));
        let kept = ResizePicture((30, 20)).apply(masked(7, 9), &mut Told(vec![]));
        assert_eq!((&kept.picture, mask(&kept).dimensions()), (&sample.picture, (9, 7)));
    }

    #[test]
    fn the_centre_is_a_part_of_the_resized_picture() {
        let sample = masked(40, 61);
        let whole = bilinear(&sample.picture, (32, 48), 0..32, 0..48);
        let cut = CenterCrop { shorter: 32, side: 21 }.apply(sample, &mut Told(vec![]));
        assert_eq!(cut.picture, image::imageops::crop_imm(&whole, 13, 5, 21, 21).to_image());
    }
}
