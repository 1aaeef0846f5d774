//! What the tests of the command line share.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests fail by panicking
#![allow(dead_code)] // each test file uses its part

#[cfg(unix)]
pub mod board;
pub mod quantized;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use edgeconv_test_support::outcome;
use serde_json::Value;

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

/// A folder with the files of a test.
pub struct Files {
    folder: tempfile::TempDir,
}

impl Files {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    pub fn write(&self, name: &str, contents: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, contents).unwrap();
        path
    }

    /// The program in this folder, with this library for ONNX Runtime, or none at all.
    pub fn command(&self, arguments: &[&str], library: Option<&Path>) -> Command {
        let mut command = edgeconv();
        command.args(arguments).current_dir(self.folder()).env_remove("ORT_DYLIB_PATH");
        match library {
            Some(library) => command.env("ORT_DYLIB_PATH", library),
            None => command.env("PATH", "/nowhere"),
        };
        command
    }

    /// Exit code, stdout and stderr.
    pub fn run(&self, arguments: &[&str], library: Option<&Path>) -> (i32, String, String) {
        outcome(self.command(arguments, library).output().unwrap())
    }

    /// The report of a command that succeeds.
    pub fn report(&self, arguments: &[&str], library: Option<&Path>) -> Value {
        let (code, out, error) = self.run(&[arguments, &["--json"]].concat(), library);
        assert_eq!(code, 0, "{error}");
        serde_json::from_str(&out).unwrap()
    }
}
