use edgeconv_graph::op::{Arg, Binary, Concat, CumSum, Expand, ReduceKind, Reshape, TopK, Where};
use edgeconv_graph::{DType, ValueId};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("ArgMax", arg).since(1),
    Entry::new("ArgMin", arg).since(1),
    Entry::new("TopK", top_k).since(1).limits("k known at conversion time"),
    Entry::new("CumSum", cum_sum).since(11).limits("axis known at conversion time"),
    Entry::new("CumProd", cum_prod).since(26).limits("axis known at conversion time"),
];

fn arg(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let axis = node.axis(node.int("axis", 0), shape.len())?;
    let largest = node.proto.op_type() == "ArgMax";
    let last = node.int("select_last_index", 0) != 0;
    let keep = node.int("keepdims", 1) != 0;
    let x = node.input(0)?;
    let position = match (node.dtype(x), last) {
        (DType::F32, false) if keep => return node.finish(Arg { largest, axis }, &[x]),
        (DType::F32, false) => node.apply(Arg { largest, axis }, &[x])?,
        (DType::F32, true) => {
            let length = shape[axis];
            let reversed = node.gather(x, axis, [length], (0..length).rev())?;
            let from_end = node.apply(Arg { largest, axis }, &[reversed])?;
            let end = node.store_number(DType::I64, length.saturating_sub(1) as f32)?;
            node.apply(Binary::Sub, &[end, from_end])?
        }
        _ => arg_of_integers(node, x, axis, largest, last)?,
    };
    if keep {
        return node.result(position);
    }
    let kept = (0..shape.len()).filter(|&other| other != axis).map(|axis| shape[axis]).collect();
    node.finish(Reshape { shape: kept }, &[position])
}

/// The first or last of the positions whose elements equal the largest or smallest one.
fn arg_of_integers(
    node: &mut Node<'_, '_>,
    x: ValueId,
    axis: usize,
    largest: bool,
    last: bool,
) -> Result<ValueId, ImportError> {
    let x = node.cast(x, DType::I64)?;
    let shape = node.dims(x);
    let length = shape[axis] as i64;
    let extreme = node.reduce(if largest { ReduceKind::Max } else { ReduceKind::Min }, x, &[axis])?;
    let found = node.apply(Binary::Equal, &[x, extreme])?;
    let mut along = vec![1; shape.len()];
    along[axis] = shape[axis];
    let positions = node.store_ints(along, (0..length).collect())?;
    let nowhere = node.store_ints(vec![1; shape.len()], vec![if last { -1 } else { length }])?;
    let candidates = node.apply(Where, &[found, positions, nowhere])?;
    node.reduce(if last { ReduceKind::Max } else { ReduceKind::Min }, candidates, &[axis])
}

/// `TopK`: k is an attribute before opset 10. Unsorted results may come in any order.
fn top_k(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let axis = node.axis(node.int("axis", -1), shape.len())?;
    let k = match node.ints(1)? {
        Some(k) => k.first().copied().unwrap_or(-1),
        None => node.int("k", -1),
    };
    let k = usize::try_from(k).map_err(|_| node.unsupported(format!("k = {k}, expected a number of elements")))?;
    let largest = node.int("largest", 1) != 0;
    let x = node.input(0)?;
    node.finish(TopK { k, axis, largest }, &[x])
}

fn cum_sum(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let ty = node.ty(0)?;
    let axis = node.ints(1)?.and_then(|axis| axis.first().copied()).unwrap_or(0);
    let axis = node.axis(axis, ty.rank())?;
    let (exclusive, reverse) = (node.int("exclusive", 0) != 0, node.int("reverse", 0) != 0);
    let x = node.input(0)?;
    if ty.shape[axis] == 1 {
        if !exclusive {
            return node.result(x);
        }
        let zero = node.store_number(ty.dtype, 0.0)?;
        return node.finish(Expand { shape: ty.shape }, &[zero]);
    }
    node.finish(CumSum { axis, exclusive, reverse }, &[x])
}

/// `CumProd`: products of two neighbours, of two such products, and so on.
fn cum_prod(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let axis = node.ints(1)?.and_then(|axis| axis.first().copied()).unwrap_or(0);
    let axis = node.axis(axis, shape.len())?;
    let reverse = node.int("reverse", 0) != 0;
    let mut x = node.input(0)?;
    if node.int("exclusive", 0) != 0 {
        x = behind_ones(node, x, axis, 1, reverse)?;
    }
    let mut distance = 1;
    while distance < shape[axis] {
        let moved = behind_ones(node, x, axis, distance, reverse)?;
        x = node.apply(Binary::Mul, &[x, moved])?;
        distance *= 2;
    }
    node.result(x)
}

/// The elements of an axis moved towards its end, or its start, with ones where they were.
fn behind_ones(
    node: &mut Node<'_, '_>,
    x: ValueId,
    axis: usize,
    distance: usize,
    reverse: bool,
) -> Result<ValueId, ImportError> {
    let mut shape = node.dims(x);
    let length = shape[axis];
    shape[axis] = distance.min(length);
    let one = node.store_number(node.dtype(x), 1.0)?;
    let ones = node.expand(one, &shape)?;
    if distance >= length {
        return Ok(ones);
    }
    let parts = if reverse {
        [node.slice(x, axis, distance, length)?, ones]
    } else {
        [ones, node.slice(x, axis, 0, length - distance)?]
    };
    node.apply(Concat { axis }, &parts)
}
