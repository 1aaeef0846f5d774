//! What became of each value: the nodes of a rewritten graph, with the values of the original that theirs equal.
//!
//! `cargo run -p edgeconv-converter --example inspect_provenance`

use std::error::Error;

use edgeconv_converter::Conversion;
use edgeconv_converter::pipeline::Rewrite;
use edgeconv_graph::op::{BatchNormalization, Conv, Unary};
use edgeconv_graph::{Builder, Graph, GraphError, Tensor};

/// A convolution, a norm that goes into it, and an activation.
fn network() -> Result<Graph, GraphError> {
    let mut b = Builder::new("network");
    let x = b.input("x", [1, 2, 4, 4])?;
    let kernel = b.constant("conv.weight", Tensor::f32([2, 2, 1, 1], vec![1.0; 4])?)?;
    let y = b.node("conv", Conv::pointwise(), &[x, kernel])?;
    let ones = b.constant("ones", Tensor::vector(vec![1.0; 2]))?;
    let y = b.node("norm", BatchNormalization { epsilon: 1e-5 }, &[y, ones, ones, ones, ones])?;
    let y = b.node("act", Unary::Silu, &[y])?;
    b.output("y", y);
    Ok(b.finish())
}

/// Runs the example; its test calls it, too.
///
/// # Errors
/// What went wrong.
pub fn main() -> Result<(), Box<dyn Error>> {
    let rewritten = Conversion::of(network()?).rewrite(&Rewrite::Fast.into())?;
    for report in rewritten.passes().iter().filter(|report| report.applied > 0) {
        println!("{}: {} rewrites", report.name, report.applied);
    }
    let graph = rewritten.graph();
    let mut origins = vec![];
    for node in graph.nodes() {
        for &output in &node.outputs {
            let origin = graph.value(output).origin.as_deref();
            println!("{} ({}) gives what was `{}`", node.name, node.op.operator().name(), origin.unwrap_or("nothing"));
            origins.extend(origin);
        }
    }
    // The convolution now gives what the norm gave.
    assert_eq!(origins, ["norm", "act"]);
    Ok(())
}
