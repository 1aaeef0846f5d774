//! What the tests of the command line share.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests fail by panicking
#![allow(dead_code)] // each test file uses its part

#[cfg(unix)]
pub mod board;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The program, with the agent that `cargo build --workspace` has put beside it.
pub fn edgeconv() -> Command {
    Command::new(env!("CARGO_BIN_EXE_edgeconv"))
}

/// Runs the program; its exit code, stdout and stderr.
pub fn run(arguments: &[&str]) -> (i32, String, String) {
    outcome(edgeconv().args(arguments).output().unwrap())
}

/// Exit code, stdout and stderr of a finished process.
pub fn outcome(output: Output) -> (i32, String, String) {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The folder with outputs of the official implementation, or `None` after saying why a test is skipped.
pub fn golden() -> Option<PathBuf> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/golden");
    let folder = std::env::var_os("EDGECONV_GOLDEN").map_or(default, PathBuf::from);
    if folder.join("manifest.json").is_file() {
        return Some(folder);
    }
    println!("skipped: no golden files in `{}`; set EDGECONV_GOLDEN", folder.display());
    None
}

/// Names of everything in a folder, hidden files too.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A path as a command-line argument.
pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A file or folder that `make board` or `make test-board` has made.
pub fn built_for_armv7(name: &str) -> PathBuf {
    let built = Path::new(env!("CARGO_BIN_EXE_edgeconv")).ancestors().nth(2).unwrap();
    built.join("armv7-unknown-linux-gnueabihf").join(name)
}

/// Whether ARMv7 can be emulated; says why a test is skipped if it can't.
pub fn emulator_is_here() -> bool {
    let agent = built_for_armv7("release/edgeconv-agent");
    let here = agent.is_file() && Command::new("qemu-arm").arg("--version").output().is_ok();
    if !here {
        println!("skipped: needs qemu-arm (Debian: qemu-user) and `make board`");
    }
    here
}
