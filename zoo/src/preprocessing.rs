//! How a picture becomes the input of a model.

use serde::{Deserialize, Serialize};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Interpolation {
    /// OpenCV's 8-bit bilinear interpolation, without antialiasing.
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

#[cfg(test)]
mod tests {
    use super::*;

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
    fn task_and_family_decide() {
        let size = (64, 64);
        let of = |name: &str| {
            let entry = crate::find(name).unwrap();
            entry.preprocessing(&entry.options(), size)
        };
        assert_eq!(of("edgeformer-s"), Preprocessing::classification(size));
        assert_eq!(of("mobilevit-xxs"), Preprocessing::classification(size));
        assert_eq!(of("ssd-edgeformer-s"), Preprocessing::exact(size));
        assert_eq!(of("deeplabv3-mobilevit-s"), Preprocessing::exact(size));
        assert_eq!(of("resnet50"), Preprocessing::imagenet(size));
        assert_eq!(of("parc-convnext-xt"), Preprocessing::imagenet(size));
    }

    #[test]
    fn a_recipe_may_have_another_margin() {
        let with_margin = |name: &str| {
            let entry = crate::find(name).unwrap();
            let recipe = "image_augmentation: {center_crop: {enable: true, margin: 8}}";
            entry.preprocessing(&entry.options().with_recipe(recipe).unwrap(), (64, 64))
        };
        assert_eq!(cover(&with_margin("edgeformer-s")), (72, 72));
        assert_eq!(cover(&with_margin("resnet50")), (72, 72));
        assert_eq!(with_margin("ssd-edgeformer-s"), Preprocessing::exact((64, 64)));
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
}
