//! Interpolation of maps.

use super::super::program::Int;
use super::{Added, Call, Entry, entry};
use crate::attributes::{float, string};

pub(super) const ENTRIES: &[Entry] = &[
    entry("upsample_nearest1d(Tensor self, SymInt[1] output_size, float? scales=None)", |c| {
        resize(c, "self", "nearest", 1)
    }),
    entry("upsample_nearest2d(Tensor self, SymInt[2] output_size, float? scales_h=None, float? scales_w=None)", |c| {
        resize(c, "self", "nearest", 2)
    }),
    entry("upsample_nearest2d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors)", |c| {
        resize(c, "input", "nearest", 2)
    }),
    entry(
        "upsample_bilinear2d(Tensor self, SymInt[2] output_size, bool align_corners, float? scales_h=None, float? scales_w=None)",
        |c| resize(c, "self", "linear", 2),
    ),
    entry(
        "upsample_bilinear2d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors)",
        |c| resize(c, "input", "linear", 2),
    ),
    entry("upsample_linear1d(Tensor self, SymInt[1] output_size, bool align_corners, float? scales=None)", |c| {
        resize(c, "self", "linear", 1)
    }),
    entry(
        "upsample_linear1d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors)",
        |c| resize(c, "input", "linear", 1),
    ),
    entry(
        "upsample_bicubic2d(Tensor self, SymInt[2] output_size, bool align_corners, float? scales_h=None, float? scales_w=None)",
        |c| resize(c, "self", "cubic", 2),
    ),
    entry(
        "upsample_bicubic2d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors)",
        |c| resize(c, "input", "cubic", 2),
    ),
];

fn resize(c: &mut Call<'_, '_>, input: &str, mode: &str, axes: usize) -> Added {
    let (x, source) = (c.tensor(input)?, c.source(input)?.to_owned());
    let coordinates = match (mode, c.bool("align_corners").unwrap_or(false)) {
        ("nearest", _) => "asymmetric",
        (_, true) => "align_corners",
        // As half pixels, but for maps of one pixel.
        (_, false) => "pytorch_half_pixel",
    };
    let mut attributes = vec![string("mode", mode), string("coordinate_transformation_mode", coordinates)];
    match mode {
        "nearest" => attributes.push(string("nearest_mode", "floor")),
        "cubic" => attributes.push(float("cubic_coeff_a", -0.75)),
        _ => {}
    }
    if let Some(factors) = c.optional_floats("scale_factors") {
        let scales: Vec<u8> =
            [1.0, 1.0].iter().chain(&factors).flat_map(|&scale| (scale as f32).to_le_bytes()).collect();
        let scales = c.writer.constant(&[axes as i64 + 2], 1, scales);
        return c.last("Resize", &[&x, "", &scales], attributes);
    }
    let given = c.ints("output_size")?;
    let mut sizes: Vec<Int> = (0..2).map(|axis| c.length(&source, axis)).collect::<Result<_, _>>()?;
    sizes.extend(given);
    let sizes = c.writer.ints(&sizes);
    c.last("Resize", &[&x, "", "", &sizes], attributes)
}
