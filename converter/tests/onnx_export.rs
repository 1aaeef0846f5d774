//! Every operator is exported, run by rten, and compared with results computed by hand.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic: that is how it fails")]

mod operators;
mod rten;

use edgeconv_converter::pipeline::Rewrite;
use edgeconv_converter::target::Onnx;
use edgeconv_converter::target::onnx::{DEFAULT_OPSET, ExportError, OPSETS, export};
use edgeconv_converter::{Artefact, Conversion};
use edgeconv_graph::op::{
    BatchNormalization, Binary, CircularConv, Clip, Concat, Conv, Coordinates, Flatten, Gemm, GlobalAveragePool,
    Reshape, Resize, Slice, Split, Unary,
};
use edgeconv_graph::{Builder, Graph, Tensor};
use edgeconv_schema::onnx::{ModelProto, NodeProto};
use itertools::Itertools;
use prost::Message;

use crate::operators::{counting, single, tensor};
use crate::rten::{run, run_graph};

fn decode(bytes: &[u8]) -> ModelProto {
    ModelProto::decode(bytes).unwrap()
}

/// Checks the result of a graph in the oldest, the default and the newest operator set.
#[track_caller]
fn check(graph: &Graph, input: &Tensor, expected: &Tensor) {
    for opset in [*OPSETS.start(), DEFAULT_OPSET, *OPSETS.end()] {
        let found = run_graph(graph, opset, input);
        assert_eq!(found.shape(), expected.shape(), "opset {opset}");
        for (found, expected) in found.as_f32().unwrap().iter().zip_eq(expected.as_f32().unwrap()) {
            assert!((found - expected).abs() <= 1e-6, "opset {opset}: expected {expected}, found {found}\n{graph}");
        }
    }
}

#[test]
fn every_operator_gives_what_was_computed_by_hand() {
    operators::each(check);
}

#[test]
fn resizing() {
    let x = tensor(&[1, 1, 1, 3], &[0.0, 1.0, 5.0]);
    for (width, expected) in [(5, &[0.0, 0.5, 1.0, 3.0, 5.0][..]), (2, &[0.0, 5.0])] {
        let resize = Resize::linear(Coordinates::AlignCorners, vec![1, 1, 1, width]);
        check(&single(resize, x.shape(), &[]), &x, &tensor(&[1, 1, 1, width], expected));
    }
}

#[test]
fn split_has_one_output_per_part() {
    let mut b = Builder::new("split");
    let x = b.input("x", [1, 4]).unwrap();
    let parts = b.nodes("split", Split { axis: 1, sizes: vec![1, 3] }, &[x]).unwrap();
    b.output("head", parts[0]);
    b.output("tail", parts[1]);
    let graph = b.finish();
    for opset in [*OPSETS.start(), DEFAULT_OPSET, *OPSETS.end()] {
        let outputs = run(&export(&graph, opset).unwrap(), &[counting(&[1, 4])]);
        assert_eq!(outputs, [tensor(&[1, 1], &[0.0]), tensor(&[1, 3], &[1.0, 2.0, 3.0])]);
    }
}

/// A small network with every operator that ONNX has, in modules.
fn network() -> Graph {
    let mut b = Builder::new("network");
    let x = b.input("input", [1, 4, 6, 6]).unwrap();
    let x = b
        .scope("stem", |b| {
            let weight = b.constant("conv.weight", counting(&[4, 4, 1, 1]))?;
            let bias = b.constant("conv.bias", counting(&[4]))?;
            let x = b.node("conv", Conv::pointwise(), &[x, weight, bias])?;
            let scale = b.constant("norm.weight", counting(&[4]))?;
            let ones = b.constant("ones", Tensor::vector(vec![1.0; 4]))?;
            let x = b.node("norm", BatchNormalization { epsilon: 1e-5 }, &[x, scale, scale, scale, ones])?;
            let x = b.node("act", Unary::Silu, &[x])?;
            b.node("act2", Unary::HardSwish, &[x])
        })
        .unwrap();
    let halves = b.nodes("split", Split { axis: 1, sizes: vec![2, 2] }, &[x]).unwrap();
    let wrap = b.node("wrap", Slice { axis: 2, start: 0, end: 2, step: 1 }, &[halves[0]]).unwrap();
    let other = b.node("other", Slice { axis: 2, start: 0, end: 2, step: 1 }, &[halves[1]]).unwrap();
    let sum = b.node("sum", Binary::Add, &[wrap, other]).unwrap();
    let joined = b.node("joined", Concat { axis: 2 }, &[halves[1], sum]).unwrap();
    let sizes = vec![1, 2, 4, 4];
    let resized = b.node("resized", Resize::linear(Coordinates::AlignCorners, sizes), &[joined]).unwrap();
    let gate = b.node("gate", Unary::HardSigmoid, &[resized]).unwrap();
    let gated = b.node("gated", Binary::Mul, &[resized, gate]).unwrap();
    let clipped = b.node("clipped", Clip { min: 0.0, max: 6.0 }, &[gated]).unwrap();
    let relu = b.node("relu", Unary::Relu, &[clipped]).unwrap();
    b.output("features", relu);
    let pooled = b.node("pool", GlobalAveragePool, &[relu]).unwrap();
    let flat = b.node("flat", Flatten { axis: 1 }, &[pooled]).unwrap();
    let reshaped = b.node("reshaped", Reshape { shape: vec![1, 2] }, &[flat]).unwrap();
    let sigmoid = b.node("sigmoid", Unary::Sigmoid, &[reshaped]).unwrap();
    let weight = b.constant("classifier.weight", counting(&[3, 2])).unwrap();
    let logits = b.node("classifier", Gemm, &[sigmoid, weight]).unwrap();
    b.output("logits", logits);
    b.finish()
}

fn nodes(model: &ModelProto) -> &[NodeProto] {
    &model.graph.as_ref().unwrap().node
}

fn names<'a>(infos: impl IntoIterator<Item = &'a Option<String>>) -> Vec<&'a str> {
    infos.into_iter().map(|name| name.as_deref().unwrap()).collect()
}

#[test]
fn names_are_those_of_the_graph() {
    let model = decode(&export(&network(), DEFAULT_OPSET).unwrap());
    let graph = model.graph.as_ref().unwrap();
    assert_eq!(names(graph.input.iter().map(|info| &info.name)), ["input"]);
    assert_eq!(names(graph.output.iter().map(|info| &info.name)), ["features", "logits"]);
    let node_names = names(nodes(&model).iter().map(|node| &node.name));
    assert_eq!(node_names[..5], ["stem.conv", "stem.norm", "stem.act.sigmoid", "stem.act", "stem.act2"]);
    let last = nodes(&model).last().unwrap();
    assert_eq!((last.name.as_deref(), &last.output[..]), (Some("classifier"), &["logits".to_owned()][..]));
}

#[test]
fn small_constants_are_stored_once() {
    let model = decode(&export(&network(), DEFAULT_OPSET).unwrap());
    let mut found = names(model.graph.as_ref().unwrap().initializer.iter().map(|tensor| &tensor.name));
    found.retain(|name| name.starts_with("ints") || name.starts_with("float"));
    assert_eq!(found, ["ints.2_2", "ints.0", "ints.2", "ints.1_2_4_4", "float.0", "float.6", "ints.1_2"]);
}

#[test]
fn every_computed_value_has_a_type() {
    let model = decode(&export(&network(), DEFAULT_OPSET).unwrap());
    let graph = model.graph.as_ref().unwrap();
    let mut typed = names(graph.value_info.iter().chain(&graph.output).map(|info| &info.name));
    let mut computed: Vec<_> = graph.node.iter().flat_map(|node| &node.output).map(String::as_str).collect();
    typed.sort_unstable();
    computed.sort_unstable();
    assert_eq!(typed, computed);
}

#[test]
fn the_network_runs_in_every_operator_set() {
    let graph = network();
    let input = counting(&[1, 4, 6, 6]);
    let expected = run(&export(&graph, DEFAULT_OPSET).unwrap(), std::slice::from_ref(&input));
    assert_eq!((expected[0].shape(), expected[1].shape()), (&[1, 2, 4, 4][..], &[1, 3][..]));
    for opset in OPSETS {
        let found = run(&export(&graph, opset).unwrap(), std::slice::from_ref(&input));
        for (found, expected) in found.iter().zip_eq(&expected) {
            let pairs = found.as_f32().unwrap().iter().zip_eq(expected.as_f32().unwrap());
            assert!(pairs.into_iter().all(|(a, b)| (a - b).abs() <= 1e-5), "opset {opset}: {found:?} {expected:?}");
        }
    }
}

#[test]
fn hard_swish_is_composed_before_opset_14() {
    let graph = single(Unary::HardSwish, &[1, 2], &[]);
    let operators = |opset| {
        let model = decode(&export(&graph, opset).unwrap());
        nodes(&model).iter().map(|node| node.op_type.clone().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(operators(13), ["HardSigmoid", "Mul"]);
    assert_eq!(operators(14), ["HardSwish"]);
}

#[test]
fn outputs_without_a_node_of_their_own_are_copies() {
    let mut b = Builder::new("copies");
    let x = b.input("x", [1, 2]).unwrap();
    let constant = b.constant("constant", tensor(&[1, 1], &[3.0])).unwrap();
    let y = b.node("relu", Unary::Relu, &[x]).unwrap();
    for (name, value) in [("first", y), ("second", y), ("input_again", x), ("always", constant)] {
        b.output(name, value);
    }
    let bytes = export(&b.finish(), DEFAULT_OPSET).unwrap();
    let model = decode(&bytes);
    let operators = names(nodes(&model).iter().map(|node| &node.op_type));
    assert_eq!(operators, ["Relu", "Identity", "Identity", "Identity"]);
    let outputs = run(&bytes, &[tensor(&[1, 2], &[-1.0, 2.0])]);
    let positive = tensor(&[1, 2], &[0.0, 2.0]);
    assert_eq!(outputs, [positive.clone(), positive, tensor(&[1, 2], &[-1.0, 2.0]), tensor(&[1, 1], &[3.0])]);
}

#[test]
fn an_inner_value_gives_its_name_to_an_output() {
    let mut b = Builder::new("clash");
    let x = b.input("x", [1, 1]).unwrap();
    let y = b.node("y", Unary::Relu, &[x]).unwrap();
    let negated = b.constant("negated", tensor(&[1, 1], &[-1.0])).unwrap();
    let z = b.node("z", Binary::Mul, &[y, negated]).unwrap();
    b.output("y", z);
    let outputs = run(&export(&b.finish(), DEFAULT_OPSET).unwrap(), &[tensor(&[1, 1], &[2.0])]);
    assert_eq!(outputs, [tensor(&[1, 1], &[-2.0])]);
}

#[test]
fn the_same_graph_gives_the_same_bytes() {
    let bytes = || export(&network(), DEFAULT_OPSET).unwrap();
    assert_eq!(bytes(), bytes());
}

fn artefact() -> Artefact {
    let rewritten = Conversion::of(network()).rewrite(&Rewrite::None.into()).unwrap();
    rewritten.to(&Onnx::DEFAULT).unwrap()
}

#[test]
fn a_file_holds_the_model() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("network.onnx");
    let artefact = artefact();
    artefact.write(&path).unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), artefact.bytes());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "a temporary file was left");
}

#[test]
fn a_missing_folder_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let error = artefact().write(folder.path().join("absent/network.onnx")).unwrap_err();
    assert!(error.to_string().contains("absent/network.onnx"), "{error}");
}

#[test]
fn an_unknown_opset_is_refused() {
    for opset in [12, 29, -1] {
        let error = export(&network(), opset).unwrap_err();
        assert!(matches!(error, ExportError::UnsupportedOpset { found } if found == opset));
        assert!(error.to_string().contains("13 to 28"), "{error}");
    }
}

#[test]
fn a_parameter_without_weights_is_refused() {
    let mut b = Builder::new("empty");
    let x = b.input("x", [1, 4, 2, 2]).unwrap();
    let weight = b.parameter("conv.weight", [3, 4, 1, 1]).unwrap();
    let y = b.node("conv", Conv::pointwise(), &[x, weight]).unwrap();
    b.output("y", y);
    let error = export(&b.finish(), DEFAULT_OPSET).unwrap_err().to_string();
    assert!(error.contains("`conv.weight` f32[3, 4, 1, 1]"), "{error}");
}

#[test]
fn a_circular_convolution_is_refused() {
    let graph = single(CircularConv { axis: 2, group: 1 }, &[1, 1, 2, 2], &[counting(&[1, 1, 2, 1])]);
    let error = export(&graph, DEFAULT_OPSET).unwrap_err().to_string();
    assert!(error.contains("`node`") && error.contains("CircularConv"), "{error}");
}

#[test]
fn two_outputs_of_one_name_are_refused() {
    let mut b = Builder::new("twins");
    let x = b.input("x", [1, 1]).unwrap();
    let y = b.node("relu", Unary::Relu, &[x]).unwrap();
    b.output("x", y);
    let error = export(&b.finish(), DEFAULT_OPSET).unwrap_err();
    assert!(matches!(error, ExportError::DuplicateName(name) if name == "x"));
}
