//! What ran the original: always named, and never an engine that is known to be wrong.
#![allow(clippy::unwrap_used)] // tests fail by panicking

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use edgeconv_converter::target::onnx;
use edgeconv_graph::op::{Softmax, Unary};
use edgeconv_graph::{Builder, Graph};
use edgeconv_schema::onnx as proto;
use edgeconv_test_support::{names, outcome, skip};
use edgeconv_validate::engine::onnxruntime;
use serde_json::Value;
use support::{Files, edgeconv, text};

/// `y = Softmax(x)` along the last axis, and a `Relu`.
fn network() -> Graph {
    let mut b = Builder::new("network");
    let x = b.input("x", [1, 3, 4]).unwrap();
    let y = b.node("shares", Softmax { axis: 2 }, &[x]).unwrap();
    let z = b.node("z", Unary::Relu, &[y]).unwrap();
    b.output("y", z);
    b.finish()
}

/// `right.onnx`, and `flat.onnx` with a softmax over all axes but the first, as operator sets before 13 have it.
fn files() -> Files {
    let files = Files::new();
    let bytes = onnx::export(&network(), onnx::DEFAULT_OPSET).unwrap();
    let mut model: proto::ModelProto = prost::Message::decode(bytes.as_slice()).unwrap();
    files.write("right.onnx", bytes);
    model.opset_import[0].version = Some(11);
    let nodes = &mut model.graph.as_mut().unwrap().node;
    let softmax = nodes.iter_mut().find(|node| node.op_type() == "Softmax").unwrap();
    softmax.attribute.iter_mut().find(|attribute| attribute.name() == "axis").unwrap().i = Some(1);
    files.write("flat.onnx", prost::Message::encode_to_vec(&model));
    files
}

fn starts_with(value: &Value, start: &str) -> bool {
    value.as_str().is_some_and(|text| text.starts_with(start))
}

#[test]
fn every_result_names_the_engine_and_its_version() {
    let files = files();
    let convert = ["convert", "right.onnx", "-o", "right.mnn"];
    let report = files.report(&convert, None);
    let row = &report["parity"][0];
    assert!(starts_with(&row["engine"], "MNN 3.") && starts_with(&row["reference"], "rten 0."), "{report}");
    assert!(starts_with(&report["original_ran"]["engine"], "rten 0."), "{report}");
    let (_, out, _) = files.run(&convert, None);
    assert!(out.contains("MNN 3.") && out.contains("rten 0."), "{out}");
    let pages = ["--html", "check.html", "--markdown", "check.md", "--junit", "check.xml"];
    let check = [&["check", "right.mnn", "--against", "right.onnx"][..], &pages].concat();
    assert!(starts_with(&files.report(&check, None)["reference_ran"]["engine"], "rten 0."));
    for page in ["check.html", "check.md", "check.xml"] {
        let page = fs::read_to_string(files.path(page)).unwrap();
        assert!(page.contains("MNN 3.") && page.contains("rten 0."), "{page}");
    }
    edgeconv_validate::input::write(&files.path("x.npy"), &edgeconv_validate::input::random(&[1, 3, 4], 1)).unwrap();
    let run = ["run", "right.onnx", "--input", "x.npy", "--input-name", "x", "-o", "results"];
    assert!(starts_with(&files.report(&run, None)[0]["engine"], "rten 0."));
    // Whoever asks for rten gets it, and hears whom else to ask.
    let strict = ["check", "right.mnn", "--against", "flat.onnx", "--engine", "rten"];
    let (code, _, error) = files.run(&strict, None);
    assert!(code == 1 && error.contains("pip install onnxruntime"), "{error}");
}

#[test]
fn rten_is_no_reference_for_what_it_computes_otherwise() {
    let files = files();
    let convert = ["convert", "flat.onnx", "-o", "flat.mnn"];
    let check = ["check", "flat.mnn", "--against", "flat.onnx"];
    for arguments in [&convert[..], &check[..]] {
        let report = files.report(arguments, None);
        let reason = report["unchecked"].as_str().unwrap();
        for part in ["rten 0.", "(Softmax)", "`pip install onnxruntime`", "ORT_DYLIB_PATH"] {
            assert!(reason.contains(part), "{part}: {reason}");
        }
        let (code, out, error) = files.run(arguments, None);
        assert!(code == 0 && out.contains("not checked: ") && !out.contains("FAILED"), "{out}{error}");
    }
    // An ONNX file is run by engines that are right, too.
    let report = files.report(&["convert", "flat.onnx", "-o", "again.onnx", "--opset", "13"], None);
    assert!(report["unchecked"].as_str().is_some(), "{report}");
    let Some(library) = onnxruntime::find().unwrap() else {
        return skip("set ORT_DYLIB_PATH, or install onnxruntime for python3");
    };
    let report = files.report(&convert, Some(&library));
    assert!(starts_with(&report["parity"][0]["reference"], "ONNX Runtime 1."), "{report}");
    assert_eq!((&report["parity"][0]["passed"], &report["unchecked"]), (&true.into(), &Value::Null));
    let report = files.report(&check, Some(&library));
    assert!(starts_with(&report["reference_ran"]["engine"], "ONNX Runtime 1.") && report["passed"] == true, "{report}");
}

/// An agent that makes the last element of the first output 100 if MNN has computed it.
#[cfg(unix)]
fn wrong_agent(folder: &Path) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let real = Path::new(env!("CARGO_BIN_EXE_edgeconv")).with_file_name("edgeconv-agent");
    let agent = folder.join("agent.sh");
    let script = format!(
        "#!/bin/sh\n{} \"$@\" || exit $?\ngrep -q '\"engine\": \"mnn\"' \"$1/job.json\" || exit 0\nlast=$(($(wc -c <\"$1/output-0.npy\") - 4))\n\
         printf '\\000\\000\\310\\102' | dd of=\"$1/output-0.npy\" bs=1 seek=$last conv=notrunc 2>/dev/null\n",
        text(&real)
    );
    fs::write(&agent, script).unwrap();
    fs::set_permissions(&agent, fs::Permissions::from_mode(0o755)).unwrap();
    agent
}

#[test]
#[cfg(unix)]
fn a_file_that_failed_is_kept_under_another_name() {
    let files = files();
    let agent = wrong_agent(files.folder());
    let convert = ["convert", "right.onnx", "-o", "right.mnn"];
    files.report(&convert, None);
    let good = fs::read(files.path("right.mnn")).unwrap();
    let wrong = |arguments: &[&str]| {
        let mut command = edgeconv();
        command.args(arguments).current_dir(files.folder());
        outcome(command.env_remove("ORT_DYLIB_PATH").env("EDGECONV_AGENT", &agent).output().unwrap())
    };
    for older in [true, false] {
        let (code, out, error) = wrong(&[&convert[..], &["--rewrite", "none"]].concat());
        assert!(code == 1 && out.contains("right.failed.mnn  ") && out.contains("FAILED"), "{out}{error}");
        assert!(error.contains("kept as `right.failed.mnn`, nothing was written under the asked name"), "{error}");
        assert_eq!(fs::read(files.path("right.mnn")).ok(), older.then_some(good.clone()));
        fs::remove_file(files.path("right.failed.mnn")).unwrap();
        fs::remove_file(files.path("right.mnn")).ok();
    }
    let (code, out, error) = wrong(&["export", "edgeformer-xs", "--size", "32", "--json", "-o", "out"]);
    assert!(code == 1 && error.contains("edgeformer-xs.failed.onnx`"), "{error}");
    let kept = ["mnn", "onnx", "report.json"].map(|ending| format!("edgeformer-xs.failed.{ending}"));
    assert_eq!(names(&files.path("out")), kept);
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap()["mnn"]["file"], kept[0]);
}

#[test]
fn what_is_not_checked_is_seen() {
    let files = files();
    let convert = ["convert", "flat.onnx", "-o", "flat.mnn"];
    let check = ["check", "flat.mnn", "--against", "flat.onnx"];
    for arguments in [&convert[..], &check[..]] {
        let (code, out, error) = files.run(&[arguments, &["--quiet"]].concat(), None);
        assert_eq!((code, out.as_str()), (0, ""), "{error}");
        assert!(error.starts_with("warning: not checked: ") && error.contains("(Softmax)"), "{error}");
        let (code, out, error) = files.run(&[arguments, &["--require-check", "--json"]].concat(), None);
        assert!(code == 1 && error.contains("--require-check") && error.contains("(Softmax)"), "{error}");
        assert!(serde_json::from_str::<Value>(&out).unwrap()["unchecked"].is_string(), "{out}");
    }
    // No number can be compared with what is none.
    let mut b = Builder::new("network");
    let x = b.input("x", [3]).unwrap();
    let y = b.node("y", Unary::Acosh, &[x]).unwrap();
    b.output("y", y);
    files.write("nan.onnx", onnx::export(&b.finish(), onnx::DEFAULT_OPSET).unwrap());
    let (code, _, error) = files.run(&["convert", "nan.onnx", "-o", "nan.mnn"], None);
    assert!(
        code == 0 && error.contains("not checked: the reference itself has 3 elements that are NaN in `y`"),
        "{error}"
    );
    // The file is as good as before.
    assert!(files.path("flat.mnn").exists());
    let (code, _, error) = files.run(&[&convert[..], &["--no-check", "--quiet"]].concat(), None);
    assert_eq!((code, error.as_str()), (0, ""));
    assert_eq!(files.run(&[&convert[..], &["--no-check", "--require-check"]].concat(), None).0, 2);
    let right = ["convert", "right.onnx", "-o", "right.mnn", "--require-check"];
    assert_eq!(files.report(&right, None)["unchecked"], Value::Null);
}
