use edgeconv_graph::op::{Flatten, GlobalAveragePool, Reduce, ReduceKind, Reshape, Softmax};

use super::super::ImportError;
use super::super::node::Node;
use super::{Accuracy, Entry};

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("ReduceMean", reduce, "Reduction", Accuracy::Rounding),
    Entry::new("ReduceSum", reduce, "Reduction", Accuracy::Rounding),
    Entry::new("ReduceMax", reduce, "Reduction", Accuracy::Exact),
    Entry::new("ReduceMin", reduce, "Reduction", Accuracy::Exact),
    Entry::new("ReduceProd", reduce, "Reduction", Accuracy::Rounding),
    Entry::new("Softmax", softmax, "Softmax", Accuracy::Approximate).limits("before opset 13 the last axis only"),
];

/// Reductions: axes are an attribute before opset 18 (`ReduceSum`: 13). The mean over height and width is a pool.
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
    let kept: Vec<_> = (0..shape.len()).filter(|axis| keep || !axes.contains(axis)).collect();
    let reduced = if axes.is_empty() {
        x
    } else if kind == ReduceKind::Mean && axes == [2, 3] && shape.len() == 4 {
        if keep {
            return node.finish(GlobalAveragePool, &[x]);
        }
        let mean = node.step("mean", GlobalAveragePool, &[x])?;
        return node.finish(Flatten { axis: 1 }, &[mean]);
    } else if keep {
        return node.finish(Reduce { kind, axes }, &[x]);
    } else {
        node.step("reduced", Reduce { kind, axes }, &[x])?
    };
    node.finish(Reshape { shape: kept.into_iter().map(|axis| shape[axis]).collect() }, &[reduced])
}

/// The axes that are reduced, ascending; left out, they are all, or none with `noop_with_empty_axes`.
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

/// `Softmax`: before opset 13 it takes all axes from `axis` on together.
fn softmax(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let rank = node.shape(0)?.len();
    let together = node.importer.opset < 13;
    let axis = node.axis(node.int("axis", if together { 1 } else { -1 }), rank)?;
    if together && axis + 1 != rank {
        return Err(node.unsupported("before opset 13 only the last axis is supported"));
    }
    let x = node.input(0)?;
    node.finish(Softmax { axis }, &[x])
}
