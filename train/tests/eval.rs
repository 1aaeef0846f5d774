//! `edgeconv-train eval`, from its arguments to its results.
#![allow(clippy::unwrap_used, clippy::panic)] // a test may panic: that is how it fails

use std::path::Path;
use std::process::Command;

use edgeconv_test_support::{ARMV7, found, outcome};
use edgeconv_validate::engine::Agent;
use edgeconv_vision::{RgbImage, picture};
use serde_json::Value;
use tempfile::TempDir;

const RECIPE: &str = "
dataset: {eval_batch_size0: 2, workers: 1}
sampler: {bs: {crop_size_width: 64, crop_size_height: 64}}
model: {classification: {name: edgeformer, n_classes: 3, edge: {scale: scale_xs}}}
";

/// A folder with a recipe, `r.yaml`, and five pictures of three classes in `data`.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("r.yaml"), RECIPE).unwrap();
    for (index, name) in ["a/0.png", "a/1.png", "b/0.png", "b/1.png", "c/0.png"].iter().enumerate() {
        let path = folder.path().join("data").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let level = |x: u32, y: u32| ((x * 5 + y * 3) as usize * (index + 1)) as u8;
        picture::write_png(&path, RgbImage::from_fn(80, 70, |x, y| [level(x, y), level(y, x), 90].into())).unwrap();
    }
    folder
}

/// Exit code, stdout and stderr.
fn eval(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_edgeconv-train"));
    command.current_dir(folder).args(["eval", "--recipe", "r.yaml", "--set", "dataset.root_val=data"]).args(arguments);
    outcome(command.output().unwrap())
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let (code, printed, error) = eval(folder, &[arguments, &["--json"]].concat());
    assert_eq!(code, 0, "{error}");
    serde_json::from_str(&printed).unwrap()
}

#[test]
fn a_board_finds_what_libtorch_finds() {
    if !ARMV7.is_here() {
        return;
    }
    let folder = folder();
    let report = json(folder.path(), &["--engine", "torch,mnn", "--target", "qemu"]);
    let engines = report["engines"].as_array().unwrap();
    assert_eq!(engines[1]["scores"], engines[0]["scores"]);
    assert_eq!(report["differences"], serde_json::json!([]));
    assert_eq!(engines[1]["ran"]["host"]["machine"], "arm");
}

#[test]
fn libtorch_is_the_default() {
    let folder = folder();
    let report = json(folder.path(), &[]);
    assert_eq!((&report["model"], &report["size"]), (&"edgeformer-xs".into(), &serde_json::json!([64, 64])));
    let engine = &report["engines"][0];
    assert_eq!((&engine["engine"], engine["pictures"].as_array().unwrap().len()), (&"torch".into(), 5));
    assert_eq!(engine["scores"]["top5"], 100.0);
    assert_eq!(engine["pictures"][2]["picture"], "b/0.png");
    assert!(report["notes"][0].as_str().unwrap().contains("it is not trained"));
    let (code, table, error) = eval(folder.path(), &["--limit", "2"]);
    assert!(code == 0 && error.contains("it is not trained"), "{error}");
    assert!(table.contains("edgeformer-xs at 64×64, 2 pictures of `data`") && table.contains("top-5"), "{table}");
}

#[test]
fn engines_are_compared_picture_by_picture() {
    if found(Agent::find()).is_none() {
        return;
    }
    let folder = folder();
    let report = json(folder.path(), &["--engine", "onnx,mnn", "--compare-with", "torch", "--csv", "pictures.csv"]);
    let engines = report["engines"].as_array().unwrap();
    assert_eq!(engines.iter().map(|engine| &engine["engine"]).collect::<Vec<_>>(), ["torch", "onnx", "mnn"]);
    assert_eq!(report["differences"], serde_json::json!([]));
    assert!(engines.iter().all(|engine| engine["scores"] == engines[0]["scores"]));
    assert!(engines[2]["ran"]["engine"].as_str().unwrap().starts_with("MNN "));
    let csv = std::fs::read_to_string(folder.path().join("pictures.csv")).unwrap();
    let mut lines = csv.lines();
    assert_eq!(lines.next(), Some("engine,picture,actual,class,probability"));
    assert_eq!(lines.clone().count(), 15);
    assert!(lines.next().unwrap().starts_with("torch,a/0.png,0,"), "{csv}");
    let (_, table, _) = eval(folder.path(), &["--engine", "torch,mnn"]);
    assert!(table.contains("0 pictures have another result than by torch"), "{table}");
}

#[test]
fn pictures_get_results() {
    let folder = folder();
    let (code, printed, error) = eval(folder.path(), &["--pictures", "data/b", "-o", "results"]);
    assert_eq!(code, 0, "{error}");
    assert!(printed.contains("1.png") && printed.contains("predictions.json"), "{printed}");
    let results = std::fs::read(folder.path().join("results/predictions.json")).unwrap();
    let results: Value = serde_json::from_slice(&results).unwrap();
    assert_eq!((&results[0]["task"], &results[1]["picture"]), (&"classification".into(), &"data/b/1.png".into()));
    assert!(folder.path().join("results/0.top5.json").is_file());
}

#[test]
fn misuse_says_what_to_do() {
    let folder = folder();
    let error = |arguments: &[&str]| {
        let (code, _, error) = eval(folder.path(), arguments);
        assert_eq!(code, 2, "{arguments:?}: {error}");
        error
    };
    assert!(error(&["--set", "optim.weight_decy=1"]).contains("did you mean `optim.weight_decay`?"));
    assert!(error(&["--set", "dataset.root_val=absent"]).contains("`absent` is missing"));
    assert!(error(&["--weights", "absent.pt"]).contains("absent.pt"));
    assert!(error(&["--model", "model.tflite"]).contains("expected a name that ends in .onnx or .mnn"));
    assert!(error(&["--engine", "torch", "--model", "a.onnx"]).contains("no --engine runs it"));
    assert!(error(&["--model", "a.onnx", "--model", "b.onnx"]).contains("another --model of this format"));
    assert!(error(&["--target", "ssh://board"]).contains("boards run .mnn files only"));
    assert!(error(&["--model", "a.onnx", "--weights", "w.pt"]).contains("leave out --weights"));
    assert!(error(&["--pictures", "data/a", "-o", "results", "--engine", "torch,mnn"]).contains("one engine"));
    assert!(error(&["--pictures", "data/a"]).contains("--output"));
    assert!(error(&["-o", "results"]).contains("-o is for --pictures"));
    assert!(error(&["--device", "tpu"]).contains("expected cpu, cuda or cuda:N"));
    assert!(error(&["--limit", "0"]).contains("--limit"));
}

#[test]
fn help_has_examples() {
    let output = Command::new(env!("CARGO_BIN_EXE_edgeconv-train")).args(["eval", "--help"]).output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && help.contains("Examples:\n  edgeconv eval --recipe"), "{help}");
}
