//! Operators that look along one axis and give positions, or something for each position.

use std::ops::Add;

use super::{Attribute, OpError, Operator, Work, expect_axis, expect_inputs, op_error};
use edgeconv_tensor::{DType, Tensor, TensorType};

/// ONNX `ArgMax` and `ArgMin` of floats with `keepdims = 1`: where the first of the largest or smallest elements stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arg {
    /// Whether the largest element is looked for, or the smallest.
    pub largest: bool,
    /// The axis, which keeps the length 1.
    pub axis: usize,
}

impl Operator for Arg {
    fn name(&self) -> &'static str {
        if self.largest { "ArgMax" } else { "ArgMin" }
    }

    fn work(&self) -> Work {
        Work::Other
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        vec![("axis", self.axis.into())]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, 1)?;
        expect_axis(self.axis, inputs[0])?;
        if inputs[0].dtype != DType::F32 || inputs[0].shape[self.axis] == 0 {
            return Err(op_error!("expected floats, at least one on the axis, found {}", inputs[0]));
        }
        let mut shape = inputs[0].shape.clone();
        shape[self.axis] = 1;
        Ok(vec![TensorType { dtype: DType::I64, shape }])
    }
}

/// ONNX `TopK` with a fixed number: the largest or smallest elements of an axis in order, and where they stand; of equal
/// elements the first comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TopK {
    /// How many elements are wanted.
    pub k: usize,
    /// The axis.
    pub axis: usize,
    /// Whether the largest are wanted, in descending order, or the smallest, in ascending order.
    pub largest: bool,
}

impl Operator for TopK {
    fn name(&self) -> &'static str {
        "TopK"
    }

    fn work(&self) -> Work {
        Work::Other
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        vec![("axis", self.axis.into()), ("k", self.k.into()), ("largest", self.largest.into())]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, 1)?;
        expect_axis(self.axis, inputs[0])?;
        let mut ty = inputs[0].clone();
        if ty.dtype == DType::Bool || self.k > ty.shape[self.axis] {
            return Err(op_error!("it can't find {} elements on axis {} of {ty}", self.k, self.axis));
        }
        ty.shape[self.axis] = self.k;
        let positions = TensorType { dtype: DType::I64, shape: ty.shape.clone() };
        Ok(vec![ty, positions])
    }
}

/// ONNX `CumSum`: the sum of the elements of an axis up to each position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CumSum {
    /// The axis.
    pub axis: usize,
    /// Whether the element at the position itself does not count.
    pub exclusive: bool,
    /// Whether the sum starts from the end of the axis.
    pub reverse: bool,
}

impl Operator for CumSum {
    fn name(&self) -> &'static str {
        "CumSum"
    }

    fn work(&self) -> Work {
        Work::Other
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        vec![("axis", self.axis.into()), ("exclusive", self.exclusive.into()), ("reverse", self.reverse.into())]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, 1)?;
        expect_axis(self.axis, inputs[0])?;
        if inputs[0].dtype == DType::Bool {
            return Err(op_error!("expected numbers, found {}", inputs[0]));
        }
        Ok(vec![inputs[0].clone()])
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        let (x, shape) = (inputs[0], inputs[0].shape());
        let summed = match x.as_f32() {
            Some(data) => {
                let sums = self.sums(data.iter().map(|&x| f64::from(x)).collect(), shape, 0.0);
                Tensor::f32(shape, sums.into_iter().map(|x| x as f32).collect())
            }
            None => Tensor::from_integers(x.dtype(), shape, self.sums(x.integers()?.collect(), shape, 0)),
        };
        Some(vec![summed.ok()?])
    }
}

impl CumSum {
    fn sums<T: Copy + Add<Output = T>>(&self, data: Vec<T>, shape: &[usize], zero: T) -> Vec<T> {
        let length = shape[self.axis];
        let inner: usize = shape[self.axis + 1..].iter().product();
        let mut sums = data.clone();
        for row in 0..data.len() / (length * inner).max(1) {
            for column in 0..inner {
                let mut sum = zero;
                for step in 0..length {
                    let step = if self.reverse { length - 1 - step } else { step };
                    let at = (row * length + step) * inner + column;
                    let next = sum + data[at];
                    sums[at] = if self.exclusive { sum } else { next };
                    sum = next;
                }
            }
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_constants_are_evaluated() {
        let x = Tensor::i64([2, 3], vec![1, 2, 3, 4, 5, 6]).unwrap();
        let sums = |exclusive, reverse, axis| {
            let sums = CumSum { axis, exclusive, reverse }.evaluate(&[&x]).unwrap().remove(0);
            sums.as_i64().unwrap().to_vec()
        };
        assert_eq!(sums(false, false, 1), [1, 3, 6, 4, 9, 15]);
        assert_eq!(sums(true, true, 1), [5, 3, 0, 11, 6, 0]);
        assert_eq!(sums(true, false, 0), [0, 0, 0, 1, 2, 3]);
    }
}
