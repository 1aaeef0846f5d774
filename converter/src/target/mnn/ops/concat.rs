//! Joining tensors.

use edgeconv_graph::{Node, op};
use planus::UnionOffset;

use super::{InIntegers, Lower, MnnOp};
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::Lowering;
use crate::target::mnn::net::Shapes;
use crate::target::mnn::schema::{self, OpParameter, OpType};
use crate::target::mnn::write::Writer;

/// Joins the inputs.
#[derive(Debug)]
pub(in crate::target::mnn) struct Concat {
    /// Along this axis.
    pub axis: usize,
}

impl MnnOp for Concat {
    fn op_type(&self) -> OpType {
        OpType::Concat
    }

    fn in_integers(&self) -> InIntegers {
        InIntegers::Moves
    }

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        Some(OpParameter::create_axis(b, &schema::Axis { axis: self.axis as i32 }))
    }
}

impl Lower for op::Concat {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.numbers(node)?;
        let inputs = node.inputs.iter().map(|&id| l.operand(id)).collect::<Result<Vec<_>, _>>()?;
        if let [only] = inputs[..] {
            l.alias(node, only);
            return Ok(());
        }
        l.finish(node, Concat { axis: self.axis }, &inputs);
        Ok(())
    }
}
