use super::{Attribute, OpError, Operator, Work, expect_channels, expect_inputs, op_error};
use edgeconv_tensor::TensorType;

/// ONNX `ConvTranspose`: each element of `[N, C, spatial…]` adds the kernel `[C, M/group, kernel…]`, multiplied by it, to the
/// result; then an optional bias `[M]` is added. The gradient of a convolution with the same attributes.
///
/// All attributes are explicit, `auto_pad` and `output_shape` are resolved before a graph is built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConvTranspose {
    /// Distance of neighbouring elements in the result, per spatial axis.
    pub strides: Vec<usize>,
    /// What is cut off before and after each spatial axis of the result: all begins, then all ends.
    pub pads: Vec<usize>,
    /// Distance of the taps per spatial axis.
    pub dilations: Vec<usize>,
    /// What is added after each spatial axis of the result.
    pub output_padding: Vec<usize>,
    /// Number of groups that input and output channels are divided into.
    pub group: usize,
}

impl ConvTranspose {
    /// A 2-D transposed convolution with stride 1, without padding or groups; for a kernel of any size.
    pub fn pointwise() -> Self {
        Self { strides: vec![1; 2], pads: vec![0; 4], dilations: vec![1; 2], output_padding: vec![0; 2], group: 1 }
    }
}

impl Operator for ConvTranspose {
    fn name(&self) -> &'static str {
        "ConvTranspose"
    }

    fn work(&self) -> Work {
        Work::Accumulates
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        vec![
            ("dilations", self.dilations.as_slice().into()),
            ("group", self.group.into()),
            ("output_padding", self.output_padding.as_slice().into()),
            ("pads", self.pads.as_slice().into()),
            ("strides", self.strides.as_slice().into()),
        ]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 2, 3)?;
        let (data, kernel) = (inputs[0], inputs[1]);
        let spatial = self.strides.len();
        let lists = [self.dilations.len(), self.output_padding.len(), self.pads.len() / 2];
        if data.rank() != spatial + 2 || kernel.rank() != spatial + 2 || lists != [spatial; 3] {
            return Err(op_error!("a {spatial}-D transposed convolution can't take data {data} and kernel {kernel}"));
        }
        if data.is_empty() || self.group == 0 || data.shape[1] != kernel.shape[0] || data.shape[1] % self.group != 0 {
            return Err(op_error!("kernel {kernel} with {} groups does not fit data {data}", self.group));
        }
        let filters = kernel.shape[1] * self.group;
        if let Some(bias) = inputs.get(2) {
            expect_channels("bias", bias, filters)?;
        }
        let mut shape = vec![data.shape[0], filters];
        for axis in 0..spatial {
            let reach = self.dilations[axis] * kernel.shape[axis + 2].saturating_sub(1) + 1;
            let full = (data.shape[axis + 2] - 1) * self.strides[axis] + reach + self.output_padding[axis];
            let cut = self.pads[axis] + self.pads[axis + spatial];
            if full <= cut || self.strides[axis] == 0 {
                return Err(op_error!("pads {:?} leave nothing of the result on axis {}", self.pads, axis + 2));
            }
            shape.push(full - cut);
        }
        Ok(vec![TensorType { dtype: data.dtype, shape }])
    }

    fn macs(&self, inputs: &[&TensorType], _outputs: &[&TensorType]) -> u64 {
        let taps: usize = inputs[1].shape[1..].iter().product();
        (inputs[0].len() * taps) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_result_is_as_large_as_the_input_of_the_convolution() {
        let op = ConvTranspose {
            strides: vec![3, 2],
            pads: vec![1, 0, 2, 1],
            dilations: vec![1, 2],
            output_padding: vec![1, 0],
            group: 2,
        };
        let infer = |kernel: [usize; 4]| op.infer(&[&TensorType::f32([1, 4, 3, 5]), &TensorType::f32(kernel)]);
        assert_eq!(infer([4, 3, 4, 2]).unwrap()[0].shape, [1, 6, 8, 10]);
        assert!(infer([2, 3, 4, 2]).is_err());
    }
}
