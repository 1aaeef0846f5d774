//! The class of every pixel.

use edgeconv_graph::Tensor;
use image::{GrayImage, Luma};
use serde::Serialize;

use crate::output::{OutputError, elements};

/// A class and its part of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Share {
    /// Index of the class.
    pub class: usize,
    /// Part of the pixels, 0 to 1.
    pub share: f64,
}

/// The index of the likeliest class at every pixel of a picture of that size (width, height; else the logits' own), from
/// logits `[1, classes, H, W]`; of equals the first class.
///
/// The official evaluation resizes the logits by PyTorch's `nearest` and then takes the largest: the same as resizing the
/// indices, which is done here.
///
/// # Errors
/// If the tensor has another shape or type, more than 256 classes, or elements that are not finite.
pub fn mask(logits: &Tensor, size: Option<(u32, u32)>) -> Result<GrayImage, OutputError> {
    let fits =
        |[batch, classes, rows, columns]: [usize; 4]| batch == 1 && classes <= 256 && classes * rows * columns > 0;
    let expected = "[1, classes, height, width] of at most 256 classes";
    let ([_, _, rows, columns], logits) = elements("logits", logits, expected, fits)?;
    let (width, height) = size.unwrap_or((columns as u32, rows as u32));
    let indices = largest(logits, rows * columns);
    let (from_rows, from_columns) = (nearest(height, rows), nearest(width, columns));
    Ok(GrayImage::from_fn(width, height, |x, y| Luma([indices[from_rows(y) * columns + from_columns(x)]])))
}

/// Per pixel, the index of the plane with the largest value.
fn largest(planes: &[f32], pixels: usize) -> Vec<u8> {
    let mut best = planes[..pixels].to_vec();
    let mut indices = vec![0; pixels];
    for (class, plane) in planes.chunks(pixels).enumerate().skip(1) {
        for ((best, index), &value) in best.iter_mut().zip(&mut indices).zip(plane) {
            if value > *best {
                (*best, *index) = (value, class as u8);
            }
        }
    }
    indices
}

/// Where PyTorch's `nearest` takes pixel `index` from, in its float32 arithmetic.
fn nearest(resized: u32, source: usize) -> impl Fn(u32) -> usize {
    let scale = source as f32 / resized as f32;
    move |index| ((index as f32 * scale) as usize).min(source - 1)
}

/// The classes in a mask and their shares, largest first.
pub fn shares(mask: &GrayImage) -> Vec<Share> {
    let mut counts = [0u64; 256];
    for index in mask.as_raw() {
        counts[usize::from(*index)] += 1;
    }
    let share = |(class, &count): (usize, &u64)| Share { class, share: count as f64 / mask.len() as f64 };
    let mut shares: Vec<_> = counts.iter().enumerate().filter(|&(_, &count)| count > 0).map(share).collect();
    shares.sort_by(|a, b| b.share.total_cmp(&a.share));
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_logit_wins_and_pixels_are_repeated() {
        // Classes of a 1×2 map: 2 and, because the first of equals wins, 0.
        let logits = Tensor::f32([1, 3, 1, 2], vec![0.0, 5.0, 1.0, 5.0, 2.0, 4.0]).unwrap();
        let mask = mask(&logits, Some((5, 2))).unwrap();
        assert_eq!(mask.as_raw(), &[2, 2, 2, 0, 0, 2, 2, 2, 0, 0]);
        assert_eq!(shares(&mask), [Share { class: 2, share: 0.6 }, Share { class: 0, share: 0.4 }]);
    }

    #[test]
    fn shrinking_picks_pixels() {
        let logits = Tensor::f32([1, 2, 1, 4], vec![0.0, 0.0, 0.0, 0.0, 1.0, -1.0, -1.0, 1.0]).unwrap();
        assert_eq!(mask(&logits, Some((2, 1))).unwrap().as_raw(), &[1, 0]);
        assert_eq!(mask(&logits, None).unwrap().as_raw(), &[1, 0, 0, 1]);
    }

    #[test]
    fn other_outputs_are_errors() {
        let zeros = |shape: &[usize]| Tensor::f32(shape, vec![0.0; shape.iter().product()]).unwrap();
        for shape in [&[2usize, 3, 4, 4][..], &[1, 257, 1, 1], &[1, 3, 4], &[1, 0, 4, 4]] {
            let error = mask(&zeros(shape), None).unwrap_err().to_string();
            assert!(error.contains("expected [1, classes, height, width] of at most 256 classes"), "{error}");
        }
    }
}
