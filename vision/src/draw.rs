//! Results on the picture.

use font8x8::UnicodeFonts;
use image::{GrayImage, Rgb, RgbImage};

use crate::detection::Corners;

const WHITE: Rgb<u8> = Rgb([255; 3]);
/// Height and width of a letter.
const LETTER: i64 = 8;

/// The colour of a class, by the bit scheme of Pascal VOC: 0 is black, 1 (128, 0, 0), 2 (0, 128, 0), ...
pub fn color(class: u8) -> Rgb<u8> {
    let bit = |index: u32| (u32::from(class) >> index & 1) as u8;
    Rgb([0, 1, 2].map(|first| bit(first) << 7 | bit(first + 3) << 6 | bit(first + 6) << 5))
}

/// Draws the outline of a box, in pixels, with a label in its upper left corner. Lines and letters grow with the picture.
pub fn labelled_box(picture: &mut RgbImage, corners: &Corners, label: &str, color: Rgb<u8>) {
    let unit = i64::from(picture.width().min(picture.height()) / 480).max(1);
    let line = 2 * unit;
    let [left, top, right, bottom] = corners.map(|side| side as i64);
    fill(picture, (left, top), (right, top + line), color);
    fill(picture, (left, bottom - line), (right, bottom), color);
    fill(picture, (left, top), (left + line, bottom), color);
    fill(picture, (right - line, top), (right, bottom), color);
    let (width, height) = ((label.chars().count() as i64 * LETTER + 2) * unit, (LETTER + 2) * unit);
    fill(picture, (left, top), (left + width, top + height), color);
    text(picture, (left + unit, top + unit), unit, label);
}

/// Fills a rectangle, where it lies in the picture.
fn fill(picture: &mut RgbImage, from: (i64, i64), to: (i64, i64), color: Rgb<u8>) {
    let (width, height) = (i64::from(picture.width()), i64::from(picture.height()));
    for y in from.1.clamp(0, height)..to.1.clamp(0, height) {
        for x in from.0.clamp(0, width)..to.0.clamp(0, width) {
            picture.put_pixel(x as u32, y as u32, color);
        }
    }
}

/// Writes white letters whose dots are squares of `unit` pixels.
fn text(picture: &mut RgbImage, at: (i64, i64), unit: i64, text: &str) {
    for (letter, position) in text.chars().zip(0..) {
        let rows = font8x8::BASIC_FONTS.get(letter).unwrap_or([0x7f; 8]);
        for (row, y) in rows.into_iter().zip(0..) {
            for x in (0..LETTER).filter(|x| row >> x & 1 == 1) {
                let corner = (at.0 + (position * LETTER + x) * unit, at.1 + y * unit);
                fill(picture, corner, (corner.0 + unit, corner.1 + unit), WHITE);
            }
        }
    }
}

/// The picture under a coloured mask of the same size: `(1 - weight) · picture + weight · colour`.
///
/// # Panics
/// If the mask has another size.
pub fn overlay(picture: &RgbImage, mask: &GrayImage, weight: f32) -> RgbImage {
    assert_eq!(picture.dimensions(), mask.dimensions());
    let mut blended = picture.clone();
    for (pixel, class) in blended.pixels_mut().zip(mask.as_raw()) {
        let color = color(*class);
        let blend = |channel: usize| (1.0 - weight) * f32::from(pixel[channel]) + weight * f32::from(color[channel]);
        *pixel = Rgb(std::array::from_fn(|channel| blend(channel).round() as u8));
    }
    blended
}

#[cfg(test)]
mod tests {
    use image::Luma;

    use super::*;

    #[test]
    fn colors_are_those_of_pascal_voc() {
        let expected = [
            (0, [0, 0, 0]),
            (1, [128, 0, 0]),
            (3, [128, 128, 0]),
            (4, [0, 0, 128]),
            (8, [64, 0, 0]),
            (15, [192, 128, 128]),
            (20, [0, 64, 128]),
            (255, [224, 224, 192]),
        ];
        for (class, levels) in expected {
            assert_eq!(color(class).0, levels, "{class}");
        }
    }

    #[test]
    fn a_box_is_an_outline_with_a_label() {
        let mut picture = RgbImage::new(60, 40);
        let red = Rgb([255, 0, 0]);
        labelled_box(&mut picture, &[10.0, 5.0, 50.0, 35.0], "I", red);
        for (x, y) in [(10, 5), (49, 5), (10, 34), (49, 34), (30, 6), (48, 20), (30, 33)] {
            assert_eq!(*picture.get_pixel(x, y), red, "({x}, {y})");
        }
        for (x, y) in [(9, 5), (50, 5), (30, 20), (30, 35), (47, 20)] {
            assert_eq!(*picture.get_pixel(x, y), Rgb([0; 3]), "({x}, {y})");
        }
        let white = picture.enumerate_pixels().filter(|(_, _, pixel)| **pixel == WHITE).map(|(x, y, _)| (x, y));
        let white: Vec<_> = white.collect();
        assert!(white.len() > 10 && white.iter().all(|&(x, y)| (11..19).contains(&x) && (6..14).contains(&y)));
    }

    #[test]
    fn what_lies_outside_is_not_drawn() {
        let mut picture = RgbImage::new(8, 8);
        labelled_box(&mut picture, &[-100.0, -50.0, 200.0, 300.0], "anything, even Ω", Rgb([9; 3]));
        labelled_box(&mut picture, &[7.0, 7.0, 7.0, 7.0], "", Rgb([9; 3]));
        assert_eq!(*picture.get_pixel(0, 0), Rgb([0; 3]));
    }

    #[test]
    fn an_overlay_mixes_colors() {
        let picture = RgbImage::from_pixel(2, 1, Rgb([100, 200, 51]));
        let mask = GrayImage::from_fn(2, 1, |x, _| Luma([x as u8]));
        let blended = overlay(&picture, &mask, 0.5);
        assert_eq!(blended.into_raw(), [50, 100, 26, 114, 100, 26]);
    }
}
