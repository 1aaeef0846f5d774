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
