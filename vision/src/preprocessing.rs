//! How a picture becomes the input of a model.

use std::ops::Range;

use edgeconv_graph::Tensor;
use image::RgbImage;
use serde::{Deserialize, Serialize};

use crate::resize;

/// Order of the colour channels in the tensor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChannelOrder {
    /// Blue, green, red, as OpenCV reads pictures.
    Bgr,
    /// Red, green, blue.
    Rgb,
}

/// How a picture gets the height and width of the input. Sizes are (height, width).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum Resize {
    /// Keeps the aspect: the picture becomes as small as it can be while it still covers `cover`, then its centre is cut
    /// out. With a square `cover` this is the usual "shorter side to `cover`, then centre crop".
    CoverThenCrop {
        /// What the resized picture has to cover.
        #[serde(with = "named_sides")]
        cover: (usize, usize),
        /// What is cut out of its centre.
        #[serde(with = "named_sides")]
        crop: (usize, usize),
    },
    /// Becomes exactly `size`, ignoring the aspect.
    Exact {
        /// Size of the resized picture.
        #[serde(with = "named_sides")]
        size: (usize, usize),
    },
}

impl Resize {
    /// The shorter side becomes `side`, then `size` (height, width) is cut out of the centre; where `size` is no square, of a picture that covers as much
    /// more on both axes.
    pub fn covering(size: (usize, usize), side: usize) -> Self {
        cover_then_crop(size, side, size.0.min(size.1))
    }
}

/// Height and width by name, so that no reader of a report has to guess their order.
mod named_sides {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Sides {
        height: usize,
        width: usize,
    }

    pub fn serialize<S: Serializer>(&(height, width): &(usize, usize), serializer: S) -> Result<S::Ok, S::Error> {
        Sides { height, width }.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(usize, usize), D::Error> {
        Sides::deserialize(deserializer).map(|Sides { height, width }| (height, width))
    }
}

/// How pixels between those of the picture are found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Interpolation {
    /// OpenCV's 8-bit bilinear interpolation, without antialiasing.
    #[default]
    Bilinear,
}

/// How a picture becomes the input `[1, 3, H, W]` of a model: resized as 8-bit pixels, then every channel is
/// `(pixel / divisor - mean) / std`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Preprocessing {
    /// How height and width are reached.
    pub resize: Resize,
    /// How pixels are interpolated.
    pub interpolation: Interpolation,
    /// Order of the channels, also of those of `mean` and `std`.
    pub channels: ChannelOrder,
    /// What a pixel of 0 to 255 is divided by.
    pub divisor: f32,
    /// Subtracted after the division.
    pub mean: [f32; 3],
    /// Divided by at the end.
    pub std: [f32; 3],
}

impl Preprocessing {
    /// The evaluation of EdgeFormer and MobileViT classifiers: blue-green-red in \[0, 1\]. The shorter side S of the input
    /// becomes S + 32, then the centre is cut out.
    ///
    /// The official code knows square inputs only. For others the area to cover is enlarged by the same factor,
    /// (S + 32) / S, on both axes: as much of the picture is cut off as for a square.
    pub fn classification(size: (usize, usize)) -> Self {
        let shorter = size.0.min(size.1);
        Self::in_unit_interval(cover_then_crop(size, shorter + 32, shorter))
    }

    /// The evaluation of SSD and DeepLabv3: blue-green-red in \[0, 1\], resized ignoring the aspect.
    pub fn exact(size: (usize, usize)) -> Self {
        Self::in_unit_interval(Resize::Exact { size })
    }

    /// The usual evaluation of ImageNet networks, as in torchvision: red-green-blue, normalised by the mean and standard
    /// deviation of ImageNet; for an input of side S the shorter side becomes 256·S/224, then the centre is cut out.
    ///
    /// The ParC repository publishes no preprocessing for its networks (`convnext-xt`, `mobilenetv2`, `resnet50` and their
    /// `parc-` variants), so this is a convention, not a fact about its weights.
    pub fn imagenet(size: (usize, usize)) -> Self {
        Self {
            channels: ChannelOrder::Rgb,
            mean: [0.485, 0.456, 0.406],
            std: [0.229, 0.224, 0.225],
            ..Self::in_unit_interval(cover_then_crop(size, 256, 224))
        }
    }

    /// The same with another margin around the centre that is cut out: the picture's shorter side becomes S + `margin`. Where nothing is cut
    /// out, there is none.
    pub fn with_margin(mut self, margin: usize) -> Self {
        if let Resize::CoverThenCrop { crop, .. } = self.resize {
            let shorter = crop.0.min(crop.1);
            self.resize = cover_then_crop(crop, shorter + margin, shorter);
        }
        self
    }

    /// Height and width of the input.
    pub fn size(&self) -> (usize, usize) {
        match self.resize {
            Resize::CoverThenCrop { crop: size, .. } | Resize::Exact { size } => size,
        }
    }

    /// Whether it can be done.
    ///
    /// # Errors
    /// If it contradicts itself.
    pub fn check(&self) -> Result<(), PreprocessError> {
        let fail = |reason: String| Err(PreprocessError(reason));
        let (height, width) = self.size();
        if !height.checked_mul(width).is_some_and(|pixels| (1..=MAX_PIXELS).contains(&pixels)) {
            return fail(format!("an input of {height}×{width} pixels was asked for"));
        }
        if let Resize::CoverThenCrop { cover, crop } = self.resize
            && (cover.0 < crop.0 || cover.1 < crop.1 || cover.0.max(cover.1) > MAX_PIXELS)
        {
            return fail(format!("{crop:?} (height, width) can't be cut out of a picture that covers {cover:?}"));
        }
        if let Some(factor) = [self.divisor].iter().chain(&self.std).find(|factor| !factor.is_normal()) {
            return fail(format!("it was to be divided by {factor}"));
        }
        Ok(())
    }

    fn in_unit_interval(resize: Resize) -> Self {
        Self {
            resize,
            interpolation: Interpolation::Bilinear,
            channels: ChannelOrder::Bgr,
            divisor: 255.0,
            mean: [0.0; 3],
            std: [1.0; 3],
        }
    }
}

/// Cuts `size` out of a picture that covers `size · numerator / denominator`, rounded.
fn cover_then_crop(size: (usize, usize), numerator: usize, denominator: usize) -> Resize {
    // A side of 0 is the model's to refuse.
    let denominator = denominator.max(1);
    let enlarged = |side: usize| (side * numerator + denominator / 2) / denominator;
    Resize::CoverThenCrop { cover: (enlarged(size.0), enlarged(size.1)), crop: size }
}

/// Most pixels of an input: no network for a small board takes more.
const MAX_PIXELS: usize = 1 << 26;

/// A preprocessing that can't be done.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("the picture can't become an input: {0}")]
pub struct PreprocessError(String);

/// The input `[1, 3, H, W]` for a picture: 8-bit levels in, float32 out.
///
/// # Errors
/// If the preprocessing contradicts itself, or if the picture has no pixels.
pub fn preprocess(picture: &RgbImage, preprocessing: &Preprocessing) -> Result<Tensor, PreprocessError> {
    if picture.is_empty() {
        return Err(PreprocessError("it has no pixels".into()));
    }
    preprocessing.check()?;
    let picture = resized(picture, preprocessing);
    let (height, width) = (picture.height() as usize, picture.width() as usize);
    let mut data = Vec::with_capacity(3 * height * width);
    for channel in 0..3 {
        let source = match preprocessing.channels {
            ChannelOrder::Bgr => 2 - channel,
            ChannelOrder::Rgb => channel,
        };
        let (mean, std) = (preprocessing.mean[channel], preprocessing.std[channel]);
        let normal = |level: u8| (f32::from(level) / preprocessing.divisor - mean) / std;
        data.extend(picture.pixels().map(|pixel| normal(pixel.0[source])));
    }
    Tensor::f32([1, 3, height, width], data).map_err(|error| PreprocessError(error.to_string()))
}

fn resized(picture: &RgbImage, preprocessing: &Preprocessing) -> RgbImage {
    let Interpolation::Bilinear = preprocessing.interpolation;
    let (size, crop) = match preprocessing.resize {
        Resize::Exact { size } => (size, size),
        Resize::CoverThenCrop { cover, crop } => (covering(picture, cover), crop),
    };
    resize::bilinear(picture, size, centre(size.0, crop.0), centre(size.1, crop.1))
}

/// The smallest size (height, width) of the picture's aspect that covers `cover`; a fraction of a pixel is dropped.
fn covering(picture: &RgbImage, cover: (usize, usize)) -> (usize, usize) {
    let (height, width) = (picture.height() as usize, picture.width() as usize);
    match cover.1 * height > cover.0 * width {
        true => (cover.1 * height / width, cover.1),
        false => (cover.0, cover.0 * width / height),
    }
}

fn centre(side: usize, crop: usize) -> Range<usize> {
    let start = (side - crop) / 2;
    start..start + crop
}

#[cfg(test)]
mod tests {
    use image::Rgb;

    use super::*;

    #[test]
    fn channels_are_planes_of_the_asked_order() {
        let picture = RgbImage::from_pixel(50, 40, Rgb([255, 51, 0]));
        let planes = |preprocessing: Preprocessing| {
            let tensor = preprocess(&picture, &preprocessing).unwrap();
            assert_eq!(tensor.shape(), [1, 3, 2, 4]);
            let data = tensor.as_f32().unwrap().to_vec();
            assert!(data.chunks(8).all(|plane| plane.iter().all(|&x| x == plane[0])));
            [data[0], data[8], data[16]]
        };
        assert_eq!(planes(Preprocessing::exact((2, 4))), [0.0, 0.2, 1.0]);
        assert_eq!(planes(Preprocessing::classification((2, 4))), [0.0, 0.2, 1.0]);
        let expected = [(1.0 - 0.485) / 0.229, (0.2 - 0.456) / 0.224, (0.0 - 0.406) / 0.225];
        assert_eq!(planes(Preprocessing::imagenet((2, 4))), expected);
    }

    #[test]
    fn the_covering_size_is_the_official_one() {
        let covering = |height, width, cover| covering(&RgbImage::new(width, height), cover);
        // The shorter side becomes 288; the other is cut to whole pixels.
        assert_eq!(covering(375, 500, (288, 288)), (288, 384));
        assert_eq!(covering(500, 333, (288, 288)), (432, 288));
        assert_eq!(covering(288, 300, (288, 288)), (288, 300));
        assert_eq!(covering(100, 100, (224, 448)), (448, 448));
        assert_eq!(covering(100, 300, (224, 448)), (224, 672));
    }

    #[test]
    fn the_centre_is_cut_out() {
        // Columns count up; the picture is not resized, and of 40 columns 8 are left: 16 to 23.
        let picture = RgbImage::from_fn(40, 33, |x, _| Rgb([x as u8; 3]));
        let preprocessing = Preprocessing {
            resize: Resize::CoverThenCrop { cover: (33, 33), crop: (1, 8) },
            divisor: 1.0,
            ..Preprocessing::exact((1, 1))
        };
        let tensor = preprocess(&picture, &preprocessing).unwrap();
        assert_eq!(tensor.as_f32().unwrap()[..8], [16.0, 17.0, 18.0, 19.0, 20.0, 21.0, 22.0, 23.0]);
    }

    #[test]
    fn a_thin_picture_needs_no_memory_for_what_is_cut_off() {
        let picture = RgbImage::new(60_000, 1);
        let input = preprocess(&picture, &Preprocessing::classification((256, 256))).unwrap();
        assert_eq!(input.shape(), [1, 3, 256, 256]);
    }

    #[test]
    fn contradictions_are_errors() {
        let picture = RgbImage::new(4, 4);
        let error = |preprocessing| preprocess(&picture, &preprocessing).unwrap_err().to_string();
        for size in [(0, 5), (usize::MAX, 2), (1 << 20, 1 << 20)] {
            assert!(error(Preprocessing::exact(size)).contains("pixels was asked for"));
        }
        let resize = Resize::CoverThenCrop { cover: (4, 4), crop: (4, 5) };
        let cropped = Preprocessing { resize, ..Preprocessing::exact((1, 1)) };
        assert!(error(cropped).contains("(4, 5) (height, width) can't be cut out of a picture that covers (4, 4)"));
        let flat = Preprocessing { std: [1.0, 0.0, 1.0], ..Preprocessing::exact((2, 2)) };
        assert!(error(flat).contains("divided by 0"));
        let empty = preprocess(&RgbImage::new(0, 0), &Preprocessing::exact((2, 2))).unwrap_err();
        assert!(empty.to_string().contains("no pixels"));
    }

    fn cover(preprocessing: &Preprocessing) -> (usize, usize) {
        match preprocessing.resize {
            Resize::CoverThenCrop { cover, crop } => {
                assert_eq!(crop, preprocessing.size());
                cover
            }
            Resize::Exact { .. } => panic!("no crop"),
        }
    }

    #[test]
    fn squares_are_cropped_as_published() {
        assert_eq!(cover(&Preprocessing::classification((256, 256))), (288, 288));
        assert_eq!(cover(&Preprocessing::classification((224, 224))), (256, 256));
        assert_eq!(cover(&Preprocessing::imagenet((224, 224))), (256, 256));
        assert_eq!(cover(&Preprocessing::imagenet((288, 288))), (329, 329));
    }

    #[test]
    fn other_inputs_lose_the_same_share_on_both_axes() {
        assert_eq!(cover(&Preprocessing::classification((192, 384))), (224, 448));
        assert_eq!(cover(&Preprocessing::imagenet((448, 224))), (512, 256));
    }

    #[test]
    fn it_survives_json_that_says_everything() {
        let preprocessing = Preprocessing::imagenet((224, 224));
        let json = serde_json::to_string(&preprocessing).unwrap();
        let sides = r#""cover":{"height":256,"width":256},"crop":{"height":224,"width":224}"#;
        assert!(json.contains(&format!(r#""resize":{{"rule":"cover_then_crop",{sides}}}"#)), "{json}");
        assert!(json.contains(r#""interpolation":"bilinear","channels":"rgb","divisor":255.0"#), "{json}");
        assert_eq!(serde_json::from_str::<Preprocessing>(&json).unwrap(), preprocessing);
    }

    #[test]
    fn a_margin_belongs_to_what_is_cut_out() {
        assert_eq!(cover(&Preprocessing::classification((64, 64)).with_margin(8)), (72, 72));
        assert_eq!(cover(&Preprocessing::imagenet((64, 64)).with_margin(8)), (72, 72));
        assert_eq!(Preprocessing::exact((64, 64)).with_margin(8), Preprocessing::exact((64, 64)));
    }
}
