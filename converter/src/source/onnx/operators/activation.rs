//! Activation functions.

use edgeconv_graph::op::{Binary, Clip, Elu, LeakyRelu, PRelu, Unary, Where};
use edgeconv_graph::{DType, ValueId};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("Relu", relu),
    Entry::new("LeakyRelu", leaky_relu),
    Entry::new("PRelu", p_relu).limits("a slope [C] is one for each channel, unless the last axis has that length"),
    Entry::new("ThresholdedRelu", thresholded_relu).since(10),
    Entry::new("Shrink", shrink).since(9),
    Entry::new("Elu", elu),
    Entry::new("Celu", celu).since(12),
    Entry::new("Selu", selu),
    Entry::new("Sigmoid", unary),
    Entry::new("Tanh", unary),
    Entry::new("Softplus", unary),
    Entry::new("Softsign", softsign),
    Entry::new("Swish", swish).since(24),
    Entry::new("SwiGLU", swi_glu).since(28),
    Entry::new("HardSwish", unary).since(14),
    Entry::new("HardSigmoid", hard_sigmoid),
    Entry::new("Gelu", gelu).since(20),
    Entry::new("Mish", mish).since(18),
];

fn unary(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let op = match node.proto.op_type() {
        "Sigmoid" => Unary::Sigmoid,
        "Tanh" => Unary::Tanh,
        "Softplus" => Unary::Softplus,
        _ => Unary::HardSwish,
    };
    let x = node.input(0)?;
    node.finish(op, &[x])
}

/// `Relu`, from opset 14 on also of integers.
fn relu(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    if node.ty(0)?.dtype == DType::F32 {
        return node.finish(Unary::Relu, &[x]);
    }
    let zero = node.add_number_of("zero", node.dtype(x), 0.0)?;
    node.finish(Binary::Max, &[x, zero])
}

fn leaky_relu(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let alpha = node.float("alpha", 0.01);
    node.finish(LeakyRelu { alpha }, &[x])
}

/// `PRelu`; a slope `[C]`, which MXNet and old exporters write for data `[N, C, …]`, is one for each channel where it can't be one for
/// each index of the last axis.
fn p_relu(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (x, mut slope) = (node.input(0)?, node.input(1)?);
    let (shape, slopes) = (node.dims(x), node.dims(slope));
    if let (&[_, channels, ref spatial @ .., last], &[count]) = (shape.as_slice(), slopes.as_slice())
        && count == channels
        && ![1, last].contains(&count)
    {
        slope = node.reshape(slope, [&[channels], vec![1; spatial.len() + 1].as_slice()].concat())?;
    }
    node.finish(PRelu, &[x, slope])
}

fn thresholded_relu(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let alpha = node.add_number("alpha", node.float("alpha", 1.0))?;
    let zero = node.add_number("zero", 0.0)?;
    let above = node.step("above", Binary::Greater, &[x, alpha])?;
    node.finish(Where, &[above, x, zero])
}

/// `x + bias` below −lambd, `x − bias` above lambd, and 0 between.
fn shrink(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let lambd = node.float("lambd", 0.5);
    let (upper, lower) = (node.add_number("upper", lambd)?, node.add_number("lower", -lambd)?);
    let (bias, zero) = (node.add_number("bias", node.float("bias", 0.0))?, node.add_number("zero", 0.0)?);
    let above = node.step("above", Binary::Greater, &[x, upper])?;
    let reduced = node.step("reduced", Binary::Sub, &[x, bias])?;
    let positive = node.step("positive", Where, &[above, reduced, zero])?;
    let below = node.step("below", Binary::Less, &[x, lower])?;
    let raised = node.step("raised", Binary::Add, &[x, bias])?;
    node.finish(Where, &[below, raised, positive])
}

fn elu(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let alpha = node.float("alpha", 1.0);
    node.finish(Elu { alpha }, &[x])
}

/// `alpha · elu(x / alpha)`.
fn celu(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let alpha = node.float("alpha", 1.0);
    let elu = Elu { alpha: 1.0 };
    if alpha == 1.0 {
        return node.finish(elu, &[x]);
    }
    if alpha <= 0.0 {
        return Err(node.unsupported(format!("alpha = {alpha}, expected a positive number")));
    }
    let scaled = scale(node, "scaled", x, 1.0 / alpha)?;
    let curve = node.step("curve", elu, &[scaled])?;
    let alpha = node.add_number("alpha", alpha)?;
    node.finish(Binary::Mul, &[curve, alpha])
}

/// `gamma · elu(x)`.
fn selu(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let (alpha, gamma) = (node.float("alpha", 1.673_263_2), node.float("gamma", 1.050_701));
    let curve = node.step("curve", Elu { alpha }, &[x])?;
    let gamma = node.add_number("gamma", gamma)?;
    node.finish(Binary::Mul, &[curve, gamma])
}

/// `x / (1 + |x|)`.
fn softsign(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let size = node.step("size", Unary::Abs, &[x])?;
    let one = node.add_number("one", 1.0)?;
    let divisor = node.step("divisor", Binary::Add, &[size, one])?;
    node.finish(Binary::Div, &[x, divisor])
}

/// `x · sigmoid(alpha · x)`.
fn swish(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let alpha = node.float("alpha", 1.0);
    if alpha == 1.0 {
        return node.finish(Unary::Silu, &[x]);
    }
    let scaled = scale(node, "scaled", x, alpha)?;
    let gate = node.step("gate", Unary::Sigmoid, &[scaled])?;
    node.finish(Binary::Mul, &[x, gate])
}

/// `Swish` of the first operand times the second.
fn swi_glu(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (gate, value) = (node.input(0)?, node.input(1)?);
    if node.dims(gate) != node.dims(value) {
        let (gate, value) = (node.dims(gate), node.dims(value));
        return Err(
            node.unsupported(format!("its operands have the shapes {gate:?} and {value:?}, expected one shape"))
        );
    }
    let gate = node.call("Swish", &[gate])?;
    node.finish(Binary::Mul, &[gate, value])
}

/// `clamp(alpha · x + beta, 0, 1)`; with PyTorch's constants the graph has an operator for it.
fn hard_sigmoid(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (alpha, beta) = (node.float("alpha", 0.2), node.float("beta", 0.5));
    let x = node.input(0)?;
    if (alpha - 1.0 / 6.0).abs() < 1e-6 && beta == 0.5 {
        return node.finish(Unary::HardSigmoid, &[x]);
    }
    let scaled = scale(node, "scaled", x, alpha)?;
    let beta = node.add_number("beta", beta)?;
    let shifted = node.step("shifted", Binary::Add, &[scaled, beta])?;
    node.finish(Clip { min: 0.0, max: 1.0 }, &[shifted])
}

fn gelu(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    match node.text("approximate", "none").as_str() {
        "none" => node.finish(Unary::Gelu, &[x]),
        "tanh" => node.finish(Unary::GeluTanh, &[x]),
        other => Err(node.unsupported(format!("approximate = {other} is none of none and tanh"))),
    }
}

/// `x · tanh(ln(1 + exp(x)))`: with `e = exp(x)` and `n = e · (e + 2)`, that is `x · n / (n + 2)`. From 20 on it is `x` to rounding,
/// and the exponential could overflow.
fn mish(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let (largest, two) = (node.add_number("largest", 20.0)?, node.add_number("two", 2.0)?);
    let small = node.step("small", Binary::Min, &[x, largest])?;
    let e = node.step("e", Unary::Exp, &[small])?;
    let sum = node.step("sum", Binary::Add, &[e, two])?;
    let n = node.step("n", Binary::Mul, &[e, sum])?;
    let divisor = node.step("divisor", Binary::Add, &[n, two])?;
    let gate = node.step("gate", Binary::Div, &[n, divisor])?;
    node.finish(Binary::Mul, &[x, gate])
}

fn scale(node: &mut Node<'_, '_>, suffix: &str, x: ValueId, factor: f32) -> Result<ValueId, ImportError> {
    let factor = node.add_number(&format!("{suffix}.factor"), factor)?;
    node.step(suffix, Binary::Mul, &[x, factor])
}
