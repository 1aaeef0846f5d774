//! Operators that look up values between samples.

use edgeconv_graph::Node;
use edgeconv_graph::op::{GridPadding, GridSample, Operator, Resize, ResizeMode, RoiAlign};

use super::attributes::{float, int, string};
use super::operand::Operand;
use super::{Parts, needs};
use crate::proto::AttributeProto;
use crate::target::onnx::ExportError;
use crate::target::onnx::exporter::Exporter;

pub(super) fn resize<'a>(exporter: &Exporter<'_>, node: &Node, op: &'a Resize) -> Result<Parts<'a>, ExportError> {
    needs(exporter, node, "antialias", 18, op.antialias)?;
    let coordinates = op.coordinates.name();
    needs(exporter, node, coordinates, 19, coordinates == "half_pixel_symmetric")?;
    let shape = &exporter.graph.ty(node.inputs[0]).shape;
    if op.scales.is_some() && !op.follows_scales(shape) {
        let (node, name) = (node.name.clone(), op.name());
        return Err(ExportError::Unsupported {
            node,
            op: name,
            reason: "its sizes don't follow from its scales".into(),
        });
    }
    let mut attributes = vec![string("coordinate_transformation_mode", coordinates), string("mode", op.mode.name())];
    match op.mode {
        ResizeMode::Nearest(rounding) => attributes.push(string("nearest_mode", rounding.name())),
        ResizeMode::Linear => {}
        ResizeMode::Cubic { coefficient } => attributes.push(float("cubic_coeff_a", coefficient)),
    }
    if op.antialias {
        attributes.push(int("antialias", 1));
    }
    if op.exclude_outside {
        attributes.push(int("exclude_outside", 1));
    }
    // The region comes first.
    let target = match &op.scales {
        Some(scales) => vec![Operand::None, Operand::Floats(scales)],
        None => vec![Operand::None, Operand::None, Operand::Ints(&op.sizes)],
    };
    Ok((target, attributes))
}

pub(super) fn grid_sample(
    exporter: &Exporter<'_>,
    node: &Node,
    op: &GridSample,
) -> Result<Vec<AttributeProto>, ExportError> {
    needs(exporter, node, "it", 16, true)?;
    needs(exporter, node, "data [N, C, D, H, W]", 20, exporter.graph.ty(node.inputs[0]).rank() == 5)?;
    let mode = match op.linear {
        false => "nearest",
        true if exporter.opset < 20 => "bilinear",
        true => "linear",
    };
    let padding = match op.padding {
        GridPadding::Zeros => "zeros",
        GridPadding::Border => "border",
    };
    let align_corners = int("align_corners", op.align_corners.into());
    Ok(vec![align_corners, string("mode", mode), string("padding_mode", padding)])
}

pub(super) fn roi_align(
    exporter: &Exporter<'_>,
    node: &Node,
    op: &RoiAlign,
) -> Result<Vec<AttributeProto>, ExportError> {
    needs(exporter, node, "half_pixel", 16, op.half_pixel)?;
    let mut attributes = vec![
        string("mode", "avg"),
        int("output_height", op.size[0] as i64),
        int("output_width", op.size[1] as i64),
        int("sampling_ratio", op.sampling_ratio as i64),
        float("spatial_scale", op.spatial_scale),
    ];
    if exporter.opset >= 16 {
        let mode = if op.half_pixel { "half_pixel" } else { "output_half_pixel" };
        attributes.push(string("coordinate_transformation_mode", mode));
    }
    Ok(attributes)
}
