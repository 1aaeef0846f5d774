//! Every operator is exported, run by MNN, and compared with results computed by hand.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests fail by panicking

mod mnn;
mod operators;

use std::collections::BTreeMap;
use std::io;

use edgeconv_converter::open::Others;
use edgeconv_converter::target::mnn::{ExportError, Gelu, export};
use edgeconv_converter::target::{Files, Mnn, Target};
use edgeconv_graph::op::{
    Binary, CircularConv, Conv, Coordinates, Custom, Gather, GlobalAveragePool, GridPadding, GridSample,
    NonMaxSuppression, Operator, Pool, PoolKind, Reshape, Resize, ResizeMode, RoiAlign, SpaceToDepth, Split, Transpose,
    Unary,
};
use edgeconv_graph::{Builder, Graph, Op, Tensor};
use edgeconv_session::Hints;
use itertools::Itertools;

use crate::operators::{counting, single, tensor};

#[track_caller]
fn assert_close(found: &Tensor, expected: &Tensor) {
    assert_eq!(found.shape(), expected.shape());
    for (found, expected) in found.as_f32().unwrap().iter().zip_eq(expected.as_f32().unwrap()) {
        assert!((found - expected).abs() <= 1e-6 * expected.abs().max(1.0), "expected {expected}, found {found}");
    }
}

#[test]
fn every_operator_gives_what_was_computed_by_hand() {
    operators::each(|graph, input, expected| assert_close(&mnn::run(graph, std::slice::from_ref(input))[0], expected));
}

#[test]
fn of_equal_elements_the_first_is_found() {
    operators::positions(|graph, input, expected| {
        assert_close(&mnn::run(graph, std::slice::from_ref(input))[0], expected);
    });
}

/// `Φ(x)` of the normal distribution by its series, whose summands are all positive (Abramowitz and Stegun 26.2.11).
fn normal(x: f64) -> f64 {
    if x.abs() > 9.0 {
        return if x < 0.0 { 0.0 } else { 1.0 };
    }
    let (mut term, mut sum) = (x.abs(), x.abs());
    for n in 1..200 {
        term *= x * x / f64::from(2 * n + 1);
        sum += term;
    }
    let half = sum * (-x * x / 2.0).exp() / std::f64::consts::TAU.sqrt();
    if x < 0.0 { 0.5 - half } else { 0.5 + half }
}

/// On a dense grid, and where squares overflow. MNN's own op is exact to half a unit in the last place, 2.4e-7 at 4.
/// What rten does not know, or only in part.
#[test]
fn sampling_gives_what_was_computed_by_hand() {
    let check = |op: Op, input: &Tensor, constants: &[Tensor], expected: &Tensor| {
        assert_close(&mnn::run(&single(op, input.shape(), constants), std::slice::from_ref(input))[0], expected);
    };
    let x = tensor(&[1, 1, 2, 2], &[0.0, 4.0, 8.0, 12.0]);
    check(SpaceToDepth { block: 2 }.into(), &x, &[], &tensor(&[1, 4, 1, 1], &[0.0, 4.0, 8.0, 12.0]));
    // The middle, the last pixel, and a place outside, beside the first row.
    let grid = tensor(&[1, 1, 3, 2], &[0.0, 0.0, 0.5, 0.5, 3.0, -0.5]);
    let sample = |linear, padding| GridSample { linear, padding, align_corners: false };
    let at = |expected: [f32; 3]| tensor(&[1, 1, 1, 3], &expected);
    check(sample(true, GridPadding::Zeros).into(), &x, std::slice::from_ref(&grid), &at([6.0, 12.0, 0.0]));
    check(sample(true, GridPadding::Border).into(), &x, std::slice::from_ref(&grid), &at([6.0, 12.0, 4.0]));
    check(sample(false, GridPadding::Border).into(), &x, &[grid], &at([12.0, 12.0, 4.0]));
    let boxes = tensor(&[1, 4], &[0.0, 0.0, 2.0, 2.0]);
    let align = RoiAlign { size: [1, 2], sampling_ratio: 1, spatial_scale: 1.0, half_pixel: true };
    check(align.into(), &x, &[boxes, Tensor::indices(vec![0])], &tensor(&[1, 1, 1, 2], &[4.0, 8.0]));
    // From the first sample on, and in the middle of two: weights −3, 19, 19 and −3 of 32.
    let mode = ResizeMode::Cubic { coefficient: -0.75 };
    let cubic = Resize { mode, ..Resize::linear(Coordinates::Asymmetric, vec![1, 1, 1, 8]) };
    let result = resized(&cubic, &[0.0, 32.0, 0.0, 0.0]);
    assert_close(&tensor(&[3], &[result[1], result[2], result[5]]), &tensor(&[3], &[19.0, 32.0, -3.0]));
    // Beyond the first sample, which MNN's own op gets wrong.
    let cubic = Resize { coordinates: Coordinates::HalfPixel, ..cubic };
    let expected = cubic.evaluate(&[&tensor(&[1, 1, 1, 4], &[0.0, 32.0, 0.0, 0.0])]).unwrap().remove(0);
    assert_close(&tensor(&[1, 1, 1, 8], &resized(&cubic, &[0.0, 32.0, 0.0, 0.0])), &expected);
}

fn resized(op: &Resize, row: &[f32]) -> Vec<f32> {
    let x = tensor(&[1, 1, 1, row.len()], row);
    mnn::run(&single(op.clone(), x.shape(), &[]), &[x])[0].as_f32().unwrap().to_vec()
}

#[test]
fn gelu_by_sigmoid_is_exact_to_rounding() {
    let mut data: Vec<f32> = (-1_000_000..1_000_000).map(|i| i as f32 / 125_000.0).collect();
    data.extend([0.0, 10.0, 1e3, 1e10, 1e20, f32::MAX].iter().flat_map(|x| [*x, -x]));
    data.extend([f32::INFINITY; 4]);
    let shape = [1, 8, data.len() / 8, 1];
    let found = mnn::run(&single(Custom::new(Gelu::BySigmoid), &shape, &[]), &[tensor(&shape, &data)]).remove(0);
    for (&x, &found) in data.iter().zip_eq(found.as_f32().unwrap()) {
        let (x, found) = (f64::from(x), f64::from(found));
        let expected = x * normal(x);
        let largest = 8e-7_f64.max(x.abs() * 1.2e-7);
        assert!(found == expected || (found - expected).abs() <= largest, "{x}: expected {expected}, found {found}");
    }
}

#[test]
fn gelu_by_tanh_is_as_close_as_it_says() {
    let data: Vec<f32> = (-80_000..80_000).map(|i| i as f32 / 10_000.0).collect();
    let shape = [1, 8, data.len() / 8, 1];
    let input = tensor(&shape, &data);
    let run = |op: Op| mnn::run(&single(op, &shape, &[]), std::slice::from_ref(&input)).remove(0);
    let (found, exact) = (run(Custom::new(Gelu::ByTanh).into()), run(Unary::GeluTanh.into()));
    for ((&x, &found), &exact) in data.iter().zip_eq(found.as_f32().unwrap()).zip_eq(exact.as_f32().unwrap()) {
        let (x, found, exact) = (f64::from(x), f64::from(found), f64::from(exact));
        assert!((found - x * normal(x)).abs() < 5e-4 * x.abs().max(1.0), "{x}: found {found}");
        assert!((found - exact).abs() < 2e-4 * x.abs().max(1.0), "{x}: expected {exact}, found {found}");
    }
}

/// Three channels leave a fourth lane that holds nothing: 0 / 0 there must not reach the result.
#[test]
fn unused_lanes_do_not_leak() {
    for (kernel, expected) in [([2, 3, 1, 1], vec![12.0, 12.0]), ([2, 3, 2, 2], vec![48.0, 48.0])] {
        let mut b = Builder::new("lanes");
        let x = b.input("x", [1, 3, 2, 2]).unwrap();
        let channels = |b: &mut Builder, name: &str| {
            b.constant(name, Tensor::f32([1, 3, 1, 1], vec![1.0, 2.0, 4.0]).unwrap()).unwrap()
        };
        let c = channels(&mut b, "c");
        let a = b.node("a", Binary::Mul, &[x, c]).unwrap();
        let d = channels(&mut b, "d");
        let e = b.node("e", Binary::Mul, &[x, d]).unwrap();
        let quotient = b.node("quotient", Binary::Div, &[a, e]).unwrap();
        let ones = vec![4.0; kernel.iter().product()];
        let weight = b.constant("weight", Tensor::f32(kernel, ones).unwrap()).unwrap();
        let y = b.node("conv", Conv::pointwise(), &[quotient, weight]).unwrap();
        let y = b.node("mean", GlobalAveragePool, &[y]).unwrap();
        b.output("y", y);
        let found = mnn::run(&b.finish(), &[tensor(&[1, 3, 2, 2], &[3.0; 12])]).remove(0);
        assert_close(&found, &Tensor::f32([1, 2, 1, 1], expected).unwrap());
    }
}

/// Whether ReLU is an op of its own or done by the addition, which MNN can't with a Scale, and should not where it broadcasts.
/// MNN's Winograd algorithm for 7×7 kernels is off by 1e-3.
#[test]
fn large_kernels_are_convolved_to_rounding() {
    let wave = |shape: &[usize], step: f32| {
        let count: usize = shape.iter().product();
        tensor(shape, &(0..count).map(|i| (i as f32 * step).sin()).collect::<Vec<_>>())
    };
    let kernel = wave(&[16, 16, 7, 7], 0.37);
    let conv = Conv { strides: vec![1; 2], pads: vec![3, 3, 2, 1], dilations: vec![1; 2], group: 1 };
    let graph = single(conv, &[1, 16, 32, 32], std::slice::from_ref(&kernel));
    let x = wave(&[1, 16, 32, 32], 0.11);
    // As exported models are to be run.
    let hints = Hints { winograd_memory_level: Some(1) };
    let found = mnn::run_with(&graph, std::slice::from_ref(&x), hints).remove(0);
    assert_eq!(found.shape(), [1, 16, 31, 30]);
    let (x, kernel) = (x.as_f32().unwrap(), kernel.as_f32().unwrap());
    for (index, &found) in found.as_f32().unwrap().iter().enumerate() {
        let (filter, row, column) = (index / 930, index / 30 % 31, index % 30);
        let mut expected = 0.0;
        for (tap, &weight) in kernel[filter * 784..][..784].iter().enumerate() {
            let (channel, i, j) = (tap / 49, row + tap / 7 % 7, column + tap % 7);
            if (3..35).contains(&i) && (3..35).contains(&j) {
                expected += f64::from(weight) * f64::from(x[channel * 1024 + (i - 3) * 32 + j - 3]);
            }
        }
        assert!((f64::from(found) - expected).abs() < 1e-4, "{index}: expected {expected}, found {found}");
    }
}

#[test]
fn additions_do_the_relu_behind_them() {
    let x = tensor(&[1, 2, 1, 2], &[-4.0, 1.0, 2.0, -3.0]);
    let cases = [
        (tensor(&[1, 2, 1, 2], &[3.0, -2.0, 5.0, 4.0]), [0.0, 0.0, 7.0, 1.0], true),
        (tensor(&[1, 1, 1, 2], &[5.0, -3.0]), [1.0, 0.0, 7.0, 0.0], true),
        (tensor(&[], &[3.5]), [0.0, 4.5, 5.5, 0.5], true),
        (tensor(&[1, 2, 1, 1], &[1.0, 3.5]), [0.0, 2.0, 5.5, 0.5], false),
    ];
    let relu = |mut b: Builder, sum| {
        let y = b.node("relu", Unary::Relu, &[sum]).unwrap();
        b.output("y", y);
        b.finish()
    };
    for (summand, expected, absorbed) in cases {
        for constant_first in [false, true] {
            let mut b = Builder::new("add");
            let data = b.input("x", x.shape()).unwrap();
            let constant = b.constant("c", summand.clone()).unwrap();
            let operands = if constant_first { [constant, data] } else { [data, constant] };
            let sum = b.node("sum", Binary::Add, &operands).unwrap();
            let graph = relu(b, sum);
            assert_close(&mnn::run(&graph, std::slice::from_ref(&x))[0], &tensor(x.shape(), &expected));
            assert_eq!(ops(&graph).contains_key("ReLu"), !absorbed, "a constant {:?}", summand.shape());
        }
    }
    // Two computed operands, of the same shape or broadcast.
    for (broadcast, expected) in [(false, [0.0, 2.0, 4.0, 0.0]), (true, [0.0, 0.0, 1.5, 0.0])] {
        let mut b = Builder::new("add");
        let data = b.input("x", x.shape()).unwrap();
        let other = if broadcast { b.node("mean", GlobalAveragePool, &[data]).unwrap() } else { data };
        let sum = b.node("sum", Binary::Add, &[data, other]).unwrap();
        let graph = relu(b, sum);
        assert_close(&mnn::run(&graph, std::slice::from_ref(&x))[0], &tensor(x.shape(), &expected));
        assert_eq!(ops(&graph).contains_key("ReLu"), broadcast);
    }
}

/// Number of MNN's ops of each type.
fn ops(graph: &Graph) -> BTreeMap<String, usize> {
    let files = Files { model: &mut io::sink(), weights: &mut io::sink() };
    Mnn::DEFAULT.write(graph, &Others::default(), files).unwrap().operators
}

/// MNN takes the first for a change from NHWC, the second for one to it, since there are as many rows as channels.
#[test]
fn transposes_beside_a_change_of_layout_are_not_misread() {
    let turn = Transpose { perm: vec![0, 2, 3, 1] };
    let build = |conv_first: bool| {
        let mut b = Builder::new("turn");
        let x = b.input("x", [1, 3, 3, 2]).unwrap();
        let weight =
            b.constant("weight", tensor(&[3, 3, 1, 1], &[1.0, 0.0, 0.0, 0.0, 2.0, 0.0, 0.0, 0.0, 3.0])).unwrap();
        let conv = |b: &mut Builder, x| b.node("conv", Conv::pointwise(), &[x, weight]).unwrap();
        let y = if conv_first { conv(&mut b, x) } else { x };
        let y = b.node("turn", turn.clone(), &[y]).unwrap();
        let y = if conv_first { y } else { conv(&mut b, y) };
        b.output("y", y);
        b.finish()
    };
    let x = counting(&[1, 3, 3, 2]);
    // Element (channel, row, column) of x is 6 · channel + 2 · row + column.
    let expected = |factor: fn([usize; 3]) -> usize| {
        let places =
            (0..3).flat_map(|row| (0..2).flat_map(move |column| (0..3).map(move |channel| [channel, row, column])));
        let data = places.map(|place| (factor(place) * (6 * place[0] + 2 * place[1] + place[2])) as f32);
        tensor(&[1, 3, 2, 3], &data.collect::<Vec<_>>())
    };
    assert_close(&mnn::run(&build(true), std::slice::from_ref(&x))[0], &expected(|[channel, ..]| channel + 1));
    assert_close(&mnn::run(&build(false), &[x])[0], &expected(|[_, row, _]| row + 1));
}

/// In both directions beside a change of layout, where axes are as long as others.
#[test]
fn axes_are_permuted_in_every_order() {
    for shape in [[2, 2, 2, 2], [2, 3, 3, 2], [3, 2, 1, 3], [2, 2, 4, 1], [4, 2, 2, 1], [1, 2, 2, 4]] {
        for perm in (0..4).permutations(4) {
            let x = counting(&shape);
            let expected = permuted(&x, &perm);
            for pool_first in [true, false] {
                let mut b = Builder::new("permuted");
                let x_id = b.input("x", shape).unwrap();
                // A window of one element computes nothing, in NC4HW4.
                let pool = Pool { kind: PoolKind::Max, kernel: [1; 2], strides: [1; 2], pads: [0; 4] };
                let transpose = Transpose { perm: perm.clone() };
                let y = if pool_first {
                    let y = b.node("pool", pool, &[x_id]).unwrap();
                    b.node("turn", transpose, &[y]).unwrap()
                } else {
                    let y = b.node("turn", transpose, &[x_id]).unwrap();
                    b.node("pool", pool, &[y]).unwrap()
                };
                b.output("y", y);
                let found = mnn::run(&b.finish(), std::slice::from_ref(&x));
                assert_eq!(found[0], expected, "{shape:?} by {perm:?}, pool first: {pool_first}");
            }
        }
    }
}

/// `[N, C, H, W]` with other axes.
fn permuted(x: &Tensor, perm: &[usize]) -> Tensor {
    let old = x.shape();
    let shape: Vec<_> = perm.iter().map(|&axis| old[axis]).collect();
    let data = x.as_f32().unwrap();
    let element = |place: Vec<usize>| {
        let mut of_old = [0; 4];
        perm.iter().zip(&place).for_each(|(&axis, &at)| of_old[axis] = at);
        data[of_old.iter().zip(old).fold(0, |index, (at, length)| index * length + at)]
    };
    let places = shape.iter().map(|&length| 0..length).multi_cartesian_product();
    tensor(&shape, &places.map(element).collect::<Vec<_>>())
}

#[test]
fn split_gives_every_part() {
    let mut b = Builder::new("split");
    let x = b.input("x", [1, 5, 1, 2]).unwrap();
    let parts = b.nodes("split", Split { axis: 1, sizes: vec![2, 3] }, &[x]).unwrap();
    b.output("head", parts[0]);
    b.output("tail", parts[1]);
    let found = mnn::run(&b.finish(), &[counting(&[1, 5, 1, 2])]);
    assert_close(&found[0], &counting(&[1, 2, 1, 2]));
    assert_close(&found[1], &tensor(&[1, 3, 1, 2], &[4.0, 5.0, 6.0, 7.0, 8.0, 9.0]));
}

#[test]
fn operators_that_mnn_lacks_are_errors_that_name_the_node() {
    let kernel = counting(&[2, 1, 2, 1]);
    let missing = Tensor::indices(vec![2]);
    // The only output column lies left of the data; MNN reads the wrong side of the padding.
    let column = Conv { strides: vec![1, 2], pads: vec![0, 1, 0, 0], dilations: vec![1, 1], group: 2 };
    let cases: [(Op, &[Tensor]); 3] = [
        (CircularConv { axis: 2, group: 2 }.into(), std::slice::from_ref(&kernel)),
        (Gather { axis: 1 }.into(), std::slice::from_ref(&missing)),
        (column.into(), std::slice::from_ref(&kernel)),
    ];
    for (op, constants) in cases {
        let error = export(&single(op, &[1, 2, 2, 1], constants)).unwrap_err();
        assert!(matches!(error, ExportError::Unsupported(_)), "{error:?}");
        assert!(error.to_string().contains("`node`"), "{error}");
    }
}

/// A model with several such nodes is not to be converted once for each.
#[test]
fn all_operators_that_mnn_lacks_are_named_at_once() {
    let mut b = Builder::new("refused");
    let x = b.input("x", [1, 2, 2, 1]).unwrap();
    let a = b.node("a", Unary::Sigmoid, &[x]).unwrap();
    let kernel = b.constant("kernel", counting(&[2, 1, 2, 1])).unwrap();
    let missing = b.constant("missing", Tensor::indices(vec![2])).unwrap();
    let first = b.node("first", CircularConv { axis: 2, group: 2 }, &[a, kernel]).unwrap();
    let between = b.node("between", Unary::Relu, &[first]).unwrap();
    let second = b.node("second", CircularConv { axis: 2, group: 2 }, &[between, kernel]).unwrap();
    let third = b.node("third", Gather { axis: 1 }, &[second, missing]).unwrap();
    let other = b.node("other", Unary::Tanh, &[a]).unwrap();
    b.output("y", third);
    b.output("z", other);
    let ExportError::Unsupported(refusals) = export(&b.finish()).unwrap_err() else { panic!("another error") };
    let found: Vec<_> = refusals.nodes().iter().map(|refusal| (refusal.node.as_str(), refusal.op)).collect();
    assert_eq!(found, [("first", "CircularConv"), ("second", "CircularConv"), ("third", "Gather")]);
    assert_eq!(refusals.ends(), ["a", "other"]);
    let text = refusals.to_string();
    assert!(text.starts_with("3 nodes can't be written as MNN:") && text.contains(": `first`, `second`"), "{text}");
}

/// Of two images and three classes, with scores that differ.
#[test]
fn boxes_are_selected_as_the_graph_says() {
    let numbers = |count: usize, step: f32| (0..count).map(|i| (i as f32 * step).sin() * 2.0).collect::<Vec<_>>();
    let boxes = tensor(&[2, 20, 4], &numbers(160, 1.7));
    let scores = tensor(&[2, 3, 20], &numbers(120, 0.37));
    for (max_boxes, iou_threshold, score_threshold) in [(5, 0.1, 0.0), (100, 0.5, -1.0), (3, 0.0, 1.99), (2, 1.0, 9.0)]
    {
        let op = NonMaxSuppression { max_boxes, iou_threshold, score_threshold };
        let expected = op.evaluate(&[&boxes, &scores]).unwrap().remove(0);
        let mut b = Builder::new("boxes");
        let [x, y] = [("boxes", &boxes), ("scores", &scores)].map(|(name, t)| b.input(name, t.shape()).unwrap());
        let selected = b.node("selected", op, &[x, y]).unwrap();
        b.output("selected", selected);
        let found = mnn::run(&b.finish(), &[boxes.clone(), scores.clone()]).remove(0);
        assert_eq!(found, expected);
        let used = NonMaxSuppression::used(&found).unwrap();
        assert_eq!(used.shape()[0] == 0, score_threshold > 2.0);
    }
}

#[test]
fn tensors_with_too_many_dimensions_are_errors() {
    assert!(export(&single(Unary::Relu, &[1; 8], &[])).is_ok());
    let error = export(&single(Unary::Relu, &[1; 9], &[])).unwrap_err().to_string();
    assert!(error.contains("input `x` is") && error.contains("at most 8 dimensions"), "{error}");
    let error = export(&single(Reshape { shape: vec![1; 9] }, &[1], &[])).unwrap_err().to_string();
    assert!(error.contains("`node`") && error.contains("at most 8 dimensions"), "{error}");
}

/// Found by fuzzing: moves beside a change of layout took 16 bytes for each element that the file claims.
#[test]
fn what_a_graph_claims_needs_no_memory() {
    let mut b = Builder::new("claims");
    let x = b.input("x", [1 << 15, 1, 1 << 15]).unwrap();
    let y = b.node("y", Transpose { perm: vec![1, 0, 2] }, &[x]).unwrap();
    let y = b.node("map", Reshape { shape: vec![1, 16, 1 << 13, 1 << 13] }, &[y]).unwrap();
    let kernel = b.constant("kernel", counting(&[16, 1, 1, 1])).unwrap();
    let y = b.node("conv", Conv { group: 16, ..Conv::pointwise() }, &[y, kernel]).unwrap();
    b.output("y", y);
    assert!(export(&b.finish()).unwrap().len() < 10_000);
}

#[test]
fn weights_that_are_not_loaded_are_an_error() {
    let mut b = Builder::new("unloaded");
    let x = b.input("x", [1, 1, 2, 2]).unwrap();
    let weight = b.parameter("conv.weight", [1, 1, 1, 1]).unwrap();
    let y = b.node("conv", Conv::pointwise(), &[x, weight]).unwrap();
    b.output("y", y);
    assert!(export(&b.finish()).unwrap_err().to_string().contains("conv.weight"));
}

#[test]
fn entries_of_metadata_stay_single() {
    let mut graph = single(Conv::pointwise(), &[1, 2, 1, 2], &[counting(&[3, 2, 1, 1])]);
    graph.metadata.insert("note".into(), "two\nedgeconv.accuracy=approximate".into());
    graph.metadata.insert("edgeconv.accuracy=approximate".into(), "key".into());
    let metadata = edgeconv_converter::target::mnn::list(&export(&graph).unwrap()).unwrap().metadata;
    assert_eq!(metadata["note"], r"two\nedgeconv.accuracy=approximate");
    assert!(!metadata.contains_key("edgeconv.accuracy"), "{metadata:?}");
}

#[test]
fn the_same_graph_gives_the_same_bytes() {
    let graph = single(Conv::pointwise(), &[1, 2, 1, 2], &[counting(&[3, 2, 1, 1])]);
    assert_eq!(export(&graph).unwrap(), export(&graph).unwrap());
}
