//! OpenCV's conversion between RGB and HSV of 8 bits, bit by bit: H is 0 to 179, half a degree each.

use edgeconv_vision::RgbImage;

/// Bits of fixed point in the conversion to HSV.
const SHIFT: i32 = 12;
/// Pixels that OpenCV converts at once with AVX2. What is left of a row is rounded, all else is cut.
const BLOCK: usize = 32;
/// Which of the four candidates are blue, green and red in each sixth of the circle.
const SECTORS: [[usize; 3]; 6] = [[1, 3, 0], [1, 0, 2], [3, 0, 1], [0, 2, 1], [0, 1, 3], [2, 1, 0]];

/// RGB becomes HSV in place.
pub fn from_rgb(picture: &mut RgbImage) {
    let tables = Tables::new();
    for pixel in picture.pixels_mut() {
        pixel.0 = tables.hsv(pixel.0.map(i32::from));
    }
}

/// Quotients in fixed point.
struct Tables {
    saturation: [i32; 256],
    hue: [i32; 256],
}

impl Tables {
    fn new() -> Self {
        let quotients = |numerator: f64| {
            std::array::from_fn(|i| if i == 0 { 0 } else { (numerator / i as f64).round_ties_even() as i32 })
        };
        let one = f64::from(1 << SHIFT);
        Self { saturation: quotients(255.0 * one), hue: quotients(180.0 * one / 6.0) }
    }

    fn hsv(&self, [red, green, blue]: [i32; 3]) -> [u8; 3] {
        let value = red.max(green).max(blue);
        let range = value - red.min(green).min(blue);
        let round = |product: i32| (product + (1 << (SHIFT - 1))) >> SHIFT;
        let saturation = round(range * self.saturation[value as usize]);
        let around = if value == red {
            green - blue
        } else if value == green {
            blue - red + 2 * range
        } else {
            red - green + 4 * range
        };
        let hue = round(around * self.hue[range as usize]);
        [if hue < 0 { hue + 180 } else { hue }, saturation, value].map(|level| level as u8)
    }
}

/// HSV becomes RGB in place. Hues from 180 on go round once more.
pub fn to_rgb(picture: &mut RgbImage) {
    let width = picture.width() as usize;
    let cut = width - width % BLOCK;
    for row in picture.chunks_exact_mut((width * 3).max(1)) {
        for (column, pixel) in row.as_chunks_mut::<3>().0.iter_mut().enumerate() {
            let levels = rgb(*pixel);
            *pixel = levels.map(|level| if column < cut { level as u8 } else { level.round_ties_even() as u8 });
        }
    }
}

/// Red, green and blue from 0 to 255, with the order of OpenCV's operations in single precision.
fn rgb(hsv: [u8; 3]) -> [f32; 3] {
    let [hue, saturation, value] = hsv.map(f32::from);
    let (hue, saturation, value) = (hue * (6.0 / 180.0), saturation * (1.0 / 255.0), value * (1.0 / 255.0));
    let sector = hue.trunc();
    let within = hue - sector;
    let candidates =
        [value, value * (1.0 - saturation), value * rest(saturation, within), value * rest(saturation, 1.0 - within)];
    let [blue, green, red] = SECTORS[sector as usize % 6].map(|candidate| candidates[candidate] * 255.0);
    [red, green, blue]
}

/// 1 − `saturation` · `part`, rounded once: OpenCV does that in one instruction. `mul_add` is slow where it can't be sure of
/// having that instruction; in double precision, all levels give the same.
fn rest(saturation: f32, part: f32) -> f32 {
    (1.0 - f64::from(saturation) * f64::from(part)) as f32
}

#[cfg(test)]
mod tests {
    use image::Rgb;

    use super::super::test::hash;
    use super::*;

    /// Every hue and saturation, with some values and a row's end that is not a multiple of the block.
    fn all(value: u8) -> RgbImage {
        RgbImage::from_fn(256 + 7, 256, |x, y| Rgb([x as u8, y as u8, value]))
    }

    #[test]
    fn opencv_4_9_computes_the_same_levels() {
        for (value, to_hsv, from_hsv) in [
            (0, 0x06a8_8068_b384_0903, 0x70e0_05bd_4f87_4725),
            (1, 0xeaba_a602_cad0_c9cc, 0x44c8_f398_2ae7_1077),
            (77, 0x33b5_36a6_6f0b_ca41, 0xdaaf_974e_5929_dbf8),
            (128, 0xecd0_4a76_933e_cf95, 0xa65a_59ff_cea8_8937),
            (200, 0xdec7_54a5_9dbc_1b99, 0xda42_e86a_0d51_4599),
            (255, 0xb849_1281_8868_e5fe, 0x5466_970d_44a8_83b3),
        ] {
            let convert = |conversion: fn(&mut RgbImage)| {
                let mut picture = all(value);
                conversion(&mut picture);
                hash(picture.as_raw())
            };
            assert_eq!(convert(from_rgb), to_hsv, "to HSV, {value}");
            assert_eq!(convert(to_rgb), from_hsv, "from HSV, {value}");
        }
    }

    #[test]
    fn nothing_is_rounded_twice() {
        for hue in 0..=255u8 {
            let hue = f32::from(hue) * (6.0 / 180.0);
            for saturation in 0..=255u8 {
                let saturation = f32::from(saturation) * (1.0 / 255.0);
                for part in [hue.fract(), 1.0 - hue.fract()] {
                    assert_eq!(rest(saturation, part), (-saturation).mul_add(part, 1.0));
                }
            }
        }
    }
}
