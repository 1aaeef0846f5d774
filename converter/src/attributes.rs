//! Attributes of ONNX nodes.

use crate::proto::AttributeProto;
use crate::proto::attribute_proto::AttributeType;

pub(crate) fn int(name: &str, value: i64) -> AttributeProto {
    AttributeProto { i: Some(value), ..empty(name, AttributeType::Int) }
}

pub(crate) fn ints(name: &str, values: &[i64]) -> AttributeProto {
    AttributeProto { ints: values.to_vec(), ..empty(name, AttributeType::Ints) }
}

/// In 32 bits, as ONNX has it.
pub(crate) fn float(name: &str, value: impl Into<f64>) -> AttributeProto {
    AttributeProto { f: Some(value.into() as f32), ..empty(name, AttributeType::Float) }
}

pub(crate) fn string(name: &str, value: &str) -> AttributeProto {
    AttributeProto { s: Some(value.to_owned().into()), ..empty(name, AttributeType::String) }
}

/// Without a value.
pub(crate) fn empty(name: &str, ty: AttributeType) -> AttributeProto {
    AttributeProto { name: Some(name.to_owned()), r#type: Some(ty.into()), ..AttributeProto::default() }
}
