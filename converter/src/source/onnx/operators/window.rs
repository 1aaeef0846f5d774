//! Constants that follow a formula.

use std::f64::consts::TAU;

use edgeconv_graph::Tensor;
use edgeconv_graph::op::Cast;

use super::super::node::Node;
use super::super::{ImportError, tensor};
use super::Entry;

const SIZE: &str = "sizes known at conversion time";

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("HannWindow", window).since(17).limits(SIZE),
    Entry::new("HammingWindow", window).since(17).limits(SIZE),
    Entry::new("BlackmanWindow", window).since(17).limits(SIZE),
    Entry::new("EyeLike", eye_like).since(9),
];

/// Windows of signal processing, `Σ wᵢ · cos(2π · i · n / N)`; a periodic one is one element of a longer symmetric one short.
fn window(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let size = node.ints(0)?.and_then(|size| size.first().copied()).unwrap_or_default();
    if !(1..1 << 24).contains(&size) {
        return Err(node.unsupported(format!("a window of {size} elements is of no use")));
    }
    let weights = match node.proto.op_type() {
        "HannWindow" => [0.5, -0.5, 0.0],
        "HammingWindow" => [25.0 / 46.0, -21.0 / 46.0, 0.0],
        _ => [0.42, -0.5, 0.08],
    };
    let period = if node.int("periodic", 1) != 0 { size } else { size - 1 }.max(1) as f64;
    let element = |n: i64| {
        let waves = weights.iter().enumerate().map(|(i, weight)| weight * (TAU * i as f64 * n as f64 / period).cos());
        waves.sum::<f64>() as f32
    };
    let window = Tensor::vector((0..size).map(element).collect());
    finish_as(node, "output_datatype", 1, window)
}

/// `EyeLike`: 1 on a diagonal, with the shape and, if none is given, the element type of the operand.
fn eye_like(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let &[rows, columns] = shape.as_slice() else {
        return Err(node.unsupported(format!("it needs a matrix, found a tensor of shape {shape:?}")));
    };
    let k = node.int("k", 0);
    let element = |row: usize, column: usize| if column as i64 - row as i64 == k { 1.0 } else { 0.0 };
    node.check_table(rows.saturating_mul(columns))?;
    let elements = (0..rows).flat_map(|row| (0..columns).map(move |column| element(row, column))).collect();
    let eye = Tensor::f32(shape.clone(), elements).map_err(|error| node.unsupported(error.to_string()))?;
    if node.attribute("dtype").is_some() {
        return finish_as(node, "dtype", 1, eye);
    }
    let to = node.ty(0)?.dtype;
    let eye = node.add_constant("eye", eye)?;
    node.finish(Cast { to }, &[eye])
}

/// The node's result, of the element type that an attribute says.
fn finish_as(node: &mut Node<'_, '_>, attribute: &str, default: i64, tensor: Tensor) -> Result<(), ImportError> {
    let elem_type = node.int(attribute, default) as i32;
    let to = tensor::dtype(elem_type).map_err(|reason| node.unsupported(reason))?;
    let floats = node.add_constant("floats", tensor)?;
    node.finish(Cast { to }, &[floats])
}
