//! Each pass three ways: the rewritten graph computes the same under rten, graphs that must stay as they are do, and the
//! operators before and after are counted.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests fail by panicking

mod rten;

use edgeconv_converter::onnx::DEFAULT_OPSET;
use edgeconv_converter::passes::{self, Pass, PassReport};
use edgeconv_graph::op::{BatchNormalization, Binary, CircularConv, Concat, Conv, Resize, ResizeMode, Slice, Unary};
use edgeconv_graph::{Builder, Graph, Op, Tensor, ValueId};

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

/// What rten computes; circular convolutions are expressed in ONNX's operators first.
fn evaluate(graph: &Graph) -> Vec<f32> {
    let mut graph = graph.clone();
    passes::run(&passes::FoldConstants, &mut graph).unwrap();
    passes::run(&passes::LowerCircularConv, &mut graph).unwrap();
    let input = numbers(3, &graph.ty(graph.inputs()[0]).shape);
    rten::run_graph(&graph, DEFAULT_OPSET, &input).as_f32().unwrap().to_vec()
}

/// Runs a pass and checks that the graph still computes the same.
#[track_caller]
fn rewrite(pass: &dyn Pass, graph: &Graph) -> (Graph, PassReport) {
    let mut rewritten = graph.clone();
    let report = passes::run(pass, &mut rewritten).unwrap();
    rewritten.validate().unwrap();
    for (found, expected) in evaluate(&rewritten).iter().zip(evaluate(graph)) {
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
        let (graph, report) = rewrite(&passes::BatchNormAfterConv, &finish(b, y));
        assert_eq!(histogram(&graph), [("Conv", 1)]);
        assert_eq!(report.applied, 1);
        // The result stands for the norm's, not for the convolution's.
        assert_eq!(graph.value(graph.outputs()[0].value).origin.as_deref(), Some("norm"));
    }
    let (mut b, x) = start(&[1, 3, 4, 6]);
    let y = conv(&mut b, "gcc", CircularConv { axis: 3, group: 3 }, &[3, 1, 1, 6], false, x);
    let y = batch_norm(&mut b, "norm", y);
    let (graph, _) = rewrite(&passes::BatchNormAfterConv, &finish(b, y));
    assert_eq!(histogram(&graph), [("CircularConv", 1)]);
}

#[test]
fn a_convolution_that_others_read_keeps_its_batch_norm() {
    let (mut b, x) = start(&[1, 4, 3, 3]);
    let y = conv(&mut b, "conv", Conv::pointwise(), &[4, 4, 1, 1], false, x);
    let z = batch_norm(&mut b, "norm", y);
    let z = b.node("add", Binary::Add, &[y, z]).unwrap();
    let report = untouched(&passes::BatchNormAfterConv, &finish(b, z));
    assert_eq!(report.blocked[0].node, "norm");
    assert_eq!(report.blocked[0].reason, "`conv` is also used by `add`");

    let (mut b, x) = start(&[1, 4, 3, 3]);
    let y = b.node("act", Unary::Relu, &[x]).unwrap();
    let y = batch_norm(&mut b, "norm", y);
    assert!(untouched(&passes::BatchNormAfterConv, &finish(b, y)).blocked.is_empty());
}

#[test]
fn batch_norm_goes_into_the_convolution_behind_it() {
    for (group, bias) in [(1, true), (2, false), (6, false)] {
        let (mut b, x) = start(&[1, 6, 5, 4]);
        let y = batch_norm(&mut b, "norm", x);
        let y = conv(&mut b, "conv", padded(0, group), &[12, 6 / group, 3, 2], bias, y);
        let (graph, _) = rewrite(&passes::BatchNormBeforeConv, &finish(b, y));
        assert_eq!(histogram(&graph), [("Conv", 1)]);
    }
    for (axis, kernel) in [(2, [4, 1, 5, 1]), (3, [4, 1, 1, 3])] {
        let (mut b, x) = start(&[1, 4, 5, 7]);
        let y = batch_norm(&mut b, "norm", x);
        let y = conv(&mut b, "gcc", CircularConv { axis, group: 4 }, &kernel, false, y);
        let (graph, _) = rewrite(&passes::BatchNormBeforeConv, &finish(b, y));
        assert_eq!(histogram(&graph), [("CircularConv", 1)]);
    }
}

#[test]
fn zero_padding_keeps_the_batch_norm_before_it() {
    let (mut b, x) = start(&[1, 4, 5, 5]);
    let y = batch_norm(&mut b, "norm", x);
    let y = conv(&mut b, "conv", padded(1, 4), &[4, 1, 3, 3], false, y);
    let report = untouched(&passes::BatchNormBeforeConv, &finish(b, y));
    assert_eq!(report.blocked[0].reason, "zero padding does not see the shift of `norm`");
}

#[test]
fn constants_are_computed_once() {
    let (mut b, x) = start(&[1, 3, 4, 6]);
    let meta = constant(&mut b, "meta", &[3, 1, 8, 1]);
    let resize = Resize { mode: ResizeMode::LinearAlignCorners, sizes: vec![3, 1, 4, 1] };
    let kernel = b.node("instance", resize, &[meta]).unwrap();
    let y = b.node("gcc", CircularConv { axis: 2, group: 3 }, &[x, kernel]).unwrap();
    let graph = finish(b, y);
    let mut folded = graph.clone();
    assert_eq!(passes::run(&passes::FoldConstants, &mut folded).unwrap().applied, 1);
    assert_eq!(histogram(&folded), [("CircularConv", 1)]);
    assert_eq!(evaluate(&folded), evaluate(&graph));

    let (mut b, x) = start(&[1, 3]);
    let y = b.node("act", Unary::Relu, &[x]).unwrap();
    untouched(&passes::FoldConstants, &finish(b, y));
}

#[test]
fn identities_vanish() {
    let (mut b, x) = start(&[1, 3, 2, 2]);
    let y = b.node("identity", Unary::Identity, &[x]).unwrap();
    let y = b.node("slice", Slice { axis: 2, start: 0, end: 2 }, &[y]).unwrap();
    let y = b.node("concat", Concat { axis: 1 }, &[y]).unwrap();
    let y = b.node("act", Unary::Relu, &[y]).unwrap();
    let (graph, report) = rewrite(&passes::EliminateIdentity, &finish(b, y));
    assert_eq!((histogram(&graph), report.applied), (vec![("Relu", 1)], 3));

    let (mut b, x) = start(&[1, 3, 2, 2]);
    let y = b.node("slice", Slice { axis: 2, start: 0, end: 1 }, &[x]).unwrap();
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
        passes::run(&passes::LowerCircularConv, &mut lowered).unwrap();
        let wrapped: &[(&str, usize)] = &[("Concat", 1), ("Conv", 1), ("Slice", 1)];
        assert_eq!(histogram(&lowered), if taps > 1 { wrapped } else { &[("Conv", 1)] });
    }
}
