use edgeconv_graph::op::{Binary, Clip, Unary};
use edgeconv_graph::{DType, Node, ValueId};

use super::gelu::{gelu_by_sigmoid, gelu_tanh};
use super::{Lowering, activation, integer, logic, unsupported};
use crate::target::mnn::ExportError;
use crate::target::mnn::net::{Activation, Kind, TensorId};
use crate::target::mnn::schema::{BinaryOpOperation, UnaryOpOperation};

pub(super) fn unary<'g>(l: &mut Lowering<'g>, node: &'g Node, op: Unary) -> Result<(), ExportError> {
    let data = l.operand(node.inputs[0])?;
    let integers = l.graph.ty(node.inputs[0]).dtype == DType::I64;
    let operation = match op {
        Unary::Abs if integers => {
            integer::abs(l, node, data);
            return Ok(());
        }
        Unary::Round => {
            activation::round(l, node, data);
            return Ok(());
        }
        Unary::Sigmoid => UnaryOpOperation::Sigmoid,
        Unary::Silu => UnaryOpOperation::Silu,
        Unary::HardSwish => UnaryOpOperation::Hardswish,
        Unary::Gelu => UnaryOpOperation::GeluStandard,
        Unary::GeluByTanh => UnaryOpOperation::Gelu,
        Unary::Sqrt => UnaryOpOperation::Sqrt,
        Unary::Abs => UnaryOpOperation::Abs,
        Unary::Neg => UnaryOpOperation::Neg,
        Unary::Exp => UnaryOpOperation::Exp,
        Unary::Log => UnaryOpOperation::Log,
        Unary::Tanh => UnaryOpOperation::Tanh,
        Unary::Erf => UnaryOpOperation::Erf,
        Unary::Floor => UnaryOpOperation::Floor,
        Unary::Ceil => UnaryOpOperation::Ceil,
        Unary::Sign => UnaryOpOperation::Sign,
        Unary::Reciprocal => UnaryOpOperation::Reciprocal,
        Unary::Sin => UnaryOpOperation::Sin,
        Unary::Cos => UnaryOpOperation::Cos,
        Unary::Tan => UnaryOpOperation::Tan,
        Unary::Asin => UnaryOpOperation::Asin,
        Unary::Acos => UnaryOpOperation::Acos,
        Unary::Atan => UnaryOpOperation::Atan,
        Unary::Sinh => UnaryOpOperation::Sinh,
        Unary::Cosh => UnaryOpOperation::Cosh,
        Unary::Asinh => UnaryOpOperation::Asinh,
        Unary::Acosh => UnaryOpOperation::Acosh,
        Unary::Atanh => UnaryOpOperation::Atanh,
        Unary::Softplus => {
            activation::softplus(l, node, data);
            return Ok(());
        }
        Unary::Relu => {
            l.finish(node, Kind::Relu { slope: 0.0 }, &[data]);
            return Ok(());
        }
        Unary::GeluBySigmoid => {
            gelu_by_sigmoid(l, node, data);
            return Ok(());
        }
        Unary::GeluTanh => {
            gelu_tanh(l, node, data);
            return Ok(());
        }
        Unary::HardSigmoid => {
            activation::hard_sigmoid(l, node, data);
            return Ok(());
        }
        Unary::Not => {
            let one = l.integer(1);
            l.finish(node, Kind::Binary(BinaryOpOperation::Sub, Activation::None), &[one, data]);
            return Ok(());
        }
        Unary::Identity => {
            l.alias(node, data);
            return Ok(());
        }
    };
    l.finish(node, Kind::Unary(operation), &[data]);
    Ok(())
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
    let operation = match l.graph.ty(node.inputs[0]).dtype {
        _ if op.is_comparison() => return logic::compare(l, node, op),
        DType::Bool => return logic::combine(l, node, op),
        DType::I64 => return integer::binary(l, node, op),
        DType::F32 => operation(node, op)?,
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

/// MNN's name of a function of floats.
fn operation(node: &Node, op: Binary) -> Result<BinaryOpOperation, ExportError> {
    Ok(match op {
        Binary::Add => BinaryOpOperation::Add,
        Binary::Sub => BinaryOpOperation::Sub,
        Binary::Mul => BinaryOpOperation::Mul,
        Binary::Div => BinaryOpOperation::Realdiv,
        Binary::Pow => BinaryOpOperation::Pow,
        Binary::Min => BinaryOpOperation::Minimum,
        Binary::Max => BinaryOpOperation::Maximum,
        Binary::Mod => BinaryOpOperation::Floormod,
        Binary::Fmod => BinaryOpOperation::Mod,
        _ => return Err(unsupported(node, "it has no meaning for floats")),
    })
}

/// `x + c`, `x − c`, `c − x` and `x · c` with data `[N, C, H, W]` and a constant `[1, C, 1, 1]`, as the data and a Scale op:
/// MNN would copy the constant to every pixel first. The result is the same to the last bit.
fn per_channel<'g>(l: &Lowering<'g>, node: &Node, op: Binary) -> Result<Option<(ValueId, Kind<'g>)>, ExportError> {
    let shape = l.shape(node.outputs[0]);
    let (a, b) = (node.inputs[0], node.inputs[1]);
    let fits = |data: ValueId, constant: ValueId| {
        let aligned = align(l.shape(constant), shape.len());
        // A single number is applied in any layout.
        shape.len() == 4
            && shape[1] > 1
            && l.graph.ty(data).dtype == DType::F32
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
        _ => return Ok(None),
    };
    Ok(Some((data, Kind::Scale { scale, bias })))
}

/// The tensor for an operand of a binary op: a scalar, or one of the result's rank.
///
/// Constants are repeated to fill the result where needed, since MNN does that once but broadcasts in every run.
pub(super) fn operand<'g>(
    l: &mut Lowering<'g>,
    node: &'g Node,
    id: ValueId,
    other: ValueId,
) -> Result<TensorId, ExportError> {
    let shape = l.shape(node.outputs[0]);
    let value = l.graph.value(id);
    let constant = value.is_constant();
    if constant && value.ty.len() == 1 && l.shape(other) == shape && !l.graph.value(other).is_constant() {
        match value.ty.dtype {
            DType::F32 => {
                let element = l.elements(id)?[0];
                return Ok(l.scalar(element));
            }
            DType::I64 | DType::Bool => {
                let stored = l.operand(id)?;
                return Ok(if l.shape(id).is_empty() {
                    stored
                } else {
                    l.helper(node, &format!("scalar {}", value.name), Kind::Reshape, &[stored], [])
                });
            }
        }
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

/// The tensor for an operand, repeated to fill the result: some of MNN's ops misread what they broadcast.
pub(super) fn filled<'g>(l: &mut Lowering<'g>, node: &'g Node, id: ValueId) -> Result<TensorId, ExportError> {
    let (shape, value) = (l.shape(node.outputs[0]), l.graph.value(id));
    let tensor = l.operand(id)?;
    if value.ty.shape == shape {
        return Ok(tensor);
    }
    let aligned = align(&value.ty.shape, shape.len());
    let aligned = l.helper(node, &format!("aligned {}", value.name), Kind::Reshape, &[tensor], aligned);
    let target = l.indices(shape.iter().copied());
    Ok(l.helper(node, &format!("repeated {}", value.name), Kind::BroadcastTo, &[aligned, target], shape))
}

/// `shape` with leading ones, so that it has `rank` dimensions.
pub(super) fn align(shape: &[usize], rank: usize) -> Vec<usize> {
    let mut aligned = vec![1; rank - shape.len()];
    aligned.extend(shape);
    aligned
}
