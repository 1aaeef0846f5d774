//! Changes of the element type.

use edgeconv_graph::DType;
use edgeconv_graph::op::Cast;

use super::super::node::Node;
use super::super::{ImportError, tensor};
use super::Entry;

const FLOATS: &str = "all floats are of 32 bits; integers up to 2^31";

pub(super) const OPERATORS: &[Entry] =
    &[Entry::new("Cast", cast).limits(FLOATS), Entry::new("CastLike", cast_like).since(15).limits(FLOATS)];

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
    if node.dtype(x) == to { node.result(x) } else { node.finish(Cast { to }, &[x]) }
}
