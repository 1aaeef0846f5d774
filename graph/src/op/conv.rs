use super::{Attribute, OpError, Operator, Work, expect_channels, expect_inputs, op_error};
use edgeconv_tensor::TensorType;

/// ONNX `Conv`: cross-correlation of `[N, C, spatial…]` with a kernel `[M, C/group, kernel…]` and an optional bias `[M]`.
///
/// All attributes are explicit, `auto_pad` is resolved before a graph is built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conv {
    /// Step per spatial axis.
    pub strides: Vec<usize>,
    /// Zeros added before and after each spatial axis: all begins, then all ends.
    pub pads: Vec<usize>,
    /// Distance of the taps per spatial axis.
    pub dilations: Vec<usize>,
    /// Number of groups that input and output channels are divided into.
    pub group: usize,
}

impl Conv {
    /// A 2-D convolution with stride 1, no padding, no dilation, one group: what a 1×1 convolution needs.
    pub fn pointwise() -> Self {
        Self { strides: vec![1; 2], pads: vec![0; 4], dilations: vec![1; 2], group: 1 }
    }
}

impl Operator for Conv {
    fn name(&self) -> &'static str {
        "Conv"
    }

    fn work(&self) -> Work {
        Work::Accumulates
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        vec![
            ("dilations", self.dilations.as_slice().into()),
            ("group", self.group.into()),
            ("pads", self.pads.as_slice().into()),
            ("strides", self.strides.as_slice().into()),
        ]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 2, 3)?;
        let (data, kernel) = (inputs[0], inputs[1]);
        let spatial = self.strides.len();
        if data.rank() != spatial + 2 || kernel.rank() != spatial + 2 {
            return Err(op_error!("a {spatial}-D convolution can't take data {data} and kernel {kernel}"));
        }
        let (channels, filters) = (data.shape[1], kernel.shape[0]);
        if self.group == 0 || filters % self.group != 0 || channels != kernel.shape[1] * self.group {
            return Err(op_error!("kernel {kernel} with {} groups does not fit data {data}", self.group));
        }
        if let Some(bias) = inputs.get(2) {
            expect_channels("bias", bias, filters)?;
        }
        let mut shape = vec![data.shape[0], filters];
        for axis in 0..spatial {
            let padded = data.shape[axis + 2] + self.pads[axis] + self.pads[axis + spatial];
            let reach = self.dilations[axis] * kernel.shape[axis + 2].saturating_sub(1) + 1;
            if padded < reach || self.strides[axis] == 0 {
                return Err(op_error!("kernel {kernel} reaches beyond the padded data {data} on axis {}", axis + 2));
            }
            shape.push((padded - reach) / self.strides[axis] + 1);
        }
        Ok(vec![TensorType { dtype: data.dtype, shape }])
    }

    fn macs(&self, inputs: &[&TensorType], outputs: &[&TensorType]) -> u64 {
        let taps: usize = inputs[1].shape[1..].iter().product();
        (outputs[0].len() * taps) as u64
    }
}
