use edgeconv_graph::Tensor;
use edgeconv_graph::op::{Binary, Clip, Unary};

use super::super::ImportError;
use super::super::node::Node;

pub(super) fn unary(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let op = match node.proto.op_type() {
        "Relu" => Unary::Relu,
        "Sigmoid" => Unary::Sigmoid,
        "HardSwish" => Unary::HardSwish,
        "Sqrt" => Unary::Sqrt,
        "Abs" => Unary::Abs,
        "Neg" => Unary::Neg,
        "Exp" => Unary::Exp,
        "Log" => Unary::Log,
        "Tanh" => Unary::Tanh,
        "Erf" => Unary::Erf,
        "Gelu" if node.text("approximate", "none") == "none" => Unary::Gelu,
        _ => return Err(node.unsupported("only the exact form is supported, approximate = none")),
    };
    let x = node.input(0)?;
    node.finish(op, &[x])
}

/// `clamp(alpha · x + beta, 0, 1)`; with PyTorch's constants the graph has an operator for it.
pub(super) fn hard_sigmoid(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (alpha, beta) = (node.float("alpha", 0.2), node.float("beta", 0.5));
    let x = node.input(0)?;
    if (alpha - 1.0 / 6.0).abs() < 1e-6 && beta == 0.5 {
        return node.finish(Unary::HardSigmoid, &[x]);
    }
    let (alpha, beta) = (
        node.add_constant("alpha", Tensor::vector(vec![alpha]))?,
        node.add_constant("beta", Tensor::vector(vec![beta]))?,
    );
    let scaled = node.step("scaled", Binary::Mul, &[x, alpha])?;
    let shifted = node.step("shifted", Binary::Add, &[scaled, beta])?;
    node.finish(Clip { min: 0.0, max: 1.0 }, &[shifted])
}

/// `Clip`: bounds are attributes before opset 11.
pub(super) fn clip(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let min = node.number(1)?.unwrap_or_else(|| node.float("min", f32::MIN));
    let max = node.number(2)?.unwrap_or_else(|| node.float("max", f32::MAX));
    let x = node.input(0)?;
    node.finish(Clip { min, max }, &[x])
}

pub(super) fn binary(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    if node.importer.opset < 7 {
        return Err(node.unsupported("broadcasting before opset 7 is another one"));
    }
    let op = match node.proto.op_type() {
        "Add" => Binary::Add,
        "Sub" => Binary::Sub,
        "Mul" => Binary::Mul,
        _ => Binary::Div,
    };
    let (a, b) = (node.input(0)?, node.input(1)?);
    node.finish(op, &[a, b])
}

/// `Pow` with exponents that are products or roots.
pub(super) fn pow(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let exponent = match node.constant(1).map(|exponent| (exponent.as_f32(), exponent.as_i64())) {
        Some((Some(&[exponent]), _)) => Some(exponent),
        Some((_, Some(&[exponent]))) => Some(exponent as f32),
        _ => None,
    };
    let x = node.input(0)?;
    match exponent {
        Some(1.0) => node.finish(Unary::Identity, &[x]),
        Some(2.0) => node.finish(Binary::Mul, &[x, x]),
        Some(3.0) => {
            let square = node.step("square", Binary::Mul, &[x, x])?;
            node.finish(Binary::Mul, &[square, x])
        }
        Some(0.5) => node.finish(Unary::Sqrt, &[x]),
        _ => Err(node.unsupported("only the constant exponents 0.5, 1, 2 and 3 are supported")),
    }
}
