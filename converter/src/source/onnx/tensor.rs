//! Tensors of an ONNX file.

use edgeconv_graph::{DType, Tensor, TensorError, TensorType};
use half::{bf16, f16};

use crate::element_type;
use crate::proto::TensorProto;
use crate::proto::tensor_proto::DataLocation;

/// Reads a tensor, floats as [`dtype`] says; the error says what is wrong.
pub(super) fn read(proto: &TensorProto) -> Result<Tensor, String> {
    if proto.data_location == Some(DataLocation::External.into()) {
        return Err("its elements are in another file".into());
    }
    let ty = ty(proto)?;
    let stored = match &proto.raw_data {
        Some(raw) => Tensor::from_bytes(ty, raw.clone()).map_err(|error| format!("{error} bytes of raw_data"))?,
        None => listed(proto, ty).map_err(|error| error.to_string())?,
    };
    stored.cast(dtype(proto.data_type.unwrap_or_default())?).ok_or_else(|| "its elements can't be read".into())
}

/// The type of what is stored.
fn ty(proto: &TensorProto) -> Result<TensorType, String> {
    let shape = proto.dims.iter().map(|&dim| usize::try_from(dim)).collect::<Result<Vec<_>, _>>();
    let shape = shape.map_err(|_| format!("its shape {:?} has a negative dimension", proto.dims))?;
    Ok(TensorType::new(element_type::dtype(proto.data_type.unwrap_or_default())?, shape))
}

/// How many bytes its elements take where they are stored; `None` if its type makes no sense.
pub(super) fn bytes(proto: &TensorProto) -> Option<u64> {
    Some(ty(proto).ok()?.bytes() as u64)
}

/// The graph's type for an ONNX element type: floats of 16 and 64 bits are computed in 32 bits.
pub(super) fn dtype(elem_type: i32) -> Result<DType, String> {
    Ok(match element_type::dtype(elem_type)? {
        DType::F16 | DType::BF16 | DType::F64 => DType::F32,
        other => other,
    })
}

/// The tensor whose elements are in the lists of the message.
fn listed(proto: &TensorProto, ty: TensorType) -> Result<Tensor, TensorError> {
    let TensorType { dtype, shape } = ty;
    let small = &proto.int32_data;
    match dtype {
        DType::F32 => Tensor::new(shape, proto.float_data.clone()),
        DType::F64 => Tensor::new(shape, proto.double_data.clone()),
        DType::F16 => Tensor::new(shape, small.iter().map(|&bits| f16::from_bits(bits as u16)).collect()),
        DType::BF16 => Tensor::new(shape, small.iter().map(|&bits| bf16::from_bits(bits as u16)).collect()),
        DType::I64 => Tensor::new(shape, proto.int64_data.clone()),
        DType::U64 | DType::U32 => Tensor::from_integers(dtype, shape, proto.uint64_data.iter().map(|&x| x.into())),
        DType::I32 | DType::I16 | DType::I8 | DType::U16 | DType::U8 => {
            Tensor::from_integers(dtype, shape, small.iter().map(|&x| x.into()))
        }
        DType::Bool => Tensor::new(shape, small.iter().map(|&x| x != 0).collect()),
        // Bytes, packed ones too.
        _ => Tensor::from_bytes(TensorType { dtype, shape }, small.iter().map(|&byte| byte as u8).collect::<Vec<_>>()),
    }
}
