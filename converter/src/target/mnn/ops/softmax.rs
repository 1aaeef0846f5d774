//! Softmax.

use edgeconv_graph::{Node, op};
use planus::UnionOffset;

use super::{InIntegers, Lower, MnnOp, Rule};
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::Lowering;
use crate::target::mnn::net::{Layout, Shapes};
use crate::target::mnn::schema::{self, OpParameter, OpType};
use crate::target::mnn::write::Writer;

/// `exp(x) / Σ exp(x)`.
#[derive(Debug)]
struct Softmax {
    /// Along this axis.
    axis: usize,
}

impl MnnOp for Softmax {
    fn op_type(&self) -> OpType {
        OpType::Softmax
    }

    fn in_integers(&self) -> InIntegers {
        InIntegers::Wrong
    }

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        Some(OpParameter::create_axis(b, &schema::Axis { axis: self.axis as i32 }))
    }

    fn rule(&self, _: &Shapes) -> Rule {
        Rule::In(Layout::Nchw)
    }
}

impl Lower for op::Softmax {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.floats(node)?;
        let data = l.operand(node.inputs[0])?;
        l.finish(node, Softmax { axis: self.axis }, &[data]);
        Ok(())
    }
}
