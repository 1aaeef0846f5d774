//! Networks of the zoo and of files, computed by libtorch, as the reference of checks.
#![allow(clippy::unwrap_used, clippy::panic)] // a test may panic: that is how it fails

mod support;

use std::path::{Path, PathBuf};

use edgeconv_graph::ValueKind;
use edgeconv_test_support::{found, outcome};
use edgeconv_validate::program;
use edgeconv_zoo::weights;
use safetensors::Dtype;
use safetensors::tensor::TensorView;
use support::{run, text};
use tempfile::TempDir;

const NETWORK: &str = "edgeformer-xs";

/// Whether the program is here that computes by libtorch.
fn training_is_here() -> bool {
    found(program::find_training()).is_some()
}

/// A checkpoint with the initialisation of this seed.
fn checkpoint(folder: &Path, seed: u64) -> PathBuf {
    let entry = edgeconv_zoo::find(NETWORK).unwrap();
    let options = entry.options();
    let mut graph = edgeconv_zoo::build(entry, &options, 1, entry.size).unwrap();
    weights::initialise(&mut graph, &options.model.layer.init, seed).unwrap();
    let mut tensors = vec![];
    for (_, value) in graph.values() {
        if let ValueKind::Parameter(Some(tensor)) | ValueKind::Buffer(Some(tensor)) = &value.kind {
            let bytes: Vec<u8> = tensor.as_f32().unwrap().iter().flat_map(|x| x.to_le_bytes()).collect();
            tensors.push((value.name.clone(), tensor.shape().to_vec(), bytes));
        }
    }
    let views = tensors
        .iter()
        .map(|(name, shape, bytes)| (name.as_str(), TensorView::new(Dtype::F32, shape.clone(), bytes).unwrap()));
    let path = folder.join(format!("{seed}.safetensors"));
    std::fs::write(&path, safetensors::serialize(views, None).unwrap()).unwrap();
    path
}

/// A folder with a checkpoint and what was exported from it, for pictures of 64×64.
fn exported() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let weights = checkpoint(folder.path(), 1);
    let size = ["--size", "64", "--no-check", "-o", text(folder.path())];
    let (code, _, error) = run(&[&["export", NETWORK, "--weights", text(&weights)][..], &size].concat());
    assert_eq!(code, 0, "{error}");
    (folder, weights)
}

#[test]
fn exported_files_compute_what_libtorch_does() {
    if !training_is_here() {
        return;
    }
    let (folder, weights) = exported();
    for ending in ["onnx", "mnn"] {
        let candidate = folder.path().join(format!("{NETWORK}.{ending}"));
        let reference = format!("torch:{NETWORK}");
        let arguments =
            ["check", text(&candidate), "--against", &reference, "--weights", text(&weights), "--layers", "--json"];
        let (code, printed, error) = run(&arguments);
        assert_eq!(code, 0, "{ending}: {error} {printed}");
        let report: serde_json::Value = serde_json::from_str(&printed).unwrap();
        assert_eq!(report["reference_ran"]["engine"], "libtorch");
        assert!(report["layers"].as_array().unwrap().len() > 20, "{ending}: {}", report["layers"]);
    }
}

#[test]
fn other_weights_are_noticed() {
    if !training_is_here() {
        return;
    }
    let (folder, _) = exported();
    let (candidate, other) = (folder.path().join(format!("{NETWORK}.onnx")), checkpoint(folder.path(), 2));
    let reference = format!("torch:{NETWORK}");
    let (code, _, error) = run(&["check", text(&candidate), "--against", &reference, "--weights", text(&other)]);
    assert_eq!(code, 1, "{error}");
}

/// Programs of PyTorch in the converter's tests.
fn program(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../converter/tests/pt2").join(format!("{name}.pt2"))
}

#[test]
fn programs_of_pytorch_compute_what_libtorch_does() {
    if !training_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let candidate = folder.path().join("candidate.mnn");
    for name in ["elements", "half", "in_place", "maps_dec", "pools", "tokens_decomposed", "torch-2.7", "torch-2.15"] {
        let source = program(name);
        let (code, _, error) = run(&["convert", text(&source), "-o", text(&candidate), "--no-check"]);
        assert_eq!(code, 0, "{name}: {error}");
        let reference = format!("torch:{}", text(&source));
        let (code, printed, error) = run(&["check", text(&candidate), "--against", &reference, "--json"]);
        assert_eq!(code, 0, "{name}: {error} {printed}");
        let report: serde_json::Value = serde_json::from_str(&printed).unwrap();
        assert_eq!(report["reference_ran"]["engine"], "libtorch", "{name}");
    }
}

#[test]
fn what_libtorch_does_not_compute_is_named() {
    if !training_is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (source, candidate) = (program("recurrent"), folder.path().join("candidate.mnn"));
    let (code, _, error) = run(&["convert", text(&source), "-o", text(&candidate), "--no-check"]);
    assert_eq!(code, 0, "{error}");
    let (code, _, error) = run(&["check", text(&candidate), "--against", &format!("torch:{}", text(&source))]);
    assert!(code == 1 && error.contains("(LSTM): it is not computed by libtorch here"), "{code}: {error}");
}

#[test]
fn misuse_says_what_is_needed() {
    let (folder, weights) = exported();
    let candidate = folder.path().join(format!("{NETWORK}.onnx"));
    let error = |arguments: &[&str]| {
        let (code, _, error) = run(&[&["check", text(&candidate)], arguments].concat());
        assert_eq!(code, 2, "{arguments:?}: {error}");
        error
    };
    assert!(error(&["--against", "torch:edgeformer-xs"]).contains("needs --weights"));
    let own = text(&candidate);
    assert!(error(&["--against", own, "--weights", "w.pt"]).contains("are for --against torch:MODEL"));
    let weights = ["--weights", text(&weights)];
    let mut command = support::edgeconv();
    command.args(["check", own, "--against", "torch:edgeformer-xs"]).args(weights);
    let (code, _, missing) = outcome(command.env("EDGECONV_TRAIN", "/absent/edgeconv-train").output().unwrap());
    assert!(code == 2 && missing.contains("`make train` builds it"), "{code}: {missing}");
    if training_is_here() {
        assert!(error(&[&["--against", "torch:edgeformer-x"][..], &weights].concat()).contains("did you mean"));
        let other = error(&[&["--against", "torch:edgeformer-s"][..], &weights].concat());
        assert!(other.contains("safetensors"), "{other}");
    }
}
