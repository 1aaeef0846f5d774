//! Products of matrices.

use super::{Added, Call, Entry, entry};
use crate::attributes::{float, int, ints, string};

pub(super) const ENTRIES: &[Entry] = &[
    entry("linear(Tensor input, Tensor weight, Tensor? bias=None)", |c| {
        let (x, weight, bias) = (c.tensor("input")?, c.tensor("weight")?, c.optional("bias")?);
        if c.rank("input")? == 2 {
            let operands: Vec<_> =
                [Some(&x), Some(&weight), bias.as_ref()].into_iter().flatten().map(String::as_str).collect();
            return c.last("Gemm", &operands, vec![int("transB", 1)]);
        }
        let turned = c.step("Transpose", &[&weight], vec![ints("perm", &[1, 0])]);
        match bias {
            None => c.last("MatMul", &[&x, &turned], vec![]),
            Some(bias) => {
                let product = c.step("MatMul", &[&x, &turned], vec![]);
                c.last("Add", &[&product, &bias], vec![])
            }
        }
    }),
    entry("matmul(Tensor self, Tensor other)", product),
    entry("mm(Tensor self, Tensor mat2)", product),
    entry("bmm(Tensor self, Tensor mat2)", product),
    entry("mv(Tensor self, Tensor vec)", product),
    entry("addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1)", |c| {
        let (sum, a, b) = (c.tensor("self")?, c.tensor("mat1")?, c.tensor("mat2")?);
        let attributes = vec![float("alpha", c.float("alpha")?), float("beta", c.float("beta")?)];
        c.last("Gemm", &[&a, &b, &sum], attributes)
    }),
    entry("baddbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1)", |c| {
        let (mut sum, a, b) = (c.tensor("self")?, c.tensor("batch1")?, c.tensor("batch2")?);
        let (beta, alpha) = (c.float("beta")?, c.float("alpha")?);
        let mut product = c.step("MatMul", &[&a, &b], vec![]);
        if alpha != 1.0 {
            let alpha = c.scalar(alpha, c.result_dtype()?);
            product = c.step("Mul", &[&product, &alpha], vec![]);
        }
        if beta != 1.0 {
            let beta = c.scalar(beta, c.result_dtype()?);
            sum = c.step("Mul", &[&sum, &beta], vec![]);
        }
        c.last("Add", &[&sum, &product], vec![])
    }),
    entry("einsum(str equation, Tensor[] tensors, *, int[]? path=None)", |c| {
        let equation = c.text("equation").ok_or("it has no equation")?;
        let tensors: Vec<_> = c.tensors("tensors")?.into_iter().flatten().collect();
        let tensors: Vec<_> = tensors.iter().map(String::as_str).collect();
        c.last("Einsum", &tensors, vec![string("equation", &equation.replace(' ', ""))])
    }),
];

fn product(c: &mut Call<'_, '_>) -> Added {
    let second = ["other", "mat2", "vec"].into_iter().find(|name| c.source(name).is_ok()).unwrap_or("other");
    let (a, b) = (c.tensor("self")?, c.tensor(second)?);
    c.last("MatMul", &[&a, &b], vec![])
}
