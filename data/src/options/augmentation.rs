//! Key `image_augmentation`.
//!
//! Which keys have an effect is up to the task: see [`Pipeline`](crate::Pipeline).

use edgeconv_vision::preprocessing::Interpolation;
use serde::{Deserialize, Serialize};

/// Key `image_augmentation`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs)] // each is the key of its name
pub struct AugmentationOptions {
    pub random_resized_crop: RandomResizedCropOptions,
    pub random_horizontal_flip: FlipOptions,
    pub random_vertical_flip: FlipOptions,
    pub random_resize: RandomResizeOptions,
    pub random_crop: RandomCropOptions,
    pub resize: ResizeOptions,
    pub photo_metric_distort: PhotometricDistortOptions,
    pub random_gamma_correction: GammaOptions,
    pub random_rotate: RotateOptions,
    pub random_blur: BlurOptions,
    pub random_translate: TranslateOptions,
    pub random_jpeg_compress: JpegOptions,
    pub random_gauss_noise: NoiseOptions,
    pub random_scale: ScaleOptions,
    pub random_zoom_out: ZoomOutOptions,
    pub random_order: RandomOrderOptions,
    pub center_crop: CenterCropOptions,
    pub box_absolute_coords: Switch,
    pub box_percent_coords: Switch,
}

/// A key that has nothing but a switch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Switch {
    /// Whether it is done.
    pub enable: bool,
}

/// Key `center_crop`: what validation and evaluation of a classifier see of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CenterCropOptions {
    /// Of no effect: it is always done.
    pub enable: bool,
    /// How many pixels the shorter side is given more than the square that is cut out. A key of ours: officially 32, which leaves little
    /// of a picture if the square is small.
    pub margin: usize,
}

impl Default for CenterCropOptions {
    fn default() -> Self {
        Self { enable: false, margin: 32 }
    }
}

/// Key `random_resized_crop`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RandomResizedCropOptions {
    /// Of no effect: it is always done.
    pub enable: bool,
    /// How it is resized.
    pub interpolation: Interpolation,
    /// Least and greatest part of the area.
    pub scale: [f64; 2],
    /// Least and greatest ratio of width and height.
    pub aspect_ratio: [f64; 2],
}

impl Default for RandomResizedCropOptions {
    fn default() -> Self {
        let (scale, aspect_ratio) = ([0.08, 1.0], [3.0 / 4.0, 4.0 / 3.0]);
        Self { enable: false, interpolation: Interpolation::Bilinear, scale, aspect_ratio }
    }
}

/// Keys `random_horizontal_flip` and `random_vertical_flip`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FlipOptions {
    /// Whether it is done.
    pub enable: bool,
    /// Probability.
    pub p: f64,
}

impl Default for FlipOptions {
    fn default() -> Self {
        Self { enable: false, p: 0.5 }
    }
}

/// Key `random_resize`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RandomResizeOptions {
    /// Of no effect: it is always done in segmentation and never elsewhere.
    pub enable: bool,
    /// Least length of the shorter side.
    pub min_size: usize,
    /// Greatest length of the shorter side.
    pub max_size: usize,
    /// How it is resized.
    pub interpolation: Interpolation,
}

impl Default for RandomResizeOptions {
    fn default() -> Self {
        Self { enable: false, min_size: 256, max_size: 1024, interpolation: Interpolation::Bilinear }
    }
}

/// Key `random_crop`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RandomCropOptions {
    /// Of no effect: it is always done in segmentation and never elsewhere.
    pub enable: bool,
    /// Class of the pixels that are added to pictures that are too small.
    pub mask_fill: u8,
    /// Whether pictures that are too small are enlarged instead.
    pub resize_if_needed: bool,
}

impl Default for RandomCropOptions {
    fn default() -> Self {
        Self { enable: false, mask_fill: 255, resize_if_needed: false }
    }
}

/// Key `resize`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ResizeOptions {
    /// Of no effect: it is always done where pictures are validated.
    pub enable: bool,
    /// How it is resized.
    pub interpolation: Interpolation,
    /// Not there.
    pub no_maintain_aspect_ratio: bool,
}

/// Key `photo_metric_distort`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PhotometricDistortOptions {
    /// Whether classification does it; detection always does.
    pub enable: bool,
    /// Least factor of the contrast.
    pub alpha_min: f64,
    /// Greatest factor of the contrast.
    pub alpha_max: f64,
    /// Least brightness that is added, as a part of 255.
    pub beta_min: f64,
    /// Greatest brightness that is added.
    pub beta_max: f64,
    /// Least factor of the saturation.
    pub gamma_min: f64,
    /// Greatest factor of the saturation.
    pub gamma_max: f64,
    /// Least step of the hue, as a part of 255.
    pub delta_min: f64,
    /// Greatest step of the hue.
    pub delta_max: f64,
    /// Probability of each.
    pub p: f64,
}

impl Default for PhotometricDistortOptions {
    fn default() -> Self {
        Self {
            enable: false,
            alpha_min: 0.5,
            alpha_max: 1.5,
            beta_min: -0.2,
            beta_max: 0.2,
            gamma_min: 0.5,
            gamma_max: 1.5,
            delta_min: -0.05,
            delta_max: 0.05,
            p: 0.5,
        }
    }
}

/// Key `random_gamma_correction`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GammaOptions {
    /// Whether it is done.
    pub enable: bool,
    /// Least and greatest exponent.
    pub gamma: [f64; 2],
    /// Probability.
    pub p: f64,
}

impl Default for GammaOptions {
    fn default() -> Self {
        Self { enable: false, gamma: [0.5, 1.5], p: 0.5 }
    }
}

/// Key `random_order`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RandomOrderOptions {
    /// Whether what follows the crop is done in random order.
    pub enable: bool,
    /// Which part of it is done, above 0 and at most 1.
    pub apply_k: f64,
}

impl Default for RandomOrderOptions {
    fn default() -> Self {
        Self { enable: false, apply_k: 1.0 }
    }
}

/// Key `random_rotate`: not there.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs)]
pub struct RotateOptions {
    pub enable: bool,
    pub angle: f64,
    pub fill_mask: u8,
    pub interpolation: Interpolation,
    pub p: f64,
}

impl Default for RotateOptions {
    fn default() -> Self {
        Self { enable: false, angle: 10.0, fill_mask: 255, interpolation: Interpolation::Bilinear, p: 0.5 }
    }
}

/// Key `random_blur`: not there.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs)]
pub struct BlurOptions {
    pub enable: bool,
    pub kernel_size: [usize; 2],
    pub kernel_type: u8,
    pub p: f64,
}

impl Default for BlurOptions {
    fn default() -> Self {
        Self { enable: false, kernel_size: [3, 7], kernel_type: 255, p: 0.5 }
    }
}

/// Key `random_translate`: not there.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs)]
pub struct TranslateOptions {
    pub enable: bool,
    pub factor: f64,
}

impl Default for TranslateOptions {
    fn default() -> Self {
        Self { enable: false, factor: 0.2 }
    }
}

/// Key `random_jpeg_compress`: not there.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs)]
pub struct JpegOptions {
    pub enable: bool,
    pub q_factor: [u8; 2],
    pub p: f64,
}

impl Default for JpegOptions {
    fn default() -> Self {
        Self { enable: false, q_factor: [5, 25], p: 0.5 }
    }
}

/// Key `random_gauss_noise`: not there.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs)]
pub struct NoiseOptions {
    pub enable: bool,
    pub sigma: [f64; 2],
    pub p: f64,
}

impl Default for NoiseOptions {
    fn default() -> Self {
        Self { enable: false, sigma: [0.03, 0.1], p: 0.5 }
    }
}

/// Key `random_scale`: not there.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ScaleOptions {
    pub enable: bool,
    pub min_scale: f64,
    pub max_scale: f64,
    pub interpolation: Interpolation,
}

impl Default for ScaleOptions {
    fn default() -> Self {
        Self { enable: false, min_scale: 0.5, max_scale: 2.0, interpolation: Interpolation::Bilinear }
    }
}

/// Key `random_zoom_out`: not there.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ZoomOutOptions {
    pub enable: bool,
    pub side_range: [f64; 2],
    pub p: f64,
}

impl Default for ZoomOutOptions {
    fn default() -> Self {
        Self { enable: false, side_range: [1.0, 4.0], p: 0.5 }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_that_are_missing_have_their_defaults() {
        let options: AugmentationOptions = serde_json::from_value(json!({
            "random_resize": {"enable": true, "min_size": 384, "max_size": 768},
            "random_crop": {"enable": true, "mask_fill": 255, "resize_if_needed": true},
            "random_resized_crop": {"interpolation": "bilinear"},
        }))
        .unwrap();
        let random_resize =
            RandomResizeOptions { enable: true, min_size: 384, max_size: 768, interpolation: Interpolation::Bilinear };
        let random_crop = RandomCropOptions { enable: true, mask_fill: 255, resize_if_needed: true };
        assert_eq!(options, AugmentationOptions { random_resize, random_crop, ..AugmentationOptions::default() });
    }

    #[test]
    fn unknown_keys_and_values_are_errors() {
        for (wrong, expected) in [
            (json!({"random_flip": {}}), "unknown field `random_flip`"),
            (json!({"center_crop": {"size": 256}}), "unknown field `size`, expected `enable` or `margin`"),
            (json!({"resize": {"interpolation": "bicubic"}}), "unknown variant `bicubic`, expected `bilinear`"),
        ] {
            let error = serde_json::from_value::<AugmentationOptions>(wrong).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
