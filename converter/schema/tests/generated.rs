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
    // Comments name the path of the schema, which differs between machines; indentation would be half of it.
    let lines = code.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("///"));
    let lines: Vec<_> = lines.collect();
    let (head, tail) = (lines.iter().position(|line| *line == "mod root {").unwrap() + 1, lines.len() - 1);
    let items = &lines[head..tail];
    // In halves, which are small enough to be looked at.
    let (first, second) = items.split_at(end_of_item(items, items.len() / 2));
    let text = |lines: &[&str]| lines.iter().flat_map(|line| [*line, "\n"]).collect::<String>();
    let includes = ["include!(\"mnn/first.rs\");", "include!(\"mnn/second.rs\");"];
    expect_generated("src/mnn.rs", &text(&[&lines[..head], &includes, &lines[tail..]].concat()));
    expect_generated("src/mnn/first.rs", &text(first));
    expect_generated("src/mnn/second.rs", &text(second));
}

/// How many lines there are up to the end of the item that line `from` is in.
fn end_of_item(lines: &[&str], from: usize) -> usize {
    let mut depth = 0;
    for (index, line) in lines.iter().enumerate() {
        depth += line.matches('{').count() as i64 - line.matches('}').count() as i64;
        if index >= from && depth == 0 && *line == "}" {
            return index + 1;
        }
    }
    lines.len()
}

/// Byte fields are shared slices, so that reading a model copies no weights.
#[test]
fn onnx_messages() {
    let descriptors = protox::compile([file("onnx.proto")], [file(".")]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    prost_build::Config::new().bytes(["."]).out_dir(folder.path()).compile_fds(descriptors).unwrap();
    expect_generated("src/onnx.rs", &std::fs::read_to_string(folder.path().join("onnx.rs")).unwrap());
}
