//! Sums of a row and a column by these: what embeddings of the positions along both axes of a map are once they are added up.

use crate::target::mnn::net::{Net, Op};
use crate::target::mnn::ops::{BinaryOp, Const};
use crate::target::mnn::schema::BinaryOpOperation;

/// What sums in another order leave, as a share of the largest element: a few last bits.
const ROUNDING: f32 = 4.0 * f32::EPSILON;

/// The rows `[…, 1, w]` and the columns `[…, h, 1]` whose sums are the matrices of a constant.
pub(super) struct Parts {
    rows: Vec<f32>,
    columns: Vec<f32>,
}

impl Parts {
    /// Those of matrices `[…, h, w]`, if all are such sums, up to rounding, and that saves something.
    pub fn of(elements: &[f32], [height, width]: [usize; 2]) -> Option<Self> {
        if height + width >= height * width {
            return None;
        }
        let largest = elements.iter().fold(0.0_f32, |largest, element| largest.max(element.abs()));
        let mut parts = Self { rows: vec![], columns: vec![] };
        for matrix in elements.chunks(height * width) {
            let first = &matrix[..width];
            for row in matrix.chunks(width) {
                let column = row[0] - first[0];
                if !row.iter().zip(first).all(|(a, b)| (a - (b + column)).abs() <= ROUNDING * largest) {
                    return None;
                }
                parts.columns.push(column);
            }
            parts.rows.extend(first);
        }
        Some(parts)
    }

    /// Computes the tensor of `op`.
    pub fn add_up(self, net: &mut Net, op: &Op) {
        let result = op.outputs[0];
        let (rows, columns) = (net.shape(result).to_vec(), net.shape(result).to_vec());
        let with_one = |mut shape: Vec<usize>, from_end: usize| {
            let axis = shape.len() - from_end;
            shape[axis] = 1;
            shape
        };
        let rows = net.op(format!("{}/rows", op.name), Const::Float(self.rows.into()), &[], with_one(rows, 2));
        let columns =
            net.op(format!("{}/columns", op.name), Const::Float(self.columns.into()), &[], with_one(columns, 1));
        net.push(op.name.clone(), BinaryOp::of(BinaryOpOperation::Add), &[rows, columns], vec![result]);
    }
}
