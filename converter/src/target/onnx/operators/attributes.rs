//! Attributes of nodes.

use edgeconv_graph::op::{Attribute, Op};

use crate::attributes::{self, empty};
pub(in crate::target::onnx) use crate::attributes::{float, int, string};
use crate::proto::AttributeProto;
use crate::proto::attribute_proto::AttributeType;
use crate::target::onnx::initializer::dims;

/// The axis that an operator works along.
pub(in crate::target::onnx) fn axis(axis: usize) -> AttributeProto {
    int("axis", axis as i64)
}

/// The attributes of the graph's operator.
pub(super) fn given(op: &Op) -> Vec<AttributeProto> {
    op.operator().attributes().iter().map(|(name, value)| attribute(name, value)).collect()
}

fn attribute(name: &str, value: &Attribute) -> AttributeProto {
    match value {
        Attribute::Bool(value) => int(name, (*value).into()),
        Attribute::Int(value) => int(name, *value),
        Attribute::Ints(values) => attributes::ints(name, values),
        Attribute::Float(value) => float(name, *value),
        Attribute::Floats(values) => AttributeProto { floats: values.clone(), ..empty(name, AttributeType::Floats) },
        Attribute::String(value) => string(name, value),
        Attribute::Strings(values) => {
            let strings = values.iter().map(|value| value.clone().into()).collect();
            AttributeProto { strings, ..empty(name, AttributeType::Strings) }
        }
    }
}

pub(super) fn ints(name: &str, values: &[usize]) -> AttributeProto {
    attributes::ints(name, &dims(values))
}
