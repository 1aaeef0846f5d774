//! Whether two model files compute the same: both are made here of one network, one with passes and one without, and run by rten, in
//! the agent (`cargo build -p edgeconv-agent`).
//!
//! `cargo run -p edgeconv-validate --example check_two_files`

use std::error::Error;
use std::path::Path;

use edgeconv_converter::Conversion;
use edgeconv_converter::pipeline::Rewrite;
use edgeconv_converter::target::Onnx;
use edgeconv_graph::op::{BatchNormalization, Conv};
use edgeconv_graph::{Builder, Graph, GraphError, Tensor};
use edgeconv_validate::compare::{Tolerance, compare_outputs};
use edgeconv_validate::engine::{Agent, Engine, NamedTensor, Rten};
use edgeconv_validate::input;

/// A convolution and a norm, which a pass makes one.
fn network() -> Result<Graph, GraphError> {
    let mut b = Builder::new("network");
    let x = b.input("x", [1, 2, 4, 4])?;
    let kernel = b.constant("kernel", input::random(&[3, 2, 3, 3], 1))?;
    let y = b.node("conv", Conv::pointwise(), &[x, kernel])?;
    let ones = b.constant("ones", Tensor::vector(vec![1.0; 3]))?;
    let y = b.node("norm", BatchNormalization { epsilon: 1e-5 }, &[y, ones, ones, ones, ones])?;
    b.output("y", y);
    Ok(b.finish())
}

fn write(rewrite: Rewrite, path: &Path) -> Result<(), Box<dyn Error>> {
    Ok(Conversion::of(network()?).rewrite(&rewrite.into())?.to(&Onnx::default())?.write(path)?)
}

/// Runs the example; its test calls it, too.
///
/// # Errors
/// What went wrong.
pub fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let [reference, candidate] = ["reference.onnx", "candidate.onnx"].map(|name| folder.path().join(name));
    write(Rewrite::None, &reference)?;
    write(Rewrite::Fast, &candidate)?;

    let engine = Rten::new(Agent::find()?);
    let inputs = [NamedTensor { name: "x".into(), tensor: input::random(&[1, 2, 4, 4], 7) }];
    let (expected, found) = (engine.run(&reference, &inputs)?, engine.run(&candidate, &inputs)?);
    let tolerance = |expected: &NamedTensor| Tolerance::of_largest(&expected.tensor, 1e-5);
    for parity in compare_outputs(("candidate", &found), ("reference", &expected), tolerance) {
        println!("{}: off by at most {:.1e}", parity.output, parity.comparison.max_abs);
        if !parity.comparison.passed {
            return Err(format!("`{}` differs too much", parity.output).into());
        }
    }
    Ok(())
}
