//! `edgeconv check`: agreement, faults, and the mistakes that people make.
#![allow(clippy::unwrap_used)] // tests fail by panicking

mod support;

use std::fs;
use std::path::Path;

use edgeconv_agent::READY;
use edgeconv_converter::Conversion;
use edgeconv_converter::pipeline::Rewrite;
use edgeconv_converter::target::{self, Mnn, Onnx, Target, mnn};
use edgeconv_graph::op::{
    Arg, BatchNormalization, Binary, CircularConv, Conv, Coordinates, LayerNormalization, Pool, PoolKind, Resize,
    Slice, Softmax, Transpose, Unary,
};
use edgeconv_graph::{Builder, Graph, Tensor};
use edgeconv_test_support::{outcome, skip};
use edgeconv_validate::engine::onnxruntime;
use serde_json::Value;
use support::quantized::random;
use support::{Files, run, text};

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

/// `good.mnn`, its `reference.onnx`, and `wrong.mnn` with one weight off by 0.01.
fn files() -> Files {
    let files = Files::new();
    let reference = target::onnx::export(&network(&WEIGHTS), target::onnx::DEFAULT_OPSET).unwrap();
    files.write("reference.onnx", reference);
    files.write("good.mnn", mnn::export(&network(&WEIGHTS)).unwrap());
    files.write("wrong.mnn", mnn::export(&network(&[0.5, -1.0, 2.0, 0.26])).unwrap());
    files
}

/// Exit code, stdout and stderr of a check with `--json`.
fn check(files: &Files, candidate: &str, against: &str, more: &[&str]) -> (i32, String, String) {
    let (candidate, against) = (files.path(candidate), files.path(against));
    run(&[&["check", text(&candidate), "--against", text(&against), "--json"], more].concat())
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn agreement_is_success_and_a_fault_is_not() {
    let files = files();
    let (code, out, error) = check(&files, "good.mnn", "reference.onnx", &["--samples", "3"]);
    assert_eq!(code, 0, "{error}");
    let report = json(&out);
    assert_eq!((report["passed"].as_bool(), report["results"].as_array().unwrap().len()), (Some(true), 6));
    for key in ["output", "sample", "max_abs", "mean_abs", "median_abs", "max_rel", "cosine", "tolerance"] {
        assert!(!report["results"][0][key].is_null(), "{key}: {report}");
    }
    let junit = files.path("junit.xml");
    let (code, out, error) = check(&files, "wrong.mnn", "reference.onnx", &["--junit", text(&junit)]);
    assert_eq!(code, 1, "{error}");
    assert!(error.contains("2 of 2 comparisons failed, first `maps`") && error.contains("worst [0, 1,"), "{error}");
    assert_eq!(json(&out)["passed"], false);
    let junit = fs::read_to_string(junit).unwrap();
    assert!(junit.contains("failures=\"2\"") && junit.contains("gated (sample 1)"), "{junit}");
}

#[test]
fn tolerances_decide() {
    let files = files();
    let code = |more: &[&str]| check(&files, "wrong.mnn", "reference.onnx", more).0;
    assert_eq!(code(&["--atol", "0.02"]), 0);
    assert_eq!(code(&["--atol", "0.001"]), 1);
    assert_eq!(code(&["--tolerance", "maps=0.02", "--tolerance", "gated=0.02"]), 0);
    assert_eq!(code(&["--tolerance", "maps=0.02"]), 1);
    assert_eq!(code(&["--metric", "cosine", "--atol", "1e-2"]), 0);
    assert_eq!(code(&["--metric", "max", "--atol", "1e-3"]), 1);
    assert_eq!(code(&["--metric", "mean", "--atol", "1"]), 0);
    assert_eq!(code(&["--metric", "median", "--atol", "1e-9"]), 1);
    let (code, _, error) = check(&files, "wrong.mnn", "reference.onnx", &["--tolerance", "maps=-1"]);
    assert!(code == 2 && error.contains("OUTPUT=ATOL"), "{error}");
}

#[test]
fn golden_folders_stand_for_the_reference() {
    let files = files();
    let golden = files.path("golden");
    let (code, _, error) =
        check(&files, "good.mnn", "reference.onnx", &["--samples", "2", "--save-golden", text(&golden)]);
    assert_eq!(code, 0, "{error}");
    let (code, out, error) = check(&files, "good.mnn", "golden", &[]);
    assert_eq!(code, 0, "{error}");
    assert_eq!(json(&out)["results"].as_array().unwrap().len(), 4);
    assert_eq!(check(&files, "wrong.mnn", "golden", &[]).0, 1);
    let (code, _, error) = check(&files, "good.mnn", "reference.onnx", &["--save-golden", text(&golden)]);
    assert!(code == 2 && error.contains("is there already"), "{error}");
    // Of another model.
    let mut b = Builder::new("other");
    let x = b.input("image", [1, 3, 4, 4]).unwrap();
    let y = b.node("maps", Unary::Relu, &[x]).unwrap();
    b.output("maps", y);
    fs::write(files.path("other.mnn"), mnn::export(&b.finish()).unwrap()).unwrap();
    let (code, _, error) = check(&files, "other.mnn", "golden", &[]);
    assert!(code == 2 && error.contains("made from another model, `reference.onnx`"), "{error}");
    fs::write(golden.join("golden.json"), "{").unwrap();
    let (code, _, error) = check(&files, "good.mnn", "golden", &[]);
    assert!(code == 2 && error.contains("golden.json"), "{error}");
}

#[test]
fn a_folder_of_outputs_is_a_reference_for_given_inputs() {
    let files = files();
    let (input, outputs) = (files.path("x.npy"), files.path("outputs"));
    edgeconv_validate::input::write(&input, &edgeconv_validate::input::random(&[1, 2, 4, 4], 3)).unwrap();
    let reference = files.path("reference.onnx");
    let arguments = ["run", text(&reference), "--input", text(&input), "--input-name", "image", "-o", text(&outputs)];
    let (code, _, error) = run(&arguments);
    assert_eq!(code, 0, "{error}");
    assert_eq!(check(&files, "good.mnn", "outputs", &["--input", text(&input)]).0, 0);
    assert_eq!(check(&files, "wrong.mnn", "outputs", &["--input", text(&input)]).0, 1);
    let (code, _, error) = check(&files, "good.mnn", "outputs", &[]);
    assert!(code == 2 && error.contains("--input"), "{error}");
    let named = format!("nothing={}", text(&input));
    let (code, _, error) = check(&files, "good.mnn", "reference.onnx", &["--input", &named]);
    assert!(code == 2 && error.contains("has no input `nothing`, it has: image"), "{error}");
}

#[test]
fn what_can_not_be_compared_says_why() {
    let files = files();
    let misuse = |candidate: &str, against: &str, reason: &str| {
        let (code, _, error) = check(&files, candidate, against, &[]);
        assert!(code == 2 && error.contains(reason), "{code}: {error}");
    };
    misuse("missing.mnn", "reference.onnx", "missing.mnn`: No such file");
    misuse("good.mnn", "missing.onnx", "missing.onnx`: No such file");
    fs::write(files.path("text.txt"), "hello").unwrap();
    misuse("good.mnn", "text.txt", "expected a name that ends in .onnx or .mnn");
    fs::write(files.path("damaged.mnn"), "hello").unwrap();
    misuse("damaged.mnn", "reference.onnx", "damaged.mnn");

    // Another shape, a missing output, and NaN in the reference.
    let other = |name: &str, build: &dyn Fn(&mut Builder)| {
        let mut b = Builder::new("other");
        build(&mut b);
        let graph = b.finish();
        if name.ends_with("onnx") {
            fs::write(files.path(name), target::onnx::export(&graph, target::onnx::DEFAULT_OPSET).unwrap()).unwrap()
        } else {
            fs::write(files.path(name), mnn::export(&graph).unwrap()).unwrap();
        }
    };
    other("transposed.mnn", &|b| {
        let x = b.input("image", [1, 2, 4, 4]).unwrap();
        let y = b.node("maps", edgeconv_graph::op::Reshape { shape: vec![1, 4, 4, 2] }, &[x]).unwrap();
        b.output("maps", y);
    });
    let (code, out, _) = check(&files, "transposed.mnn", "reference.onnx", &[]);
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
    let (code, _, error) = check(&files, "good.mnn", "nan.onnx", &[]);
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

fn convert(graph: Graph, rewrite: Rewrite, target: &dyn Target, path: &Path) {
    Conversion::of(graph).rewrite(&rewrite.into()).unwrap().to(target).unwrap().write(path).unwrap();
}

/// Norms are folded into the convolutions: their results are values of the original file, those of the convolutions are not.
#[test]
fn the_first_layer_that_differs_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let [reference, good, wrong] = ["deep.onnx", "good.mnn", "wrong.mnn"].map(|name| folder.path().join(name));
    fs::write(&reference, target::onnx::export(&deep(0.5), target::onnx::DEFAULT_OPSET).unwrap()).unwrap();
    for (weight, path) in [(0.5, &good), (0.55, &wrong)] {
        convert(deep(weight), Rewrite::Fast, &Mnn::DEFAULT, path);
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
    // Computed from right values, only one is wrong; what computes it can be checked by itself.
    let fault = folder.path().join("fault");
    let arguments = ["check", text(&wrong), "--against", text(&reference), "--bisect", text(&fault), "--json"];
    let (code, out, error) = run(&arguments);
    assert_eq!(code, 1, "{error}");
    assert_eq!(names(&json(&out), false), ["norm1"]);
    let (model, golden) = (fault.join("reproducer.mnn"), fault.join("golden"));
    let (code, out, error) = run(&["check", text(&model), "--against", text(&golden), "--json"]);
    assert_eq!(code, 1, "{error}");
    assert_eq!(json(&out)["results"][0]["output"], "norm1");
    let (code, _, error) = run(&arguments);
    assert!(code == 2 && error.contains("fault"), "{error}");
    // Nothing to compare inside.
    let mut other = Builder::new("other");
    let x = other.input("image", [1, 2, 4, 4]).unwrap();
    let y = other.node("elsewhere", Unary::Relu, &[x]).unwrap();
    let z = other.node("last", Unary::Abs, &[y]).unwrap();
    other.output("result", z);
    fs::write(&good, mnn::export(&other.finish()).unwrap()).unwrap();
    let (code, _, error) = check(&good);
    assert!(code == 2 && error.contains("was it made from that file?"), "{error}");
}

/// Kinds of faults, with the value that each makes wrong.
const FAULTS: [(&str, &str); 15] = [
    ("weight flipped", "norm"),
    ("bias dropped", "norm"),
    ("pads on the wrong side", "norm"),
    ("output channels exchanged", "norm"),
    ("epsilon of the norm", "norm"),
    ("GELU by tanh", "gelu"),
    ("kernel reversed", "depthwise"),
    ("one channel's kernel zero", "depthwise"),
    ("wrapped off by one", "circular"),
    ("corners of the interpolation", "resized"),
    ("mean for the largest", "pooled"),
    ("another axis exchanged with the width", "turned"),
    ("epsilon of the layer norm", "normal"),
    ("softmax along another axis", "shares"),
    ("factor off by 1 %", "scaled"),
];

/// A network of many kinds of layers on `[1, 4, 8, 8]`, with one of these faults.
fn network_with(fault: &str) -> Graph {
    let is = |kind: &str| fault == kind;
    let wave = |shape: &[usize], step: f32| {
        let count: usize = shape.iter().product();
        Tensor::f32(shape, (0..count).map(|i| (1.0 + i as f32 * step).sin() * 0.5).collect()).unwrap()
    };
    let changed = |tensor: Tensor, kind: &str, change: &dyn Fn(&mut Vec<f32>)| {
        let mut numbers = tensor.as_f32().unwrap().to_vec();
        if is(kind) {
            change(&mut numbers);
        }
        Tensor::f32(tensor.shape(), numbers).unwrap()
    };
    let mut b = Builder::new("network");
    let x = b.input("image", [1, 4, 8, 8]).unwrap();
    let kernel = changed(wave(&[6, 4, 3, 3], 0.7), "weight flipped", &|numbers| numbers[77] = -numbers[77]);
    let kernel = changed(kernel, "output channels exchanged", &|numbers| numbers.rotate_left(36));
    let kernel = b.constant("conv.weight", kernel).unwrap();
    let bias = changed(wave(&[6], 0.9), "bias dropped", &|numbers| numbers.fill(0.0));
    let bias = b.constant("conv.bias", bias).unwrap();
    let pads = if is("pads on the wrong side") { vec![2, 1, 0, 1] } else { vec![1; 4] };
    let conv = Conv { pads, ..Conv::pointwise() };
    let y = b.node("conv", conv, &[x, kernel, bias]).unwrap();
    let parts = [[1.5, 0.5], [0.1, -0.2], [0.3, 0.0], [2.0, 0.7]]
        .map(|[first, other]| Tensor::vector((0..6).map(|i| if i % 2 == 0 { first } else { other }).collect()));
    let mut operands = vec![y];
    for (index, part) in parts.into_iter().enumerate() {
        operands.push(b.constant(&format!("norm.{index}"), part).unwrap());
    }
    let epsilon = if is("epsilon of the norm") { 1e-2 } else { 1e-5 };
    let y = b.node("norm", BatchNormalization { epsilon }, &operands).unwrap();
    let gelu = if is("GELU by tanh") { Unary::GeluTanh } else { Unary::Gelu };
    let y = b.node("gelu", gelu, &[y]).unwrap();
    let kernel = changed(wave(&[6, 1, 3, 3], 1.3), "kernel reversed", &|numbers| {
        numbers.chunks_mut(9).for_each(<[f32]>::reverse)
    });
    let kernel = changed(kernel, "one channel's kernel zero", &|numbers| numbers[9..18].fill(0.0));
    let kernel = b.constant("depthwise.weight", kernel).unwrap();
    let y = b.node("depthwise", Conv { pads: vec![1; 4], group: 6, ..Conv::pointwise() }, &[y, kernel]).unwrap();
    let y = b.node("act", Unary::Silu, &[y]).unwrap();
    let off = |numbers: &mut Vec<f32>| numbers.chunks_mut(8).for_each(|row| row.rotate_left(1));
    let kernel = changed(wave(&[6, 1, 8, 1], 0.4), "wrapped off by one", &off);
    let kernel = b.constant("circular.weight", kernel).unwrap();
    let y = b.node("circular", CircularConv { axis: 2, group: 6 }, &[y, kernel]).unwrap();
    let coordinates =
        if is("corners of the interpolation") { Coordinates::HalfPixel } else { Coordinates::AlignCorners };
    let y = b.node("resized", Resize::linear(coordinates, vec![1, 6, 12, 10]), &[y]).unwrap();
    let kind = if is("mean for the largest") { PoolKind::Average } else { PoolKind::Max };
    let y = b.node("pooled", Pool { kind, kernel: [2, 1], strides: [2, 1], pads: [0; 4] }, &[y]).unwrap();
    let y = b.node("square", Slice { axis: 3, start: 0, end: 6, step: 1 }, &[y]).unwrap();
    let perm = if is("another axis exchanged with the width") { vec![0, 3, 2, 1] } else { vec![0, 1, 3, 2] };
    let y = b.node("turned", Transpose { perm }, &[y]).unwrap();
    let [scale, shift] =
        [("normal.weight", 0.6), ("normal.bias", 0.8)].map(|(name, step)| b.constant(name, wave(&[6], step)).unwrap());
    let epsilon = if is("epsilon of the layer norm") { 1e-2 } else { 1e-5 };
    let y = b.node("normal", LayerNormalization { epsilon }, &[y, scale, shift]).unwrap();
    let axis = if is("softmax along another axis") { 2 } else { 3 };
    let y = b.node("shares", Softmax { axis }, &[y]).unwrap();
    let factor = if is("factor off by 1 %") { 3.03 } else { 3.0 };
    let factor = b.constant("factor", Tensor::scalar(factor)).unwrap();
    let y = b.node("scaled", Binary::Mul, &[y, factor]).unwrap();
    let y = b.node("last", Unary::Tanh, &[y]).unwrap();
    b.output("result", y);
    b.finish()
}

#[test]
fn each_kind_of_fault_is_found_where_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let [reference, candidate] = ["reference.onnx", "candidate.mnn"].map(|name| folder.path().join(name));
    convert(network_with(""), Rewrite::None, &Onnx::DEFAULT, &reference);
    for (number, (fault, expected)) in [("", "")].into_iter().chain(FAULTS).enumerate() {
        convert(network_with(fault), Rewrite::Fast, &Mnn::DEFAULT, &candidate);
        let place = folder.path().join(number.to_string());
        let arguments = ["check", text(&candidate), "--against", text(&reference), "--bisect", text(&place), "--json"];
        let (code, out, error) = run(&arguments);
        let report = json(&out);
        let wrong = report["layers"].as_array().unwrap().iter().filter(|layer| layer["passed"] == false);
        let wrong: Vec<_> = wrong.map(|layer| layer["output"].as_str().unwrap()).collect();
        if fault.is_empty() {
            assert_eq!((code, wrong.len(), place.exists()), (0, 0, false), "{wrong:?}: {error}");
        } else {
            assert_eq!((code, wrong.as_slice()), (1, [expected].as_slice()), "{fault}: {error}");
            assert!(place.join("reproducer.mnn").exists());
        }
    }
}

#[test]
fn a_golden_of_another_model_is_told_from_drift() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    // Two initialisations of one architecture: same inputs, same outputs.
    for seed in ["1", "2"] {
        let arguments = ["export", "edgeformer-xs", "--size", "64", "--seed", seed, "--no-check", "-o"];
        let (code, _, error) = run(&[&arguments[..], &[text(&path(seed))]].concat());
        assert_eq!(code, 0, "{error}");
    }
    let [one, two, reference] = ["1/edgeformer-xs.mnn", "2/edgeformer-xs.mnn", "1/edgeformer-xs.onnx"].map(path);
    let golden = path("golden");
    let against = |model: &Path, more: &[&str]| run(&[&["check", text(model)], more].concat());
    let (code, _, error) = against(&one, &["--against", text(&reference), "--save-golden", text(&golden)]);
    assert_eq!(code, 0, "{error}");
    assert_eq!(against(&one, &["--against", text(&golden)]).0, 0);
    let (code, _, error) = against(&two, &["--against", text(&golden)]);
    assert!(code == 2 && error.contains("made from another model: `edgeformer-xs.onnx`"), "{error}");
    assert!(error.contains("--save-golden"), "{error}");
}

#[test]
fn drift_is_reported_also_within_the_tolerance() {
    let files = files();
    let golden = files.path("golden");
    let saved = check(&files, "good.mnn", "reference.onnx", &["--samples", "2", "--save-golden", text(&golden)]);
    assert_eq!(saved.0, 0);
    let watch = |model: &str, more: &[&str]| {
        let arguments = ["check", text(&files.path(model)), "--watch-drift", text(&golden)].map(str::to_owned);
        let arguments = arguments.iter().map(String::as_str).chain(more.iter().copied()).collect::<Vec<_>>();
        run(&arguments)
    };
    let (code, out, error) = watch("good.mnn", &[]);
    assert!(code == 0 && out.contains("no drift: all outputs are what they were"), "{out}{error}");
    // Too little to be wrong, but not the same.
    fs::write(files.path("changed.mnn"), mnn::export(&network(&[0.5, -1.0, 2.0, 0.25001])).unwrap()).unwrap();
    let (code, out, error) = watch("changed.mnn", &["--json"]);
    assert_eq!(code, 0, "{error}");
    let report = json(&out);
    assert_eq!(report["drift"].as_array().unwrap().len(), 4);
    let drift = &report["drift"][0];
    assert!(drift["max_abs"].as_f64().unwrap() > 1e-6 && drift["changed"].as_u64().unwrap() > 0, "{drift}");
    assert!(drift["error_now"].as_f64() > drift["error_before"].as_f64(), "{drift}");
    // On GitHub it is a warning, not an error.
    let (code, _, error) = watch("changed.mnn", &["--github", "--json"]);
    assert!(code == 0 && error.contains("::warning file=") && !error.contains("::error"), "{error}");
    let (code, _, error) = watch("wrong.mnn", &["--github", "--json"]);
    assert!(code == 1 && error.contains("::error file=") && error.contains("title=edgeconv check::`maps`"), "{error}");
    let (code, _, error) = run(&["check", text(&files.path("good.mnn"))]);
    assert!(code == 2 && error.contains("--against"), "{error}");
}

#[test]
fn settings_say_what_flags_do_not() {
    let files = files();
    let settings = files.path("edgeconv.toml");
    fs::write(&settings, "[check]\nsamples = 3\n[check.outputs]\n\"*\" = 0.02\n").unwrap();
    let [wrong, reference] = ["wrong.mnn", "reference.onnx"].map(|name| files.path(name));
    let arguments = ["check", text(&wrong), "--against", text(&reference), "--json"];
    // In the working folder it is found by itself.
    let output = support::edgeconv().args(arguments).current_dir(files.folder()).output().unwrap();
    let (code, out, error) = outcome(output);
    assert_eq!((code, json(&out)["results"].as_array().unwrap().len()), (0, 6), "{error}");
    let with = |more: &[&str]| run(&[&arguments[..], &["--config", text(&settings)], more].concat());
    assert_eq!(with(&[]).0, 0);
    assert_eq!(with(&["--tolerance", "maps=1e-6"]).0, 1);
    fs::write(&settings, "[check]\nsample = 3\n").unwrap();
    let (code, _, error) = with(&[]);
    assert!(code == 2 && error.contains("edgeconv.toml") && error.contains("unknown field `sample`"), "{error}");
}

#[test]
fn inputs_come_from_archives_and_ranges_as_well() {
    use std::io::Write;
    let files = files();
    let [npy, npz] = ["image.npy", "inputs.npz"].map(|name| files.path(name));
    edgeconv_validate::input::write(&npy, &edgeconv_validate::input::random(&[1, 2, 4, 4], 3)).unwrap();
    let mut archive = zip::ZipWriter::new(std::fs::File::create(&npz).unwrap());
    archive.start_file("image.npy", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(&fs::read(&npy).unwrap()).unwrap();
    archive.finish().unwrap();
    let samples = |more: &[&str]| {
        let (code, out, error) = check(&files, "good.mnn", "reference.onnx", more);
        assert_eq!(code, 0, "{error}");
        json(&out)["results"].as_array().unwrap().clone()
    };
    assert_eq!(samples(&["--input", text(&npz)]).len(), 2);
    assert_eq!(samples(&["--input", text(&npy), "--input", text(&npz)]).len(), 4);
    let largest = |more: &[&str]| samples(more)[0]["max_expected"].as_f64().unwrap();
    assert!(largest(&["--range", "-100..100"]) > 20.0 * largest(&[]));
    assert!(largest(&["--range", "image=50..60"]) > 20.0 * largest(&[]));
    let misuse = |more: &[&str], reason: &str| {
        let (code, _, error) = check(&files, "good.mnn", "reference.onnx", more);
        assert!(code == 2 && error.contains(reason), "{error}");
    };
    misuse(&["--range", "other=0..1"], "has no input `other`, it has: image");
    misuse(&["--range", "1..0"], "expected LOW..HIGH");
    misuse(&["--input", text(&files.path("cat.jpg"))], "report.json");
}

/// What clients of a check see: a page, a summary for a pull request, a file for the CI system.
#[test]
fn reports_have_every_format() {
    let files = files();
    let [html, markdown, junit, job] = ["check.html", "check.md", "check.xml", "job.md"].map(|name| files.path(name));
    let [wrong, reference] = ["wrong.mnn", "reference.onnx"].map(|name| files.path(name));
    let output = support::edgeconv()
        .args(["check", text(&wrong), "--against", text(&reference), "--layers=isolated", "--github"])
        .args(["--html", text(&html), "--markdown", text(&markdown), "--junit", text(&junit)])
        .env("GITHUB_STEP_SUMMARY", &job)
        .output()
        .unwrap();
    let (code, out, error) = outcome(output);
    assert!(code == 1 && out.contains("nodes of the reference: `conv` (Conv)"), "{out}{error}");
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    let page = read(&html);
    for part in ["<svg", "<title>", "FAILED: ", "`conv` (Conv)", "class=\"removed\"", "class=\"sketch\""] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("src=\"http") && !page.contains("href=\"http"), "{page}");
    let summary = read(&markdown);
    assert!(summary.starts_with("### edgeconv check: FAILED: ") && summary.contains("| `maps` | 1 |"), "{summary}");
    assert_eq!(read(&job), summary);
    assert!(read(&junit).contains("values inside"), "{}", read(&junit));
}

#[test]
fn a_model_that_takes_too_long_is_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let slow = folder.path().join("slow.mnn");
    let mut b = Builder::new("slow");
    let mut x = b.input("image", [1, 128, 256, 256]).unwrap();
    let kernel = Tensor::f32([128, 128, 3, 3], vec![1e-3; 128 * 128 * 9]).unwrap();
    let kernel = b.constant("kernel", kernel).unwrap();
    for index in 0..60 {
        x = b.node(&format!("conv{index}"), Conv { pads: vec![1; 4], ..Conv::pointwise() }, &[x, kernel]).unwrap();
    }
    b.output("maps", x);
    fs::write(&slow, mnn::export(&b.finish()).unwrap()).unwrap();
    let (code, _, error) = run(&["check", text(&slow), "--against", text(&slow), "--timeout", "1"]);
    assert!(code == 1 && error.contains("stopped after 1 s"), "{error}");
}

#[test]
fn a_model_that_crashes_mnn_is_an_error() {
    let files = files();
    // An agent that dies as one does in which MNN reads where nothing is.
    let agent = files.path("agent.sh");
    let real = Path::new(env!("CARGO_BIN_EXE_edgeconv")).with_file_name("edgeconv-agent");
    let script = format!(
        "#!/bin/sh\ngrep -q '\"engine\": \"mnn\"' \"$1/job.json\" || exec {} \"$@\"\necho '{READY}'\necho 'loading the model'\nkill -SEGV $$\n",
        text(&real)
    );
    fs::write(&agent, script).unwrap();
    #[cfg(unix)]
    fs::set_permissions(&agent, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let [good, reference] = ["good.mnn", "reference.onnx"].map(|name| files.path(name));
    let output = support::edgeconv()
        .args(["check", text(&good), "--against", text(&reference), "--engine", "rten"])
        .env("EDGECONV_AGENT", &agent)
        .output()
        .unwrap();
    let (code, _, error) = outcome(output);
    assert!(code == 1 && error.contains("good.mnn") && error.contains("SIGSEGV"), "{error}");
    assert!(error.contains("loading the model"), "{error}");
}

/// Values are isolated in ONNX files, too, and what is written for a bug report shows the fault.
#[test]
fn faults_of_onnx_files_are_found_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let [reference, wrong, place] = ["deep.onnx", "wrong.onnx", "fault"].map(|name| folder.path().join(name));
    fs::write(&reference, target::onnx::export(&deep(0.5), target::onnx::DEFAULT_OPSET).unwrap()).unwrap();
    fs::write(&wrong, target::onnx::export(&deep(0.55), target::onnx::DEFAULT_OPSET).unwrap()).unwrap();
    let arguments = ["check", text(&wrong), "--against", text(&reference), "--bisect", text(&place), "--json"];
    let (code, out, error) = run(&arguments);
    assert_eq!(code, 1, "{error}");
    let fault = &json(&out)["faults"][0];
    assert_eq!((&fault["value"], &fault["from"][0]), (&"conv1".into(), &"act0".into()), "{fault}");
    let [model, original, golden] = ["reproducer.onnx", "reference.onnx", "golden"].map(|name| place.join(name));
    assert_eq!(run(&["check", text(&model), "--against", text(&golden)]).0, 1);
    assert_eq!(run(&["check", text(&original), "--against", text(&golden)]).0, 0);
    assert_eq!(run(&["check", text(&model), "--against", text(&original)]).0, 1);
}

/// Scores of which a mask leaves out some, and the same with one weight off by a fifth.
#[test]
fn a_mask_hides_no_fault() {
    let folder = tempfile::tempdir().unwrap();
    let [reference, right, wrong] = ["masked.onnx", "right.mnn", "wrong.mnn"].map(|name| folder.path().join(name));
    for mask in [f32::MIN, f32::NEG_INFINITY, -1e4] {
        let masked = |weight: f32| {
            let mut b = Builder::new("masked");
            let x = b.input("image", [1, 2, 4, 4]).unwrap();
            let kernel = Tensor::f32([2, 2, 1, 1], vec![0.5, -1.0, weight, 0.25]).unwrap();
            let kernel = b.constant("kernel", kernel).unwrap();
            let y = b.node("conv", Conv::pointwise(), &[x, kernel]).unwrap();
            let mask = (0..16).map(|i| if i % 3 == 0 { mask } else { 0.0 }).collect();
            let mask = b.constant("mask", Tensor::f32([1, 1, 4, 4], mask).unwrap()).unwrap();
            let y = b.node("scores", Binary::Add, &[y, mask]).unwrap();
            b.output("scores", y);
            b.finish()
        };
        fs::write(&reference, target::onnx::export(&masked(2.0), target::onnx::DEFAULT_OPSET).unwrap()).unwrap();
        fs::write(&right, mnn::export(&masked(2.0)).unwrap()).unwrap();
        fs::write(&wrong, mnn::export(&masked(2.4)).unwrap()).unwrap();
        let check = |candidate: &Path, more: &[&str]| {
            run(&[&["check", text(candidate), "--against", text(&reference)], more].concat())
        };
        let (code, out, error) = check(&right, &[]);
        assert!(code == 0 && out.contains("passed (12 infinite or masked elements left out)"), "{mask}: {out}{error}");
        let (code, out, error) = check(&wrong, &["--json"]);
        assert_eq!(code, 1, "{mask}: {error}");
        let result = &json(&out)["results"][0];
        assert_eq!((result["masked"].as_u64(), result["failed"].as_u64()), (Some(12), Some(10)), "{mask}: {result}");
    }
}

/// Scores of two of three classes that differ by less than rounding: which is larger, each engine decides otherwise, and nothing is wrong.
#[test]
fn classes_that_tie_are_no_fault_and_others_are() {
    // rten takes the last of equal scores.
    if onnxruntime::find().unwrap().is_none() {
        return skip("set ORT_DYLIB_PATH, or install onnxruntime for python3");
    }
    let folder = tempfile::tempdir().unwrap();
    let [reference, right, wrong] = ["classes.onnx", "right.mnn", "wrong.mnn"].map(|name| folder.path().join(name));
    let classes = |off: f32, largest: bool| {
        let mut b = Builder::new("classes");
        let x = b.input("image", [1, 64, 32, 32]).unwrap();
        let first = random(&[64], 1, 1.0);
        let first = first.as_f32().unwrap();
        let second =
            first.iter().enumerate().map(|(i, weight)| if i % 2 == 0 { weight.next_up() } else { weight.next_down() });
        let third = random(&[64], 3, 1.0);
        let third = third.as_f32().unwrap();
        let mut weights: Vec<_> = first.iter().copied().chain(second).chain(third.iter().copied()).collect();
        weights[128] += off;
        let kernel = b.constant("kernel", Tensor::f32([3, 64, 1, 1], weights).unwrap()).unwrap();
        let wide = b.constant("wide", random(&[64, 64, 3, 3], 2, 0.1)).unwrap();
        let maps = b.node("maps", Conv { pads: vec![1; 4], ..Conv::pointwise() }, &[x, wide]).unwrap();
        let scores = b.node("scores", Conv::pointwise(), &[maps, kernel]).unwrap();
        let class = b.node("class", Arg { largest, axis: 1 }, &[scores]).unwrap();
        b.output("class", class);
        b.finish()
    };
    fs::write(&reference, target::onnx::export(&classes(0.0, true), target::onnx::DEFAULT_OPSET).unwrap()).unwrap();
    fs::write(&right, mnn::export(&classes(0.0, true)).unwrap()).unwrap();
    let check = |candidate: &Path| run(&["check", text(candidate), "--against", text(&reference), "--json"]);
    let (code, out, error) = check(&right);
    let result = &json(&out)["results"][0];
    assert!(code == 0 && result["explained"].as_u64() > Some(0), "{result}{error}");
    for (off, largest) in [(5.0, true), (0.0, false)] {
        fs::write(&wrong, mnn::export(&classes(off, largest)).unwrap()).unwrap();
        let (code, out, error) = check(&wrong);
        assert!(code == 1 && error.contains("`class`"), "{off} {largest}: {out}{error}");
    }
    // A folder has no scores, and of so few elements none may differ.
    let golden = folder.path().join("golden");
    run(&["check", text(&right), "--against", text(&reference), "--save-golden", text(&golden)]);
    let (code, out, error) = run(&["check", text(&right), "--against", text(&golden), "--json"]);
    let failed = json(&out)["results"][0]["failed"].as_u64();
    assert!(code == 1 && failed > Some(1), "{error}");
}
