//! Tensors and tensor types as ONNX messages.

use edgeconv_graph::{Tensor, TensorType};

use crate::element_type;
use crate::proto::tensor_shape_proto::{Dimension, dimension};
use crate::proto::{TensorProto, TensorShapeProto, TypeProto, ValueInfoProto, type_proto};

/// An initialiser that shares its elements with `tensor`.
pub(super) fn initializer(name: &str, tensor: &Tensor) -> TensorProto {
    TensorProto {
        name: Some(name.to_owned()),
        dims: dims(tensor.shape()),
        data_type: Some(element_type::number(tensor.dtype())),
        raw_data: Some(tensor.bytes().clone()),
        ..TensorProto::default()
    }
}

/// Name and type of a value.
pub(crate) fn value_info(name: &str, ty: &TensorType) -> ValueInfoProto {
    let dim = |&length: &i64| Dimension { value: Some(dimension::Value::DimValue(length)), denotation: None };
    let shape = TensorShapeProto { dim: dims(&ty.shape).iter().map(dim).collect() };
    let tensor = type_proto::Tensor { elem_type: Some(element_type::number(ty.dtype)), shape: Some(shape) };
    let ty = TypeProto { value: Some(type_proto::Value::TensorType(tensor)), denotation: None };
    ValueInfoProto { name: Some(name.to_owned()), r#type: Some(ty), ..ValueInfoProto::default() }
}

/// Lengths as ONNX writes them.
pub(super) fn dims(shape: &[usize]) -> Vec<i64> {
    shape.iter().map(|&length| length as i64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_initializer_shares_the_elements() {
        let tensor = Tensor::vector(vec![1.0, -2.0]);
        let proto = initializer("x", &tensor);
        let raw = proto.raw_data.unwrap();
        assert_eq!(raw.as_ptr().cast(), tensor.as_f32().unwrap().as_ptr());
        assert_eq!(raw[..], [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]);
    }
}
