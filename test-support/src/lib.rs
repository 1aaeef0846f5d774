//! What tests of several crates share.
//!
//! A test that lacks what a script of the project can install calls [`skip`] (or a function here that does) and returns. With
//! `EDGECONV_REQUIRE=1`, which CI sets, it fails instead. What no script can install, files that are not public and what a system
//! forbids, is for [`skip_anywhere`]: such a test is skipped in CI, too.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail by panicking")]

use std::env;
use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use proptest::prelude::ProptestConfig;
use proptest::test_runner::FileFailurePersistence;

/// Prints why a test is skipped that lacks what a script of the project can install.
///
/// # Panics
/// With `EDGECONV_REQUIRE=1`, where all of that must be there.
#[track_caller]
pub fn skip(reason: impl Display) {
    skip_unless(env::var_os("EDGECONV_REQUIRE").is_some_and(|value| value == "1"), reason);
}

/// Prints why a test is skipped that lacks what no script can install: files that are not public, or leave from the system.
pub fn skip_anywhere(reason: impl Display) {
    skip_unless(false, reason);
}

#[track_caller]
fn skip_unless(required: bool, reason: impl Display) {
    assert!(!required, "EDGECONV_REQUIRE=1, but this test would be skipped: {reason}");
    println!("skipped: {reason}");
}

/// What a test needs, or `None` after [`skip`].
#[track_caller]
pub fn found<T>(result: Result<T, impl Display>) -> Option<T> {
    result.inspect_err(|error| skip(error)).ok()
}

/// The file or folder that an environment variable names, or `None` after [`skip_anywhere`].
pub fn provided(variable: &str) -> Option<PathBuf> {
    let path = env::var_os(variable).map(PathBuf::from);
    if path.is_none() {
        skip_anywhere(format_args!("{variable} is not set"));
    }
    path
}

/// The seed of a test with random numbers: `EDGECONV_SEED`, or else `default`. A failing test shows it.
pub fn seed(default: u64) -> u64 {
    let seed = env::var("EDGECONV_SEED").map_or(default, |text| {
        text.parse().unwrap_or_else(|_| panic!("EDGECONV_SEED: expected an integer, found `{text}`"))
    });
    println!("EDGECONV_SEED={seed}");
    seed
}

/// So many cases of a property; failing ones are kept beside the test, in `TEST.proptest-regressions`, and tried first from then on.
pub fn cases(cases: u32) -> ProptestConfig {
    let kept = FileFailurePersistence::WithSource("proptest-regressions");
    ProptestConfig { cases, failure_persistence: Some(Box::new(kept)), ..ProptestConfig::default() }
}

/// Where a file or folder of the official implementation's checkpoints and outputs is, if it is here: in `EDGECONV_GOLDEN`.
pub fn golden_path(name: &str) -> PathBuf {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/golden");
    env::var_os("EDGECONV_GOLDEN").map_or_else(default, PathBuf::from).join(name)
}

/// The same, or `None` after [`skip_anywhere`] if there is no such folder.
///
/// # Panics
/// If the folder is there without the file.
#[track_caller]
pub fn golden(name: &str) -> Option<PathBuf> {
    let folder = golden_path("");
    if !folder.is_dir() {
        skip_anywhere(format_args!("there are no golden files in `{}`; set EDGECONV_GOLDEN", folder.display()));
        return None;
    }
    let path = folder.join(name);
    assert!(path.exists(), "`{}` is not among the golden files", path.display());
    Some(path)
}

/// A processor of boards, emulated.
#[derive(Debug, Clone, Copy)]
pub struct Emulated {
    /// What `make board BOARD=…` calls it.
    pub board: &'static str,
    /// What `--target` calls it.
    pub target: &'static str,
    /// What its agent calls it, as Rust does.
    pub machine: &'static str,
    /// The emulator.
    pub emulator: &'static str,
    /// The folder of its programs below `target`.
    folder: &'static str,
}

/// That of the RK3288.
pub const ARMV7: Emulated = Emulated {
    board: "rk3288",
    target: "qemu",
    machine: "arm",
    emulator: "qemu-arm",
    folder: "armv7-unknown-linux-gnueabihf",
};

/// 64 bits.
pub const AARCH64: Emulated = Emulated {
    board: "aarch64",
    target: "qemu:aarch64",
    machine: "aarch64",
    emulator: "qemu-aarch64",
    folder: "aarch64-unknown-linux-gnu",
};

impl Emulated {
    /// Whether it can be emulated; if it can't, calls [`skip`].
    #[track_caller]
    pub fn is_here(&self) -> bool {
        let agent = built(self.folder).join("release/edgeconv-agent");
        let here = agent.is_file() && Command::new(self.emulator).arg("--version").output().is_ok();
        if !here {
            skip(format_args!("needs {} (Debian: qemu-user) and `make board BOARD={}`", self.emulator, self.board));
        }
        here
    }

    /// The root file system that `make test-board` has made.
    pub fn root(&self) -> PathBuf {
        built("board-root").join(self.board)
    }
}

/// A file or folder below `target`.
fn built(name: &str) -> PathBuf {
    // A test is `target/PROFILE/deps/NAME`.
    let test = env::current_exe().unwrap();
    test.ancestors().nth(3).unwrap().join(name)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "this test would be skipped: no browser")]
    fn where_everything_is_required_nothing_is_skipped() {
        skip_unless(true, "no browser");
    }

    /// Rust files of the workspace.
    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let (path, name) = (entry.path(), entry.file_name().into_string().unwrap());
            match entry.file_type().unwrap().is_dir() {
                true if name != "target" && !name.starts_with('.') => sources(&path, found),
                false if name.ends_with(".rs") => found.push(path),
                _ => {}
            }
        }
    }

    #[test]
    fn tests_are_skipped_here_alone() {
        let mut files = vec![];
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), &mut files);
        assert!(files.len() > 300, "{} files", files.len());
        let prints = |line: &str| line.contains("print") && line.contains("skipped");
        for file in files.iter().filter(|file| !file.ends_with("test-support/src/lib.rs")) {
            let text = std::fs::read_to_string(file).unwrap();
            let found = text.lines().find(|line| prints(line));
            assert_eq!(found, None, "`{}`: call edgeconv_test_support::skip", file.display());
        }
    }
}
