//! A pass of a program's own: of two ReLUs in a row, the second does nothing.
//!
//! `cargo run -p edgeconv-converter --example write_a_pass`

use std::error::Error;

use edgeconv_converter::Conversion;
use edgeconv_converter::passes::{self, Accuracy, Pass, Stop};
use edgeconv_converter::pipeline::Rewrite;
use edgeconv_converter::target::Mnn;
use edgeconv_graph::op::Unary;
use edgeconv_graph::{Builder, Graph, Node, Op, Patch};

#[derive(Debug)]
struct OneReluIsEnough;

impl Pass for OneReluIsEnough {
    fn name(&self) -> &'static str {
        "one-relu-is-enough"
    }

    /// The same numbers, bit for bit.
    fn accuracy(&self) -> Accuracy {
        Accuracy::Exact
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let is_relu = |node: &Node| matches!(node.op, Op::Unary(Unary::Relu));
        if !is_relu(node) || !graph.producer_node(node.inputs[0]).is_some_and(is_relu) {
            return Err(Stop::NoMatch);
        }
        let mut patch = Patch::new(graph);
        patch.redirect(node.outputs[0], node.inputs[0]);
        Ok(patch)
    }
}

/// Runs the example; its test calls it, too.
///
/// # Errors
/// What went wrong.
pub fn main() -> Result<(), Box<dyn Error>> {
    let mut b = Builder::new("network");
    let mut x = b.input("x", [1, 3, 8, 8])?;
    for name in ["first", "second", "third"] {
        x = b.node(name, Unary::Relu, &[x])?;
    }
    b.output("y", x);

    let mut conversion = Conversion::of(b.finish());
    let report = passes::run(&OneReluIsEnough, conversion.graph_mut())?;
    println!("{}: {} rewrites", report.name, report.applied);
    assert_eq!(report.applied, 2);
    let artefact = conversion.rewrite(&Rewrite::Fast.into())?.to(&Mnn::default())?;
    println!("{:?}", artefact.report().operators);
    Ok(())
}
