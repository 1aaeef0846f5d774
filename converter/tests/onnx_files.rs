//! Files that other tools wrote or edited, run by MNN: values are those of ONNX Runtime or of the specification's own text.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests fail by panicking

mod files;
mod mnn;

use edgeconv_converter::target::onnx::{DEFAULT_OPSET, export};
use edgeconv_graph::{Graph, Tensor};
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

#[test]
fn a_slope_for_each_channel_is_taken_as_that() {
    let p_relu = |shape: &[usize], slopes: &[f32]| {
        let model = Model::new(9, vec![node("PRelu", &["x", "slope"], "y")]).input("x", shape).output("y");
        let model = model.floats("slope", &[slopes.len()], slopes);
        run(&model.read().unwrap(), &[&vec![-1.0; shape.iter().product()]])
    };
    assert_eq!(p_relu(&[1, 2, 1, 3], &[0.5, 0.25]), [-0.5, -0.5, -0.5, -0.25, -0.25, -0.25]);
    assert_eq!(p_relu(&[1, 2, 1, 2], &[0.5, 0.25]), [-0.5, -0.25, -0.5, -0.25], "by the letter of the specification");
}

#[test]
fn an_unknown_domain_is_named_with_its_version() {
    let foreign = proto::NodeProto { domain: Some("TRT".into()), ..node("EfficientNMS_TRT", &["b", "c"], "y") };
    let nodes = vec![node("Relu", &["x"], "b"), node("Neg", &["x"], "c"), foreign];
    let mut model = Model::new(13, nodes).input("x", &[2]).output("y");
    let set = proto::OperatorSetIdProto { domain: Some("TRT".into()), version: Some(3) };
    model.0.opset_import.push(set);
    assert_eq!(
        model.error(),
        "node `y` (TRT.EfficientNMS_TRT, opset 3) can't be imported: it belongs to the domain TRT, whose operators only the programs \
         know that they were made for; the model could end before it, at `b`, `c`"
    );
}

#[test]
fn fused_convolutions_add_and_activate() {
    let fused = |activation: &str, parameters: &[f32]| {
        let params = proto::AttributeProto {
            name: Some("activation_params".into()),
            floats: parameters.to_vec(),
            ..Default::default()
        };
        let conv = microsoft("FusedConv", &["x", "w", "b", "z"], "y");
        let model = Model::new(11, vec![with(conv, vec![text("activation", activation), params])]);
        let model = model.floats("w", &[1, 1, 1, 1], &[2.0]).floats("b", &[1], &[1.0]).floats("z", &[1], &[0.5]);
        run(&model.input("x", &[1, 1, 1, 2]).output("y").read().unwrap(), &[&[-1.0, 1.0]])
    };
    assert_close(&fused("LeakyRelu", &[0.1]), &[-0.05, 3.5]);
    assert_close(&fused("Clip", &[-0.25, 2.0]), &[-0.25, 2.0]);
    assert_close(&fused("HardSigmoid", &[0.2, 0.5]), &[0.4, 1.0]);
    assert_close(&fused("Relu", &[]), &[0.0, 3.5]);
}

#[test]
fn fused_products_transpose_and_scale() {
    let product = |attributes, a: &[usize], b: &[usize], data: &[f32]| {
        let model = Model::new(11, vec![with(microsoft("FusedMatMul", &["a", "b"], "y"), attributes)]);
        run(&model.input("a", a).floats("b", b, data).output("y").read().unwrap(), &[&[1.0, 2.0, 3.0, 4.0]])
    };
    let transposed = vec![float("alpha", 0.5), int("transA", 1)];
    assert_eq!(product(transposed, &[2, 2], &[2, 2], &[1.0, 0.0, 0.0, 1.0]), [0.5, 1.5, 1.0, 2.0]);
    assert_eq!(product(vec![int("transBatchA", 1)], &[2, 2, 1], &[2, 1, 1], &[1.0, 10.0]), [1.0, 3.0, 20.0, 40.0]);
}

#[test]
fn activations_and_norms_of_onnx_runtime_are_read() {
    let activated = |op: &str, inputs: &[&str]| {
        let model = Model::new(11, vec![microsoft(op, inputs, "y")]).input("x", &[2]).floats("b", &[2], &[0.5, 0.5]);
        run(&model.output("y").read().unwrap(), &[&[1.0, -1.0]])
    };
    assert_close(&activated("BiasGelu", &["x", "b"]), &[1.399_789_2, -0.154_268_77]);
    assert_close(&activated("FastGelu", &["x", "b"]), &[1.399_572, -0.154_286]);
    assert_close(&activated("Gelu", &["x"]), &[0.841_344_8, -0.158_655_2]);
    assert_close(&activated("QuickGelu", &["x"]), &[0.845_795_8, -0.154_204_2]);
    let mut norm = microsoft("SkipLayerNormalization", &["x", "skip", "scale", "beta"], "y");
    norm.output.extend(["", "", "sum"].map(str::to_owned));
    let model = Model::new(11, vec![with(norm, vec![float("epsilon", 0.0)])]).input("x", &[1, 1, 2]);
    let model = model.floats("skip", &[1, 1, 2], &[1.0, 4.0]).floats("scale", &[2], &[1.0, 2.0]);
    let model = model.floats("beta", &[2], &[0.0, 1.0]).output("y").output("sum");
    let found = all(&model.read().unwrap(), &[&[1.0, 2.0]]);
    assert_close(&found[0], &[-1.0, 3.0]);
    assert_eq!(found[1], [2.0, 6.0]);
}

#[test]
fn quantised_operators_of_onnx_runtime_are_read() {
    let bytes = |shape: &[usize], data: &[u8]| Tensor::new(shape, data.to_vec()).unwrap();
    let zero = |point: u8| bytes(&[], &[point]);
    // b stands for 2 everywhere.
    let with_parameters = |model: Model| {
        model
            .constant("b", &bytes(&[1, 1, 1, 2], &[4, 4]))
            .floats("half", &[], &[0.5])
            .floats("one", &[], &[1.0])
            .constant("zero", &zero(0))
            .constant("z1", &zero(1))
            .constant("z2", &zero(2))
    };
    let run = |nodes: Vec<proto::NodeProto>| {
        let quantize = node("QuantizeLinear", &["x", "half", "zero"], "a");
        let cast = with(node("Cast", &["q"], "y"), vec![int("to", 1)]);
        let nodes = [vec![quantize], nodes, vec![cast]].concat();
        let model = with_parameters(Model::new(13, nodes)).input("x", &[1, 1, 1, 2]).output("y");
        run(&model.read().unwrap(), &[&[0.0, 5.0]])
    };
    let operands = ["a", "half", "zero", "b", "one", "z2", "half", "z1"];
    assert_eq!(run(vec![microsoft("QLinearAdd", &operands, "q")]), [5.0, 15.0]);
    assert_eq!(run(vec![microsoft("QLinearMul", &operands, "q")]), [1.0, 21.0]);
    let concat = microsoft("QLinearConcat", &["half", "z1", "a", "half", "zero", "b", "one", "z2"], "q");
    assert_eq!(run(vec![with(concat, vec![int("axis", 3)])]), [1.0, 11.0, 5.0, 5.0]);
    let one = ["a", "half", "zero", "half", "z1"];
    assert_eq!(run(vec![microsoft("QLinearGlobalAveragePool", &one, "q")]), [6.0]);
    let pool = with(microsoft("QLinearAveragePool", &one, "q"), vec![ints("kernel_shape", &[1, 2])]);
    assert_eq!(run(vec![pool]), [6.0]);
    assert_eq!(run(vec![microsoft("QLinearSigmoid", &one, "q")]), [2.0, 3.0]);
}
