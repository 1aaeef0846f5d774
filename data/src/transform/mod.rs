//! What happens to a picture between the disk and a batch, one operator in each file.
//!
//! Source of all: `data/transforms/image.py`. Random numbers are drawn in its order.

mod flip;
mod gamma;
mod hsv;
mod photometric_distort;
mod random_crop;
mod random_order;
mod random_resize;
mod random_resize_then_crop;
mod random_resized_crop;
mod relative_boxes;
mod resize;
mod ssd_crop;

pub use flip::{RandomFlip, RandomHorizontalFlip, RandomVerticalFlip};
pub use gamma::RandomGamma;
pub use photometric_distort::PhotometricDistort;
pub use random_crop::RandomCrop;
pub use random_order::RandomOrder;
pub use random_resize::RandomResize;
pub use random_resize_then_crop::RandomResizeThenCrop;
pub use random_resized_crop::RandomResizedCrop;
pub use relative_boxes::RelativeBoxes;
pub use resize::{CenterCrop, Resize, ResizePicture, shorter_side};
pub use ssd_crop::SsdCrop;

use edgeconv_vision::resize::Region;

use crate::random::Random;
use crate::sample::{Sample, Shows};

/// Changes a picture and what it shows.
pub trait Transform: Send + Sync {
    /// The sample after it.
    fn apply(&self, sample: Sample, random: &mut dyn Random) -> Sample;
}

/// Cuts a region out of the picture and its mask. Boxes are left alone.
fn crop(mut sample: Sample, region: Region) -> Sample {
    if region == Region::whole(&sample.picture) {
        return sample;
    }
    let [left, top, width, height] = [region.left, region.top, region.width, region.height].map(|side| side as u32);
    sample.picture = image::imageops::crop_imm(&sample.picture, left, top, width, height).to_image();
    if let Shows::Mask(mask) = &mut sample.shows {
        *mask = image::imageops::crop_imm(mask, left, top, width, height).to_image();
    }
    sample
}

#[cfg(test)]
pub(crate) mod test {
    use edgeconv_vision::{GrayImage, RgbImage};
    use image::{Luma, Rgb};

    use super::*;

    /// A picture whose levels differ from pixel to pixel: those of the scripts that asked other implementations.
    pub fn picture(height: u32, width: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| Rgb([x * 7 + y * 31, x * 5 + y * 3, x * y].map(|level| level as u8)))
    }

    /// A sample with such a picture and a mask.
    pub fn masked(height: u32, width: u32) -> Sample {
        let mask = GrayImage::from_fn(width, height, |x, y| Luma([(x * 7 + y * 31) as u8]));
        Sample { picture: picture(height, width), shows: Shows::Mask(mask) }
    }

    /// The mask of a sample.
    pub fn mask(sample: &Sample) -> &GrayImage {
        let Shows::Mask(mask) = &sample.shows else { panic!("no mask") };
        mask
    }

    /// Gives the numbers that it was told to, as parts of the range asked for.
    pub struct Told(pub Vec<f64>);

    impl Random for Told {
        fn unit(&mut self) -> f64 {
            self.0.remove(0)
        }
        fn below(&mut self, n: usize) -> usize {
            (self.unit() * n as f64) as usize
        }
    }

    /// 64-bit FNV-1a.
    pub fn hash(bytes: &[u8]) -> u64 {
        bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
    }
}
