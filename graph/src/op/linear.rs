use super::{OpError, Operator, expect_channels, expect_inputs, op_error};
use crate::tensor::TensorType;

/// ONNX `Gemm` with `transB = 1`: data `[N, K]` times weight `[M, K]` transposed, plus an optional bias `[M]`; PyTorch's
/// `Linear`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gemm;

impl Operator for Gemm {
    fn name(&self) -> &'static str {
        "Gemm"
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 2, 3)?;
        let (data, weight) = (inputs[0], inputs[1]);
        if data.rank() != 2 || weight.rank() != 2 || data.shape[1] != weight.shape[1] {
            return Err(op_error!("expected data [N, K] and weight [M, K], found {data} and {weight}"));
        }
        if let Some(bias) = inputs.get(2) {
            expect_channels("bias", bias, weight.shape[0])?;
        }
        Ok(vec![TensorType { dtype: data.dtype, shape: vec![data.shape[0], weight.shape[0]] }])
    }

    fn macs(&self, inputs: &[&TensorType], outputs: &[&TensorType]) -> u64 {
        (outputs[0].len() * inputs[1].shape[1]) as u64
    }
}
