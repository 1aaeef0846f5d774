//! Circulant matrices by their first rows.
//!
//! Each row is the one above it, turned by one element, so that a matrix `[n, n]` is its first row repeated 2n − 1 times, read in rows
//! of 2n − 1 elements of which the first n count. MNN computes that once, when it loads the model.

use crate::target::mnn::net::{Net, Op, TensorId};
use crate::target::mnn::ops::{BroadcastTo, Const, Reshape, StridedSlice};

/// The first rows of a constant `[…, n, n]`, if all of its matrices are circulant.
pub(super) fn first_rows(elements: &[f32], [height, width]: [usize; 2]) -> Option<Vec<f32>> {
    if height != width {
        return None;
    }
    let turned = |above: &[f32], row: &[f32]| {
        let (last, others) = above.split_last().unwrap_or((&0.0, &[]));
        let same = |a: &f32, b: &f32| a.to_bits() == b.to_bits();
        same(last, &row[0]) && others.iter().zip(&row[1..]).all(|(a, b)| same(a, b))
    };
    let is_circulant = |matrix: &[f32]| {
        let rows: Vec<_> = matrix.chunks(width).collect();
        rows.windows(2).all(|pair| turned(pair[0], pair[1]))
    };
    let mut matrices = elements.chunks(height * width);
    matrices.clone().all(is_circulant).then(|| matrices.by_ref().flat_map(|matrix| &matrix[..width]).copied().collect())
}

/// Computes the tensor of `op` from first rows.
pub(super) fn unroll(net: &mut Net, op: &Op, rows: Vec<f32>) {
    let result = op.outputs[0];
    let shape = net.shape(result).to_vec();
    let (last, length) = (shape.len() - 1, shape[shape.len() - 1]);
    let with = |height: usize, width: usize| [&shape[..last - 1], &[height, width]].concat();
    let name = |part: &str| format!("{}/{part}", op.name);
    let first = net.op(name("first rows"), Const::Float(rows.into()), &[], with(1, length));
    let repeated = with(2 * length - 1, length);
    let target = integers(net, name("repeated shape"), &repeated);
    let repeated = net.op(name("repeated"), BroadcastTo, &[first, target], repeated);
    let turned = net.op(name("turned"), Reshape, &[repeated], with(length, 2 * length - 1));
    let [begin, end, axis] = [("begin", 0), ("end", length), ("axis", last)];
    let bounds = [begin, end, axis].map(|(part, number)| integers(net, name(part), &[number]));
    net.push(op.name.clone(), StridedSlice, &[turned, bounds[0], bounds[1], bounds[2]], vec![result]);
}

fn integers(net: &mut Net, name: String, numbers: &[usize]) -> TensorId {
    // Dimensions are far below 2³¹: all elements together fit into memory.
    let integers = Const::Int(numbers.iter().map(|&number| number as i32).collect());
    net.op(name, integers, &[], [numbers.len()])
}
