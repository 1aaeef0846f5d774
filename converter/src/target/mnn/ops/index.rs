//! Ops that pick elements by indices, and put them there. MNN carries them out one index after the other.

use edgeconv_graph::op::{self, ScatterReduction};
use edgeconv_graph::{DType, Node, Tensor, ValueId};
use planus::UnionOffset;

use super::{Lower, MnnOp, Reads, Rule, first_is_data};
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::{Lowering, unsupported};
use crate::target::mnn::net::{Layout, Number, Shapes};
use crate::target::mnn::schema::{self, BinaryOpOperation, DataType, OpParameter, OpType};
use crate::target::mnn::write::Writer;

/// Picks elements of the first input by the indices in the second.
#[derive(Debug)]
pub(super) struct Gather {
    /// Along this axis.
    pub axis: usize,
}

impl MnnOp for Gather {
    fn op_type(&self) -> OpType {
        OpType::GatherV2
    }

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        Some(OpParameter::create_axis(b, &schema::Axis { axis: self.axis as i32 }))
    }

    fn rule(&self, _: &Shapes) -> Rule {
        Rule::In(Layout::Nchw)
    }

    fn reads(&self, index: usize, _: &[usize]) -> Reads {
        first_is_data(index)
    }
}

/// Puts rows at indices; the inputs are indices `[N, 1]`, rows `[N, …]`, the shape of the result, and the data `[R, …]`.
#[derive(Debug)]
struct ScatterNd {
    /// How they are combined with the rows that are there; `None` replaces those.
    reduction: Option<BinaryOpOperation>,
}

impl MnnOp for ScatterNd {
    fn op_type(&self) -> OpType {
        OpType::ScatterNd
    }

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        let op_type = self.reduction?;
        let binary = schema::BinaryOp { op_type, t: DataType::DtFloat, activation_type: 0 };
        Some(OpParameter::create_binary_op(b, &binary))
    }

    fn rule(&self, _: &Shapes) -> Rule {
        Rule::In(Layout::Nchw)
    }

    fn number(&self, inputs: &[Number]) -> Number {
        inputs[1]
    }
}

/// For an index that is computed at run time and does not exist MNN returns zeros: it checks where an element begins.
/// (`CPURaster.cpp`, "For Gather")
impl Lower for op::Gather {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.numbers(node)?;
        let data = l.operand(node.inputs[0])?;
        check(l, node, node.inputs[1], l.shape(node.inputs[0])[self.axis])?;
        let known =
            l.graph.tensor(node.inputs[1]).filter(|indices| indices.shape().len() == 1).and_then(Tensor::to_i64);
        let length = l.shape(node.inputs[0])[self.axis] as i64;
        let is_sized = l.graph.value(node.inputs[1]).sized;
        if !is_sized && known.is_some_and(|indices| indices.iter().copied().eq(0..length)) {
            // `transposes` does not look for moves that leave all where it is.
            l.alias(node, data);
            return Ok(());
        }
        let indices = l.operand(node.inputs[1])?;
        l.finish(node, Gather { axis: self.axis }, &[data, indices]);
        Ok(())
    }
}

impl Lower for op::ScatterNd {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.numbers(node)?;
        let reduction = match self.reduction {
            ScatterReduction::None => None,
            ScatterReduction::Add => Some(BinaryOpOperation::Add),
            ScatterReduction::Mul => Some(BinaryOpOperation::Mul),
        };
        if reduction.is_some() && l.graph.ty(node.inputs[0]).dtype != DType::F32 {
            return Err(unsupported(node, "MNN adds and multiplies floats only"));
        }
        let shape = l.shape(node.inputs[0]);
        check(l, node, node.inputs[1], shape[0])?;
        let target = l.indices(shape.iter().copied());
        let [data, indices, updates] = [0, 1, 2].map(|index| l.operand(node.inputs[index]));
        l.finish(node, ScatterNd { reduction }, &[indices?, updates?, target, data?]);
        Ok(())
    }
}

/// Checks those indices that are known.
fn check(l: &Lowering<'_>, node: &Node, indices: ValueId, length: usize) -> Result<(), ExportError> {
    let known = l.graph.tensor(indices).and_then(Tensor::to_i64).unwrap_or_default();
    match known.iter().find(|&&index| usize::try_from(index).map_or(true, |index| index >= length)) {
        Some(index) => Err(unsupported(node, format!("index {index} is not in 0..{length}"))),
        None => Ok(()),
    }
}
