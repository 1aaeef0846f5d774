//! Exported files against outputs of the official PyTorch implementation.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests fail by panicking

mod support;

use std::path::Path;

use edgeconv_agent::npy;
use edgeconv_test_support::golden;
use edgeconv_validate::compare::{Tolerance, compare};
use support::{run, text};

fn read(path: &Path) -> edgeconv_graph::Tensor {
    npy::read(path).unwrap()
}

/// Exports a model at a rewriting level, runs both files on the official input, and compares with the official outputs,
/// given as pairs of our name and the file. Logits of classifiers have to agree to 1e-4 + 1e-4 relative, dense outputs to
/// 2e-5 of their largest magnitude.
fn check(model: &str, flags: &[&str], weights: &str, input: &str, outputs: &[(&str, &str)]) {
    let Some(golden) = golden("") else { return };
    for rewrite in ["none", "exact", "fast"] {
        let folder = tempfile::tempdir().unwrap();
        let (out, weights) = (text(folder.path()), golden.join(weights));
        let export = ["export", model, "--rewrite", rewrite, "-o", out, "--no-check", "--weights", text(&weights)];
        let (code, _, error) = run(&[&export[..], flags].concat());
        assert_eq!(code, 0, "{error}");
        for ending in ["onnx", "mnn"] {
            let file = folder.path().join(format!("{model}.{ending}"));
            let (code, _, error) = run(&["run", text(&file), "--input", text(&golden.join(input)), "-o", out]);
            assert_eq!(code, 0, "{error}");
            for (name, expected) in outputs {
                let expected = read(&golden.join(expected));
                let largest = expected.as_f32().unwrap().iter().fold(0.0, |largest: f32, x| largest.max(x.abs()));
                let tolerance = match expected.shape().len() {
                    2 => Tolerance { atol: 1e-4, rtol: 1e-4 },
                    _ => Tolerance { atol: 2e-5 * f64::from(largest), rtol: 0.0 },
                };
                let result = compare(&read(&folder.path().join(format!("{name}.npy"))), &expected, tolerance);
                assert!(result.passed, "{model}.{ending}, {name}, --rewrite {rewrite}: {result:?}");
            }
        }
    }
}

#[test]
fn edgeformer_s() {
    for side in ["256", "224", "320"] {
        let [input, output] = ["input", "output"].map(|part| format!("edgeformer_s_{side}_{part}.npy"));
        check("edgeformer-s", &["--size", side], "edgeformer_s.pt", &input, &[("logits", &output)]);
    }
}

#[test]
fn mobilevit_s() {
    let outputs = [("logits", "mobilevit_s_256_output.npy")];
    check("mobilevit-s", &[], "mobilevit_s.pt", "mobilevit_s_256_input.npy", &outputs);
}

#[test]
fn parc_convnext_xt() {
    let outputs = [("logits", "parc_convnext_xt/logits.npy")];
    let weights = "parc_convnext_xt/parc_convnext_xt.pt";
    check("parc-convnext-xt", &[], weights, "parc_convnext_xt/input.npy", &outputs);
}

#[test]
fn ssd_edgeformer_s() {
    let outputs =
        [("confidences", "ssd_edgeformer_s_320_confidences.npy"), ("locations", "ssd_edgeformer_s_320_locations.npy")];
    let flags = ["--classes", "81"];
    check("ssd-edgeformer-s", &flags, "ssd_edgeformer_s.pt", "ssd_edgeformer_s_320_input.npy", &outputs);
}

#[test]
fn deeplabv3_edgeformer_s() {
    let outputs = [("logits", "deeplabv3_edgeformer_s_256_output.npy")];
    let (flags, input) = (["--classes", "21", "--size", "256"], "deeplabv3_edgeformer_s_256_input.npy");
    check("deeplabv3-edgeformer-s", &flags, "deeplabv3_edgeformer_s.pt", input, &outputs);
}

/// PyTorch's own export, with kernels that are interpolated at run time.
#[test]
fn a_file_from_pytorch_is_converted() {
    let Some(golden) = golden("") else { return };
    let source = golden.join("onnx/edgeformer_s_torch_legacy_opset12_static.onnx");
    let folder = tempfile::tempdir().unwrap();
    let out = text(folder.path());
    for (ending, rewrite) in [("mnn", "none"), ("mnn", "fast"), ("onnx", "fast")] {
        let file = folder.path().join(format!("{rewrite}.{ending}"));
        let flags = ["convert", text(&source), "-o", text(&file), "--rewrite", rewrite, "--json"];
        let (code, report, error) = run(&flags);
        assert_eq!(code, 0, "{error}");
        if (ending, rewrite) == ("mnn", "fast") {
            let report: serde_json::Value = serde_json::from_str(&report).unwrap();
            // As many as `edgeconv export edgeformer-s` writes (export.rs).
            assert_eq!(report["mnn"]["ops"], 227, "{report}");
        }
        let input = golden.join("edgeformer_s_256_input.npy");
        let (code, _, error) = run(&["run", text(&file), "--input", text(&input), "-o", out]);
        assert_eq!(code, 0, "{error}");
        let expected = read(&golden.join("edgeformer_s_256_output.npy"));
        let tolerance = Tolerance { atol: 1e-4, rtol: 1e-4 };
        let result = compare(&read(&folder.path().join("output.npy")), &expected, tolerance);
        assert!(result.passed, "{ending}, --rewrite {rewrite}: {result:?}");
    }
}
