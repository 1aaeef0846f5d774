//! Changes of the memory layout, which [`layout`](crate::target::mnn::layout) inserts.

use planus::UnionOffset;

use super::{InIntegers, MnnOp, Rule};
use crate::target::mnn::net::{Layout, Shapes};
use crate::target::mnn::schema::{self, OpParameter, OpType};
use crate::target::mnn::write::Writer;

/// Changes the layout.
#[derive(Debug)]
pub(in crate::target::mnn) struct Convert {
    /// From this one.
    pub from: Layout,
    /// To this one.
    pub to: Layout,
}

impl MnnOp for Convert {
    fn op_type(&self) -> OpType {
        OpType::ConvertTensor
    }

    fn in_integers(&self) -> InIntegers {
        InIntegers::Moves
    }

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        let info = schema::TensorConvertInfo { source: self.from.into(), dest: self.to.into() };
        Some(OpParameter::create_tensor_convert_info(b, &info))
    }

    fn rule(&self, _: &Shapes) -> Rule {
        Rule::Converts { from: self.from, to: self.to }
    }
}
