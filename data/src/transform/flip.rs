//! Mirrored pictures.

use image::imageops::{flip_horizontal_in_place, flip_vertical_in_place};

use super::Transform;
use crate::random::Random;
use crate::sample::{Sample, Shows};

/// Mirrors left and right of the picture and what it shows, with probability `p`.
pub struct RandomHorizontalFlip {
    /// The probability.
    pub p: f64,
}

impl Transform for RandomHorizontalFlip {
    fn apply(&self, sample: Sample, random: &mut dyn Random) -> Sample {
        if random.unit() <= self.p { mirrored(sample) } else { sample }
    }
}

/// Mirrors top and bottom of the picture and what it shows, with probability `p`.
pub struct RandomVerticalFlip {
    /// The probability.
    pub p: f64,
}

impl Transform for RandomVerticalFlip {
    fn apply(&self, sample: Sample, random: &mut dyn Random) -> Sample {
        if random.unit() <= self.p { upside_down(sample) } else { sample }
    }
}

/// Mirrors the one way, the other, or not at all, equally often.
pub struct RandomFlip;

impl Transform for RandomFlip {
    fn apply(&self, sample: Sample, random: &mut dyn Random) -> Sample {
        match random.below(3) {
            0 => sample,
            1 => upside_down(sample),
            _ => mirrored(sample),
        }
    }
}

fn mirrored(mut sample: Sample) -> Sample {
    let width = sample.picture.width() as f32;
    flip_horizontal_in_place(&mut sample.picture);
    match &mut sample.shows {
        Shows::Class(_) => {}
        Shows::Mask(mask) => flip_horizontal_in_place(mask),
        Shows::Objects(objects) => {
            for object in objects {
                let [left, top, right, bottom] = object.corners;
                object.corners = [width - right, top, width - left, bottom];
            }
        }
    }
    sample
}

fn upside_down(mut sample: Sample) -> Sample {
    let height = sample.picture.height() as f32;
    flip_vertical_in_place(&mut sample.picture);
    match &mut sample.shows {
        Shows::Class(_) => {}
        Shows::Mask(mask) => flip_vertical_in_place(mask),
        Shows::Objects(objects) => {
            for object in objects {
                let [left, top, right, bottom] = object.corners;
                object.corners = [left, height - bottom, right, height - top];
            }
        }
    }
    sample
}

#[cfg(test)]
mod tests {
    use edgeconv_vision::RgbImage;

    use super::super::test::{Told, mask, masked};
    use super::*;
    use crate::sample::Object;

    fn boxed() -> Sample {
        let object = Object { class: 3, corners: [1.0, 2.0, 4.0, 5.0] };
        Sample { picture: RgbImage::new(10, 8), shows: Shows::Objects(vec![object]) }
    }

    fn corners(sample: &Sample) -> [f32; 4] {
        let Shows::Objects(objects) = &sample.shows else { panic!("no objects") };
        objects[0].corners
    }

    #[test]
    fn pictures_masks_and_boxes_are_mirrored() {
        let flip = RandomHorizontalFlip { p: 0.5 };
        let flipped = flip.apply(masked(3, 4), &mut Told(vec![0.5]));
        for (x, y) in [(0, 0), (3, 2), (1, 1)] {
            assert_eq!(flipped.picture.get_pixel(3 - x, y), masked(3, 4).picture.get_pixel(x, y));
            assert_eq!(mask(&flipped).get_pixel(3 - x, y), mask(&masked(3, 4)).get_pixel(x, y));
        }
        assert_eq!(corners(&flip.apply(boxed(), &mut Told(vec![0.1]))), [6.0, 2.0, 9.0, 5.0]);
        assert_eq!(flip.apply(boxed(), &mut Told(vec![0.51])), boxed());
    }

    #[test]
    fn pictures_masks_and_boxes_are_turned_upside_down() {
        let flip = RandomVerticalFlip { p: 1.0 };
        let flipped = flip.apply(masked(3, 4), &mut Told(vec![0.9]));
        assert_eq!(flipped.picture.get_pixel(1, 2), masked(3, 4).picture.get_pixel(1, 0));
        assert_eq!(mask(&flipped).get_pixel(3, 0), mask(&masked(3, 4)).get_pixel(3, 2));
        assert_eq!(corners(&flip.apply(boxed(), &mut Told(vec![0.1]))), [1.0, 3.0, 4.0, 6.0]);
    }

    #[test]
    fn one_of_three_is_chosen() {
        let corners = [0.0, 0.4, 0.7].map(|told| corners(&RandomFlip.apply(boxed(), &mut Told(vec![told]))));
        assert_eq!(corners, [[1.0, 2.0, 4.0, 5.0], [1.0, 3.0, 4.0, 6.0], [6.0, 2.0, 9.0, 5.0]]);
    }
}
