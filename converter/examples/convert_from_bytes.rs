//! Converts the bytes of an ONNX model to the bytes of an MNN file; no file is read or written.
//!
//! `cargo run -p edgeconv-converter --example convert_from_bytes`

use std::error::Error;

use edgeconv_converter::Conversion;
use edgeconv_converter::pipeline::Rewrite;
use edgeconv_converter::source::Interface;
use edgeconv_converter::target::{Mnn, Onnx};
use edgeconv_graph::op::{Conv, Unary};
use edgeconv_graph::{Builder, Graph, GraphError, Tensor};

/// Stands for a model from elsewhere.
fn network() -> Result<Graph, GraphError> {
    let mut b = Builder::new("network");
    let x = b.input("image", [1, 1, 8, 8])?;
    let kernel = b.constant("kernel", Tensor::f32([4, 1, 3, 3], vec![0.1; 36])?)?;
    let y = b.node("conv", Conv { pads: vec![1; 4], ..Conv::pointwise() }, &[x, kernel])?;
    let y = b.node("act", Unary::Relu, &[y])?;
    b.output("features", y);
    Ok(b.finish())
}

fn onnx_bytes() -> Result<Vec<u8>, Box<dyn Error>> {
    let artefact = Conversion::of(network()?).rewrite(&Rewrite::None.into())?.to(&Onnx::default())?;
    Ok(artefact.bytes().to_vec())
}

/// Runs the example; its test calls it, too.
///
/// # Errors
/// What went wrong.
pub fn main() -> Result<(), Box<dyn Error>> {
    let opened = Conversion::from_bytes(onnx_bytes()?)?;
    println!("inputs: {:?}", opened.input_names()?);
    // Nothing is open in this model; else shapes, values and outputs are fixed here.
    let conversion = opened.fix(&Interface::default())?;
    let rewritten = conversion.rewrite(&Rewrite::Fast.into())?;
    let artefact = rewritten.to(&Mnn::default())?;
    let report = artefact.report();
    println!("{}: {} bytes, {:?}", report.target, report.bytes, report.operators);
    Ok(())
}
