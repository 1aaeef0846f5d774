//! An operator of a program's own: in the graph like any other, computed at conversion time where its operands are known, and
//! refused by name by targets that don't have it.
//!
//! `cargo run -p edgeconv-converter --example own_operator`

use std::error::Error;

use edgeconv_converter::Conversion;
use edgeconv_converter::pipeline::Rewrite;
use edgeconv_converter::target::Onnx;
use edgeconv_graph::op::{Binary, Custom, OpError, Operator, Work};
use edgeconv_graph::{Builder, Graph, GraphError, Tensor, TensorType};

/// `x³`.
#[derive(Debug, PartialEq)]
struct Cube;

impl Operator for Cube {
    fn name(&self) -> &'static str {
        "Cube"
    }

    fn work(&self) -> Work {
        Work::Elementwise
    }

    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError> {
        match inputs {
            [input] => Ok(vec![(*input).clone()]),
            _ => Err(OpError(format!("expected 1 operand, found {}", inputs.len()))),
        }
    }

    fn evaluate(&self, inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        let cubes = inputs[0].as_f32()?.iter().map(|x| x.powi(3)).collect();
        Some(vec![Tensor::f32(inputs[0].shape(), cubes).ok()?])
    }
}

/// `x + cube(constant)`, or `x + cube(x)`.
fn network(of_constant: bool) -> Result<Graph, GraphError> {
    let mut b = Builder::new("network");
    let x = b.input("x", [3])?;
    let constant = b.constant("constant", Tensor::vector(vec![1.0, 2.0, 3.0]))?;
    let cube = b.node("cube", Custom::new(Cube), &[if of_constant { constant } else { x }])?;
    let y = b.node("y", Binary::Add, &[x, cube])?;
    b.output("y", y);
    Ok(b.finish())
}

/// Runs the example; its test calls it, too.
///
/// # Errors
/// What went wrong.
pub fn main() -> Result<(), Box<dyn Error>> {
    let folded = Conversion::of(network(true)?).rewrite(&Rewrite::None.into())?.to(&Onnx::default())?;
    println!("computed at conversion time: {:?}", folded.report().operators);
    assert_eq!(folded.report().operators.keys().collect::<Vec<_>>(), ["Add"]);

    match Conversion::of(network(false)?).rewrite(&Rewrite::None.into())?.to(&Onnx::default()) {
        Ok(_) => Err("ONNX has no such operator, the target has to refuse it".into()),
        Err(error) => {
            println!("computed at run time: {error}");
            Ok(())
        }
    }
}
