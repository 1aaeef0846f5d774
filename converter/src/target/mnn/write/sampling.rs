//! Parameters of ops that look up values between samples.

use edgeconv_graph::op::RoiAlign;
use planus::{Builder, UnionOffset};

use crate::target::mnn::net::Interpolation;
use crate::target::mnn::schema;
use crate::target::mnn::schema::{BorderMode, CoordinateTransformationMode, OpParameter, OpType, SampleMode};

type Parameter = (OpType, UnionOffset<OpParameter>);

/// Interpolation to a shape `[N, C, H, W]`.
pub(super) fn interpolate(
    b: &mut Builder,
    shape: &[usize],
    method: Interpolation,
    ctm: CoordinateTransformationMode,
) -> Parameter {
    let resize_type = match method {
        Interpolation::Floor => 1,
        Interpolation::Linear => 2,
        Interpolation::Cubic => 3,
        Interpolation::Nearest => 4,
    };
    let interp = schema::Interp {
        output_height: shape[2] as i32,
        output_width: shape[3] as i32,
        resize_type,
        ctm,
        ..Default::default()
    };
    (OpType::Interp, OpParameter::create_interp(b, &interp))
}

pub(super) fn grid_sample(
    b: &mut Builder,
    mode: SampleMode,
    padding_mode: BorderMode,
    align_corners: bool,
) -> Parameter {
    let sample = schema::GridSample { mode, padding_mode, align_corners, backward: false };
    (OpType::GridSample, OpParameter::create_grid_sample(b, &sample))
}

pub(super) fn roi_align(b: &mut Builder, align: &RoiAlign) -> Parameter {
    let roi = schema::RoiParameters {
        pooled_height: align.size[0] as i32,
        pooled_width: align.size[1] as i32,
        spatial_scale: align.spatial_scale,
        sampling_ratio: Some(align.sampling_ratio as i32),
        aligned: align.half_pixel,
        pool_type: schema::PoolType::Avepool,
        output_grad: false,
    };
    (OpType::RoiAlign, OpParameter::create_roi_parameters(b, &roi))
}
