use super::{OpError, Operator, expect_axis, expect_inputs, op_error};
use crate::tensor::TensorType;

/// ONNX `ReduceMean` with `keepdims = 1`: the mean over some axes, which keep the length 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReduceMean {
    /// The axes, ascending.
    pub axes: Vec<usize>,
}

impl Operator for ReduceMean {
    fn name(&self) -> &'static str {
        "ReduceMean"
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![("axes", format!("{:?}", self.axes))]
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        expect_inputs(inputs, 1, 1)?;
        if self.axes.is_empty() || !self.axes.is_sorted_by(|a, b| a < b) {
            return Err(op_error!("expected ascending axes, found {:?}", self.axes));
        }
        let mut ty = inputs[0].clone();
        for &axis in &self.axes {
            expect_axis(axis, &ty)?;
            ty.shape[axis] = 1;
        }
        Ok(vec![ty])
    }
}
