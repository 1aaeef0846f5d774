//! Reductions.

use edgeconv_graph::op::{Reduce, ReduceKind};

use super::attributes::{int, ints};
use super::operand::Operand;
use super::{Parts, only};
use crate::target::onnx::exporter::Exporter;

/// The axes were attributes before they became an operand.
pub(super) fn reduce<'a>(exporter: &Exporter<'_>, op: &'a Reduce) -> Parts<'a> {
    let since = if op.kind == ReduceKind::Sum { 13 } else { 18 };
    if exporter.opset < since {
        only([ints("axes", &op.axes), int("keepdims", 1)])
    } else {
        (vec![Operand::Ints(&op.axes)], vec![int("keepdims", 1)])
    }
}
