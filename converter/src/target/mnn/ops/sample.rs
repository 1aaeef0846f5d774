//! Ops that look up values at places that the data say.

use edgeconv_graph::op::{self, GridPadding};
use edgeconv_graph::{Node, Tensor};
use planus::UnionOffset;

use super::{Lower, MnnOp, Reads, first_is_data};
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::{Lowering, unsupported};
use crate::target::mnn::net::Shapes;
use crate::target::mnn::schema::{self, BorderMode, OpParameter, OpType, SampleMode};
use crate::target::mnn::write::Writer;

/// Linear interpolation, or the nearest sample (in the middle the one after), at the places that the second input holds.
#[derive(Debug)]
struct GridSample {
    /// Which of both.
    mode: SampleMode,
    /// What lies outside.
    padding: BorderMode,
    /// Whether −1 and 1 are the centres of the first and last sample.
    align_corners: bool,
}

impl MnnOp for GridSample {
    fn op_type(&self) -> OpType {
        OpType::GridSample
    }

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        let &GridSample { mode, padding: padding_mode, align_corners } = self;
        let sample = schema::GridSample { mode, padding_mode, align_corners, backward: false };
        Some(OpParameter::create_grid_sample(b, &sample))
    }

    fn reads(&self, index: usize, _: &[usize]) -> Reads {
        first_is_data(index)
    }
}

/// Means of what boxes (second input) contain of the maps that the third input names.
#[derive(Debug)]
struct RoiAlign(op::RoiAlign);

impl MnnOp for RoiAlign {
    fn op_type(&self) -> OpType {
        OpType::RoiAlign
    }

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        let RoiAlign(align) = self;
        let roi = schema::RoiParameters {
            pooled_height: align.size[0] as i32,
            pooled_width: align.size[1] as i32,
            spatial_scale: align.spatial_scale,
            sampling_ratio: Some(align.sampling_ratio as i32),
            aligned: align.half_pixel,
            pool_type: schema::PoolType::Avepool,
            output_grad: false,
        };
        Some(OpParameter::create_roi_parameters(b, &roi))
    }

    fn reads(&self, index: usize, _: &[usize]) -> Reads {
        first_is_data(index)
    }
}

impl Lower for op::GridSample {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.floats(node)?;
        let (data, grid) = (l.operand(node.inputs[0])?, l.operand(node.inputs[1])?);
        let mode = if self.linear { SampleMode::Bilinear } else { SampleMode::Nearest };
        let padding = match self.padding {
            GridPadding::Zeros => BorderMode::Zeros,
            GridPadding::Border => BorderMode::Clamp,
        };
        l.finish(node, GridSample { mode, padding, align_corners: self.align_corners }, &[data, grid]);
        Ok(())
    }
}

/// MNN reads the map that a box names without looking whether there is one.
impl Lower for op::RoiAlign {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.numbers(node)?;
        let maps = l.shape(node.inputs[0])[0];
        let Some(indices) = l.graph.tensor(node.inputs[2]).and_then(Tensor::to_i64) else {
            return Err(unsupported(node, "the maps that its boxes belong to have to be known"));
        };
        if !indices.iter().all(|&index| usize::try_from(index).is_ok_and(|index| index < maps)) {
            return Err(unsupported(node, format!("a box belongs to a map that is not in 0..{maps}")));
        }
        let [data, boxes, indices] = [0, 1, 2].map(|index| l.operand(node.inputs[index]));
        l.finish(node, RoiAlign(*self), &[data?, boxes?, indices?]);
        Ok(())
    }
}
