//! Changes of the element type.

use edgeconv_graph::{DType, Node, op};
use planus::UnionOffset;

use super::binary::BinaryOp;
use super::{Lower, MnnOp};
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::Lowering;
use crate::target::mnn::net::{Number, Shapes};
use crate::target::mnn::schema::{self, BinaryOpOperation, DataType, OpParameter, OpType};
use crate::target::mnn::write::Writer;

/// Another element type; floats lose their fraction.
#[derive(Debug)]
pub(in crate::target::mnn) struct Cast(pub Number);

impl MnnOp for Cast {
    fn op_type(&self) -> OpType {
        OpType::Cast
    }

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        let cast = schema::CastParam { src_t: DataType::DtFloat, dst_t: self.0.into() };
        Some(OpParameter::create_cast_param(b, &cast))
    }

    fn number(&self, _: &[Number]) -> Number {
        self.0
    }
}

/// Only numbers become booleans by a comparison with 0: MNN's own op looks at the bits, and takes −0 for true.
impl Lower for op::Cast {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.numbers(node)?;
        let data = l.operand(node.inputs[0])?;
        let from = l.graph.ty(node.inputs[0]).dtype;
        match (from, self.to) {
            (DType::F32, DType::Bool) => {
                let zero = l.scalar(0.0);
                l.finish(node, BinaryOp::of(BinaryOpOperation::Notequal), &[data, zero]);
            }
            (_, DType::Bool) if from != DType::Bool => {
                let zero = l.integer(0);
                l.finish(node, BinaryOp::of(BinaryOpOperation::Notequal), &[data, zero]);
            }
            _ if Number::from(from) == Number::from(self.to) => l.alias(node, data),
            _ => l.finish(node, Cast(self.to.into()), &[data]),
        }
        Ok(())
    }
}
