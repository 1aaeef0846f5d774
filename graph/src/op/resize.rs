use super::{OpError, Operator, expect_inputs, op_error};
use crate::tensor::{Tensor, TensorType};

/// How [`Resize`] finds values between the samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResizeMode {
    /// ONNX mode `linear` with `coordinate_transformation_mode = align_corners`.
    LinearAlignCorners,
}

/// ONNX `Resize` to fixed sizes.
///
/// GCC's kernels and position embeddings are resized with aligned corners to the feature's size, for each axis
/// separately. Those are constants, so no run-time interpolation reaches an output file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resize {
    /// Interpolation.
    pub mode: ResizeMode,
    /// The new shape, all axes.
    pub sizes: Vec<usize>,
}

impl Operator for Resize {
    fn name(&self) -> &'static str {
        "Resize"
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        let ResizeMode::LinearAlignCorners = self.mode;
        vec![("mode", "linear, align_corners".into()), ("sizes", format!("{:?}", self.sizes))]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, 1)?;
        if inputs[0].rank() != self.sizes.len() || self.sizes.contains(&0) || inputs[0].is_empty() {
            return Err(op_error!("{} can't be resized to {:?}", inputs[0], self.sizes));
        }
        Ok(vec![TensorType { dtype: inputs[0].dtype, shape: self.sizes.clone() }])
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        let mut tensor = inputs[0].clone();
        for (axis, &size) in self.sizes.iter().enumerate() {
            if tensor.shape()[axis] != size {
                tensor = resize_axis(&tensor, axis, size)?;
            }
        }
        Some(vec![tensor])
    }
}

/// Linear interpolation along one axis with aligned corners; weights in f32, as PyTorch computes them.
fn resize_axis(tensor: &Tensor, axis: usize, size: usize) -> Option<Tensor> {
    let mut shape = tensor.shape().to_vec();
    let length = shape[axis];
    let inner: usize = shape[axis + 1..].iter().product();
    let scale = if size > 1 { (length - 1) as f32 / (size - 1) as f32 } else { 0.0 };
    shape[axis] = size;
    let mut data = Vec::with_capacity(shape.iter().product());
    for row in tensor.as_f32()?.chunks(length * inner) {
        for i in 0..size {
            let position = i as f32 * scale;
            let low = (position as usize).min(length - 1);
            let high = (low + 1).min(length - 1);
            let weight = position - low as f32;
            let blend = |j| (1.0 - weight) * row[low * inner + j] + weight * row[high * inner + j];
            data.extend((0..inner).map(blend));
        }
    }
    Tensor::f32(shape, data).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resize(data: &[f32], size: usize) -> Vec<f32> {
        let kernel = Tensor::f32([1, 1, data.len(), 1], data.to_vec()).unwrap();
        let op = Resize { mode: ResizeMode::LinearAlignCorners, sizes: vec![1, 1, size, 1] };
        op.evaluate(&[&kernel]).unwrap()[0].as_f32().unwrap().to_vec()
    }

    #[test]
    fn corners_stay_and_the_rest_is_linear() {
        assert_eq!(resize(&[0.0, 1.0, 4.0], 5), [0.0, 0.5, 1.0, 2.5, 4.0]);
        assert_eq!(resize(&[0.0, 0.5, 1.0, 2.5, 4.0], 3), [0.0, 1.0, 4.0]);
    }

    #[test]
    fn one_sample_is_the_first() {
        assert_eq!(resize(&[3.0, 7.0], 1), [3.0]);
        assert_eq!(resize(&[3.0], 3), [3.0, 3.0, 3.0]);
    }
}
