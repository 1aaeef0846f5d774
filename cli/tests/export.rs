//! `edgeconv export` as a user meets it.
#![allow(clippy::unwrap_used)] // helpers of tests fail by panicking

mod support;

use std::fs;

use edgeconv_test_support::{golden, names};
use serde_json::Value;
use support::{run, text};

/// A small network, so that a test takes a moment: EdgeFormer-XS for a small image.
fn export(more: &[&str]) -> (i32, String, String, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let (code, out, error) = run(&[&["export", "edgeformer-xs", "-o", text(folder.path())], more].concat());
    (code, out, error, folder)
}

#[test]
fn writes_two_files_and_a_report_that_proves_parity() {
    let (code, out, error, folder) = export(&["--size", "64x96", "--json"]);
    assert_eq!(code, 0, "{error}");
    assert!(error.contains("not trained"), "{error}");
    assert_eq!(names(folder.path()), ["edgeformer-xs.mnn", "edgeformer-xs.onnx", "edgeformer-xs.report.json"]);
    let report: Value = serde_json::from_str(&out).unwrap();
    let written: Value =
        serde_json::from_slice(&fs::read(folder.path().join("edgeformer-xs.report.json")).unwrap()).unwrap();
    assert_eq!(report, written);
    assert_eq!(report["input"]["shape"], serde_json::json!([1, 3, 64, 96]));
    assert_eq!(report["weights"]["loaded"], "nothing");
    assert_eq!(report["parameters"], 2_185_384);
    let engines: Vec<_> =
        report["parity"].as_array().unwrap().iter().map(|row| row["engine"].as_str().unwrap()).collect();
    let of_the_onnx_file = |engine: &str| engine.starts_with("ONNX Runtime 1.") || engine.starts_with("rten 0.");
    assert!(matches!(engines[..], [onnx, mnn] if of_the_onnx_file(onnx) && mnn.starts_with("MNN 3.")), "{engines:?}");
    assert!(report["parity"].as_array().unwrap().iter().all(|row| row["passed"] == true && row["output"] == "logits"));
    let bytes = fs::metadata(folder.path().join("edgeformer-xs.mnn")).unwrap().len();
    assert_eq!(report["mnn"]["bytes"], bytes);
}

#[test]
fn a_processor_says_whether_maps_are_cut() {
    let made = |more: &[&str]| {
        let (code, out, error, folder) = export(&[&["--no-check", "--json"], more].concat());
        assert_eq!(code, 0, "{error}");
        let report: Value = serde_json::from_str(&out).unwrap();
        (report["cache_bytes"].as_u64().unwrap(), fs::read(folder.path().join("edgeformer-xs.mnn")).unwrap())
    };
    let (x86, rk3288) = (made(&[]), made(&["--for", "rk3288"]));
    assert_eq!((x86.0, rk3288.0), (2 << 20, 0));
    assert!(rk3288 == made(&["--target-cache", "0"]) && rk3288.1 != x86.1);
    assert_eq!(made(&["--for", "rk3288", "--target-cache", "1M"]).0, 1 << 20);
}

#[test]
fn every_option_of_the_network_passes_parity() {
    let cases: [&[&str]; 9] = [
        &["--size", "33"],
        &["--size", "1"],
        &["--size", "250x300", "--set", "model.classification.edge.fusion=concat"],
        &["--size", "96x64", "--set", "model.classification.edge.kernel=gcc"],
        &["--size", "64x96", "--set", "model.classification.edge.kernel=bkc"],
        &[
            "--size",
            "48",
            "--set",
            "model.classification.edge.kernel=bkc_ca",
            "--set",
            "model.classification.edge.big_kernel_size=[9, 5, 3]",
        ],
        &["--size", "128x160", "--set", "model.classification.edge.instance_kernel=crop", "--classes", "7"],
        &["--size", "128x192", "--set", "model.classification.edge.use_pe=false", "--batch", "2"],
        &["--size", "64", "--set", "model.classification.activation.name=relu6"],
    ];
    for case in cases {
        for rewrite in ["none", "fast"] {
            let (code, _, error, _folder) = export(&[case, &["--rewrite", rewrite, "--seed", "3"]].concat());
            assert_eq!(code, 0, "{case:?} --rewrite {rewrite}: {error}");
        }
    }
}

#[test]
fn edgeformer_s_takes_few_mnn_operators() {
    let folder = tempfile::tempdir().unwrap();
    let (code, out, error) =
        run(&["export", "edgeformer-s", "--size", "256", "--no-check", "--json", "-o", text(folder.path())]);
    assert_eq!(code, 0, "{error}");
    let report: Value = serde_json::from_str(&out).unwrap();
    let expected = serde_json::json!({
        "BinaryOp": 32,
        "Concat": 7,
        "ConvertTensor": 15,
        "Convolution": 64,
        "ConvolutionDepthwise": 29,
        "Input": 1,
        "MatMul": 4,
        "Pooling": 10,
        "ReLu6": 9,
        "Reshape": 4,
        "Scale": 2,
        "StridedSlice": 2,
        "UnaryOp": 48,
    });
    assert_eq!(report["mnn"]["histogram"], expected);
    assert_eq!(report["mnn"]["ops"], 227); // the stock converter takes 491 to 698
}

#[test]
fn the_same_command_writes_the_same_bytes() {
    let (_, _, _, first) = export(&["--size", "32", "--no-check"]);
    let (_, _, _, second) = export(&["--size", "32", "--no-check"]);
    for file in ["edgeformer-xs.onnx", "edgeformer-xs.mnn"] {
        let read = |folder: &tempfile::TempDir| fs::read(folder.path().join(file)).unwrap();
        assert!(read(&first) == read(&second), "{file} differs");
    }
}

#[test]
fn only_the_wanted_format_is_written() {
    let (code, _, error, folder) = export(&["--size", "32", "--format", "mnn"]);
    assert_eq!(code, 0, "{error}");
    assert_eq!(names(folder.path()), ["edgeformer-xs.mnn", "edgeformer-xs.report.json"]);
}

#[test]
fn a_recipe_selects_the_variant() {
    let folder = tempfile::tempdir().unwrap();
    let recipe = folder.path().join("recipe.yaml");
    fs::write(&recipe, "model:\n  classification:\n    edge:\n      kernel: gcc\n      fusion: concat\n").unwrap();
    let (code, out, error, _folder) = export(&["--size", "32", "--no-check", "--json", "--recipe", text(&recipe)]);
    assert_eq!(code, 0, "{error}");
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["options"]["model"]["classification"]["edge"]["kernel"], "gcc");
}

#[test]
fn a_detector_gets_its_encoder_from_a_classifier() {
    let Some(golden) = golden("") else { return };
    let folder = tempfile::tempdir().unwrap();
    let weights = golden.join("edgeformer_s.pt");
    let flags = ["--size", "64", "--seed", "5", "--no-check", "--json", "-o", text(folder.path())];
    let export = ["export", "ssd-edgeformer-s", "--backbone-weights", text(&weights)];
    let (code, out, error) = run(&[&export, &flags[..]].concat());
    assert_eq!(code, 0, "{error}");
    assert!(error.contains("the head gets the published initialisation (seed 5)"), "{error}");
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["weights"]["loaded"], "encoder");
    assert_eq!(report["weights"]["seed"], 5);
    assert!(report["weights"]["file"].as_str().unwrap().ends_with("edgeformer_s.pt"));
    assert_eq!(report["weights"]["sha256"].as_str().unwrap().len(), 64);
}

#[test]
fn a_network_that_is_not_the_published_one_is_noted() {
    let folder = tempfile::tempdir().unwrap();
    let notes = |size: &str| {
        let export = ["export", "parc-convnext-xt", "--size", size, "--no-check", "-o", text(folder.path())];
        let (code, out, error) = run(&export);
        assert_eq!(code, 0, "{error}");
        let report = fs::read(folder.path().join("parc-convnext-xt.report.json")).unwrap();
        (out, serde_json::from_slice::<Value>(&report).unwrap()["notes"].clone())
    };
    let (out, found) = notes("64x96");
    assert!(found[0].as_str().unwrap().contains("interpolated"), "{found}");
    assert!(out.contains("note: the published network takes 224x224"), "{out}");
    let (out, found) = notes("224");
    assert!(found == serde_json::json!([]) && !out.contains("note:"), "{found} {out}");
}
