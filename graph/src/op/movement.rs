//! Operators that move elements without arithmetic.

use super::elementwise::{broadcast, expand};
use super::{Attribute, OpError, Operator, Work, expect_axis, expect_inputs, op_error};
use edgeconv_tensor::{Tensor, TensorType};

/// ONNX `Concat`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Concat {
    /// The axis along which the inputs are joined.
    pub axis: usize,
}

impl Operator for Concat {
    fn name(&self) -> &'static str {
        "Concat"
    }

    fn work(&self) -> Work {
        Work::Other
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        vec![("axis", self.axis.into())]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, usize::MAX)?;
        let mut joined = inputs[0].clone();
        expect_axis(self.axis, &joined)?;
        for &ty in &inputs[1..] {
            let mut aligned = ty.clone();
            if ty.rank() == joined.rank() {
                aligned.shape[self.axis] = joined.shape[self.axis];
            }
            if aligned != joined {
                return Err(op_error!("{joined} and {ty} can't be joined along axis {}", self.axis));
            }
            joined.shape[self.axis] += ty.shape[self.axis];
        }
        Ok(vec![joined])
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        let mut shape = inputs[0].shape().to_vec();
        shape[self.axis] = inputs.iter().map(|input| input.shape()[self.axis]).sum();
        let parts: Vec<Tensor> = inputs.iter().map(|&input| input.clone()).collect();
        let all = Tensor::join([parts.iter().map(Tensor::len).sum()], &parts)?;
        let outer: usize = shape[..self.axis].iter().product();
        let mut start = 0;
        let runs: Vec<_> = parts
            .iter()
            .map(|part| {
                let run: usize = part.shape()[self.axis..].iter().product();
                let first = start;
                start += part.len();
                (first, run)
            })
            .collect();
        let row = |row: usize| runs.iter().flat_map(move |&(first, run)| first + row * run..first + (row + 1) * run);
        Some(vec![all.pick(shape, (0..outer).flat_map(row))?])
    }
}

/// ONNX `Slice` of one axis: the elements `start`, `start + step`, … below `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// The axis that is cut.
    pub axis: usize,
    /// First index, from 0.
    pub start: usize,
    /// One past the last index.
    pub end: usize,
    /// Distance of the elements, at least 1.
    pub step: usize,
}

impl Operator for Slice {
    fn name(&self) -> &'static str {
        "Slice"
    }

    fn work(&self) -> Work {
        Work::Other
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        let mut attributes = vec![("axis", self.axis.into()), ("start", self.start.into()), ("end", self.end.into())];
        if self.step != 1 {
            attributes.push(("step", self.step.into()));
        }
        attributes
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, 1)?;
        expect_axis(self.axis, inputs[0])?;
        if self.start > self.end || self.end > inputs[0].shape[self.axis] {
            return Err(op_error!("{}..{} is not part of axis {} of {}", self.start, self.end, self.axis, inputs[0]));
        }
        if self.step == 0 {
            return Err(op_error!("its step is 0"));
        }
        let mut ty = inputs[0].clone();
        ty.shape[self.axis] = (self.end - self.start).div_ceil(self.step);
        Ok(vec![ty])
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        let mut shape = inputs[0].shape().to_vec();
        let inner: usize = shape[self.axis + 1..].iter().product();
        let run = shape[self.axis] * inner;
        let rows: usize = shape[..self.axis].iter().product();
        let starts = (0..rows)
            .flat_map(|row| (self.start..self.end).step_by(self.step).map(move |index| row * run + index * inner));
        shape[self.axis] = (self.end - self.start).div_ceil(self.step);
        Some(vec![inputs[0].pick(shape, starts.flat_map(|start| start..start + inner))?])
    }
}

/// ONNX `Split` with explicit sizes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The axis that is cut.
    pub axis: usize,
    /// Length of each part.
    pub sizes: Vec<usize>,
}

impl Operator for Split {
    fn name(&self) -> &'static str {
        "Split"
    }

    fn work(&self) -> Work {
        Work::Other
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        vec![("axis", self.axis.into()), ("split", self.sizes.as_slice().into())]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, 1)?;
        expect_axis(self.axis, inputs[0])?;
        if self.sizes.iter().sum::<usize>() != inputs[0].shape[self.axis] {
            return Err(op_error!("parts {:?} don't add up to axis {} of {}", self.sizes, self.axis, inputs[0]));
        }
        let part = |&size: &usize| {
            let mut ty = inputs[0].clone();
            ty.shape[self.axis] = size;
            ty
        };
        Ok(self.sizes.iter().map(part).collect())
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        let mut start = 0;
        let part = |&size: &usize| {
            let slice = Slice { axis: self.axis, start, end: start + size, step: 1 };
            start += size;
            slice.evaluate(inputs)?.pop()
        };
        self.sizes.iter().map(part).collect()
    }
}

/// ONNX `Reshape` to a fixed shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reshape {
    /// The new shape, without placeholders.
    pub shape: Vec<usize>,
}

impl Operator for Reshape {
    fn name(&self) -> &'static str {
        "Reshape"
    }

    fn work(&self) -> Work {
        Work::Other
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        vec![("shape", self.shape.as_slice().into())]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, 1)?;
        let ty = TensorType { dtype: inputs[0].dtype, shape: self.shape.clone() };
        if ty.len() == inputs[0].len() { Ok(vec![ty]) } else { Err(op_error!("{} can't become {ty}", inputs[0])) }
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        Some(vec![inputs[0].reshape(self.shape.clone()).ok()?])
    }
}

/// ONNX `Flatten`: the axes before `axis` become one, and so do the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flatten {
    /// First axis of the second part.
    pub axis: usize,
}

impl Operator for Flatten {
    fn name(&self) -> &'static str {
        "Flatten"
    }

    fn work(&self) -> Work {
        Work::Other
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        vec![("axis", self.axis.into())]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, 1)?;
        if self.axis > inputs[0].rank() {
            return Err(op_error!("axis {} does not exist in {}", self.axis, inputs[0]));
        }
        let (outer, inner) = inputs[0].shape.split_at(self.axis);
        let shape = vec![outer.iter().product(), inner.iter().product()];
        Ok(vec![TensorType { dtype: inputs[0].dtype, shape }])
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        let (outer, inner) = inputs[0].shape().split_at(self.axis);
        let shape = [outer.iter().product(), inner.iter().product()];
        Some(vec![inputs[0].reshape(shape).ok()?])
    }
}

/// ONNX `Expand` to a fixed shape, to which the input can be broadcast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expand {
    /// The new shape.
    pub shape: Vec<usize>,
}

impl Operator for Expand {
    fn name(&self) -> &'static str {
        "Expand"
    }

    fn work(&self) -> Work {
        Work::Other
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        vec![("shape", self.shape.as_slice().into())]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, 1)?;
        if broadcast(&inputs[0].shape, &self.shape).as_ref() != Some(&self.shape) {
            return Err(op_error!("{} can't be expanded to {:?}", inputs[0], self.shape));
        }
        Ok(vec![TensorType { dtype: inputs[0].dtype, shape: self.shape.clone() }])
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        Some(vec![expand(inputs[0], &self.shape)?])
    }
}

/// ONNX `Transpose`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transpose {
    /// The input's axis that becomes each axis of the output.
    pub perm: Vec<usize>,
}

impl Operator for Transpose {
    fn name(&self) -> &'static str {
        "Transpose"
    }

    fn work(&self) -> Work {
        Work::Other
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        vec![("perm", self.perm.as_slice().into())]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, 1)?;
        let mut axes = self.perm.clone();
        axes.sort_unstable();
        if !axes.into_iter().eq(0..inputs[0].rank()) {
            return Err(op_error!("{:?} is not a permutation of the axes of {}", self.perm, inputs[0]));
        }
        let shape = self.perm.iter().map(|&axis| inputs[0].shape[axis]).collect();
        Ok(vec![TensorType { dtype: inputs[0].dtype, shape }])
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        Some(vec![inputs[0].transposed(&self.perm)?])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_of_a_tensor_join_to_the_tensor() {
        let whole = Tensor::f32([2, 3, 2], (0..12).map(|i| i as f32).collect()).unwrap();
        let part = |start, end| Slice { axis: 1, start, end, step: 1 }.evaluate(&[&whole]).unwrap().remove(0);
        let (head, tail) = (part(0, 1), part(1, 3));
        assert_eq!(head.as_f32().unwrap(), [0.0, 1.0, 6.0, 7.0]);
        let odd = Slice { axis: 1, start: 0, end: 3, step: 2 }.evaluate(&[&whole]).unwrap().remove(0);
        assert_eq!(odd.shape(), [2, 2, 2]);
        assert_eq!(odd.as_f32().unwrap(), [0.0, 1.0, 4.0, 5.0, 6.0, 7.0, 10.0, 11.0]);
        assert_eq!(Concat { axis: 1 }.evaluate(&[&head, &tail]).unwrap(), [whole]);
    }

    #[test]
    fn a_slice_outside_of_the_tensor_is_an_error() {
        let ty = TensorType::f32([2, 3]);
        assert!(Slice { axis: 1, start: 2, end: 1, step: 1 }.infer(&[&ty]).is_err());
        assert!(Slice { axis: 1, start: 0, end: 4, step: 1 }.infer(&[&ty]).is_err());
        assert!(Slice { axis: 2, start: 0, end: 1, step: 1 }.infer(&[&ty]).is_err());
    }

    #[test]
    fn transposing_moves_axes() {
        let whole = Tensor::f32([2, 3, 2], (0..12).map(|i| i as f32).collect()).unwrap();
        let moved = Transpose { perm: vec![2, 0, 1] }.evaluate(&[&whole]).unwrap().remove(0);
        assert_eq!(moved.shape(), [2, 2, 3]);
        assert_eq!(moved.as_f32().unwrap(), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 1.0, 3.0, 5.0, 7.0, 9.0, 11.0]);
        let back = Transpose { perm: vec![1, 2, 0] }.evaluate(&[&moved]).unwrap().remove(0);
        assert_eq!(back, whole);
        assert!(Transpose { perm: vec![0, 0, 1] }.infer(&[&whole.ty()]).is_err());
    }
}
