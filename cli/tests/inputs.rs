//! Inputs of every element type, and arrays of other types than a model takes.
#![allow(clippy::unwrap_used)] // tests fail by panicking

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use edgeconv_converter::target::onnx;
use edgeconv_graph::op::{Cast, MatMul};
use edgeconv_graph::{Builder, DType, Tensor, TensorType};
use edgeconv_test_support::{outcome, skip};
use edgeconv_validate::engine::onnxruntime;
use edgeconv_validate::input;
use serde_json::Value;
use support::{Files, edgeconv, text};

const TYPES: [DType; 9] =
    [DType::U8, DType::I8, DType::I16, DType::I32, DType::I64, DType::Bool, DType::F16, DType::F64, DType::F32];

/// A file that multiplies `x`, six elements of a type, by a matrix.
fn model(files: &Files, dtype: DType) -> PathBuf {
    let mut b = Builder::new("model");
    let x = b.typed_input("x", TensorType::new(dtype, [1, 6])).unwrap();
    let float = if dtype == DType::F32 { x } else { b.node("float", Cast { to: DType::F32 }, &[x]).unwrap() };
    let weights = Tensor::f32([6, 4], (0..24).map(|i| (i as f32).sin()).collect()).unwrap();
    let weights = b.constant("weights", weights).unwrap();
    let y = b.node("product", MatMul, &[float, weights]).unwrap();
    b.output("y", y);
    files.write(&format!("{dtype}.onnx"), onnx::export(&b.finish(), onnx::DEFAULT_OPSET).unwrap())
}

fn array(files: &Files, name: &str, tensor: &Tensor) -> PathBuf {
    let path = files.path(name);
    input::write(&path, tensor).unwrap();
    path
}

/// Exit code, JSON and stderr, with this library for ONNX Runtime, or none.
fn run(arguments: &[&str], library: Option<&Path>) -> (i32, Value, String) {
    let mut command = edgeconv();
    command.args(arguments).arg("--json").env_remove("ORT_DYLIB_PATH");
    match library {
        Some(library) => command.env("ORT_DYLIB_PATH", library),
        None => command.env("PATH", "/nowhere"),
    };
    let (code, out, error) = outcome(command.output().unwrap());
    (code, serde_json::from_str(&out).unwrap_or_default(), error)
}

/// Conversion and check pass, with this engine for the original.
fn every_type_passes(library: Option<&Path>, engine: &str) {
    let files = Files::new();
    for dtype in TYPES {
        let (model, result) = (model(&files, dtype), files.path("result.mnn"));
        let (code, report, error) = run(&["convert", text(&model), "-o", text(&result)], library);
        assert_eq!(code, 0, "{dtype}: {error}");
        let (ran, parity) = (&report["original_ran"], &report["parity"][0]);
        assert!(
            ran["engine"].as_str().unwrap().starts_with(engine) && ran["instead_of"].is_null(),
            "{dtype}: {report}"
        );
        assert!(parity["passed"] == true && parity["max_expected"].as_f64().unwrap() > 0.0, "{dtype}: {report}");
        let (code, report, error) =
            run(&["check", text(&result), "--against", text(&model), "--samples", "2"], library);
        assert_eq!(code, 0, "{dtype}: {error}");
        let ran = &report["reference_ran"];
        assert!(
            ran["engine"].as_str().unwrap().starts_with(engine) && ran["instead_of"].is_null(),
            "{dtype}: {report}"
        );
    }
}

#[test]
fn every_type_is_an_input_for_rten() {
    every_type_passes(None, "rten 0.");
}

#[test]
fn every_type_is_an_input_for_onnxruntime() {
    match onnxruntime::find().unwrap() {
        Some(library) => every_type_passes(Some(&library), "ONNX Runtime 1."),
        None => skip("set ORT_DYLIB_PATH, or install onnxruntime for python3"),
    }
}

#[test]
fn arrays_of_other_types_are_cast_with_a_note() {
    let files = Files::new();
    let (model, result) = (model(&files, DType::U8), files.path("result.mnn"));
    assert_eq!(run(&["convert", text(&model), "-o", text(&result)], None).0, 0);
    let numbers = [0.0, 1.0, 2.0, 100.0, 200.0, 255.0];
    let wide = array(&files, "wide.npy", &Tensor::new([1, 6], numbers.to_vec()).unwrap());
    let against = ["check", text(&result), "--against", text(&model)];
    let golden = files.path("golden");
    let given = [&against[..], &["--input", text(&wide), "--save-golden", text(&golden)]].concat();
    let (code, report, error) = run(&given, None);
    assert_eq!(code, 0, "{error}");
    let note = report["notes"][0].as_str().unwrap();
    assert!(note.starts_with("input `x` was cast from f64 to "), "{note}");
    // A folder that somebody wrote with NumPy's default type.
    fs::copy(&wide, golden.join("sample-0-input-0.npy")).unwrap();
    let (code, report, error) = run(&["check", text(&result), "--against", text(&golden)], None);
    assert!(code == 0 && report["notes"][0].as_str().unwrap().contains("from f64"), "{error}");
    let (code, _, error) = run(&["check", text(&result), "--watch-drift", text(&golden)], None);
    assert_eq!(code, 0, "{error}");
    let fraction = array(&files, "fraction.npy", &Tensor::f32([1, 6], vec![0.5; 6]).unwrap());
    let (code, _, error) = run(&[&against[..], &["--input", text(&fraction)]].concat(), None);
    assert!(code == 2 && error.contains("input `x` is f32[1, 6] with numbers that "), "{error}");

    let value = format!("x={}", text(&wide));
    let convert = ["convert", text(&model), "-o", text(&result), "--value", &value];
    let (code, report, error) = run(&convert, None);
    assert_eq!(code, 0, "{error}");
    assert_eq!(report["notes"][0], "input `x` was cast from f64 to u8, which the model takes");
    let value = format!("x={}", text(&fraction));
    let (code, _, error) = run(&["convert", text(&model), "-o", text(&result), "--value", &value], None);
    assert!(code == 2 && error.contains("with numbers that u8, which the model takes, does not have"), "{error}");

    let results = files.path("results");
    let arguments = ["run", text(&model), "--input", text(&wide), "--input-name", "x", "-o", text(&results)];
    let (code, _, error) = run(&arguments, None);
    assert!(code == 0 && error.contains("was cast from f64 to u8"), "{error}");
    assert_eq!(input::read_any(&results.join("y.npy")).unwrap().shape(), [1, 4]);
}
