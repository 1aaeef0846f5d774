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
fn assigning_to_a_slice_is_a_concatenation() {
    // data[1:3, 1:] = x, with positions that are known, or computed as PyTorch's exporters write it: counted, repeated, joined.
    let known = vec![node("ScatterND", &["data", "positions", "x"], "y")];
    let computed = |rows: &str| {
        let on_axis = |counted: &str, to: &str| {
            let repeated = format!("{to} repeated");
            [node("Expand", &[counted, "grid"], &repeated), node("Reshape", &[&repeated, "column"], to)]
        };
        let joined = with(node("Concat", &["first", "second"], "at"), vec![int("axis", -1)]);
        let assigned = node("ScatterND", &["data", "at", "x"], "y");
        [on_axis(rows, "first").to_vec(), on_axis("columns", "second").to_vec(), vec![joined, assigned]].concat()
    };
    let ints = |shape: &[usize], data: &[i64]| Tensor::i64(shape, data.to_vec()).unwrap();
    let data = (0..12).map(|x| x as f32).collect::<Vec<_>>();
    let read = |nodes: Vec<proto::NodeProto>, positions: &[i64]| {
        let model = Model::new(16, nodes).input("x", &[2, 2]).floats("data", &[4, 3], &data).output("y");
        let model = model.constant("positions", &ints(&[2, 2, 2], positions));
        let model = model.constant("rows", &ints(&[2, 1], &[1, 2])).constant("other rows", &ints(&[2, 1], &[3, 1]));
        let model = model.constant("columns", &ints(&[2], &[1, 2])).indices("grid", &[2, 2]);
        model.indices("column", &[2, 2, 1]).read().unwrap()
    };
    let ops = |graph: &Graph| graph.nodes().map(|node| node.op.operator().name().to_owned()).collect::<Vec<_>>();
    let scattered = |graph: &Graph| ops(graph).iter().any(|name| name.starts_with("Scatter"));
    let region = [1, 1, 1, 2, 2, 1, 2, 2];
    for graph in [read(known.clone(), &region), read(computed("rows"), &region)] {
        assert!(!scattered(&graph), "{:?}", ops(&graph));
        let found = run(&graph, &[&[-1.0, -2.0, -3.0, -4.0]]);
        assert_eq!(found, [0.0, 1.0, 2.0, 3.0, -1.0, -2.0, 6.0, -3.0, -4.0, 9.0, 10.0, 11.0]);
    }
    // Two rows in another order are no slice.
    for graph in [read(known, &[3, 1, 3, 2, 1, 1, 1, 2]), read(computed("other rows"), &region)] {
        assert!(scattered(&graph), "{:?}", ops(&graph));
        let found = run(&graph, &[&[-1.0, -2.0, -3.0, -4.0]]);
        assert_eq!(found, [0.0, 1.0, 2.0, 3.0, -3.0, -4.0, 6.0, 7.0, 8.0, 9.0, -1.0, -2.0]);
    }
}

#[test]
fn values_may_have_the_names_that_helpers_would_get() {
    let nodes = vec![
        node("Neg", &["x"], "y.swish"),
        node("Abs", &["x"], "y.swish.0"),
        microsoft("QuickGelu", &["x"], "y"),
        node("Add", &["y.swish", "y.swish.0"], "sum"),
        node("Add", &["y", "sum"], "z"),
    ];
    let graph = Model::new(13, nodes).input("x", &[2]).output("z").output("y.swish").read().unwrap();
    let found = all(&graph, &[&[1.0, -1.0]]);
    assert_close(&found[0], &[0.845_795_8, 1.845_795_8]);
    assert_eq!(found[1], [-1.0, 1.0]);
    // The rows that are found are counted by a sum, and numbered by another one.
    let nodes = vec![
        node("NonZero", &["x"], "found"),
        with(node("Transpose", &["found"], "positions"), vec![ints("perm", &[1, 0])]),
        node("GatherND", &["data", "positions"], "y"),
    ];
    let model = Model::new(13, nodes).input("x", &[2, 2]).floats("data", &[2, 2], &[1.0, 2.0, 3.0, 4.0]).output("y");
    let graph = model.read().unwrap();
    assert_eq!(all(&graph, &[&[0.0, 5.0, 5.0, 0.0]]), [vec![2.0, 3.0, 0.0, 0.0], vec![2.0]]);
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
    assert_eq!(model.ending_at(&["b", "c"]).unwrap().outputs().len(), 2);
}

#[test]
fn a_loop_that_depends_on_data_says_what_is_in_front_of_it() {
    let sum = node("ReduceSum", &["state"], "sum");
    let nodes = vec![node("Add", &["state", "b"], "next"), sum, node("Less", &["sum", "limit"], "goes_on")];
    let mut loops = node("Loop", &["", "yes", "b"], "y");
    loops.attribute = vec![body("body", &["index", "condition", "state"], nodes, &["goes_on", "next"])];
    let yes = Tensor::bool([], vec![true]).unwrap();
    let model = Model::new(13, vec![node("Relu", &["x"], "b"), loops]).input("x", &[2]).constant("yes", &yes);
    let model = model.floats("limit", &[], &[9.0]).output("y");
    let expected = "how often it runs depends on data; the model could end before it, at `b`";
    assert!(model.error().ends_with(expected), "{}", model.error());
    assert!(model.ending_at(&["b"]).is_ok());
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
            .floats("fine", &[], &[0.005])
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
    // Shares of 1 / (1 + e⁵) and the rest.
    let fine = ["a", "half", "zero", "fine", "zero"];
    assert_eq!(run(vec![microsoft("QLinearSoftmax", &fine, "q")]), [1.0, 199.0]);
    let together = vec![int("axis", 1), int("opset", 12)];
    assert_eq!(run(vec![with(microsoft("QLinearSoftmax", &fine, "q"), together)]), [1.0, 199.0]);
}

#[test]
fn quantised_gemm_of_onnx_runtime_is_read() {
    let bytes = |shape: &[usize], data: &[u8]| Tensor::new(shape, data.to_vec()).unwrap();
    let gemm = |result: &[&str], transposed: i64| {
        let parts = [&["a", "half", "z1", "b", "scales", "points", "c"], result].concat();
        let attributes = vec![float("alpha", 2.0), int("transB", transposed)];
        let quantize = node("QuantizeLinear", &["x", "half", "z1"], "a");
        let cast = with(node("Cast", &["q"], "y"), vec![int("to", 1)]);
        let model = Model::new(13, vec![quantize, with(microsoft("QGemm", &parts, "q"), attributes), cast]);
        let model = model.constant("b", &bytes(&[2, 2], &[3, 4, 5, 6])).constant("points", &bytes(&[2], &[1, 2]));
        let model = model.constant("c", &Tensor::new([2], vec![10i32, 20]).unwrap()).floats("half", &[], &[0.5]);
        let model = model.floats("scales", &[2], &[1.0, 0.5]).constant("z1", &bytes(&[], &[1])).input("x", &[1, 2]);
        run(&model.output("y").read().unwrap(), &[&[1.0, 3.0]])
    };
    // A is [2, 6]; B without zero points [[2, 2], [4, 4]], or [[2, 3], [3, 4]] by rows.
    assert_eq!(gemm(&[], 0), [38.0, 24.0]);
    assert_eq!(gemm(&[], 1), [32.0, 25.0]);
    assert_eq!(gemm(&["half", "z1"], 0), [77.0, 49.0]);
}

#[test]
fn cumulative_products_follow_the_specification() {
    let products = |exclusive: i64, reverse: i64| {
        let attributes = vec![int("exclusive", exclusive), int("reverse", reverse)];
        let model = Model::new(26, vec![with(node("CumProd", &["x", "axis"], "y"), attributes)]);
        run(&model.input("x", &[3]).indices("axis", &[0]).output("y").read().unwrap(), &[&[1.0, 2.0, 3.0]])
    };
    assert_eq!(products(0, 0), [1.0, 2.0, 6.0]);
    assert_eq!(products(1, 0), [1.0, 1.0, 2.0]);
    assert_eq!(products(0, 1), [6.0, 6.0, 3.0]);
    assert_eq!(products(1, 1), [6.0, 3.0, 1.0]);
}

#[test]
fn bits_are_read_as_another_type() {
    let cast = |to: i64| with(node("BitCast", &["c"], "y"), vec![int("to", to)]);
    let model = Model::new(26, vec![cast(6)]).floats("c", &[1], &[1.0]).output("y");
    let graph = model.read().unwrap();
    let bits = graph.tensor(graph.outputs()[0].value).unwrap();
    assert_eq!((bits.dtype(), bits.to_i64().unwrap().to_vec()), (DType::I32, vec![0x3f80_0000]));
    let error = Model::new(26, vec![cast(7)]).floats("c", &[1], &[1.0]).output("y").error();
    assert!(error.contains("f32[1] does not have the width of i64"), "{error}");
    let error = Model::new(26, vec![cast(6)]).input("c", &[1]).output("y").error();
    assert!(error.contains("`c` has to be known at conversion time"), "{error}");
}

#[test]
fn caches_are_written_from_each_samples_own_position() {
    let scatter = |mode: &str, starts: &[i64]| {
        let update = node("TensorScatter", &["past", "x", "starts"], "y");
        let model = Model::new(24, vec![with(update, vec![text("mode", mode)])]).input("x", &[2, 2, 1]).output("y");
        let model = model.floats("past", &[2, 3, 1], &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]).indices("starts", starts);
        run(&model.read().unwrap(), &[&[10.0, 20.0, 30.0, 40.0]])
    };
    assert_eq!(scatter("linear", &[1, 0]), [1.0, 10.0, 20.0, 30.0, 40.0, 6.0]);
    assert_eq!(scatter("circular", &[2, 0]), [20.0, 2.0, 10.0, 30.0, 40.0, 6.0]);
}

#[test]
fn gates_of_two_operands_are_read() {
    let gated = |alpha| {
        let model = Model::new(28, vec![with(node("SwiGLU", &["x", "b"], "y"), vec![float("alpha", alpha)])]);
        run(&model.input("x", &[1]).floats("b", &[1], &[2.0]).output("y").read().unwrap(), &[&[1.0]])
    };
    assert_close(&gated(1.0), &[1.462_117_2]);
    assert_close(&gated(2.0), &[1.761_594_2]);
}

#[test]
fn linear_attention_keeps_a_state() {
    let mut attention = node("LinearAttention", &["x", "k", "v", "", "decay", "beta"], "y");
    attention.output.push("state".into());
    let heads = vec![int("q_num_heads", 1), int("kv_num_heads", 1), float("scale", 1.0)];
    let model = Model::new(27, vec![with(attention, heads)]).input("x", &[1, 2, 1]).output("y").output("state");
    let model = model.floats("k", &[1, 2, 1], &[1.0, 1.0]).floats("v", &[1, 2, 1], &[3.0, 5.0]);
    let model = model.floats("decay", &[1, 2, 1], &[0.0, -std::f32::consts::LN_2]);
    let model = model.floats("beta", &[1, 2, 1], &[1.0, 0.5]);
    // State 3, read by 1; then half of it, 1.5, comes half way nearer to 5, read by 2.
    let found = all(&model.read().unwrap(), &[&[1.0, 2.0]]);
    assert_close(&found[0], &[3.0, 6.5]);
    assert_close(&found[1], &[3.25]);
}

#[test]
fn causal_convolutions_read_what_came_before() {
    let convolved = |past: &str| {
        let mut conv = node("CausalConvWithState", &["x", "w", "", past], "y");
        conv.output.push("state".into());
        let model = Model::new(27, vec![conv]).input("x", &[1, 1, 3]).output("y").output("state");
        let model = model.floats("w", &[1, 1, 2], &[10.0, 1.0]).floats("past", &[1, 1, 1], &[5.0]);
        all(&model.read().unwrap(), &[&[1.0, 2.0, 3.0]])
    };
    assert_eq!(convolved(""), [vec![1.0, 12.0, 23.0], vec![3.0]]);
    assert_eq!(convolved("past"), [vec![51.0, 12.0, 23.0], vec![3.0]]);
}

/// Attention of queries that are all 0, so that a query gets the mean of the values that it sees.
fn means(attributes: Vec<proto::AttributeProto>, queries: usize, lengths: &[i64]) -> Vec<f32> {
    let attention =
        node("Attention", &["x", "v", "v", "", "", "", if lengths.is_empty() { "" } else { "lengths" }], "y");
    let model = Model::new(25, vec![with(attention, attributes)]).input("x", &[1, 1, queries, 1]).output("y");
    let model = model.floats("v", &[1, 1, 4, 1], &[1.0, 2.0, 4.0, 8.0]).indices("lengths", lengths);
    run(&model.read().unwrap(), &[&vec![0.0; queries]])
}

#[test]
fn attention_sees_a_band_of_keys() {
    let window = |left, right| vec![int("left_window_size", left), int("right_window_size", right)];
    assert_close(&means(window(1, 0), 4, &[]), &[1.0, 1.5, 3.0, 6.0]);
    assert_close(&means(window(-1, 1), 4, &[]), &[1.5, 7.0 / 3.0, 3.75, 3.75]);
    assert_close(&means(vec![int("is_causal", 1), int("right_window_size", 2)], 2, &[]), &[1.0, 1.5]);
    // The last query stands at the last key that counts; one before all keys sees none.
    assert_close(&means(vec![int("is_causal", 1)], 2, &[3]), &[1.5, 7.0 / 3.0]);
    assert_close(&means(vec![int("is_causal", 1)], 2, &[1]), &[0.0, 1.0]);
    assert_close(&means(window(0, 0), 2, &[3]), &[2.0, 4.0]);
}

#[test]
fn attention_caps_before_it_masks() {
    let attention = with(node("Attention", &["x", "k", "v", "mask"], "y"), vec![float("softcap", 1.0)]);
    let model = Model::new(24, vec![attention]).input("x", &[1, 1, 1, 1]).output("y");
    let model = model.floats("k", &[1, 1, 2, 1], &[1.0, 2.0]).floats("v", &[1, 1, 2, 1], &[10.0, 20.0]);
    let graph = model.floats("mask", &[1, 2], &[0.0, 1.0]).read().unwrap();
    assert_close(&run(&graph, &[&[1.0]]), &[17.689_574]);
}

#[test]
fn scans_are_written_out() {
    let scanned = |attributes: Vec<proto::AttributeProto>| {
        let nodes = vec![node("Add", &["state", "element"], "next"), node("Identity", &["next"], "result")];
        let body = body("body", &["state", "element"], nodes, &["next", "result"]);
        let mut scan =
            with(node("Scan", &["zero", "x"], "last"), [vec![body, int("num_scan_inputs", 1)], attributes].concat());
        scan.output.push("y".into());
        let model = Model::new(11, vec![scan]).input("x", &[1, 3]).floats("zero", &[1], &[0.0]);
        all(&model.output("y").output("last").read().unwrap(), &[&[1.0, 2.0, 3.0]])
    };
    let along_rows = vec![ints("scan_input_axes", &[1])];
    assert_eq!(scanned(along_rows.clone()), [vec![1.0, 3.0, 6.0], vec![6.0]]);
    let backwards = vec![ints("scan_input_directions", &[1]), ints("scan_output_directions", &[1])];
    assert_eq!(scanned([along_rows, backwards].concat()), [vec![6.0, 5.0, 3.0], vec![6.0]]);
}

#[test]
fn half_a_spectrum_becomes_real_samples() {
    let inverse = |attributes: Vec<proto::AttributeProto>, length: &str| {
        let both = vec![int("inverse", 1), int("onesided", 1)];
        let model = Model::new(20, vec![with(node("DFT", &["x", length], "y"), [both, attributes].concat())]);
        let model = model.input("x", &[1, 3, 2]).constant("five", &Tensor::integer(5)).output("y");
        run(&model.read().unwrap(), &[&[10.0, 0.0, -2.0, 2.0, -2.0, 0.0]])
    };
    // NumPy: irfft([10, −2 + 2j, −2]), and for 5 samples.
    assert_close(&inverse(vec![], ""), &[1.0, 2.0, 3.0, 4.0]);
    assert_close(&inverse(vec![], "five"), &[0.400000, 1.639155, 1.929772, 2.870228, 3.160845]);
}

#[test]
fn blocks_become_channels_in_either_order() {
    let channels = |mode: &str| {
        let attributes = vec![int("blocksize", 2), text("mode", mode)];
        let model = Model::new(28, vec![with(node("SpaceToDepth", &["x"], "y"), attributes)]);
        let data: Vec<_> = (0..8).map(|x| x as f32).collect();
        run(&model.input("x", &[1, 2, 2, 2]).output("y").read().unwrap(), &[&data])
    };
    assert_eq!(channels("DCR"), [0.0, 4.0, 1.0, 5.0, 2.0, 6.0, 3.0, 7.0]);
    assert_eq!(channels("CRD"), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]);
}
