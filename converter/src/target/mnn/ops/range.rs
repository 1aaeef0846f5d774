//! Counting, for files whose inputs have open dimensions.

use planus::UnionOffset;

use super::{MnnOp, Reads};
use crate::target::mnn::net::{Number, Shapes};
use crate::target::mnn::schema::{self, DataType, OpParameter, OpType};
use crate::target::mnn::write::Writer;

/// Integers from the first input, up to the second one but without it, in steps of the third one.
#[derive(Debug)]
pub(in crate::target::mnn) struct Range;

impl MnnOp for Range {
    fn op_type(&self) -> OpType {
        OpType::Range
    }

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        Some(OpParameter::create_range(b, &schema::Range { tidx: DataType::DtInt32 }))
    }

    fn reads(&self, _: usize, _: &[usize]) -> Reads {
        Reads::RowMajor
    }

    fn number(&self, _: &[Number]) -> Number {
        Number::Int
    }
}
