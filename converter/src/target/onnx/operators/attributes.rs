//! Attributes of nodes.

use crate::proto::AttributeProto;
use crate::proto::attribute_proto::AttributeType;
use crate::target::onnx::initializer::dims;

/// The axis that an operator works along.
pub(super) fn axis(axis: usize) -> AttributeProto {
    int("axis", axis as i64)
}

pub(super) fn int(name: &str, value: i64) -> AttributeProto {
    AttributeProto { i: Some(value), ..attribute(name, AttributeType::Int) }
}

pub(super) fn ints(name: &str, values: &[usize]) -> AttributeProto {
    AttributeProto { ints: dims(values), ..attribute(name, AttributeType::Ints) }
}

pub(super) fn float(name: &str, value: f32) -> AttributeProto {
    AttributeProto { f: Some(value), ..attribute(name, AttributeType::Float) }
}

pub(super) fn string(name: &str, value: &'static str) -> AttributeProto {
    AttributeProto { s: Some(value.into()), ..attribute(name, AttributeType::String) }
}

fn attribute(name: &str, ty: AttributeType) -> AttributeProto {
    AttributeProto { name: Some(name.to_owned()), r#type: Some(ty.into()), ..AttributeProto::default() }
}
