//! Ops that look along an axis.

use edgeconv_graph::Node;
use edgeconv_graph::op::{Reduce, Softmax};

use super::Lowering;
use crate::target::mnn::ExportError;
use crate::target::mnn::net::Kind;

pub(super) fn reduce<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &Reduce) -> Result<(), ExportError> {
    let data = l.operand(node.inputs[0])?;
    l.finish(node, Kind::Reduce { kind: op.kind, axes: op.axes.clone() }, &[data]);
    Ok(())
}

pub(super) fn softmax<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &Softmax) -> Result<(), ExportError> {
    let data = l.operand(node.inputs[0])?;
    l.finish(node, Kind::Softmax { axis: op.axis }, &[data]);
    Ok(())
}
