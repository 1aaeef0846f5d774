//! Changes of the element type.

use edgeconv_graph::op::Cast;
use edgeconv_graph::{DType, Tensor, TensorType};

use super::super::node::Node;
use super::super::{ImportError, tensor};
use super::Entry;
use crate::element_type;

const FLOATS: &str = "all floats are of 32 bits; integers up to 2^31";

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("Cast", cast).limits(FLOATS),
    Entry::new("CastLike", cast_like).since(15).limits(FLOATS),
    Entry::new("BitCast", bit_cast)
        .since(26)
        .limits("operand known at conversion time, or an integer that becomes one"),
];

fn cast(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let to = tensor::dtype(node.int("to", 0) as i32).map_err(|reason| node.unsupported(reason))?;
    cast_to(node, to)
}

/// `CastLike`: to the element type of the second operand.
fn cast_like(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let to = node.ty(1)?.dtype;
    cast_to(node, to)
}

fn cast_to(node: &mut Node<'_, '_>, to: DType) -> Result<(), ImportError> {
    let x = node.input(0)?;
    node.expect_computable(0)?;
    if node.dtype(x) == to { node.result(x) } else { node.finish(Cast { to }, &[x]) }
}

/// `BitCast`: the same bits as another element type of that width.
fn bit_cast(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let failed = |reason| node.unsupported(reason);
    let number = node.int("to", 0) as i32;
    let (stored, to) = (element_type::dtype(number).map_err(failed)?, tensor::dtype(number).map_err(failed)?);
    let ty = node.ty(0)?;
    if ty.dtype.bits() != stored.bits() {
        let reason =
            format!("{ty} does not have the width of {stored}; floats of 16 and 64 bits are computed in 32 bits");
        return Err(node.unsupported(reason));
    }
    let has_bits = |dtype: DType| dtype.is_integer() || dtype == DType::Bool;
    let Some(known) = node.constant(0) else {
        // Integers keep their bits when they wrap around.
        return if has_bits(ty.dtype) && to.is_integer() { cast_to(node, to) } else { Err(node.unknown_operand(0)) };
    };
    let bits = Tensor::from_bytes(TensorType::new(stored, ty.shape), known.bytes().clone());
    let bits = bits.ok().and_then(|bits| bits.cast(to));
    let bits = bits.ok_or_else(|| node.unsupported(format!("its bits are not those of {stored}")))?;
    node.finish_constant(bits)
}
