//! `edgeconv check`: agreement, faults, and the mistakes that people make.
#![allow(clippy::unwrap_used)] // tests fail by panicking

mod support;

use std::path::{Path, PathBuf};

use edgeconv_converter::pipeline::{self, Rewrite};
use edgeconv_converter::{mnn, onnx};
use edgeconv_graph::op::{BatchNormalization, Conv, Unary};
use edgeconv_graph::{Builder, Graph, Tensor};
use serde_json::Value;
use support::{run, text};

/// A convolution with these weights, and its activation, on `[1, 2, 4, 4]`.
fn network(weights: &[f32]) -> Graph {
    let mut b = Builder::new("network");
    let x = b.input("image", [1, 2, 4, 4]).unwrap();
    let kernel = b.constant("kernel", Tensor::f32([2, 2, 1, 1], weights.to_vec()).unwrap()).unwrap();
    let y = b.node("conv", Conv::pointwise(), &[x, kernel]).unwrap();
    let z = b.node("act", Unary::Silu, &[y]).unwrap();
    b.output("maps", y);
    b.output("gated", z);
    b.finish()
}

const WEIGHTS: [f32; 4] = [0.5, -1.0, 2.0, 0.25];

struct Files {
    folder: tempfile::TempDir,
}

impl Files {
    /// `good.mnn`, its `reference.onnx`, and `wrong.mnn` with one weight off by 0.01.
    fn new() -> Self {
        let files = Self { folder: tempfile::tempdir().unwrap() };
        onnx::write(&network(&WEIGHTS), onnx::DEFAULT_OPSET, &files.path("reference.onnx")).unwrap();
        mnn::write(&network(&WEIGHTS), &files.path("good.mnn")).unwrap();
        mnn::write(&network(&[0.5, -1.0, 2.0, 0.26]), &files.path("wrong.mnn")).unwrap();
        files
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Exit code, stdout and stderr of a check with `--json`.
    fn check(&self, candidate: &str, against: &str, more: &[&str]) -> (i32, String, String) {
        let (candidate, against) = (self.path(candidate), self.path(against));
        run(&[&["check", text(&candidate), "--against", text(&against), "--json"], more].concat())
    }
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn agreement_is_success_and_a_fault_is_not() {
    let files = Files::new();
    let (code, out, error) = files.check("good.mnn", "reference.onnx", &["--samples", "3"]);
    assert_eq!(code, 0, "{error}");
    let report = json(&out);
    assert_eq!((report["passed"].as_bool(), report["results"].as_array().unwrap().len()), (Some(true), 6));
    for key in ["output", "sample", "max_abs", "mean_abs", "median_abs", "max_rel", "cosine", "tolerance"] {
        assert!(!report["results"][0][key].is_null(), "{key}: {report}");
    }
    let junit = files.path("junit.xml");
    let (code, out, error) = files.check("wrong.mnn", "reference.onnx", &["--junit", text(&junit)]);
    assert_eq!(code, 1, "{error}");
    assert!(error.contains("2 of 2 comparisons failed, first `maps`") && error.contains("worst [0, 1,"), "{error}");
    assert_eq!(json(&out)["passed"], false);
    let junit = std::fs::read_to_string(junit).unwrap();
    assert!(junit.contains("failures=\"2\"") && junit.contains("gated (sample 1)"), "{junit}");
}

#[test]
fn tolerances_decide() {
    let files = Files::new();
    let code = |more: &[&str]| files.check("wrong.mnn", "reference.onnx", more).0;
    assert_eq!(code(&["--atol", "0.02"]), 0);
    assert_eq!(code(&["--atol", "0.001"]), 1);
    assert_eq!(code(&["--tolerance", "maps=0.02", "--tolerance", "gated=0.02"]), 0);
    assert_eq!(code(&["--tolerance", "maps=0.02"]), 1);
    assert_eq!(code(&["--metric", "cosine", "--atol", "1e-2"]), 0);
    assert_eq!(code(&["--metric", "max", "--atol", "1e-3"]), 1);
    assert_eq!(code(&["--metric", "mean", "--atol", "1"]), 0);
    assert_eq!(code(&["--metric", "median", "--atol", "1e-9"]), 1);
    let (code, _, error) = files.check("wrong.mnn", "reference.onnx", &["--tolerance", "maps=-1"]);
    assert!(code == 2 && error.contains("OUTPUT=ATOL"), "{error}");
}

#[test]
fn golden_folders_stand_for_the_reference() {
    let files = Files::new();
    let golden = files.path("golden");
    let (code, _, error) =
        files.check("good.mnn", "reference.onnx", &["--samples", "2", "--save-golden", text(&golden)]);
    assert_eq!(code, 0, "{error}");
    let (code, out, error) = files.check("good.mnn", "golden", &[]);
    assert_eq!(code, 0, "{error}");
    assert_eq!(json(&out)["results"].as_array().unwrap().len(), 4);
    assert_eq!(files.check("wrong.mnn", "golden", &[]).0, 1);
    let (code, _, error) = files.check("good.mnn", "reference.onnx", &["--save-golden", text(&golden)]);
    assert!(code == 2 && error.contains("is there already"), "{error}");
    // Of another model.
    let mut b = Builder::new("other");
    let x = b.input("image", [1, 3, 4, 4]).unwrap();
    let y = b.node("maps", Unary::Relu, &[x]).unwrap();
    b.output("maps", y);
    mnn::write(&b.finish(), &files.path("other.mnn")).unwrap();
    let (code, _, error) = files.check("other.mnn", "golden", &[]);
    assert!(code == 2 && error.contains("made from another model, `reference.onnx`"), "{error}");
    std::fs::write(golden.join("golden.json"), "{").unwrap();
    let (code, _, error) = files.check("good.mnn", "golden", &[]);
    assert!(code == 2 && error.contains("golden.json"), "{error}");
}

#[test]
fn a_folder_of_outputs_is_a_reference_for_given_inputs() {
    let files = Files::new();
    let (input, outputs) = (files.path("x.npy"), files.path("outputs"));
    edgeconv_validate::input::write(&input, &edgeconv_validate::input::random(&[1, 2, 4, 4], 3)).unwrap();
    let reference = files.path("reference.onnx");
    let arguments = ["run", text(&reference), "--input", text(&input), "--input-name", "image", "-o", text(&outputs)];
    let (code, _, error) = run(&arguments);
    assert_eq!(code, 0, "{error}");
    assert_eq!(files.check("good.mnn", "outputs", &["--input", text(&input)]).0, 0);
    assert_eq!(files.check("wrong.mnn", "outputs", &["--input", text(&input)]).0, 1);
    let (code, _, error) = files.check("good.mnn", "outputs", &[]);
    assert!(code == 2 && error.contains("--input"), "{error}");
    let named = format!("nothing={}", text(&input));
    let (code, _, error) = files.check("good.mnn", "reference.onnx", &["--input", &named]);
    assert!(code == 2 && error.contains("has no input `nothing`, it has: image"), "{error}");
}

#[test]
fn what_can_not_be_compared_says_why() {
    let files = Files::new();
    let misuse = |candidate: &str, against: &str, reason: &str| {
        let (code, _, error) = files.check(candidate, against, &[]);
        assert!(code == 2 && error.contains(reason), "{code}: {error}");
    };
    misuse("missing.mnn", "reference.onnx", "does not exist");
    misuse("good.mnn", "missing.onnx", "does not exist");
    std::fs::write(files.path("text.txt"), "hello").unwrap();
    misuse("good.mnn", "text.txt", "expected a file that ends in .mnn or .onnx");
    std::fs::write(files.path("damaged.mnn"), "hello").unwrap();
    misuse("damaged.mnn", "reference.onnx", "damaged.mnn");

    // Another shape, a missing output, and NaN in the reference.
    let other = |name: &str, build: &dyn Fn(&mut Builder)| {
        let mut b = Builder::new("other");
        build(&mut b);
        let graph = b.finish();
        if name.ends_with("onnx") {
            onnx::write(&graph, onnx::DEFAULT_OPSET, &files.path(name)).map(|_| ()).unwrap()
        } else {
            mnn::write(&graph, &files.path(name)).map(|_| ()).unwrap();
        }
    };
    other("transposed.mnn", &|b| {
        let x = b.input("image", [1, 2, 4, 4]).unwrap();
        let y = b.node("maps", edgeconv_graph::op::Reshape { shape: vec![1, 4, 4, 2] }, &[x]).unwrap();
        b.output("maps", y);
    });
    let (code, out, _) = files.check("transposed.mnn", "reference.onnx", &[]);
    assert_eq!(code, 1);
    let problems: Vec<_> = json(&out)["results"].as_array().unwrap().iter().map(|r| r["problem"].to_string()).collect();
    assert!(problems[0].contains("expected shape [1, 2, 4, 4], found [1, 4, 4, 2]"), "{problems:?}");
    assert!(problems[1].contains("no output of this name, it has: maps"), "{problems:?}");
    other("nan.onnx", &|b| {
        let x = b.input("image", [1, 2, 4, 4]).unwrap();
        let negative = b.node("negative", Unary::Neg, &[x]).unwrap();
        let y = b.node("maps", Unary::Log, &[negative]).unwrap();
        b.output("maps", y);
    });
    let (code, _, error) = files.check("good.mnn", "nan.onnx", &[]);
    assert!(code == 1 && error.contains("NaN"), "{error}");
    assert!(Path::new(&files.path("good.mnn")).exists());
}

/// Three convolutions with norms and activations between them, the second one with this weight.
fn deep(weight: f32) -> Graph {
    let mut b = Builder::new("deep");
    let mut x = b.input("image", [1, 2, 4, 4]).unwrap();
    for (index, first) in [0.5, weight, 0.75].into_iter().enumerate() {
        let kernel = Tensor::f32([2, 2, 1, 1], vec![first, -1.0, 2.0, 0.25]).unwrap();
        let kernel = b.constant(&format!("kernel{index}"), kernel).unwrap();
        x = b.node(&format!("conv{index}"), Conv::pointwise(), &[x, kernel]).unwrap();
        let norm = [[1.5, 0.5], [0.1, -0.2], [0.3, 0.0], [2.0, 0.7]].into_iter().enumerate().map(|(part, numbers)| {
            b.constant(&format!("norm{index}.{part}"), Tensor::vector(numbers.to_vec())).unwrap()
        });
        let operands: Vec<_> = std::iter::once(x).chain(norm.collect::<Vec<_>>()).collect();
        x = b.node(&format!("norm{index}"), BatchNormalization { epsilon: 1e-5 }, &operands).unwrap();
        x = b.node(&format!("act{index}"), Unary::Silu, &[x]).unwrap();
    }
    b.output("result", x);
    b.finish()
}

/// Norms are folded into the convolutions: their results are values of the original file, those of the convolutions are not.
#[test]
fn the_first_layer_that_differs_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let [reference, good, wrong] = ["deep.onnx", "good.mnn", "wrong.mnn"].map(|name| folder.path().join(name));
    onnx::write(&deep(0.5), onnx::DEFAULT_OPSET, &reference).unwrap();
    for (weight, path) in [(0.5, &good), (0.55, &wrong)] {
        let mut graph = deep(weight);
        pipeline::run(&mut graph, &Rewrite::Fast.into()).unwrap();
        mnn::write(&graph, path).unwrap();
    }
    let check =
        |candidate: &Path| run(&["check", text(candidate), "--against", text(&reference), "--layers", "--json"]);
    let (code, out, error) = check(&good);
    assert_eq!(code, 0, "{error}");
    let names = |report: &Value, passed: bool| {
        let layers = report["layers"].as_array().unwrap().iter().filter(|layer| layer["passed"] == passed);
        layers.map(|layer| layer["output"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&json(&out), true), ["norm0", "act0", "norm1", "act1", "norm2"]);
    let (code, out, error) = check(&wrong);
    assert_eq!(code, 1);
    assert!(error.contains("first `norm1`"), "{error}");
    assert_eq!(names(&json(&out), true), ["norm0", "act0"]);
    // Nothing to compare inside.
    let mut other = Builder::new("other");
    let x = other.input("image", [1, 2, 4, 4]).unwrap();
    let y = other.node("elsewhere", Unary::Relu, &[x]).unwrap();
    let z = other.node("last", Unary::Abs, &[y]).unwrap();
    other.output("result", z);
    mnn::write(&other.finish(), &good).unwrap();
    let (code, _, error) = check(&good);
    assert!(code == 2 && error.contains("was it made from that file?"), "{error}");
}
