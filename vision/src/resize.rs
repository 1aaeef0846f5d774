//! OpenCV's bilinear resizing of 8-bit pictures, bit by bit: the published weights saw pictures that were resized so.

use std::ops::Range;

use image::{Rgb, RgbImage};

/// Bits of a weight in fixed point: OpenCV's `INTER_RESIZE_COEF_BITS`.
const WEIGHT_ONE: f32 = 2048.0;

/// Where an output pixel lies between two pixels of the source, on one axis.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Tap {
    near: usize,
    far: usize,
    weights: (i32, i32),
}

/// The rows and columns of a picture that was resized to `size` (height, width), the same as OpenCV's `resize` with
/// `INTER_LINEAR` followed by a crop. Nothing outside of the crop is computed.
///
/// # Panics
/// If the picture has no pixels, or if rows or columns lie outside of `size`.
pub fn bilinear(picture: &RgbImage, size: (usize, usize), rows: Range<usize>, columns: Range<usize>) -> RgbImage {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    assert!(width > 0 && height > 0, "a picture without pixels can't be resized");
    assert!(rows.end <= size.0 && columns.end <= size.1, "the crop lies within the resized picture");
    if (height, width) == (2 * size.0, 2 * size.1) {
        return halve(picture, rows, columns);
    }
    let taps: Vec<_> = columns.clone().map(|column| horizontal_tap(column, size.1, width)).collect();
    let mut resized = RgbImage::new(columns.len() as u32, rows.len() as u32);
    for (line, row) in resized.rows_mut().zip(rows) {
        let tap = vertical_tap(row, size.0, height);
        let (near, far) = (row_of(picture, tap.near), row_of(picture, tap.far));
        for (pixel, &across) in line.zip(&taps) {
            *pixel = Rgb(std::array::from_fn(|channel| {
                let along = |row: &[u8]| {
                    let level = |column: usize| i32::from(row[column * 3 + channel]);
                    level(across.near) * across.weights.0 + level(across.far) * across.weights.1
                };
                blend(along(near), along(far), tap.weights)
            }));
        }
    }
    resized
}

/// The mean of each 2×2 block: what OpenCV computes when it halves both axes.
fn halve(picture: &RgbImage, rows: Range<usize>, columns: Range<usize>) -> RgbImage {
    RgbImage::from_fn(columns.len() as u32, rows.len() as u32, |x, y| {
        let (x, y) = (2 * (x + columns.start as u32), 2 * (y + rows.start as u32));
        let block = [(x, y), (x + 1, y), (x, y + 1), (x + 1, y + 1)].map(|(x, y)| picture.get_pixel(x, y).0);
        Rgb(std::array::from_fn(|channel| {
            let sum: u32 = block.iter().map(|pixel| u32::from(pixel[channel])).sum();
            ((sum + 2) >> 2) as u8
        }))
    })
}

fn row_of(picture: &RgbImage, row: usize) -> &[u8] {
    let stride = picture.width() as usize * 3;
    &picture.as_raw()[row * stride..][..stride]
}

/// Two levels in fixed point become an 8-bit level, with the intermediate precisions of OpenCV.
fn blend(near: i32, far: i32, weights: (i32, i32)) -> u8 {
    let level = (((weights.0 * (near >> 4)) >> 16) + ((weights.1 * (far >> 4)) >> 16) + 2) >> 2;
    level.clamp(0, 255) as u8
}

/// The position in the source as an index that may be outside by one, and the distance to the next pixel.
fn position(index: usize, resized: usize, source: usize) -> (i64, f32) {
    let scale = 1.0 / (resized as f64 / source as f64);
    let position = ((index as f64 + 0.5) * scale - 0.5) as f32;
    (position.floor() as i64, position - position.floor())
}

fn weights(distance: f32) -> (i32, i32) {
    let fixed = |weight: f32| (weight * WEIGHT_ONE).round_ties_even() as i32;
    (fixed(1.0 - distance), fixed(distance))
}

/// Outside of the picture, only the pixel at the edge counts.
fn horizontal_tap(index: usize, resized: usize, source: usize) -> Tap {
    let (near, distance) = position(index, resized, source);
    let last = source as i64 - 1;
    let inside = (0..last).contains(&near);
    let near = near.clamp(0, last) as usize;
    Tap { near, far: (near + 1).min(source - 1), weights: weights(if inside { distance } else { 0.0 }) }
}

/// Outside of the picture, both weights stay and meet the same row.
fn vertical_tap(index: usize, resized: usize, source: usize) -> Tap {
    let (near, distance) = position(index, resized, source);
    let clamp = |row: i64| row.clamp(0, source as i64 - 1) as usize;
    Tap { near: clamp(near), far: clamp(near + 1), weights: weights(distance) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same picture as in the script that asked OpenCV.
    fn picture(height: u32, width: u32) -> RgbImage {
        let mut state = 1u32;
        let level = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        RgbImage::from_raw(width, height, std::iter::repeat_with(level).take((height * width * 3) as usize).collect())
            .unwrap()
    }

    fn resize(picture: &RgbImage, height: usize, width: usize) -> RgbImage {
        bilinear(picture, (height, width), 0..height, 0..width)
    }

    /// 64-bit FNV-1a.
    fn hash(bytes: &[u8]) -> u64 {
        bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
    }

    #[test]
    fn opencv_4_9_computes_the_same_levels() {
        for ((height, width), (to_height, to_width), expected) in [
            ((40, 30), (20, 15), 0xb818_372d_85ed_e172),
            ((40, 30), (20, 16), 0x71ba_3e32_dc3f_ed34),
            ((37, 53), (64, 64), 0x2e10_66e9_53dd_44c9),
            ((53, 37), (32, 23), 0xf59a_6726_d38f_f121),
            ((100, 75), (288, 216), 0xd53e_4b8e_350b_a565),
            ((9, 200), (50, 7), 0x8d66_895f_6532_29da),
            ((1, 1), (5, 3), 0x929e_83b3_0f58_4778),
            ((1, 17), (4, 4), 0xf856_c85e_9874_0955),
            ((120, 90), (30, 45), 0x7fdd_7d72_44d2_4d9c),
            ((64, 48), (33, 24), 0x8aec_c614_150f_83f2),
        ] {
            let resized = resize(&picture(height, width), to_height, to_width);
            assert_eq!(hash(resized.as_raw()), expected, "{height}×{width} to {to_height}×{to_width}");
        }
    }

    #[test]
    fn halving_averages_blocks() {
        let picture = RgbImage::from_raw(2, 2, vec![0, 1, 2, 0, 1, 2, 1, 1, 2, 0, 2, 255]).unwrap();
        assert_eq!(resize(&picture, 1, 1).into_raw(), [0, 1, 65]);
    }

    #[test]
    fn the_same_size_is_a_copy_and_a_flat_picture_stays_flat() {
        let picture = picture(7, 5);
        assert_eq!(resize(&picture, 7, 5), picture);
        for level in [0, 1, 127, 255] {
            let flat = RgbImage::from_pixel(9, 4, Rgb([level; 3]));
            assert!(resize(&flat, 31, 6).into_raw().iter().all(|&found| found == level));
        }
    }

    #[test]
    fn a_crop_is_a_part_of_the_whole() {
        for (height, width) in [(23, 31), (8, 10)] {
            let picture = picture(16, 20);
            let whole = resize(&picture, height, width);
            let part = image::imageops::crop_imm(&whole, 3, 2, 6, 5).to_image();
            assert_eq!(bilinear(&picture, (height, width), 2..7, 3..9), part);
        }
    }
}
