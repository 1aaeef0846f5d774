use edgeconv_graph::ValueId;
use edgeconv_graph::op::{Binary, Concat, Gather};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;

pub(super) const OPERATORS: &[Entry] = &[Entry::new("RotaryEmbedding", rotary_embedding).since(23)];

/// Turns pairs of features by angles that depend on the position: `x₁ cos − x₂ sin`, `x₁ sin + x₂ cos`.
fn rotary_embedding(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let shape = node.dims(x);
    let heads = usize::try_from(node.int("num_heads", 0)).unwrap_or_default();
    // Heads behind positions: [N, L, heads, size].
    let tokens = match shape.as_slice() {
        [_, _, _, _] => node.transpose(x, [0, 2, 1, 3])?,
        &[n, length, hidden] if heads > 0 && hidden % heads == 0 => {
            node.reshape(x, [n, length, heads, hidden / heads])?
        }
        _ => return Err(node.unsupported(format!("{shape:?} can't be divided into {heads} heads"))),
    };
    let &[n, length, heads, size] = node.dims(tokens).as_slice() else { return Ok(()) };
    let turned = match usize::try_from(node.int("rotary_embedding_dim", 0)).unwrap_or_default() {
        0 => size,
        dim => dim,
    };
    if turned > size || turned % 2 != 0 {
        return Err(node.unsupported(format!("{turned} of {size} features can't be turned in pairs")));
    }
    let half = turned / 2;
    let (cos, sin) = (angles(node, 1, half)?, angles(node, 2, half)?);
    let rotated = node.slice(tokens, 3, 0, turned)?;
    let interleaved = node.int("interleaved", 0) != 0;
    // The two of a pair lie next to each other, or half of the features apart.
    let (lifted, axis) = if interleaved { ([n, length, heads, half, 2], 4) } else { ([n, length, heads, 2, half], 3) };
    let pairs = node.reshape(rotated, lifted)?;
    let plane = [n, length, heads, half];
    let first = node.slice(pairs, axis, 0, 1)?;
    let second = node.slice(pairs, axis, 1, 2)?;
    let (first, second) = (node.reshape(first, plane)?, node.reshape(second, plane)?);
    let mut combine = |op: Binary, a: ValueId, b: ValueId| -> Result<ValueId, ImportError> {
        let left = node.apply(Binary::Mul, &[first, a])?;
        let right = node.apply(Binary::Mul, &[second, b])?;
        let sum = node.apply(op, &[left, right])?;
        let mut shape = lifted;
        shape[axis] = 1;
        node.reshape(sum, shape)
    };
    let real = combine(Binary::Sub, cos, sin)?;
    let imaginary = combine(Binary::Add, sin, cos)?;
    let joined = node.apply(Concat { axis }, &[real, imaginary])?;
    let mut result = node.reshape(joined, [n, length, heads, turned])?;
    if turned < size {
        let rest = node.slice(tokens, 3, turned, size)?;
        result = node.apply(Concat { axis: 3 }, &[result, rest])?;
    }
    let result = if shape.len() == 4 { node.transpose(result, [0, 2, 1, 3])? } else { node.reshape(result, shape)? };
    node.result(result)
}

/// Cosines or sines `[N, L, 1, half]`; with positions in the fourth operand, those are picked from `[positions, half]`.
fn angles(node: &mut Node<'_, '_>, index: usize, half: usize) -> Result<ValueId, ImportError> {
    let mut table = node.input(index)?;
    if let Some(positions) = node.optional(3)? {
        table = node.apply(Gather { axis: 0 }, &[table, positions])?;
    }
    let &[n, length, width] = node.dims(table).as_slice() else {
        return Err(node.unsupported(format!("angles of shape {:?} don't fit", node.dims(table))));
    };
    if width < half {
        return Err(node.unsupported(format!("{width} angles are given, {half} are needed")));
    }
    let table = node.slice(table, 2, 0, half)?;
    node.reshape(table, [n, length, 1, half])
}
