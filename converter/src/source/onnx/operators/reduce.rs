use edgeconv_graph::ValueId;
use edgeconv_graph::op::{Binary, Flatten, GlobalAveragePool, Reduce, ReduceKind, Reshape, Unary};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;
use edgeconv_graph::DType;

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("ReduceMean", reduce).since(1),
    Entry::new("ReduceSum", reduce).since(1),
    Entry::new("ReduceMax", reduce).since(1),
    Entry::new("ReduceMin", reduce).since(1),
    Entry::new("ReduceProd", reduce).since(1),
    Entry::new("ReduceL1", reduce_function).since(1),
    Entry::new("ReduceL2", reduce_function).since(1),
    Entry::new("ReduceLogSum", reduce_function).since(1),
    Entry::new("ReduceLogSumExp", reduce_function).since(1),
    Entry::new("ReduceSumSquare", reduce_function).since(1),
];

/// Reductions that the graph has. The mean over height and width is a pool; the largest boolean is a number here.
fn reduce(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let kind = match node.proto.op_type() {
        "ReduceMean" => ReduceKind::Mean,
        "ReduceSum" => ReduceKind::Sum,
        "ReduceMax" => ReduceKind::Max,
        "ReduceMin" => ReduceKind::Min,
        _ => ReduceKind::Prod,
    };
    let shape = node.shape(0)?;
    let x = node.input(0)?;
    let axes = axes(node, shape.len())?;
    let keep = node.int("keepdims", 1) != 0;
    let pooled = kind == ReduceKind::Mean && axes == [2, 3] && shape.len() == 4 && node.dtype(x) == DType::F32;
    match (pooled && !shape.contains(&0), keep, node.dtype(x)) {
        (true, true, _) => return node.finish(GlobalAveragePool, &[x]),
        (true, false, _) => {
            let mean = node.step("mean", GlobalAveragePool, &[x])?;
            return node.finish(Flatten { axis: 1 }, &[mean]);
        }
        (false, true, other) if other != DType::Bool && !axes.is_empty() => {
            return node.finish(Reduce { kind, axes }, &[x]);
        }
        (false, _, DType::Bool) => {
            let numbers = node.cast(x, DType::I64)?;
            let reduced = node.reduce(kind, numbers, &axes)?;
            let truth = node.cast(reduced, DType::Bool)?;
            return finish(node, truth, &shape, &axes);
        }
        _ => {}
    }
    let reduced = node.reduce(kind, x, &axes)?;
    finish(node, reduced, &shape, &axes)
}

/// Reductions of a function of each element.
fn reduce_function(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let x = node.input(0)?;
    let axes = axes(node, shape.len())?;
    if axes.is_empty() && !shape.is_empty() {
        return Err(node.unsupported("without axes it is understood in different ways: leave the node out"));
    }
    let operator = node.proto.op_type().to_owned();
    // Only sums of absolute values and squares stay integers.
    let dtype = node.dtype(x);
    let x = if matches!(operator.as_str(), "ReduceL1" | "ReduceSumSquare") { x } else { node.cast(x, DType::F32)? };
    let reduced = match operator.as_str() {
        "ReduceL1" => {
            let sizes = node.apply(Unary::Abs, &[x])?;
            node.reduce(ReduceKind::Sum, sizes, &axes)?
        }
        "ReduceL2" | "ReduceSumSquare" => {
            let squares = node.apply(Binary::Mul, &[x, x])?;
            let sum = node.reduce(ReduceKind::Sum, squares, &axes)?;
            if operator == "ReduceL2" { node.apply(Unary::Sqrt, &[sum])? } else { sum }
        }
        "ReduceLogSum" => {
            let sum = node.reduce(ReduceKind::Sum, x, &axes)?;
            node.apply(Unary::Log, &[sum])?
        }
        _ => log_sum_exp(node, x, &axes)?,
    };
    let reduced = node.cast(reduced, dtype)?;
    finish(node, reduced, &shape, &axes)
}

/// `log Σ exp(x)` without overflow: the largest element is taken out of the sum.
pub(super) fn log_sum_exp(node: &mut Node<'_, '_>, x: ValueId, axes: &[usize]) -> Result<ValueId, ImportError> {
    if node.importer.b.ty(x).is_empty() {
        let sum = node.reduce(ReduceKind::Sum, x, axes)?;
        return node.apply(Unary::Log, &[sum]);
    }
    let largest = node.reduce(ReduceKind::Max, x, axes)?;
    let below = node.apply(Binary::Sub, &[x, largest])?;
    let exp = node.apply(Unary::Exp, &[below])?;
    let sum = node.reduce(ReduceKind::Sum, exp, axes)?;
    let log = node.apply(Unary::Log, &[sum])?;
    node.apply(Binary::Add, &[log, largest])
}

/// The node's result: a reduction of data of this shape, without the axes if they are not kept.
fn finish(node: &mut Node<'_, '_>, reduced: ValueId, shape: &[usize], axes: &[usize]) -> Result<(), ImportError> {
    if node.int("keepdims", 1) != 0 {
        return node.result(reduced);
    }
    let kept = (0..shape.len()).filter(|axis| !axes.contains(axis)).map(|axis| shape[axis]).collect();
    node.finish(Reshape { shape: kept }, &[reduced])
}

/// The axes that are reduced, ascending: an attribute before opset 18 (`ReduceSum`: 13). Left out, they are all, or none with
/// `noop_with_empty_axes`.
fn axes(node: &Node<'_, '_>, rank: usize) -> Result<Vec<usize>, ImportError> {
    let given = node.ints(1)?.or_else(|| node.list("axes")).unwrap_or_default();
    if given.is_empty() && node.int("noop_with_empty_axes", 0) == 0 {
        return Ok((0..rank).collect());
    }
    let mut axes = given.iter().map(|&axis| node.axis(axis, rank)).collect::<Result<Vec<_>, _>>()?;
    axes.sort_unstable();
    axes.dedup();
    Ok(axes)
}
