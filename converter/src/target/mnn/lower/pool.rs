use edgeconv_graph::Node;
use edgeconv_graph::op::Pool;

use super::{Lowering, unsupported};
use crate::target::mnn::ExportError;
use crate::target::mnn::net::Kind;

pub(super) fn global_average_pool<'g>(l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
    let shape = l.shape(node.inputs[0]);
    if shape.len() != 4 {
        return Err(unsupported(node, format!("its input has shape {shape:?}, MNN's Pooling takes [N, C, H, W]")));
    }
    let data = l.operand(node.inputs[0])?;
    l.finish(node, Kind::GlobalAveragePool, &[data]);
    Ok(())
}

pub(super) fn pool<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &Pool) -> Result<(), ExportError> {
    let data = l.operand(node.inputs[0])?;
    l.finish(node, Kind::Pool(*op), &[data]);
    Ok(())
}
