//! Files are read back, and compute what was computed by hand; graphs from elsewhere are recognised.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests fail by panicking

mod files;
mod operators;
mod rten;

use std::path::Path;

use edgeconv_converter::passes::{self, Pass};
use edgeconv_converter::source::{ImportError, Interface, ModelFile, Onnx, Source};
use edgeconv_converter::target::mnn::passes as mnn_passes;
use edgeconv_converter::target::onnx::{DEFAULT_OPSET, OPSETS};
use edgeconv_converter::{source, target};
use edgeconv_graph::op::{
    Binary, CircularConv, Concat, Conv, Expand, Gather, LayerNormalization, Pool, PoolKind, Reduce, ReduceKind,
    Reshape, Slice, Unary,
};
use edgeconv_graph::{Builder, Graph, Op, Tensor, ValueId};
use edgeconv_schema::onnx as proto;
use itertools::Itertools;
use proptest::prelude::*;
use prost::Message;

use crate::files::{int as int_attribute, node as onnx_node};
use crate::operators::{counting, single, tensor};

fn read(model: &proto::ModelProto, interface: &Interface) -> Result<Graph, ImportError> {
    Onnx.read(&ModelFile::from_bytes(model.encode_to_vec()), interface)
}

/// A graph as a file of the default operator set.
fn exported(graph: &Graph) -> proto::ModelProto {
    proto::ModelProto::decode(target::onnx::export(graph, DEFAULT_OPSET).unwrap().as_slice()).unwrap()
}

/// A graph written and read again.
fn again(graph: &Graph, opset: i64) -> Graph {
    let graph =
        Onnx.read(&ModelFile::from_bytes(target::onnx::export(graph, opset).unwrap()), &Interface::default()).unwrap();
    graph.validate().unwrap();
    graph
}

#[test]
fn every_operator_is_read_back() {
    operators::each(|graph, input, expected| {
        for opset in [*OPSETS.start(), DEFAULT_OPSET, *OPSETS.end()] {
            let found = rten::run_graph(&again(graph, opset), DEFAULT_OPSET, input);
            assert_eq!(found.shape(), expected.shape(), "opset {opset}\n{graph}");
            for (found, expected) in found.as_f32().unwrap().iter().zip_eq(expected.as_f32().unwrap()) {
                assert!((found - expected).abs() <= 1e-5 * expected.abs().max(1.0), "opset {opset}\n{graph}");
            }
        }
    });
}

#[test]
fn an_operator_that_is_unknown_names_the_node() {
    let mut model = exported(&single(Unary::Relu, &[1, 2], &[]));
    model.graph.as_mut().unwrap().node[0].op_type = Some("Mystery".into());
    let error = read(&model, &Interface::default()).unwrap_err().to_string();
    assert_eq!(error, "node `node` (Mystery, opset 17) can't be imported: there is no such operator here");
}

#[test]
fn open_shapes_have_to_be_given_and_must_fit() {
    use proto::{tensor_shape_proto::dimension::Value, type_proto};
    let mut model = exported(&single(Unary::Relu, &[1, 2], &[]));
    let input = &mut model.graph.as_mut().unwrap().input[0];
    let Some(type_proto::Value::TensorType(tensor)) = &mut input.r#type.as_mut().unwrap().value else { panic!() };
    tensor.shape.as_mut().unwrap().dim[0].value = Some(Value::DimParam("batch".into()));
    let read = |shapes: &[(&str, &[usize])]| {
        let shapes = shapes.iter().map(|&(name, shape)| (name.to_owned(), shape.to_vec())).collect();
        let inputs = Interface { shapes, ..Interface::default() };
        read(&model, &inputs).map(|graph| graph.ty(graph.inputs()[0]).shape.clone()).map_err(|error| error.to_string())
    };
    assert_eq!(read(&[("x", &[3, 2])]), Ok(vec![3, 2]));
    assert!(read(&[]).unwrap_err().contains("has shape ?x2: give it a fixed one"));
    assert!(read(&[("x", &[3, 4])]).unwrap_err().contains("can't have shape [3, 4]"));
    assert!(read(&[("z", &[3, 2])]).unwrap_err().contains("has no input `z`, it has: x"));
}

#[test]
fn what_is_not_a_model_is_an_error() {
    let error = source::of(&ModelFile::from_bytes("not a model")).unwrap_err().to_string();
    assert_eq!(error, "`<bytes>` is not an ONNX or PyTorch model: its content is something else");
    let error = ModelFile::read(Path::new("missing.onnx")).unwrap_err().to_string();
    assert!(error.contains("can't read `missing.onnx`"), "{error}");
}

/// The convolution of a map `[1, 4, 5, 5]` whose first `wrap` rows are appended.
fn wrapped(wrap: std::ops::Range<usize>, taps: usize, pads: usize) -> Graph {
    let mut b = Builder::new("wrapped");
    let x = b.input("x", [1, 4, 5, 5]).unwrap();
    let head = b.node("head", Slice { axis: 2, start: wrap.start, end: wrap.end, step: 1 }, &[x]).unwrap();
    let joined = b.node("joined", Concat { axis: 2 }, &[x, head]).unwrap();
    let kernel = b.constant("kernel", counting(&[4, 1, taps, 1])).unwrap();
    let conv = Conv { group: 4, pads: vec![0, pads, 0, pads], ..Conv::pointwise() };
    let y = b.node("conv", conv, &[joined, kernel]).unwrap();
    b.output("y", y);
    b.finish()
}

fn run(pass: &dyn Pass, graph: &Graph) -> (Graph, passes::PassReport) {
    let mut rewritten = graph.clone();
    let report = passes::run(pass, &mut rewritten).unwrap();
    (rewritten, report)
}

#[test]
fn a_wrapped_convolution_is_circular() {
    for taps in [5, 3] {
        let graph = wrapped(0..taps - 1, taps, 0);
        let (recognised, _) = run(&passes::RecognizeCircularConv, &graph);
        assert_eq!(recognised.nodes().len(), 1);
        assert_eq!(recognised.node(recognised.order()[0]).op, CircularConv { axis: 2, group: 4 }.into());
        let (lowered, _) = run(&mnn_passes::LowerCircularConv { lowering: None, in_integers: false }, &recognised);
        let evaluate = |graph: &Graph| rten::run_graph(graph, DEFAULT_OPSET, &counting(&[1, 4, 5, 5]));
        let (found, expected): (Tensor, Tensor) = (evaluate(&lowered), evaluate(&graph));
        for (found, expected) in found.as_f32().unwrap().iter().zip_eq(expected.as_f32().unwrap()) {
            assert!((found - expected).abs() <= 1e-5 * expected.abs().max(1.0));
        }
    }
    for (graph, reason) in [
        (wrapped(0..3, 5, 0), "3 rows are repeated, 5 taps need 4"),
        (wrapped(1..5, 5, 0), "rows of the map are repeated, but they don't go round"),
        (wrapped(0..4, 5, 1), "it does not convolve along that axis alone, with stride 1 and no padding"),
    ] {
        let (unchanged, report) = run(&passes::RecognizeCircularConv, &graph);
        assert_eq!(unchanged, graph);
        assert_eq!(report.blocked[0].reason, reason);
    }
}

#[test]
fn a_map_that_is_wrapped_on_any_side_is_convolved_circularly() {
    let slice = |start, end| Slice { axis: 2, start, end, step: 1 };
    let joined = |tail: usize, head: usize| {
        move |b: &mut Builder, x: ValueId| {
            let tail = b.node("tail", slice(5 - tail, 5), &[x]).unwrap();
            let head = b.node("head", slice(0, head), &[x]).unwrap();
            b.node("joined", Concat { axis: 2 }, &[tail, x, head]).unwrap()
        }
    };
    let gathered = |b: &mut Builder, x: ValueId| {
        let indices = b.constant("indices", Tensor::indices(vec![3, 4, 0, 1, 2, 3, 4, 0])).unwrap();
        b.node("gathered", Gather { axis: 2 }, &[x, indices]).unwrap()
    };
    let repeated = |b: &mut Builder, x: ValueId| {
        let twice = b.node("twice", Concat { axis: 2 }, &[x, x]).unwrap();
        b.node("repeated", slice(0, 8), &[twice]).unwrap()
    };
    type Wrap<'a> = &'a dyn Fn(&mut Builder, ValueId) -> ValueId;
    for (wrap, taps) in
        [(&joined(2, 2) as Wrap, 5), (&joined(4, 0), 5), (&joined(1, 1), 3), (&gathered, 4), (&repeated, 4)]
    {
        let mut b = Builder::new("wrapped");
        let x = b.input("x", [1, 4, 5, 5]).unwrap();
        let wrapped = wrap(&mut b, x);
        let kernel = b.constant("kernel", counting(&[4, 1, taps, 1])).unwrap();
        let y = b.node("conv", Conv { group: 4, ..Conv::pointwise() }, &[wrapped, kernel]).unwrap();
        b.output("y", y);
        let graph = b.finish();
        let (recognised, _) = run(&passes::RecognizeCircularConv, &graph);
        assert_eq!(recognised.histogram().into_iter().collect::<Vec<_>>(), [("CircularConv", 1)]);
        let (lowered, _) = run(&mnn_passes::LowerCircularConv { lowering: None, in_integers: false }, &recognised);
        let evaluate = |graph: &Graph| rten::run_graph(graph, DEFAULT_OPSET, &counting(&[1, 4, 5, 5]));
        let (found, expected): (Tensor, Tensor) = (evaluate(&lowered), evaluate(&graph));
        for (found, expected) in found.as_f32().unwrap().iter().zip_eq(expected.as_f32().unwrap()) {
            assert!((found - expected).abs() <= 1e-5 * expected.abs().max(1.0));
        }
    }
}

#[test]
fn a_wrapped_convolution_of_rows_is_circular() {
    let mut b = Builder::new("rows");
    let x = b.input("x", [6, 4, 5]).unwrap();
    let head = b.node("head", Slice { axis: 2, start: 0, end: 4, step: 1 }, &[x]).unwrap();
    let joined = b.node("joined", Concat { axis: 2 }, &[x, head]).unwrap();
    let map = b.node("map", Reshape { shape: vec![6, 4, 1, 9] }, &[joined]).unwrap();
    let kernel = b.constant("kernel", counting(&[4, 1, 1, 5])).unwrap();
    let y = b.node("conv", Conv { group: 4, ..Conv::pointwise() }, &[map, kernel]).unwrap();
    b.output("y", y);
    let graph = b.finish();
    let (recognised, _) = run(&passes::RecognizeCircularConv, &graph);
    assert_eq!(recognised.histogram().into_iter().collect::<Vec<_>>(), [("CircularConv", 1), ("Reshape", 1)]);
    let (lowered, _) = run(&mnn_passes::LowerCircularConv { lowering: None, in_integers: false }, &recognised);
    let evaluate = |graph: &Graph| rten::run_graph(graph, DEFAULT_OPSET, &counting(&[6, 4, 5]));
    let (found, expected): (Tensor, Tensor) = (evaluate(&lowered), evaluate(&graph));
    for (found, expected) in found.as_f32().unwrap().iter().zip_eq(expected.as_f32().unwrap()) {
        assert!((found - expected).abs() <= 1e-5 * expected.abs().max(1.0));
    }
}

#[test]
fn what_arithmetic_repeats_itself_is_not_expanded() {
    let expanded = |other: &[usize]| {
        let mut b = Builder::new("expanded");
        let (x, gate) = (b.input("x", other).unwrap(), b.input("gate", [1, 4, 1, 1]).unwrap());
        let wide = b.node("wide", Expand { shape: vec![1, 4, 5, 5] }, &[gate]).unwrap();
        let y = b.node("y", Binary::Mul, &[x, wide]).unwrap();
        b.output("y", y);
        b.finish()
    };
    let (rewritten, _) = run(&passes::ExpandBeforeBinary, &expanded(&[1, 4, 5, 5]));
    assert_eq!(rewritten.histogram().into_iter().collect::<Vec<_>>(), [("Mul", 1)]);
    let (unchanged, report) = run(&passes::ExpandBeforeBinary, &expanded(&[1, 1, 5, 1]));
    assert_eq!(unchanged.nodes().len(), 2);
    assert_eq!(report.blocked[0].reason, "the other operand does not have the shape that it is expanded to");
}

#[test]
fn padding_that_counts_makes_a_pool_a_convolution() {
    let pool = Pool { kind: PoolKind::Average, kernel: [2, 2], strides: [1, 2], pads: [1, 0, 0, 1] };
    let mut model = exported(&single(pool, &[1, 1, 2, 3], &[]));
    let counted = proto::AttributeProto { name: Some("count_include_pad".into()), i: Some(1), ..Default::default() };
    model.graph.as_mut().unwrap().node[0].attribute.push(counted);
    let graph = read(&model, &Interface::default()).unwrap();
    let x = tensor(&[1, 1, 2, 3], &[4.0, 8.0, 12.0, 16.0, 20.0, 24.0]);
    assert_eq!(rten::run_graph(&graph, DEFAULT_OPSET, &x).as_f32().unwrap(), [3.0, 3.0, 12.0, 9.0]);
}

#[test]
fn gelu_is_recognised_as_files_write_it() {
    let gelu = single(Unary::Gelu, &[1, 3], &[]);
    let written = again(&gelu, 17);
    assert!(written.histogram().contains_key("Erf"));
    let (recognised, _) = run(&passes::RecognizeGelu, &written);
    assert_eq!(recognised.histogram().into_iter().collect::<Vec<_>>(), [("Gelu", 1)]);

    // PyTorch's order: x · (1 + erf(x / √2)) · 0.5; and constants that make it something else.
    for (half, divisor, found) in
        [(0.5, std::f32::consts::SQRT_2, true), (1.0, std::f32::consts::SQRT_2, false), (0.5, 1.0, false)]
    {
        let mut b = Builder::new("gelu");
        let x = b.input("x", [1, 3]).unwrap();
        let [divisor, one, half] = [("divisor", divisor), ("one", 1.0), ("half", half)]
            .map(|(name, number)| b.constant(name, Tensor::scalar(number)).unwrap());
        let scaled = b.node("scaled", Binary::Div, &[x, divisor]).unwrap();
        let erf = b.node("erf", Unary::Erf, &[scaled]).unwrap();
        let gate = b.node("gate", Binary::Add, &[erf, one]).unwrap();
        let product = b.node("product", Binary::Mul, &[x, gate]).unwrap();
        let y = b.node("y", Binary::Mul, &[product, half]).unwrap();
        b.output("y", y);
        let (graph, _) = run(&passes::RecognizeGelu, &b.finish());
        assert_eq!(graph.histogram().contains_key("Gelu"), found);
    }
}

#[test]
fn gelu_by_tanh_is_recognised_as_files_write_it() {
    let gelu = single(Unary::GeluTanh, &[1, 3], &[]);
    assert_eq!(again(&gelu, 20).histogram().into_iter().collect::<Vec<_>>(), [("GeluTanh", 1)]);
    let (recognised, _) = run(&passes::RecognizeGelu, &again(&gelu, 17));
    assert_eq!(recognised.histogram().into_iter().collect::<Vec<_>>(), [("GeluTanh", 1)]);

    // PyTorch's order: 0.5 · x · (1 + tanh(√(2/π) · (x + 0.044715 · x³))); and constants that make it something else.
    for (curvature, slope, found) in
        [(0.044_715, 0.797_884_6, true), (0.05, 0.797_884_6, false), (0.044_715, 0.8, false)]
    {
        let mut b = Builder::new("gelu");
        let x = b.input("x", [1, 3]).unwrap();
        let [curvature, slope, one, half] = [("curvature", curvature), ("slope", slope), ("one", 1.0), ("half", 0.5)]
            .map(|(name, number)| b.constant(name, Tensor::scalar(number)).unwrap());
        let square = b.node("square", Binary::Mul, &[x, x]).unwrap();
        let cube = b.node("cube", Binary::Mul, &[square, x]).unwrap();
        let curved = b.node("curved", Binary::Mul, &[curvature, cube]).unwrap();
        let sum = b.node("sum", Binary::Add, &[x, curved]).unwrap();
        let inner = b.node("inner", Binary::Mul, &[sum, slope]).unwrap();
        let tanh = b.node("tanh", Unary::Tanh, &[inner]).unwrap();
        let gate = b.node("gate", Binary::Add, &[one, tanh]).unwrap();
        let halved = b.node("halved", Binary::Mul, &[half, x]).unwrap();
        let y = b.node("y", Binary::Mul, &[halved, gate]).unwrap();
        b.output("y", y);
        let (graph, _) = run(&passes::RecognizeGelu, &b.finish());
        assert_eq!(graph.histogram().contains_key("GeluTanh"), found);
    }
}

#[test]
fn layer_norm_is_recognised_as_files_write_it() {
    let [scale, bias] = [counting(&[4]), counting(&[4])];
    let graph = single(LayerNormalization { epsilon: 1e-5 }, &[2, 3, 4], &[scale, bias]);
    let written = again(&graph, 13);
    assert!(written.histogram().contains_key("ReduceMean"));
    let (recognised, _) = run(&passes::RecognizeLayerNorm, &written);
    assert_eq!(recognised.histogram().into_iter().collect::<Vec<_>>(), [("LayerNormalization", 1)]);
    let Op::LayerNormalization(found) = &recognised.node(recognised.order()[0]).op else { panic!() };
    assert!((found.epsilon - 1e-5).abs() < 1e-12);

    // The mean over another axis, and one scale for everything.
    for (axis, scale) in [(1, counting(&[4])), (2, Tensor::scalar(2.0))] {
        let mut b = Builder::new("norm");
        let x = b.input("x", [2, 3, 4]).unwrap();
        let [scale, bias, epsilon] = [("scale", scale), ("bias", counting(&[4])), ("epsilon", Tensor::scalar(1e-5))]
            .map(|(name, tensor)| b.constant(name, tensor).unwrap());
        let mean = b.node("mean", Reduce { kind: ReduceKind::Mean, axes: vec![axis] }, &[x]).unwrap();
        let centred = b.node("centred", Binary::Sub, &[x, mean]).unwrap();
        let square = b.node("square", Binary::Mul, &[centred, centred]).unwrap();
        let variance = b.node("variance", Reduce { kind: ReduceKind::Mean, axes: vec![axis] }, &[square]).unwrap();
        let positive = b.node("positive", Binary::Add, &[variance, epsilon]).unwrap();
        let deviation = b.node("deviation", Unary::Sqrt, &[positive]).unwrap();
        let normal = b.node("normal", Binary::Div, &[centred, deviation]).unwrap();
        let scaled = b.node("scaled", Binary::Mul, &[normal, scale]).unwrap();
        let y = b.node("y", Binary::Add, &[scaled, bias]).unwrap();
        b.output("y", y);
        let graph = b.finish();
        assert_eq!(run(&passes::RecognizeLayerNorm, &graph).0, graph);
    }
}

#[test]
fn gates_and_parts_are_recognised() {
    let (silu, _) = run(&passes::RecognizeGates, &again(&single(Unary::Silu, &[1, 3], &[]), 17));
    assert_eq!(silu.histogram().into_iter().collect::<Vec<_>>(), [("Silu", 1)]);
    let (hard_swish, _) = run(&passes::RecognizeGates, &again(&single(Unary::HardSwish, &[1, 3], &[]), 13));
    assert_eq!(hard_swish.histogram().into_iter().collect::<Vec<_>>(), [("HardSwish", 1)]);

    let parts = |bounds: &[[usize; 2]]| {
        let mut b = Builder::new("parts");
        let x = b.input("x", [1, 6, 2, 2]).unwrap();
        let slice = |(index, &[start, end]): (usize, &[usize; 2])| {
            b.node(&format!("part_{index}"), Slice { axis: 1, start, end, step: 1 }, &[x]).unwrap()
        };
        let mut slices: Vec<_> = bounds.iter().enumerate().map(slice).collect();
        slices.reverse();
        let y = b.node("joined", Concat { axis: 1 }, &slices).unwrap();
        b.output("y", y);
        run(&passes::SlicesToSplit, &b.finish()).0.histogram().into_iter().collect::<Vec<_>>()
    };
    assert_eq!(parts(&[[0, 2], [2, 3], [3, 6]]), [("Concat", 1), ("Split", 1)]);
    assert_eq!(parts(&[[0, 2], [3, 6]]), [("Concat", 1), ("Slice", 2)]);
    assert_eq!(parts(&[[0, 4], [3, 6]]), [("Concat", 1), ("Slice", 2)]);
}

proptest! {
    #![proptest_config(edgeconv_test_support::cases(60))]

    /// Whatever is missing or wrong in a node: an error or a graph, never a panic.
    #[test]
    fn damaged_nodes_are_errors(fault in 0..6, place in any::<prop::sample::Index>(), number in -3i64..4) {
        operators::each(|graph, _, _| {
            let mut model = exported(graph);
            let file = model.graph.as_mut().unwrap();
            let nodes = file.node.len();
            let node = &mut file.node[place.index(nodes)];
            match fault {
                0 => { node.input.pop(); }
                1 => { node.output.push("more".into()); }
                2 => node.attribute.clear(),
                3 => node.attribute.iter_mut().for_each(|attribute| { attribute.ints.pop(); }),
                4 => node.attribute.iter_mut().for_each(|attribute| attribute.i = attribute.i.map(|_| number)),
                _ => node.attribute.iter_mut().for_each(|attribute| attribute.ints.iter_mut().for_each(|int| *int = number)),
            }
            if let Ok(graph) = read(&model, &Interface::default()) {
                graph.validate().unwrap();
            }
        });
    }
}

#[test]
fn functions_of_the_model_are_imported_where_they_are_called() {
    let mut model = exported(&single(Unary::Relu, &[2, 3], &[]));
    // joined(x, axis) = Concat(x, Neg(x))
    let mut concat = onnx_node("Concat", &["data", "negative"], "result");
    concat.attribute = vec![proto::AttributeProto {
        name: Some("axis".into()),
        ref_attr_name: Some("along".into()),
        ..Default::default()
    }];
    model.functions = vec![proto::FunctionProto {
        name: Some("Joined".into()),
        domain: Some("custom".into()),
        input: vec!["data".into()],
        output: vec!["result".into()],
        node: vec![onnx_node("Neg", &["data"], "negative"), concat],
        ..Default::default()
    }];
    let nodes = &mut model.graph.as_mut().unwrap().node;
    for (index, (input, output)) in [("x", "first"), ("first", "y")].into_iter().enumerate() {
        let call = onnx_node("Joined", &[input], output);
        let attribute = vec![int_attribute("along", index as i64)];
        nodes.push(proto::NodeProto { domain: Some("custom".into()), attribute, ..call });
    }
    model.graph.as_mut().unwrap().output[0].name = Some("y".into());
    let graph = read(&model, &Interface::default()).unwrap();
    assert_eq!(graph.ty(graph.outputs()[0].value).shape, [4, 6]);
    let names: Vec<_> = graph.nodes().map(|node| node.name.as_str()).collect();
    assert_eq!(names[1..], ["first/negative", "first/result", "y/negative", "y/result"]);

    // A function that calls itself.
    let call = proto::NodeProto { domain: Some("custom".into()), ..onnx_node("Joined", &["data"], "again") };
    model.functions[0].node.push(call);
    assert!(read(&model, &Interface::default()).unwrap_err().to_string().contains("nested more than"));
}

#[test]
fn the_branch_that_is_taken_is_imported() {
    let mut model = exported(&single(Unary::Relu, &[2, 3], &[]));
    let branch = |name: &str, op: &str| proto::AttributeProto {
        name: Some(name.into()),
        g: Some(proto::GraphProto {
            node: vec![onnx_node(op, &["x"], "inner")],
            output: vec![proto::ValueInfoProto { name: Some("inner".into()), ..Default::default() }],
            ..Default::default()
        }),
        ..Default::default()
    };
    let mut choice = onnx_node("If", &["condition"], "y");
    choice.attribute = vec![branch("then_branch", "Exp"), branch("else_branch", "Neg")];
    let graph = model.graph.as_mut().unwrap();
    graph.node = vec![onnx_node("Shape", &["x"], "shape"), onnx_node("ReduceMax", &["shape"], "largest")];
    graph.node[1].attribute = vec![int_attribute("keepdims", 0)];
    graph.node.extend([onnx_node("Cast", &["largest"], "condition"), choice]);
    graph.node[2].attribute = vec![int_attribute("to", 9)];
    graph.output[0].name = Some("y".into());
    let graph = read(&model, &Interface::default()).unwrap();
    assert_eq!(graph.nodes().map(|node| node.op.operator().name()).collect::<Vec<_>>(), ["Exp"]);

    model.graph.as_mut().unwrap().node[2].input[0] = "x".into();
    let error = read(&model, &Interface::default()).unwrap_err().to_string();
    assert!(error.contains("`condition` has to be known at conversion time"), "{error}");
}

#[test]
fn tensors_in_other_files_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut model = exported(&single(Binary::Add, &[2, 3], &[Tensor::vector(vec![0.5, -1.0, 2.0])]));
    let tensor = &mut model.graph.as_mut().unwrap().initializer[0];
    let elements = tensor.raw_data.take().unwrap();
    std::fs::write(folder.path().join("weights.bin"), [&[7; 16], &elements[..]].concat()).unwrap();
    let entry =
        |key: &str, value: &str| proto::StringStringEntryProto { key: Some(key.into()), value: Some(value.into()) };
    tensor.external_data = vec![entry("location", "weights.bin"), entry("offset", "16"), entry("length", "12")];
    tensor.data_location = Some(proto::tensor_proto::DataLocation::External.into());
    let read = |model: &proto::ModelProto| {
        let path = folder.path().join("model.onnx");
        std::fs::write(&path, model.encode_to_vec()).unwrap();
        let file = ModelFile::read(&path).unwrap();
        Onnx.read(&file, &Interface::default()).map_err(|error| error.to_string())
    };
    let graph = read(&model).unwrap();
    let expected: Vec<_> = elements.chunks(4).map(|bytes| f32::from_le_bytes(bytes.try_into().unwrap())).collect();
    assert_eq!(graph.floats(graph.node(graph.order()[0]).inputs[1]).unwrap(), expected);

    let change = |model: &mut proto::ModelProto, index: usize, value: &str| {
        let tensor = &mut model.graph.as_mut().unwrap().initializer[0];
        tensor.external_data[index].value = Some(value.into());
    };
    // Without a length: as long as the shape says.
    let length = model.graph.as_mut().unwrap().initializer[0].external_data.pop().unwrap();
    std::fs::write(folder.path().join("weights.bin"), [&[7; 16], &elements[..], &[7; 9]].concat()).unwrap();
    assert!(read(&model).is_ok());
    std::fs::write(folder.path().join("weights.bin"), [&[7; 16], &elements[..]].concat()).unwrap();
    let more = |entries: &[proto::StringStringEntryProto]| {
        let mut model = model.clone();
        model.graph.as_mut().unwrap().initializer[0].external_data.extend_from_slice(entries);
        read(&model).unwrap_err()
    };
    assert!(more(&[entry("offset", "0")]).contains("but it says `16` and `0` as its offset"));
    assert!(more(&[entry("location", "other")]).contains("it says `weights.bin` and `other` as its location"));
    assert!(more(&[entry("length", "+4")]).contains("length `+4` is not a number"));
    model.graph.as_mut().unwrap().initializer[0].external_data.push(length);
    change(&mut model, 2, "13");
    assert!(read(&model).unwrap_err().contains("has 28 bytes, which is too short"));
    change(&mut model, 0, "../weights.bin");
    assert!(read(&model).unwrap_err().contains("is not beside the model"));
    change(&mut model, 0, "missing.bin");
    assert!(read(&model).unwrap_err().contains("can't read"));
    change(&mut model, 2, "12");
    for (location, found) in [("", "a folder"), (".", "a folder"), ("./", "a folder")] {
        change(&mut model, 0, location);
        let error = read(&model).unwrap_err();
        assert!(error.contains(&format!("it is {found}, expected a file")), "{location}: {error}");
    }
}

#[test]
#[cfg(unix)]
fn files_beside_a_model_are_files_beside_it() {
    use std::os::unix::fs::symlink;
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("model");
    std::fs::create_dir(&folder).unwrap();
    let mut model = exported(&single(Binary::Add, &[2, 3], &[Tensor::vector(vec![0.5, -1.0, 2.0])]));
    let tensor = &mut model.graph.as_mut().unwrap().initializer[0];
    std::fs::write(outer.path().join("secret"), tensor.raw_data.take().unwrap()).unwrap();
    tensor.data_location = Some(proto::tensor_proto::DataLocation::External.into());
    let mut read = |folder: &std::path::Path, location: &str| {
        let tensor = &mut model.graph.as_mut().unwrap().initializer[0];
        let entry = proto::StringStringEntryProto { key: Some("location".into()), value: Some(location.into()) };
        tensor.external_data = vec![entry];
        let path = folder.join("model.onnx");
        std::fs::write(&path, model.encode_to_vec()).unwrap();
        Onnx.read(&ModelFile::read(&path).unwrap(), &Interface::default()).map(drop).map_err(|error| error.to_string())
    };
    symlink("../secret", folder.join("link")).unwrap();
    symlink(outer.path(), folder.join("up")).unwrap();
    for location in ["link", "up/secret"] {
        let error = read(&folder, location).unwrap_err();
        assert!(error.contains(location) && error.contains("it is not beside the file that names it"), "{error}");
    }
    assert!(std::process::Command::new("mkfifo").arg(folder.join("pipe")).status().unwrap().success());
    symlink("/dev/zero", folder.join("zero")).unwrap();
    for location in ["pipe", "zero"] {
        let error = read(&folder, location).unwrap_err();
        assert!(error.contains("it is a pipe") || error.contains("it is not beside"), "{error}");
    }
    symlink("secret", outer.path().join("near")).unwrap();
    assert_eq!(read(outer.path(), "near"), Ok(()), "a link inside of the folder");
    // A cache that keeps files by their hashes, and names them by links.
    let cache = outer.path().join("cache");
    for sub in ["blobs", "snapshot"] {
        std::fs::create_dir_all(cache.join(sub)).unwrap();
    }
    std::fs::rename(outer.path().join("secret"), cache.join("blobs/weights")).unwrap();
    symlink("../blobs/weights", cache.join("snapshot/weights")).unwrap();
    symlink("../blobs/model", cache.join("snapshot/model.onnx")).unwrap();
    assert_eq!(read(&cache.join("snapshot"), "weights"), Ok(()));
}

#[test]
fn parts_of_files_are_read_once_and_sparse_files_count_as_what_they_take() {
    let folder = tempfile::tempdir().unwrap();
    let data = std::fs::File::create(folder.path().join("weights.bin")).unwrap();
    // Nothing but a length.
    data.set_len(1 << 40).unwrap();
    let read = |length: u64, tensors: usize| {
        let mut model = exported(&single(Unary::Relu, &[1, 2], &[]));
        let entry =
            |key: &str, value: String| proto::StringStringEntryProto { key: Some(key.into()), value: Some(value) };
        let tensor = |index: usize| proto::TensorProto {
            name: Some(format!("w{index}")),
            dims: vec![length as i64 / 4],
            data_type: Some(1),
            data_location: Some(proto::tensor_proto::DataLocation::External.into()),
            external_data: vec![entry("location", "weights.bin".into()), entry("length", length.to_string())],
            ..Default::default()
        };
        model.graph.as_mut().unwrap().initializer = (0..tensors).map(tensor).collect();
        let path = folder.path().join("model.onnx");
        std::fs::write(&path, model.encode_to_vec()).unwrap();
        let file = ModelFile::read(&path).unwrap();
        Onnx.read(&file, &Interface::default()).map(drop).map_err(|error| error.to_string())
    };
    assert_eq!(read(4_000, 1_000), Ok(()));
    let error = read(1 << 39, 1).unwrap_err();
    assert!(error.starts_with("`w0` can't be read: it wants 549755.8 MB of memory"), "{error}");
}

#[test]
fn selected_boxes_have_a_row_for_each_that_there_may_be() {
    let mut b = Builder::new("boxes");
    let boxes = b.input("boxes", [1, 4, 4]).unwrap();
    b.input("scores", [1, 1, 4]).unwrap();
    let y = b.node("y", Binary::Add, &[boxes, boxes]).unwrap();
    b.output("y", y);
    let mut model = exported(&b.finish());
    let graph = model.graph.as_mut().unwrap();
    let mut select = onnx_node("NonMaxSuppression", &["y", "scores"], "selected");
    select.input.push("most".into());
    let most =
        proto::TensorProto { name: Some("most".into()), data_type: Some(7), int64_data: vec![3], ..Default::default() };
    graph.initializer.push(most);
    graph.node.push(select);
    graph.output[0].name = Some("selected".into());
    let read_it = |model: &proto::ModelProto| read(model, &Interface::default());
    assert_eq!(read_it(&model).unwrap().ty(read_it(&model).unwrap().outputs()[0].value).to_string(), "i64[3, 3]");
    let graph = model.graph.as_mut().unwrap();
    graph.node.push(onnx_node("Neg", &["selected"], "used"));
    graph.output[0].name = Some("used".into());
    let graph = read_it(&model).unwrap();
    let outputs: Vec<_> =
        graph.outputs().iter().map(|output| (output.name.as_str(), graph.ty(output.value).to_string())).collect();
    assert_eq!(outputs, [("used", "i64[3, 3]".to_owned()), ("used.count", "i64[1]".to_owned())]);
}

/// Found by fuzzing: operands of which an axis is used.
#[test]
fn scalars_are_operands_too() {
    let converted = |shapes: &[&[usize]], mut node: proto::NodeProto, attributes: &[(&str, i64)]| {
        let mut b = Builder::new("scalars");
        for (index, shape) in shapes.iter().enumerate() {
            let name = format!("x{index}");
            let x = b.input(&name, *shape).unwrap();
            b.output(&format!("unused_{index}"), x);
            node.input.push(name);
        }
        let mut model = exported(&b.finish());
        model.opset_import[0].version = Some(23);
        let graph = model.graph.as_mut().unwrap();
        node.attribute = attributes.iter().map(|(name, value)| int_attribute(name, *value)).collect();
        graph.output.truncate(1);
        graph.output[0].name = node.output.last().cloned();
        graph.node = vec![node];
        read(&model, &Interface::default())
    };
    let masked = [&[2, 4, 72][..], &[2, 6, 24], &[2, 6, 24], &[]];
    let attention = onnx_node("Attention", &[], "y");
    assert!(converted(&masked, attention, &[("q_num_heads", 9), ("kv_num_heads", 3)]).is_ok());
    let biased = [&[1, 3, 3][..], &[1, 16, 3], &[1, 16, 4], &[]];
    let error = converted(&biased, onnx_node("LSTM", &[], "y"), &[("hidden_size", 4)]).unwrap_err();
    assert!(error.to_string().contains("expected operand 3 as floats [1, 32], found f32[]"), "{error}");
}

#[test]
fn versions_that_nobody_can_read_are_errors() {
    let mut model = exported(&single(Unary::Relu, &[2, 3], &[]));
    let error = |model: &proto::ModelProto| read(model, &Interface::default()).unwrap_err().to_string();
    model.opset_import[0].version = Some(99);
    assert!(error(&model).contains("operator set 99, expected 3 to 14 and 1 to"));
    model.opset_import[0].version = Some(6);
    assert!(error(&model).contains("its form before opset 7 is not read"));
}

#[test]
fn ir_version_14_is_read() {
    let mut model = exported(&single(Unary::Relu, &[2, 3], &[]));
    model.ir_version = Some(14);
    assert_eq!(read(&model, &Interface::default()).unwrap().nodes().len(), 1);
    model.ir_version = Some(15);
    assert!(read(&model, &Interface::default()).unwrap_err().to_string().contains("IR version 15"));
}

#[test]
fn raw_data_of_the_wrong_length_is_an_error() {
    // Element type, bytes that 3 elements take.
    for (data_type, bytes) in [(1, 12), (7, 24), (10, 6), (5, 6), (2, 3), (9, 3), (22, 2)] {
        for found in (bytes - 3_usize.min(bytes)..=bytes + 3).filter(|&found| found != bytes) {
            let mut model = exported(&single(Unary::Relu, &[1, 2], &[]));
            let short = proto::TensorProto {
                name: Some("short".into()),
                dims: vec![3],
                data_type: Some(data_type),
                raw_data: Some(vec![0; found].into()),
                ..Default::default()
            };
            model.graph.as_mut().unwrap().initializer = vec![short];
            let error = read(&model, &Interface::default()).unwrap_err().to_string();
            assert!(error.contains(&format!("[3] takes {bytes} bytes, found {found} bytes of raw_data")), "{error}");
        }
    }
}

#[test]
fn thousands_of_axes_are_an_error() {
    let mut model = exported(&single(Unary::Relu, &[1, 2], &[]));
    let graph = model.graph.as_mut().unwrap();
    let dims = vec![1; 5000];
    let many = proto::TensorProto {
        dims,
        data_type: Some(1),
        float_data: vec![1.0],
        name: Some("many".into()),
        ..Default::default()
    };
    graph.initializer.push(many);
    graph.node[0].input = vec!["many".into()];
    let error = read(&model, &Interface::default()).unwrap_err().to_string();
    assert!(error.contains("`many`") && error.contains("it has 5000 axes, more than 64"), "{error}");
}

/// Before operator set 11, what lies between two elements is the one after where an axis becomes shorter, and the one before elsewhere, as in ONNX
/// Runtime.
#[test]
fn old_nearest_resizing_rounds_by_axis() {
    let resized = |scales: [f32; 2]| {
        let x: Vec<_> = (0..16).map(|index| index as f32).collect();
        let model = files::Model::new(10, vec![onnx_node("Resize", &["x", "scales"], "y")]);
        let graph = model.floats("x", &[4, 4], &x).floats("scales", &[2], &scales).output("y").read().unwrap();
        graph.tensor(graph.outputs()[0].value).unwrap().as_f32().unwrap().to_vec()
    };
    // Rows 0 and 5/3, so 2; columns 0, 0, 1, 2, 2, 3.
    assert_eq!(resized([0.6, 1.5]), [0.0, 0.0, 1.0, 2.0, 2.0, 3.0, 8.0, 8.0, 9.0, 10.0, 10.0, 11.0]);
    assert_eq!(resized([1.5, 0.6])[..6], [0.0, 2.0, 0.0, 2.0, 4.0, 6.0]);
}

#[test]
fn what_files_claim_needs_no_memory() {
    // Found by fuzzing: parts without elements.
    let mut b = Builder::new("empty");
    let x = b.input("x", [1, 4, 5, 5]).unwrap();
    let parts = [(0, 0), (0, 3), (3, 5)].map(|(start, end)| {
        b.node(&format!("part.{start}.{end}"), Slice { axis: 2, start, end, step: 1 }, &[x]).unwrap()
    });
    let y = b.node("y", Concat { axis: 2 }, &parts).unwrap();
    b.output("y", y);
    let (rewritten, _) = run(&passes::SlicesToSplit, &b.finish());
    assert_eq!(rewritten.histogram().into_iter().collect::<Vec<_>>(), [("Concat", 1), ("Slice", 1), ("Split", 1)]);

    // Results that are larger than any file are left to run time.
    let repeated = |times: usize| {
        let mut b = Builder::new("repeated");
        let one = b.constant("one", Tensor::vector(vec![1.0])).unwrap();
        let y = b.node("y", Expand { shape: vec![times] }, &[one]).unwrap();
        b.output("y", y);
        b.finish()
    };
    assert_eq!(again(&repeated(1 << 26), DEFAULT_OPSET).nodes().len(), 1);
    let error = edgeconv_converter::target::mnn::export(&repeated(1 << 40)).unwrap_err().to_string();
    assert!(error.contains("MNN counts less than 2³¹ elements"), "{error}");
    // What no engine should have to hold is refused.
    for times in [1 << 30, 1 << 62] {
        let error = read(&exported(&repeated(times)), &Interface::default()).unwrap_err().to_string();
        assert!(error.contains("(Expand)") && error.contains("MB of memory, where"), "{error}");
    }

    // Found by fuzzing: more halves of bytes than can be counted.
    let mut model = exported(&single(Unary::Relu, &[1, 2], &[]));
    let claim = proto::TensorProto {
        name: Some("claim".into()),
        dims: vec![1 << 62, 1 << 62],
        data_type: Some(22), // INT4
        raw_data: Some(vec![0; 4].into()),
        ..Default::default()
    };
    model.graph.as_mut().unwrap().initializer = vec![claim];
    assert!(read(&model, &Interface::default()).unwrap_err().to_string().contains("`claim` can't be read"));

    // Found by fuzzing: pads of any length.
    let mut model = exported(&single(Unary::Relu, &[1, 2], &[]));
    let mut pad = onnx_node("Pad", &["x"], "node");
    pad.attribute =
        vec![proto::AttributeProto { name: Some("mode".into()), s: Some("wrap".into()), ..Default::default() }];
    pad.input.push("pads".into());
    let graph = model.graph.as_mut().unwrap();
    graph.node = vec![pad];
    graph.output[0].name = Some("node".into());
    let pads = vec![0, 1 << 62, 0, 1 << 62];
    let tensor = proto::TensorProto {
        name: Some("pads".into()),
        dims: vec![4],
        data_type: Some(7),
        int64_data: pads,
        ..Default::default()
    };
    graph.initializer = vec![tensor];
    let error = read(&model, &Interface::default()).unwrap_err().to_string();
    assert!(error.contains("are too large"), "{error}");
}
