//! What lies beside a stranger's model is neither run nor loaded.
#![allow(clippy::unwrap_used)] // tests fail by panicking
#![cfg(unix)]

mod support;

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use edgeconv_converter::target::{mnn, onnx};
use edgeconv_graph::Builder;
use edgeconv_graph::op::Unary;
use edgeconv_test_support::{names, outcome, skip};
use edgeconv_validate::engine::onnxruntime;
use serde_json::Value;
use support::edgeconv;

/// A folder as it may come with a model: a `python3` and modules that note that they were run, and a "library" for ONNX Runtime.
fn stranger() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let mut b = Builder::new("network");
    let x = b.input("x", [1, 2]).unwrap();
    let y = b.node("y", Unary::Relu, &[x]).unwrap();
    b.output("y", y);
    let network = b.finish();
    fs::write(path("model.onnx"), onnx::export(&network, onnx::DEFAULT_OPSET).unwrap()).unwrap();
    fs::write(path("model.mnn"), mnn::export(&network).unwrap()).unwrap();

    fs::create_dir_all(path("onnxruntime/capi")).unwrap();
    fs::create_dir(path("bin")).unwrap();
    // The version shows which library an engine is.
    fs::write(path("onnxruntime/capi/libonnxruntime.so.99.9"), "").unwrap();
    let note = |what: &str| format!("open({:?}, 'w')\n", path(&format!("ran-{what}")));
    fs::create_dir(path("torch")).unwrap();
    fs::create_dir(path("encodings")).unwrap();
    let modules =
        ["sitecustomize", "usercustomize", "importlib", "onnxruntime/__init__", "torch/__init__", "encodings/__init__"];
    for module in modules {
        fs::write(path(&format!("{module}.py")), note(&module.replace('/', "-"))).unwrap();
    }
    for program in ["python3", "ssh", "adb", "qemu-arm", "edgeconv-train", "edgeconv-agent", "uname"] {
        let script =
            format!("#!/bin/sh\ntouch {:?}\necho {:?}\n", path(&format!("ran-{program}")), path("onnxruntime"));
        for place in [path(program), path("bin").join(program)] {
            fs::write(&place, &script).unwrap();
            fs::set_permissions(place, fs::Permissions::from_mode(0o755)).unwrap();
        }
    }
    folder
}

/// Exit code, stdout and stderr of a check by ONNX Runtime in this folder.
fn check(folder: &Path, variables: &[(&str, OsString)]) -> (i32, String, String) {
    let mut command = edgeconv();
    command.args(["check", "model.onnx", "--against", "model.onnx", "--engine", "ort", "--json"]);
    command.current_dir(folder).env_remove("ORT_DYLIB_PATH");
    outcome(command.envs(variables.iter().cloned()).output().unwrap())
}

#[test]
fn nothing_in_the_working_folder_is_run_or_loaded() {
    let folder = stranger();
    let before = names(folder.path());
    let path = std::env::var("PATH").unwrap();
    let inside = folder.path().join("bin");
    let paths = [format!(".:bin:{}:{path}", inside.display()), format!(":{path}"), ".:bin".into(), path];
    for path in paths {
        for modules in [".", "", folder.path().to_str().unwrap()] {
            let (code, stdout, stderr) =
                check(folder.path(), &[("PATH", path.clone().into()), ("PYTHONPATH", modules.into())]);
            assert_eq!(names(folder.path()), before, "PATH {path}, PYTHONPATH {modules}");
            // This machine may have another ONNX Runtime.
            let other = code == 0 && !stdout.contains("99.9");
            assert!(other || stderr.contains("ONNX Runtime is not here"), "{stdout}{stderr}");
        }
    }
}

#[test]
fn programs_in_the_working_folder_are_not_run() {
    let folder = stranger();
    let before = names(folder.path());
    let inside = folder.path().join("bin");
    let checks: [(&[&str], &str); 4] = [
        (&["--against", "model.onnx", "--target", "ssh://me@board"], "the program `ssh` is missing"),
        (&["--against", "model.onnx", "--target", "adb"], "the program `adb` is missing"),
        // What is missing first depends on what was built here.
        (&["--against", "model.onnx", "--target", "qemu"], "is missing"),
        (&["--against", "torch:edgeformer-s", "--weights", "model.onnx"], ""),
    ];
    for path in [".:bin".to_owned(), ":bin:".to_owned(), format!("{}", inside.display())] {
        for (arguments, reason) in &checks {
            let mut command = edgeconv();
            command.args(["check", "model.mnn"]).args(*arguments).current_dir(folder.path()).env("PATH", &path);
            let (code, _, error) = outcome(command.env_remove("EDGECONV_TRAIN").output().unwrap());
            assert!(code != 0 && error.contains(reason), "{arguments:?}: {error}");
            assert_eq!(names(folder.path()), before, "PATH {path}, {arguments:?}");
        }
    }
}

#[test]
fn programs_beside_the_model_are_not_run() {
    let folder = stranger();
    let before = names(folder.path());
    let elsewhere = tempfile::tempdir().unwrap();
    let links = elsewhere.path().join("links");
    fs::create_dir(&links).unwrap();
    for file in ["model.mnn", "model.onnx"] {
        std::os::unix::fs::symlink(folder.path().join(file), links.join(file)).unwrap();
    }
    let checks: [(&[&str], &str); 4] = [
        (&["--target", "ssh://me@board"], "the program `ssh` is missing"),
        (&["--target", "adb"], "the program `adb` is missing"),
        (&["--target", "qemu"], "is missing"),
        (&["--engine", "ort"], "ONNX Runtime is not here"),
    ];
    for models in [folder.path(), &links] {
        for (arguments, reason) in checks {
            let mut command = edgeconv();
            command.arg("check").arg(models.join("model.mnn"));
            command.arg(format!("--against={}", models.join("model.onnx").display())).args(arguments);
            command.current_dir(elsewhere.path()).env("PATH", folder.path()).env_remove("ORT_DYLIB_PATH");
            let (code, _, error) = outcome(command.output().unwrap());
            assert!(code != 0 && error.contains(reason), "{arguments:?}: {error}");
            assert_eq!(names(folder.path()), before, "{arguments:?}");
        }
    }
}

#[test]
fn a_relative_agent_is_an_error() {
    let folder = stranger();
    let before = names(folder.path());
    for agent in ["edgeconv-agent", "./edgeconv-agent", "bin/edgeconv-agent"] {
        let (code, _, error) = check(folder.path(), &[("EDGECONV_AGENT", agent.into())]);
        assert!(code == 1 && error.contains("or set EDGECONV_AGENT to its absolute path"), "{error}");
        assert_eq!(names(folder.path()), before);
    }
}

#[test]
fn the_library_that_was_loaded_is_in_the_report() {
    let Some(library) = onnxruntime::find().unwrap() else {
        return skip("needs ONNX Runtime: set ORT_DYLIB_PATH");
    };
    let folder = stranger();
    let (code, out, error) = check(folder.path(), &[("ORT_DYLIB_PATH", library.clone().into())]);
    assert_eq!(code, 0, "{error}");
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["ran"]["library"].as_str(), library.to_str(), "{report}");
}

#[test]
fn a_relative_library_is_an_error() {
    let folder = stranger();
    for library in ["onnxruntime/capi/libonnxruntime.so.99.9", "./model.onnx", "absent.so"] {
        let (code, _, stderr) = check(folder.path(), &[("ORT_DYLIB_PATH", library.into())]);
        assert_eq!(code, 2, "{stderr}");
        assert!(stderr.contains(&format!("ORT_DYLIB_PATH is `{library}`: expected the absolute path")), "{stderr}");
    }
}
