//! Choosing between two tensors element by element.

use edgeconv_graph::{Node, op};
use planus::UnionOffset;

use super::broadcast::filled;
use super::{Lower, MnnOp};
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::Lowering;
use crate::target::mnn::net::{Number, Shapes};
use crate::target::mnn::schema::{OpParameter, OpType};
use crate::target::mnn::write::Writer;

/// Elements of the second input where the first one is not 0, else those of the third; all of one shape.
#[derive(Debug)]
pub(super) struct Select;

impl MnnOp for Select {
    fn op_type(&self) -> OpType {
        OpType::Select
    }

    fn parameter(&self, _: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        None
    }

    fn number(&self, inputs: &[Number]) -> Number {
        inputs[1]
    }
}

/// `Where`: MNN's op does not see that its third operand has to be broadcast (GeometrySelect.cpp).
impl Lower for op::Where {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.numbers(node)?;
        let operands = node.inputs.iter().map(|&id| filled(l, node, id)).collect::<Result<Vec<_>, _>>()?;
        l.finish(node, Select, &operands);
        Ok(())
    }
}
