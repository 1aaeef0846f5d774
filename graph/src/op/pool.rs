use super::{Attribute, OpError, Operator, Work, expect_inputs, op_error};
use edgeconv_tensor::TensorType;

/// ONNX `GlobalAveragePool`: the mean over all spatial axes, `[N, C, H, W]` to `[N, C, 1, 1]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GlobalAveragePool;

impl Operator for GlobalAveragePool {
    fn name(&self) -> &'static str {
        "GlobalAveragePool"
    }

    fn work(&self) -> Work {
        Work::Other
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

/// What [`Pool`] makes of the elements that a window has on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PoolKind {
    /// The largest: padding never wins.
    Max,
    /// Their mean (`count_include_pad = 0`).
    Average,
}

/// ONNX `MaxPool` and `AveragePool` over `[N, C, H, W]` with floor rounding and without dilation; pairs are (height, width).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pool {
    /// What is computed.
    pub kind: PoolKind,
    /// Size of the window.
    pub kernel: [usize; 2],
    /// Step.
    pub strides: [usize; 2],
    /// Padding: top, left, bottom, right.
    pub pads: [usize; 4],
}

impl Operator for Pool {
    fn name(&self) -> &'static str {
        match self.kind {
            PoolKind::Max => "MaxPool",
            PoolKind::Average => "AveragePool",
        }
    }

    fn work(&self) -> Work {
        Work::Other
    }

    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
        vec![
            ("kernel_shape", self.kernel.as_slice().into()),
            ("pads", self.pads.as_slice().into()),
            ("strides", self.strides.as_slice().into()),
        ]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, 1)?;
        let data = inputs[0];
        let mut ty = data.clone();
        if ty.rank() != 4 {
            return Err(op_error!("expected data [N, C, H, W], found {ty}"));
        }
        for axis in 0..2 {
            let (before, after, window) = (self.pads[axis], self.pads[axis + 2], self.kernel[axis]);
            let padded = ty.shape[axis + 2] + before + after;
            // A window wholly in the padding would have no element.
            if self.strides[axis] == 0 || window == 0 || padded < window || before.max(after) >= window {
                return Err(op_error!("windows {:?} with padding {:?} don't fit {data}", self.kernel, self.pads));
            }
            ty.shape[axis + 2] = (padded - window) / self.strides[axis] + 1;
        }
        Ok(vec![ty])
    }
}
