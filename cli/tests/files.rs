//! The files that the programs write, as the file system shows them.
#![cfg(unix)]
#![allow(clippy::unwrap_used)] // helpers of tests fail by panicking

mod support;

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use edgeconv_test_support::{names, outcome};
use edgeconv_validate::input::random;
use edgeconv_vision::{RgbImage, picture};
use serde_json::Value;
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
fn what_keeps_engines_from_starting_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    run(folder.path(), &["export", "edgeformer-xs", "--size", "32", "--no-check", "-o", "given"]);
    fs::write(path("agent"), "#!/bin/sh\n").unwrap();
    edgeconv_validate::input::write(&path("input.npy"), &random(&[1, 3, 32, 32], 1)).unwrap();
    let before = names(folder.path());
    let [onnx, mnn] = ["given/edgeformer-xs.onnx", "given/edgeformer-xs.mnn"];
    let commands: [&[&str]; 4] = [
        &["export", "edgeformer-xs", "--size", "32", "-o", "out"],
        &["convert", onnx, "-o", "converted.mnn"],
        &["check", mnn, "--against", onnx, "--save-golden", "golden"],
        &["run", onnx, "--input", "input.npy", "-o", "results"],
    ];
    let faults = [("TMPDIR", path("absent"), "No such file"), ("EDGECONV_AGENT", path("agent"), "Permission denied")];
    for ((variable, value, reason), arguments) in
        faults.iter().flat_map(|fault| commands.map(|command| (fault, command)))
    {
        let output = edgeconv().args(arguments).current_dir(folder.path()).env(variable, value).output().unwrap();
        let (code, _, error) = outcome(output);
        assert_eq!(code, 1, "{arguments:?} {variable}: {error}");
        assert!(error.contains("error: ") && error.contains(text(value)) && error.contains(reason), "{error}");
        assert_eq!(names(folder.path()), before, "{arguments:?} {variable}");
    }
}

#[test]
fn nothing_is_left_where_hardly_a_file_may_be_opened() {
    let folder = tempfile::tempdir().unwrap();
    for limit in 4..13 {
        let script = format!("ulimit -n {limit}; exec \"$0\" \"$@\"");
        let mut command = Command::new("sh");
        command.args([
            "-c",
            &script,
            env!("CARGO_BIN_EXE_edgeconv"),
            "export",
            "edgeformer-xs",
            "--size",
            "32",
            "-o",
            "out",
        ]);
        let (code, _, error) = outcome(command.current_dir(folder.path()).output().unwrap());
        assert!([1, 2].contains(&code) && error.contains("Too many open files"), "{limit}: {code} {error}");
        assert_eq!(names(folder.path()), [""; 0], "{limit}");
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
    for signal in ["-INT", "-TERM", "-HUP"] {
        // Whoever runs the tests may have signals ignored, as `nohup` and shells in the background do.
        let mut command = Command::new("env");
        command.args(["--default-signal=INT,TERM,HUP", env!("CARGO_BIN_EXE_edgeconv")]);
        command.args(["export", "edgeformer-s", "--quiet", "-o", text(folder.path())]).env("TMPDIR", folder.path());
        let mut process = command.spawn().unwrap();
        let unfinished = || names(folder.path()).iter().any(|name| name.starts_with(".edgeconv-"));
        while !unfinished() {
            assert!(process.try_wait().unwrap().is_none(), "it ended too early");
            sleep(Duration::from_millis(5));
        }
        assert!(Command::new("kill").args([signal, &process.id().to_string()]).status().unwrap().success());
        let ended = process.wait().unwrap();
        assert!(matches!(ended.signal(), Some(1 | 2 | 15)), "{ended}");
        assert_eq!(names(folder.path()), Vec::<String>::new(), "{signal}");
    }
}

/// Runs the program in a folder, which holds its temporary files, too; its exit code and stderr.
fn run_in(folder: &Path, arguments: &[&OsStr]) -> (i32, String) {
    let mut command = edgeconv();
    let (code, _, error) = outcome(command.args(arguments).current_dir(folder).env("TMPDIR", folder).output().unwrap());
    (code, error)
}

#[test]
fn what_a_killed_program_leaves_is_removed_by_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let export = ["export", "edgeformer-xs", "--size", "32", "--no-check", "-o", "."].map(OsStr::new);
    let mut command = edgeconv();
    let mut process = command.args(export).current_dir(folder.path()).env("TMPDIR", folder.path()).spawn().unwrap();
    while names(folder.path()).is_empty() {
        assert!(process.try_wait().unwrap().is_none(), "it ended too early");
        sleep(Duration::from_millis(1));
    }
    process.kill().unwrap();
    process.wait().unwrap();
    assert!(names(folder.path())[0].starts_with(".edgeconv-"));
    assert_eq!(run_in(folder.path(), &export).0, 0);
    assert!(names(folder.path()).iter().all(|name| name.starts_with("edgeformer-xs.")), "{:?}", names(folder.path()));
}

#[test]
fn exports_into_one_folder_do_not_mix() {
    let folder = tempfile::tempdir().unwrap();
    let export = |seed: &str, out: &str| {
        let mut command = edgeconv();
        command.args(["export", "edgeformer-xs", "--size", "32", "--no-check", "--quiet", "--seed", seed, "-o", out]);
        command.current_dir(folder.path()).spawn().unwrap()
    };
    let seeds: Vec<_> = (0..10).map(|seed: usize| seed.to_string()).collect();
    let together: Vec<_> = seeds.iter().map(|seed| export(seed, "out")).collect();
    assert!(together.into_iter().all(|mut process| process.wait().unwrap().success()));
    let out = |name: &str| fs::read(folder.path().join("out").join(name)).unwrap();
    let report: Value = serde_json::from_slice(&out("edgeformer-xs.report.json")).unwrap();
    assert!(export(&report["weights"]["seed"].to_string(), "alone").wait().unwrap().success());
    for name in ["edgeformer-xs.onnx", "edgeformer-xs.mnn"] {
        assert!(out(name) == fs::read(folder.path().join("alone").join(name)).unwrap(), "{name} is of another seed");
    }
    assert_eq!(
        names(&folder.path().join("out")),
        ["edgeformer-xs.mnn", "edgeformer-xs.onnx", "edgeformer-xs.report.json"]
    );
}

#[test]
fn a_result_replaces_files_only() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("precious"), "old").unwrap();
    symlink("precious", folder.path().join("edgeformer-xs.mnn")).unwrap();
    let before = names(folder.path());
    let export = ["export", "edgeformer-xs", "--size", "32", "--no-check", "-o", "."].map(OsStr::new);
    let (code, error) = run_in(folder.path(), &export);
    assert!(code == 2 && error.contains("edgeformer-xs.mnn`: it is a link, which is not followed"), "{error}");
    assert_eq!(names(folder.path()), before);
    assert_eq!(fs::read(folder.path().join("precious")).unwrap(), b"old");
}

#[test]
fn a_limit_on_the_size_of_files_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new("sh");
    // In blocks of 512 bytes: less than a model has.
    command.args(["-c", "ulimit -f 64; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_edgeconv")]);
    command.args(["export", "edgeformer-xs", "--size", "32", "-o", "out"]);
    let (code, _, error) = outcome(command.current_dir(folder.path()).env("TMPDIR", folder.path()).output().unwrap());
    assert!(code == 1 && error.contains("File too large"), "{code}: {error}");
    assert_eq!(names(folder.path()), [""; 0]);
}

/// "Not checked" is for models that no engine can run, not for machines that no engine can be started on.
#[test]
fn a_machine_without_room_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["export", "edgeformer-xs", "--size", "32", "--no-check", "-o", "."]);
    let check = ["check", "edgeformer-xs.mnn", "--against", "edgeformer-xs.onnx"];
    let nowhere = folder.path().join("nowhere");
    // As a program that is cut off does.
    let elsewhere = tempfile::tempdir().unwrap();
    let dying = elsewhere.path().join("agent");
    fs::write(&dying, "#!/bin/sh\nkill -BUS $$\n").unwrap();
    fs::set_permissions(&dying, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let commands = [
        ("TMPDIR", text(&nowhere)),
        ("TMPDIR", "edgeformer-xs.onnx"),
        ("EDGECONV_AGENT", "/bin/true"),
        ("EDGECONV_AGENT", "/bin/false"),
        ("EDGECONV_AGENT", text(&dying)),
    ];
    for (variable, value) in commands {
        for arguments in [&check[..], &["convert", "edgeformer-xs.onnx", "-o", "converted.mnn"]] {
            let mut command = edgeconv();
            command.args(arguments).current_dir(folder.path()).env(variable, value);
            let (code, out, error) = outcome(command.output().unwrap());
            assert_eq!(code, 1, "{variable}={value} {arguments:?}: {out}{error}");
            assert!(error.contains("can't be started for"), "{variable}={value} {arguments:?}: {error}");
            assert!(!folder.path().join("converted.mnn").exists());
        }
    }
    // Descriptors: a few less than each step takes.
    for limit in [6, 9, 12, 15] {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("ulimit -n {limit}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_edgeconv")]);
        let (code, _, error) = outcome(command.args(check).current_dir(folder.path()).output().unwrap());
        assert!(!error.contains("panicked") && (0..=2).contains(&code), "{limit}: {code} {error}");
        assert!(code != 0 || !error.contains("not checked"), "{limit}: {error}");
    }
}

#[test]
fn nobody_who_reads_is_no_reason_to_leave_something() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new("sh");
    command.args(["-c", "\"$0\" \"$@\" | true", env!("CARGO_BIN_EXE_edgeconv")]);
    command.args(["export", "edgeformer-xs", "--size", "32", "--no-check", "--json", "-o", "."]);
    command.current_dir(folder.path()).env("TMPDIR", folder.path()).status().unwrap();
    assert_eq!(names(folder.path()), ["edgeformer-xs.mnn", "edgeformer-xs.onnx", "edgeformer-xs.report.json"]);
}

#[test]
fn a_failed_run_leaves_no_folder() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("input.npy");
    edgeconv_validate::input::write(&input, &random(&[1, 3, 32, 32], 1)).unwrap();
    let export = ["export", "edgeformer-xs", "--size", "32", "--no-check", "-o", "model"].map(OsStr::new);
    assert_eq!(run_in(folder.path(), &export).0, 0);
    let before = names(folder.path());
    let run = |more: &[&str]| {
        let arguments = ["run", "model/edgeformer-xs.mnn", "--input", "input.npy", "-o", "new/results"];
        let (code, error) = run_in(folder.path(), &arguments.iter().chain(more).map(OsStr::new).collect::<Vec<_>>());
        assert_ne!(code, 0, "{more:?}");
        assert_eq!(names(folder.path()), before, "{more:?}: {error}");
    };
    run(&["--input-name", "absent"]);
    run(&["--decode", "--report", "absent"]);
    // It is not for any input of another shape.
    edgeconv_validate::input::write(&input, &random(&[1, 3, 31], 1)).unwrap();
    run(&[]);
}

#[test]
fn names_need_not_be_utf8() {
    let folder = tempfile::tempdir().unwrap();
    let odd = |name: &str| OsString::from_vec([b"f\xfc", name.as_bytes()].concat());
    let run = |arguments: &[&OsStr]| {
        let (code, error) = run_in(folder.path(), arguments);
        assert_eq!(code, 0, "{arguments:?}: {error}");
    };
    let plain = OsStr::new;
    let path = |name: &str| folder.path().join(odd(name));
    edgeconv_validate::input::write(&path("input.npy"), &random(&[1, 3, 32, 32], 1)).unwrap();
    picture::write_png(&path("photo.png"), RgbImage::from_pixel(32, 32, [200, 100, 0].into())).unwrap();
    fs::write(path("recipe.yaml"), "model: {classification: {name: edgeformer}}").unwrap();
    fs::write(path("axes.npy"), "no array").unwrap();

    let export = ["export", "edgeformer-xs", "--size", "32", "--json", "-o"].map(plain);
    run(&[&export[..], &[&odd("out"), plain("--recipe"), &odd("recipe.yaml")]].concat());
    for ending in ["onnx", "mnn"] {
        fs::rename(path("out").join(format!("edgeformer-xs.{ending}")), path(&format!("model.{ending}"))).unwrap();
    }
    fs::rename(path("out/edgeformer-xs.report.json"), path("model.report.json")).unwrap();
    let (onnx, mnn, html) = (odd("model.onnx"), odd("model.mnn"), odd("page.html"));
    run(&[plain("convert"), &onnx, plain("--json"), plain("-o"), &odd("converted.mnn")]);
    run(&[plain("convert"), &onnx, plain("-o"), &odd("converted.onnx"), plain("--explain")]);
    let check = [plain("check"), &mnn, plain("--against"), &onnx, plain("--json"), plain("--layers")];
    run(&[&check[..], &[plain("--html"), &html, plain("--save-golden"), &odd("golden")]].concat());
    let input = [odd("input.npy"), OsString::from_vec([b"input=f\xfc", &b"input.npy"[..]].concat())];
    for input in &input {
        run(&[&check[..], &[plain("--input"), input]].concat());
    }
    run(&[plain("check"), &mnn, plain("--watch-drift"), &odd("golden"), plain("--json")]);
    run(&[plain("run"), &mnn, plain("--input"), &input[0], plain("--json"), plain("-o"), &odd("tensors")]);
    run(&[plain("run"), &onnx, plain("--image"), &odd("photo.png"), plain("--json"), plain("-o"), &odd("pictures")]);
    let few = ["--runs", "1", "--processes", "1", "--warmup", "0", "--json", "--html"].map(plain);
    run(&[&[plain("bench"), &mnn, &onnx], &few[..], &[&html]].concat());
    run(&[plain("inspect"), &onnx, plain("--json"), plain("--html"), &html]);
    run(&[plain("diff"), &onnx, &mnn, plain("--json"), plain("--html"), &html]);
    assert!(path("tensors/logits.npy").is_file());

    // An argument in which only the name is text.
    let value = OsString::from_vec([b"input=f\xfc", &b"axes.npy"[..]].concat());
    let (code, error) =
        run_in(folder.path(), &[plain("convert"), &onnx, plain("-o"), &odd("b.mnn"), plain("--value"), &value]);
    assert!(code == 2 && error.contains("axes.npy"), "{error}");
}
