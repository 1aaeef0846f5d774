//! What a model says of its use on pictures: `edgeconv convert --mean` and so on, `edgeconv card`.
#![allow(clippy::unwrap_used)] // helpers of tests fail by panicking

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use edgeconv_converter::target;
use edgeconv_graph::op::{Conv, Flatten, GlobalAveragePool};
use edgeconv_graph::{Builder, Tensor};
use edgeconv_vision::{RgbImage, picture};
use serde_json::Value;
use support::{Files, run, text};

/// Means of the channels as three classes.
fn network(files: &Files) -> PathBuf {
    let mut b = Builder::new("means");
    let x = b.input("image", [1, 3, 8, 12]).unwrap();
    let mut y = x;
    // The first and the last one stay floats in any file.
    for (index, [channels, depth]) in [[64, 3], [64, 64], [3, 64]].into_iter().enumerate() {
        let weight = (0..channels * depth).map(|i| if i / depth == i % depth { 1.0 } else { 0.0 }).collect();
        let weight =
            b.constant(&format!("weight{index}"), Tensor::f32([channels, depth, 1, 1], weight).unwrap()).unwrap();
        y = b.node(&format!("conv{index}"), Conv::pointwise(), &[y, weight]).unwrap();
    }
    let y = b.node("pool", GlobalAveragePool, &[y]).unwrap();
    let y = b.node("scores", Flatten { axis: 1 }, &[y]).unwrap();
    b.output("scores", y);
    files.write("means.onnx", target::onnx::export(&b.finish(), target::onnx::DEFAULT_OPSET).unwrap())
}

/// A red picture.
fn photo(files: &Files) -> PathBuf {
    let path = files.path("red.png");
    picture::write_png(&path, RgbImage::from_pixel(40, 30, [255, 51, 0].into())).unwrap();
    path
}

fn document(arguments: &[&str]) -> Value {
    let (code, out, error) = run(&[arguments, &["--json"]].concat());
    assert_eq!(code, 0, "{error}");
    serde_json::from_str(&out).unwrap()
}

fn converted(files: &Files, ending: &str, more: &[&str]) -> PathBuf {
    let (source, result) = (network(files), files.path("result").with_extension(ending));
    let (code, _, error) = run(&[&["convert", text(&source), "-o", text(&result)], more].concat());
    assert_eq!(code, 0, "{error}");
    result
}

fn found(files: &Files, model: &Path) -> Value {
    document(&["run", text(model), "--image", text(&photo(files)), "-o", text(&files.path("found"))])
}

#[test]
fn a_converted_model_carries_what_it_was_told() {
    let files = Files::new();
    let labels = files.write("labels.txt", "\u{feff}red\r\ngreen\r\nblue\r\n");
    let more = ["--mean", "0.5,0.5,0.5", "--std", "0.25", "--resize", "cover:10", "--labels", text(&labels)];
    for ending in ["mnn", "onnx"] {
        let model = converted(&files, ending, &more);
        let report = model.with_extension("report.json");
        let beside = found(&files, &model);
        assert_eq!(beside["top"][0]["name"], "red", "{beside}");
        // (1 - 0.5) / 0.25 = 2 against -1.2 and -2.
        let probability = beside["top"][0]["probability"].as_f64().unwrap();
        let expected = 2f64.exp() / (2f64.exp() + (-1.2f64).exp() + (-2f64).exp());
        assert!((probability - expected).abs() < 1e-5, "{ending}: {probability} {expected}");
        let reported: Value = serde_json::from_slice(&fs::read(&report).unwrap()).unwrap();
        assert_eq!((&reported["task"], &reported["output"]), (&"classification".into(), &"scores".into()));
        assert_eq!(reported["preprocessing"]["resize"]["cover"], serde_json::json!({"height": 10, "width": 15}));
        fs::remove_file(report).unwrap();
        assert_eq!(found(&files, &model)["top"], beside["top"], "{ending}");
        let card = document(&["card", text(&model)]);
        assert_eq!(card["card"]["class_names"], serde_json::json!(["red", "green", "blue"]));
        let (_, shown, _) = run(&["inspect", text(&model)]);
        assert!(shown.contains("classification, pictures of 8 x 12, RGB, 3 class names"), "{shown}");
        assert!(!shown.contains("edgeconv.card"), "{shown}");
    }
}

#[test]
fn files_with_fewer_bits_keep_it() {
    let files = Files::new();
    let model = converted(&files, "mnn", &["--channels", "bgr"]);
    fs::remove_file(model.with_extension("report.json")).unwrap();
    let small = files.path("small.mnn");
    let (code, _, error) = run(&["quantize", text(&model), "--store", "fp16", "-o", text(&small)]);
    assert_eq!(code, 0, "{error}");
    assert_eq!(found(&files, &small)["top"][0]["class"], 2);
}

#[test]
fn without_options_nothing_changes() {
    let files = Files::new();
    let model = converted(&files, "mnn", &[]);
    assert!(!model.with_extension("report.json").exists());
    let (code, _, error) = run(&["card", text(&model)]);
    assert!(code == 2 && error.contains("result.report.json") && error.contains("--mean"), "{code}: {error}");
}

#[test]
fn what_does_not_fit_is_misuse() {
    let files = Files::new();
    let (source, result) = (network(&files), files.path("result.mnn"));
    let labels = files.write("labels.txt", "red\ngreen\n");
    for (more, what) in [
        (&["--labels", text(&labels)][..], "each of 3 lines"),
        (&["--mean", "1,2"], "each of three channels"),
        (&["--mean", "nan"], "each of three channels"),
        (&["--mean", "-0.5", "--std", "0"], "divided by 0"),
        (&["--std", "0"], "divided by 0"),
        (&["--divisor", "0"], "divided by 0"),
        (&["--resize", "cover:4"], "cut out"),
        (&["--resize", "fit"], "cover:256"),
        (&["--task", "segmentation"], "`scores`"),
    ] {
        let (code, _, error) = run(&[&["convert", text(&source), "-o", text(&result)], more].concat());
        assert!(code == 2 && error.contains(what), "{more:?}: {code}: {error}");
        assert!(!result.exists(), "{more:?}");
    }
}

#[test]
fn a_program_is_printed_or_written() {
    let files = Files::new();
    let model = converted(&files, "mnn", &["--channels", "rgb"]);
    let (code, printed, _) = run(&["card", text(&model), "--python"]);
    assert!(code == 0 && printed.contains("INPUT = \"image\""), "{printed}");
    let source = files.path("a.cpp");
    let (code, _, error) = run(&["card", text(&model), "--cpp", "-o", text(&source)]);
    assert_eq!(code, 0, "{error}");
    assert!(fs::read_to_string(source).unwrap().contains("#include <edgeconv.hpp>"));
    for arguments in [&["--cpp", "--python"][..], &["-o", "a.cpp"], &["--cpp=boost"]] {
        assert_eq!(run(&[&["card", text(&model)], arguments].concat()).0, 2, "{arguments:?}");
    }
}
