//! Ops that look along one axis and give positions, or something for each position.

use edgeconv_graph::{Node, op};
use planus::UnionOffset;

use super::binary::BinaryOp;
use super::broadcast::BroadcastTo;
use super::concat::Concat;
use super::reshape::Reshape;
use super::slice::StridedSlice;
use super::{Lower, MnnOp, Reads, Rule, first_is_data};
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::{Lowering, unsupported};
use crate::target::mnn::net::{Layout, Number, Shapes, TensorId};
use crate::target::mnn::schema::{self, BinaryOpOperation, DataType, OpParameter, OpType};
use crate::target::mnn::write::Writer;

/// Where the first of the largest or smallest elements stands; the axis is left out of the result.
#[derive(Debug)]
struct Arg {
    /// The largest.
    largest: bool,
    /// Along this axis.
    axis: usize,
}

impl MnnOp for Arg {
    fn op_type(&self) -> OpType {
        if self.largest { OpType::ArgMax } else { OpType::ArgMin }
    }

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        let arg = schema::ArgMax { top_k: 1, axis: self.axis as i32, ..Default::default() };
        Some(OpParameter::create_arg_max(b, &arg))
    }

    fn rule(&self, _: &Shapes) -> Rule {
        Rule::In(Layout::Nchw)
    }

    fn number(&self, _: &[Number]) -> Number {
        Number::Int
    }
}

/// The largest or smallest elements in order, and where they stand: one of several equal ones may be missed, and come
/// in any order. The further inputs are their number and the axis.
#[derive(Debug)]
struct TopK {
    /// The largest.
    largest: bool,
}

impl MnnOp for TopK {
    fn op_type(&self) -> OpType {
        OpType::TopKv2
    }

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        let top_k = schema::TopKv2 { t: DataType::DtFloat, sorted: true, largest: self.largest };
        Some(OpParameter::create_top_kv2(b, &top_k))
    }

    fn rule(&self, _: &Shapes) -> Rule {
        Rule::In(Layout::Nchw)
    }

    fn reads(&self, index: usize, _: &[usize]) -> Reads {
        first_is_data(index)
    }
}

/// The sum of the elements of an axis, which is the second input, up to each position.
#[derive(Debug)]
struct CumSum {
    /// Without the element at the position itself.
    exclusive: bool,
    /// From the end of the axis.
    reverse: bool,
}

impl MnnOp for CumSum {
    fn op_type(&self) -> OpType {
        OpType::CumSum
    }

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        let &CumSum { exclusive, reverse } = self;
        Some(OpParameter::create_cum_sum(b, &schema::CumSum { exclusive, reverse }))
    }

    fn rule(&self, _: &Shapes) -> Rule {
        Rule::In(Layout::Nchw)
    }

    fn reads(&self, index: usize, _: &[usize]) -> Reads {
        first_is_data(index)
    }
}

/// MNN leaves the axis out of its result.
impl Lower for op::Arg {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.numbers(node)?;
        let data = l.operand(node.inputs[0])?;
        let mut shape = l.shape(node.inputs[0]).to_vec();
        shape.remove(self.axis);
        let found = l.helper(node, "positions", Arg { largest: self.largest, axis: self.axis }, &[data], shape);
        l.finish(node, Reshape, &[found]);
        Ok(())
    }
}

impl Lower for op::CumSum {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.numbers(node)?;
        let data = l.operand(node.inputs[0])?;
        let axis = l.indices([self.axis]);
        l.finish(node, CumSum { exclusive: self.exclusive, reverse: self.reverse }, &[data, axis]);
        Ok(())
    }
}

/// MNN gives equal elements in any order, and if there are more of them than are wanted, any of them: where the positions
/// matter they are put right afterwards.
impl Lower for op::TopK {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.numbers(node)?;
        let data = l.operand(node.inputs[0])?;
        let (k, axis) = (l.indices([self.k]), l.indices([self.axis]));
        let top_k = TopK { largest: self.largest };
        let positions = node.outputs[1];
        if l.graph.users(positions).is_empty() && !l.graph.is_returned(positions) {
            l.finish(node, top_k, &[data, k, axis]);
            return Ok(());
        }
        let length = l.shape(node.inputs[0])[self.axis];
        if (self.k + 1).saturating_mul(length) >= 1 << 31 {
            let reason =
                format!("the positions of the first {} of {length} elements can't be told apart in 31 bits", self.k);
            return Err(unsupported(node, reason));
        }
        let shape = l.shape(node.outputs[0]);
        let number = l.graph.ty(node.inputs[0]).dtype.into();
        let results = [(shape.to_vec(), number), (shape.to_vec(), Number::Int)];
        let found = l.helpers(node, "found", top_k, &[data, k, axis], &results);
        let order = Order { node, axis: self.axis, k: self.k, shape, rank_of_axis: axis, count: k };
        let ordered = order.positions(l, data, found[0], found[1], length);
        l.tensors.extend(node.outputs.iter().copied().zip([found[0], ordered]));
        Ok(())
    }
}

/// Puts the positions of equal elements in order.
struct Order<'a> {
    node: &'a Node,
    axis: usize,
    k: usize,
    /// Of the results.
    shape: &'a [usize],
    /// The axis and k as tensors.
    rank_of_axis: TensorId,
    count: TensorId,
}

impl Order<'_> {
    /// Each position becomes a number that grows with the rank of its value and, among equal values, with the position; the
    /// k smallest of these numbers are the result. Of the elements that equal the last one those with the smallest
    /// positions are candidates too, since MNN may have missed them.
    fn positions(
        &self,
        l: &mut Lowering<'_>,
        data: TensorId,
        values: TensorId,
        positions: TensorId,
        length: usize,
    ) -> TensorId {
        let ranks = self.ranks(l, values);
        let length_of_axis = self.number(l, length);
        let offset = self.binary(l, "offset", BinaryOpOperation::Mul, ranks, length_of_axis);
        let numbers = self.binary(l, "numbers", BinaryOpOperation::Add, offset, positions);
        let numbers = if self.k == length {
            numbers
        } else {
            let last = self.part(l, "last", values, self.k - 1, self.k);
            let last_offset = self.part(l, "last offset", offset, self.k - 1, self.k);
            // Not among the smallest: k ranks of `length` positions.
            let beyond = self.number(l, self.k * length + 1);
            let better = self.binary(l, "better", BinaryOpOperation::Notequal, values, last);
            let below = self.binary(l, "below", BinaryOpOperation::Sub, numbers, beyond);
            let kept = self.binary(l, "kept", BinaryOpOperation::Mul, better, below);
            let better = self.binary(l, "better or beyond", BinaryOpOperation::Add, kept, beyond);
            let equal = self.first_equal(l, data, last, length);
            let equal = self.binary(l, "equal", BinaryOpOperation::Add, equal, last_offset);
            let mut shape = self.shape.to_vec();
            shape[self.axis] *= 2;
            l.helper(self.node, "candidates", Concat { axis: self.axis }, &[better, equal], shape)
        };
        let smallest = self.smallest(l, "smallest", numbers);
        self.binary(l, "positions", BinaryOpOperation::Floormod, smallest, length_of_axis)
    }

    /// For each value of a sorted axis how many different ones come before it.
    fn ranks(&self, l: &mut Lowering<'_>, values: TensorId) -> TensorId {
        let mut shape = self.shape.to_vec();
        shape[self.axis] = 1;
        let zero = l.indices([0]);
        let target = l.indices(shape.iter().copied());
        let one = l.helper(self.node, "one zero", Reshape, &[zero], vec![1; shape.len()]);
        let first = l.helper(self.node, "zeros", BroadcastTo, &[one, target], shape);
        if self.k == 1 {
            return first;
        }
        let (before, behind) =
            (self.part(l, "before", values, 0, self.k - 1), self.part(l, "behind", values, 1, self.k));
        let differs = self.binary(l, "differs", BinaryOpOperation::Notequal, before, behind);
        let steps = l.helper(self.node, "steps", Concat { axis: self.axis }, &[first, differs], self.shape);
        let sum = CumSum { exclusive: false, reverse: false };
        l.helper(self.node, "ranks", sum, &[steps, self.rank_of_axis], self.shape)
    }

    /// The positions of the first k elements of the data that equal the last value, then `length` where there are no more.
    fn first_equal(&self, l: &mut Lowering<'_>, data: TensorId, last: TensorId, length: usize) -> TensorId {
        let equal = self.binary(l, "equal to last", BinaryOpOperation::Equal, data, last);
        let mut along = vec![1; self.shape.len()];
        along[self.axis] = length;
        let positions = l.indices(0..length);
        let positions = l.helper(self.node, "all positions", Reshape, &[positions], along);
        let none = self.number(l, length);
        let below = self.binary(l, "below length", BinaryOpOperation::Sub, positions, none);
        let kept = self.binary(l, "where equal", BinaryOpOperation::Mul, equal, below);
        let positions = self.binary(l, "or length", BinaryOpOperation::Add, kept, none);
        self.smallest(l, "first equal", positions)
    }

    fn smallest(&self, l: &mut Lowering<'_>, suffix: &str, numbers: TensorId) -> TensorId {
        let results = [(self.shape.to_vec(), Number::Int), (self.shape.to_vec(), Number::Int)];
        l.helpers(self.node, suffix, TopK { largest: false }, &[numbers, self.count, self.rank_of_axis], &results)[0]
    }

    /// An integer for every position.
    fn number(&self, l: &mut Lowering<'_>, number: usize) -> TensorId {
        let number = l.indices([number]);
        l.helper(self.node, "number", Reshape, &[number], vec![1; self.shape.len()])
    }

    fn part(&self, l: &mut Lowering<'_>, suffix: &str, data: TensorId, start: usize, end: usize) -> TensorId {
        let mut shape = l.net.shape(data).to_vec();
        shape[self.axis] = end - start;
        let [begin, end, axis] = [start, end, self.axis].map(|index| l.indices([index]));
        l.helper(self.node, suffix, StridedSlice, &[data, begin, end, axis], shape)
    }

    fn binary(
        &self,
        l: &mut Lowering<'_>,
        suffix: &str,
        operation: BinaryOpOperation,
        a: TensorId,
        b: TensorId,
    ) -> TensorId {
        let shape: Vec<_> = l.net.shape(a).iter().zip(l.net.shape(b)).map(|(&a, &b)| a.max(b)).collect();
        l.helper(self.node, suffix, BinaryOp::of(operation), &[a, b], shape)
    }
}
