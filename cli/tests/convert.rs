//! `edgeconv convert` with models that need more than one float input of known shape.
#![allow(clippy::unwrap_used)] // tests fail by panicking

mod support;

use std::fs;
use std::path::Path;

use edgeconv_converter::target;
use edgeconv_graph::op::{Binary, Concat, Conv, Reshape, Unary};
use edgeconv_graph::{Builder, DType, Graph, Tensor, TensorType};
use edgeconv_schema::onnx as proto;
use edgeconv_test_support::skip;
use edgeconv_validate::engine::onnxruntime;
use edgeconv_validate::input::random;
use support::{run, text};

fn exported(graph: &Graph) -> proto::ModelProto {
    let bytes = target::onnx::export(graph, target::onnx::DEFAULT_OPSET).unwrap();
    prost::Message::decode(bytes.as_slice()).unwrap()
}

#[test]
fn inputs_that_shapes_depend_on_get_a_value() {
    let folder = tempfile::tempdir().unwrap();
    let [model, result, value] = ["model.onnx", "model.mnn", "shape.npy"].map(|name| folder.path().join(name));
    let mut b = Builder::new("model");
    let x = b.input("x", [2, 6]).unwrap();
    let shape = b.typed_input("shape", TensorType::new(DType::I64, [2])).unwrap();
    let y = b.node("y", Reshape { shape: vec![3, 4] }, &[x]).unwrap();
    let z = b.node("z", Unary::Relu, &[y]).unwrap();
    b.output("z", z);
    b.output("shape_too", shape);
    let mut proto = exported(&b.finish());
    let graph = proto.graph.as_mut().unwrap();
    let reshape = graph.node.iter_mut().find(|node| node.op_type() == "Reshape").unwrap();
    reshape.input[1] = "shape".into();
    graph.output.pop();
    graph.node.pop();
    fs::write(&model, prost::Message::encode_to_vec(&proto)).unwrap();

    let (code, _, error) = run(&["convert", text(&model), "-o", text(&result)]);
    assert_eq!(code, 1, "{error}");
    assert!(error.contains("`shape` has to be known at conversion time") && error.contains("--value"), "{error}");
    assert!(!result.exists());

    let tensor = Tensor::indices(vec![4, 3]);
    edgeconv_validate::input::write(&value, &tensor).unwrap();
    let given = format!("shape={}", text(&value));
    let (code, out, error) = run(&["convert", text(&model), "-o", text(&result), "--value", &given, "--json"]);
    assert_eq!(code, 0, "{error}");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["parity"][0]["passed"], true, "{report}");
}

#[test]
fn integers_and_booleans_are_inputs_too() {
    let folder = tempfile::tempdir().unwrap();
    let [model, result] = ["model.onnx", "model.mnn"].map(|name| folder.path().join(name));
    let mut b = Builder::new("model");
    let x = b.typed_input("x", TensorType::new(DType::I64, [2, 6])).unwrap();
    let y = b.node("y", Binary::Mul, &[x, x]).unwrap();
    b.output("z", y);
    fs::write(&model, target::onnx::export(&b.finish(), target::onnx::DEFAULT_OPSET).unwrap()).unwrap();
    let (code, out, error) = run(&["convert", text(&model), "-o", text(&result), "--json"]);
    assert_eq!(code, 0, "{error}");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["unchecked"], serde_json::Value::Null);
    assert!(!report["parity"].as_array().unwrap().is_empty());
}

#[test]
fn the_source_is_known_by_its_content_not_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let [model, result] = ["model.bin", "model.mnn"].map(|name| folder.path().join(name));
    let mut b = Builder::new("model");
    let x = b.input("x", [1, 4]).unwrap();
    let y = b.node("y", Unary::Relu, &[x]).unwrap();
    b.output("y", y);
    fs::write(&model, target::onnx::export(&b.finish(), target::onnx::DEFAULT_OPSET).unwrap()).unwrap();
    let (code, out, error) = run(&["convert", text(&model), "-o", text(&result), "--require-check", "--json"]);
    assert_eq!(code, 0, "{error}");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["parity"][0]["passed"], true, "{report}");
}

#[test]
fn weights_can_be_in_a_file_beside_the_model() {
    let folder = tempfile::tempdir().unwrap();
    let [model, result, golden] = ["model.onnx", "model.mnn", "golden"].map(|name| folder.path().join(name));
    let weights = folder.path().join("model.mnn.weight");
    let mut b = Builder::new("model");
    let x = b.input("x", [1, 8, 6, 6]).unwrap();
    let kernel = b.constant("kernel", random(&[8, 8, 3, 3], 1)).unwrap();
    let y = b.node("y", Conv { pads: vec![1; 4], ..Conv::pointwise() }, &[x, kernel]).unwrap();
    b.output("y", y);
    fs::write(&model, target::onnx::export(&b.finish(), target::onnx::DEFAULT_OPSET).unwrap()).unwrap();
    let convert = |when| {
        let (code, out, error) = run(&[
            "convert",
            text(&model),
            "-o",
            text(&result),
            "--external-weights",
            when,
            "--require-check",
            "--json",
        ]);
        assert_eq!(code, 0, "{error}");
        serde_json::from_str::<serde_json::Value>(&out).unwrap()
    };
    let report = convert("always");
    assert_eq!(report["mnn"]["weight_bytes"], 4 * (8 * 8 * 9 + 8));
    assert_eq!(fs::metadata(&weights).unwrap().len(), 4 * (8 * 8 * 9 + 8));

    let fault = folder.path().join("fault");
    let check = ["check", text(&result), "--against", text(&model)];
    let (code, _, error) = run(&[&check[..], &["--bisect", text(&fault), "--save-golden", text(&golden)]].concat());
    assert_eq!(code, 0, "{error}");
    let hash = |golden: &Path| fs::read_to_string(golden.join("golden.json")).unwrap();
    let before = hash(&golden);
    // Other weights are another model.
    let mut bytes = fs::read(&weights).unwrap();
    bytes[3] ^= 1;
    fs::write(&weights, &bytes).unwrap();
    let other = folder.path().join("other");
    run(&[&check[..], &["--save-golden", text(&other)]].concat());
    assert_ne!(hash(&other), before);

    fs::write(&weights, &bytes[1..]).unwrap();
    let (code, _, error) = run(&check);
    assert!(code != 0 && error.contains("model.mnn.weight`, which is too short"), "{code}: {error}");
    fs::remove_file(&weights).unwrap();
    let (code, _, error) = run(&check);
    assert!(code != 0 && error.contains("model.mnn.weight`, which is not there"), "{code}: {error}");

    convert("always");
    assert!(weights.exists());
    assert_eq!(convert("large")["mnn"]["weight_bytes"], 0);
    assert!(!weights.exists(), "it belonged to the model that was replaced");
}

#[test]
fn functions_are_approximated_on_request_only() {
    let folder = tempfile::tempdir().unwrap();
    let [model, result] = ["model.onnx", "model.mnn"].map(|name| folder.path().join(name));
    let mut b = Builder::new("model");
    let x = b.input("x", [1, 4, 8, 8]).unwrap();
    let y = b.node("y", Unary::Gelu, &[x]).unwrap();
    b.output("z", y);
    fs::write(&model, target::onnx::export(&b.finish(), target::onnx::DEFAULT_OPSET).unwrap()).unwrap();
    let difference = |more: &[&str]| {
        let (code, out, error) = run(&[&["convert", text(&model), "-o", text(&result), "--json"], more].concat());
        assert_eq!(code, 0, "{error}");
        let report: serde_json::Value = serde_json::from_str(&out).unwrap();
        report["parity"][0]["max_abs"].as_f64().unwrap()
    };
    assert!(difference(&[]) < 2e-6);
    assert!(difference(&["--rewrite", "approximate"]) > 1e-4);
    let (_, out, _) = run(&["convert", text(&model), "-o", text(&result), "--explain"]);
    assert!(out.contains("needs --rewrite approximate"), "{out}");
    assert!(out.contains("gelu-by-tanh could make 1 operator(s) faster"), "{out}");
}

#[test]
fn models_can_end_before_what_mnn_lacks() {
    let folder = tempfile::tempdir().unwrap();
    let [model, result] = ["detector.onnx", "detector.mnn"].map(|name| folder.path().join(name));
    let mut b = Builder::new("detector");
    let x = b.input("x", [1, 3, 2]).unwrap();
    let unused = b.input("unused", [7]).unwrap();
    let side = b.constant("side", Tensor::scalar(0.5)).unwrap();
    let y = b.node("y", Binary::Add, &[x, side]).unwrap();
    let boxes = b.node("boxes", Concat { axis: 2 }, &[x, y]).unwrap();
    b.input("scores", [1, 1, 3]).unwrap();
    b.output("boxes", boxes);
    b.output("unused_too", unused);
    let mut proto = exported(&b.finish());
    let graph = proto.graph.as_mut().unwrap();
    let node = |op: &str, inputs: &[&str], output: &str| proto::NodeProto {
        op_type: Some(op.into()),
        input: inputs.iter().map(|&input| input.to_owned()).collect(),
        output: vec![output.into()],
        ..Default::default()
    };
    graph.node.push(node("NonMaxSuppression", &["boxes", "scores", "most"], "selected"));
    graph.node.push(node("NonZero", &["selected"], "counted"));
    graph.initializer.push(proto::TensorProto {
        name: Some("most".into()),
        data_type: Some(7),
        int64_data: vec![2],
        ..Default::default()
    });
    graph.output.truncate(1);
    graph.output[0].name = Some("counted".into());
    fs::write(&model, prost::Message::encode_to_vec(&proto)).unwrap();

    let convert = |more: &[&str]| run(&[&["convert", text(&model), "-o", text(&result), "--json"], more].concat());
    let (code, _, error) = convert(&[]);
    assert_eq!(code, 1, "{error}");
    assert!(error.contains("NonZero") && error.contains("--end-at selected"), "{error}");
    let (code, _, error) = convert(&["--end-at", "nonsense"]);
    assert_eq!(code, 2, "{error}");
    assert!(error.contains("`nonsense`") && error.contains("inspect"), "{error}");
    assert!(!result.exists());
    let (code, out, error) = convert(&["--end-at", "boxes"]);
    assert_eq!(code, 0, "{error}");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&report["parity"][0]["output"], &report["parity"][0]["passed"]), (&"boxes".into(), &true.into()));
    // The original, which it is compared with, is another file.
    let [named, other] = ["original.onnx", "other.onnx"].map(|name| folder.path().join(name));
    for result in [&named, &other] {
        let (code, _, error) = run(&["convert", text(&model), "-o", text(result), "--end-at", "boxes"]);
        assert_eq!(code, 0, "{error}");
    }
    assert_eq!(fs::read(named).unwrap(), fs::read(other).unwrap());
    // MNN's result has a row for each box that there may be, ONNX's for each that there is. rten selects others.
    if onnxruntime::find().unwrap().is_none() {
        return skip("set ORT_DYLIB_PATH, or install onnxruntime for python3");
    }
    let (code, out, error) = convert(&["--end-at", "selected"]);
    assert_eq!(code, 0, "{error}");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&report["parity"][0]["output"], &report["parity"][0]["passed"]), (&"selected".into(), &true.into()));
    // A check leaves the rows without a box out, too, also against outputs that were kept.
    let graph = proto.graph.as_mut().unwrap();
    graph.node.pop();
    graph.output[0] = proto::ValueInfoProto { name: Some("selected".into()), ..Default::default() };
    graph.input.retain(|input| input.name() != "unused");
    graph.node.retain(|node| !node.input.contains(&"unused".to_owned()));
    fs::write(&model, prost::Message::encode_to_vec(&proto)).unwrap();
    let golden = folder.path().join("golden");
    let check =
        |against: &Path, more: &[&str]| run(&[&["check", text(&result), "--against", text(against)], more].concat());
    let (code, _, error) = check(&model, &["--save-golden", text(&golden)]);
    assert_eq!(code, 0, "{error}");
    let (code, _, error) = check(&golden, &[]);
    assert_eq!(code, 0, "{error}");
}

/// MNN's default for Winograd takes tiles that are a hundred times less accurate, and the programs of most people set no hint.
#[test]
fn a_session_without_hints_is_checked_too() {
    let folder = tempfile::tempdir().unwrap();
    let [model, result] = ["model.onnx", "model.mnn"].map(|name| folder.path().join(name));
    let mut b = Builder::new("model");
    let x = b.input("x", [1, 128, 28, 28]).unwrap();
    // Without a mean, so that results are small and sums are not.
    let half = b.constant("half", Tensor::scalar(0.5)).unwrap();
    let centred = b.node("centred", Binary::Sub, &[x, half]).unwrap();
    let kernel = random(&[128, 128, 3, 3], 1);
    let kernel = kernel.as_f32().unwrap().iter().map(|weight| 0.06 * (weight - 0.5)).collect();
    let kernel = b.constant("kernel", Tensor::f32([128, 128, 3, 3], kernel).unwrap()).unwrap();
    let conv = || Conv { pads: vec![1; 4], ..Conv::pointwise() };
    let first = b.node("first", conv(), &[centred, kernel]).unwrap();
    let y = b.node("y", conv(), &[first, kernel]).unwrap();
    b.output("y", y);
    fs::write(&model, target::onnx::export(&b.finish(), target::onnx::DEFAULT_OPSET).unwrap()).unwrap();
    let (code, out, error) = run(&["convert", text(&model), "-o", text(&result), "--json"]);
    assert_eq!(code, 0, "{error}");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let error_of = |parity: &str| report[parity][0]["max_abs"].as_f64().unwrap();
    assert_eq!(report["mnn"]["session"]["hints"]["winograd_memory_level"], 1);
    assert!(error_of("parity_default_session") > 20.0 * error_of("parity"), "{report}");
    let passed = ["parity", "parity_default_session"].map(|parity| report[parity][0]["passed"].as_bool());
    assert_eq!(passed, [Some(true), Some(false)], "{report}");
    // It is a warning, no failure.
    let (code, out, error) = run(&["convert", text(&model), "-o", text(&result)]);
    assert!(code == 0 && out.contains("without hints, `y` is off by "), "{out}{error}");
    assert!(error.contains("outside of the tolerance; set the hint WINOGRAD_MEMORY_LEVEL to 1"), "{error}");
    // And there is a form of the file that needs no hint.
    let (code, out, error) = run(&["convert", text(&model), "-o", text(&result), "--any-session", "--json"]);
    assert!(code == 0 && error.is_empty(), "{error}");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let default = report["parity_default_session"][0]["max_abs"].as_f64().unwrap();
    assert!(default < 1e-5, "{report}");
}
