//! Sums, means, … over axes.

use edgeconv_graph::Node;
use edgeconv_graph::op::{Reduce, ReduceKind};
use planus::UnionOffset;

use super::{Lower, MnnOp, Rule, dims};
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::Lowering;
use crate::target::mnn::net::{Layout, Shapes};
use crate::target::mnn::schema::{self, OpParameter, OpType, ReductionType};
use crate::target::mnn::write::Writer;

/// Mean, sum, … over some axes, which keep the length 1.
#[derive(Debug)]
struct Reduction {
    /// What is computed.
    kind: ReduceKind,
    /// The axes.
    axes: Vec<usize>,
}

impl MnnOp for Reduction {
    fn op_type(&self) -> OpType {
        OpType::Reduction
    }

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        let operation = match self.kind {
            ReduceKind::Mean => ReductionType::Mean,
            ReduceKind::Sum => ReductionType::Sum,
            ReduceKind::Max => ReductionType::Maximum,
            ReduceKind::Min => ReductionType::Minimum,
            ReduceKind::Prod => ReductionType::Prod,
        };
        let dim = Some(dims(&self.axes));
        let reduction = schema::ReductionParam { operation, dim, keep_dims: true, ..Default::default() };
        Some(OpParameter::create_reduction_param(b, &reduction))
    }

    fn rule(&self, _: &Shapes) -> Rule {
        Rule::In(Layout::Nchw)
    }
}

impl Lower for Reduce {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.numbers(node)?;
        let data = l.operand(node.inputs[0])?;
        l.finish(node, Reduction { kind: self.kind, axes: self.axes.clone() }, &[data]);
        Ok(())
    }
}
