//! What is known of the numbers that values hold.

use std::ops::RangeInclusive;

use edgeconv_graph::op::{Binary, Cast, Pool, PoolKind, Unary};
use edgeconv_graph::{DType, Graph, Op, ValueId};

/// How many nodes are looked through.
const DEPTH: usize = 8;

/// The number that a constant of one element holds.
pub(super) fn single(graph: &Graph, id: ValueId) -> Option<f64> {
    graph.tensor(id).filter(|tensor| tensor.len() == 1)?.numbers().next()
}

/// Whether a constant is the integer of which all bits are set: what is taken from it are the other bits of a number.
pub(super) fn is_all_bits(graph: &Graph, id: ValueId) -> bool {
    let dtype = graph.ty(id).dtype;
    graph.tensor(id).and_then(|tensor| tensor.integers()).is_some_and(|mut x| x.all(|x| x == dtype.wrap(-1)))
}

/// Whether all numbers of a value, as far as is known, are in the range of an integer type.
pub(super) fn fits(graph: &Graph, id: ValueId, dtype: DType) -> bool {
    bounds(graph, id, DEPTH).is_some_and(|bounds| within(&bounds, dtype))
}

/// Whether numbers between these bounds are in the range of an integer type.
fn within(bounds: &RangeInclusive<f64>, dtype: DType) -> bool {
    dtype.range().is_some_and(|range| *range.start() as f64 <= *bounds.start() && *bounds.end() <= *range.end() as f64)
}

/// The floats that integers were just before, if a cast changed nothing.
pub(super) fn float_before(graph: &Graph, id: ValueId) -> Option<ValueId> {
    let node = graph.producer_node(id)?;
    let (Op::Cast(Cast { to }), &[float]) = (&node.op, node.inputs.as_slice()) else { return None };
    let unchanged = graph.ty(float).dtype == DType::F32 && is_whole(graph, float, DEPTH) && fits(graph, float, *to);
    unchanged.then_some(float)
}

/// Between which numbers a value lies, if that is known.
fn bounds(graph: &Graph, id: ValueId, depth: usize) -> Option<RangeInclusive<f64>> {
    let of_type = || match graph.ty(id).dtype {
        DType::Bool => Some(0.0..=1.0),
        dtype => dtype.range().map(|range| *range.start() as f64..=*range.end() as f64),
    };
    let computed = || {
        let node = graph.producer_node(id)?;
        let operand = || bounds(graph, node.inputs[0], depth.checked_sub(1)?);
        match &node.op {
            Op::Clip(clip) => Some(clip.min.into()..=clip.max.into()),
            Op::Unary(Unary::Round) => operand().map(|x| x.start().round_ties_even()..=x.end().round_ties_even()),
            Op::Cast(Cast { to }) => operand().filter(|bounds| to.is_float() || within(bounds, *to)),
            // They pick elements.
            Op::Pool(Pool { kind: PoolKind::Max, .. })
            | Op::Flatten(_)
            | Op::Gather(_)
            | Op::Reshape(_)
            | Op::Slice(_)
            | Op::Transpose(_) => operand(),
            Op::Binary(Binary::Add) => {
                let (x, summand) = (operand()?, single(graph, node.inputs[1])?);
                Some(x.start() + summand..=x.end() + summand)
            }
            Op::Binary(Binary::Mod) if graph.ty(id).dtype.is_integer() => {
                single(graph, node.inputs[1]).filter(|&divisor| divisor > 0.0).map(|divisor| 0.0..=divisor - 1.0)
            }
            _ => None,
        }
    };
    computed().or_else(of_type)
}

/// Whether all floats of a value are known to be integers.
fn is_whole(graph: &Graph, id: ValueId, depth: usize) -> bool {
    if let Some(constant) = graph.tensor(id) {
        return constant.numbers().all(|x| x.fract() == 0.0);
    }
    let Some(node) = graph.producer_node(id) else { return false };
    let Some(depth) = depth.checked_sub(1) else { return false };
    match &node.op {
        Op::Unary(Unary::Round) => true,
        Op::Cast(_) => graph.ty(node.inputs[0]).dtype.is_integer(),
        Op::Clip(clip) => clip.min.fract() == 0.0 && clip.max.fract() == 0.0 && is_whole(graph, node.inputs[0], depth),
        Op::Binary(Binary::Add) => node.inputs.iter().all(|&id| is_whole(graph, id, depth)),
        _ => false,
    }
}
