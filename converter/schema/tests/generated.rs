//! The generated code that is checked in is what the schemas of the file formats give.
//!
//! After a change of a schema: `EDGECONV_REGENERATE=1 cargo test -p edgeconv-schema`.

#![allow(clippy::unwrap_used)] // helpers of tests fail by panicking

use std::path::{Path, PathBuf};

fn file(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[track_caller]
fn expect_generated(path: &str, code: &str) {
    let path = file(path);
    if std::env::var_os("EDGECONV_REGENERATE").is_some() {
        std::fs::write(&path, code).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == code,
        "`{}` is out of date: run this test with EDGECONV_REGENERATE=1 and commit the result",
        path.display()
    );
}

#[test]
fn mnn_schema() {
    let declarations = planus_translation::translate_files(&[file("mnn.fbs")]).unwrap();
    let code = planus_codegen::generate_rust(&declarations, false).unwrap();
    // Comments name the path of the schema, which differs between machines; without indentation it takes less than 1 MB.
    let lines = code.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("///"));
    let code: String = lines.flat_map(|line| [line, "\n"]).collect();
    expect_generated("src/mnn.rs", &code);
}

/// Byte fields are shared slices, so that reading a model copies no weights.
#[test]
fn onnx_messages() {
    let descriptors = protox::compile([file("onnx.proto")], [file(".")]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    prost_build::Config::new().bytes(["."]).out_dir(folder.path()).compile_fds(descriptors).unwrap();
    expect_generated("src/onnx.rs", &std::fs::read_to_string(folder.path().join("onnx.rs")).unwrap());
}
