//! Exported files against outputs of the official PyTorch implementation.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests fail by panicking

mod support;

use std::path::Path;

use edgeconv_agent::NpyTensor;
use edgeconv_validate::compare::{Tolerance, compare};
use edgeconv_validate::engine::from_npy;
use support::{golden, run, text};

const TOLERANCE: Tolerance = Tolerance { atol: 1e-4, rtol: 1e-4 };

fn read(path: &Path) -> edgeconv_graph::Tensor {
    from_npy(NpyTensor::read(path).unwrap()).unwrap()
}

/// Exports for each side and rewriting level, runs both files on the official input, compares with the official logits.
#[test]
fn edgeformer_s_gives_the_official_logits() {
    let Some(golden) = golden() else { return };
    let weights = golden.join("edgeformer_s.pt");
    for side in ["256", "224", "320"] {
        let input = golden.join(format!("edgeformer_s_{side}_input.npy"));
        let expected = read(&golden.join(format!("edgeformer_s_{side}_output.npy")));
        for rewrite in ["none", "exact", "fast"] {
            let folder = tempfile::tempdir().unwrap();
            let out = text(folder.path());
            let flags =
                ["export", "edgeformer-s", "--size", side, "--rewrite", rewrite, "-o", out, "--no-check", "--weights"];
            let (code, _, error) = run(&[&flags[..], &[text(&weights)]].concat());
            assert_eq!(code, 0, "{error}");
            for file in ["edgeformer-s.onnx", "edgeformer-s.mnn"] {
                let (code, _, error) =
                    run(&["run", text(&folder.path().join(file)), "--input", text(&input), "-o", out]);
                assert_eq!(code, 0, "{error}");
                let result = compare(&read(&folder.path().join("logits.npy")), &expected, TOLERANCE);
                assert!(result.passed, "{file} @{side}, --rewrite {rewrite}: {result:?}");
            }
        }
    }
}
