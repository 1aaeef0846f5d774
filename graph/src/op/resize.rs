use super::{OpError, Operator, expect_inputs, op_error};
use crate::tensor::{Tensor, TensorType};

/// How [`Resize`] finds values between the samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResizeMode {
    /// ONNX mode `linear` with `coordinate_transformation_mode = align_corners`.
    LinearAlignCorners,
    /// ONNX mode `linear` with `coordinate_transformation_mode = half_pixel`, PyTorch's `align_corners = false`.
    LinearHalfPixel,
}

impl ResizeMode {
    /// ONNX's name of the `coordinate_transformation_mode`.
    pub fn coordinate_transformation(self) -> &'static str {
        match self {
            ResizeMode::LinearAlignCorners => "align_corners",
            ResizeMode::LinearHalfPixel => "half_pixel",
        }
    }

    /// Where output `i` of `size` lies between the `length` samples; weights in f32, as PyTorch computes them.
    fn position(self, i: usize, length: usize, size: usize) -> f32 {
        match self {
            ResizeMode::LinearAlignCorners if size > 1 => i as f32 * ((length - 1) as f32 / (size - 1) as f32),
            ResizeMode::LinearAlignCorners => 0.0,
            ResizeMode::LinearHalfPixel => {
                let scale = length as f32 / size as f32;
                ((i as f32 + 0.5) * scale - 0.5).max(0.0)
            }
        }
    }
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
        let mode = format!("linear, {}", self.mode.coordinate_transformation());
        vec![("mode", mode), ("sizes", format!("{:?}", self.sizes))]
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
                tensor = resize_axis(&tensor, self.mode, axis, size)?;
            }
        }
        Some(vec![tensor])
    }
}

/// Linear interpolation along one axis.
fn resize_axis(tensor: &Tensor, mode: ResizeMode, axis: usize, size: usize) -> Option<Tensor> {
    let mut shape = tensor.shape().to_vec();
    let length = shape[axis];
    let inner: usize = shape[axis + 1..].iter().product();
    shape[axis] = size;
    let mut data = Vec::with_capacity(shape.iter().product());
    for row in tensor.as_f32()?.chunks(length * inner) {
        for i in 0..size {
            let position = mode.position(i, length, size);
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
        resize_by(ResizeMode::LinearAlignCorners, data, size)
    }

    fn resize_by(mode: ResizeMode, data: &[f32], size: usize) -> Vec<f32> {
        let kernel = Tensor::f32([1, 1, data.len(), 1], data.to_vec()).unwrap();
        let op = Resize { mode, sizes: vec![1, 1, size, 1] };
        op.evaluate(&[&kernel]).unwrap()[0].as_f32().unwrap().to_vec()
    }

    #[test]
    fn corners_stay_and_the_rest_is_linear() {
        assert_eq!(resize(&[0.0, 1.0, 4.0], 5), [0.0, 0.5, 1.0, 2.5, 4.0]);
        assert_eq!(resize(&[0.0, 0.5, 1.0, 2.5, 4.0], 3), [0.0, 1.0, 4.0]);
    }

    #[test]
    fn half_pixels_keep_the_borders() {
        assert_eq!(resize_by(ResizeMode::LinearHalfPixel, &[0.0, 4.0], 4), [0.0, 1.0, 3.0, 4.0]);
        assert_eq!(resize_by(ResizeMode::LinearHalfPixel, &[5.0], 3), [5.0, 5.0, 5.0]);
    }

    #[test]
    fn one_sample_is_the_first() {
        assert_eq!(resize(&[3.0, 7.0], 1), [3.0]);
        assert_eq!(resize(&[3.0], 3), [3.0, 3.0, 3.0]);
    }
}
