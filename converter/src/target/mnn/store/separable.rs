//! Sums of a row and a column by these, as position embeddings for both axes of a map are once they are added up.
//!
//! A matrix `[h, w]` of which each row is the first one with a number of its own added follows from h + w numbers. MNN computes it once,
//! when it loads the model.

use crate::target::mnn::net::{Net, Op};
use crate::target::mnn::ops::{BinaryOp, Const};
use crate::target::mnn::schema::BinaryOpOperation;

/// What sums in another order leave, as a share of the largest element: a few last bits.
const ROUNDING: f32 = 4.0 * f32::EPSILON;

/// The rows `[…, 1, w]` and columns `[…, h, 1]` whose sums are the matrices of a constant.
pub(super) struct Parts {
    rows: Vec<f32>,
    columns: Vec<f32>,
}

/// Those of a constant `[…, h, w]`, if all of its matrices are such sums, up to rounding; `None` if that saves nothing.
pub(super) fn parts(elements: &[f32], [height, width]: [usize; 2]) -> Option<Parts> {
    if height < 2 || width < 2 || height + width >= height * width {
        return None;
    }
    let largest = elements.iter().fold(0.0_f32, |largest, element| largest.max(element.abs()));
    let mut parts = Parts { rows: vec![], columns: vec![] };
    for matrix in elements.chunks(height * width) {
        let first = &matrix[..width];
        for row in matrix.chunks(width) {
            let column = row[0] - first[0];
            let is_sum = |(a, b): (&f32, &f32)| (a - (b + column)).abs() <= ROUNDING * largest;
            if !row.iter().zip(first).all(is_sum) {
                return None;
            }
            parts.columns.push(column);
        }
        parts.rows.extend(first);
    }
    Some(parts)
}

impl Parts {
    /// Computes the tensor of `op` from them.
    pub fn add(self, net: &mut Net, op: &Op) {
        let result = op.outputs[0];
        let shape = net.shape(result).to_vec();
        let with = |axis: usize| shape.iter().enumerate().map(|(at, &length)| if at == axis { 1 } else { length }).collect::<Vec<_>>();
        let [down, along] = [shape.len() - 2, shape.len() - 1];
        let rows = net.op(format!("{}/rows", op.name), Const::Float(self.rows.into()), &[], with(down));
        let columns = net.op(format!("{}/columns", op.name), Const::Float(self.columns.into()), &[], with(along));
        net.push(op.name.clone(), BinaryOp::of(BinaryOpOperation::Add), &[rows, columns], vec![result]);
    }
}
