//! Programs that PyTorch exported, and what PyTorch computes of them (see `pt2/make_fixtures.py`).
#![allow(clippy::unwrap_used)] // tests fail by panicking

mod support;

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;
use support::{Files, run, text};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pt2").join(name)
}

fn json(arguments: &[&str]) -> Value {
    let (code, out, error) = run(&[arguments, &["--json"]].concat());
    assert_eq!(code, 0, "{error}");
    serde_json::from_str(&out).unwrap()
}

/// The small program as a file of this format; the report.
fn converted(files: &Files, name: &str) -> (PathBuf, Value) {
    let result = files.path(name);
    let report = json(&["convert", text(&fixture("small.pt2")), "-o", text(&result)]);
    (result, report)
}

#[test]
fn a_program_is_listed_by_the_names_of_its_modules() {
    let listed = json(&["inspect", text(&fixture("small.pt2"))]);
    assert!(listed["format"].as_str().unwrap().starts_with("ExportedProgram of PyTorch 2."), "{}", listed["format"]);
    assert_eq!(listed["inputs"][1], serde_json::json!({"name": "scale", "type": "f32[1, 8, 1, 1]"}));
    assert_eq!(listed["outputs"][0], serde_json::json!({"name": "classifier", "type": "f32[1, 5]"}));
    let operators = listed["operators"].as_array().unwrap();
    let conv = operators.iter().find(|operator| operator["name"] == "features.0").unwrap();
    assert_eq!((&conv["op"], &conv["outputs"][0]["type"]), (&"Conv".into(), &"f32[1, 8, 8, 8]".into()));
    // Two convolutions, a linear layer, and what weighs nothing.
    let macs = 8 * 8 * 8 * (3 * 9 + 9) + 8 * 5;
    assert!(listed["costs"]["macs"].as_u64().unwrap() >= macs, "{}", listed["costs"]);
    let (_, out, _) = run(&["inspect", text(&fixture("small.pt2")), "--graph"]);
    assert!(out.contains("features.0: f32[1, 8, 8, 8] = Conv(image, features.0.weight"), "{out}");
}

#[test]
fn a_program_is_compared_with_what_it_becomes() {
    let files = Files::new();
    let (mnn, _) = converted(&files, "small.mnn");
    let difference = json(&["diff", text(&fixture("small.pt2")), text(&mnn)]);
    assert_eq!(difference["histogram"]["Conv"], serde_json::json!([2, 0]));
    let changes = difference["changes"].as_array().unwrap();
    let depthwise = |change: &&Value| change["kind"] == "changed" && change["before"]["op"] == "Conv";
    assert!(changes.iter().any(|change| depthwise(&change)), "{difference}");
}

#[test]
fn what_pytorch_computed_is_a_reference() {
    let files = Files::new();
    let golden = files.path("golden");
    fs::create_dir(&golden).unwrap();
    fs::copy(fixture("inputs.npz"), golden.join("inputs.npz")).unwrap();
    fs::copy(fixture("outputs.npz"), golden.join("outputs.npz")).unwrap();
    for name in ["small.mnn", "small.onnx"] {
        let (file, report) = converted(&files, name);
        let note = report["notes"][0].as_str().unwrap();
        assert!(note.starts_with("not compared with PyTorch") && note.contains("--against FOLDER"), "{note}");
        let report = json(&["check", text(&file), "--against", text(&golden)]);
        let results = report["results"].as_array().unwrap();
        let outputs: Vec<_> = results.iter().map(|result| result["output"].as_str().unwrap()).collect();
        assert!(outputs[0] == "classifier" && outputs.len() == 2, "{outputs:?}");
    }
    let mnn = files.path("small.mnn");
    swap(&fixture("outputs.npz"), &golden.join("outputs.npz"));
    let (code, _, error) = run(&["check", text(&mnn), "--against", text(&golden)]);
    assert_eq!(code, 1, "{error}");
    fs::remove_file(golden.join("inputs.npz")).unwrap();
    let (code, _, error) = run(&["check", text(&mnn), "--against", text(&golden)]);
    assert!(code == 2 && error.contains("inputs.npz"), "{code}: {error}");
}

/// A copy of an archive whose first two arrays have each other's names.
fn swap(from: &Path, to: &Path) {
    let mut archive = ZipArchive::new(File::open(from).unwrap()).unwrap();
    let mut swapped = ZipWriter::new(File::create(to).unwrap());
    for (name, other) in [("arr_0.npy", "arr_1.npy"), ("arr_1.npy", "arr_0.npy")] {
        let mut content = vec![];
        archive.by_name(name).unwrap().read_to_end(&mut content).unwrap();
        swapped.start_file(other, SimpleFileOptions::default()).unwrap();
        swapped.write_all(&content).unwrap();
    }
    swapped.finish().unwrap();
}
