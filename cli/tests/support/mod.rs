//! What the tests of the command line share.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests fail by panicking
#![allow(dead_code)] // each test file uses its part

#[cfg(unix)]
pub mod board;

use std::path::Path;
use std::process::Command;

use edgeconv_test_support::outcome;

/// The program, with the agent that `cargo build --workspace` has put beside it.
pub fn edgeconv() -> Command {
    Command::new(env!("CARGO_BIN_EXE_edgeconv"))
}

/// Runs the program; its exit code, stdout and stderr.
pub fn run(arguments: &[&str]) -> (i32, String, String) {
    outcome(edgeconv().args(arguments).output().unwrap())
}

/// A path as a command-line argument.
pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}
