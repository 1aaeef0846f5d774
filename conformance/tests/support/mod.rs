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

/// ONNX's operator tests, or `None` after `skip`.
pub fn cases() -> Option<Vec<Case>> {
    let fetched = Command::new("sh").arg(project().join("scripts/node-tests.sh")).output().unwrap();
    if !fetched.status.success() {
        skip(format_args!("the tests can't be fetched: {}", String::from_utf8_lossy(&fetched.stderr)));
        return None;
    }
    let suite = String::from_utf8(fetched.stdout).unwrap();
    let cases = Case::all(Path::new(suite.trim())).unwrap();
    assert!(cases.len() > 1400, "{} cases", cases.len());
    Some(cases)
}
