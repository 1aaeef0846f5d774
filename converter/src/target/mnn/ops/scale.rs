//! One factor and one summand per channel.

use planus::UnionOffset;

use super::{InIntegers, MnnOp};
use crate::content::Content;
use crate::target::mnn::net::Shapes;
use crate::target::mnn::schema::{self, OpParameter, OpType};
use crate::target::mnn::write::Writer;

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

    fn in_integers(&self) -> InIntegers {
        InIntegers::Wrong
    }

    fn parameter<'n>(&'n self, b: &mut Writer<'n>, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        let (scale, bias) = (b.floats(&self.scale), b.floats(&self.bias));
        let scale = schema::Scale::builder()
            .channels(self.scale.len() as i32)
            .scale_data(scale)
            .bias_data(bias)
            .external_as_null()
            .finish(b);
        Some(OpParameter::create_scale(b, scale))
    }

    fn weights(&self) -> Vec<Content<'_>> {
        vec![Content::of(&self.scale), Content::of(&self.bias)]
    }
}
