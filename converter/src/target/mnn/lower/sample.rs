//! Ops that look up values at places that the data say.

use edgeconv_graph::op::{GridPadding, GridSample, RoiAlign};
use edgeconv_graph::{Node, Tensor};

use super::{Lowering, unsupported};
use crate::target::mnn::ExportError;
use crate::target::mnn::net::Kind;
use crate::target::mnn::schema::{BorderMode, SampleMode};

pub(super) fn grid_sample<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &GridSample) -> Result<(), ExportError> {
    let (data, grid) = (l.operand(node.inputs[0])?, l.operand(node.inputs[1])?);
    let mode = if op.linear { SampleMode::Bilinear } else { SampleMode::Nearest };
    let padding = match op.padding {
        GridPadding::Zeros => BorderMode::Zeros,
        GridPadding::Border => BorderMode::Clamp,
    };
    l.finish(node, Kind::GridSample { mode, padding, align_corners: op.align_corners }, &[data, grid]);
    Ok(())
}

/// MNN reads the map that a box names without looking whether there is one.
pub(super) fn roi_align<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &RoiAlign) -> Result<(), ExportError> {
    let maps = l.shape(node.inputs[0])[0];
    let Some(indices) = l.graph.tensor(node.inputs[2]).and_then(Tensor::as_i64) else {
        return Err(unsupported(node, "the maps that its boxes belong to have to be known"));
    };
    if !indices.iter().all(|&index| usize::try_from(index).is_ok_and(|index| index < maps)) {
        return Err(unsupported(node, format!("a box belongs to a map that is not in 0..{maps}")));
    }
    let [data, boxes, indices] = [0, 1, 2].map(|index| l.operand(node.inputs[index]));
    l.finish(node, Kind::RoiAlign(*op), &[data?, boxes?, indices?]);
    Ok(())
}
