use edgeconv_graph::ValueId;
use edgeconv_graph::op::{Binary, ReduceKind, Softmax, Unary};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;

pub(super) const OPERATORS: &[Entry] =
    &[Entry::new("Softmax", softmax).since(1), Entry::new("LogSoftmax", softmax).since(1)];

fn softmax(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let together = node.importer.opset < 13;
    let axis = node.axis(node.int("axis", if together { 1 } else { -1 }), node.dims(x).len())?;
    let result = over(node, x, axis, together)?;
    node.result(result)
}

/// Over one axis, or, as before operator set 13, over that and all behind it together.
pub(super) fn over(node: &mut Node<'_, '_>, x: ValueId, axis: usize, together: bool) -> Result<ValueId, ImportError> {
    let shape = node.dims(x);
    if together && axis + 1 != shape.len() {
        let (outer, inner) = shape.split_at(axis);
        let flat = node.reshape(x, [outer, &[inner.iter().product()]].concat())?;
        let result = over(node, flat, axis, false)?;
        return node.reshape(result, shape);
    }
    let log = node.proto.op_type() == "LogSoftmax";
    if log { log_softmax(node, x, axis) } else { node.apply(Softmax { axis }, &[x]) }
}

/// `x − log Σ exp(x)`, where the largest element is taken out first.
pub(super) fn log_softmax(node: &mut Node<'_, '_>, x: ValueId, axis: usize) -> Result<ValueId, ImportError> {
    let largest = node.reduce(ReduceKind::Max, x, &[axis])?;
    let below = node.apply(Binary::Sub, &[x, largest])?;
    let exp = node.apply(Unary::Exp, &[below])?;
    let sum = node.reduce(ReduceKind::Sum, exp, &[axis])?;
    let log = node.apply(Unary::Log, &[sum])?;
    node.apply(Binary::Sub, &[below, log])
}
