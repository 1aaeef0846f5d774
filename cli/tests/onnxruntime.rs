//! What lies beside a stranger's model is neither run nor loaded while ONNX Runtime is looked for.
#![allow(clippy::unwrap_used)] // tests fail by panicking
#![cfg(unix)]

mod support;

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use edgeconv_converter::target::onnx;
use edgeconv_graph::Builder;
use edgeconv_graph::op::Unary;
use edgeconv_test_support::{names, outcome};
use support::edgeconv;

/// A folder as it may come with a model: a `python3` and modules that note that they were run, and a "library" for ONNX Runtime.
fn stranger() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let mut b = Builder::new("network");
    let x = b.input("x", [1, 2]).unwrap();
    let y = b.node("y", Unary::Relu, &[x]).unwrap();
    b.output("y", y);
    fs::write(path("model.onnx"), onnx::export(&b.finish(), onnx::DEFAULT_OPSET).unwrap()).unwrap();

    fs::create_dir_all(path("onnxruntime/capi")).unwrap();
    fs::create_dir(path("bin")).unwrap();
    // The version shows which library an engine is.
    fs::write(path("onnxruntime/capi/libonnxruntime.so.99.9"), "").unwrap();
    let note = |what: &str| format!("open({:?}, 'w')\n", path(&format!("ran-{what}")));
    for module in ["sitecustomize", "usercustomize", "importlib", "onnxruntime/__init__"] {
        fs::write(path(&format!("{module}.py")), note(&module.replace('/', "-"))).unwrap();
    }
    for program in ["python3", "bin/python3"] {
        let script = format!("#!/bin/sh\ntouch {:?}\necho {:?}\n", path("ran-python3"), path("onnxruntime"));
        fs::write(path(program), script).unwrap();
        fs::set_permissions(path(program), fs::Permissions::from_mode(0o755)).unwrap();
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
fn a_relative_library_is_an_error() {
    let folder = stranger();
    for library in ["onnxruntime/capi/libonnxruntime.so.99.9", "./model.onnx", "absent.so"] {
        let (code, _, stderr) = check(folder.path(), &[("ORT_DYLIB_PATH", library.into())]);
        assert_eq!(code, 2, "{stderr}");
        assert!(stderr.contains(&format!("ORT_DYLIB_PATH is `{library}`: expected the absolute path")), "{stderr}");
    }
}
