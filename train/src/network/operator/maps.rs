//! Convolutions, pools, and what else knows the neighbours of a position.

use edgeconv_graph::op::{
    CircularConv, Conv, ConvTranspose, Coordinates, DepthOrder, DepthToSpace, GridPadding, GridSample, Pad, PadMode,
    Pool, PoolKind, Resize, ResizeMode, Rounding, SpaceToDepth,
};
use tch::Tensor;

use super::{Computed, longs};

/// The data, continued by its beginning, under a kernel without padding.
pub(super) fn circular_conv(op: &CircularConv, inputs: &[&Tensor]) -> Computed {
    let (axis, kernel) = (op.axis as i64, inputs[1]);
    let beginning = inputs[0].f_narrow(axis, 0, kernel.size()[op.axis] - 1)?;
    let wrapped = Tensor::f_cat(&[inputs[0], &beginning], axis)?;
    let bias = inputs.get(2).copied();
    wrapped.f_convolution(kernel, bias, [1; 2], [0; 2], [1; 2], false, [0; 2], op.group as i64)
}

pub(super) fn conv(op: &Conv, inputs: &[&Tensor]) -> Computed {
    let spatial = op.strides.len();
    let (begins, ends) = op.pads.split_at(spatial);
    let [strides, begins_long, dilations] = [&op.strides, begins, &op.dilations].map(longs);
    let convolve = |x: &Tensor, pads: &[i64]| {
        let bias = inputs.get(2).copied();
        x.f_convolution(inputs[1], bias, &strides, pads, &dilations, false, vec![0; spatial], op.group as i64)
    };
    if begins == ends {
        return convolve(inputs[0], &begins_long);
    }
    convolve(&inputs[0].f_constant_pad_nd(last_first(begins, ends))?, &vec![0; spatial])
}

/// Computed without cutting anything off, which libtorch does on both sides alike.
pub(super) fn conv_transpose(op: &ConvTranspose, inputs: &[&Tensor]) -> Computed {
    let spatial = op.strides.len();
    let (begins, ends) = op.pads.split_at(spatial);
    let [strides, dilations, added] = [&op.strides, &op.dilations, &op.output_padding].map(|lengths| longs(lengths));
    let bias = inputs.get(2).copied();
    let mut y = inputs[0].f_convolution(
        inputs[1],
        bias,
        &strides,
        vec![0; spatial],
        &dilations,
        true,
        &added,
        op.group as i64,
    )?;
    for (axis, (&begin, &end)) in (2..).zip(begins.iter().zip(ends)) {
        let length = y.size()[axis] - (begin + end) as i64;
        y = y.f_narrow(axis as i64, begin as i64, length)?;
    }
    Ok(y)
}

/// As libtorch wants them: the last axis first, before and after.
fn last_first(begins: &[usize], ends: &[usize]) -> Vec<i64> {
    begins.iter().zip(ends).rev().flat_map(|(&begin, &end)| [begin as i64, end as i64]).collect()
}

pub(super) fn pad(op: &Pad, x: &Tensor) -> Computed {
    // libtorch mirrors and repeats the last axes only.
    let unpadded = op.pads.iter().take_while(|pads| **pads == [0, 0]).count().min(op.pads.len().saturating_sub(1));
    let (begins, ends): (Vec<_>, Vec<_>) = op.pads[unpadded..].iter().map(|&[begin, end]| (begin, end)).unzip();
    let pads = last_first(&begins, &ends);
    match op.mode {
        PadMode::Constant(value) => x.f_pad(pads, "constant", Some(f64::from(value))),
        PadMode::Reflect => x.f_pad(pads, "reflect", None),
        PadMode::Edge => x.f_pad(pads, "replicate", None),
    }
}

pub(super) fn pool(op: &Pool, x: &Tensor) -> Computed {
    let [kernel, strides] = [op.kernel, op.strides].map(|pair| longs(&pair));
    let [top, left, bottom, right] = op.pads;
    let is_even = (top, left) == (bottom, right) && 2 * top <= op.kernel[0] && 2 * left <= op.kernel[1];
    let pool = |x: &Tensor, pads: [i64; 2]| match op.kind {
        PoolKind::Max => x.f_max_pool2d(&kernel, &strides, pads, [1; 2], false),
        PoolKind::Average => x.f_avg_pool2d(&kernel, &strides, pads, false, false, None),
    };
    if is_even {
        return pool(x, [top as i64, left as i64]);
    }
    let padded = |x: &Tensor, value: f64| x.f_pad(last_first(&[top, left], &[bottom, right]), "constant", Some(value));
    match op.kind {
        PoolKind::Max => pool(&padded(x, f64::NEG_INFINITY)?, [0; 2]),
        // Of the padding none counts: the mean of what is there is the sum by how much is there.
        PoolKind::Average => pool(&padded(x, 0.0)?, [0; 2])?.f_div(&pool(&padded(&x.f_ones_like()?, 0.0)?, [0; 2])?),
    }
}

/// Interpolation of the last two axes of four; `None` if libtorch has none such.
pub(super) fn resize(op: &Resize, x: &Tensor) -> Option<Computed> {
    let sizes = longs(&op.sizes);
    if sizes.len() != 4 || sizes[..2] != x.size()[..2] || op.exclude_outside != op.antialias {
        return None;
    }
    let [height, width] = [2, 3].map(|axis| op.scales.as_ref().map(|scales| f64::from(scales[axis])));
    let sizes = &sizes[2..];
    let corners = match op.coordinates {
        Coordinates::AlignCorners => Some(true),
        Coordinates::HalfPixel => Some(false),
        Coordinates::PytorchHalfPixel if !sizes.contains(&1) => Some(false),
        _ => None,
    };
    // libtorch's own coefficient.
    let is_keys = |coefficient: f32| coefficient == if op.antialias { -0.5 } else { -0.75 };
    Some(match (op.mode, corners, op.antialias) {
        (ResizeMode::Nearest(Rounding::Floor), None, false) if op.coordinates == Coordinates::Asymmetric => {
            x.f_upsample_nearest2d(sizes, height, width)
        }
        (ResizeMode::Linear, Some(corners), false) => x.f_upsample_bilinear2d(sizes, corners, height, width),
        (ResizeMode::Linear, Some(corners), true) => x.f_internal_upsample_bilinear2d_aa(sizes, corners, height, width),
        (ResizeMode::Cubic { coefficient }, Some(corners), false) if is_keys(coefficient) => {
            x.f_upsample_bicubic2d(sizes, corners, height, width)
        }
        (ResizeMode::Cubic { coefficient }, Some(corners), true) if is_keys(coefficient) => {
            x.f_internal_upsample_bicubic2d_aa(sizes, corners, height, width)
        }
        _ => return None,
    })
}

pub(super) fn depth_to_space(op: &DepthToSpace, x: &Tensor) -> Computed {
    let block = op.block as i64;
    match (op.order, &x.size()[..]) {
        (DepthOrder::BlocksFirst, &[n, c, h, w]) => {
            let channels = c / (block * block);
            let parts = x.f_reshape([n, block, block, channels, h, w])?.f_permute([0, 3, 4, 1, 5, 2])?;
            parts.f_reshape([n, channels, h * block, w * block])
        }
        _ => x.f_pixel_shuffle(block),
    }
}

/// `[N, C, H, W]` to `[N, block², C, H / block, W / block]`, the blocks first.
pub(super) fn space_to_depth(op: &SpaceToDepth, x: &Tensor) -> Option<Computed> {
    let [n, c, h, w] = x.size()[..] else { return None };
    let block = op.block as i64;
    let parts = x.f_reshape([n, c, h / block, block, w / block, block]).and_then(|x| x.f_permute([0, 3, 5, 1, 2, 4]));
    Some(parts.and_then(|x| x.f_reshape([n, c * block * block, h / block, w / block])))
}

pub(super) fn grid_sample(op: &GridSample, inputs: &[&Tensor]) -> Computed {
    let padding = match op.padding {
        GridPadding::Zeros => 0,
        GridPadding::Border => 1,
    };
    inputs[0].f_grid_sampler(inputs[1], (!op.linear).into(), padding, op.align_corners)
}
