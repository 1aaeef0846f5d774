//! What the tests share.
#![allow(clippy::unwrap_used)] // helpers of tests fail by panicking
#![allow(dead_code)] // each test file uses its part

use std::path::{Path, PathBuf};
use std::process::Command;

use edgeconv_conformance::Case;
use edgeconv_test_support::skip;

/// The folder of the whole project.
pub fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The scripts that print the folder of a suite: of ONNX's current operator tests, and of older ones.
pub const SUITES: [&str; 2] = ["current-node-tests.sh", "node-tests.sh"];

/// ONNX's operator tests and the name of their folder, or `None` after `skip`.
pub fn suite(script: &str) -> Option<(String, Vec<Case>)> {
    let fetched = Command::new("sh").arg(project().join("scripts").join(script)).output().unwrap();
    if !fetched.status.success() {
        skip(format_args!("the tests can't be fetched: {}", String::from_utf8_lossy(&fetched.stderr)));
        return None;
    }
    let folder = PathBuf::from(String::from_utf8(fetched.stdout).unwrap().trim());
    let cases = Case::all(&folder).unwrap();
    assert!(cases.len() > 1400, "{} cases", cases.len());
    Some((folder.file_name().unwrap().to_str().unwrap().to_owned(), cases))
}
