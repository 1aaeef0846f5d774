//! Networks that compute in 8-bit integers: `quantize --calibrate`, and models that come with integers of their own.
#![allow(clippy::unwrap_used)] // helpers of tests fail by panicking

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use edgeconv_agent::npy;
use edgeconv_converter::target::onnx::{DEFAULT_OPSET, export};
use edgeconv_graph::op::{Flatten, GlobalAveragePool, Unary};
use edgeconv_graph::{Builder, Graph, Tensor};
use serde_json::Value;
use support::quantized::{INPUT, conv, network, quantized, random};
use support::{run, text};

struct Case {
    folder: tempfile::TempDir,
}

impl Case {
    /// The network as an ONNX file.
    fn new(graph: &Graph) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("network.onnx"), export(graph, DEFAULT_OPSET).unwrap()).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn samples(&self, name: &str, tensor: &Tensor) -> PathBuf {
        let path = self.path(name);
        npy::write_temporary(tensor, &path).unwrap();
        path
    }

    fn quantize(&self, samples: &Path, more: &[&str]) -> (i32, String, String) {
        let [onnx, mnn] = ["network.onnx", "integers.mnn"].map(|name| self.path(name));
        run(&[&["quantize", text(&onnx), "--calibrate", text(samples), "-o", text(&mnn), "--json"], more].concat())
    }
}

fn report(out: &str) -> Value {
    serde_json::from_str(out).unwrap()
}

fn layers_in_integers(report: &Value) -> Vec<&str> {
    let layers = report["mnn"]["layers"].as_array().unwrap().iter();
    layers.filter(|layer| layer["float"].is_null()).map(|layer| layer["layer"].as_str().unwrap()).collect()
}

#[test]
fn convolutions_between_the_first_and_the_last_are_computed_in_integers() {
    let case = Case::new(&network());
    let samples = case.samples("samples.npy", &random(&[20, 3, 24, 24], 7, 1.0));
    for method in ["mse", "min-max", "percentile", "kl"] {
        let (code, out, error) = case.quantize(&samples, &["--method", method]);
        assert_eq!(code, 0, "{method}: {error}");
        let report = report(&out);
        let mut layers = layers_in_integers(&report);
        layers.sort_unstable();
        assert_eq!(layers, ["depthwise", "expand", "project", "wide"], "{method}");
        let parity = &report["parity"][0];
        assert_eq!((&parity["weights"], &parity["passed"]), (&"int8-values".into(), &true.into()), "{method}");
        assert!(parity["cosine"].as_f64().unwrap() > 0.998, "{method}: {parity}");
    }
    let mnn = case.path("integers.mnn");
    let (_, out, _) = run(&["inspect", text(&mnn)]);
    assert!(out.contains("stored as int8 or finer"), "{out}");
    let (code, _, error) = run(&["check", text(&mnn), "--against", text(&case.path("network.onnx")), "--layers"]);
    assert_eq!(code, 0, "{error}");
    let (code, _, error) =
        run(&["quantize", text(&mnn), "--store", "int4", "-o", text(&case.path("again.mnn")), "--no-check"]);
    assert!(code == 2 && error.contains("it computes in 8-bit integers"), "{code}: {error}");
}

#[test]
fn layers_can_stay_floats() {
    let case = Case::new(&network());
    let samples = case.samples("samples.npy", &random(&[20, 3, 24, 24], 7, 1.0));
    let (code, out, error) = case.quantize(&samples, &["--float", "expand,wide"]);
    assert_eq!(code, 0, "{error}");
    assert_eq!(layers_in_integers(&report(&out)), ["depthwise", "project"]);
    let (code, out, error) = case.quantize(&samples, &["--min-cosine", "0.9999999"]);
    assert_eq!(code, 0, "{error}");
    assert_eq!(layers_in_integers(&report(&out)), Vec::<&str>::new());
    let (code, _, error) = case.quantize(&samples, &["--float", "expnd"]);
    assert!(code == 2 && error.contains("there is no layer `expnd`"), "{code}: {error}");
}

#[test]
fn samples_that_tell_nothing_are_refused() {
    let case = Case::new(&network());
    let nan = Tensor::f32([1, 3, 24, 24], vec![f32::NAN; 3 * 24 * 24]).unwrap();
    let cases = [
        ("small.npy", random(&[4, 3, 20, 24], 1, 1.0), "the model takes f32[1, 3, 24, 24] as `x`"),
        ("nan.npy", nan, "has NaN"),
        ("same.npy", Tensor::f32([2, 3, 24, 24], vec![0.5; 2 * 3 * 24 * 24]).unwrap(), "for each element of `x`"),
    ];
    for (name, tensor, expected) in cases {
        let samples = case.samples(name, &tensor);
        let (code, _, error) = case.quantize(&samples, &[]);
        assert!(code == 2 && error.contains(expected) && error.contains(name), "{name}: {code}: {error}");
        assert!(!case.path("integers.mnn").exists(), "{name}");
    }
    let empty = case.path("empty");
    fs::create_dir(&empty).unwrap();
    let (code, _, error) = case.quantize(&empty, &[]);
    assert!(code == 2 && error.contains("has no pictures"), "{code}: {error}");
    let few = case.samples("few.npy", &random(&[2, 3, 24, 24], 1, 1.0));
    let (code, _, error) = case.quantize(&few, &[]);
    assert!(code == 0 && error.contains("reliable from 16 on"), "{code}: {error}");
}

/// The same with classes for outputs.
fn classifier() -> Graph {
    let mut b = Builder::new("classifier");
    let x = b.input("x", INPUT).unwrap();
    let first = conv(&mut b, "first", x, [16, 3, 3], 1);
    let first = b.node("first.relu", Unary::Relu, &[first]).unwrap();
    let second = conv(&mut b, "second", first, [32, 16, 1], 1);
    let second = b.node("second.relu", Unary::Relu, &[second]).unwrap();
    let third = conv(&mut b, "third", second, [32, 1, 3], 32);
    let third = b.node("third.relu", Unary::Relu, &[third]).unwrap();
    let pooled = b.node("pooled", GlobalAveragePool, &[third]).unwrap();
    let logits = conv(&mut b, "logits", pooled, [3, 32, 1], 1);
    let logits = b.node("flat", Flatten { axis: 1 }, &[logits]).unwrap();
    b.output("y", logits);
    b.finish()
}

#[test]
fn each_way_to_lose_less_can_be_left_out() {
    let case = Case::new(&network());
    let samples = case.samples("samples.npy", &random(&[20, 3, 24, 24], 7, 1.0));
    let mut files = vec![];
    for left_out in [None, Some("--no-equalization"), Some("--no-reconstruction"), Some("--no-bias-correction")] {
        let (code, _, error) = case.quantize(&samples, &left_out.into_iter().collect::<Vec<_>>());
        assert_eq!(code, 0, "{left_out:?}: {error}");
        files.push(fs::read(case.path("integers.mnn")).unwrap());
    }
    let different: std::collections::BTreeSet<_> = files.iter().collect();
    assert_eq!(different.len(), 4);
}

#[test]
fn what_each_layer_costs_is_listed_and_drawn() {
    let case = Case::new(&classifier());
    let samples = case.samples("samples.npy", &random(&[20, 3, 24, 24], 7, 1.0));
    let page = case.path("page.html");
    let (code, out, error) = case.quantize(&samples, &["--sensitivity", "--html", text(&page)]);
    assert_eq!(code, 0, "{error}");
    let report = report(&out);
    let costs = report["mnn"]["sensitivity"].as_array().unwrap();
    assert_eq!(costs.len(), layers_in_integers(&report).len());
    let errors: Vec<_> = costs.iter().map(|cost| cost["error"].as_f64().unwrap()).collect();
    assert!(errors.is_sorted_by(|a, b| a >= b) && errors[0] > 0.0 && errors[0] < 0.1, "{errors:?}");
    assert!(costs.iter().all(|cost| cost["lost"].is_f64() && cost["macs"].as_u64() > Some(0)), "{costs:?}");
    let page = fs::read_to_string(page).unwrap();
    assert!(page.contains("<svg") && costs.iter().all(|cost| page.contains(cost["layer"].as_str().unwrap())));
    let (code, _, error) = case.quantize(&samples, &["--html", "page.html"]);
    assert!(code == 2 && error.contains("--sensitivity"), "{code}: {error}");
}

#[test]
fn layers_stay_floats_until_few_enough_samples_are_lost() {
    let case = Case::new(&classifier());
    let folder = case.path("classes");
    let onnx = case.path("network.onnx");
    let running = edgeconv_validate::model::Running::default();
    let model = edgeconv_validate::model::Model::open(&onnx, &running).unwrap();
    // Samples in the folders of other classes than the network says: it has none right, and none is lost by integers.
    for index in 0..18 {
        let sample = random(&[1, 3, 24, 24], index + 100, 1.0);
        let input = edgeconv_validate::engine::NamedTensor { name: "x".into(), tensor: sample.clone() };
        let output = model.run(&[input], &[]).unwrap().outputs.remove(0).tensor;
        let numbers: Vec<_> = output.numbers().collect();
        let class = (0..3).max_by(|&a, &b| numbers[a].total_cmp(&numbers[b])).unwrap();
        let folder = folder.join(format!("class-{}", (class + 1) % 3));
        fs::create_dir_all(&folder).unwrap();
        npy::write_temporary(&sample, &folder.join(format!("{index}.npy"))).unwrap();
    }
    (0..3).for_each(|class| fs::create_dir_all(folder.join(format!("class-{class}"))).unwrap());
    let (code, out, error) = case.quantize(&folder, &["--max-drop", "0%"]);
    assert_eq!(code, 0, "{error}");
    let search = &report(&out)["mnn"]["search"];
    assert_eq!((&search["samples"], search["goal"].as_str().unwrap()), (&18.into(), "at most 0.0 % lost"));
    assert!(search["tried"][0]["lost"].as_f64().unwrap() <= 0.0, "{search}");
    assert_eq!(search["floats"], 0);
    let (code, _, error) = Case::new(&network()).quantize(&folder, &["--max-drop", "1"]);
    assert!(code == 2 && error.contains("--max-drop is for classifiers"), "{code}: {error}");
    let (code, _, error) = case.quantize(&folder, &["--max-drop", "1", "--min-cosine", "0.9"]);
    assert!(code == 2 && error.contains("cannot be used with"), "{code}: {error}");
}

#[test]
fn models_with_integers_keep_them() {
    let case = Case::new(&quantized());
    let [onnx, mnn] = ["network.onnx", "network.mnn"].map(|name| case.path(name));
    let (code, out, error) = run(&["convert", text(&onnx), "-o", text(&mnn), "--json"]);
    assert_eq!(code, 0, "{error}");
    let report = report(&out);
    let passes = report["mnn"]["passes"].as_array().unwrap();
    let applied = |name: &str| passes.iter().find(|pass| pass["name"] == name).unwrap()["applied"].as_u64().unwrap();
    assert_eq!((applied("keep-integers"), applied("quantize-in-floats")), (9, 0), "6 values, 3 kernels");
    let (code, out, error) =
        run(&["check", text(&mnn), "--against", text(&onnx), "--layers", "--samples", "3", "--json"]);
    assert_eq!(code, 0, "{error}");
    let checked = self::report(&out);
    let step = 0.05;
    for result in checked["results"].as_array().unwrap() {
        let off = result["comparison"]["max_abs"].as_f64().or(result["max_abs"].as_f64()).unwrap();
        assert!(off < 2.5 * step, "{result}");
    }
}
