//! Lengths of tensors as numbers, for files whose inputs have open dimensions.

use planus::UnionOffset;

use super::{MnnOp, Reads};
use crate::target::mnn::net::{Number, Shapes};
use crate::target::mnn::schema::{self, OpParameter, OpType};
use crate::target::mnn::write::Writer;

/// The lengths of some consecutive axes, in logical order whatever the layout.
#[derive(Debug)]
pub(in crate::target::mnn) struct Shape {
    pub start: usize,
    pub end: usize,
}

impl MnnOp for Shape {
    fn op_type(&self) -> OpType {
        OpType::Shape
    }

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        let [start, end] = [self.start, self.end].map(|axis| axis as i32);
        let shape = schema::ShapeParam { has_start: true, start, has_end: true, end };
        Some(OpParameter::create_shape_param(b, &shape))
    }

    fn reads(&self, _: usize, _: &[usize]) -> Reads {
        Reads::Single
    }

    fn number(&self, _: &[Number]) -> Number {
        Number::Int
    }
}
