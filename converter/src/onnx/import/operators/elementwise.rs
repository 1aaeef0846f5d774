use edgeconv_graph::Tensor;
use edgeconv_graph::op::{Binary, Cast, Clip, Unary, Where};

use super::super::node::Node;
use super::super::{ImportError, tensor};
use super::{Accuracy, Entry};

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("Relu", unary, "ReLU", Accuracy::Exact),
    Entry::new("Sigmoid", unary, "UnaryOp", Accuracy::Approximate),
    Entry::new("HardSwish", unary, "UnaryOp", Accuracy::Rounding),
    Entry::new("Sqrt", unary, "UnaryOp", Accuracy::Rounding),
    Entry::new("Abs", unary, "UnaryOp", Accuracy::Exact),
    Entry::new("Neg", unary, "UnaryOp", Accuracy::Exact),
    Entry::new("Exp", unary, "UnaryOp", Accuracy::Approximate),
    Entry::new("Log", unary, "UnaryOp", Accuracy::Approximate),
    Entry::new("Tanh", unary, "UnaryOp", Accuracy::Approximate),
    Entry::new("Erf", unary, "UnaryOp", Accuracy::Approximate),
    Entry::new("Floor", unary, "UnaryOp", Accuracy::Exact),
    Entry::new("Ceil", unary, "UnaryOp", Accuracy::Exact),
    Entry::new("Not", unary, "BinaryOp", Accuracy::Exact),
    Entry::new("Gelu", unary, "UnaryOp", Accuracy::Approximate).since(20).limits("approximate = none"),
    Entry::new("HardSigmoid", hard_sigmoid, "BinaryOp, ReLU6", Accuracy::Rounding),
    Entry::new("Clip", clip, "ReLU6", Accuracy::Exact),
    Entry::new("Pow", pow, "BinaryOp, UnaryOp", Accuracy::Rounding).limits("constant exponents 0.5, 1, 2 and 3"),
    Entry::new("Cast", cast, "Cast", Accuracy::Exact),
    Entry::new("Where", select, "Select", Accuracy::Exact),
    Entry::new("Add", binary, "BinaryOp", Accuracy::Rounding),
    Entry::new("Sub", binary, "BinaryOp", Accuracy::Rounding),
    Entry::new("Mul", binary, "BinaryOp", Accuracy::Rounding),
    Entry::new("Div", binary, "BinaryOp", Accuracy::Rounding),
    Entry::new("Mod", binary, "BinaryOp", Accuracy::Rounding),
    Entry::new("Equal", binary, "BinaryOp", Accuracy::Exact),
    Entry::new("Less", binary, "BinaryOp", Accuracy::Exact),
    Entry::new("LessOrEqual", binary, "BinaryOp", Accuracy::Exact),
    Entry::new("Greater", binary, "BinaryOp", Accuracy::Exact),
    Entry::new("GreaterOrEqual", binary, "BinaryOp", Accuracy::Exact),
    Entry::new("And", binary, "BinaryOp", Accuracy::Exact),
    Entry::new("Or", binary, "BinaryOp", Accuracy::Exact),
    Entry::new("Xor", binary, "BinaryOp", Accuracy::Exact),
    Entry::new("Min", variadic, "BinaryOp", Accuracy::Exact),
    Entry::new("Max", variadic, "BinaryOp", Accuracy::Exact),
];

fn unary(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
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
        "Floor" => Unary::Floor,
        "Ceil" => Unary::Ceil,
        "Not" => Unary::Not,
        "Gelu" if node.text("approximate", "none") == "none" => Unary::Gelu,
        _ => return Err(node.unsupported("only the exact form is supported, approximate = none")),
    };
    let x = node.input(0)?;
    node.finish(op, &[x])
}

/// `clamp(alpha · x + beta, 0, 1)`; with PyTorch's constants the graph has an operator for it.
fn hard_sigmoid(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
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
fn clip(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let min = node.number(1)?.unwrap_or_else(|| node.float("min", f32::MIN));
    let max = node.number(2)?.unwrap_or_else(|| node.float("max", f32::MAX));
    let x = node.input(0)?;
    node.finish(Clip { min, max }, &[x])
}

fn binary(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let op = match node.proto.op_type() {
        "Add" => Binary::Add,
        "Sub" => Binary::Sub,
        "Mul" => Binary::Mul,
        "Div" => Binary::Div,
        "Mod" if node.int("fmod", 0) != 0 => Binary::Fmod,
        "Mod" => Binary::Mod,
        "Equal" => Binary::Equal,
        "Less" => Binary::Less,
        "LessOrEqual" => Binary::LessOrEqual,
        "Greater" => Binary::Greater,
        "GreaterOrEqual" => Binary::GreaterOrEqual,
        "And" => Binary::And,
        "Or" => Binary::Or,
        _ => Binary::Xor,
    };
    let (a, b) = (node.input(0)?, node.input(1)?);
    node.finish(op, &[a, b])
}

/// `Min` and `Max` of any number of tensors.
fn variadic(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let op = if node.proto.op_type() == "Min" { Binary::Min } else { Binary::Max };
    let inputs = node.inputs()?;
    let Some((&first, others)) = inputs.split_first() else { return Err(node.unsupported("it has no operands")) };
    let mut result = first;
    for (index, &other) in others.iter().enumerate() {
        result = node.step(&index.to_string(), op, &[result, other])?;
    }
    node.result(result)
}

fn cast(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let to = tensor::dtype(node.int("to", 0) as i32).map_err(|reason| node.unsupported(reason))?;
    let x = node.input(0)?;
    if node.ty(0)?.dtype == to { node.result(x) } else { node.finish(Cast { to }, &[x]) }
}

fn select(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let inputs = node.inputs()?;
    node.finish(Where, &inputs)
}

/// `Pow` with exponents that are products or roots.
fn pow(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let exponent = node.number(1)?;
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
