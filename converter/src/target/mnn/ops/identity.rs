//! Copies: an output of the net that is one of its inputs, a constant, or another output too.

use planus::UnionOffset;

use super::MnnOp;
use crate::target::mnn::net::Shapes;
use crate::target::mnn::schema::{OpParameter, OpType};
use crate::target::mnn::write::Writer;

/// A copy.
#[derive(Debug)]
pub(in crate::target::mnn) struct Identity;

impl MnnOp for Identity {
    fn op_type(&self) -> OpType {
        OpType::Identity
    }

    fn parameter(&self, _: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        None
    }
}
