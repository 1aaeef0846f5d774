use edgeconv_graph::op::{Binary, Clip, Unary};
use edgeconv_graph::{Node, ValueId};

use super::Lowering;
use super::gelu::gelu_by_sigmoid;
use crate::mnn::ExportError;
use crate::mnn::net::{Activation, Kind, TensorId};
use crate::mnn::schema::{BinaryOpOperation, UnaryOpOperation};

pub(super) fn unary<'g>(l: &mut Lowering<'g>, node: &'g Node, op: Unary) -> Result<(), ExportError> {
    let data = l.operand(node.inputs[0])?;
    match op {
        Unary::Relu => l.finish(node, Kind::Relu, &[data]),
        Unary::Sigmoid => l.finish(node, Kind::Unary(UnaryOpOperation::Sigmoid), &[data]),
        Unary::Silu => l.finish(node, Kind::Unary(UnaryOpOperation::Silu), &[data]),
        Unary::HardSwish => l.finish(node, Kind::Unary(UnaryOpOperation::Hardswish), &[data]),
        Unary::GeluBySigmoid => gelu_by_sigmoid(l, node, data),
        Unary::Gelu => l.finish(node, Kind::Unary(UnaryOpOperation::GeluStandard), &[data]),
        Unary::Sqrt => l.finish(node, Kind::Unary(UnaryOpOperation::Sqrt), &[data]),
        Unary::Abs => l.finish(node, Kind::Unary(UnaryOpOperation::Abs), &[data]),
        Unary::Neg => l.finish(node, Kind::Unary(UnaryOpOperation::Neg), &[data]),
        Unary::Exp => l.finish(node, Kind::Unary(UnaryOpOperation::Exp), &[data]),
        Unary::Log => l.finish(node, Kind::Unary(UnaryOpOperation::Log), &[data]),
        Unary::Tanh => l.finish(node, Kind::Unary(UnaryOpOperation::Tanh), &[data]),
        Unary::Erf => l.finish(node, Kind::Unary(UnaryOpOperation::Erf), &[data]),
        Unary::HardSigmoid => hard_sigmoid(l, node, data),
        Unary::Identity => l.alias(node, data),
    }
    Ok(())
}

/// `clamp(x/6 + 1/2, 0, 1)`, for which MNN has no op.
fn hard_sigmoid<'g>(l: &mut Lowering<'g>, node: &'g Node, data: TensorId) {
    let shape = l.shape(node.outputs[0]);
    let (sixth, half) = (l.scalar(1.0 / 6.0), l.scalar(0.5));
    let scaled =
        l.helper(node, "scaled", Kind::Binary(BinaryOpOperation::Mul, Activation::None), &[data, sixth], shape);
    let shifted =
        l.helper(node, "shifted", Kind::Binary(BinaryOpOperation::Add, Activation::None), &[scaled, half], shape);
    l.finish(node, Kind::Clamp { min: 0.0, max: 1.0 }, &[shifted]);
}

pub(super) fn clip<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &Clip) -> Result<(), ExportError> {
    let data = l.operand(node.inputs[0])?;
    l.finish(node, Kind::Clamp { min: op.min, max: op.max }, &[data]);
    Ok(())
}

pub(super) fn binary<'g>(l: &mut Lowering<'g>, node: &'g Node, op: Binary) -> Result<(), ExportError> {
    if let Some((data, kind)) = per_channel(l, node, op)? {
        let data = l.operand(data)?;
        l.finish(node, kind, &[data]);
        return Ok(());
    }
    let operation = match op {
        Binary::Add => BinaryOpOperation::Add,
        Binary::Sub => BinaryOpOperation::Sub,
        Binary::Mul => BinaryOpOperation::Mul,
        Binary::Div => BinaryOpOperation::Realdiv,
    };
    let a = operand(l, node, node.inputs[0], node.inputs[1])?;
    let b = operand(l, node, node.inputs[1], node.inputs[0])?;
    // With an activation MNN copies what it broadcasts, which costs more than a ReLU (GeometryBinary.cpp).
    let shape = l.shape(node.outputs[0]);
    let broadcast = [a, b].iter().any(|&operand| !l.net.shape(operand).is_empty() && l.net.shape(operand) != shape);
    let offered: &[_] = if broadcast { &[] } else { &[Activation::Relu] };
    let (activation, result) = l.absorb_activation(node, offered);
    l.finish_as(&node.name, &[result], Kind::Binary(operation, activation), &[a, b]);
    Ok(())
}

/// `x + c`, `x − c`, `c − x` and `x · c` with data `[N, C, H, W]` and a constant `[1, C, 1, 1]`, as the data and a Scale op:
/// MNN would copy the constant to every pixel first. The result is the same to the last bit.
fn per_channel<'g>(l: &Lowering<'g>, node: &Node, op: Binary) -> Result<Option<(ValueId, Kind<'g>)>, ExportError> {
    let shape = l.shape(node.outputs[0]);
    let (a, b) = (node.inputs[0], node.inputs[1]);
    let fits = |data: ValueId, constant: ValueId| {
        let aligned = align(l.shape(constant), shape.len());
        shape.len() == 4
            && l.shape(data) == shape
            && !l.graph.value(data).is_constant()
            && l.graph.value(constant).is_constant()
            && aligned == [1, shape[1], 1, 1]
    };
    let (data, constant) = match (fits(a, b), fits(b, a)) {
        (true, _) => (a, b),
        (_, true) => (b, a),
        _ => return Ok(None),
    };
    let elements = l.elements(constant)?;
    let every = |factor: f32| vec![factor; elements.len()];
    let (scale, bias) = match op {
        Binary::Add => (every(1.0), elements.to_vec()),
        Binary::Sub if data == a => (every(1.0), elements.iter().map(|element| -element).collect()),
        Binary::Sub => (every(-1.0), elements.to_vec()),
        Binary::Mul => (elements.to_vec(), every(0.0)),
        Binary::Div => return Ok(None),
    };
    Ok(Some((data, Kind::Scale { scale, bias })))
}

/// The tensor for an operand of a binary op: a scalar, or one of the result's rank.
///
/// Constants are repeated to fill the result where needed, since MNN does that once but broadcasts in every run.
fn operand<'g>(l: &mut Lowering<'g>, node: &'g Node, id: ValueId, other: ValueId) -> Result<TensorId, ExportError> {
    let shape = l.shape(node.outputs[0]);
    let value = l.graph.value(id);
    let constant = value.is_constant();
    if constant && value.ty.len() == 1 && l.shape(other) == shape && !l.graph.value(other).is_constant() {
        let element = l.elements(id)?[0];
        return Ok(l.scalar(element));
    }
    let mut tensor = l.operand(id)?;
    let aligned = align(&value.ty.shape, shape.len());
    if aligned != value.ty.shape {
        tensor = l.helper(node, &format!("aligned {}", value.name), Kind::Reshape, &[tensor], aligned.clone());
    }
    if constant && aligned != shape {
        let target = l.indices(shape.iter().copied());
        tensor = l.helper(node, &format!("repeated {}", value.name), Kind::BroadcastTo, &[tensor, target], shape);
    }
    Ok(tensor)
}

/// `shape` with leading ones, so that it has `rank` dimensions.
pub(super) fn align(shape: &[usize], rank: usize) -> Vec<usize> {
    let mut aligned = vec![1; rank - shape.len()];
    aligned.extend(shape);
    aligned
}
