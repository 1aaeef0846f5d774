//! The files that the programs write, as the file system shows them.
#![cfg(unix)]
#![allow(clippy::unwrap_used)] // helpers of tests fail by panicking

mod support;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use edgeconv_test_support::{names, outcome};
use edgeconv_validate::input::random;
use edgeconv_vision::{RgbImage, picture};
use support::{edgeconv, text};

/// Runs the program for a user whose new files are not for others (027), with its cache in `folder`.
fn run(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("sh");
    command.args(["-c", "umask 027; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_edgeconv")]).args(arguments);
    command.current_dir(folder).env("EDGECONV_CACHE", folder.join("cache"));
    let (code, _, error) = outcome(command.output().unwrap());
    assert_eq!(code, 0, "{arguments:?}: {error}");
}

/// Everything below a folder with its permissions, by path.
fn modes(folder: &Path, found: &mut Vec<(String, u32)>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        found.push((text(&path).to_owned(), entry.metadata().unwrap().permissions().mode() & 0o777));
        if path.is_dir() {
            modes(&path, found);
        }
    }
}

#[test]
fn all_have_the_permissions_of_the_umask() {
    let temporary = tempfile::tempdir().unwrap();
    let (given, folder) = (temporary.path().join("given"), temporary.path().join("written"));
    fs::create_dir(&given).unwrap();
    fs::create_dir(&folder).unwrap();
    let (photo, input) = (given.join("photo.png"), given.join("input.npy"));
    picture::write_png(&photo, RgbImage::from_pixel(64, 64, [200, 100, 0].into())).unwrap();
    edgeconv_validate::input::write(&input, &random(&[1, 3, 64, 64], 1)).unwrap();

    run(&folder, &["export", "edgeformer-xs", "--size", "64", "--tune", "-o", "out"]);
    let [onnx, mnn] = ["out/edgeformer-xs.onnx", "out/edgeformer-xs.mnn"];
    run(&folder, &["convert", onnx, "-o", "converted.mnn"]);
    run(&folder, &["run", onnx, "--input", text(&input), "-o", "tensors"]);
    run(&folder, &["run", onnx, "--image", text(&photo), "-o", "pictures"]);
    let reports = ["--html", "check.html", "--junit", "check.xml", "--markdown", "check.md"];
    run(&folder, &[&["check", mnn, "--against", onnx, "--save-golden", "golden"][..], &reports].concat());
    let few = ["--runs", "1", "--processes", "1", "--warmup", "0"];
    run(&folder, &[&["bench", mnn, "--html", "bench.html", "--csv", "bench.csv"][..], &few].concat());
    run(&folder, &["inspect", onnx, "--html", "inspect.html"]);
    run(&folder, &["diff", onnx, mnn, "--html", "diff.html"]);

    let mut found = vec![];
    modes(&folder, &mut found);
    for name in ["tune.json", "logits.npy", "golden.json", "top5.json", ".report.json", ".mnn", ".html", ".csv", ".xml"]
    {
        assert!(found.iter().any(|(path, _)| path.ends_with(name)), "no {name} in {found:?}");
    }
    assert!(found.iter().any(|(path, _)| path.contains("/golden/") && path.ends_with(".npy")), "{found:?}");
    for (path, mode) in found {
        let expected = if Path::new(&path).is_dir() { 0o750 } else { 0o640 };
        assert_eq!(mode, expected, "`{path}`: {mode:o}");
        assert!(!path.contains("/.edgeconv-"), "`{path}` was left behind");
    }
}

#[test]
fn a_signal_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    for signal in ["-INT", "-TERM"] {
        let mut command = edgeconv();
        command.args(["export", "edgeformer-s", "--quiet", "-o", text(folder.path())]).env("TMPDIR", folder.path());
        let mut process = command.spawn().unwrap();
        let unfinished = || names(folder.path()).iter().any(|name| name.starts_with(".edgeconv-"));
        while !unfinished() {
            assert!(process.try_wait().unwrap().is_none(), "it ended too early");
            sleep(Duration::from_millis(5));
        }
        assert!(Command::new("kill").args([signal, &process.id().to_string()]).status().unwrap().success());
        let ended = process.wait().unwrap();
        assert!(matches!(ended.signal(), Some(2 | 15)), "{ended}");
        assert_eq!(names(folder.path()), Vec::<String>::new(), "{signal}");
    }
}
