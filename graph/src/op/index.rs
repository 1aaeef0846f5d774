//! Operators that pick elements by indices, and put them there.

use super::{Attribute, OpError, Operator, Work, expect_axis, expect_inputs, op_error};
use edgeconv_tensor::{DType, Tensor, TensorType};

/// ONNX `Gather`: picks from data `[…, L, …]` along `axis` the elements at indices `[…]` (integers of 32 or 64 bits, not negative);
/// the indices' axes take the place of `axis`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gather {
    /// The axis that is indexed.
    pub axis: usize,
}

impl Operator for Gather {
    fn name(&self) -> &'static str {
        "Gather"
    }

    fn work(&self) -> Work {
        Work::Other
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        vec![("axis", self.axis.into())]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 2, 2)?;
        expect_axis(self.axis, inputs[0])?;
        if !matches!(inputs[1].dtype, DType::I64 | DType::I32) {
            return Err(op_error!("expected indices of type i64 or i32, found {}", inputs[1]));
        }
        let mut ty = inputs[0].clone();
        ty.shape.splice(self.axis..=self.axis, inputs[1].shape.iter().copied());
        Ok(vec![ty])
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        let mut shape = inputs[0].shape().to_vec();
        let length = shape[self.axis];
        let inner: usize = shape[self.axis + 1..].iter().product();
        let outer: usize = shape[..self.axis].iter().product();
        let indices = inputs[1].integers()?.map(|index| usize::try_from(index).ok().filter(|&i| i < length));
        let indices = indices.collect::<Option<Vec<_>>>()?;
        let runs = (0..outer).flat_map(|row| indices.iter().map(move |index| (row * length + index) * inner));
        shape.splice(self.axis..=self.axis, inputs[1].shape().iter().copied());
        Some(vec![inputs[0].pick(shape, runs.flat_map(|run| run..run + inner))?])
    }
}

/// How [`ScatterNd`] combines what is there with what is put there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ScatterReduction {
    /// The new element takes the place of the old one.
    None,
    /// Their sum.
    Add,
    /// Their product.
    Mul,
}

impl ScatterReduction {
    /// ONNX's name.
    pub fn name(self) -> &'static str {
        match self {
            ScatterReduction::None => "none",
            ScatterReduction::Add => "add",
            ScatterReduction::Mul => "mul",
        }
    }
}

/// ONNX `ScatterND` of whole rows: puts the updates `[N, …]` into data `[R, …]` at the rows that the indices `[N, 1]` name
/// (64-bit integers, not negative), one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScatterNd {
    /// What happens to the old elements.
    pub reduction: ScatterReduction,
}

impl Operator for ScatterNd {
    fn name(&self) -> &'static str {
        "ScatterND"
    }

    fn work(&self) -> Work {
        Work::Other
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        vec![("reduction", self.reduction.name().into())]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 3, 3)?;
        let [data, indices, updates] = [inputs[0], inputs[1], inputs[2]];
        expect_axis(0, data)?;
        let count = updates.shape.first().copied().unwrap_or_default();
        if indices.dtype != DType::I64 || indices.shape != [count, 1] {
            return Err(op_error!("expected indices i64[{count}, 1], found {indices}"));
        }
        let rows = TensorType { dtype: data.dtype, shape: [&[count], &data.shape[1..]].concat() };
        if *updates != rows {
            return Err(op_error!("{updates} are not rows of {data}"));
        }
        Ok(vec![data.clone()])
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        let (data, updates) = (inputs[0], inputs[2]);
        if self.reduction != ScatterReduction::None {
            return None;
        }
        let run: usize = data.shape()[1..].iter().product();
        let mut rows: Vec<_> = (0..data.shape()[0]).collect();
        for (update, &index) in inputs[1].as_i64()?.iter().enumerate() {
            *rows.get_mut(usize::try_from(index).ok()?)? = data.shape()[0] + update;
        }
        let both = Tensor::join([data.len() + updates.len()], &[data.clone(), updates.clone()])?;
        Some(vec![both.pick(data.shape(), rows.into_iter().flat_map(|row| row * run..(row + 1) * run))?])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_update_of_a_row_stays() {
        let data = Tensor::f32([3, 2], vec![0.0; 6]).unwrap();
        let indices = Tensor::i64([3, 1], vec![2, 0, 2]).unwrap();
        let updates = Tensor::f32([3, 2], vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0]).unwrap();
        let op = ScatterNd { reduction: ScatterReduction::None };
        let result = op.evaluate(&[&data, &indices, &updates]).unwrap().remove(0);
        assert_eq!(result.as_f32().unwrap(), [3.0, 4.0, 0.0, 0.0, 5.0, 6.0]);
        assert!(op.infer(&[&data.ty(), &TensorType::new(DType::I64, [3]), &updates.ty()]).is_err());
        assert!(op.infer(&[&data.ty(), &indices.ty(), &TensorType::f32([3, 1])]).is_err());
    }
}
