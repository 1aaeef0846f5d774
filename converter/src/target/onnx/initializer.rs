//! Tensors and tensor types as ONNX messages.

use std::sync::Arc;

use bytes::Bytes;
use edgeconv_graph::{DType, Tensor, TensorData, TensorType};

use crate::proto::tensor_proto::DataType;
use crate::proto::tensor_shape_proto::{Dimension, dimension};
use crate::proto::{TensorProto, TensorShapeProto, TypeProto, ValueInfoProto, type_proto};

// `raw_data` is little endian; this makes the elements in memory and those in the file the same bytes.
const _: () = assert!(cfg!(target_endian = "little"), "edgeconv needs a little endian machine");

/// An initialiser that shares its elements with `tensor`.
pub(super) fn initializer(name: &str, tensor: &Tensor) -> TensorProto {
    let raw_data = match tensor.data() {
        TensorData::F32(data) => Bytes::from_owner(Elements(Arc::clone(data))),
        TensorData::I64(data) => Bytes::from_owner(Elements(Arc::clone(data))),
        TensorData::Bool(data) => Bytes::from_owner(Elements(Arc::clone(data))),
    };
    TensorProto {
        name: Some(name.to_owned()),
        dims: dims(tensor.shape()),
        data_type: Some(data_type(tensor.ty().dtype)),
        raw_data: Some(raw_data),
        ..TensorProto::default()
    }
}

/// Name and type of a value.
pub(crate) fn value_info(name: &str, ty: &TensorType) -> ValueInfoProto {
    let dim = |&length: &i64| Dimension { value: Some(dimension::Value::DimValue(length)), denotation: None };
    let shape = TensorShapeProto { dim: dims(&ty.shape).iter().map(dim).collect() };
    let tensor = type_proto::Tensor { elem_type: Some(data_type(ty.dtype)), shape: Some(shape) };
    let ty = TypeProto { value: Some(type_proto::Value::TensorType(tensor)), denotation: None };
    ValueInfoProto { name: Some(name.to_owned()), r#type: Some(ty), ..ValueInfoProto::default() }
}

/// Lengths as ONNX writes them.
pub(super) fn dims(shape: &[usize]) -> Vec<i64> {
    shape.iter().map(|&length| length as i64).collect()
}

pub(super) fn data_type(dtype: DType) -> i32 {
    let data_type = match dtype {
        DType::F32 => DataType::Float,
        DType::I64 => DataType::Int64,
        DType::Bool => DataType::Bool,
    };
    data_type.into()
}

/// Shared elements, seen as bytes.
struct Elements<T>(Arc<Vec<T>>);

impl<T: bytemuck::NoUninit> AsRef<[u8]> for Elements<T> {
    fn as_ref(&self) -> &[u8] {
        bytemuck::cast_slice(self.0.as_slice())
    }
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
