//! OpenCV's resizing of 8-bit pictures and masks, bit by bit: the published weights saw pictures that were resized so.

use std::ops::Range;

use image::{GrayImage, RgbImage};
use wide::{i16x8, u8x16};

/// Bits of a weight in fixed point: OpenCV's `INTER_RESIZE_COEF_BITS`.
const WEIGHT_ONE: f32 = 2048.0;

/// Where an output pixel lies between two pixels of the source, on one axis.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Tap {
    near: usize,
    far: usize,
    weights: (i32, i32),
}

/// A rectangle of a picture, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// First row.
    pub top: usize,
    /// First column.
    pub left: usize,
    /// Number of rows.
    pub height: usize,
    /// Number of columns.
    pub width: usize,
}

impl Region {
    /// The whole of a picture.
    pub fn whole(picture: &RgbImage) -> Self {
        Self { top: 0, left: 0, height: picture.height() as usize, width: picture.width() as usize }
    }
}

/// The rows and columns of a picture that was resized to `size` (height, width), the same as OpenCV's `resize` with
/// `INTER_LINEAR` followed by a crop. Nothing outside of the crop is computed.
///
/// # Panics
/// If the picture has no pixels, or if rows or columns lie outside of `size`.
pub fn bilinear(picture: &RgbImage, size: (usize, usize), rows: Range<usize>, columns: Range<usize>) -> RgbImage {
    resize(&Pixels::new(picture, Region::whole(picture)), size, rows, columns)
}

/// A region of a picture, resized to `size` (height, width): the same as a crop followed by OpenCV's `resize` with
/// `INTER_LINEAR`.
///
/// # Panics
/// If the region has no pixels or doesn't lie within the picture.
pub fn bilinear_region(picture: &RgbImage, region: Region, size: (usize, usize)) -> RgbImage {
    resize(&Pixels::new(picture, region), size, 0..size.0, 0..size.1)
}

/// The rows and columns of a mask that was resized to `size` (height, width), the same as OpenCV's `resize` with
/// `INTER_NEAREST` followed by a crop.
///
/// # Panics
/// If the mask has no pixels, or if rows or columns lie outside of `size`.
pub fn nearest(mask: &GrayImage, size: (usize, usize), rows: Range<usize>, columns: Range<usize>) -> GrayImage {
    let (width, height) = (mask.width() as usize, mask.height() as usize);
    assert!(width > 0 && height > 0, "a mask without pixels can't be resized");
    assert!(rows.end <= size.0 && columns.end <= size.1, "the crop lies within the resized mask");
    let pick = |index: usize, resized: usize, source: usize| {
        ((index as f64 * scale(resized, source)) as usize).min(source - 1)
    };
    let picked: Vec<_> = columns.map(|column| pick(column, size.1, width)).collect();
    let mut resized = GrayImage::new(picked.len() as u32, rows.len() as u32);
    for (line, row) in resized.chunks_exact_mut(picked.len().max(1)).zip(rows) {
        let source = &mask.as_raw()[pick(row, size.0, height) * width..][..width];
        for (level, &column) in line.iter_mut().zip(&picked) {
            *level = source[column];
        }
    }
    resized
}

/// A region of a picture.
struct Pixels<'a> {
    picture: &'a RgbImage,
    region: Region,
}

impl<'a> Pixels<'a> {
    fn new(picture: &'a RgbImage, region: Region) -> Self {
        let Region { top, left, height, width } = region;
        assert!(width > 0 && height > 0, "a picture without pixels can't be resized");
        let (rows, columns) = (picture.height() as usize, picture.width() as usize);
        assert!(top + height <= rows && left + width <= columns, "the region lies within the picture");
        Self { picture, region }
    }

    fn row(&self, row: usize) -> &'a [u8] {
        let Region { top, left, width, .. } = self.region;
        let start = (top + row) * self.picture.width() as usize + left;
        &self.picture.as_raw()[start * 3..][..width * 3]
    }
}

fn resize(pixels: &Pixels, size: (usize, usize), rows: Range<usize>, columns: Range<usize>) -> RgbImage {
    assert!(rows.end <= size.0 && columns.end <= size.1, "the crop lies within the resized picture");
    let Region { height, width, .. } = pixels.region;
    if (height, width) == (2 * size.0, 2 * size.1) {
        return halve(pixels, rows, columns);
    }
    let taps: Vec<_> = columns.clone().map(|column| horizontal_tap(column, size.1, width)).collect();
    let mut resized = RgbImage::new(columns.len() as u32, rows.len() as u32);
    let stride = (columns.len() * 3).max(1);
    let mut near = Line::new(stride);
    let mut far = Line::new(stride);
    for (line, row) in resized.chunks_exact_mut(stride).zip(rows) {
        let tap = vertical_tap(row, size.0, height);
        if far.row == Some(tap.near) {
            std::mem::swap(&mut near, &mut far);
        }
        near.fill(pixels, tap.near, &taps);
        far.fill(pixels, tap.far, &taps);
        blend(line, near.lanes(), far.lanes(), tap.weights);
    }
    resized
}

/// Levels that are computed at once.
const LANES: usize = 16;

/// Levels in fixed point.
type Lanes = [i16; LANES];

/// A row of the source, resized horizontally: levels in fixed point, less the bits that OpenCV drops.
struct Line {
    row: Option<usize>,
    levels: Vec<i16>,
}

impl Line {
    fn new(len: usize) -> Self {
        Self { row: None, levels: vec![0; len.next_multiple_of(LANES)] }
    }

    fn lanes(&self) -> &[Lanes] {
        self.levels.as_chunks().0
    }

    /// Does nothing if it is that row already: neighbouring rows of the result share rows of the source.
    fn fill(&mut self, pixels: &Pixels, row: usize, taps: &[Tap]) {
        if self.row == Some(row) {
            return;
        }
        self.row = Some(row);
        let source = pixels.row(row).as_chunks::<3>().0;
        for (pixel, tap) in self.levels.as_chunks_mut::<3>().0.iter_mut().zip(taps) {
            let (near, far) = (source[tap.near], source[tap.far]);
            *pixel = std::array::from_fn(|channel| {
                let sum = i32::from(near[channel]) * tap.weights.0 + i32::from(far[channel]) * tap.weights.1;
                (sum >> 4) as i16
            });
        }
    }
}

/// The mean of each 2×2 block: what OpenCV computes when it halves both axes.
fn halve(pixels: &Pixels, rows: Range<usize>, columns: Range<usize>) -> RgbImage {
    let mut halved = RgbImage::new(columns.len() as u32, rows.len() as u32);
    let range = 6 * columns.start..6 * columns.end;
    for (line, row) in halved.chunks_exact_mut((columns.len() * 3).max(1)).zip(rows) {
        let (upper, lower) = (&pixels.row(2 * row)[range.clone()], &pixels.row(2 * row + 1)[range.clone()]);
        let blocks = upper.as_chunks::<6>().0.iter().zip(lower.as_chunks::<6>().0);
        for (pixel, (upper, lower)) in line.as_chunks_mut::<3>().0.iter_mut().zip(blocks) {
            *pixel = std::array::from_fn(|channel| {
                let sum: u16 =
                    [upper, lower].iter().map(|row| u16::from(row[channel]) + u16::from(row[channel + 3])).sum();
                ((sum + 2) >> 2) as u8
            });
        }
    }
    halved
}

/// Two rows in fixed point become one of 8-bit levels, with the intermediate precisions of OpenCV.
fn blend(line: &mut [u8], near: &[Lanes], far: &[Lanes], weights: (i32, i32)) {
    let weights = (i16x8::splat(weights.0 as i16), i16x8::splat(weights.1 as i16));
    for ((levels, near), far) in line.chunks_mut(LANES).zip(near).zip(far) {
        let half = |half: usize| {
            let part = |levels: &Lanes, weight| i16x8::mul_keep_high(levels.as_chunks::<8>().0[half].into(), weight);
            (part(near, weights.0) + part(far, weights.1) + i16x8::splat(2)) >> 2
        };
        let blended = u8x16::narrow_i16x8(half(0), half(1)).to_array();
        levels.copy_from_slice(&blended[..levels.len()]);
    }
}

fn scale(resized: usize, source: usize) -> f64 {
    1.0 / (resized as f64 / source as f64)
}

/// The position in the source as an index that may be outside by one, and the distance to the next pixel.
fn position(index: usize, resized: usize, source: usize) -> (i64, f32) {
    let position = ((index as f64 + 0.5) * scale(resized, source) - 0.5) as f32;
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
    use image::Rgb;

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

    fn resized(picture: &RgbImage, height: usize, width: usize) -> RgbImage {
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
            let resized = resized(&picture(height, width), to_height, to_width);
            assert_eq!(hash(resized.as_raw()), expected, "{height}×{width} to {to_height}×{to_width}");
        }
    }

    #[test]
    fn halving_averages_blocks() {
        let picture = RgbImage::from_raw(2, 2, vec![0, 1, 2, 0, 1, 2, 1, 1, 2, 0, 2, 255]).unwrap();
        assert_eq!(resized(&picture, 1, 1).into_raw(), [0, 1, 65]);
    }

    #[test]
    fn the_same_size_is_a_copy_and_a_flat_picture_stays_flat() {
        let picture = picture(7, 5);
        assert_eq!(resized(&picture, 7, 5), picture);
        for level in [0, 1, 127, 255] {
            let flat = RgbImage::from_pixel(9, 4, Rgb([level; 3]));
            assert!(resized(&flat, 31, 6).into_raw().iter().all(|&found| found == level));
        }
    }

    #[test]
    fn a_crop_is_a_part_of_the_whole() {
        for (height, width) in [(23, 31), (8, 10)] {
            let picture = picture(16, 20);
            let whole = resized(&picture, height, width);
            let part = image::imageops::crop_imm(&whole, 3, 2, 6, 5).to_image();
            assert_eq!(bilinear(&picture, (height, width), 2..7, 3..9), part);
            let mask = GrayImage::from_fn(20, 16, |x, y| image::Luma([(x * 7 + y * 31) as u8]));
            let whole = nearest(&mask, (height, width), 0..height, 0..width);
            let part = image::imageops::crop_imm(&whole, 3, 2, 6, 5).to_image();
            assert_eq!(nearest(&mask, (height, width), 2..7, 3..9), part);
        }
    }

    #[test]
    fn a_region_is_resized_as_a_picture_of_its_own() {
        let picture = picture(40, 50);
        let region = Region { top: 3, left: 7, height: 20, width: 30 };
        let part = image::imageops::crop_imm(&picture, 7, 3, 30, 20).to_image();
        for (height, width) in [(33, 31), (10, 15), (20, 30), (5, 60)] {
            assert_eq!(bilinear_region(&picture, region, (height, width)), resized(&part, height, width));
        }
    }

    #[test]
    fn opencv_4_9_picks_the_same_levels() {
        for (from, to, expected) in [
            ((40, 30), (20, 15), 0x41e0_a685_5529_5d0d),
            ((37, 53), (64, 64), 0x0ec5_8a88_a24e_b94d),
            ((53, 37), (32, 23), 0xd34f_0ba1_4c82_67ab),
            ((100, 75), (288, 216), 0x7981_23c4_5495_af05),
            ((9, 200), (50, 7), 0x46a6_145a_d6f8_7397),
            ((1, 17), (4, 4), 0x1ec2_b2cb_a7cb_d725),
            ((500, 375), (512, 512), 0x6c30_097c_ec4f_2995),
            ((333, 500), (457, 686), 0xed57_17a5_0459_96de),
        ] {
            let mask = GrayImage::from_fn(from.1, from.0, |x, y| image::Luma([(x * 7 + y * 31) as u8]));
            assert_eq!(hash(nearest(&mask, to, 0..to.0, 0..to.1).as_raw()), expected, "{from:?} to {to:?}");
        }
    }
}
