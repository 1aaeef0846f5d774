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

#[test]
fn nodes_may_come_in_any_order() {
    let nodes = vec![
        node("Add", &["b", "c"], "y"),
        with(
            node("If", &["true"], "c"),
            vec![
                body("then_branch", &[], vec![node("Neg", &["inner"], "t"), node("Abs", &["b"], "inner")], &["t"]),
                body("else_branch", &[], vec![node("Abs", &["b"], "e")], &["e"]),
            ],
        ),
        node("Relu", &["x"], "b"),
    ];
    let yes = Tensor::bool([], vec![true]).unwrap();
    let model = Model::new(13, nodes).input("x", &[2]).constant("true", &yes).output("y").output("b");
    assert_eq!(all(&model.read().unwrap(), &[&[-1.0, 3.0]]), [[0.0, 0.0], [0.0, 3.0]]);

    let cycle = vec![node("Relu", &["d"], "y"), node("Add", &["x", "d"], "c"), node("Neg", &["c"], "d")];
    let error = Model::new(13, cycle).input("x", &[2]).output("y").error();
    assert_eq!(error, "`<bytes>` is not an ONNX model: its nodes form a cycle: `d` (Neg) needs its own result");
}

#[test]
fn inputs_that_nobody_reads_and_outputs_that_nobody_computes_are_kept() {
    let nodes = vec![node("Relu", &["x"], "y"), node("Identity", &["y"], "again"), node("Identity", &["x"], "copy")];
    let model = Model::new(13, nodes).input("x", &[2]).input("unread", &[3]).input("mask", &[1]);
    let model = model.floats("anchors", &[2], &[5.0, 6.0]);
    let model = ["y", "again", "mask", "copy", "anchors", "y"].into_iter().fold(model, Model::output);
    let graph = model.read().unwrap();
    assert_eq!(names(&graph)[0], ["x", "unread", "mask"]);
    assert_eq!(names(&graph)[1], ["y", "again", "mask", "copy", "anchors"], "what is listed twice is one output");
    let found = all(&graph, &[&[-1.0, 2.0], &[0.0; 3], &[9.0]]);
    assert_eq!(found, [vec![0.0, 2.0], vec![0.0, 2.0], vec![9.0], vec![-1.0, 2.0], vec![5.0, 6.0]]);
}

#[test]
fn names_of_nodes_do_not_matter() {
    let named = |name: &str, node: proto::NodeProto| proto::NodeProto { name: Some(name.into()), ..node };
    let nodes = vec![
        named("plus", node("Add", &["x", "x"], "a")),
        named("plus", node("Mul", &["a", "x"], "b")),
        named("b", node("Neg", &["b"], "y")),
    ];
    let graph = Model::new(9, nodes).input("x", &[2]).output("y").read().unwrap();
    assert_eq!(run(&graph, &[&[1.0, 3.0]]), [-2.0, -18.0]);
}
