use edgeconv_graph::op::{Binary, Gemm, MatMul, ReduceKind, Reshape};
use edgeconv_graph::{DType, ValueId};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;

pub(super) const OPERATORS: &[Entry] = &[Entry::new("Gemm", gemm), Entry::new("MatMul", mat_mul).since(1)];

/// Products of integers are computed one by one, which takes memory for all of them.
const MOST_PRODUCTS: usize = 1 << 24;

/// `alpha · A · B + beta · C`. Known factors go into known operands.
fn gemm(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (alpha, beta) = (node.float("alpha", 1.0), node.float("beta", 1.0));
    let turned = |node: &mut Node<'_, '_>, id: ValueId| {
        if node.dims(id).len() != 2 {
            return Err(node.unsupported(format!("{:?} is not a matrix", node.dims(id))));
        }
        node.transpose(id, [1, 0])
    };
    let (mut a, mut b) = (node.input(0)?, node.input(1)?);
    [a, b].into_iter().try_for_each(|operand| node.expect_rank(operand, 2))?;
    if node.int("transA", 0) != 0 {
        a = turned(node, a)?;
    }
    let c = if beta == 0.0 { None } else { node.optional(2)? };
    let c = c.map(|c| scaled(node, c, beta)).transpose()?;
    let b_is_turned = node.int("transB", 0) != 0;
    if node.importer.b.tensor(b).is_some() && node.dtype(b) == DType::F32 {
        if !b_is_turned {
            b = turned(node, b)?;
        }
        b = scaled(node, b, alpha)?;
        let outputs = node.dims(b)[0];
        let bias = c.map(|c| bias(node, c, outputs)).transpose()?.flatten();
        return match (bias, c) {
            (Some(bias), _) => node.finish(Gemm, &[a, b, bias]),
            (None, None) => node.finish(Gemm, &[a, b]),
            (None, Some(c)) => {
                let product = node.apply(Gemm, &[a, b])?;
                node.finish(Binary::Add, &[product, c])
            }
        };
    }
    if b_is_turned {
        b = turned(node, b)?;
    }
    let product = multiply(node, a, b)?;
    let product = scaled(node, product, alpha)?;
    match c {
        Some(c) => node.finish(Binary::Add, &[product, c]),
        None => node.result(product),
    }
}

/// A value times a known factor.
pub(super) fn scaled(node: &mut Node<'_, '_>, x: ValueId, factor: f32) -> Result<ValueId, ImportError> {
    match (node.dtype(x), factor) {
        (_, 1.0) => Ok(x),
        (DType::F32, _) => node.with_number(Binary::Mul, x, factor),
        _ if factor.fract() == 0.0 => node.with_number(Binary::Mul, x, factor),
        _ => Err(node.unsupported(format!("integers can't be multiplied by {factor}"))),
    }
}

/// A known summand that is the same for every row, as a vector.
fn bias(node: &mut Node<'_, '_>, c: ValueId, outputs: usize) -> Result<Option<ValueId>, ImportError> {
    let shape = node.dims(c);
    let same_for_rows = match shape.as_slice() {
        [] | [_] | [1, _] => node.importer.b.tensor(c).is_some() && [1, outputs].contains(shape.last().unwrap_or(&1)),
        _ => false,
    };
    if !same_for_rows {
        return Ok(None);
    }
    let row = node.reshape(c, [shape.iter().product::<usize>()])?;
    node.expand(row, &[outputs]).map(Some)
}

fn mat_mul(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (a, b) = (node.input(0)?, node.input(1)?);
    if node.dtype(a) == DType::F32 && node.dims(a).len().min(node.dims(b).len()) > 1 {
        return node.finish(MatMul, &[a, b]);
    }
    let result = multiply(node, a, b)?;
    node.result(result)
}

/// A matrix product as `MatMul` defines it: vectors are rows on the left and columns on the right.
pub(super) fn multiply(node: &mut Node<'_, '_>, a: ValueId, b: ValueId) -> Result<ValueId, ImportError> {
    let (a_shape, b_shape) = (node.dims(a), node.dims(b));
    if a_shape.is_empty() || b_shape.is_empty() {
        return Err(node.unsupported("scalars are not matrices"));
    }
    let left = if a_shape.len() == 1 { node.reshape(a, [1, a_shape[0]])? } else { a };
    let right = if b_shape.len() == 1 { node.reshape(b, [b_shape[0], 1])? } else { b };
    let product = match node.dtype(a) {
        DType::F32 => node.apply(MatMul, &[left, right])?,
        _ => multiply_integers(node, left, right)?,
    };
    let mut shape = node.dims(product);
    if a_shape.len() == 1 {
        shape.remove(shape.len() - 2);
    }
    if b_shape.len() == 1 {
        shape.pop();
    }
    if shape == node.dims(product) { Ok(product) } else { node.apply(Reshape { shape }, &[product]) }
}

/// `[…, M, K, 1]` times `[…, 1, K, N]`, summed over K: MNN multiplies matrices of floats only, which would round.
fn multiply_integers(node: &mut Node<'_, '_>, a: ValueId, b: ValueId) -> Result<ValueId, ImportError> {
    let (mut a_shape, mut b_shape) = (node.dims(a), node.dims(b));
    let (inner, columns) = (a_shape[a_shape.len() - 1], b_shape[b_shape.len() - 1]);
    if inner != b_shape[b_shape.len() - 2] || inner == 0 {
        return Err(node.unsupported(format!("{a_shape:?} can't be multiplied by {b_shape:?}")));
    }
    let batch = |shape: &[usize]| shape[..shape.len() - 2].iter().product::<usize>();
    let products = batch(&a_shape).max(batch(&b_shape)) * a_shape[a_shape.len() - 2] * inner * columns;
    if products > MOST_PRODUCTS {
        let reason = format!("{products} products of integers are too many, at most {MOST_PRODUCTS} are: use floats");
        return Err(node.unsupported(reason));
    }
    a_shape.push(1);
    b_shape.insert(b_shape.len() - 2, 1);
    let (left, right) = (node.reshape(a, a_shape)?, node.reshape(b, b_shape)?);
    let products = node.apply(Binary::Mul, &[left, right])?;
    let mut shape = node.dims(products);
    let axis = shape.len() - 2;
    let sums = node.reduce(ReduceKind::Sum, products, &[axis])?;
    shape.remove(axis);
    node.reshape(sums, shape)
}
