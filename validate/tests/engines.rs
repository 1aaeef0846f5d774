//! One network, written as ONNX and as MNN, gives the same outputs in every engine that is there.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic: that is how it fails")]

use std::fs;
use std::path::{Path, PathBuf};

use edgeconv_agent::SessionConfig;
use edgeconv_converter::target::{self, mnn};
use edgeconv_graph::op::{Binary, Concat, Conv, Flatten, Gemm, GlobalAveragePool, Slice, Unary};
use edgeconv_graph::{Builder, Graph, Tensor};
use edgeconv_test_support::{found, skip};
use edgeconv_validate::compare::{Tolerance, compare_outputs};
use edgeconv_validate::engine::{Agent, Engine, NamedTensor, NativeEngine, Rten, onnxruntime};
use edgeconv_validate::input::random;
use tempfile::TempDir;

const INPUT: [usize; 4] = [1, 3, 8, 8];

/// A stem, a circular pass along the height, and a classifier.
fn network() -> Graph {
    let mut b = Builder::new("network");
    let input = b.input("input", INPUT).unwrap();
    let weight = |b: &mut Builder, name: &str, shape: &[usize], seed| b.constant(name, random(shape, seed)).unwrap();
    let stem_weight = weight(&mut b, "stem.weight", &[8, 3, 3, 3], 1);
    let stem = Conv { strides: vec![2; 2], pads: vec![1; 4], dilations: vec![1; 2], group: 1 };
    let x = b.node("stem", stem, &[input, stem_weight]).unwrap();
    let x = b.node("act", Unary::Silu, &[x]).unwrap();
    let head = b.node("head", Slice { axis: 2, start: 0, end: 3, step: 1 }, &[x]).unwrap();
    let wrapped = b.node("wrapped", Concat { axis: 2 }, &[x, head]).unwrap();
    let pass_weight = weight(&mut b, "pass.weight", &[8, 1, 4, 1], 2);
    let pass = Conv { group: 8, ..Conv::pointwise() };
    let passed = b.node("pass", pass, &[wrapped, pass_weight]).unwrap();
    let x = b.node("residual", Binary::Add, &[x, passed]).unwrap();
    b.output("features", x);
    let x = b.node("pool", GlobalAveragePool, &[x]).unwrap();
    let x = b.node("flat", Flatten { axis: 1 }, &[x]).unwrap();
    let (fc_weight, fc_bias) = (weight(&mut b, "fc.weight", &[5, 8], 3), weight(&mut b, "fc.bias", &[5], 4));
    let logits = b.node("fc", Gemm, &[x, fc_weight, fc_bias]).unwrap();
    b.output("logits", logits);
    b.finish()
}

struct Files {
    _folder: TempDir,
    onnx: PathBuf,
    mnn: PathBuf,
}

fn files() -> Files {
    let folder = tempfile::tempdir().unwrap();
    let (onnx, mnn) = (folder.path().join("network.onnx"), folder.path().join("network.mnn"));
    fs::write(&onnx, target::onnx::export(&network(), target::onnx::DEFAULT_OPSET).unwrap()).unwrap();
    fs::write(&mnn, mnn::export(&network()).unwrap()).unwrap();
    Files { _folder: folder, onnx, mnn }
}

fn inputs() -> [NamedTensor; 1] {
    [NamedTensor { name: "input".to_owned(), tensor: random(&INPUT, 0) }]
}

/// Compares with rten, whose outputs are not trivial.
#[track_caller]
fn check(engine: &dyn Engine, model: &Path, onnx: &Path) {
    let expected = Rten::new(Agent::find().unwrap()).run(onnx, &inputs()).unwrap();
    assert!(expected.iter().all(|output| output.tensor.as_f32().unwrap().iter().all(|x| x.abs() > 0.01)));
    let found = engine.run(model, &inputs()).unwrap();
    let parity =
        compare_outputs((engine.name(), &found), ("rten", &expected), |_| Tolerance { atol: 1e-5, rtol: 1e-5 });
    assert_eq!(parity.iter().map(|parity| parity.output.as_str()).collect::<Vec<_>>(), ["features", "logits"]);
    assert!(parity.iter().all(|parity| parity.comparison.passed), "{parity:#?}");
}

#[test]
fn mnn_agrees_with_rten() {
    let Some(agent) = found(Agent::find()) else { return };
    let files = files();
    check(&NativeEngine::mnn(agent, SessionConfig::default()), &files.mnn, &files.onnx);
}

#[test]
fn onnxruntime_agrees_with_rten() {
    let Some(agent) = found(Agent::find()) else { return };
    let Some(library) = onnxruntime::find().unwrap() else {
        return skip("set ORT_DYLIB_PATH, or install onnxruntime for python3");
    };
    let files = files();
    check(&NativeEngine::onnxruntime(agent, SessionConfig::default(), library), &files.onnx, &files.onnx);
}

/// Several inputs in one job give what each gives alone.
#[track_caller]
fn check_parts(engine: &dyn Engine, model: &Path) {
    let input = |shape: [usize; 4], tensor: &Tensor, from: usize| {
        let elements = tensor.pick(shape, from..from + shape.iter().product::<usize>()).unwrap();
        [NamedTensor { name: "input".to_owned(), tensor: elements }]
    };
    let three = random(&[3, 3, 8, 8], 5);
    let together = engine.run_parts(model, &input([3, 3, 8, 8], &three, 0), 3).unwrap().outputs;
    let alone: Vec<_> = (0..3).map(|index| engine.run(model, &input(INPUT, &three, 192 * index)).unwrap()).collect();
    for (index, output) in together.iter().enumerate() {
        let parts: Vec<_> = alone.iter().map(|outputs| outputs[index].tensor.clone()).collect();
        let expected = Tensor::join(output.tensor.shape(), &parts).unwrap();
        assert_eq!(output.tensor, expected, "{}", output.name);
    }
    assert_eq!(together[1].tensor.shape(), [3, 5]);
}

#[test]
fn several_inputs_are_one_job() {
    let files = files();
    let Some(agent) = found(Agent::find()) else { return };
    check_parts(&Rten::new(agent.clone()), &files.onnx);
    check_parts(&NativeEngine::mnn(agent, SessionConfig::default()), &files.mnn);
}

#[test]
fn a_file_that_is_no_model_is_an_error_that_names_it() {
    let Some(agent) = found(Agent::find()) else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.mnn");
    fs::write(&path, b"not a model").unwrap();
    let engine = NativeEngine::mnn(agent, SessionConfig::default());
    let error = engine.run(&path, &inputs()).unwrap_err().to_string();
    assert!(error.starts_with("mnn can't run") && error.contains("broken.mnn"), "{error}");
}

#[test]
fn a_missing_input_is_an_error_that_names_it() {
    let Some(agent) = found(Agent::find()) else { return };
    let engine = NativeEngine::mnn(agent, SessionConfig::default());
    let error = engine.run(&files().mnn, &[]).unwrap_err().to_string();
    assert!(error.contains("`input`"), "{error}");
}
