//! The levels of pictures become what a network takes.

use edgeconv_vision::Preprocessing;
use edgeconv_vision::preprocessing::ChannelOrder;

/// The input `[N, 3, H, W]` for the levels `[N, 3, H, W]` of pictures, planes of blue, green, red of `pixels` each; resized they
/// are already.
///
/// Blue-green-red in \[0, 1\] for EdgeFormer and MobileViT (`data/transforms/image.py`, `NumpyToTensor`), red-green-blue and
/// normalised for others.
pub fn normalised(levels: &[u8], pixels: usize, preprocessing: &Preprocessing) -> Vec<f32> {
    let mut input = Vec::with_capacity(levels.len());
    let planes: Vec<_> = levels.chunks_exact(pixels.max(1)).collect();
    for picture in planes.chunks_exact(3) {
        for channel in 0..3 {
            let plane = match preprocessing.channels {
                ChannelOrder::Bgr => picture[channel],
                ChannelOrder::Rgb => picture[2 - channel],
            };
            let (mean, std) = (preprocessing.mean[channel], preprocessing.std[channel]);
            input.extend(plane.iter().map(|&level| (f32::from(level) / preprocessing.divisor - mean) / std));
        }
    }
    input
}

#[cfg(test)]
mod tests {
    use edgeconv_vision::{RgbImage, preprocess};

    use super::*;

    #[test]
    fn it_is_what_a_picture_becomes_in_an_exported_model() {
        let picture = RgbImage::from_fn(3, 2, |x, y| [x as u8 * 40, 7 + y as u8, 255].into());
        let blue_green_red: Vec<u8> =
            [2, 1, 0].iter().flat_map(|&channel| picture.pixels().map(move |pixel| pixel.0[channel])).collect();
        let usual = Preprocessing { resize: Preprocessing::exact((2, 3)).resize, ..Preprocessing::imagenet((2, 3)) };
        for preprocessing in [Preprocessing::exact((2, 3)), usual] {
            let expected = preprocess(&picture, &preprocessing).unwrap();
            let two = normalised(&[blue_green_red.clone(), blue_green_red.clone()].concat(), 6, &preprocessing);
            assert_eq!(two, expected.as_f32().unwrap().repeat(2));
        }
    }
}
