//! What tests of several crates share.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Where a file or folder of the official implementation's checkpoints and outputs is, if it is here: in `EDGECONV_GOLDEN`.
pub fn golden_path(name: &str) -> PathBuf {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/golden");
    std::env::var_os("EDGECONV_GOLDEN").map_or_else(default, PathBuf::from).join(name)
}

/// The same, or `None` after saying why a test is skipped.
pub fn golden(name: &str) -> Option<PathBuf> {
    let path = golden_path(name);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: there is no golden file `{}`; set EDGECONV_GOLDEN to its folder", path.display());
    None
}

/// A file or folder that `make board` or `make test-board` has made.
pub fn built_for_armv7(name: &str) -> PathBuf {
    // A test is `target/PROFILE/deps/NAME`.
    let test = std::env::current_exe().unwrap();
    test.ancestors().nth(3).unwrap().join("armv7-unknown-linux-gnueabihf").join(name)
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

/// Exit code, stdout and stderr of a finished process; one that a signal has ended fails the test.
pub fn outcome(output: Output) -> (i32, String, String) {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// Names of everything in a folder, hidden files too.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
