//! `edgeconv check` on files that compute in 8-bit integers, with faults in random places, and without any.
#![allow(clippy::unwrap_used, clippy::panic)] // tests fail by panicking

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use edgeconv_agent::npy;
use edgeconv_converter::target::onnx::{DEFAULT_OPSET, export};
use edgeconv_graph::Graph;
use edgeconv_schema::mnn::{Convolution2D, DataType, Net, NetRef, Op, OpParameter, TensorQuantInfo};
use planus::ReadAsRoot;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::Value;
use support::quantized::{joined, network, quantized, random, read_twice};
use support::{run, text};

/// A file that computes in integers, the ONNX file that it was made from, and an input.
struct Case {
    folder: tempfile::TempDir,
    /// Whether the ONNX file has integers, too.
    is_quantized: bool,
}

impl Case {
    /// With integers from samples. Equalization makes values that the reference does not have, whose faults show behind them.
    fn calibrated(graph: &Graph, method: &str) -> Self {
        let case = Self::new(graph, false);
        let shape = [&[32], &graph.ty(graph.inputs()[0]).shape[1..]].concat();
        npy::write_temporary(&random(&shape, 7, 1.0), &case.path("samples.npy")).unwrap();
        let [onnx, samples, mnn] = ["network.onnx", "samples.npy", "network.mnn"].map(|name| case.path(name));
        let to = ["quantize", text(&onnx), "-o", text(&mnn)];
        let calibration = ["--calibrate", text(&samples), "--method", method, "--no-equalization"];
        let (code, _, error) = run(&[&to[..], &calibration[..]].concat());
        assert_eq!(code, 0, "{error}");
        case
    }

    /// With those of a QDQ model.
    fn quantized(graph: &Graph) -> Self {
        let case = Self::new(graph, true);
        let (code, _, error) =
            run(&["convert", text(&case.path("network.onnx")), "-o", text(&case.path("network.mnn"))]);
        assert_eq!(code, 0, "{error}");
        case
    }

    fn new(graph: &Graph, is_quantized: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("network.onnx"), export(graph, DEFAULT_OPSET).unwrap()).unwrap();
        let shape = &graph.ty(graph.inputs()[0]).shape;
        npy::write_temporary(&random(shape, 8, 1.0), &folder.path().join("input.npy")).unwrap();
        Self { folder, is_quantized }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn net(&self) -> Net {
        NetRef::read_as_root(&fs::read(self.path("network.mnn")).unwrap()).unwrap().try_into().unwrap()
    }

    /// Writes another net.
    fn write(&self, net: &Net) -> PathBuf {
        let path = self.path("faulty.mnn");
        fs::write(&path, planus::Builder::new().finish(net, None)).unwrap();
        path
    }

    /// What a check of the values inside says: exit code, report, and messages.
    fn check(&self, candidate: &Path) -> (i32, Value, String) {
        let [onnx, input] = ["network.onnx", "input.npy"].map(|name| self.path(name));
        let arguments = [
            "check",
            text(candidate),
            "--against",
            text(&onnx),
            "--input",
            text(&input),
            "--layers=isolated",
            "--json",
        ];
        let (code, out, error) = run(&arguments);
        (code, serde_json::from_str(&out).unwrap_or_else(|_| panic!("{error}")), error)
    }
}

/// What was changed in a file.
struct Injected {
    net: Net,
    /// The value or operator.
    place: String,
    /// What is said of its integers, if not that it is computed wrongly.
    misfits: &'static [&'static str],
    /// Whether the check must fail, rather than warn.
    fails: bool,
}

const FAULTS: [&str; 11] = [
    "scale doubled",
    "scale 10 % too large",
    "zero point lost",
    "zero point off",
    "mark lost",
    "floats in place of integers",
    "saturated",
    "scale of a channel doubled",
    "integers of channels exchanged",
    "integers of a channel reversed",
    "bias of a channel lost",
];

/// Puts a fault of this kind into a random place, if there is one for it.
fn inject(fault: &str, case: &Case, rng: &mut ChaCha8Rng) -> Option<Injected> {
    let mut net = case.net();
    let known = |kinds: &'static [&'static str], fails: bool| (kinds, fails || case.is_quantized);
    let (place, (misfits, fails)) = match fault {
        "scale doubled" => (
            mark(&mut net, rng, |mark| {
                mark.scale *= 2.0;
                true
            })?,
            known(&["scale", "coarse"], false),
        ),
        "scale 10 % too large" if case.is_quantized => (
            mark(&mut net, rng, |mark| {
                mark.scale *= 1.1;
                true
            })?,
            known(&["scale"], true),
        ),
        "zero point lost" => (
            mark(&mut net, rng, |mark| {
                let is_far = mark.zero.abs() > 105.0;
                mark.zero = 0.0;
                is_far
            })?,
            known(&["zero-point", "saturated", "coarse"], false),
        ),
        "zero point off" if case.is_quantized => (
            mark(&mut net, rng, |mark| {
                mark.zero += 1.0;
                true
            })?,
            known(&["zero-point"], true),
        ),
        "mark lost" if !case.is_quantized => {
            let place = mark(&mut net, rng, |mark| {
                mark.scale = 0.0;
                true
            })?;
            let marks = net.extra_tensor_describe.as_mut().unwrap();
            marks.retain(|tensor| {
                let mark = tensor.quant_info.as_ref().unwrap();
                mark.type_ != DataType::DtInt8 || mark.scale != 0.0
            });
            (place, known(&["unmarked"], true))
        }
        "floats in place of integers" => (
            mark(&mut net, rng, |mark| {
                mark.type_ = DataType::DtFloat;
                true
            })?,
            known(&["floats"], false),
        ),
        "saturated" => (
            mark(&mut net, rng, |mark| {
                mark.scale /= 16.0;
                true
            })?,
            known(&["scale", "saturated"], true),
        ),
        "scale of a channel doubled" => (
            kernel(&mut net, rng, |convolution, channel, _| {
                convolution.quan_parameter.as_mut().unwrap().alpha.as_mut().unwrap()[channel] *= 2.0;
            })?,
            known(&[], true),
        ),
        "integers of channels exchanged" => (
            kernel(&mut net, rng, |convolution, _, length| {
                convolution.quan_parameter.as_mut().unwrap().buffer.as_mut().unwrap().rotate_left(length);
            })?,
            known(&[], true),
        ),
        "integers of a channel reversed" => (
            kernel(&mut net, rng, |convolution, channel, length| {
                let kernel = convolution.quan_parameter.as_mut().unwrap().buffer.as_mut().unwrap();
                kernel[channel * length..][..length].reverse();
            })?,
            known(&[], true),
        ),
        "bias of a channel lost" => (
            kernel(&mut net, rng, |convolution, _, _| {
                let bias = convolution.bias.as_mut().unwrap();
                let largest = (0..bias.len()).max_by(|&a, &b| bias[a].abs().total_cmp(&bias[b].abs())).unwrap();
                bias[largest] = 0.0;
            })?,
            known(&[], true),
        ),
        _ => return None,
    };
    Some(Injected { net, place, misfits, fails })
}

/// Changes the mark of a random value that is integers; returns its name. `change` says whether it could be changed.
fn mark(net: &mut Net, rng: &mut ChaCha8Rng, change: impl Fn(&mut TensorQuantInfo) -> bool) -> Option<String> {
    // What is read by a layer of integers, or given by one: other tensors only help.
    let layers: Vec<_> = net.oplists.iter().flatten().filter(|op| steps(op).is_some()).collect();
    let indices = layers.iter().flat_map(|op| op.input_indexes.iter().chain(&op.output_indexes).flatten().copied());
    let indices: BTreeSet<_> = indices.collect();
    let names = net.tensor_name.clone().unwrap();
    let is_helper = |index: i32| names[index as usize].contains('/');
    let marks = net.extra_tensor_describe.as_mut().unwrap();
    let mut marks: Vec<_> =
        marks.iter_mut().filter(|mark| indices.contains(&mark.index) && !is_helper(mark.index)).collect();
    marks.shuffle(rng);
    marks.into_iter().find_map(|tensor| {
        let mark = tensor.quant_info.as_mut()?;
        let mut changed = mark.clone();
        let is_changed = mark.type_ == DataType::DtInt8 && change(&mut changed);
        is_changed.then(|| {
            *mark = changed;
            // What becomes an output has a number behind the output's name.
            names[tensor.index as usize].split('#').next().unwrap_or_default().to_owned()
        })
    })
}

/// Changes a random layer that has a kernel of integers, given a random channel and how many integers a channel has; returns the layer's name.
fn kernel(net: &mut Net, rng: &mut ChaCha8Rng, change: impl Fn(&mut Convolution2D, usize, usize)) -> Option<String> {
    let mut layers: Vec<_> = net.oplists.iter_mut().flatten().filter(|op| steps(op).is_some()).collect();
    layers.shuffle(rng);
    let layer = layers.first_mut()?;
    let (channels, length) = steps(layer)?;
    let channel = rng.random_range(0..channels);
    let Some(OpParameter::Convolution2D(convolution)) = &mut layer.main else { return None };
    change(convolution, channel, length);
    layer.name.clone()
}

/// Channels of a layer's kernel of integers, and how many of these each has.
fn steps(op: &Op) -> Option<(usize, usize)> {
    let Some(OpParameter::Convolution2D(convolution)) = &op.main else { return None };
    let kernel = convolution.quan_parameter.as_ref().filter(|kernel| kernel.read_type == 0)?;
    let (channels, count) = (kernel.alpha.as_ref()?.len(), kernel.buffer.as_ref()?.len());
    Some((channels, count / channels))
}

/// Injects every kind of fault `times` times, and checks that the value or the layer is named, and nothing else is; returns the kinds that were tried.
fn faults_are_named(what: &str, case: &Case, seed: u64, times: usize) -> BTreeSet<&'static str> {
    let mut rng = ChaCha8Rng::seed_from_u64(edgeconv_test_support::seed(seed));
    let (code, report, error) = case.check(&case.path("network.mnn"));
    assert!(code == 0 && report["misfits"] == Value::Array(vec![]), "{what}: {error} {}", report["misfits"]);
    let mut tried = BTreeSet::new();
    for fault in FAULTS.iter().flat_map(|fault| std::iter::repeat_n(*fault, times)) {
        let Some(Injected { net, place, misfits, fails }) = inject(fault, case, &mut rng) else { continue };
        let (code, report, error) = case.check(&case.write(&net));
        let what = format!("{what}: {fault} at `{place}`");
        assert!(code == 1 || !fails, "{what}: {error} {}", report["misfits"]);
        if !report["error"].is_null() {
            // MNN may not survive it: then the error says why.
            assert!(error.contains(&format!("`{place}`")), "{what}: {error}");
            tried.insert(fault);
            continue;
        }
        let list = |key: &str| report[key].as_array().unwrap().clone();
        let found = list("misfits");
        let is_named = |found: &Value| found["value"] == place.as_str() || found["operator"] == place.as_str();
        if !misfits.is_empty() {
            let kinds: Vec<_> =
                found.iter().filter(|found| is_named(found)).map(|found| found["kind"].as_str().unwrap()).collect();
            assert!(kinds.iter().any(|kind| misfits.contains(kind)), "{what}: {found:?}");
        } else {
            assert!(!list("faults").is_empty() && found.is_empty(), "{what} was not found: {error} {found:?}");
        }
        // What is computed wrongly is computed there, or from it: tables are made for one scale.
        for fault in &list("faults") {
            let names = |key: &str| {
                fault[key]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|item| item["name"].as_str().unwrap_or_default().to_owned())
                    .collect::<Vec<_>>()
            };
            let is_read = fault["from"].as_array().unwrap().iter().any(|value| *value == place.as_str());
            let is_value = fault["value"] == place.as_str();
            let is_there = is_value || names("operators").contains(&place) || (is_read && !misfits.is_empty());
            // MNN writes past the end of what is not marked as it has to be.
            let is_elsewhere = misfits.iter().any(|kind| ["floats", "unmarked"].contains(kind));
            assert!(
                is_there || is_elsewhere,
                "{what} was taken for one of {:?} ({})",
                names("operators"),
                fault["value"]
            );
        }
        tried.insert(fault);
    }
    tried
}

#[test]
fn faults_in_an_inverted_residual() {
    let case = Case::calibrated(&network(), "mse");
    let tried = faults_are_named("inverted residual", &case, 1, 3);
    assert!(tried.len() >= 9, "{tried:?}");
}

#[test]
fn faults_in_joined_branches() {
    let case = Case::calibrated(&joined(), "percentile");
    let tried = faults_are_named("joined branches", &case, 2, 3);
    assert!(tried.len() >= 8, "{tried:?}");
}

#[test]
fn faults_in_a_model_that_has_integers() {
    let case = Case::quantized(&quantized());
    let tried = faults_are_named("QDQ model", &case, 3, 3);
    assert!(tried.len() >= 9, "{tried:?}");
}

#[test]
fn values_that_are_read_as_integers_and_as_floats_are_no_faults() {
    let case = Case::quantized(&read_twice());
    let (code, report, error) = case.check(&case.path("network.mnn"));
    assert!(code == 0 && report["misfits"] == Value::Array(vec![]), "{error} {}", report["misfits"]);
}

#[test]
fn a_fault_in_integers_is_cut_out() {
    let case = Case::calibrated(&network(), "mse");
    let mut rng = ChaCha8Rng::seed_from_u64(edgeconv_test_support::seed(4));
    let Injected { net, place, .. } = inject("bias of a channel lost", &case, &mut rng).unwrap();
    let [onnx, input, folder] = ["network.onnx", "input.npy", "fault"].map(|name| case.path(name));
    let files = ["--against", text(&onnx), "--input", text(&input), "--bisect", text(&folder), "--json"];
    let (code, out, error) = run(&[&["check", text(&case.write(&net))], &files[..]].concat());
    let report: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{error}"));
    let operators = report["faults"][0]["operators"].as_array().unwrap();
    assert!(code == 1 && operators.iter().any(|operator| operator["name"] == place.as_str()), "{place}: {out}");
    // What is cut out computes in integers, too.
    let cut = edgeconv_converter::target::list(&folder.join("reproducer.mnn")).unwrap();
    assert!(cut.marks.values().any(Option::is_some) && folder.join("reference.onnx").is_file(), "{:?}", cut.marks);
}
