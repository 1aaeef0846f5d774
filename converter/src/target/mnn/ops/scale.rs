//! One factor and one summand per channel.

use planus::{Builder, UnionOffset};

use super::MnnOp;
use crate::target::mnn::net::Shapes;
use crate::target::mnn::schema::{self, OpParameter, OpType};

/// `x · scale + bias` with one scale and one bias per channel.
#[derive(Debug)]
pub(in crate::target::mnn) struct Scale {
    /// Factors `[C]`.
    pub scale: Vec<f32>,
    /// Summands `[C]`.
    pub bias: Vec<f32>,
}

impl MnnOp for Scale {
    fn op_type(&self) -> OpType {
        OpType::Scale
    }

    fn parameter(&self, b: &mut Builder, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        let scale = schema::Scale::builder()
            .channels(self.scale.len() as i32)
            .scale_data(&self.scale)
            .bias_data(&self.bias)
            .external_as_null()
            .finish(b);
        Some(OpParameter::create_scale(b, scale))
    }

    fn weights(&self) -> usize {
        self.scale.len() + self.bias.len()
    }
}
