use super::{Attribute, OpError, Operator, Work, expect_axis, expect_channels, expect_inputs, op_error};
use edgeconv_tensor::TensorType;

/// Circular cross-correlation along one spatial axis of `[N, C, H, W]` (EdgeFormer, ECCV 2022, section 3.1).
///
/// `y[i] = Σ_k kernel[k] · x[(i + k) mod F]` with `F` the length of the axis, per channel or over the channels of a
/// group; an optional bias `[M]` is added. The kernel `[M, C/group, K, 1]` (axis 2) or `[M, C/group, 1, K]` (axis 3) has
/// `1 ≤ K ≤ F` taps; the paper's global kernel has `K = F`. Tap 0 is aligned with the output position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CircularConv {
    /// The axis that wraps around: 2 (height) or 3 (width).
    pub axis: usize,
    /// Number of groups that input and output channels are divided into.
    pub group: usize,
}

impl Operator for CircularConv {
    fn name(&self) -> &'static str {
        "CircularConv"
    }

    fn work(&self) -> Work {
        Work::Accumulates
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        vec![("axis", self.axis.into()), ("group", self.group.into())]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 2, 3)?;
        let (data, kernel) = (inputs[0], inputs[1]);
        expect_axis(self.axis, data)?;
        if data.rank() != 4 || kernel.rank() != 4 || self.axis < 2 {
            return Err(op_error!(
                "expected data [N, C, H, W] and a kernel of rank 4 on axis 2 or 3, found {data} and {kernel} on axis {}",
                self.axis
            ));
        }
        let (length, taps, across) = (data.shape[self.axis], kernel.shape[self.axis], kernel.shape[5 - self.axis]);
        if across != 1 || taps == 0 || taps > length {
            return Err(op_error!(
                "kernel {kernel} must have 1 to {length} taps on axis {} and 1 on the other",
                self.axis
            ));
        }
        if self.group == 0 || kernel.shape[0] % self.group != 0 || data.shape[1] != kernel.shape[1] * self.group {
            return Err(op_error!("kernel {kernel} with {} groups does not fit data {data}", self.group));
        }
        if let Some(bias) = inputs.get(2) {
            expect_channels("bias", bias, kernel.shape[0])?;
        }
        let mut shape = data.shape.clone();
        shape[1] = kernel.shape[0];
        Ok(vec![TensorType { dtype: data.dtype, shape }])
    }

    fn macs(&self, inputs: &[&TensorType], outputs: &[&TensorType]) -> u64 {
        let taps: usize = inputs[1].shape[1..].iter().product();
        (outputs[0].len() * taps) as u64
    }
}
