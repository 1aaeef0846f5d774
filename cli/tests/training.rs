//! `edgeconv train` and `edgeconv eval` are done by another program.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may panic: that is how it fails

mod support;

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use edgeconv_test_support::outcome;
use support::{edgeconv, run};

/// A stand-in that prints its arguments, one a line, and ends with this code.
fn stand_in(path: &Path, code: i32) {
    std::fs::write(path, format!("#!/bin/sh\nprintf '<%s>\\n' \"$@\"\nexit {code}\n")).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn arguments_and_the_exit_code_are_passed_on() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("edgeconv-train");
    for (arguments, expected, code) in [
        (&["train", "--recipe", "r.yaml", "--set", "a.b=c d", "-x"][..], "train --recipe r.yaml --set a.b=c d -x", 3),
        (&["eval", "--help"], "eval --help", 0),
        (&["eval", "--json", "--", "-q"], "eval --json -q", 1),
        (&["--quiet", "eval", "--recipe=r", "--json", ""], "eval --quiet --recipe=r --json ", 2),
        (&["train"], "train", 0),
    ] {
        stand_in(&program, code);
        let output = edgeconv().args(arguments).env("EDGECONV_TRAIN", &program).output().unwrap();
        let (found, printed, error) = outcome(output);
        let passed: Vec<_> = printed.lines().map(|line| line.trim_matches(['<', '>'])).collect();
        assert_eq!((found, passed.join(" ").as_str()), (code, expected), "{error}");
    }
}

#[test]
fn the_program_is_found_on_the_path() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("edgeconv");
    std::fs::copy(env!("CARGO_BIN_EXE_edgeconv"), &own).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let mut command = std::process::Command::new(own);
    command.arg("train").env_remove("EDGECONV_TRAIN").env("PATH", elsewhere.path());
    let (code, _, error) = outcome(command.output().unwrap());
    assert!(
        code == 2 && error.contains("edgeconv-train is missing") && error.contains("`make train`"),
        "{code}: {error}"
    );
    stand_in(&elsewhere.path().join("edgeconv-train"), 5);
    let path = std::env::join_paths([elsewhere.path(), Path::new("/bin"), Path::new("/usr/bin")]).unwrap();
    let (code, printed, _) = outcome(command.env("PATH", path).output().unwrap());
    assert_eq!((code, printed.as_str()), (5, "<train>\n"));
}

#[test]
fn a_missing_program_is_misuse() {
    let output = edgeconv().arg("eval").env("EDGECONV_TRAIN", "/absent/edgeconv-train").output().unwrap();
    let (code, _, error) = outcome(output);
    assert_eq!(code, 2);
    assert!(
        error.contains("looked for `/absent/edgeconv-train`") && error.contains("`make train` builds it"),
        "{error}"
    );
}

#[test]
fn both_commands_are_listed() {
    let (code, help, _) = run(&["--help"]);
    assert_eq!(code, 0);
    assert!(help.contains("\n  train ") && help.contains("\n  eval "), "{help}");
}
