use edgeconv_graph::op::{Binary, Gemm, MatMul, Transpose};

use super::super::ImportError;
use super::super::node::Node;
use super::{Accuracy, Entry};

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("Gemm", gemm, "Convolution, MatMul", Accuracy::Rounding).limits("alpha = beta = 1"),
    Entry::new("MatMul", mat_mul, "Convolution, MatMul", Accuracy::Rounding),
];

/// `Gemm` without factors: what linear layers export.
fn gemm(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    if node.float("alpha", 1.0) != 1.0 || node.float("beta", 1.0) != 1.0 {
        return Err(node.unsupported("alpha and beta have to be 1"));
    }
    let turned = Transpose { perm: vec![1, 0] };
    let (mut a, mut b) = (node.input(0)?, node.input(1)?);
    if node.int("transA", 0) != 0 {
        a = node.step("a", turned.clone(), &[a])?;
    }
    if node.int("transB", 0) == 0 {
        b = node.step("b", turned, &[b])?;
    }
    if !node.has(2) {
        return node.finish(Gemm, &[a, b]);
    }
    let c = node.input(2)?;
    if Some(node.importer.b.shape(c)) == node.importer.b.shape(b).get(..1) {
        return node.finish(Gemm, &[a, b, c]);
    }
    let product = node.step("product", Gemm, &[a, b])?;
    node.finish(Binary::Add, &[product, c])
}

fn mat_mul(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (a, b) = (node.input(0)?, node.input(1)?);
    node.finish(MatMul, &[a, b])
}
