//! Operators that move elements, or put others around them.

use std::slice::from_ref;

use edgeconv_graph::DType;
use edgeconv_graph::op::{Pad, PadMode, Slice};

use super::Parts;
use super::attributes::string;
use super::operand::Operand;

/// ONNX has all numbers before the axes first.
pub(super) fn pad(op: &Pad, dtype: DType) -> Parts<'_> {
    let pads = [0, 1].map(|side| op.pads.iter().map(move |pads| pads[side]));
    let mut operands = vec![Operand::OwnedInts(pads.into_iter().flatten().collect())];
    operands.extend(op.constant(dtype).map(Operand::Tensor));
    let mode = match op.mode {
        PadMode::Constant(_) => "constant",
        PadMode::Reflect => "reflect",
        PadMode::Edge => "edge",
    };
    (operands, vec![string("mode", mode)])
}

/// Start, end, axis, and the step if it is not 1.
pub(super) fn bounds(op: &Slice) -> Vec<Operand<'_>> {
    let bound = |index| Operand::Ints(from_ref(index));
    let mut bounds = vec![bound(&op.start), bound(&op.end), bound(&op.axis)];
    if op.step != 1 {
        bounds.push(bound(&op.step));
    }
    bounds
}
