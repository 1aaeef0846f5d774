//! Compiles the schemas of the file formats to Rust.

use std::path::Path;
use std::{env, fs};

fn main() {
    mnn();
}

/// `src/mnn/schema.fbs` to `$OUT_DIR/mnn.rs`.
fn mnn() {
    let schema = Path::new("src/mnn/schema.fbs");
    println!("cargo::rerun-if-changed={}", schema.display());
    let declarations = planus_translation::translate_files(&[schema]).expect("schema.fbs is valid, see the errors above");
    let code = planus_codegen::generate_rust(&declarations, false).expect("planus can print what it has parsed");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("mnn.rs"), code).expect("OUT_DIR is writable");
}
