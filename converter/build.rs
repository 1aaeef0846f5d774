//! Compiles the schemas of the file formats.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    onnx()
}

/// `src/onnx/onnx.proto` to Rust; byte fields are shared slices, so that reading a model copies no weights.
fn onnx() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=src/onnx/onnx.proto");
    let descriptors = protox::compile(["src/onnx/onnx.proto"], ["src/onnx"])?;
    prost_build::Config::new().bytes(["."]).compile_fds(descriptors)?;
    Ok(())
}
