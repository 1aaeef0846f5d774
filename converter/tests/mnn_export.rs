//! Every operator is exported, run by MNN, and compared with results computed by hand.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests fail by panicking

mod mnn;

use edgeconv_converter::mnn::{ExportError, export};
use edgeconv_graph::op::{
    BatchNormalization, Binary, CircularConv, Clip, Concat, Conv, Flatten, Gemm, GlobalAveragePool, MatMul, Reshape,
    Resize, ResizeMode, Slice, Split, Unary,
};
use edgeconv_graph::{Builder, Graph, Op, Tensor};

fn tensor(shape: &[usize], data: &[f32]) -> Tensor {
    Tensor::f32(shape, data.to_vec()).unwrap()
}

/// `0, 1, 2, …`
fn counting(shape: &[usize]) -> Tensor {
    tensor(shape, &(0..shape.iter().product()).map(|i| i as f32).collect::<Vec<_>>())
}

/// One node on one input and constants, output `y`.
fn single(op: impl Into<Op>, input: &[usize], constants: &[Tensor]) -> Graph {
    let mut b = Builder::new("single");
    let mut inputs = vec![b.input("x", input).unwrap()];
    for (index, constant) in constants.iter().enumerate() {
        inputs.push(b.constant(&format!("c{index}"), constant.clone()).unwrap());
    }
    let y = b.node("node", op, &inputs).unwrap();
    b.output("y", y);
    b.finish()
}

#[track_caller]
fn assert_close(found: &Tensor, expected: &Tensor) {
    assert_eq!(found.shape(), expected.shape());
    for (found, expected) in found.as_f32().unwrap().iter().zip(expected.as_f32().unwrap()) {
        assert!((found - expected).abs() <= 1e-6 * expected.abs().max(1.0), "expected {expected}, found {found}");
    }
}

/// Checks the result of one node.
#[track_caller]
fn check(op: impl Into<Op>, input: &Tensor, constants: &[Tensor], expected: &Tensor) {
    let graph = single(op, input.shape(), constants);
    assert_close(&mnn::run(&graph, std::slice::from_ref(input))[0], expected);
}

#[test]
fn activations() {
    let x = tensor(&[1, 5], &[-4.0, -1.5, 0.0, 1.5, 4.0]);
    check(Unary::Relu, &x, &[], &tensor(&[1, 5], &[0.0, 0.0, 0.0, 1.5, 4.0]));
    check(Unary::Identity, &x, &[], &x);
    check(Unary::HardSigmoid, &x, &[], &tensor(&[1, 5], &[0.0, 0.25, 0.5, 0.75, 1.0]));
    check(Unary::HardSwish, &x, &[], &tensor(&[1, 5], &[0.0, -0.375, 0.0, 1.125, 4.0]));
    check(Clip { min: -1.0, max: 1.5 }, &x, &[], &tensor(&[1, 5], &[-1.0, -1.0, 0.0, 1.5, 1.5]));
    let sigmoid = [0.017_986_21, 0.182_425_52, 0.5, 0.817_574_5, 0.982_013_8];
    check(Unary::Sigmoid, &x, &[], &tensor(&[1, 5], &sigmoid));
    let silu = [-0.071_944_84, -0.273_638_28, 0.0, 1.226_361_7, 3.928_055];
    check(Unary::Silu, &x, &[], &tensor(&[1, 5], &silu));
}

#[test]
fn arithmetic_broadcasts() {
    let x = tensor(&[2, 1], &[6.0, 9.0]);
    let c = Tensor::vector(vec![1.0, 2.0, 4.0]);
    check(Binary::Add, &x, std::slice::from_ref(&c), &tensor(&[2, 3], &[7.0, 8.0, 10.0, 10.0, 11.0, 13.0]));
    check(Binary::Sub, &x, std::slice::from_ref(&c), &tensor(&[2, 3], &[5.0, 4.0, 2.0, 8.0, 7.0, 5.0]));
    check(Binary::Mul, &x, std::slice::from_ref(&c), &tensor(&[2, 3], &[6.0, 12.0, 24.0, 9.0, 18.0, 36.0]));
    check(Binary::Div, &x, &[c], &tensor(&[2, 3], &[6.0, 3.0, 1.5, 9.0, 4.5, 2.25]));
}

#[test]
fn convolution_has_all_attributes() {
    // Groups, unequal strides, dilation and one-sided padding all change the result.
    let op = Conv { strides: vec![1, 2], pads: vec![1, 0, 0, 0], dilations: vec![2, 1], group: 2 };
    let kernel = tensor(&[2, 1, 2, 1], &[1.0, 10.0, 1.0, 100.0]);
    let bias = Tensor::vector(vec![0.5, 0.0]);
    // Rows −1 (padding) and 1, then 0 and 2; columns 0 and 2.
    let expected = [30.5, 50.5, 60.5, 82.5, 1200.0, 1400.0, 1509.0, 1711.0];
    check(op, &counting(&[1, 2, 3, 3]), &[kernel, bias], &tensor(&[1, 2, 2, 2], &expected));
}

#[test]
fn convolution_without_bias() {
    let kernel = tensor(&[1, 2, 1, 1], &[1.0, -1.0]);
    check(Conv::pointwise(), &counting(&[1, 2, 1, 2]), &[kernel], &tensor(&[1, 1, 1, 2], &[-2.0, -2.0]));
}

#[test]
fn gemm_transposes_the_weight() {
    let weight = tensor(&[3, 2], &[1.0, 0.0, 0.0, 1.0, 2.0, 3.0]);
    let bias = Tensor::vector(vec![10.0, 20.0, 30.0]);
    check(Gemm, &tensor(&[1, 2], &[4.0, 5.0]), &[weight, bias], &tensor(&[1, 3], &[14.0, 25.0, 53.0]));
}

#[test]
fn batch_normalization_takes_scale_bias_mean_variance() {
    let parameters = [vec![2.0, 1.0], vec![0.5, -1.0], vec![1.0, 2.0], vec![3.0, 15.0]].map(Tensor::vector);
    let op = BatchNormalization { epsilon: 1.0 };
    let x = tensor(&[1, 2, 1, 2], &[1.0, 3.0, 2.0, 10.0]);
    check(op, &x, &parameters, &tensor(&[1, 2, 1, 2], &[0.5, 2.5, -1.0, 1.0]));
}

#[test]
fn movement() {
    let x = counting(&[1, 2, 3]);
    check(Flatten { axis: 1 }, &x, &[], &counting(&[1, 6]));
    check(Reshape { shape: vec![3, 2] }, &x, &[], &counting(&[3, 2]));
    check(Reshape { shape: vec![6] }, &x, &[], &counting(&[6]));
    check(Slice { axis: 2, start: 1, end: 3 }, &x, &[], &tensor(&[1, 2, 2], &[1.0, 2.0, 4.0, 5.0]));
    let tail = tensor(&[1, 1, 3], &[7.0, 8.0, 9.0]);
    let joined = tensor(&[1, 3, 3], &[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 7.0, 8.0, 9.0]);
    check(Concat { axis: 1 }, &x, &[tail], &joined);
}

#[test]
fn pooling() {
    let x = tensor(&[1, 1, 1, 3], &[0.0, 1.0, 5.0]);
    check(GlobalAveragePool, &x, &[], &tensor(&[1, 1, 1, 1], &[2.0]));
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
    let resize = Resize { mode: ResizeMode::LinearAlignCorners, sizes: vec![1, 2, 4, 1] };
    // The only output column lies left of the data; MNN reads the wrong side of the padding.
    let column = Conv { strides: vec![1, 2], pads: vec![0, 1, 0, 0], dilations: vec![1, 1], group: 2 };
    let cases: [(Op, &[Tensor]); 3] = [
        (CircularConv { axis: 2, group: 2 }.into(), std::slice::from_ref(&kernel)),
        (resize.into(), &[]),
        (column.into(), std::slice::from_ref(&kernel)),
    ];
    for (op, constants) in cases {
        let error = export(&single(op, &[1, 2, 2, 1], constants)).unwrap_err();
        assert!(matches!(error, ExportError::Unsupported { .. }), "{error:?}");
        assert!(error.to_string().contains("`node`"), "{error}");
    }
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
fn the_same_graph_gives_the_same_bytes() {
    let graph = single(Conv::pointwise(), &[1, 2, 1, 2], &[counting(&[3, 2, 1, 1])]);
    assert_eq!(export(&graph).unwrap(), export(&graph).unwrap());
}

#[test]
fn matrix_products_broadcast_their_batch() {
    // [2, 2, 2, 3] times [1, 2, 3, 1] and times [2, 3, 1].
    let x = counting(&[2, 2, 2, 3]);
    let column = [1.0, 10.0, 100.0, 2.0, 20.0, 200.0];
    let expected: Vec<f32> =
        (0..8).map(|row: usize| (0..3).map(|k| (row * 3 + k) as f32 * column[row / 2 % 2 * 3 + k]).sum()).collect();
    for shape in [&[1, 2, 3, 1][..], &[2, 3, 1]] {
        check(MatMul, &x, &[tensor(shape, &column)], &tensor(&[2, 2, 2, 1], &expected));
    }
    // As many matrices on both sides, but each with each.
    let right = tensor(&[1, 2, 1, 1], &[1.0, 10.0]);
    check(MatMul, &tensor(&[2, 1, 1, 1], &[3.0, 5.0]), &[right], &tensor(&[2, 2, 1, 1], &[3.0, 30.0, 5.0, 50.0]));
}
