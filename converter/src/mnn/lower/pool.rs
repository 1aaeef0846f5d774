use edgeconv_graph::Node;
use edgeconv_graph::op::{AveragePool, MaxPool};

use super::{Lowering, unsupported};
use crate::mnn::ExportError;
use crate::mnn::net::{Kind, Window};

pub(super) fn global_average_pool<'g>(l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
    let shape = l.shape(node.inputs[0]);
    if shape.len() != 4 {
        return Err(unsupported(node, format!("its input has shape {shape:?}, MNN's Pooling takes [N, C, H, W]")));
    }
    let data = l.operand(node.inputs[0])?;
    l.finish(node, Kind::GlobalAveragePool, &[data]);
    Ok(())
}

pub(super) fn max_pool<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &MaxPool) -> Result<(), ExportError> {
    let data = l.operand(node.inputs[0])?;
    let window = Window { kernel: op.kernel, strides: op.strides, pads: op.pads };
    l.finish(node, Kind::MaxPool(window), &[data]);
    Ok(())
}

pub(super) fn average_pool<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &AveragePool) -> Result<(), ExportError> {
    let data = l.operand(node.inputs[0])?;
    let window = Window { kernel: op.kernel, strides: op.strides, pads: op.pads };
    l.finish(node, Kind::AveragePool(window), &[data]);
    Ok(())
}
