//! Ops that look along an axis.

use edgeconv_graph::Node;
use edgeconv_graph::op::{ReduceMean, Softmax};

use super::Lowering;
use crate::mnn::ExportError;
use crate::mnn::net::Kind;

pub(super) fn mean<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &ReduceMean) -> Result<(), ExportError> {
    let data = l.operand(node.inputs[0])?;
    l.finish(node, Kind::Mean { axes: op.axes.clone() }, &[data]);
    Ok(())
}

pub(super) fn softmax<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &Softmax) -> Result<(), ExportError> {
    let data = l.operand(node.inputs[0])?;
    l.finish(node, Kind::Softmax { axis: op.axis }, &[data]);
    Ok(())
}
