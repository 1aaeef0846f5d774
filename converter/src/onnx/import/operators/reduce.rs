use edgeconv_graph::op::{Flatten, GlobalAveragePool, ReduceMean, Reshape, Softmax};

use super::super::ImportError;
use super::super::node::Node;

/// `ReduceMean`: axes are an attribute before opset 18. Over height and width it is a pool.
pub(super) fn mean(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let axes = node.ints(1)?.or_else(|| node.list("axes")).unwrap_or_else(|| (0..shape.len() as i64).collect());
    let mut axes = axes.iter().map(|&axis| node.axis(axis, shape.len())).collect::<Result<Vec<_>, _>>()?;
    axes.sort_unstable();
    let x = node.input(0)?;
    let keep = node.int("keepdims", 1) != 0;
    if axes == [2, 3] && shape.len() == 4 {
        if keep {
            return node.finish(GlobalAveragePool, &[x]);
        }
        let mean = node.step("mean", GlobalAveragePool, &[x])?;
        return node.finish(Flatten { axis: 1 }, &[mean]);
    }
    if keep {
        return node.finish(ReduceMean { axes }, &[x]);
    }
    let kept = (0..shape.len()).filter(|axis| !axes.contains(axis)).map(|axis| shape[axis]).collect();
    let mean = node.step("mean", ReduceMean { axes }, &[x])?;
    node.finish(Reshape { shape: kept }, &[mean])
}

/// `Softmax`: before opset 13 it takes all axes from `axis` on together.
pub(super) fn softmax(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let rank = node.shape(0)?.len();
    let together = node.importer.opset < 13;
    let axis = node.axis(node.int("axis", if together { 1 } else { -1 }), rank)?;
    if together && axis + 1 != rank {
        return Err(node.unsupported("before opset 13 only the last axis is supported"));
    }
    let x = node.input(0)?;
    node.finish(Softmax { axis }, &[x])
}
