//! Tensors of an ONNX file. Whole numbers of every width become 64-bit integers, floats of every width 32-bit floats.

use edgeconv_graph::{DType, Tensor};

use crate::proto::TensorProto;
use crate::proto::tensor_proto::{DataLocation, DataType};

/// Reads a tensor; the error says what is wrong.
pub(super) fn read(proto: &TensorProto) -> Result<Tensor, String> {
    if proto.data_location == Some(DataLocation::External.into()) {
        return Err("its elements are in another file".into());
    }
    let shape = proto.dims.iter().map(|&dim| usize::try_from(dim)).collect::<Result<Vec<_>, _>>();
    let shape = shape.map_err(|_| format!("its shape {:?} has a negative dimension", proto.dims))?;
    let data_type = data_type(proto.data_type.unwrap_or_default())?;
    let raw = proto.raw_data.as_deref();
    if let (Some(raw), Some(bits)) = (raw, bits(data_type)) {
        let count = shape.iter().fold(1_usize, |count, &length| count.saturating_mul(length));
        let expected = count.saturating_mul(bits).div_ceil(8);
        if raw.len() != expected {
            let name = data_type.as_str_name();
            return Err(format!("{name} {shape:?} takes {expected} bytes, found {} bytes of raw_data", raw.len()));
        }
    }
    let tensor = match data_type {
        DataType::Float => floats(shape, raw.map(|raw| elements(raw, f32::from_le_bytes)), || proto.float_data.clone()),
        DataType::Double => {
            floats(shape, raw.map(|raw| elements(raw, |bytes| f64::from_le_bytes(bytes) as f32)), || {
                proto.double_data.iter().map(|&x| x as f32).collect()
            })
        }
        DataType::Float16 => {
            floats(shape, raw.map(|raw| elements(raw, |b| half::f16::from_le_bytes(b).to_f32())), || {
                proto.int32_data.iter().map(|&bits| half::f16::from_bits(bits as u16).to_f32()).collect()
            })
        }
        DataType::Bfloat16 => {
            floats(shape, raw.map(|raw| elements(raw, |b| half::bf16::from_le_bytes(b).to_f32())), || {
                proto.int32_data.iter().map(|&bits| half::bf16::from_bits(bits as u16).to_f32()).collect()
            })
        }
        DataType::Int64 => ints(shape, raw.map(|raw| elements(raw, i64::from_le_bytes)), || proto.int64_data.clone()),
        DataType::Int32 => ints(shape, raw.map(|raw| elements(raw, |b| i32::from_le_bytes(b).into())), || wide(proto)),
        DataType::Int8 => ints(shape, raw.map(|raw| elements(raw, |b| i8::from_le_bytes(b).into())), || wide(proto)),
        DataType::Int16 => ints(shape, raw.map(|raw| elements(raw, |b| i16::from_le_bytes(b).into())), || wide(proto)),
        DataType::Uint16 => ints(shape, raw.map(|raw| elements(raw, |b| u16::from_le_bytes(b).into())), || wide(proto)),
        DataType::Uint8 => ints(shape, raw.map(|raw| raw.iter().map(|&byte| byte.into()).collect()), || wide(proto)),
        DataType::Uint4 => halves(shape, proto, |bits| bits.into()),
        DataType::Int4 => halves(shape, proto, |bits| i64::from(bits ^ 8) - 8),
        DataType::Uint32 => ints(shape, raw.map(|raw| elements(raw, |b| u32::from_le_bytes(b).into())), || {
            proto.uint64_data.iter().map(|&x| x as i64).collect()
        }),
        // Values from 2⁶³ on would be read as negative ones.
        DataType::Uint64 => {
            let unsigned = raw.map_or_else(|| proto.uint64_data.clone(), |raw| elements(raw, u64::from_le_bytes));
            let signed: Result<Vec<i64>, _> = unsigned.into_iter().map(i64::try_from).collect();
            Tensor::i64(shape, signed.map_err(|_| "it has numbers from 2^63 on".to_owned())?)
        }
        DataType::Bool => {
            let bytes = raw.map_or_else(|| wide(proto), |raw| raw.iter().map(|&byte| byte.into()).collect());
            Tensor::bool(shape, bytes.into_iter().map(|byte| byte != 0).collect())
        }
        other => return Err(format!("elements of type {} are not supported", other.as_str_name())),
    };
    tensor.map_err(|error| error.to_string())
}

/// The graph's type for an ONNX element type.
pub(super) fn dtype(elem_type: i32) -> Result<DType, String> {
    match data_type(elem_type)? {
        DataType::Float | DataType::Double | DataType::Float16 | DataType::Bfloat16 => Ok(DType::F32),
        DataType::Int64
        | DataType::Int32
        | DataType::Int16
        | DataType::Int8
        | DataType::Uint64
        | DataType::Uint32
        | DataType::Uint16
        | DataType::Uint8
        | DataType::Uint4
        | DataType::Int4 => Ok(DType::I64),
        DataType::Bool => Ok(DType::Bool),
        other => Err(format!("elements of type {} are not supported", other.as_str_name())),
    }
}

/// An element type that this program knows.
pub(super) fn data_type(elem_type: i32) -> Result<DataType, String> {
    DataType::try_from(elem_type).map_err(|_| format!("element type {elem_type} is unknown"))
}

/// Bits of an element in `raw_data`; `None` for types that are not read.
fn bits(data_type: DataType) -> Option<usize> {
    match data_type {
        DataType::Uint4 | DataType::Int4 => Some(4),
        DataType::Bool | DataType::Uint8 | DataType::Int8 => Some(8),
        DataType::Float16 | DataType::Bfloat16 | DataType::Uint16 | DataType::Int16 => Some(16),
        DataType::Float | DataType::Uint32 | DataType::Int32 => Some(32),
        DataType::Double | DataType::Uint64 | DataType::Int64 => Some(64),
        _ => None,
    }
}

type Read = Result<Tensor, edgeconv_graph::ElementCountError>;

fn floats(shape: Vec<usize>, raw: Option<Vec<f32>>, listed: impl FnOnce() -> Vec<f32>) -> Read {
    Tensor::f32(shape, raw.unwrap_or_else(listed))
}

fn ints(shape: Vec<usize>, raw: Option<Vec<i64>>, listed: impl FnOnce() -> Vec<i64>) -> Read {
    Tensor::i64(shape, raw.unwrap_or_else(listed))
}

/// Numbers of 4 bits, two in a byte, the lower half first; of an odd number of them, the last half is padding.
fn halves(shape: Vec<usize>, proto: &TensorProto, number: impl Fn(u8) -> i64) -> Read {
    let listed = || proto.int32_data.iter().map(|&byte| byte as u8).collect();
    let bytes = proto.raw_data.as_deref().map_or_else(listed, <[u8]>::to_vec);
    let mut numbers: Vec<_> = bytes.iter().flat_map(|byte| [byte & 15, byte >> 4]).map(number).collect();
    // Their product is odd; that of what a file claims may be too large to be counted.
    if shape.iter().all(|length| length % 2 == 1) {
        numbers.pop();
    }
    Tensor::i64(shape, numbers)
}

/// What is stored in 32 bits, whatever its type.
fn wide(proto: &TensorProto) -> Vec<i64> {
    proto.int32_data.iter().map(|&x| x.into()).collect()
}

/// Little-endian elements of `N` bytes; their number was checked before.
fn elements<const N: usize, T>(raw: &[u8], read: impl Fn([u8; N]) -> T) -> Vec<T> {
    raw.as_chunks::<N>().0.iter().map(|&chunk| read(chunk)).collect()
}
