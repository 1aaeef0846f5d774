//! Networks that compute in 8-bit integers: `quantize --calibrate`, and models that come with integers of their own.
#![allow(clippy::unwrap_used)] // helpers of tests fail by panicking

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use edgeconv_agent::{Kernels, SessionConfig, npy};
use edgeconv_converter::target::onnx::{DEFAULT_OPSET, export};
use edgeconv_graph::op::{Binary, Flatten, GlobalAveragePool, MatMul, Reshape, Transpose, Unary};
use edgeconv_graph::{Builder, Graph, Tensor};
use edgeconv_test_support::found;
use edgeconv_validate::engine::NamedTensor;
use edgeconv_validate::model::{Model, Running};
use edgeconv_validate::program;
use edgeconv_vision::{RgbImage, picture};
use serde_json::Value;
use support::quantized::{INPUT, conv, network, quantized, random, with_float_classifier};
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
    let colours = (0..2 * 3).flat_map(|plane| vec![plane as f32 / 6.0; 24 * 24]).collect();
    let colours = ("colours.npy", Tensor::f32([2, 3, 24, 24], colours).unwrap(), "one number for each channel of `x`");
    for (name, tensor, expected) in cases.into_iter().chain([colours]) {
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
    let one = random(&[1, 3, 24, 24], 1, 1.0).as_f32().unwrap().to_vec();
    let flat = vec![0.25; one.len()];
    let some = Tensor::f32([3, 3, 24, 24], [&one[..], &one, &flat].concat()).unwrap();
    let (code, _, error) = case.quantize(&case.samples("some.npy", &some), &[]);
    assert!(code == 0 && error.contains("1 of 3 samples are copies of others, `"), "{code}: {error}");
    assert!(error.contains("some.npy[1]` first") && error.contains("1 of 3 samples are of one colour"), "{error}");
}

/// Linear layers on the pixels of four windows, as attention has them, between a first and two last convolutions.
fn attentive() -> Graph {
    let mut b = Builder::new("network");
    let x = b.input("x", INPUT).unwrap();
    let first = conv(&mut b, "first", x, [16, 3, 3], 1);
    let windows = b.node("windows", Reshape { shape: vec![1, 16, 2, 12, 2, 12] }, &[first]).unwrap();
    let pixels = b.node("pixels", Transpose { perm: vec![0, 2, 4, 3, 5, 1] }, &[windows]).unwrap();
    let mut tokens = b.node("tokens", Reshape { shape: vec![4, 144, 16] }, &[pixels]).unwrap();
    for (name, [inputs, outputs]) in [("up", [16, 32]), ("down", [32, 16])] {
        let weight = b.constant(&format!("{name}.weight"), random(&[inputs, outputs], 5, 0.3)).unwrap();
        tokens = b.node(name, MatMul, &[tokens, weight]).unwrap();
        tokens = b.node(&format!("{name}.silu"), Unary::Silu, &[tokens]).unwrap();
    }
    let pixels = b.node("windows_of_pixels", Reshape { shape: vec![1, 2, 2, 12, 12, 16] }, &[tokens]).unwrap();
    let windows = b.node("channels_first", Transpose { perm: vec![0, 5, 1, 3, 2, 4] }, &[pixels]).unwrap();
    let map = b.node("map", Reshape { shape: vec![1, 16, 24, 24] }, &[windows]).unwrap();
    let wide = conv(&mut b, "wide", map, [20, 16, 3], 1);
    let last = conv(&mut b, "last", wide, [5, 20, 1], 1);
    b.output("y", last);
    b.finish()
}

#[test]
fn linear_layers_of_many_tokens_are_computed_in_integers() {
    let case = Case::new(&attentive());
    let samples = case.samples("samples.npy", &random(&[20, 3, 24, 24], 7, 1.0));
    let (code, out, error) = case.quantize(&samples, &[]);
    assert_eq!(code, 0, "{error}");
    let report = report(&out);
    let mut layers = layers_in_integers(&report);
    layers.sort_unstable();
    assert_eq!(layers, ["down", "up", "wide"]);
    assert!(report["parity"][0]["cosine"].as_f64().unwrap() > 0.998, "{}", report["parity"][0]);
    let [mnn, onnx] = ["integers.mnn", "network.onnx"].map(|name| case.path(name));
    let (code, _, error) = run(&["check", text(&mnn), "--against", text(&onnx), "--layers"]);
    assert_eq!(code, 0, "{error}");
}

/// Convolutions with classes for outputs.
fn classifier() -> Graph {
    classifier_of("x", INPUT, "y")
}

fn classifier_of(input: &str, shape: [usize; 4], output: &str) -> Graph {
    let mut b = Builder::new("classifier");
    let x = b.input(input, shape).unwrap();
    let first = conv(&mut b, "first", x, [16, 3, 3], 1);
    let first = b.node("first.relu", Unary::Relu, &[first]).unwrap();
    let second = conv(&mut b, "second", first, [32, 16, 1], 1);
    let second = b.node("second.relu", Unary::Relu, &[second]).unwrap();
    let third = conv(&mut b, "third", second, [32, 1, 3], 32);
    let third = b.node("third.relu", Unary::Relu, &[third]).unwrap();
    let pooled = b.node("pooled", GlobalAveragePool, &[third]).unwrap();
    let logits = conv(&mut b, "logits", pooled, [3, 32, 1], 1);
    let logits = b.node("flat", Flatten { axis: 1 }, &[logits]).unwrap();
    b.output(output, logits);
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

/// A classifier around a residual sum, whose logits have these biases.
fn residual_classifier(biases: Vec<f32>) -> Graph {
    let mut b = Builder::new("residual_classifier");
    let x = b.input("x", INPUT).unwrap();
    let first = conv(&mut b, "first", x, [16, 3, 3], 1);
    let first = b.node("first.relu", Unary::Relu, &[first]).unwrap();
    let expand = conv(&mut b, "expand", first, [32, 16, 1], 1);
    let expand = b.node("expand.relu", Unary::Relu, &[expand]).unwrap();
    let depthwise = conv(&mut b, "depthwise", expand, [32, 1, 3], 32);
    let depthwise = b.node("depthwise.relu", Unary::Relu, &[depthwise]).unwrap();
    let project = conv(&mut b, "project", depthwise, [16, 32, 1], 1);
    let sum = b.node("sum", Binary::Add, &[first, project]).unwrap();
    let wide = conv(&mut b, "wide", sum, [24, 16, 3], 1);
    let wide = b.node("wide.relu", Unary::Relu, &[wide]).unwrap();
    let pooled = b.node("pooled", GlobalAveragePool, &[wide]).unwrap();
    let logits = conv(&mut b, "logits", pooled, [3, 24, 1], 1);
    let biases = b.constant("biases", Tensor::f32([1, 3, 1, 1], biases).unwrap()).unwrap();
    let logits = b.node("biased", Binary::Add, &[logits, biases]).unwrap();
    let logits = b.node("flat", Flatten { axis: 1 }, &[logits]).unwrap();
    b.output("y", logits);
    b.finish()
}

/// What a file says of each sample, by what `edgeconv run` runs it with.
fn logits(file: &Path, samples: &[Tensor]) -> Vec<[f64; 3]> {
    let config = SessionConfig { kernels: Kernels::Edgeconv, ..SessionConfig::default() };
    let model = Model::open(file, &Running { config, ..Running::default() }).unwrap();
    let input = NamedTensor { name: "x".into(), tensor: Tensor::stack(samples).unwrap() };
    let output = model.run_parts(&[input], samples.len()).unwrap().outputs.remove(0).tensor;
    let numbers: Vec<_> = output.numbers().collect();
    numbers.chunks(3).map(|logits| logits.try_into().unwrap()).collect()
}

fn likeliest(logits: &[f64; 3]) -> usize {
    (0..3).max_by(|&a, &b| logits[a].total_cmp(&logits[b])).unwrap()
}

/// A classifier, samples that it can hardly decide, and what it says of them.
fn undecided() -> (Case, Vec<Tensor>, Vec<[f64; 3]>) {
    let samples: Vec<_> = (0..480).map(|index| random(&[1, 3, 24, 24], index + 100, 1.0)).collect();
    let case = Case::new(&residual_classifier(vec![0.0; 3]));
    let said = logits(&case.path("network.onnx"), &samples);
    let mean = |class: usize| said.iter().map(|logits| logits[class]).sum::<f64>() / samples.len() as f64;
    let case = Case::new(&residual_classifier((0..3).map(|class| -mean(class) as f32).collect()));
    let said = logits(&case.path("network.onnx"), &samples);
    let margin = |logits: &[f64; 3]| {
        let mut sorted = *logits;
        sorted.sort_by(f64::total_cmp);
        sorted[2] - sorted[1]
    };
    let mut all: Vec<_> = samples.into_iter().zip(said).collect();
    all.sort_by(|(_, a), (_, b)| margin(a).total_cmp(&margin(b)));
    let (samples, said) = all.into_iter().take(48).unzip();
    (case, samples, said)
}

/// Samples in folders of classes.
fn in_classes(case: &Case, samples: &[Tensor], class: impl Fn(usize) -> usize) -> PathBuf {
    let folder = case.path("classes");
    (0..3).for_each(|class| fs::create_dir_all(folder.join(format!("class-{class}"))).unwrap());
    for (index, sample) in samples.iter().enumerate() {
        let file = folder.join(format!("class-{}/{index}.npy", class(index)));
        npy::write_temporary(sample, &file).unwrap();
    }
    folder
}

#[test]
fn layers_stay_floats_until_few_enough_samples_are_lost() {
    let (case, samples, said) = undecided();
    let folder = in_classes(&case, &samples, |index| likeliest(&said[index]));
    let plain = ["--no-equalization", "--no-reconstruction", "--no-bias-correction"];
    let (code, out, error) = case.quantize(&folder, &[&["--max-drop", "20%"], &plain[..]].concat());
    assert_eq!(code, 0, "{error}");
    let report = report(&out);
    let search = &report["mnn"]["search"];
    assert_eq!((&search["samples"], search["goal"].as_str().unwrap()), (&48.into(), "at most 20.0 % lost"));
    let (tried, floats) = (search["tried"].as_array().unwrap(), search["floats"].as_u64().unwrap());
    assert!(tried[0]["floats"] == 0 && tried[0]["lost"].as_f64().unwrap() > 0.2, "{search}");
    assert!(floats > 0 && layers_in_integers(&report).len() == 4 - floats as usize, "{search}");
    // What the search says of the file is what running the file gives.
    let chosen = tried.iter().find(|trial| trial["floats"] == floats).unwrap();
    let found = logits(&case.path("integers.mnn"), &samples);
    let lost = found.iter().zip(&said).filter(|(found, said)| likeliest(found) != likeliest(said)).count();
    assert!(lost <= 9, "{lost} of 48");
    let close = |key: &str, expected: f64| {
        let reported = chosen[key].as_f64().unwrap();
        assert!((reported - expected).abs() < 1e-4 * expected.max(1e-3), "{key}: {reported}, {expected}");
    };
    close("lost", lost as f64 / 48.0);
    let mnn = case.path("float.mnn");
    let (code, _, error) = run(&["convert", text(&case.path("network.onnx")), "-o", text(&mnn)]);
    assert_eq!(code, 0, "{error}");
    let said = logits(&mnn, &samples);
    let square = |logits: &[f64; 3]| logits.iter().map(|x| x * x).sum::<f64>();
    let off = |(a, b): (&[f64; 3], &[f64; 3])| square(&[a[0] - b[0], a[1] - b[1], a[2] - b[2]]) / square(b);
    close("error", (found.iter().zip(&said).map(off).sum::<f64>() / 48.0).sqrt());
}

#[test]
fn nothing_is_lost_that_was_not_right() {
    let (case, samples, said) = undecided();
    // Samples in the folders of other classes than the network says: it has none right, and none is lost by integers.
    let folder = in_classes(&case, &samples, |index| (likeliest(&said[index]) + 1) % 3);
    let (code, out, error) = case.quantize(&folder, &["--max-drop", "0%"]);
    assert_eq!(code, 0, "{error}");
    let search = &report(&out)["mnn"]["search"];
    assert_eq!((&search["samples"], search["goal"].as_str().unwrap()), (&48.into(), "at most 0.0 % lost"));
    assert!(search["tried"][0]["lost"].as_f64().unwrap() <= 0.0, "{search}");
    assert_eq!(search["floats"], 0);
    let (code, _, error) = Case::new(&network()).quantize(&folder, &["--max-drop", "1"]);
    assert!(code == 2 && error.contains("--max-drop is for classifiers"), "{code}: {error}");
    let (code, _, error) = case.quantize(&folder, &["--max-drop", "1", "--min-cosine", "0.9"]);
    assert!(code == 2 && error.contains("cannot be used with"), "{code}: {error}");
}

#[test]
fn operators_in_integers_are_measured_as_such() {
    let case = Case::new(&network());
    let samples = case.samples("samples.npy", &random(&[20, 3, 24, 24], 7, 1.0));
    let (code, _, error) = case.quantize(&samples, &["--float", "wide"]);
    assert_eq!(code, 0, "{error}");
    let mnn = case.path("integers.mnn");
    let runs = ["--runs", "3", "--processes", "1", "--warmup", "1", "--profile", "--kernels", "mnn", "--json"];
    let (code, out, error) = run(&[&["bench", text(&mnn)], &runs[..]].concat());
    assert_eq!(code, 0, "{error}");
    let report = report(&out);
    let operators = report["files"][0]["ops"].as_array().unwrap();
    let is_integer = |operator: &Value| operator["type"].as_str().unwrap().contains("DT_INT8");
    for (name, expected) in
        [("first", false), ("expand", true), ("depthwise", true), ("project", true), ("wide", false)]
    {
        let operator =
            operators.iter().find(|operator| operator["name"].as_str().unwrap().split('.').next() == Some(name));
        assert_eq!(operator.map(is_integer), Some(expected), "{name}: {operators:?}");
    }
    // What casts between floats and integers takes time, too.
    assert!(
        operators.iter().any(|operator| operator["type"].as_str().unwrap().contains("FloatToInt8")),
        "{operators:?}"
    );
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

/// MNN takes convolutions whose kernels are stored in fewer bits for such of integers where they read some.
#[test]
fn layers_of_floats_behind_integers_may_be_stored_in_fewer_bits() {
    let case = Case::new(&with_float_classifier());
    let [onnx, mnn] = ["network.onnx", "network.mnn"].map(|name| case.path(name));
    for store in ["float", "fp16", "int8", "int4"] {
        let (code, _, error) =
            run(&["convert", text(&onnx), "-o", text(&mnn), "--store", store, "--require-check", "--json"]);
        assert_eq!(code, 0, "{store}: {error}");
    }
}

/// Of a network that gives `logits`.
const RECIPE: &str = "
dataset: {eval_batch_size0: 2, workers: 1}
sampler: {bs: {crop_size_width: 32, crop_size_height: 32}}
model: {classification: {name: edgeformer, n_classes: 3, edge: {scale: scale_xs}}}
";

/// Pictures of six colours, of three classes.
fn pictures(folder: &Path) {
    let levels = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 0], [0, 255, 255], [255, 0, 255]];
    for (index, [red, green, blue]) in levels.into_iter().enumerate() {
        let class = folder.join(["a", "b", "c"][index % 3]);
        fs::create_dir_all(&class).unwrap();
        let stripes = |x: u32, level: u8| if x % 8 < 6 { level } else { 128 };
        let picture = RgbImage::from_fn(80, 70, |x, y| [stripes(x, red), stripes(y, green), blue].into());
        picture::write_png(&class.join(format!("{index}.png")), picture).unwrap();
    }
}

/// What `eval` finds with a file: the likeliest class of each picture, and its probability.
fn predictions(engine: &Value) -> Vec<(u64, f64)> {
    let pictures = engine["pictures"].as_array().unwrap().iter();
    pictures.map(|picture| (picture["class"].as_u64().unwrap(), picture["probability"].as_f64().unwrap())).collect()
}

#[test]
fn a_file_in_integers_is_evaluated() {
    if found(program::find_training()).is_none() {
        return;
    }
    let case = Case::new(&classifier_of("input", [1, 3, 32, 32], "logits"));
    let samples = random(&[20, 3, 32, 32], 7, 0.5);
    let levels = samples.as_f32().unwrap().iter().map(|x| x + 0.5).collect();
    let samples = case.samples("samples.npy", &Tensor::f32(samples.shape(), levels).unwrap());
    let (code, out, error) = case.quantize(&samples, &[]);
    assert_eq!((code, layers_in_integers(&report(&out)).len()), (0, 2), "{error}");

    let [data, recipe, onnx, mnn] = ["data", "r.yaml", "network.onnx", "integers.mnn"].map(|name| case.path(name));
    pictures(&data);
    fs::write(&recipe, RECIPE).unwrap();
    let root = format!("dataset.root_val={}", text(&data));
    let eval = ["eval", "--recipe", text(&recipe), "--set", &root, "--engine", "onnx,mnn", "--json"];
    let (code, out, error) = run(&[&eval[..], &["--model", text(&onnx), "--model", text(&mnn)]].concat());
    assert_eq!(code, 0, "{error}");
    let report = report(&out);
    let [floats, integers] = [0, 1].map(|engine| predictions(&report["engines"][engine]));
    // Networks that tell pictures apart; integers are somewhere else than floats, but close.
    let (least, most) = floats.iter().fold((1.0, 0.0), |(least, most), &(_, x)| (x.min(least), x.max(most)));
    assert!(floats.len() == 6 && most - least > 0.05, "{floats:?}");
    let pairs = || floats.iter().zip(&integers);
    assert!(pairs().all(|((_, a), (_, b))| (a - b).abs() < 0.01), "{floats:?} {integers:?}");
    assert!(pairs().any(|((_, a), (_, b))| (a - b).abs() > 1e-6), "{floats:?} {integers:?}");
    assert!(pairs().all(|((a, _), (b, _))| a == b), "{floats:?} {integers:?}");
}
