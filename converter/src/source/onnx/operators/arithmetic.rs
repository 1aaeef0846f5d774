//! Functions of each element, and of pairs of elements.

use edgeconv_graph::op::{Binary, Cast, Clip, Unary, Where};
use edgeconv_graph::{DType, Tensor};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;

/// MNN has integers of 32 bits, and multiplies them as floats on x86.
const INTEGERS: &str = "integers up to 2^31, products up to 2^24";

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("Sqrt", unary),
    Entry::new("Abs", unary),
    Entry::new("Neg", unary),
    Entry::new("Exp", unary).limits("between exp(-87) and exp(87)"),
    Entry::new("Log", unary),
    Entry::new("Erf", unary),
    Entry::new("Floor", unary),
    Entry::new("Ceil", unary),
    Entry::new("Round", unary),
    Entry::new("Sign", unary),
    Entry::new("Reciprocal", unary),
    Entry::new("Sin", unary),
    Entry::new("Cos", unary),
    Entry::new("Tan", unary),
    Entry::new("Asin", unary),
    Entry::new("Acos", unary),
    Entry::new("Atan", unary),
    Entry::new("Sinh", unary),
    Entry::new("Cosh", unary),
    Entry::new("Asinh", unary),
    Entry::new("Acosh", unary),
    Entry::new("Atanh", unary),
    Entry::new("Clip", clip),
    Entry::new("Pow", pow).limits(INTEGERS),
    Entry::new("Add", binary).limits(INTEGERS),
    Entry::new("Sub", binary).limits(INTEGERS),
    Entry::new("Mul", binary).limits(INTEGERS),
    Entry::new("Div", binary).limits(INTEGERS),
    Entry::new("Mod", modulo).limits(INTEGERS),
    Entry::new("BitShift", shift).since(11).limits(INTEGERS),
    Entry::new("BitwiseAnd", binary).since(18).limits(INTEGERS),
    Entry::new("BitwiseOr", binary).since(18).limits(INTEGERS),
    Entry::new("BitwiseXor", binary).since(18).limits(INTEGERS),
    Entry::new("BitwiseNot", complement).since(18).limits("not uint32 and uint64"),
    Entry::new("Min", variadic),
    Entry::new("Max", variadic),
    Entry::new("Sum", variadic),
    Entry::new("Mean", variadic),
];

fn unary(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let op = match node.proto.op_type() {
        "Sqrt" => Unary::Sqrt,
        "Abs" => Unary::Abs,
        "Neg" => Unary::Neg,
        "Exp" => Unary::Exp,
        "Log" => Unary::Log,
        "Erf" => Unary::Erf,
        "Floor" => Unary::Floor,
        "Ceil" => Unary::Ceil,
        "Round" => Unary::Round,
        "Sign" => Unary::Sign,
        "Reciprocal" => Unary::Reciprocal,
        "Sin" => Unary::Sin,
        "Cos" => Unary::Cos,
        "Tan" => Unary::Tan,
        "Asin" => Unary::Asin,
        "Acos" => Unary::Acos,
        "Atan" => Unary::Atan,
        "Sinh" => Unary::Sinh,
        "Cosh" => Unary::Cosh,
        "Asinh" => Unary::Asinh,
        "Acosh" => Unary::Acosh,
        _ => Unary::Atanh,
    };
    let x = node.input(0)?;
    node.finish(op, &[x])
}

/// `Clip`: bounds are attributes before opset 11. Of a lower bound above the upper one, nothing is left.
fn clip(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let floats = node.ty(0)?.dtype == DType::F32;
    let at_run_time = |index: usize| node.has(index) && node.constant(index).is_none();
    if floats && !at_run_time(1) && !at_run_time(2) {
        let max = node.number(2)?.unwrap_or_else(|| node.float("max", f32::INFINITY));
        let min = node.number(1)?.unwrap_or_else(|| node.float("min", f32::NEG_INFINITY)).min(max);
        return match (min, max) {
            (f32::NEG_INFINITY, f32::INFINITY) => node.result(x),
            (0.0, f32::INFINITY) => node.finish(Unary::Relu, &[x]),
            _ => node.finish(Clip { min, max }, &[x]),
        };
    }
    match (node.has(1), node.has(2)) {
        (true, true) => {
            let (min, max) = (node.input(1)?, node.input(2)?);
            let above = node.step("above", Binary::Max, &[x, min])?;
            node.finish(Binary::Min, &[above, max])
        }
        (true, false) => {
            let min = node.input(1)?;
            node.finish(Binary::Max, &[x, min])
        }
        (false, true) => {
            let max = node.input(2)?;
            node.finish(Binary::Min, &[x, max])
        }
        (false, false) => node.result(x),
    }
}

fn binary(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let op = match node.proto.op_type() {
        "Add" => Binary::Add,
        "Sub" => Binary::Sub,
        "Mul" => Binary::Mul,
        "Div" => Binary::Div,
        "BitwiseAnd" => Binary::BitwiseAnd,
        "BitwiseOr" => Binary::BitwiseOr,
        _ => Binary::BitwiseXor,
    };
    let (a, b) = (node.input(0)?, node.input(1)?);
    node.finish(op, &[a, b])
}

/// `Mod`; with `fmod`, the result has the sign of the first operand, else that of the second, which floats may have from opset 28 on.
fn modulo(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (a, b) = (node.input(0)?, node.input(1)?);
    if node.int("fmod", 0) != 0 {
        return node.finish(Binary::Fmod, &[a, b]);
    }
    let is_finite = |known: &Tensor| known.numbers().all(f64::is_finite);
    if node.dtype(a) != DType::F32 || node.constant(1).is_some_and(is_finite) {
        return node.finish(Binary::Mod, &[a, b]);
    }
    // Of an infinite divisor, a finite dividend of its sign is left, or else the divisor itself.
    let rest = node.apply(Binary::Mod, &[a, b])?;
    let sign = node.apply(Unary::Sign, &[b])?;
    let signed = node.apply(Binary::Mul, &[a, sign])?;
    let same_sign = node.with_number(Binary::GreaterOrEqual, signed, 0.0)?;
    let left = node.apply(Where, &[same_sign, a, b])?;
    let [infinite, finite] = [(b, Binary::Equal), (a, Binary::Less)].map(|(x, op)| {
        let size = node.apply(Unary::Abs, &[x])?;
        node.with_number(op, size, f32::INFINITY)
    });
    let is_left = node.apply(Binary::And, &[infinite?, finite?])?;
    node.finish(Where, &[is_left, left, rest])
}

fn shift(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let op = match node.text("direction", "").as_str() {
        "LEFT" => Binary::ShiftLeft,
        "RIGHT" => Binary::ShiftRight,
        other => return Err(node.unsupported(format!("direction `{other}` is none of LEFT and RIGHT"))),
    };
    let (a, b) = (node.input(0)?, node.input(1)?);
    node.finish(op, &[a, b])
}

/// `BitwiseNot`: with all bits set, the integer is −1, or the largest one.
fn complement(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let all = Tensor::from_integers(node.dtype(x), [], [-1]).map_err(|error| node.unsupported(error.to_string()))?;
    let all = node.add_constant("all", all)?;
    node.finish(Binary::Sub, &[all, x])
}

/// Functions of any number of tensors.
fn variadic(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let op = match node.proto.op_type() {
        "Min" => Binary::Min,
        "Max" => Binary::Max,
        _ => Binary::Add,
    };
    let inputs = node.inputs()?;
    let Some((&first, others)) = inputs.split_first() else { return Err(node.unsupported("it has no operands")) };
    let mut result = first;
    for (index, &other) in others.iter().enumerate() {
        result = node.step(&index.to_string(), op, &[result, other])?;
    }
    if node.proto.op_type() == "Mean" && inputs.len() > 1 {
        let share = node.add_number("share", 1.0 / inputs.len() as f32)?;
        return node.finish(Binary::Mul, &[result, share]);
    }
    node.result(result)
}

/// `Pow`: the result has the type of the base. Some exponents are products or roots.
fn pow(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (base, mut exponent) = (node.input(0)?, node.input(1)?);
    let [base_type, exponent_type] = [node.ty(0)?.dtype, node.ty(1)?.dtype];
    if base_type.is_integer() && exponent_type.is_integer() {
        if base_type != exponent_type {
            exponent = node.step("exponent", Cast { to: base_type }, &[exponent])?;
        }
        return node.finish(Binary::Pow, &[base, exponent]);
    }
    if base_type.is_integer() {
        let float = node.step("base", Cast { to: DType::F32 }, &[base])?;
        let power = node.step("power", Binary::Pow, &[float, exponent])?;
        return node.finish(Cast { to: base_type }, &[power]);
    }
    let known = node.constant(1).is_some_and(|exponent| exponent.shape().is_empty() || exponent.shape() == [1]);
    match if known { node.number(1)? } else { None } {
        Some(1.0) => node.result(base),
        Some(2.0) => node.finish(Binary::Mul, &[base, base]),
        Some(3.0) => {
            let square = node.step("square", Binary::Mul, &[base, base])?;
            node.finish(Binary::Mul, &[square, base])
        }
        Some(0.5) => node.finish(Unary::Sqrt, &[base]),
        Some(-1.0) => node.finish(Unary::Reciprocal, &[base]),
        _ => {
            if exponent_type.is_integer() {
                exponent = node.step("exponent", Cast { to: DType::F32 }, &[exponent])?;
            }
            node.finish(Binary::Pow, &[base, exponent])
        }
    }
}
