use super::{OpError, Operator, expect_inputs, op_error};
use crate::tensor::TensorType;

/// ONNX `GlobalAveragePool`: the mean over all spatial axes, `[N, C, H, W]` to `[N, C, 1, 1]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GlobalAveragePool;

impl Operator for GlobalAveragePool {
    fn name(&self) -> &'static str {
        "GlobalAveragePool"
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, 1)?;
        let data = inputs[0];
        if data.rank() < 3 {
            return Err(op_error!("expected data [N, C, spatial…], found {data}"));
        }
        let mut shape = data.shape.clone();
        shape[2..].fill(1);
        Ok(vec![TensorType { dtype: data.dtype, shape }])
    }
}

/// ONNX `MaxPool` over `[N, C, H, W]` with floor rounding and without dilation; pairs are (height, width).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MaxPool {
    /// Size of the window.
    pub kernel: [usize; 2],
    /// Step.
    pub strides: [usize; 2],
    /// Padding: top, left, bottom, right. It never wins.
    pub pads: [usize; 4],
}

impl Operator for MaxPool {
    fn name(&self) -> &'static str {
        "MaxPool"
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        window_attributes(self.kernel, self.strides, self.pads)
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, 1)?;
        pooled(inputs[0], self.kernel, self.strides, self.pads)
    }
}

/// ONNX `AveragePool` over `[N, C, H, W]` with floor rounding, without dilation, and with the mean over what lies on the map
/// (`count_include_pad = 0`); pairs are (height, width).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AveragePool {
    /// Size of the window.
    pub kernel: [usize; 2],
    /// Step.
    pub strides: [usize; 2],
    /// Padding: top, left, bottom, right.
    pub pads: [usize; 4],
}

impl Operator for AveragePool {
    fn name(&self) -> &'static str {
        "AveragePool"
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        window_attributes(self.kernel, self.strides, self.pads)
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, 1)?;
        pooled(inputs[0], self.kernel, self.strides, self.pads)
    }
}

fn window_attributes(kernel: [usize; 2], strides: [usize; 2], pads: [usize; 4]) -> Vec<(&'static str, String)> {
    vec![("kernel_shape", format!("{kernel:?}")), ("pads", format!("{pads:?}")), ("strides", format!("{strides:?}"))]
}

/// The type of a pooled map.
fn pooled(
    data: &TensorType,
    kernel: [usize; 2],
    strides: [usize; 2],
    pads: [usize; 4],
) -> Result<Vec<TensorType>, OpError> {
    let mut ty = data.clone();
    if ty.rank() != 4 {
        return Err(op_error!("expected data [N, C, H, W], found {ty}"));
    }
    for axis in 0..2 {
        let (before, after, window) = (pads[axis], pads[axis + 2], kernel[axis]);
        let padded = ty.shape[axis + 2] + before + after;
        // A window wholly in the padding would have no element.
        if strides[axis] == 0 || window == 0 || padded < window || before.max(after) >= window {
            return Err(op_error!("windows {kernel:?} with padding {pads:?} don't fit {data}"));
        }
        ty.shape[axis + 2] = (padded - window) / strides[axis] + 1;
    }
    Ok(vec![ty])
}
