//! Results whose number of rows depends on data: as many rows as there may be, filled up, and their count.
#![allow(clippy::unwrap_used)] // helpers of tests fail by panicking

mod files;
mod mnn;

use edgeconv_graph::{Graph, Tensor};
use files::{Model, int, node, with};

/// Six boxes that don't overlap.
fn boxes() -> Tensor {
    let corners = (0..6).flat_map(|index| [0.0, index as f32 * 2.0, 1.0, index as f32 * 2.0 + 1.0]);
    Tensor::f32([1, 6, 4], corners.collect()).unwrap()
}

/// Of each of two classes up to three boxes.
fn selecting(nodes: Vec<edgeconv_schema::onnx::NodeProto>) -> Model {
    let select = node("NonMaxSuppression", &["boxes", "scores", "most", "overlap", "least"], "selected");
    let model = Model::new(13, [vec![select], nodes].concat()).input("boxes", &[1, 6, 4]).input("scores", &[1, 2, 6]);
    model.indices("most", &[3]).floats("overlap", &[1], &[0.5]).floats("least", &[1], &[0.1]).indices("two", &[2])
}

fn names(graph: &Graph) -> Vec<&str> {
    graph.outputs().iter().map(|output| output.name.as_str()).collect()
}

#[test]
fn what_follows_a_selection_has_its_rows_first() {
    let nodes = vec![
        with(node("Gather", &["selected", "two"], "column"), vec![int("axis", 1)]),
        node("Squeeze", &["column", "one"], "index"),
        with(node("Gather", &["boxes", "index"], "chosen"), vec![int("axis", 1)]),
        node("Mul", &["chosen", "scale"], "scaled"),
        node("GatherND", &["scores", "selected"], "score"),
        node("Unsqueeze", &["score", "last"], "score_column"),
        node("Squeeze", &["scaled", "zero"], "box_rows"),
        with(node("Concat", &["box_rows", "score_column"], "detections"), vec![int("axis", 1)]),
    ];
    let model = selecting(nodes).indices("one", &[1]).indices("zero", &[0]).indices("last", &[1]);
    let graph = model.floats("scale", &[], &[10.0]).output("detections").output("selected").read().unwrap();
    assert_eq!(names(&graph), ["detections", "selected", "detections.count"]);
    let scores = [[0.9, 0.05, 0.8, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.7, 0.05, 0.0]].concat();
    let found = mnn::run(&graph, &[boxes(), Tensor::f32([1, 2, 6], scores).unwrap()]);
    let row = |index: usize, score: f32| {
        let left = index as f32 * 20.0;
        vec![0.0, left, 10.0, left + 10.0, score]
    };
    let nothing = || vec![0.0; 5];
    let expected = [row(0, 0.9), row(2, 0.8), row(3, 0.7), nothing(), nothing(), nothing()].concat();
    assert_eq!(found[0], Tensor::f32([6, 5], expected).unwrap());
    // What the model returns of the selection itself has the rows of each class together.
    let selected = [[0, 0, 0], [0, 0, 2], [0, 0, -1], [0, 1, 3], [0, 1, -1], [0, 1, -1]].concat();
    assert_eq!(found[1], Tensor::i64([6, 3], selected).unwrap());
    assert_eq!(found[2], Tensor::indices(vec![3]));
}

#[test]
fn positions_and_elements_that_data_choose_come_first() {
    let nodes = vec![
        node("Relu", &["x"], "positive"),
        node("NonZero", &["positive"], "where"),
        node("Greater", &["limits", "half"], "flags"),
        with(node("Compress", &["x", "flags"], "chosen"), vec![int("axis", 1)]),
    ];
    let model = Model::new(13, nodes).input("x", &[2, 3]).input("limits", &[3]).floats("half", &[], &[0.5]);
    let graph = model.output("where").output("chosen").read().unwrap();
    assert_eq!(names(&graph), ["where", "chosen", "where.count", "chosen.count"]);
    let x = Tensor::f32([2, 3], vec![1.0, -1.0, 2.0, -3.0, -4.0, 5.0]).unwrap();
    let found = mnn::run(&graph, &[x, Tensor::vector(vec![0.0, 1.0, 1.0])]);
    let positions = [[0, 0, 1, -1, -1, -1], [0, 2, 2, -1, -1, -1]].concat();
    assert_eq!(found[0], Tensor::i64([2, 6], positions).unwrap());
    assert_eq!(found[1], Tensor::f32([2, 3], vec![-1.0, 2.0, 0.0, -4.0, 5.0, 0.0]).unwrap());
    assert_eq!((found[2].clone(), found[3].clone()), (Tensor::indices(vec![3]), Tensor::indices(vec![2])));
}

#[test]
fn what_would_mix_rows_is_an_error() {
    for op in ["ReduceMax", "Shape", "Size", "NonZero"] {
        let error = selecting(vec![node(op, &["selected"], "y")]).output("y").error();
        assert!(error.contains("how many rows `selected` has depends on data"), "{error}");
        assert!(error.ends_with("the model could end before it, at `selected`"), "{error}");
    }
}
