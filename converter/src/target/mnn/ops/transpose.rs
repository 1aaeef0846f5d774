//! Other orders of the axes.

use edgeconv_graph::Node;
use edgeconv_graph::op::Transpose;
use planus::UnionOffset;

use super::{InIntegers, Lower, MnnOp, Move, Rule, dims};
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::Lowering;
use crate::target::mnn::net::{Layout, Shapes};
use crate::target::mnn::schema::{self, OpParameter, OpType};
use crate::target::mnn::write::Writer;

/// Another order of the axes.
#[derive(Debug)]
pub(super) struct Permute {
    /// The input's axis that becomes each axis of the output.
    pub perm: Vec<usize>,
}

impl MnnOp for Permute {
    fn op_type(&self) -> OpType {
        OpType::Permute
    }

    fn in_integers(&self) -> InIntegers {
        InIntegers::Moves
    }

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        Some(OpParameter::create_permute(b, &schema::Permute { dims: Some(dims(&self.perm)) }))
    }

    fn rule(&self, _: &Shapes) -> Rule {
        Rule::In(Layout::Nchw)
    }

    fn moves(&self, shapes: &Shapes) -> Option<Box<Move>> {
        let (input, output) = (shapes.inputs[0], shapes.outputs[0].to_vec());
        let stride = |axis: usize| input[axis + 1..].iter().product::<usize>();
        let strides: Vec<_> = self.perm.iter().map(|&axis| stride(axis)).collect();
        Some(Box::new(move |mut index| {
            let mut source = 0;
            for (&length, stride) in output.iter().zip(&strides).rev() {
                source += index % length * stride;
                index /= length;
            }
            source
        }))
    }
}

impl Lower for Transpose {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.numbers(node)?;
        let data = l.operand(node.inputs[0])?;
        l.finish(node, Permute { perm: self.perm.clone() }, &[data]);
        Ok(())
    }
}
