//! Ops that have to be row-major at some sizes of the inputs of a file that has several.

use std::rc::Rc;

use planus::UnionOffset;

use super::{InIntegers, MnnOp, Move, Reads, Role, Rule};
use crate::content::Content;
use crate::target::mnn::net::{Layout, Number, Shapes};
use crate::target::mnn::schema::{OpParameter, OpType};
use crate::target::mnn::store::Storable;
use crate::target::mnn::write::Writer;

/// The same op on row-major data.
#[derive(Debug)]
pub(in crate::target::mnn) struct RowMajor<'g>(pub Rc<dyn MnnOp + 'g>);

impl MnnOp for RowMajor<'_> {
    fn op_type(&self) -> OpType {
        self.0.op_type()
    }

    fn parameter<'n>(&'n self, b: &mut Writer<'n>, shapes: &Shapes) -> Option<UnionOffset<OpParameter>> {
        self.0.parameter(b, shapes)
    }

    fn rule(&self, _: &Shapes) -> Rule {
        Rule::In(Layout::Nchw)
    }

    fn reads(&self, index: usize, shape: &[usize]) -> Reads {
        self.0.reads(index, shape)
    }

    fn number(&self, inputs: &[Number]) -> Number {
        self.0.number(inputs)
    }

    fn role(&self) -> Role {
        self.0.role()
    }

    fn weights(&self) -> Vec<Content<'_>> {
        self.0.weights()
    }

    fn storable(&self) -> Option<Storable<'_>> {
        self.0.storable()
    }

    fn can_be_external(&self) -> bool {
        self.0.can_be_external()
    }

    fn in_integers(&self) -> InIntegers {
        self.0.in_integers()
    }

    fn moves(&self, shapes: &Shapes) -> Option<Box<Move>> {
        self.0.moves(shapes)
    }
}
