//! `edgeconv run` on pictures and tensors, as a user meets it. The ONNX files are run by rten, which needs nothing else.
#![allow(clippy::unwrap_used)] // helpers of tests fail by panicking

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use edgeconv_test_support::names;
use edgeconv_vision::{RgbImage, picture};
use serde_json::Value;
use support::{run, text};

/// Exports a model as ONNX, without checking it; the file.
fn export(model: &str, more: &[&str], folder: &Path) -> PathBuf {
    let arguments = ["export", model, "-o", text(folder), "--format", "onnx", "--no-check"];
    let (code, _, error) = run(&[&arguments, more].concat());
    assert_eq!(code, 0, "{error}");
    folder.join(format!("{model}.onnx"))
}

/// A picture of 90×70 pixels.
fn photo(folder: &Path) -> PathBuf {
    let path = folder.join("photo.png");
    let levels = (0..90 * 70 * 3).map(|i: u32| (i * i / 7) as u8).collect();
    picture::write_png(&path, RgbImage::from_raw(90, 70, levels).unwrap()).unwrap();
    path
}

/// Runs a model on the picture; the printed document and the names of the files.
fn run_on_photo(model: &Path, more: &[&str]) -> (Value, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let results = folder.path().join("results");
    let photo = photo(folder.path());
    let arguments = ["run", text(model), "--image", text(&photo), "-o", text(&results), "--json"];
    let (code, out, error) = run(&[&arguments, more].concat());
    assert_eq!(code, 0, "{error}");
    (serde_json::from_str(&out).unwrap(), names(&results))
}

#[test]
fn a_classifier_names_five_classes() {
    let folder = tempfile::tempdir().unwrap();
    let model = export("edgeformer-xs", &["--size", "64", "--classes", "10"], folder.path());
    let (result, files) = run_on_photo(&model, &[]);
    assert_eq!(files, ["photo.top5.json"]);
    assert_eq!(result["task"], "classification");
    let probabilities: Vec<_> =
        result["top"].as_array().unwrap().iter().map(|row| row["probability"].as_f64().unwrap()).collect();
    assert_eq!(probabilities.len(), 5);
    assert!(probabilities.is_sorted_by(|a, b| a >= b) && (0.1..=1.0).contains(&probabilities[0]), "{probabilities:?}");
    assert!(result["files"][0].as_str().unwrap().ends_with("photo.top5.json"));
}

#[test]
fn a_picture_and_its_tensor_give_the_same_result() {
    let folder = tempfile::tempdir().unwrap();
    let model = export("edgeformer-xs", &["--size", "64x96", "--classes", "10"], folder.path());
    let report: Value =
        serde_json::from_slice(&fs::read(folder.path().join("edgeformer-xs.report.json")).unwrap()).unwrap();
    assert_eq!(report["task"], "classification");
    let preprocessing = serde_json::from_value(report["preprocessing"].clone()).unwrap();
    let photo = picture::read(&photo(folder.path())).unwrap();
    let tensor = edgeconv_vision::preprocess(&photo, &preprocessing).unwrap();
    assert_eq!(tensor.shape(), [1, 3, 64, 96]);
    let (input, results) = (folder.path().join("photo.npy"), folder.path().join("results"));
    edgeconv_validate::input::write(&input, &tensor).unwrap();
    let arguments = ["run", text(&model), "--input", text(&input), "-o", text(&results), "--decode", "--json"];
    let (code, out, error) = run(&arguments);
    assert_eq!(code, 0, "{error}");
    assert_eq!(names(&results), ["logits.npy", "photo.top5.json"]);
    let from_tensor: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(from_tensor["top"], run_on_photo(&model, &[]).0["top"]);
}

#[test]
fn a_detector_finds_boxes() {
    let folder = tempfile::tempdir().unwrap();
    let model = export("ssd-edgeformer-xs", &["--size", "64"], folder.path());
    let report: Value =
        serde_json::from_slice(&fs::read(folder.path().join("ssd-edgeformer-xs.report.json")).unwrap()).unwrap();
    let outputs = report["outputs"].as_array().unwrap().iter().map(|output| &output["name"]);
    assert!(outputs.eq(["confidences", "locations"]), "{report}");
    assert_eq!(report["outputs"][0]["shape"], serde_json::json!([1, 142, 81]));
    assert_eq!((&report["class_names"][0], &report["class_names"][80]), (&"background".into(), &"toothbrush".into()));
    assert_eq!(report["preprocessing"]["resize"]["size"], serde_json::json!({ "height": 64, "width": 64 }));
    // Untrained, every class is as likely as any other.
    let (result, files) = run_on_photo(&model, &["--score-threshold", "0.001", "--iou-threshold", "0.3"]);
    assert_eq!(files, ["photo.boxes.json", "photo.boxes.png"]);
    let detections = result["detections"].as_array().unwrap();
    assert!(!detections.is_empty());
    for detection in detections {
        let side = |index: usize| detection["box"][index].as_f64().unwrap();
        assert!(0.0 <= side(0) && side(0) <= side(2) && side(2) <= 90.0, "{detection}");
        assert!(0.0 <= side(1) && side(1) <= side(3) && side(3) <= 70.0, "{detection}");
        assert!(detection["score"].as_f64().unwrap() > 0.001 && detection["name"].is_string());
    }
    let (none, _) = run_on_photo(&model, &["--score-threshold", "1"]);
    assert_eq!(none["detections"], serde_json::json!([]));
}

#[test]
fn a_segmenter_gives_every_pixel_a_class() {
    let folder = tempfile::tempdir().unwrap();
    let model = export("deeplabv3-mobilevit-xxs", &["--size", "64"], folder.path());
    let (result, files) = run_on_photo(&model, &[]);
    assert_eq!(files, ["photo.mask.png", "photo.overlay.png"]);
    let shares = result["classes"].as_array().unwrap().iter().map(|class| class["share"].as_f64().unwrap());
    assert!((shares.sum::<f64>() - 1.0).abs() < 1e-9, "{result}");
    assert!(result.get("mask").is_none(), "the mask is a file");
}

#[test]
fn what_is_missing_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let model = export("edgeformer-xs", &["--size", "32"], folder.path());
    let (photo, results) = (photo(folder.path()), folder.path().join("results"));
    let fails = |model: &Path, image: &Path, expected: &[&str]| {
        let (code, _, error) = run(&["run", text(model), "--image", text(image), "-o", text(&results)]);
        assert_eq!(code, 2, "{error}");
        assert!(expected.iter().all(|text| error.contains(text)), "{error}");
    };
    let of_others = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime-ffi/tests/models/conv.mnn");
    fails(&of_others, &photo, &["conv.report.json", "edgeconv export", "--report"]);
    fails(&model, &folder.path().join("absent.jpg"), &["absent.jpg"]);
    fails(&model, &model, &["edgeformer-xs.onnx` is not a JPEG or PNG picture"]);
    // A report elsewhere, and none: the file has its card.
    let moved = folder.path().join("moved.onnx");
    fs::copy(&model, &moved).unwrap();
    let arguments = ["run", text(&moved), "--image", text(&photo), "-o", text(&results)];
    let report = folder.path().join("edgeformer-xs.report.json");
    for more in [["--report", text(&report)].as_slice(), &[]] {
        let (code, _, error) = run(&[&arguments, more].concat());
        assert_eq!(code, 0, "{error}");
    }
    let (code, _, error) = run(&["run", text(&model), "-o", "r"]);
    assert!(code == 2 && error.contains("--input"), "{error}");
}
