//! Files that other tools wrote or edited, run by MNN: values are those of ONNX Runtime or of the specification's own text.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests fail by panicking

mod files;
mod mnn;

use edgeconv_converter::target::onnx::{DEFAULT_OPSET, export};
use edgeconv_graph::{DType, Graph, Tensor};
use edgeconv_schema::onnx as proto;
use files::{Model, body, float, int, ints, microsoft, node, text, with};
use itertools::Itertools;
use prost::Message;

/// The numbers of the first output.
fn run(graph: &Graph, inputs: &[&[f32]]) -> Vec<f32> {
    all(graph, inputs).remove(0)
}

/// The numbers of every output.
fn all(graph: &Graph, inputs: &[&[f32]]) -> Vec<Vec<f32>> {
    let tensor = |(&id, &data): (_, &&[f32])| Tensor::f32(graph.ty(id).shape.clone(), data.to_vec()).unwrap();
    let inputs: Vec<_> = graph.inputs().iter().zip_eq(inputs).map(tensor).collect();
    let numbers = |tensor: &Tensor| tensor.numbers().map(|x| x as f32).collect();
    mnn::run(graph, &inputs).iter().map(numbers).collect()
}

#[track_caller]
fn assert_close(found: &[f32], expected: &[f32]) {
    let close = |(found, expected): (&f32, &f32)| (found - expected).abs() <= 1e-5 * expected.abs().max(1.0);
    assert!(found.len() == expected.len() && found.iter().zip(expected).all(close), "{found:?}, expected {expected:?}");
}

/// The names in a file of the default operator set: inputs, outputs.
fn names(graph: &Graph) -> [Vec<String>; 2] {
    let bytes = export(graph, DEFAULT_OPSET).unwrap();
    let graph = proto::ModelProto::decode(bytes.as_slice()).unwrap().graph.unwrap();
    [graph.input, graph.output].map(|infos| infos.iter().map(|info| info.name().to_owned()).collect())
}

#[test]
fn indices_of_max_unpool_count_the_elements_of_its_result() {
    // A map [3, 3], of which a window of 2 × 2 reaches [2, 2]: the fourth element is the first of the second row.
    let unpool = with(node("MaxUnpool", &["x", "indices", "shape"], "y"), vec![ints("kernel_shape", &[2, 2])]);
    let model = Model::new(11, vec![unpool]).input("x", &[1, 1, 1, 1]).output("y");
    let indices = Tensor::i64([1, 1, 1, 1], vec![3]).unwrap();
    let model = model.constant("indices", &indices).indices("shape", &[1, 1, 3, 3]);
    let graph = model.read().unwrap();
    assert_eq!(run(&graph, &[&[7.0]]), [0.0, 0.0, 0.0, 7.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
    let unpool = with(node("MaxUnpool", &["x", "indices"], "y"), vec![ints("kernel_shape", &[2, 2])]);
    let model = Model::new(11, vec![unpool]).input("x", &[1, 1, 1, 1]).constant("indices", &indices).output("y");
    assert_eq!(run(&model.read().unwrap(), &[&[7.0]]), [0.0, 0.0, 0.0, 7.0]);
}
