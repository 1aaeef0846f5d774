//! Files with open dimensions: how they are proved, and at which shapes they are run.
#![allow(clippy::unwrap_used)] // tests fail by panicking

mod support;

use std::collections::BTreeSet;
use std::path::PathBuf;

use edgeconv_converter::target::onnx;
use edgeconv_graph::op::{Conv, Flatten, GlobalAveragePool, Slice, Unary};
use edgeconv_graph::{Builder, Graph, Tensor, ValueId};
use edgeconv_schema::onnx as proto;
use edgeconv_test_support::names;
use edgeconv_validate::input::{self, random};
use proto::tensor_shape_proto::dimension::Value as Length;
use proto::type_proto::Value as Type;
use serde_json::Value;
use support::{Files, run, text};

fn convolution(b: &mut Builder, x: ValueId) -> ValueId {
    let kernel = b.constant("kernel", random(&[8, 3, 3, 3], 1)).unwrap();
    let conv = Conv { strides: vec![2; 2], pads: vec![1; 4], ..Conv::pointwise() };
    b.node("conv", conv, &[x, kernel]).unwrap()
}

/// A classifier, and a map of any size.
fn classifier() -> Graph {
    let mut b = Builder::new("model");
    let x = b.input("x", [1, 3, 32, 32]).unwrap();
    let map = convolution(&mut b, x);
    let map = b.node("map", Unary::Relu, &[map]).unwrap();
    let mean = b.node("mean", GlobalAveragePool, &[map]).unwrap();
    let scores = b.node("scores", Flatten { axis: 1 }, &[mean]).unwrap();
    b.output("map", map);
    b.output("scores", scores);
    b.finish()
}

/// An ONNX file of a graph, whose input has names for lengths where it has none.
fn write(files: &Files, graph: &Graph, dims: &[Option<&str>]) -> PathBuf {
    let bytes = onnx::export(graph, onnx::DEFAULT_OPSET).unwrap();
    let mut model: proto::ModelProto = prost::Message::decode(bytes.as_slice()).unwrap();
    let graph = model.graph.as_mut().unwrap();
    graph.value_info.clear();
    graph.output.iter_mut().for_each(|output| output.r#type = None);
    let Some(Type::TensorType(ty)) = &mut graph.input[0].r#type.as_mut().unwrap().value else { unreachable!() };
    for (dim, name) in ty.shape.as_mut().unwrap().dim.iter_mut().zip(dims) {
        if let Some(name) = name {
            dim.value = Some(Length::DimParam((*name).to_owned()));
        }
    }
    files.write("open.onnx", prost::Message::encode_to_vec(&model))
}

const ALL_OPEN: [Option<&str>; 4] = [Some("N"), None, Some("H"), Some("W")];

/// Exit code, JSON and stderr.
fn json(arguments: &[&str]) -> (i32, Value, String) {
    let (code, out, error) = run(&[arguments, &["--json"]].concat());
    (code, serde_json::from_str(&out).unwrap_or_default(), error)
}

/// The classifier, converted with these arguments.
fn converted(files: &Files, more: &[&str]) -> (PathBuf, PathBuf, Value) {
    let (model, result) = (write(files, &classifier(), &ALL_OPEN), files.path("open.mnn"));
    let (code, report, error) =
        json(&[&["convert", text(&model), "-o", text(&result), "--require-check"], more].concat());
    assert_eq!(code, 0, "{error}");
    (model, result, report)
}

/// The shapes of `x` at which outputs were compared.
fn shapes(report: &Value) -> BTreeSet<String> {
    let parity = report["parity"].as_array().unwrap();
    parity.iter().map(|parity| parity["shapes"]["x"].to_string()).collect()
}

#[test]
fn an_open_file_is_proved_at_three_sizes() {
    let files = Files::new();
    let (model, result, report) = converted(&files, &[]);
    assert_eq!(report["mnn"]["open"]["x"], "Nx3xHxW");
    assert_eq!(shapes(&report), ["[1,3,64,64]", "[2,3,256,256]", "[3,3,131,113]"].map(str::to_owned).into());
    let parity = report["parity"].as_array().unwrap();
    // Both outputs at each size, against the original and a file of that size.
    assert_eq!(parity.len(), 3 * 2 * 2, "{report}");
    let by_fixed = parity.iter().filter(|parity| parity["reference"].as_str().unwrap().ends_with(", fixed size"));
    assert_eq!(by_fixed.count(), 6);
    assert!(parity.iter().all(|parity| parity["passed"] == true && parity["max_expected"].as_f64().unwrap() > 0.0));
    let (code, out, error) = run(&["convert", text(&model), "-o", text(&result)]);
    assert!(code == 0 && out.contains(" shape ") && out.contains(" 3x3x131x113 "), "{out}{error}");
    assert_eq!(names(files.folder()), ["open.mnn", "open.onnx"]);
}

#[test]
fn an_open_onnx_file_becomes_another_one() {
    let files = Files::new();
    let (model, result) = (write(&files, &classifier(), &ALL_OPEN), files.path("rewritten.onnx"));
    let (code, report, error) = json(&["convert", text(&model), "-o", text(&result), "--require-check"]);
    assert_eq!(code, 0, "{error}");
    assert_eq!(report["onnx"]["open"]["x"], "Nx3xHxW");
    assert_eq!(shapes(&report).len(), 3);
    let written: proto::ModelProto = prost::Message::decode(std::fs::read(&result).unwrap().as_slice()).unwrap();
    let graph = written.graph.unwrap();
    let dims = |value: &proto::ValueInfoProto| {
        let Some(Type::TensorType(ty)) = value.r#type.clone().unwrap().value else { unreachable!() };
        ty.shape.unwrap().dim.into_iter().map(|dim| dim.value).collect::<Vec<_>>()
    };
    let name = |name: &str| Some(Length::DimParam(name.to_owned()));
    assert_eq!(dims(&graph.input[0]), [name("N"), Some(Length::DimValue(3)), name("H"), name("W")]);
    assert_eq!(dims(&graph.output[1]), [name("N"), Some(Length::DimValue(8))]);
    let run_at = |shape: &str| run(&["run", text(&result), "--input", shape, "-o", text(&files.path("results"))]);
    assert_eq!(run_at("x=2x3x33x20").0, 0);
    let bounded = files.path("bounded.onnx");
    let (code, _, error) = run(&["convert", text(&model), "-o", text(&bounded), "--input", "x=1x3x32..96:32x64"]);
    assert_eq!(code, 0, "{error}");
    let (code, _, error) = run(&["run", text(&bounded), "--input", "x=1x3x33x64", "-o", text(&files.path("results"))]);
    assert!(code == 2 && error.contains("1x3x32..96:32x64"), "{error}");
    let (code, _, error) = run(&["bench", text(&result), "--input", "nosuch=1x3x64x64", "--runs", "1"]);
    assert!(code == 2 && error.contains("`nosuch`"), "{error}");
    let mnn = files.path("again.mnn");
    let (code, report, error) = json(&["convert", text(&result), "-o", text(&mnn), "--require-check"]);
    assert_eq!((code, &report["mnn"]["open"]["x"]), (0, &"Nx3xHxW".into()), "{error}");
}

#[test]
fn bounds_say_at_which_sizes_a_file_is_proved() {
    let files = Files::new();
    let (.., report) = converted(&files, &["--input", "x=1..4x3x32..96:32x64"]);
    assert_eq!(shapes(&report), ["[1,3,32,64]", "[3,3,96,64]", "[4,3,96,64]"].map(str::to_owned).into());
}

#[test]
fn a_fixed_file_is_proved_as_ever() {
    let files = Files::new();
    let (model, result, report) = converted(&files, &["--input", "x=2x3x40x24"]);
    let parity = report["parity"].as_array().unwrap();
    assert!(parity.len() == 2 && parity.iter().all(|parity| parity.get("shapes").is_none()), "{report}");
    let (code, out, _) = run(&["convert", text(&model), "-o", text(&result), "--input", "x=2x3x40x24"]);
    assert!(code == 0 && !out.contains("shape"), "{out}");
    let (code, _, error) = run(&["convert", text(&model), "-o", text(&result), "--fixed"]);
    assert!(code == 2 && error.contains("--input x=1x3x224x224"), "{error}");
}

#[test]
fn an_input_has_one_shape() {
    let files = Files::new();
    let (model, result) = (write(&files, &classifier(), &ALL_OPEN), files.path("open.mnn"));
    let twice = ["--input", "x=1x3x32x32", "--input", "x=1x3x64x64"];
    let (code, _, error) = run(&[&["convert", text(&model), "-o", text(&result)], &twice[..]].concat());
    assert!(code == 2 && error.contains("--input x is given twice"), "{code}: {error}");
}

/// A network that cuts maps at a length which only large ones reach.
fn cut_at_1000(files: &Files) -> PathBuf {
    let mut b = Builder::new("model");
    let x = b.input("x", [1, 3, 1100, 8]).unwrap();
    let cut = Slice { axis: 2, start: 0, end: 1000, step: 1 };
    let y = b.node("cut", cut, &[x]).unwrap();
    let y = b.node("y", Unary::Relu, &[y]).unwrap();
    b.output("y", y);
    write(files, &b.finish(), &[None, None, Some("H"), None])
}

#[test]
fn a_network_that_is_another_one_at_a_bound_is_refused() {
    let files = Files::new();
    let (model, result) = (cut_at_1000(&files), files.path("open.mnn"));
    let (code, _, error) = json(&["convert", text(&model), "-o", text(&result), "--input", "x=1x3x32..1056:32x8"]);
    assert!(code == 1 && error.contains("x=1x3x32..1056:32x8 is not possible"), "{error}");
    assert_eq!(names(files.folder()), ["open.onnx"]);
}

#[test]
fn what_is_another_network_for_large_maps_is_open_up_to_there() {
    let files = Files::new();
    let (model, result) = (cut_at_1000(&files), files.path("open.mnn"));
    let (code, report, error) = json(&["convert", text(&model), "-o", text(&result), "--require-check"]);
    assert_eq!(code, 0, "{error}");
    let open = report["mnn"]["open"]["x"].as_str().unwrap();
    let most: usize = open.strip_prefix("1x3xH:1..").unwrap().strip_suffix("x8").unwrap().parse().unwrap();
    assert!((700..1000).contains(&most) && report["mnn"]["open_note"].as_str().unwrap().contains("larger"), "{report}");
}

#[test]
fn open_files_are_run_at_any_shape_they_take() {
    let files = Files::new();
    let (model, result, _) = converted(&files, &["--input", "x=1..4x3x32..96:32x1..:32"]);
    let (model, result, folder) = (text(&model), text(&result), files.path("results"));
    let shape = |name: &str| input::read_any(&folder.join(name)).unwrap().shape().to_vec();
    let at = |shape: &'static str| ["--input", shape];

    let check = ["check", result, "--against", model];
    let (code, report, error) = json(&[&check[..], &at("x=2x3x96x160")].concat());
    assert!(code == 0 && report["results"].as_array().unwrap().len() == 2, "{error}");
    let (code, _, error) = json(&[&check[..], &at("x=2x3x96x160"), &["--samples", "2", "--seed", "3"]].concat());
    assert_eq!(code, 0, "{error}");
    let (code, report, error) = json(&[&check[..], &at("x=2x3x96x160"), &["--layers=isolated"]].concat());
    assert!(code == 0 && report["layers"].as_array().is_some_and(|layers| layers.len() > 2), "{report}{error}");
    let (code, _, error) = json(&check);
    assert_eq!(code, 0, "it has a shape by itself: {error}");

    let (code, _, error) = run(&[&["run", result, "-o", text(&folder)], &at("x=2x3x96x160")[..]].concat());
    assert!(code == 0 && shape("map.npy") == [2, 8, 48, 80], "{error}");
    let given = files.path("given.npy");
    input::write(&given, &random(&[3, 3, 32, 64], 1)).unwrap();
    let by_file = ["run", result, "-o", text(&folder), "--input-name", "x", "--input", text(&given)];
    let (code, _, error) = run(&by_file);
    assert!(code == 0 && shape("scores.npy") == [3, 8], "{error}");

    let bench = ["bench", result, "--runs", "3", "--warmup", "0", "--processes", "1"];
    let (code, report, error) = json(&[&bench[..], &at("x=2x3x96x160")].concat());
    let file = &report["files"][0];
    assert!(code == 0 && file["resize_ms"].as_f64().unwrap() > 0.0, "{report}{error}");
    assert!(file["resize_peak_mb"].as_f64().is_none_or(|peak| peak >= file["peak_mb"].as_f64().unwrap()), "{report}");
    let (code, out, error) = run(&bench);
    assert!(code == 0 && out.contains("resize of ") && out.contains(" ms"), "{out}{error}");

    let takes = "the model takes 1..4x3x32..96:32x1..:32";
    let wrong = "x=2x3x100x160";
    for arguments in [&check[..], &["run", result, "-o", text(&folder)], &bench] {
        let (code, _, error) = run(&[arguments, &at(wrong)].concat());
        assert!(
            code == 2 && error.contains("`x` is 2x3x100x160") && error.contains(takes),
            "{arguments:?} {code}: {error}"
        );
    }
    input::write(&given, &random(&[5, 3, 32, 64], 1)).unwrap();
    let (code, _, error) = run(&by_file);
    assert!(code == 2 && error.contains("`x` is 5x3x32x64") && error.contains(takes), "{code}: {error}");
    let (code, _, error) = run(&["run", result, "-o", text(&folder), "--input", "y=2x3x96x160"]);
    assert!(code == 2 && error.contains("it has no input `y`, it has: x"), "{error}");
}

#[test]
fn a_fixed_file_says_so() {
    let files = Files::new();
    let (model, result, _) = converted(&files, &["--input", "x=1x3x32x32"]);
    let wrong = ["--input", "x=2x3x32x32"];
    for arguments in [&["check", text(&result), "--against", text(&model)][..], &["bench", text(&result)]] {
        let (code, _, error) = run(&[arguments, &wrong].concat());
        assert!(code == 2 && error.contains("`x` is 2x3x32x32, the model takes 1x3x32x32"), "{code}: {error}");
    }
    let (code, report, error) = json(&["bench", text(&result), "--runs", "2", "--warmup", "0", "--processes", "1"]);
    assert!(code == 0 && report["files"][0].get("resize_ms").is_none(), "{error}");
}

#[test]
fn inspect_says_what_is_open() {
    let files = Files::new();
    let (_, result, _) = converted(&files, &["--input", "x=?x3x32..96:32xW"]);
    let (code, report, error) = json(&["inspect", text(&result)]);
    assert!(code == 0 && report["open"]["x"] == "?x3x32..96:32xW", "{report}{error}");
    let (_, out, _) = run(&["inspect", text(&result)]);
    assert!(out.contains("  open    x=?x3x32..96:32xW\n"), "{out}");
    let (_, result, _) = converted(&files, &["--input", "x=1x3x32x32"]);
    let (_, report, _) = json(&["inspect", text(&result)]);
    assert!(report.get("open").is_none() && report["format"].is_string(), "{report}");
}

#[test]
fn what_needs_one_size_says_so() {
    let files = Files::new();
    let (model, result) = (write(&files, &classifier(), &ALL_OPEN), files.path("result.mnn"));
    let samples = files.path("samples.npy");
    input::write(
        &samples,
        &Tensor::f32([4, 3, 32, 32], random(&[4, 3, 32, 32], 1).as_f32().unwrap().to_vec()).unwrap(),
    )
    .unwrap();
    let convert = ["convert", text(&model), "-o", text(&result)];
    let quantize = ["quantize", text(&model), "-o", text(&result), "--calibrate", text(&samples)];
    let refused = |arguments: &[&[&str]], what: &str| {
        let (code, _, error) = run(&arguments.concat());
        assert!(code == 2 && error.contains(what) && error.contains("--input x=1x3x224x224"), "{code}: {error}");
    };
    refused(&[&quantize], "calibration needs one size");
    refused(&[&quantize, &["--input", "x=?x3x224x224"]], "calibration needs one size");
    refused(&[&convert, &["--tune"]], "--tune needs one size");
    refused(&[&convert, &["--target-cache", "1M"]], "--target-cache needs one size");
    let (code, _, error) = run(&[&quantize[..], &["--input", "x=1x3x32x32", "--no-check"]].concat());
    assert_eq!(code, 0, "{error}");
}
