use super::{OpError, Operator, expect_axis, expect_inputs, op_error};
use crate::tensor::{DType, Tensor, TensorType};

/// What [`Reduce`] makes of the elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReduceKind {
    /// Their sum divided by their number.
    Mean,
    /// Their sum.
    Sum,
    /// The largest.
    Max,
    /// The smallest.
    Min,
    /// Their product.
    Prod,
}

/// ONNX `ReduceMean`, `ReduceSum`, `ReduceMax`, `ReduceMin` and `ReduceProd` with `keepdims = 1`: the axes keep the length 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reduce {
    /// What is computed.
    pub kind: ReduceKind,
    /// The axes, ascending.
    pub axes: Vec<usize>,
}

impl Operator for Reduce {
    fn name(&self) -> &'static str {
        match self.kind {
            ReduceKind::Mean => "ReduceMean",
            ReduceKind::Sum => "ReduceSum",
            ReduceKind::Max => "ReduceMax",
            ReduceKind::Min => "ReduceMin",
            ReduceKind::Prod => "ReduceProd",
        }
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![("axes", format!("{:?}", self.axes))]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, 1)?;
        if self.axes.is_empty() || !self.axes.is_sorted_by(|a, b| a < b) {
            return Err(op_error!("expected ascending axes, found {:?}", self.axes));
        }
        if inputs[0].dtype == DType::Bool {
            return Err(op_error!("expected numbers, found {}", inputs[0]));
        }
        let mut ty = inputs[0].clone();
        for &axis in &self.axes {
            expect_axis(axis, &ty)?;
            ty.shape[axis] = 1;
        }
        Ok(vec![ty])
    }

    /// Whole numbers only: shape arithmetic.
    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        let (mut data, mut shape) = (inputs[0].as_i64()?.to_vec(), inputs[0].shape().to_vec());
        let combine = match self.kind {
            ReduceKind::Sum => i64::checked_add,
            ReduceKind::Prod => i64::checked_mul,
            ReduceKind::Max => |a: i64, b: i64| Some(a.max(b)),
            ReduceKind::Min => |a: i64, b: i64| Some(a.min(b)),
            ReduceKind::Mean => return None,
        };
        for &axis in &self.axes {
            let inner: usize = shape[axis + 1..].iter().product();
            let outer: usize = shape[..axis].iter().product();
            let length = shape[axis];
            let at = |row: usize, step: usize, column: usize| data[(row * length + step) * inner + column];
            let reduced = (0..outer * inner).map(|index| {
                let (row, column) = (index / inner, index % inner);
                (1..length).try_fold(at(row, 0, column), |sum, step| combine(sum, at(row, step, column)))
            });
            data = if length == 0 { return None } else { reduced.collect::<Option<_>>()? };
            shape[axis] = 1;
        }
        Some(vec![Tensor::i64(shape, data).ok()?])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_reduced_over_several_axes() {
        let x = Tensor::i64([2, 3, 2], (1..13).collect()).unwrap();
        let reduce = |kind| Reduce { kind, axes: vec![0, 2] }.evaluate(&[&x]).unwrap().remove(0);
        assert_eq!(reduce(ReduceKind::Sum), Tensor::i64([1, 3, 1], vec![18, 26, 34]).unwrap());
        assert_eq!(reduce(ReduceKind::Max), Tensor::i64([1, 3, 1], vec![8, 10, 12]).unwrap());
    }
}
