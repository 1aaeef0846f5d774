//! MNN models whose weights are in a file beside them.
#![allow(clippy::unwrap_used)] // helpers of tests fail by panicking

mod mnn;

use std::fs;
use std::path::{Path, PathBuf};

use edgeconv_converter::pipeline::Rewrite;
use edgeconv_converter::target::isolate::isolate;
use edgeconv_converter::target::mnn::ExternalWeights;
use edgeconv_converter::target::{Mnn, list};
use edgeconv_converter::{Artefact, Conversion, Rewritten};
use edgeconv_graph::op::{Binary, Conv, ConvTranspose, Gather};
use edgeconv_graph::{Builder, Graph, Tensor, TensorType};
use edgeconv_runtime::{Config, Session};
use edgeconv_session::{SessionConfig, weights_file};

const CHANNELS: usize = 16;
const SIDE: usize = 12;

/// Numbers in [−0.5, 0.5) that look random and are always the same.
fn floats(seed: usize, shape: &[usize]) -> Tensor {
    let number = |i: usize| ((i * 7919 + seed * 104_729 + 17) % 10_007) as f32 / 10_007.0 - 0.5;
    Tensor::f32(shape, (0..shape.iter().product()).map(number).collect()).unwrap()
}

/// Every kind of op that MNN can read weights for from elsewhere: convolutions (two with the same weights, and a depthwise one), a
/// transposed one, constants of floats and integers.
fn network() -> Graph {
    let mut b = Builder::new("network");
    let x = b.input("x", [1, CHANNELS, SIDE, SIDE]).unwrap();
    let kernel = b.constant("kernel", floats(1, &[CHANNELS, CHANNELS, 3, 3])).unwrap();
    let bias = b.constant("bias", floats(2, &[CHANNELS])).unwrap();
    let same = || Conv { pads: vec![1; 4], ..Conv::pointwise() };
    let y = b.node("first", same(), &[x, kernel, bias]).unwrap();
    let y = b.node("second", same(), &[y, kernel, bias]).unwrap();
    let channels = b.constant("channels", floats(3, &[CHANNELS, 1, 5, 5])).unwrap();
    let depthwise = Conv { pads: vec![2; 4], group: CHANNELS, ..Conv::pointwise() };
    let y = b.node("depthwise", depthwise, &[y, channels]).unwrap();
    let up = b.constant("up", floats(4, &[CHANNELS, CHANNELS, 2, 2])).unwrap();
    let up = [y, up];
    let transposed = ConvTranspose {
        strides: vec![2; 2],
        pads: vec![0; 4],
        dilations: vec![1; 2],
        output_padding: vec![0; 2],
        group: 1,
    };
    let y = b.node("transposed", transposed, &up).unwrap();
    let offsets = b.constant("offsets", floats(5, &[1, CHANNELS, 2 * SIDE, 2 * SIDE])).unwrap();
    let y = b.node("sum", Binary::Add, &[y, offsets]).unwrap();
    let rows = (0..300).map(|row| row % (2 * SIDE as i64)).collect();
    let rows = b.constant("rows", Tensor::indices(rows)).unwrap();
    let y = b.node("y", Gather { axis: 2 }, &[y, rows]).unwrap();
    b.output("y", y);
    b.finish()
}

fn rewritten(graph: Graph) -> Rewritten {
    Conversion::of(graph).rewrite(&Rewrite::Fast.into()).unwrap()
}

fn made(external_weights: ExternalWeights) -> Artefact {
    rewritten(network()).to(&Mnn { external_weights, ..Mnn::DEFAULT }).unwrap()
}

/// The network in a folder, with its weights beside it.
fn written(folder: &Path) -> PathBuf {
    let path = folder.join("model.mnn");
    made(ExternalWeights::Always).write(&path).unwrap();
    path
}

fn config() -> Config {
    Config { session: SessionConfig::default(), ..Config::default() }
}

fn output(mut session: Session) -> Tensor {
    session.set_input("x", &floats(9, &[1, CHANNELS, SIDE, SIDE])).unwrap();
    session.run().unwrap();
    session.output("y").unwrap()
}

fn load_error(path: &Path) -> String {
    Session::from_file(path, config()).unwrap_err().to_string()
}

#[test]
fn outputs_are_those_of_a_model_with_weights_inside() {
    let folder = tempfile::tempdir().unwrap();
    let inside = Session::from_bytes(made(ExternalWeights::Never).bytes(), config()).unwrap();
    let beside = Session::from_file(&written(folder.path()), config()).unwrap();
    assert_eq!(output(beside), output(inside));
}

#[test]
fn nothing_that_is_worth_a_place_beside_the_model_is_inside_and_equal_weights_are_there_once() {
    let artefact = made(ExternalWeights::Always);
    let kernel_and_bias = 4 * (CHANNELS * CHANNELS * 9 + CHANNELS);
    let depthwise = 4 * (CHANNELS * 25 + CHANNELS);
    let transposed = 4 * (CHANNELS * CHANNELS * 4 + CHANNELS);
    let (offsets, rows) = (4 * CHANNELS * 4 * SIDE * SIDE, 4 * 300);
    assert_eq!(artefact.weights().len(), kernel_and_bias + depthwise + transposed + offsets + rows);
    assert_eq!(artefact.report().weight_bytes, artefact.weights().len() as u64);
    assert!(artefact.bytes().len() < 6000, "{}", artefact.bytes().len());
}

#[test]
fn small_models_have_their_weights_inside() {
    let artefact = made(ExternalWeights::Large);
    assert_eq!((artefact.weights(), artefact.report().weight_bytes), (&[][..], 0));
    assert_eq!(artefact.bytes(), made(ExternalWeights::Never).bytes());
}

#[test]
fn what_is_written_straight_to_files_is_what_is_made_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.mnn");
    for external_weights in [ExternalWeights::Always, ExternalWeights::Never] {
        let artefact = made(external_weights);
        let report = rewritten(network()).write(&Mnn { external_weights, ..Mnn::DEFAULT }, &path).unwrap();
        assert_eq!((report.bytes, report.weight_bytes), (artefact.report().bytes, artefact.report().weight_bytes));
        assert_eq!(fs::read(&path).unwrap(), artefact.bytes());
        if !artefact.weights().is_empty() {
            assert_eq!(fs::read(weights_file(&path)).unwrap(), artefact.weights());
        }
    }
}

#[test]
fn a_listing_says_what_weights_take_wherever_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let (beside, inside) = (written(folder.path()), folder.path().join("inside.mnn"));
    made(ExternalWeights::Never).write(&inside).unwrap();
    let [beside, inside] = [beside, inside].map(|path| list(&path).unwrap());
    let bytes = |listing: &edgeconv_converter::target::Listing| {
        let operators = listing.operators.iter().map(|operator| operator.weight_bytes);
        operators.chain(listing.tensors.iter().map(|tensor| tensor.bytes)).collect::<Vec<_>>()
    };
    assert_eq!(bytes(&beside), bytes(&inside));
}

#[test]
fn isolated_models_have_the_weights_inside() {
    let folder = tempfile::tempdir().unwrap();
    let (beside, inside) = (written(folder.path()), folder.path().join("inside.mnn"));
    made(ExternalWeights::Never).write(&inside).unwrap();
    let given = [("second".to_owned(), TensorType::f32([1, CHANNELS, SIDE, SIDE]))];
    let isolated = isolate(&beside, &given).unwrap();
    assert_eq!(isolated.inputs().len(), 1);
    let mut session = Session::from_bytes(isolated.bytes(), config()).unwrap();
    session.set_input("x", &floats(9, &[1, CHANNELS, SIDE, SIDE])).unwrap();
    session.set_input(&isolated.inputs()[0].1, &floats(10, &[1, CHANNELS, SIDE, SIDE])).unwrap();
    session.run().unwrap();
    assert_eq!(isolated.bytes().len(), isolate(&inside, &given).unwrap().bytes().len());
}

#[test]
fn weights_that_are_missing_or_cut_off_are_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path());
    let weights = weights_file(&path);
    let whole = fs::read(&weights).unwrap();
    fs::write(&weights, &whole[..whole.len() - 1]).unwrap();
    let error = load_error(&path);
    assert!(error.contains("model.mnn.weight`, which is too short: it is cut off"), "{error}");
    let error = isolate(&path, &[]).unwrap_err().to_string();
    assert!(error.contains("model.mnn.weight") && error.contains("cut off"), "{error}");
    fs::remove_file(&weights).unwrap();
    let error = load_error(&path);
    assert!(error.contains("operator `") && error.contains("model.mnn.weight`, which is not there"), "{error}");
    fs::create_dir(&weights).unwrap();
    assert!(load_error(&path).contains("or no file"));
    let error = Session::from_bytes(made(ExternalWeights::Always).bytes(), config()).unwrap_err().to_string();
    assert!(error.contains("was given without files"), "{error}");
}
