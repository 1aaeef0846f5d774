//! `--store` and `quantize`: files whose weights are halves or integers, from the export to `check`, `inspect` and `diff`.
#![allow(clippy::unwrap_used)] // helpers of tests fail by panicking

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use support::{run, text};

/// A small network, so that a test takes a moment; returns the report.
fn exported(folder: &Path, more: &[&str]) -> Value {
    let arguments = ["export", "edgeformer-xs", "--size", "64x96", "-o", text(folder), "--json"];
    let (code, out, error) = run(&[&arguments, more].concat());
    assert_eq!(code, 0, "{more:?}: {error}");
    serde_json::from_str(&out).unwrap()
}

fn files(folder: &Path) -> [PathBuf; 2] {
    ["edgeformer-xs.mnn", "edgeformer-xs.onnx"].map(|name| folder.join(name))
}

#[test]
fn files_are_small_and_everything_says_how_their_weights_are_stored() {
    let folder = tempfile::tempdir().unwrap();
    let float = exported(&folder.path().join("float"), &[]);
    assert_eq!((&float["mnn"]["stored"], &float["parity"][1]["weights"]), (&Value::Array(vec![]), &"float".into()));
    let bytes = |report: &Value| report["mnn"]["bytes"].as_f64().unwrap();
    for (store, most) in [("fp16", 0.52), ("int8", 0.33), ("int4", 0.24), ("int8-all", 0.33), ("int4-all", 0.24)] {
        let numbers = store.trim_end_matches("-all");
        let small = folder.path().join(store);
        let report = exported(&small, &["--store", store]);
        let share = bytes(&report) / bytes(&float);
        assert!(share < most, "{store}: {share}");
        assert_eq!(report["parity"][0]["weights"], "float", "the ONNX file is what it always is");
        assert_eq!((&report["parity"][1]["weights"], &report["parity"][1]["passed"]), (&numbers.into(), &true.into()));
        let stored = report["mnn"]["stored"].as_array().unwrap();
        assert!(
            stored.iter().any(|tensor| tensor["stored"] == numbers && tensor["max_rel_error"].as_f64() > Some(0.0))
        );
        assert!(stored.iter().all(|tensor| tensor["bytes"].as_u64() < tensor["bytes_before"].as_u64()), "{stored:?}");

        let [mnn, onnx] = files(&small);
        let (code, out, error) = run(&["check", text(&mnn), "--against", text(&onnx)]);
        assert_eq!(code, 0, "{error}");
        assert!((out + &error).contains(&format!("stores weights as {numbers} or finer")));
        let (_, out, _) = run(&["inspect", text(&mnn)]);
        assert!(out.contains(&format!("of weights, stored as {numbers} or finer")), "{out}");
        let (_, out, _) = run(&["diff", text(&files(&folder.path().join("float"))[0]), text(&mnn)]);
        assert!(out.contains(&format!("(as {numbers} or finer)")) && out.contains(&format!("weights={numbers}")));
    }
}

#[test]
fn a_summary_says_how_much_smaller_weights_are_and_how_far_off() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["export", "edgeformer-xs", "--size", "64x96", "-o", text(folder.path()), "--store", "int8"];
    let (code, out, error) = run(&arguments);
    assert_eq!(code, 0, "{error}");
    assert!(
        out.contains("as int8 tensors, ") && out.contains(" MB instead of ") && out.contains("off by up to "),
        "{out}"
    );
    assert!(out.contains("passed (for int8 weights: within "), "{out}");
}

#[test]
fn a_file_with_small_weights_of_another_network_fails() {
    let folder = tempfile::tempdir().unwrap();
    let [one, other] = ["one", "other"].map(|name| folder.path().join(name));
    exported(&one, &["--store", "int8"]);
    exported(&other, &["--seed", "1", "--no-check"]);
    let [[mnn, _], [_, onnx]] = [files(&one), files(&other)];
    let (code, _, error) = run(&["check", text(&mnn), "--against", text(&onnx)]);
    assert_eq!(code, 1, "{error}");
}

#[test]
fn store_is_about_mnn_files() {
    let folder = tempfile::tempdir().unwrap();
    let (code, _, error) =
        run(&["export", "edgeformer-xs", "-o", text(folder.path()), "--format", "onnx", "--store", "fp16"]);
    assert_eq!(code, 2, "{error}");
    assert!(error.contains("--store is about MNN files"), "{error}");
    let (code, _, error) = run(&["export", "edgeformer-xs", "-o", text(folder.path()), "--store", "int2"]);
    assert_eq!(code, 2, "{error}");
    assert!(error.contains("int8-all") && fs::read_dir(folder.path()).unwrap().next().is_none(), "{error}");
}

/// Runs `quantize SOURCE --store NUMBERS -o RESULT`.
fn quantize(source: &Path, store: &str, result: &Path, more: &[&str]) -> (i32, String, String) {
    run(&[&["quantize", text(source), "--store", store, "-o", text(result)], more].concat())
}

#[test]
fn a_file_that_is_there_is_made_as_small_as_a_new_one() {
    let folder = tempfile::tempdir().unwrap();
    exported(folder.path(), &[]);
    let [float, onnx] = files(folder.path());
    let small = folder.path().join("small.mnn");
    for store in ["fp16", "int8", "int4-all"] {
        let new = exported(&folder.path().join(store), &["--store", store]);
        let (code, out, error) = quantize(&float, store, &small, &["--json"]);
        assert_eq!(code, 0, "{error}");
        let report: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(report["bytes_before"], fs::metadata(&float).unwrap().len());
        assert_eq!(report["mnn"]["bytes"], fs::metadata(&small).unwrap().len());
        let stored = |report: &Value| report["mnn"]["stored"].as_array().unwrap().clone();
        assert!(stored(&report).len() > 50 && stored(&report) == stored(&new), "{store}");
        assert_eq!(report["mnn"]["ops"], new["mnn"]["ops"]);
        assert_eq!(
            (&report["parity"][0]["passed"], &report["parity"][0]["weights"]),
            (&true.into(), &store.trim_end_matches("-all").into())
        );
        assert!(report["parity"][0]["max_abs"].as_f64() > Some(0.0));
        let (code, _, error) = run(&["check", text(&small), "--against", text(&onnx)]);
        assert_eq!(code, 0, "{error}");
    }
    // Integers again as coarser ones, and what can not be smaller.
    let smaller = folder.path().join("smaller.mnn");
    let int8 = &files(&folder.path().join("int8"))[0];
    let (code, out, error) = quantize(int8, "int4", &smaller, &[]);
    assert_eq!(code, 0, "{error}");
    assert!(out.contains("as int4 tensors, "), "{out}");
    let (code, _, error) = quantize(int8, "fp16", &folder.path().join("none.mnn"), &[]);
    assert_eq!(code, 2, "{error}");
    assert!(
        error.contains("edgeformer-xs.mnn`: no weights of it would take less room so: it has ")
            && error.contains(" as int8"),
        "{error}"
    );
    assert!(!folder.path().join("none.mnn").exists());
}

#[test]
fn an_onnx_file_becomes_what_convert_makes_of_it() {
    let folder = tempfile::tempdir().unwrap();
    exported(folder.path(), &["--format", "onnx"]);
    let [_, onnx] = files(folder.path());
    let [one, other] = ["one.mnn", "other.mnn"].map(|name| folder.path().join(name));
    let (code, _, error) = quantize(&onnx, "int8", &one, &["--for", "rk3288"]);
    assert_eq!(code, 0, "{error}");
    let (code, _, error) = run(&["convert", text(&onnx), "--store", "int8", "-o", text(&other), "--for", "rk3288"]);
    assert_eq!(code, 0, "{error}");
    assert_eq!(fs::read(one).unwrap(), fs::read(other).unwrap());
}

#[test]
fn what_quantize_can_not_use_is_misuse() {
    let folder = tempfile::tempdir().unwrap();
    exported(folder.path(), &["--no-check"]);
    let [float, onnx] = files(folder.path());
    let result = folder.path().join("small.mnn");
    let refused = |source: &Path, result: &Path, more: &[&str], reason: &str| {
        let (code, _, error) = quantize(source, "int8", result, more);
        assert_eq!(code, 2, "{error}");
        assert!(error.contains(reason), "{error}");
    };
    let written = |name: &str, bytes: &[u8]| {
        fs::write(folder.path().join(name), bytes).unwrap();
        folder.path().join(name)
    };
    refused(&written("text.mnn", b"these are no weights"), &result, &[], "text.mnn` is not an MNN model: ");
    let half = fs::read(&onnx).unwrap();
    refused(&written("half.onnx", &half[..half.len() / 2]), &result, &[], "half.onnx");
    refused(&folder.path().join("none.mnn"), &result, &[], "can't read `");
    refused(&float, &float, &[], "would replace the input");
    refused(&float, &onnx, &[], "expected a name that ends in .mnn");
    refused(&float, &result, &["--lowering", "circulant"], "it is an MNN file already");
    refused(&float, &result, &["--end-at", "logits"], "it is an MNN file already");
    refused(&float, &result, &["--input", "picture=1x3x8x8"], "it has no input `picture`, it has: input");
    let (code, _, error) = run(&["quantize", text(&float), "-o", text(&result)]);
    assert_eq!((code, error.contains("--store <NUMBERS>")), (2, true), "{error}");
    let (code, out, error) = quantize(&float, "int8", &result, &["--no-check"]);
    assert_eq!((code, out.contains("not checked: --no-check")), (0, true), "{error}");
}
