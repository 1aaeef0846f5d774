//! Changes of the element type.

use edgeconv_graph::DType;
use edgeconv_graph::op::{Cast, Clip, Unary};

use super::super::node::Node;
use super::super::width::narrow;
use super::super::{ImportError, tensor};
use super::Entry;
use crate::proto::tensor_proto::DataType;

const FLOATS: &str = "all floats are of 32 bits; whole numbers up to 2^31";

pub(super) const OPERATORS: &[Entry] =
    &[Entry::new("Cast", cast).limits(FLOATS), Entry::new("CastLike", cast_like).since(15).limits(FLOATS)];

fn cast(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let to = tensor::data_type(node.int("to", 0) as i32).map_err(|reason| node.unsupported(reason))?;
    cast_to(node, to)
}

/// `CastLike`: to the element type of the second operand.
fn cast_like(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let like = node.input(1)?;
    let to = match node.ty(1)?.dtype {
        DType::F32 => DataType::Float,
        DType::I64 => node.width(like),
        DType::Bool => DataType::Bool,
    };
    cast_to(node, to)
}

/// Whole numbers that don't fit lose their highest bits.
fn cast_to(node: &mut Node<'_, '_>, to: DataType) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let from = node.ty(0)?.dtype;
    let dtype = tensor::dtype(to.into()).map_err(|reason| node.unsupported(reason))?;
    match (from, dtype) {
        (DType::F32, DType::F32) | (DType::Bool, DType::Bool) => node.result(x),
        (DType::I64, DType::I64) if fits(node.width(x), to) => {
            // Not the same value: its numbers are of another width.
            let same = node.step("same", Unary::Identity, &[x])?;
            node.whole_result(same, to)
        }
        (DType::I64, DType::I64) => {
            let wrapped = node.wrap(x, to)?;
            node.whole_result(wrapped, to)
        }
        // Of floats that don't fit, ONNX says nothing; its own implementation saturates for 4 bits, and wraps for more.
        (DType::F32, DType::I64) if matches!(to, DataType::Int4 | DataType::Uint4) => {
            let (min, max) = narrow(to).unwrap_or_default();
            let clipped = node.step("clipped", Clip { min: min as f32, max: max as f32 }, &[x])?;
            let whole = node.step("whole", Cast { to: DType::I64 }, &[clipped])?;
            node.whole_result(whole, to)
        }
        (DType::F32, DType::I64) if narrow(to).is_some() => {
            let whole = node.step("whole", Cast { to: DType::I64 }, &[x])?;
            let wrapped = node.wrap(whole, to)?;
            node.whole_result(wrapped, to)
        }
        (DType::F32 | DType::Bool, DType::I64) => {
            let whole = node.step("whole", Cast { to: DType::I64 }, &[x])?;
            node.whole_result(whole, to)
        }
        _ => match node.importer.quantized.get(&x) {
            Some(before) if dtype == DType::F32 => node.result(before.float),
            _ => node.finish(Cast { to: dtype }, &[x]),
        },
    }
}

/// Whether every number of one type is one of another type, as far as MNN's 32 bits go.
fn fits(from: DataType, to: DataType) -> bool {
    match (narrow(from), narrow(to)) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some((min, max)), Some((lowest, highest))) => lowest <= min && max <= highest,
    }
}
