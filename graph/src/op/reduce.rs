use super::{Attribute, OpError, Operator, Work, expect_axis, expect_inputs, op_error};
use edgeconv_tensor::{DType, Tensor, TensorType};

super::variants! {
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

    fn work(&self) -> Work {
        Work::Other
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        vec![("axes", self.axes.as_slice().into())]
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

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        let x = inputs[0];
        let mut shape = x.shape().to_vec();
        let reduced = match x.as_f32() {
            Some(data) => {
                let (first, combine): (f64, fn(f64, f64) -> f64) = match self.kind {
                    ReduceKind::Sum | ReduceKind::Mean => (0.0, |a, b| a + b),
                    ReduceKind::Prod => (1.0, |a, b| a * b),
                    ReduceKind::Max => (f64::NEG_INFINITY, f64::max),
                    ReduceKind::Min => (f64::INFINITY, f64::min),
                };
                let data = data.iter().map(|&x| x.into()).collect();
                let data = self.fold(data, &mut shape, Some(first), combine)?;
                let count: usize = self.axes.iter().map(|&axis| x.shape()[axis]).product();
                let divisor = if self.kind == ReduceKind::Mean { count as f64 } else { 1.0 };
                Tensor::f32(shape, data.into_iter().map(|x| (x / divisor) as f32).collect())
            }
            None => {
                let (first, combine): (_, fn(i128, i128) -> i128) = match self.kind {
                    ReduceKind::Sum => (Some(0), |a, b| a + b),
                    ReduceKind::Prod => (Some(1), i128::wrapping_mul),
                    ReduceKind::Max => (None, i128::max),
                    ReduceKind::Min => (None, i128::min),
                    ReduceKind::Mean => return None,
                };
                let data = self.fold(x.integers()?.collect(), &mut shape, first, combine)?;
                Tensor::from_integers(x.dtype(), shape, data)
            }
        };
        Some(vec![reduced.ok()?])
    }
}

impl Reduce {
    /// Combines the elements along each axis; `first` is the result for none, if there is one.
    fn fold<T: Copy>(
        &self,
        mut data: Vec<T>,
        shape: &mut [usize],
        first: Option<T>,
        combine: fn(T, T) -> T,
    ) -> Option<Vec<T>> {
        for &axis in &self.axes {
            let inner: usize = shape[axis + 1..].iter().product();
            let outer: usize = shape[..axis].iter().product();
            let length = shape[axis];
            let reduced = (0..outer * inner).map(|index| {
                let (row, column) = (index / inner, index % inner);
                let mut elements = (0..length).map(|step| data[(row * length + step) * inner + column]);
                let start = first.or_else(|| elements.next())?;
                Some(elements.fold(start, combine))
            });
            data = reduced.collect::<Option<_>>()?;
            shape[axis] = 1;
        }
        Some(data)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_reduced_over_several_axes() {
        let x = Tensor::i64([2, 3, 2], (1..13).collect()).unwrap();
        let reduce = |kind| Reduce { kind, axes: vec![0, 2] }.evaluate(&[&x]).unwrap().remove(0);
        assert_eq!(reduce(ReduceKind::Sum), Tensor::i64([1, 3, 1], vec![18, 26, 34]).unwrap());
        assert_eq!(reduce(ReduceKind::Max), Tensor::i64([1, 3, 1], vec![8, 10, 12]).unwrap());
    }

    #[test]
    fn nothing_is_reduced_to_the_neutral_element() {
        let none = Tensor::f32([2, 0], vec![]).unwrap();
        let reduce = |kind| Reduce { kind, axes: vec![1] }.evaluate(&[&none]).unwrap().remove(0);
        assert_eq!(reduce(ReduceKind::Sum).as_f32().unwrap(), [0.0; 2]);
        assert_eq!(reduce(ReduceKind::Prod).as_f32().unwrap(), [1.0; 2]);
        assert_eq!(reduce(ReduceKind::Max).as_f32().unwrap(), [f32::NEG_INFINITY; 2]);
    }
}
