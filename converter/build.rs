//! Compiles the schemas of the file formats.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    mnn()?;
    onnx()
}

/// `src/mnn/schema.fbs` to Rust.
fn mnn() -> Result<(), Box<dyn Error>> {
    let schema = "src/mnn/schema.fbs";
    println!("cargo::rerun-if-changed={schema}");
    let declarations = planus_translation::translate_files(&[schema]).ok_or("schema.fbs is invalid, see above")?;
    let code = planus_codegen::generate_rust(&declarations, false).map_err(|error| error.to_string())?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("mnn.rs"), code)?;
    Ok(())
}

/// `src/onnx/onnx.proto` to Rust; byte fields are shared slices, so that reading a model copies no weights.
fn onnx() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=src/onnx/onnx.proto");
    let descriptors = protox::compile(["src/onnx/onnx.proto"], ["src/onnx"])?;
    prost_build::Config::new().bytes(["."]).compile_fds(descriptors)?;
    Ok(())
}
