use super::elementwise::{broadcast, expand};
use super::{OpError, Operator, Work, expect_channels, expect_inputs, op_error};
use edgeconv_tensor::{Tensor, TensorType};

/// How many products of two constants are computed at conversion time: about a second.
const MOST_PRODUCTS: usize = 1 << 30;

/// ONNX `Gemm` with `transB = 1`: data `[N, K]` times weight `[M, K]` transposed, plus an optional bias `[M]`; PyTorch's
/// `Linear`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gemm;

impl Operator for Gemm {
    fn name(&self) -> &'static str {
        "Gemm"
    }

    fn work(&self) -> Work {
        Work::Accumulates
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 2, 3)?;
        let (data, weight) = (inputs[0], inputs[1]);
        if data.rank() != 2 || weight.rank() != 2 || data.shape[1] != weight.shape[1] {
            return Err(op_error!("expected data [N, K] and weight [M, K], found {data} and {weight}"));
        }
        if let Some(bias) = inputs.get(2) {
            expect_channels("bias", bias, weight.shape[0])?;
        }
        Ok(vec![TensorType { dtype: data.dtype, shape: vec![data.shape[0], weight.shape[0]] }])
    }

    fn macs(&self, inputs: &[&TensorType], outputs: &[&TensorType]) -> u64 {
        (outputs[0].len() * inputs[1].shape[1]) as u64
    }
}

/// ONNX `MatMul`: `[…, M, K]` times `[…, K, N]`, batch dimensions broadcast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MatMul;

impl Operator for MatMul {
    fn name(&self) -> &'static str {
        "MatMul"
    }

    fn work(&self) -> Work {
        Work::Accumulates
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 2, 2)?;
        let (a, b) = (inputs[0], inputs[1]);
        if a.rank() < 2 || b.rank() < 2 || a.dtype != b.dtype {
            return Err(op_error!("{a} and {b} are not matrices of one element type"));
        }
        let ((a_batch, a_matrix), (b_batch, b_matrix)) =
            (a.shape.split_at(a.rank() - 2), b.shape.split_at(b.rank() - 2));
        let batch = broadcast(a_batch, b_batch).filter(|_| a_matrix[1] == b_matrix[0]);
        let mut shape = batch.ok_or_else(|| op_error!("{a} can't be multiplied by {b}"))?;
        shape.extend([a_matrix[0], b_matrix[1]]);
        Ok(vec![TensorType { dtype: a.dtype, shape }])
    }

    fn macs(&self, inputs: &[&TensorType], outputs: &[&TensorType]) -> u64 {
        let inner = inputs[0].shape[inputs[0].rank() - 1];
        (outputs[0].len() * inner) as u64
    }

    /// Of floats, with sums in double precision; not of matrices so large that it would be noticed.
    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        let types = [inputs[0].ty(), inputs[1].ty()];
        let shape = self.infer(&[&types[0], &types[1]]).ok()?.pop()?.shape;
        let (batch, matrix) = shape.split_at(shape.len() - 2);
        let (rows, columns) = (matrix[0], matrix[1]);
        let inner = inputs[0].shape()[inputs[0].shape().len() - 1];
        if shape.iter().product::<usize>().saturating_mul(inner) > MOST_PRODUCTS {
            return None;
        }
        // Which matrix of an operand belongs to each of the batch: written out, the matrices could be far larger than operands and result.
        let places = |tensor: &Tensor| {
            let own = tensor.shape().split_at(tensor.shape().len() - 2).0;
            let count: usize = own.iter().product();
            expand(&Tensor::indices((0..count as i64).collect()).reshape(own).ok()?, batch)
        };
        let (a_places, b_places) = (places(inputs[0])?, places(inputs[1])?);
        let (a_places, b_places) = (a_places.as_i64()?, b_places.as_i64()?);
        let (a, b) = (inputs[0].as_f32()?, inputs[1].as_f32()?);
        let element = |index: usize| {
            let (row, column) = (index / columns, index % columns);
            let (matrix, row) = (row / rows, row % rows);
            let a = &a[(a_places[matrix] as usize * rows + row) * inner..][..inner];
            let start = b_places[matrix] as usize * inner * columns + column;
            let product = |(k, &a): (usize, &f32)| f64::from(a) * f64::from(b[start + k * columns]);
            a.iter().enumerate().map(product).sum::<f64>() as f32
        };
        let elements = (0..shape.iter().product()).map(element).collect();
        Some(vec![Tensor::f32(shape, elements).ok()?])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matrix_products_broadcast_their_batch() {
        let infer = |a: &[usize], b: &[usize]| MatMul.infer(&[&TensorType::f32(a), &TensorType::f32(b)]);
        assert_eq!(infer(&[2, 3, 4, 5], &[1, 3, 5, 6]).unwrap()[0].shape, [2, 3, 4, 6]);
        assert_eq!(infer(&[3, 4, 4], &[2, 3, 4, 5]).unwrap()[0].shape, [2, 3, 4, 5]);
        assert!(infer(&[3, 4], &[3, 4]).is_err());
        let a = Tensor::f32([2, 1, 2], vec![1.0, 2.0, 3.0, 4.0]).unwrap();
        let b = Tensor::f32([2, 2], vec![1.0, 10.0, 100.0, 1000.0]).unwrap();
        let product = MatMul.evaluate(&[&a, &b]).unwrap().remove(0);
        assert_eq!(product.as_f32().unwrap(), [201.0, 2010.0, 403.0, 4030.0]);
    }
}
