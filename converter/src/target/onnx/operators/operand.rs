//! Operands of nodes that are attributes in the graph.

use edgeconv_graph::{DType, Tensor};

use crate::target::onnx::exporter::Exporter;
use crate::target::onnx::initializer::dims;

/// What the graph has as an attribute and ONNX as an operand.
pub(super) enum Operand<'a> {
    /// Left out.
    None,
    Scalar(f32),
    Int(usize),
    Ints(&'a [usize]),
    OwnedInts(Vec<usize>),
    Floats(&'a [f32]),
    Tensor(Tensor),
}

impl Operand<'_> {
    /// Adds the constant to the file; returns its name.
    pub fn add(self, exporter: &mut Exporter<'_>) -> String {
        match self {
            Operand::None => String::new(),
            Operand::Scalar(value) => exporter.add_constant(format!("float.{value}"), &Tensor::scalar(value)),
            Operand::Int(value) => {
                let scalar = Tensor::indices(dims(&[value]));
                let scalar = scalar.reshape([]).unwrap_or(scalar);
                exporter.add_constant(format!("int.{value}"), &scalar)
            }
            Operand::Ints(values) => add_ints(exporter, values),
            Operand::OwnedInts(values) => add_ints(exporter, &values),
            Operand::Floats(values) => {
                exporter.add_constant(format!("floats.{}", join(values)), &Tensor::vector(values.to_vec()))
            }
            Operand::Tensor(tensor) => {
                let elements: Vec<_> = match tensor.dtype() {
                    DType::Bool => tensor.numbers().map(|x| (x != 0.0).to_string()).collect(),
                    _ => tensor.numbers().map(|x| x.to_string()).collect(),
                };
                exporter.add_constant(format!("{}.{}", tensor.dtype(), join(&elements)), &tensor)
            }
        }
    }
}

fn add_ints(exporter: &mut Exporter<'_>, values: &[usize]) -> String {
    exporter.add_constant(format!("ints.{}", join(values)), &Tensor::indices(dims(values)))
}

fn join<T: ToString>(values: &[T]) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join("_")
}
