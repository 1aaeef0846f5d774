//! Each pass three ways: the rewritten graph computes the same under rten, graphs that must stay as they are do, and the
//! operators before and after are counted.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests fail by panicking

mod rten;

use edgeconv_converter::passes::{self, Accuracy, Pass, PassReport, Stop};
use edgeconv_converter::target::mnn::passes::{LOWERINGS, LowerCircularConv, Lowering};
use edgeconv_converter::target::mnn::{Gelu, passes as mnn_passes};
use edgeconv_converter::target::onnx::DEFAULT_OPSET;
use edgeconv_graph::op::{
    BatchNormalization, Binary, Cast, CircularConv, Clip, Concat, Conv, ConvTranspose, Coordinates, DequantizeLinear,
    Expand, Gather, MatMul, Pad, PadMode, Pool, PoolKind, Reduce, ReduceKind, Reshape, Resize, Slice, Softmax, Split,
    Transpose, Unary,
};
use edgeconv_graph::{Builder, DType, Graph, Node, Op, Patch, Tensor, TensorType, ValueId};
use itertools::Itertools;
use proptest::prelude::*;

/// The lowering that keeps the arithmetic.
const EXACT: LowerCircularConv = LowerCircularConv { lowering: Some(Lowering::SliceConcat), in_integers: false };

/// Numbers in [−1, 1) that look random and are always the same.
fn numbers(seed: usize, shape: &[usize]) -> Tensor {
    let len = shape.iter().product();
    let number = |i: usize| ((i * 7919 + seed * 104_729 + 17) % 10_007) as f32 / 5003.5 - 1.0;
    Tensor::f32(shape, (0..len).map(number).collect()).unwrap()
}

/// A builder with an input `x`.
fn start(shape: &[usize]) -> (Builder, ValueId) {
    let mut b = Builder::new("test");
    let x = b.input("x", shape).unwrap();
    (b, x)
}

fn constant(b: &mut Builder, name: &str, shape: &[usize]) -> ValueId {
    b.constant(name, numbers(name.len(), shape)).unwrap()
}

fn batch_norm(b: &mut Builder, name: &str, x: ValueId) -> ValueId {
    let channels = b.shape(x)[1];
    let scale = constant(b, &format!("{name}.weight"), &[channels]);
    let bias = constant(b, &format!("{name}.bias"), &[channels]);
    let mean = constant(b, &format!("{name}.running_mean"), &[channels]);
    let var = (0..channels).map(|c| 0.5 + c as f32 / 4.0).collect();
    let var = b.constant(&format!("{name}.running_var"), Tensor::vector(var)).unwrap();
    b.node(name, BatchNormalization { epsilon: 1e-5 }, &[x, scale, bias, mean, var]).unwrap()
}

fn conv(b: &mut Builder, name: &str, conv: impl Into<Op>, kernel: &[usize], bias: bool, x: ValueId) -> ValueId {
    let mut inputs = vec![x, constant(b, &format!("{name}.weight"), kernel)];
    if bias {
        inputs.push(constant(b, &format!("{name}.bias"), &kernel[..1]));
    }
    b.node(name, conv, &inputs).unwrap()
}

fn finish(mut b: Builder, y: ValueId) -> Graph {
    b.output("y", y);
    b.finish()
}

fn histogram(graph: &Graph) -> Vec<(&'static str, usize)> {
    graph.histogram().into_iter().collect()
}

#[test]
fn constants_larger_than_memory_are_left_to_the_run() {
    let mut b = Builder::new("repeated");
    let one = b.constant("one", Tensor::scalar(1.0)).unwrap();
    let y = b.node("y", Expand { shape: vec![1 << 40] }, &[one]).unwrap();
    let mut graph = finish(b, y);
    let report = passes::run(&passes::FoldConstants::default(), &mut graph).unwrap();
    assert_eq!((report.applied, graph.nodes().len()), (0, 1));
    assert!(
        report.blocked[0].reason.contains("would make the file 4398046511100 bytes larger"),
        "{:?}",
        report.blocked
    );
}

/// `x · (w − 2) / 2` with weights `w` of 8 bits.
fn quantized_weights() -> Graph {
    let (mut b, x) = start(&[1, 2]);
    let weights = b.constant("weights", Tensor::new([2, 3], vec![1_i8, 2, 3, 4, 5, 6]).unwrap()).unwrap();
    let scale = b.constant("scale", Tensor::scalar(0.5)).unwrap();
    let zero = b.constant("zero", Tensor::single(2_i8)).unwrap();
    let floats = DequantizeLinear { axis: 1, block_size: 0 };
    let floats = b.node("floats", floats, &[weights, scale, zero]).unwrap();
    let y = b.node("y", MatMul, &[x, floats]).unwrap();
    finish(b, y)
}

#[test]
fn quantized_weights_are_kept_where_a_target_has_them() {
    let mut graph = quantized_weights();
    let report = passes::run(&passes::FoldConstants::default(), &mut graph).unwrap();
    assert_eq!(report.applied, 0);
    assert_eq!(report.blocked[0].reason, "`weights` is quantised");
    passes::run(&mnn_passes::QuantizeInFloats, &mut graph).unwrap();
    assert_eq!(histogram(&graph), [("MatMul", 1)]);
    let weights = graph.nodes().next().unwrap().inputs[1];
    assert_eq!(graph.tensor(weights).unwrap().as_f32().unwrap(), [-0.5, 0.0, 0.5, 1.0, 1.5, 2.0]);
}

#[test]
fn integers_of_8_bits_wrap_around_in_32() {
    let mut b = Builder::new("wrap");
    let x = b.typed_input("x", TensorType::new(DType::U8, [2])).unwrap();
    let c = b.constant("c", Tensor::new([1], vec![100_u8]).unwrap()).unwrap();
    let sum = b.node("sum", Binary::Add, &[x, c]).unwrap();
    let signed = b.node("signed", Cast { to: DType::I8 }, &[sum]).unwrap();
    let mut graph = finish(b, signed);
    passes::run(&mnn_passes::WrapIntegers, &mut graph).unwrap();
    // What MNN computes in 32 bits, by the evaluation of each node.
    let mut values = std::collections::HashMap::from([(graph.inputs()[0], Tensor::new([2], vec![200_u8, 1]).unwrap())]);
    for node in graph.nodes() {
        let inputs: Vec<_> = node.inputs.iter().map(|id| values.get(id).or(graph.tensor(*id)).unwrap()).collect();
        let narrow = |tensor: &&Tensor| tensor.dtype().bits() < 32;
        assert!(matches!(node.op, Op::Cast(_)) || !inputs.iter().any(narrow), "{graph}");
        let result = node.op.operator().evaluate(&inputs).unwrap().remove(0);
        values.insert(node.outputs[0], result);
    }
    let found = &values[&graph.outputs()[0].value];
    assert_eq!(found, &Tensor::new([2], vec![44_i8, 101]).unwrap());
    assert_eq!(passes::run(&mnn_passes::WrapIntegers, &mut graph).unwrap().applied, 0);
}

/// Turns MNN's GELU by a sigmoid into the function that it stands for, which ONNX has.
#[derive(Debug)]
struct StandardGelu;

impl Pass for StandardGelu {
    fn name(&self) -> &'static str {
        "standard-gelu"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Reassociated
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        match &node.op {
            Op::Custom(op) if op.downcast_ref() == Some(&Gelu::BySigmoid) => {
                let mut patch = Patch::new(graph);
                let new = patch.node(graph, &node.name, Unary::Gelu, &node.inputs)?;
                patch.redirect(node.outputs[0], new);
                Ok(patch)
            }
            _ => Err(Stop::NoMatch),
        }
    }
}

/// What rten computes; circular convolutions and what only MNN has are expressed in ONNX's operators first.
fn evaluate(graph: &Graph) -> Vec<f32> {
    let mut graph = graph.clone();
    passes::run(&passes::FoldConstants::default(), &mut graph).unwrap();
    passes::run(&EXACT, &mut graph).unwrap();
    passes::run(&StandardGelu, &mut graph).unwrap();
    let input = numbers(3, &graph.ty(graph.inputs()[0]).shape);
    rten::run_graph(&graph, DEFAULT_OPSET, &input).as_f32().unwrap().to_vec()
}

/// Runs a pass and checks that the graph still computes the same.
#[track_caller]
fn rewrite(pass: &dyn Pass, graph: &Graph) -> (Graph, PassReport) {
    let mut rewritten = graph.clone();
    let report = passes::run(pass, &mut rewritten).unwrap();
    rewritten.validate().unwrap();
    for (found, expected) in evaluate(&rewritten).iter().zip_eq(&evaluate(graph)) {
        assert!((found - expected).abs() <= 1e-4 * expected.abs().max(1.0), "expected {expected}, found {found}");
    }
    (rewritten, report)
}

/// Checks that a pass leaves a graph alone.
#[track_caller]
fn untouched(pass: &dyn Pass, graph: &Graph) -> PassReport {
    let (after, report) = rewrite(pass, graph);
    assert_eq!(after, *graph);
    assert_eq!(report.applied, 0);
    report
}

fn padded(pad: usize, group: usize) -> Conv {
    Conv { strides: vec![1; 2], pads: vec![pad; 4], dilations: vec![1; 2], group }
}

#[test]
fn batch_norm_goes_into_the_convolution_before_it() {
    for (group, bias) in [(1, false), (2, true), (6, false)] {
        let (mut b, x) = start(&[2, 6, 5, 4]);
        let y = conv(&mut b, "conv", padded(1, group), &[12, 6 / group, 3, 3], bias, x);
        let y = batch_norm(&mut b, "norm", y);
        let (graph, report) = rewrite(&passes::AffineAfterConv, &finish(b, y));
        assert_eq!(histogram(&graph), [("Conv", 1)]);
        assert_eq!(report.applied, 1);
        // The result stands for the norm's, not for the convolution's.
        assert_eq!(graph.value(graph.outputs()[0].value).origin.as_deref(), Some("norm"));
    }
    let (mut b, x) = start(&[1, 3, 4, 6]);
    let y = conv(&mut b, "gcc", CircularConv { axis: 3, group: 3 }, &[3, 1, 1, 6], false, x);
    let y = batch_norm(&mut b, "norm", y);
    let (graph, _) = rewrite(&passes::AffineAfterConv, &finish(b, y));
    assert_eq!(histogram(&graph), [("CircularConv", 1)]);
    let op = ConvTranspose {
        strides: vec![2; 2],
        pads: vec![1; 4],
        dilations: vec![1; 2],
        output_padding: vec![0; 2],
        group: 2,
    };
    let (mut b, x) = start(&[1, 4, 3, 5]);
    let kernel = constant(&mut b, "weight", &[4, 3, 3, 2]);
    let y = b.node("transposed", op, &[x, kernel]).unwrap();
    let y = batch_norm(&mut b, "norm", y);
    let (graph, _) = rewrite(&passes::AffineAfterConv, &finish(b, y));
    assert_eq!(histogram(&graph), [("ConvTranspose", 1)]);
}

#[test]
fn a_constant_per_channel_goes_into_the_convolution_behind_it() {
    let (mut b, x) = start(&[2, 6, 5, 4]);
    let scale = constant(&mut b, "scale", &[1, 6, 1, 1]);
    let y = b.node("scaled", Binary::Mul, &[scale, x]).unwrap();
    // Zero padding is the same for scaled data, but not for shifted ones.
    let y = conv(&mut b, "padded", padded(1, 2), &[6, 3, 3, 3], false, y);
    let y = b.node("relu", Unary::Relu, &[y]).unwrap();
    let half = b.constant("half", Tensor::f32([], vec![0.5]).unwrap()).unwrap();
    let y = b.node("shifted", Binary::Sub, &[half, y]).unwrap();
    let y = conv(&mut b, "pointwise", Conv::pointwise(), &[3, 6, 1, 1], true, y);
    let (graph, report) = rewrite(&passes::AffineBeforeConv, &finish(b, y));
    assert_eq!((histogram(&graph), report.applied), (vec![("Conv", 2), ("Relu", 1)], 2));
}

#[test]
fn two_maps_per_channel_are_one() {
    let (mut b, x) = start(&[2, 6, 5, 4]);
    let [scale, shift] =
        [("s", [1, 6, 1, 1]), ("sh", [1, 6, 1, 1])].map(|(name, shape)| constant(&mut b, name, &shape));
    let y = b.node("scaled", Binary::Mul, &[x, scale]).unwrap();
    let y = b.node("shifted", Binary::Sub, &[shift, y]).unwrap();
    let y = batch_norm(&mut b, "norm", y);
    let (graph, report) = rewrite(&passes::MergeAffines, &finish(b, y));
    assert_eq!((histogram(&graph), report.applied), (vec![("BatchNormalization", 1)], 2));

    let (mut b, x) = start(&[2, 6, 5, 4]);
    let half = b.constant("half", Tensor::f32([], vec![0.5]).unwrap()).unwrap();
    let y = b.node("scaled", Binary::Mul, &[x, half]).unwrap();
    let z = b.node("shifted", Binary::Add, &[y, half]).unwrap();
    untouched(&passes::MergeAffines, &finish(b, z));
}

#[test]
fn what_is_joined_twice_is_joined_at_once() {
    let joined = |again: bool| {
        let (mut b, x) = start(&[1, 6, 4, 4]);
        let y = b.node("y", Unary::Relu, &[x]).unwrap();
        let inner = b.node("inner", Concat { axis: 1 }, &[x, y]).unwrap();
        let mut z = b.node("z", Concat { axis: 1 }, &[y, inner, x]).unwrap();
        if again {
            let inner = b.node("act", Unary::Sigmoid, &[inner]).unwrap();
            z = b.node("end", Concat { axis: 1 }, &[z, inner]).unwrap();
        }
        finish(b, z)
    };
    let (graph, report) = rewrite(&passes::MergeConcats, &joined(false));
    assert_eq!((histogram(&graph), report.applied), (vec![("Concat", 1), ("Relu", 1)], 1));
    let (graph, _) = rewrite(&passes::MergeConcats, &joined(true));
    assert_eq!(histogram(&graph)[0], ("Concat", 2), "one of two is still needed");
    let (mut b, x) = start(&[1, 6, 4, 4]);
    let rows = b.node("rows", Concat { axis: 2 }, &[x, x]).unwrap();
    let y = b.node("y", Concat { axis: 1 }, &[rows, rows]).unwrap();
    untouched(&passes::MergeConcats, &finish(b, y));
}

#[test]
fn a_map_per_channel_that_is_used_twice_stays() {
    let (mut b, x) = start(&[1, 6, 5, 4]);
    let y = batch_norm(&mut b, "first", x);
    let z = batch_norm(&mut b, "second", y);
    let y = b.node("sum", Binary::Add, &[y, z]).unwrap();
    let report = untouched(&passes::MergeAffines, &finish(b, y));
    assert_eq!(report.blocked[0].reason, "`first` is also used by `sum`");
}

#[test]
fn multiplying_by_one_is_nothing() {
    let (mut b, x) = start(&[1, 6, 5, 4]);
    let number = |b: &mut Builder, number: f32| b.constant(&number.to_string(), Tensor::f32([], vec![number]).unwrap());
    let (one, zero) = (number(&mut b, 1.0).unwrap(), number(&mut b, 0.0).unwrap());
    let y = b.node("act", Unary::Silu, &[x]).unwrap();
    let y = b.node("same", Binary::Mul, &[one, y]).unwrap();
    let y = b.node("same again", Binary::Sub, &[y, zero]).unwrap();
    let y = b.node("negative", Binary::Sub, &[zero, y]).unwrap();
    let (graph, _) = rewrite(&passes::EliminateIdentity, &finish(b, y));
    assert_eq!(histogram(&graph), [("Silu", 1), ("Sub", 1)]);
}

#[test]
fn a_constant_per_channel_goes_into_the_convolution_before_it() {
    use Binary::{Add, Div, Mul, Sub};
    for (op, constant_first) in
        [(Add, false), (Add, true), (Sub, false), (Sub, true), (Mul, false), (Mul, true), (Div, false)]
    {
        for shape in [&[1, 6, 1, 1][..], &[6, 1, 1], &[1, 1], &[]] {
            for circular in [false, true] {
                let (mut b, x) = start(&[2, 6, 5, 4]);
                let y = if circular {
                    gcc(&mut b, "gcc", 2, true, x)
                } else {
                    conv(&mut b, "conv", padded(1, 2), &[6, 3, 3, 3], true, x)
                };
                let c = constant(&mut b, "gamma", shape);
                let y = b.node("scale", op, &if constant_first { [c, y] } else { [y, c] }).unwrap();
                let y = b.node("shortcut", Binary::Add, &[x, y]).unwrap();
                let (graph, report) = rewrite(&passes::AffineAfterConv, &finish(b, y));
                let expected = [("Add", 1), (if circular { "CircularConv" } else { "Conv" }, 1)];
                assert_eq!((histogram(&graph), report.applied), (expected.to_vec(), 1));
            }
        }
    }
}

#[test]
fn arithmetic_that_is_no_map_per_channel_stays() {
    let untouched_by = |op: Binary, shape: &[usize], constant_first: bool| {
        let (mut b, x) = start(&[2, 2, 3, 4]);
        let y = conv(&mut b, "conv", Conv::pointwise(), &[2, 2, 1, 1], true, x);
        let c = constant(&mut b, "c", shape);
        let y = b.node("map", op, &if constant_first { [c, y] } else { [y, c] }).unwrap();
        assert!(untouched(&passes::AffineAfterConv, &finish(b, y)).blocked.is_empty(), "{shape:?}");
    };
    // Per image, row, column; of a rank that adds an axis.
    for shape in [&[2, 1, 1, 1][..], &[3, 1], &[4], &[1, 1, 2, 1, 1]] {
        untouched_by(Binary::Mul, shape, false);
    }
    untouched_by(Binary::Div, &[2, 1, 1], true);
    // The only channel is repeated.
    let (mut b, x) = start(&[1, 2, 3, 3]);
    let y = conv(&mut b, "conv", Conv::pointwise(), &[1, 2, 1, 1], true, x);
    let c = constant(&mut b, "c", &[1, 3, 1, 1]);
    let y = b.node("map", Binary::Mul, &[y, c]).unwrap();
    assert!(untouched(&passes::AffineAfterConv, &finish(b, y)).blocked.is_empty());
    // Others read what is scaled.
    let (mut b, x) = start(&[1, 2, 3, 3]);
    let y = conv(&mut b, "conv", Conv::pointwise(), &[2, 2, 1, 1], true, x);
    let c = constant(&mut b, "c", &[1, 2, 1, 1]);
    let z = b.node("scale", Binary::Mul, &[y, c]).unwrap();
    let z = b.node("add", Binary::Add, &[y, z]).unwrap();
    let report = untouched(&passes::AffineAfterConv, &finish(b, z));
    assert_eq!(report.blocked[0].reason, "`conv` is also used by `add`");
}

#[test]
fn a_convolution_that_others_read_keeps_its_batch_norm() {
    let (mut b, x) = start(&[1, 4, 3, 3]);
    let y = conv(&mut b, "conv", Conv::pointwise(), &[4, 4, 1, 1], false, x);
    let z = batch_norm(&mut b, "norm", y);
    let z = b.node("add", Binary::Add, &[y, z]).unwrap();
    let report = untouched(&passes::AffineAfterConv, &finish(b, z));
    assert_eq!(report.blocked[0].node, "norm");
    assert_eq!(report.blocked[0].reason, "`conv` is also used by `add`");

    let (mut b, x) = start(&[1, 4, 3, 3]);
    let y = b.node("act", Unary::Relu, &[x]).unwrap();
    let y = batch_norm(&mut b, "norm", y);
    assert!(untouched(&passes::AffineAfterConv, &finish(b, y)).blocked.is_empty());
}

#[test]
fn batch_norm_goes_into_the_convolution_behind_it() {
    for (group, bias) in [(1, true), (2, false), (6, false)] {
        let (mut b, x) = start(&[1, 6, 5, 4]);
        let y = batch_norm(&mut b, "norm", x);
        let y = conv(&mut b, "conv", padded(0, group), &[12, 6 / group, 3, 2], bias, y);
        let (graph, _) = rewrite(&passes::AffineBeforeConv, &finish(b, y));
        assert_eq!(histogram(&graph), [("Conv", 1)]);
    }
    for (axis, kernel) in [(2, [4, 1, 5, 1]), (3, [4, 1, 1, 3])] {
        let (mut b, x) = start(&[1, 4, 5, 7]);
        let y = batch_norm(&mut b, "norm", x);
        let y = conv(&mut b, "gcc", CircularConv { axis, group: 4 }, &kernel, false, y);
        let (graph, _) = rewrite(&passes::AffineBeforeConv, &finish(b, y));
        assert_eq!(histogram(&graph), [("CircularConv", 1)]);
    }
}

#[test]
fn zero_padding_keeps_the_batch_norm_before_it() {
    let (mut b, x) = start(&[1, 4, 5, 5]);
    let y = batch_norm(&mut b, "norm", x);
    let y = conv(&mut b, "conv", padded(1, 4), &[4, 1, 3, 3], false, y);
    let report = untouched(&passes::AffineBeforeConv, &finish(b, y));
    assert_eq!(report.blocked[0].reason, "zero padding does not see the shift of `norm`");
}

#[test]
fn constants_are_computed_once() {
    let (mut b, x) = start(&[1, 3, 4, 6]);
    let meta = constant(&mut b, "meta", &[3, 1, 8, 1]);
    let resize = Resize::linear(Coordinates::AlignCorners, vec![3, 1, 4, 1]);
    let kernel = b.node("instance", resize, &[meta]).unwrap();
    let y = b.node("gcc", CircularConv { axis: 2, group: 3 }, &[x, kernel]).unwrap();
    let graph = finish(b, y);
    let mut folded = graph.clone();
    assert_eq!(passes::run(&passes::FoldConstants::default(), &mut folded).unwrap().applied, 1);
    assert_eq!(histogram(&folded), [("CircularConv", 1)]);
    assert_eq!(evaluate(&folded), evaluate(&graph));

    let (mut b, x) = start(&[1, 3]);
    let y = b.node("act", Unary::Relu, &[x]).unwrap();
    untouched(&passes::FoldConstants::default(), &finish(b, y));
}

#[test]
fn identities_vanish() {
    let (mut b, x) = start(&[1, 3, 2, 2]);
    let y = b.node("identity", Unary::Identity, &[x]).unwrap();
    let y = b.node("slice", Slice { axis: 2, start: 0, end: 2, step: 1 }, &[y]).unwrap();
    let y = b.node("concat", Concat { axis: 1 }, &[y]).unwrap();
    let y = b.node("permute", Transpose { perm: vec![0, 1, 2, 3] }, &[y]).unwrap();
    let y = b.node("act", Unary::Relu, &[y]).unwrap();
    let (graph, report) = rewrite(&passes::EliminateIdentity, &finish(b, y));
    assert_eq!((histogram(&graph), report.applied), (vec![("Relu", 1)], 4));

    let (mut b, x) = start(&[1, 3, 2, 2]);
    let y = b.node("slice", Slice { axis: 2, start: 0, end: 1, step: 1 }, &[x]).unwrap();
    untouched(&passes::EliminateIdentity, &finish(b, y));
}

#[test]
fn equal_nodes_become_one() {
    let (mut b, x) = start(&[1, 3]);
    let first = b.node("first", Unary::Silu, &[x]).unwrap();
    let second = b.node("second", Unary::Silu, &[x]).unwrap();
    let y = b.node("add", Binary::Add, &[first, second]).unwrap();
    let (graph, _) = rewrite(&passes::MergeDuplicates, &finish(b, y));
    assert_eq!(histogram(&graph), [("Add", 1), ("Silu", 1)]);

    let (mut b, x) = start(&[1, 3]);
    let first = b.node("first", Unary::Silu, &[x]).unwrap();
    let second = b.node("second", Unary::Sigmoid, &[x]).unwrap();
    let y = b.node("add", Binary::Add, &[first, second]).unwrap();
    untouched(&passes::MergeDuplicates, &finish(b, y));
}

/// The definition, `y[i] = Σ_k kernel[k] · x[(i + k) mod F]`, computed here.
#[test]
fn circular_convolutions_wrap_around() {
    for (axis, taps, bias) in [(2, 5, false), (2, 3, true), (3, 4, false), (3, 1, true)] {
        let shape = [1, 2, 5, 4];
        let mut kernel = [2, 1, 1, 1];
        kernel[axis] = taps;
        let (mut b, x) = start(&shape);
        let y = conv(&mut b, "gcc", CircularConv { axis, group: 2 }, &kernel, bias, x);
        let graph = finish(b, y);
        let (x, weight) = (numbers(3, &shape), numbers("gcc.weight".len(), &kernel));
        let shift = numbers("gcc.bias".len(), &[2]);
        let found = evaluate(&graph);
        for (index, found) in found.iter().enumerate() {
            let at = [index / 20, index / 4 % 5, index % 4];
            let mut expected = if bias { shift.as_f32().unwrap()[at[0]] } else { 0.0 };
            for tap in 0..taps {
                let mut from = at;
                from[axis - 1] = (at[axis - 1] + tap) % shape[axis];
                let value = x.as_f32().unwrap()[from[0] * 20 + from[1] * 4 + from[2]];
                expected += weight.as_f32().unwrap()[at[0] * taps + tap] * value;
            }
            assert!((found - expected).abs() < 1e-5, "axis {axis}, {taps} taps: expected {expected}, found {found}");
        }
        let mut lowered = graph.clone();
        passes::run(&EXACT, &mut lowered).unwrap();
        let wrapped: &[(&str, usize)] = &[("Concat", 1), ("Conv", 1), ("Slice", 1)];
        assert_eq!(histogram(&lowered), if taps > 1 { wrapped } else { &[("Conv", 1)] });
    }
}

/// A depth-wise circular convolution with kernel `name.weight` as long as the map.
fn gcc(b: &mut Builder, name: &str, axis: usize, bias: bool, x: ValueId) -> ValueId {
    let (channels, length) = (b.shape(x)[1], b.shape(x)[axis]);
    let mut kernel = [channels, 1, 1, 1];
    kernel[axis] = length;
    conv(b, name, CircularConv { axis, group: channels }, &kernel, bias, x)
}

#[test]
fn constants_move_behind_circular_convolutions() {
    for shape in [[1, 3, 1, 1], [1, 3, 4, 1], [1, 3, 1, 5], [1, 1, 4, 5]] {
        for axis in [2, 3] {
            let (mut b, x) = start(&[2, 3, 4, 5]);
            let p = constant(&mut b, "p", &shape);
            let y = b.node("add", Binary::Add, &[x, p]).unwrap();
            let y = gcc(&mut b, "gcc", axis, true, y);
            let (graph, _) = rewrite(&passes::ConstantsBehindCircularConv, &finish(b, y));
            let names: Vec<_> = graph.nodes().map(|node| node.op.operator().name()).collect();
            assert_eq!(names, ["CircularConv", "Add"]);
        }
    }
    // The bias of one circular convolution moves behind the next.
    let (mut b, x) = start(&[1, 3, 4, 5]);
    let y = gcc(&mut b, "first", 2, true, x);
    let y = gcc(&mut b, "second", 3, false, y);
    let (graph, report) = rewrite(&passes::ConstantsBehindCircularConv, &finish(b, y));
    assert_eq!((histogram(&graph), report.applied), (vec![("Add", 1), ("CircularConv", 2)], 1));

    let (mut b, x) = start(&[1, 3, 4, 5]);
    let p = constant(&mut b, "p", &[1, 3, 4, 1]);
    let y = b.node("add", Binary::Add, &[x, p]).unwrap();
    let z = gcc(&mut b, "gcc", 2, false, y);
    let z = b.node("residual", Binary::Add, &[y, z]).unwrap();
    let report = untouched(&passes::ConstantsBehindCircularConv, &finish(b, z));
    assert_eq!(report.blocked[0].reason, "`add` is also used by `residual`");
}

#[test]
fn constants_add_up() {
    let (mut b, x) = start(&[1, 3, 4, 5]);
    let y = gcc(&mut b, "gcc", 2, true, x);
    let p = b.constant("bias_map", numbers(5, &[1, 3, 1, 1])).unwrap();
    let y = b.node("add_p", Binary::Add, &[y, p]).unwrap();
    let q = b.constant("column", numbers(6, &[1, 3, 4, 1])).unwrap();
    let y = b.node("add_q", Binary::Add, &[q, y]).unwrap();
    let r = b.constant("row", numbers(7, &[1, 1, 1, 5])).unwrap();
    let y = b.node("add_r", Binary::Add, &[y, r]).unwrap();
    let (graph, _) = rewrite(&passes::MergeConstants, &finish(b, y));
    assert_eq!(histogram(&graph), [("Add", 1), ("CircularConv", 1)]);

    let (mut b, x) = start(&[1, 3, 4, 5]);
    let y = gcc(&mut b, "gcc", 2, true, x);
    let q = constant(&mut b, "q", &[1, 3, 4, 1]);
    let y = b.node("add", Binary::Add, &[y, q]).unwrap();
    untouched(&passes::MergeConstants, &finish(b, y));
}

#[test]
fn circular_convolutions_run_along_h_first() {
    let (mut b, x) = start(&[1, 3, 4, 5]);
    let y = gcc(&mut b, "w", 3, false, x);
    let y = gcc(&mut b, "h", 2, true, y);
    let (graph, _) = rewrite(&passes::OrderCircularConvs, &finish(b, y));
    let names: Vec<_> = graph.nodes().map(|node| node.name.as_str()).collect();
    assert_eq!(names, ["h", "w"]);

    let (mut b, x) = start(&[1, 3, 4, 5]);
    let y = gcc(&mut b, "w", 3, true, x);
    let y = gcc(&mut b, "h", 2, false, y);
    assert_eq!(untouched(&passes::OrderCircularConvs, &finish(b, y)).blocked[0].reason, "`w` has a bias");
}

/// Two branches over the halves of `x`, joined again.
fn halves(
    first: impl Fn(&mut Builder, ValueId) -> ValueId,
    second: impl Fn(&mut Builder, ValueId) -> ValueId,
) -> Graph {
    let (mut b, x) = start(&[1, 6, 4, 5]);
    let split = edgeconv_graph::op::Split { axis: 1, sizes: vec![3, 3] };
    let parts = b.nodes("split", split, &[x]).unwrap();
    let y1 = b.scope("1", |b| first(b, parts[0]));
    let y2 = b.scope("2", |b| second(b, parts[1]));
    let y = b.node("concat", Concat { axis: 1 }, &[y1, y2]).unwrap();
    finish(b, y)
}

#[test]
fn halves_that_do_the_same_are_merged() {
    let branch = |b: &mut Builder, x: ValueId| {
        let y = gcc(b, "gcc", 2, true, x);
        let y = batch_norm(b, "norm", y);
        let y = conv(b, "dw", padded(1, 3), &[3, 1, 3, 3], false, y);
        let y = b.node("act", Unary::Silu, &[y]).unwrap();
        b.node("add", Binary::Add, &[x, y]).unwrap()
    };
    let (graph, _) = rewrite(&passes::MergeHalves, &halves(branch, branch));
    let expected = [("Add", 1), ("BatchNormalization", 1), ("CircularConv", 1), ("Conv", 1), ("Silu", 1)];
    assert_eq!(histogram(&graph), expected);
    // Maps that are broadcast along different axes become full ones.
    let plus = |shape: [usize; 4]| {
        move |b: &mut Builder, x: ValueId| {
            let map = constant(b, "map", &shape);
            b.node("add", Binary::Add, &[x, map]).unwrap()
        }
    };
    let (graph, _) = rewrite(&passes::MergeHalves, &halves(plus([1, 3, 4, 1]), plus([1, 3, 1, 5])));
    assert_eq!(histogram(&graph), [("Add", 1)]);
}

#[test]
fn halves_that_differ_stay_and_say_why() {
    let along = |axis: usize| move |b: &mut Builder, x: ValueId| gcc(b, "gcc", axis, false, x);
    let report = untouched(&passes::MergeHalves, &halves(along(2), along(3)));
    assert_eq!(report.blocked[0].reason, "`1.gcc` and `2.gcc` differ");
    // Swapped halves are not the identity.
    let (mut b, x) = start(&[1, 6, 4, 5]);
    let split = edgeconv_graph::op::Split { axis: 1, sizes: vec![3, 3] };
    let parts = b.nodes("split", split, &[x]).unwrap();
    let y = b.node("concat", Concat { axis: 1 }, &[parts[1], parts[0]]).unwrap();
    assert_eq!(untouched(&passes::MergeHalves, &finish(b, y)).blocked.len(), 1);
}

#[test]
fn hard_sigmoid_becomes_a_clip() {
    let (mut b, x) = start(&[1, 4, 2, 2]);
    let y = conv(&mut b, "conv", Conv::pointwise(), &[3, 4, 1, 1], true, x);
    let y = b.node("gate", Unary::HardSigmoid, &[y]).unwrap();
    let (graph, _) = rewrite(&mnn_passes::HardSigmoidIntoConv, &finish(b, y));
    assert_eq!(histogram(&graph), [("Clip", 1), ("Conv", 1)]);

    let (mut b, x) = start(&[1, 4, 2, 2]);
    let y = b.node("gate", Unary::HardSigmoid, &[x]).unwrap();
    untouched(&mnn_passes::HardSigmoidIntoConv, &finish(b, y));
}

#[test]
fn gelu_of_maps_becomes_one_by_sigmoid() {
    let build = |shape: &[usize]| {
        let (mut b, x) = start(shape);
        let y = b.node("act", Unary::Gelu, &[x]).unwrap();
        finish(b, y)
    };
    let graph = build(&[1, 3, 2, 4]);
    let (rewritten, _) = rewrite(&mnn_passes::GeluBySigmoid, &graph);
    assert_eq!(histogram(&rewritten), [("GeluBySigmoid", 1)]);
    let report = untouched(&mnn_passes::GeluBySigmoid, &build(&[1, 3, 2]));
    assert_eq!(report.blocked[0].reason, "it is on f32[1, 3, 2], only maps [N, C, H, W] are faster");
}

#[test]
fn convolutions_that_widen_each_channel_become_depthwise() {
    for (outputs, bias) in [(2, true), (3, false)] {
        let (mut b, x) = start(&[1, 4, 5, 3]);
        let y = conv(&mut b, "widen", padded(1, 4), &[4 * outputs, 1, 3, 3], bias, x);
        let y = b.node("act", Unary::Silu, &[y]).unwrap();
        let y = conv(&mut b, "dense", Conv::pointwise(), &[5, 4 * outputs, 1, 1], true, y);
        let (graph, _) = rewrite(&mnn_passes::GroupedConvToDepthwise, &finish(b, y));
        assert_eq!(histogram(&graph), [("Concat", 1), ("Conv", 2), ("Silu", 1)]);
    }
    let (mut b, x) = start(&[1, 4, 5, 3]);
    let y = conv(&mut b, "widen", padded(1, 4), &[8, 1, 3, 3], false, x);
    let y = b.node("pool", edgeconv_graph::op::GlobalAveragePool, &[y]).unwrap();
    let report = untouched(&mnn_passes::GroupedConvToDepthwise, &finish(b, y));
    assert_eq!(report.blocked[0].reason, "`pool` can't take up another channel order");
    let (mut b, x) = start(&[1, 4, 5, 3]);
    let y = conv(&mut b, "widen", padded(1, 4), &[8, 1, 3, 3], false, x);
    let y = b.node("twice", Concat { axis: 1 }, &[y, y]).unwrap();
    let y = conv(&mut b, "dense", Conv::pointwise(), &[5, 16, 1, 1], true, y);
    let report = untouched(&mnn_passes::GroupedConvToDepthwise, &finish(b, y));
    assert_eq!(report.blocked[0].reason, "`widen` is used more than once");
}

#[test]
fn convolutions_that_narrow_groups_of_channels_become_depthwise() {
    let narrow = |inputs: usize, kernel: [usize; 2], op: Conv, bias: bool| {
        let (mut b, x) = start(&[2, 6 * inputs, 5, 4]);
        let y = conv(&mut b, "narrow", Conv { group: 6, ..op }, &[6, inputs, kernel[0], kernel[1]], bias, x);
        finish(b, y)
    };
    for inputs in [2, 3] {
        let (graph, _) = rewrite(&mnn_passes::GroupedConvToDepthwise, &narrow(inputs, [1, 1], Conv::pointwise(), true));
        assert_eq!(histogram(&graph), [("Conv", 1), ("Reshape", 1)]);
    }
    let row = Conv { pads: vec![0, 2, 0, 1], strides: vec![2, 1], dilations: vec![1, 2], ..Conv::pointwise() };
    let (graph, _) = rewrite(&mnn_passes::GroupedConvToDepthwise, &narrow(2, [1, 3], row.clone(), false));
    assert_eq!(histogram(&graph), [("Conv", 1), ("Reshape", 1)]);
    for (kernel, op) in [([3, 2], row), ([1, 1], padded(1, 6))] {
        let (graph, _) = rewrite(&mnn_passes::GroupedConvToDepthwise, &narrow(2, kernel, op, true));
        assert_eq!(histogram(&graph), [("Conv", 2), ("Reshape", 1)]);
    }

    let report = untouched(&mnn_passes::GroupedConvToDepthwise, &narrow(5, [1, 1], Conv::pointwise(), false));
    assert_eq!(report.blocked[0].reason, "each group reads 5 and writes 1 channels");
    // Dense, and already depth-wise: none of its business.
    for (group, kernel) in [(1, [6, 6, 1, 1]), (6, [6, 1, 1, 1])] {
        let (mut b, x) = start(&[1, 6, 5, 4]);
        let y = conv(&mut b, "other", Conv { group, ..Conv::pointwise() }, &kernel, false, x);
        assert!(untouched(&mnn_passes::GroupedConvToDepthwise, &finish(b, y)).blocked.is_empty());
    }
}

#[test]
fn groups_that_read_and_write_several_channels_become_depthwise() {
    for (reads, writes, kernel, pad) in [(2, 3, 3, 1), (3, 2, 1, 0)] {
        let (mut b, x) = start(&[1, 4 * reads, 5, 3]);
        let y = conv(&mut b, "grouped", padded(pad, 4), &[4 * writes, reads, kernel, kernel], true, x);
        let y = b.node("act", Unary::Silu, &[y]).unwrap();
        // The dense convolution sees them between others.
        let others = b.node("others", Unary::Relu, &[x]).unwrap();
        let y = b.node("concat", Concat { axis: 1 }, &[others, y, x]).unwrap();
        let y = conv(&mut b, "dense", padded(1, 1), &[5, 4 * (2 * reads + writes), 3, 3], true, y);
        let (graph, _) = rewrite(&mnn_passes::GroupedConvToDepthwise, &finish(b, y));
        let convs = if kernel == 1 { 2 } else { 3 };
        assert_eq!(histogram(&graph), [("Concat", 2), ("Conv", convs), ("Relu", 1), ("Reshape", 1), ("Silu", 1)]);
    }
}

#[test]
fn taps_that_see_only_padding_go() {
    let dilated = |dilations: [usize; 2], pads: [usize; 4], strides: [usize; 2]| {
        let (mut b, x) = start(&[1, 2, 5, 7]);
        let op = Conv { strides: strides.to_vec(), pads: pads.to_vec(), dilations: dilations.to_vec(), group: 1 };
        let y = conv(&mut b, "conv", op, &[3, 2, 3, 3], true, x);
        finish(b, y)
    };
    let kernel = |graph: &Graph| graph.ty(graph.node(graph.order()[0]).inputs[1]).shape[2..].to_vec();
    for (dilations, pads, strides, expected) in [
        ([6, 6], [6; 4], [1, 1], [1, 3]),
        ([8, 9], [8, 9, 8, 9], [2, 1], [1, 1]),
        ([5, 1], [5, 0, 9, 0], [1, 2], [2, 3]),
    ] {
        let (graph, _) = rewrite(&passes::TrimKernels, &dilated(dilations, pads, strides));
        assert_eq!(kernel(&graph), expected, "{dilations:?}");
    }
    // Each tap sees a row and a column; and outputs of padding alone, which stay.
    for (dilations, pads) in [([4, 6], [4, 6, 4, 6]), ([1, 1], [3, 3, 3, 3])] {
        untouched(&passes::TrimKernels, &dilated(dilations, pads, [1, 1]));
    }
}

#[test]
fn linear_layers_over_the_last_axis_become_convolutions() {
    use edgeconv_graph::op::MatMul;
    let build = |bias: Option<&[usize]>, used_twice: bool| {
        let (mut b, x) = start(&[2, 3, 4]);
        let weight = constant(&mut b, "weight", &[4, 5]);
        let product = b.node("product", MatMul, &[x, weight]).unwrap();
        let mut y = product;
        if let Some(shape) = bias {
            let bias = constant(&mut b, "bias", shape);
            y = b.node("linear", Binary::Add, &[bias, y]).unwrap();
        }
        if used_twice {
            y = b.node("twice", Binary::Add, &[product, y]).unwrap();
        }
        finish(b, y)
    };
    for graph in [build(None, false), build(Some(&[5]), false), build(Some(&[1, 1, 5]), false)] {
        let (graph, _) = rewrite(&mnn_passes::MatMulToConv, &graph);
        assert_eq!(histogram(&graph), [("Conv", 1), ("Reshape", 2)]);
    }
    // What is not a bias, or not only that, stays an addition.
    for graph in [build(Some(&[3, 1]), false), build(Some(&[2, 1, 5]), false), build(Some(&[5]), true)] {
        let (graph, _) = rewrite(&mnn_passes::MatMulToConv, &graph);
        assert!(graph.histogram()["Add"] > 0);
    }
    let (mut b, x) = start(&[2, 4, 4]);
    let y = b.node("product", MatMul, &[x, x]).unwrap();
    let report = untouched(&mnn_passes::MatMulToConv, &finish(b, y));
    assert_eq!(report.blocked[0].reason, "it multiplies by no constant matrix");
}

#[test]
fn reshapes_between_layers_vanish() {
    let reshape = |b: &mut Builder, name: &str, shape: &[usize], x| {
        b.node(name, Reshape { shape: shape.to_vec() }, &[x]).unwrap()
    };
    let (mut b, x) = start(&[6, 4, 1, 1]);
    let y = reshape(&mut b, "tokens", &[2, 3, 4], x);
    let y = b.node("act", Unary::Silu, &[y]).unwrap();
    let y = reshape(&mut b, "pixels", &[6, 4, 1, 1], y);
    let (graph, _) = rewrite(&mnn_passes::UnaryBeforeReshape, &finish(b, y));
    let (graph, _) = rewrite(&mnn_passes::MergeReshapes, &graph);
    assert_eq!(histogram(&graph), [("Silu", 1)]);

    let (mut b, x) = start(&[6, 4]);
    let y = reshape(&mut b, "first", &[2, 12], x);
    let y = reshape(&mut b, "second", &[3, 8], y);
    let (graph, _) = rewrite(&mnn_passes::MergeReshapes, &finish(b, y));
    assert_eq!(histogram(&graph), [("Reshape", 1)]);

    let (mut b, x) = start(&[6, 4]);
    let y = reshape(&mut b, "first", &[3, 8], x);
    let z = b.node("act", Unary::Silu, &[y]).unwrap();
    let y = b.node("add", Binary::Add, &[y, z]).unwrap();
    let report = untouched(&mnn_passes::UnaryBeforeReshape, &finish(b, y));
    assert_eq!(report.blocked[0].reason, "`first` is also used by `add`");
}

#[test]
fn a_linear_layer_is_a_convolution() {
    use edgeconv_graph::op::{Flatten, Gemm, GlobalAveragePool};
    let (mut b, x) = start(&[2, 4, 3, 1]);
    let y = b.node("pool", GlobalAveragePool, &[x]).unwrap();
    let y = b.node("flatten", Flatten { axis: 1 }, &[y]).unwrap();
    let weight = constant(&mut b, "weight", &[5, 4]);
    let bias = constant(&mut b, "bias", &[5]);
    let y = b.node("fc", Gemm, &[y, weight, bias]).unwrap();
    let (graph, _) = rewrite(&mnn_passes::GemmToConv, &finish(b, y));
    let (graph, _) = rewrite(&mnn_passes::MergeReshapes, &graph);
    assert_eq!(histogram(&graph), [("Conv", 1), ("GlobalAveragePool", 1), ("Reshape", 1)]);
}

#[test]
fn between_two_linear_layers_is_no_reshape() {
    use edgeconv_graph::op::Gemm;
    let (mut b, x) = start(&[3, 4]);
    let [first, second] = [constant(&mut b, "first.weight", &[6, 4]), constant(&mut b, "second.weight", &[2, 6])];
    let y = b.node("first", Gemm, &[x, first]).unwrap();
    let y = b.node("act", Unary::Silu, &[y]).unwrap();
    let y = b.node("second", Gemm, &[y, second]).unwrap();
    let (mut graph, _) = rewrite(&mnn_passes::GemmToConv, &finish(b, y));
    for pass in [&mnn_passes::UnaryBeforeReshape as &dyn Pass, &mnn_passes::MergeReshapes] {
        graph = rewrite(pass, &graph).0;
    }
    assert_eq!(histogram(&graph), [("Conv", 2), ("Reshape", 2), ("Silu", 1)]);
}

#[test]
fn parallel_convolutions_are_one() {
    // Kernel, padding, dilation, and groups of the two; and the other way round.
    let square = |pads: usize, group: usize| padded(pads, group);
    let dilated = Conv { pads: vec![2; 4], dilations: vec![2; 2], ..square(0, 1) };
    let uneven = Conv { pads: vec![1, 0, 0, 1], ..square(0, 1) };
    let strided = |pads: usize| Conv { strides: vec![2; 2], ..square(pads, 1) };
    let cases: [([Conv; 2], [&[usize]; 2]); 6] = [
        ([square(1, 1), square(0, 1)], [&[6, 6, 3, 3], &[6, 6, 1, 1]]),
        ([square(2, 3), square(1, 3)], [&[6, 2, 5, 5], &[6, 2, 3, 3]]),
        ([square(1, 6), square(1, 6)], [&[12, 1, 3, 3], &[12, 1, 3, 3]]),
        ([square(2, 1), dilated], [&[4, 6, 5, 5], &[4, 6, 3, 3]]),
        ([square(1, 1), uneven], [&[4, 6, 3, 3], &[4, 6, 2, 2]]),
        ([strided(1), strided(0)], [&[4, 6, 3, 3], &[4, 6, 1, 1]]),
    ];
    for (convs, kernels) in cases {
        for order in [[0, 1], [1, 0]] {
            let (mut b, x) = start(&[2, 6, 7, 8]);
            let [first, second] = order.map(|index| {
                conv(&mut b, &format!("conv{index}"), convs[index].clone(), kernels[index], index == 0, x)
            });
            let y = b.node("sum", Binary::Add, &[first, second]).unwrap();
            let (graph, _) = rewrite(&passes::MergeParallelConvs, &finish(b, y));
            assert_eq!(histogram(&graph), [("Conv", 1)], "{convs:?}");
        }
    }
}

#[test]
fn a_map_and_its_norm_join_the_convolution_of_it() {
    for group in [1, 2, 6] {
        let (mut b, x) = start(&[2, 6, 5, 4]);
        let y = conv(&mut b, "conv", padded(1, group), &[6, 6 / group, 3, 3], true, x);
        let norm = batch_norm(&mut b, "norm", x);
        let y = b.node("sum", Binary::Add, &[norm, y]).unwrap();
        let y = b.node("residual", Binary::Add, &[y, x]).unwrap();
        let (graph, report) = rewrite(&passes::MergeParallelConvs, &finish(b, y));
        assert_eq!(histogram(&graph), [("Conv", 1)]);
        assert_eq!(report.applied, 2);
    }
}

#[test]
fn sums_that_are_no_convolution_stay() {
    let sum = |left: (Conv, &[usize]), right: (Conv, &[usize])| {
        let (mut b, x) = start(&[1, 4, 6, 6]);
        let left = conv(&mut b, "left", left.0, left.1, false, x);
        let right = conv(&mut b, "right", right.0, right.1, false, x);
        let y = b.node("sum", Binary::Add, &[left, right]).unwrap();
        finish(b, y)
    };
    // A row and a column: together they would have more taps than apart.
    let row = (Conv { pads: vec![0, 1, 0, 1], ..padded(0, 1) }, &[4, 4, 1, 3][..]);
    let column = (Conv { pads: vec![1, 0, 1, 0], ..padded(0, 1) }, &[4, 4, 3, 1][..]);
    let report = untouched(&passes::MergeParallelConvs, &sum(row, column));
    assert!(report.blocked[0].reason.contains("place for all taps"), "{report:?}");
    // Groups differ.
    untouched(&passes::MergeParallelConvs, &sum((padded(1, 4), &[4, 1, 3, 3]), (padded(0, 1), &[4, 4, 1, 1])));
    // A convolution of something else, and one that others read.
    for other in [false, true] {
        let (mut b, x) = start(&[1, 4, 6, 6]);
        let first = conv(&mut b, "first", padded(1, 1), &[4, 4, 3, 3], false, x);
        let data = if other { b.node("data", Unary::Relu, &[x]).unwrap() } else { x };
        let second = conv(&mut b, "second", padded(1, 1), &[4, 4, 3, 3], false, data);
        let y = b.node("sum", Binary::Add, &[first, second]).unwrap();
        let y = if other { y } else { b.node("again", Binary::Mul, &[y, first]).unwrap() };
        untouched(&passes::MergeParallelConvs, &finish(b, y));
    }
    // A stride takes some elements only.
    let (mut b, x) = start(&[1, 4, 1, 1]);
    let strided = Conv { strides: vec![2; 2], ..padded(1, 1) };
    let y = conv(&mut b, "strided", strided, &[4, 4, 3, 3], false, x);
    let y = b.node("sum", Binary::Add, &[y, x]).unwrap();
    untouched(&passes::MergeParallelConvs, &finish(b, y));
}

fn pad(b: &mut Builder, number: f32, pads: [[usize; 2]; 4], x: ValueId) -> ValueId {
    b.node("pad", Pad { mode: PadMode::Constant(number), pads: pads.to_vec() }, &[x]).unwrap()
}

#[test]
fn padding_goes_into_what_reads_it() {
    let (mut b, x) = start(&[2, 3, 5, 6]);
    let y = pad(&mut b, 0.0, [[0, 0], [0, 0], [0, 1], [1, 0]], x);
    let same = Conv { strides: vec![2; 2], pads: vec![0, 0, 1, 1], dilations: vec![1; 2], group: 1 };
    let y = conv(&mut b, "conv", same, &[4, 3, 3, 3], true, y);
    let (graph, _) = rewrite(&passes::PadIntoConv, &finish(b, y));
    assert_eq!(histogram(&graph), [("Conv", 1)]);
    assert!(matches!(&graph.node(graph.order()[0]).op, Op::Conv(conv) if conv.pads == [0, 1, 2, 1]));

    let (mut b, x) = start(&[2, 3, 5, 6]);
    let y = pad(&mut b, f32::NEG_INFINITY, [[0, 0], [0, 0], [1, 0], [0, 1]], x);
    let y = b.node("pool", Pool { kind: PoolKind::Max, kernel: [3, 2], strides: [1, 1], pads: [0; 4] }, &[y]).unwrap();
    let (graph, _) = rewrite(&passes::PadIntoConv, &finish(b, y));
    assert_eq!(histogram(&graph), [("MaxPool", 1)]);
}

#[test]
fn other_padding_stays() {
    let rows = [[0, 0], [0, 0], [1, 1], [0, 0]];
    for (number, pads, reason) in [
        (1.0, rows, "`pad` adds something else than padding"),
        (0.0, [[0, 0], [1, 0], [0, 0], [0, 0]], "`pad` adds something else than padding"),
        (0.0, [[0, 0], [0, 0], [0, 0], [0, 3]], "`pad` pads by a whole window"),
    ] {
        let (mut b, x) = start(&[1, 3, 5, 6]);
        let y = pad(&mut b, number, pads, x);
        let channels = b.shape(y)[1];
        let y = conv(&mut b, "conv", padded(0, 1), &[2, channels, 3, 3], false, y);
        let report = untouched(&passes::PadIntoConv, &finish(b, y));
        assert_eq!(report.blocked[0].reason, reason);
    }
    let (mut b, x) = start(&[1, 3, 5, 6]);
    let y = pad(&mut b, 0.0, rows, x);
    let y = b.node("pool", Pool { kind: PoolKind::Max, kernel: [3, 2], strides: [1, 1], pads: [0; 4] }, &[y]).unwrap();
    untouched(&passes::PadIntoConv, &finish(b, y));
}

/// A 1×1 convolution, a depth-wise one as `strip` says, a 1×1 convolution, and activations between them, on `[1, 2, height, 6]`.
fn chain(height: usize, strip: &Conv, kernel: usize) -> Graph {
    let (mut b, x) = start(&[1, 2, height, 6]);
    let y = conv(&mut b, "exp", Conv::pointwise(), &[8, 2, 1, 1], true, x);
    let y = b.node("exp_act", Unary::Silu, &[y]).unwrap();
    let y = conv(&mut b, "dw", strip.clone(), &[8, 1, kernel, kernel], true, y);
    let y = b.node("act", Unary::HardSwish, &[y]).unwrap();
    let y = conv(&mut b, "red", Conv::pointwise(), &[3, 8, 1, 1], false, y);
    finish(b, y)
}

proptest! {
    #![proptest_config(edgeconv_test_support::cases(256))]

    /// Bit for bit, since each number is computed by the same arithmetic; strides, dilations and paddings of all kinds, as long
    /// as each strip reads a row.
    #[test]
    fn strips_compute_the_same(
        height in 20usize..150, stride in 1usize..4, kernel in prop::sample::select(vec![1usize, 3, 5]),
        dilation in 1usize..3, top in 0usize..5, bottom in 0usize..5, cache_bytes in 500usize..9000,
    ) {
        let reach = dilation * (kernel - 1) + 1;
        let (left, right) = (kernel, kernel); // W is not cut, so it may have any padding
        let pads = vec![top.min(reach - 1), left, bottom.min(reach - 1), right];
        let depthwise = Conv { strides: vec![stride; 2], pads, dilations: vec![dilation, 1], group: 8 };
        let graph = chain(height, &depthwise, kernel);
        let (blocked, report) = rewrite(&mnn_passes::BlockForCache { cache_bytes }, &graph);
        prop_assert_eq!(evaluate(&blocked), evaluate(&graph));
        let rows = graph.ty(graph.outputs()[0].value).shape[2];
        let largest = graph.nodes().map(|node| 4 * graph.ty(node.outputs[0]).len()).max().unwrap();
        let strips = ((largest + cache_bytes) / (2 * cache_bytes)).min(rows / 16);
        let expected = if strips > 1 { (1, 6 * strips + 1) } else { (0, 5) };
        prop_assert_eq!((report.applied, blocked.nodes().len()), expected);
        prop_assert_eq!(blocked.value(blocked.outputs()[0].value).origin.as_deref(), Some("red"));
    }
}

#[test]
fn strips_run_one_after_the_other_and_share_weights() {
    let graph = chain(40, &padded(1, 8), 3);
    let (blocked, _) = rewrite(&mnn_passes::BlockForCache { cache_bytes: 2000 }, &graph);
    assert_eq!(histogram(&blocked), [("Concat", 1), ("Conv", 6), ("HardSwish", 2), ("Silu", 2), ("Slice", 2)]);
    let names: Vec<_> = blocked.nodes().map(|node| node.name.as_str()).collect();
    let strip = |i| {
        ["exp.strip_I_rows", "exp.strip_I", "exp_act.strip_I", "dw.strip_I", "act.strip_I", "red.strip_I"]
            .map(|name| name.replace('I', i))
    };
    assert_eq!(names, [&strip("0")[..], &strip("1")[..], &["red.strips".to_owned()]].concat());
    assert_eq!(blocked.used_constants().len(), graph.used_constants().len());
    // The pieces stand for nothing in the original network, what is joined for the chain's result.
    let origins: Vec<_> = blocked.nodes().filter_map(|n| blocked.value(n.outputs[0]).origin.as_deref()).collect();
    assert_eq!(origins, ["red"]);
    // Zeros only at the real borders.
    let pads = blocked.nodes().filter(|node| node.name.starts_with("dw")).map(|node| match &node.op {
        Op::Conv(conv) => conv.pads.clone(),
        other => panic!("expected a convolution, found {other:?}"),
    });
    assert_eq!(pads.collect::<Vec<_>>(), [[1, 1, 0, 1], [0, 1, 1, 1]]);
}

/// An inverted residual reads the joined map twice; its own chain is cut all the same.
#[test]
fn a_chain_behind_joined_strips_is_cut_too() {
    let (mut b, x) = start(&[1, 2, 64, 6]);
    let mut y = x;
    for block in ["a", "b"] {
        let z = conv(&mut b, &format!("{block}.exp"), Conv::pointwise(), &[8, 2, 1, 1], true, y);
        let z = conv(&mut b, &format!("{block}.dw"), padded(1, 8), &[8, 1, 3, 3], true, z);
        let z = conv(&mut b, &format!("{block}.red"), Conv::pointwise(), &[2, 8, 1, 1], true, z);
        y = if block == "a" { z } else { b.node("add", Binary::Add, &[y, z]).unwrap() };
    }
    let graph = finish(b, y);
    let (blocked, report) = rewrite(&mnn_passes::BlockForCache { cache_bytes: 2000 }, &graph);
    assert_eq!(evaluate(&blocked), evaluate(&graph));
    assert_eq!(report.applied, 2);
}

#[test]
fn chains_that_stay_whole_say_why() {
    let pass = |cache_bytes| mnn_passes::BlockForCache { cache_bytes };
    let reasons = |report: PassReport| report.blocked.into_iter().map(|blocked| blocked.reason).collect::<Vec<_>>();
    // What fits has nothing to say, nor has a pass that is turned off.
    for cache_bytes in [1 << 20, 0] {
        assert!(reasons(untouched(&pass(cache_bytes), &chain(32, &padded(1, 8), 3))).is_empty());
    }
    let thin = reasons(untouched(&pass(100), &chain(31, &padded(1, 8), 3)));
    assert_eq!(thin, ["strips of its 31 rows would be thinner than 16"]);

    let (mut b, x) = start(&[1, 2, 32, 32]);
    let y = conv(&mut b, "exp", Conv::pointwise(), &[8, 2, 1, 1], true, x);
    let z = b.node("act", Unary::Silu, &[y]).unwrap();
    let z = conv(&mut b, "dw", padded(1, 8), &[8, 1, 3, 3], true, z);
    let z = b.node("add", Binary::Add, &[y, z]).unwrap();
    let shared = reasons(untouched(&pass(1024), &finish(b, z)));
    assert_eq!(shared, ["`exp` is also used by `add`"]);

    let (mut b, x) = start(&[1, 2, 32, 32]);
    let y = conv(&mut b, "exp", Conv::pointwise(), &[8, 2, 1, 1], true, x);
    let z = b.node("act", Unary::Silu, &[y]).unwrap();
    let z = b.node("act2", Unary::Relu, &[z]).unwrap();
    b.output("early", y);
    let returned = reasons(untouched(&pass(1024), &finish(b, z)));
    assert_eq!(returned, ["`exp` is also an output of the graph"]);
}

/// Padding as large as the kernel's reach: the first and last rows of the result see nothing but zeros.
#[test]
fn a_convolution_with_rows_of_padding_only_is_not_cut() {
    for pads in [vec![3, 1, 1, 1], vec![1, 1, 3, 1]] {
        let wide = Conv { pads, ..padded(1, 8) };
        assert!(untouched(&mnn_passes::BlockForCache { cache_bytes: 100 }, &chain(64, &wide, 3)).blocked.is_empty());
    }
}

/// A map that serves as a kernel is needed whole.
#[test]
fn a_computed_kernel_is_not_cut() {
    let (mut b, x) = start(&[8, 8, 48, 3]);
    let y = b.node("a", Unary::Silu, &[x]).unwrap();
    let y = b.node("b", Unary::Silu, &[y]).unwrap();
    let y = b.node("conv", Conv { pads: vec![24, 1, 24, 1], ..Conv::pointwise() }, &[x, y]).unwrap();
    untouched(&mnn_passes::BlockForCache { cache_bytes: 100 }, &finish(b, y));
}
#[test]
fn all_lowerings_of_a_circular_convolution_compute_the_same() {
    for (axis, taps, bias) in [(2, 5, false), (2, 3, true), (3, 7, true), (3, 4, false), (2, 1, false)] {
        let mut kernel = [3, 1, 1, 1];
        kernel[axis] = taps;
        let (mut b, x) = start(&[2, 3, 5, 7]);
        let y = conv(&mut b, "gcc", CircularConv { axis, group: 3 }, &kernel, bias, x);
        let graph = finish(b, y);
        for lowering in LOWERINGS {
            let (lowered, _) = rewrite(&LowerCircularConv { lowering: Some(lowering), in_integers: false }, &graph);
            let expected: &[(&str, usize)] = match (lowering, bias) {
                (Lowering::SliceConcat, _) if taps > 1 => &[("Concat", 1), ("Conv", 1), ("Slice", 1)],
                (Lowering::SliceConcat | Lowering::ZeroPadded, _) => &[("Conv", 1)],
                (Lowering::Circulant, false) => &[("MatMul", 1)],
                (Lowering::Circulant, true) => &[("Add", 1), ("MatMul", 1)],
                (other, _) => panic!("{other:?} is not in this list"),
            };
            assert_eq!(histogram(&lowered), expected, "{lowering:?}");
        }
    }
    // A dense kernel has one form only.
    let (mut b, x) = start(&[1, 4, 5, 7]);
    let y = conv(&mut b, "gcc", CircularConv { axis: 2, group: 2 }, &[6, 2, 5, 1], true, x);
    let graph = finish(b, y);
    for lowering in LOWERINGS {
        let (lowered, _) = rewrite(&LowerCircularConv { lowering: Some(lowering), in_integers: false }, &graph);
        assert_eq!(lowered.histogram()["Conv"], 1);
    }
}

fn transpose(b: &mut Builder, name: &str, perm: &[usize], x: ValueId) -> ValueId {
    b.node(name, Transpose { perm: perm.to_vec() }, &[x]).unwrap()
}

/// What may stand between two transpositions, on `[N, H, W, C]`.
#[test]
fn transpositions_that_undo_each_other_go() {
    let (to_last, to_second) = ([0, 2, 3, 1], [0, 3, 1, 2]);
    type Step = fn(&mut Builder, ValueId) -> ValueId;
    let steps: [(&str, Step); 12] = [
        ("Silu", |b, x| b.node("step", Unary::Silu, &[x]).unwrap()),
        ("Clip", |b, x| b.node("step", Clip { min: -0.5, max: 0.5 }, &[x]).unwrap()),
        ("Add", |b, x| {
            let bias = constant(b, "bias", &[3]);
            b.node("step", Binary::Add, &[x, bias]).unwrap()
        }),
        ("Mul", |b, x| {
            let number = b.constant("number", Tensor::scalar(2.5)).unwrap();
            b.node("step", Binary::Mul, &[number, x]).unwrap()
        }),
        ("Slice", |b, x| b.node("step", Slice { axis: 3, start: 1, end: 3, step: 1 }, &[x]).unwrap()),
        ("Concat", |b, x| {
            let rows = constant(b, "rows", &[2, 1, 5, 3]);
            b.node("step", Concat { axis: 1 }, &[x, rows]).unwrap()
        }),
        ("Gather", |b, x| {
            let indices = b.constant("indices", Tensor::indices(vec![2, 0, 1, 1])).unwrap();
            b.node("step", Gather { axis: 2 }, &[x, indices]).unwrap()
        }),
        ("Pad", |b, x| {
            let pads = vec![[0, 0], [1, 2], [0, 1], [0, 0]];
            b.node("step", Pad { mode: PadMode::Constant(0.0), pads }, &[x]).unwrap()
        }),
        ("ReduceMean", |b, x| b.node("step", Reduce { kind: ReduceKind::Mean, axes: vec![1, 2] }, &[x]).unwrap()),
        ("Softmax", |b, x| b.node("step", Softmax { axis: 3 }, &[x]).unwrap()),
        ("Split", |b, x| b.nodes("step", Split { axis: 3, sizes: vec![1, 2] }, &[x]).unwrap()[1]),
        ("Expand", |b, x| {
            let one = b.node("one", Reduce { kind: ReduceKind::Max, axes: vec![1] }, &[x]).unwrap();
            b.node("step", Expand { shape: vec![2, 6, 5, 3] }, &[one]).unwrap()
        }),
    ];
    for (op, step) in steps {
        let (mut b, x) = start(&[2, 3, 4, 5]);
        let y = transpose(&mut b, "to_last", &to_last, x);
        let y = step(&mut b, y);
        let y = transpose(&mut b, "to_second", &to_second, y);
        let (graph, report) = rewrite(&passes::CancelTransposes, &finish(b, y));
        assert_eq!(report.applied, 1, "{op}");
        assert!(!graph.histogram().contains_key("Transpose"), "{op}: {graph:?}");
    }
}

#[test]
fn convolutions_and_pools_of_maps_on_their_side_are_turned() {
    let side = [0, 1, 3, 2];
    let uneven = Conv { strides: vec![1, 2], pads: vec![1, 0, 2, 1], dilations: vec![2, 1], group: 3 };
    let pool = Pool { kind: PoolKind::Average, kernel: [2, 3], strides: [2, 1], pads: [1, 2, 0, 1] };
    for case in 0..4 {
        let (mut b, x) = start(&[2, 3, 6, 7]);
        let y = transpose(&mut b, "on_its_side", &side, x);
        let y = match case {
            0 => conv(&mut b, "conv", uneven.clone(), &[6, 1, 3, 2], true, y),
            1 => conv(&mut b, "gcc", CircularConv { axis: 3, group: 3 }, &[3, 1, 1, 6], true, y),
            2 => b.node("pool", pool, &[y]).unwrap(),
            _ => batch_norm(&mut b, "norm", y),
        };
        let y = transpose(&mut b, "back", &side, y);
        let (graph, _) = rewrite(&passes::CancelTransposes, &finish(b, y));
        assert_eq!(graph.nodes().len(), 1, "{graph:?}");
    }
}

#[test]
fn transpositions_that_are_needed_stay() {
    let (mut b, x) = start(&[2, 3, 4, 5]);
    let y = transpose(&mut b, "first", &[0, 2, 3, 1], x);
    let y = b.node("act", Unary::Silu, &[y]).unwrap();
    let turned = transpose(&mut b, "second", &[0, 3, 2, 1], y);
    let z = b.node("again", Unary::Silu, &[turned]).unwrap();
    untouched(&passes::CancelTransposes, &finish(b, z));
    // Others read what is between.
    let (mut b, x) = start(&[2, 3, 4, 5]);
    let y = transpose(&mut b, "first", &[0, 2, 3, 1], x);
    let y = b.node("act", Unary::Silu, &[y]).unwrap();
    b.output("between", y);
    let z = transpose(&mut b, "second", &[0, 3, 1, 2], y);
    untouched(&passes::CancelTransposes, &finish(b, z));
    // Two in a row are one.
    let (mut b, x) = start(&[2, 3, 4, 5]);
    let y = transpose(&mut b, "first", &[0, 2, 3, 1], x);
    let y = transpose(&mut b, "second", &[1, 0, 2, 3], y);
    let (graph, _) = rewrite(&passes::CancelTransposes, &finish(b, y));
    assert_eq!(histogram(&graph), [("Transpose", 1)]);
}

/// A kind of convolution in `group` groups, each of which reads and writes that many channels; its kernel's first two dimensions.
fn any_conv(kind: usize, group: usize, [reads, writes]: [usize; 2], pad: usize) -> (Op, [usize; 2]) {
    let (inputs, outputs) = (group * reads, group * writes);
    match kind {
        0 => (padded(pad, group).into(), [outputs, reads]),
        1 => (CircularConv { axis: 2, group }.into(), [outputs, reads]),
        _ => (ConvTranspose { group, pads: vec![pad; 4], ..ConvTranspose::pointwise() }.into(), [inputs, writes]),
    }
}

/// Arithmetic with a number, or with one per channel.
fn arithmetic(b: &mut Builder, name: &str, op: Binary, per_channel: bool, x: ValueId) -> ValueId {
    let shape = if per_channel { vec![1, b.shape(x)[1], 1, 1] } else { vec![] };
    let operand = constant(b, &format!("{name}.operand"), &shape);
    b.node(name, op, &[x, operand]).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    /// Whatever channels a kernel connects: each pass that touches weights leaves the network as it was.
    #[test]
    fn passes_know_the_channels_of_each_kind_of_kernel(
        kind in 0usize..3, group in 1usize..4, channels in prop::array::uniform2(1usize..4), pad in 0usize..2,
        before in prop::option::of((prop::sample::select(vec![Binary::Mul, Binary::Add, Binary::Sub]), any::<bool>())),
        after in prop::option::of((prop::sample::select(vec![Binary::Mul, Binary::Add, Binary::Sub]), any::<bool>())),
        bias: bool, parallel: bool, hard_sigmoid: bool,
    ) {
        let (op, [rows, columns]) = any_conv(kind, group, channels, pad);
        let (mut b, x) = start(&[2, group * channels[0], 4, 5]);
        let mut y = x;
        if let Some((op, per_channel)) = before {
            y = arithmetic(&mut b, "before", op, per_channel, y);
        }
        let data = y;
        let convolution = |name: &str, b: &mut Builder| {
            let mut inputs = vec![data, constant(b, &format!("{name}.weight"), &[rows, columns, 3, if kind == 1 { 1 } else { 3 }])];
            if bias {
                inputs.push(constant(b, &format!("{name}.bias"), &[group * channels[1]]));
            }
            b.node(name, op.clone(), &inputs).unwrap()
        };
        y = convolution("conv", &mut b);
        if let Some((op, per_channel)) = after {
            y = arithmetic(&mut b, "after", op, per_channel, y);
        }
        if parallel {
            let other = convolution("parallel", &mut b);
            y = b.node("sum", Binary::Add, &[y, other]).unwrap();
        }
        if hard_sigmoid {
            y = b.node("act", Unary::HardSigmoid, &[y]).unwrap();
        }
        y = conv(&mut b, "dense", Conv::pointwise(), &[2, group * channels[1], 1, 1], true, y);
        let graph = finish(b, y);
        let passes: [&dyn Pass; 9] = [
            &passes::AffineBeforeConv,
            &passes::AffineAfterConv,
            &passes::MergeParallelConvs,
            &passes::MergeConstants,
            &passes::ConstantsBehindCircularConv,
            &passes::OrderCircularConvs,
            &passes::TrimKernels,
            &mnn_passes::GroupedConvToDepthwise,
            &mnn_passes::HardSigmoidIntoConv,
        ];
        for pass in passes {
            let (_, report) = rewrite(pass, &graph);
            let folds = match pass.name() {
                "affine-before-conv" => {
                    let borderless = kind == 1 || kind == 0 && pad == 0;
                    let into_conv = before.is_some_and(|(op, _)| op == Binary::Mul || borderless);
                    into_conv || after.is_some() && !parallel && !hard_sigmoid
                }
                "affine-after-conv" => after.is_some(),
                "hard-sigmoid-into-conv" => hard_sigmoid && !parallel && after.is_none(),
                _ => continue,
            };
            prop_assert_eq!(report.applied > 0, folds, "{}: {:?}", pass.name(), report.blocked);
        }
        // All of them one after the other.
        let mut all = graph.clone();
        for pass in passes {
            all = rewrite(pass, &all).0;
        }
    }
}

#[test]
fn a_scale_goes_into_the_transposed_convolution_behind_it() {
    // As many channels read as written would hide what is taken for what.
    for (inputs, outputs, group) in [(4, 4, 1), (4, 8, 1), (8, 4, 1), (4, 4, 4), (4, 8, 2)] {
        let (mut b, x) = start(&[1, inputs, 3, 4]);
        let y = arithmetic(&mut b, "scaled", Binary::Mul, true, x);
        let op = ConvTranspose { strides: vec![2; 2], group, ..ConvTranspose::pointwise() };
        let kernel = constant(&mut b, "weight", &[inputs, outputs / group, 2, 2]);
        let y = b.node("transposed", op, &[y, kernel]).unwrap();
        let (graph, _) = rewrite(&passes::AffineBeforeConv, &finish(b, y));
        assert_eq!(histogram(&graph), [("ConvTranspose", 1)]);
    }
}

#[test]
fn convolutions_whose_sum_repeats_one_of_them_stay() {
    // 2×2 outputs and a single one, whose kernel has a place in the other's.
    let (mut b, x) = start(&[1, 2, 3, 3]);
    let large = conv(&mut b, "large", padded(1, 1), &[2, 2, 4, 4], false, x);
    let small = conv(&mut b, "small", padded(0, 1), &[2, 2, 3, 3], false, x);
    let y = b.node("sum", Binary::Add, &[large, small]).unwrap();
    untouched(&passes::MergeParallelConvs, &finish(b, y));
}

#[test]
fn circular_convolutions_that_write_several_channels_for_each_are_not_depthwise() {
    let (mut b, x) = start(&[1, 2, 3, 4]);
    let y = arithmetic(&mut b, "sum", Binary::Add, true, x);
    let y = conv(&mut b, "gcc", CircularConv { axis: 2, group: 2 }, &[4, 1, 3, 1], false, y);
    let report = untouched(&passes::ConstantsBehindCircularConv, &finish(b, y));
    assert_eq!(report.blocked[0].reason, "the convolution is not depth-wise");
    // Two channels become four, and two again.
    let (mut b, x) = start(&[1, 2, 3, 4]);
    let y = conv(&mut b, "along_w", CircularConv { axis: 3, group: 2 }, &[4, 1, 1, 4], false, x);
    let y = conv(&mut b, "along_h", CircularConv { axis: 2, group: 2 }, &[2, 2, 3, 1], false, y);
    let report = untouched(&passes::OrderCircularConvs, &finish(b, y));
    assert_eq!(report.blocked[0].reason, "the convolutions are not depth-wise");
}
