//! What is known without any data: stored tensors, shapes, and tensors made from them.

use edgeconv_graph::op::{Binary, Expand};
use edgeconv_graph::{DType, Tensor};

use super::super::node::Node;
use super::super::{ImportError, tensor};
use super::Entry;

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("Constant", constant).limits("no strings and no sparse tensors"),
    Entry::new("ConstantOfShape", constant_of_shape),
    Entry::new("Shape", shape),
    Entry::new("Size", size),
    Entry::new("Range", range).limits("bounds known at conversion time"),
];

fn constant(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let tensor = stored(node)?;
    node.finish_constant(tensor)
}

fn stored(node: &Node<'_, '_>) -> Result<Tensor, ImportError> {
    let value = |name: &str| node.attribute(name);
    if let Some(proto) = value("value").and_then(|attribute| attribute.t.as_ref()) {
        return tensor::read(proto).map_err(|reason| node.unsupported(reason));
    }
    let scalar = |tensor: Tensor| tensor.reshape(vec![]).unwrap_or(tensor);
    if let Some(attribute) = value("value_float") {
        return Ok(Tensor::scalar(attribute.f()));
    }
    if let Some(attribute) = value("value_int") {
        return Ok(scalar(Tensor::indices(vec![attribute.i()])));
    }
    if let Some(attribute) = value("value_ints") {
        return Ok(Tensor::indices(attribute.ints.clone()));
    }
    if let Some(attribute) = value("value_floats") {
        return Ok(Tensor::vector(attribute.floats.clone()));
    }
    Err(node.unsupported("it holds neither numbers nor a tensor of numbers"))
}

fn constant_of_shape(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let ints = node.ints(0)?.unwrap_or_default();
    let shape: Result<Vec<_>, _> = ints.iter().map(|&length| usize::try_from(length)).collect();
    let shape = shape.map_err(|_| node.unsupported(format!("{ints:?} is not a shape")))?;
    let value = match node.attribute("value").and_then(|attribute| attribute.t.as_ref()) {
        Some(proto) => tensor::read(proto).map_err(|reason| node.unsupported(reason))?,
        None => Tensor::vector(vec![0.0]),
    };
    if value.len() != 1 {
        return Err(node.unsupported(format!("can't fill {shape:?} with {}", value.ty())));
    }
    // A scalar, which can be repeated to fill any shape, `[]` too.
    let value = value.reshape([]).map_err(|error| node.unsupported(error.to_string()))?;
    let value = node.add_constant("value", value)?;
    node.finish(Expand { shape }, &[value])
}

/// `Shape`, from opset 15 on also of some axes only.
fn shape(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let rank = shape.len() as i64;
    let bound = |bound: i64| (if bound < 0 { bound.saturating_add(rank) } else { bound }).clamp(0, rank) as usize;
    let (start, end) = (bound(node.int("start", 0)), bound(node.int("end", rank)));
    let dims = shape.get(start..end).unwrap_or_default();
    node.finish_constant(Tensor::indices(dims.iter().map(|&dim| dim as i64).collect()))
}

fn size(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let size = node.ty(0)?.len() as i64;
    let scalar = Tensor::i64([], vec![size]).map_err(|error| node.unsupported(error.to_string()))?;
    node.finish_constant(scalar)
}

/// `Range`: `start + i · delta` below (or above) `limit`.
fn range(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let number = |index| -> Result<f64, ImportError> {
        Ok(node.known(index)?.and_then(|known| known.numbers().next()).unwrap_or_default())
    };
    let (start, limit, delta) = (number(0)?, number(1)?, number(2)?);
    let count = ((limit - start) / delta).ceil().max(0.0);
    if !count.is_finite() || count >= (1 << 24) as f64 {
        return Err(node.unsupported(format!("{start} to {limit} in steps of {delta} is not a usable range")));
    }
    let (dtype, count) = (node.ty(0)?.dtype, count as usize);
    let elements = (0..count).map(|index| start + index as f64 * delta);
    let range = match dtype {
        DType::F32 => Tensor::f32([count], elements.map(|x| x as f32).collect()),
        _ => Tensor::from_integers(dtype, [count], elements.map(|x| x as i128)),
    };
    let range = range.map_err(|error| node.unsupported(error.to_string()))?;
    note_count(node, dtype, delta)?;
    node.finish_constant(range)
}

/// Notes how many numbers a `Range` has, for files of any size: its bounds may be computed of sizes.
fn note_count(node: &mut Node<'_, '_>, dtype: DType, delta: f64) -> Result<(), ImportError> {
    if !(0..2).any(|operand| node.is_of_sizes(operand)) || dtype != DType::I64 || delta <= 0.0 {
        return Ok(());
    }
    let (start, limit, step) = (node.input(0)?, node.input(1)?, node.input(2)?);
    let length = node.step("length", Binary::Sub, &[limit, start])?;
    let more = node.add_integer("more", delta as i64 - 1)?;
    let whole = node.step("whole", Binary::Add, &[length, more])?;
    node.step("count", Binary::Div, &[whole, step])?;
    Ok(())
}
