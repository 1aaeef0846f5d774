use edgeconv_graph::Node;
use edgeconv_graph::op::{Resize, ResizeMode};

use super::{Lowering, unsupported};
use crate::mnn::ExportError;
use crate::mnn::net::Kind;

/// Interpolation at run time. From a single row and column it is a copy to every pixel.
pub(super) fn resize<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &Resize) -> Result<(), ExportError> {
    let (from, to) = (l.shape(node.inputs[0]), op.sizes.as_slice());
    if op.mode != ResizeMode::LinearHalfPixel {
        return Err(unsupported(node, "its input has to be a constant, so that it can be computed now"));
    }
    if from.len() != 4 || from[..2] != to[..2] {
        return Err(unsupported(node, format!("MNN resizes height and width of [N, C, H, W], not {from:?} to {to:?}")));
    }
    let data = l.operand(node.inputs[0])?;
    if from[2..] == [1, 1] {
        let target = l.indices(to.iter().copied());
        l.finish(node, Kind::BroadcastTo, &[data, target]);
    } else {
        l.finish(node, Kind::Interpolate, &[data]);
    }
    Ok(())
}
