//! Networks that are computed in 8-bit integers.

use edgeconv_graph::op::{
    Binary, Concat, Conv, DequantizeLinear, Flatten, Gemm, GlobalAveragePool, Pool, PoolKind, QuantizeLinear, Unary,
};
use edgeconv_graph::{Builder, DType, Graph, Tensor, ValueId};
use edgeconv_validate::input;

pub const INPUT: [usize; 4] = [1, 3, 24, 24];

pub fn random(shape: &[usize], seed: u64, size: f32) -> Tensor {
    input::random_in(&edgeconv_graph::TensorType::f32(shape), seed, [-size, size])
}

/// A convolution with random weights, padded so that maps of stride 1 keep their size.
pub fn conv(b: &mut Builder, name: &str, x: ValueId, [outputs, depth, side]: [usize; 3], group: usize) -> ValueId {
    let size = (3.0 / (depth * side * side) as f32).sqrt();
    let seed = name.bytes().map(u64::from).sum();
    let kernel = b.constant(&format!("{name}.weight"), random(&[outputs, depth, side, side], seed, size)).unwrap();
    let bias = b.constant(&format!("{name}.bias"), random(&[outputs], seed + 1, 0.2)).unwrap();
    let op = Conv { group, pads: vec![side / 2; 4], ..Conv::pointwise() };
    b.node(name, op, &[x, kernel, bias]).unwrap()
}

/// An inverted residual with SiLU between a first and a last convolution.
pub fn network() -> Graph {
    let mut b = Builder::new("network");
    let x = b.input("x", INPUT).unwrap();
    let first = conv(&mut b, "first", x, [16, 3, 3], 1);
    let first = b.node("first.relu", Unary::Relu, &[first]).unwrap();
    let expand = conv(&mut b, "expand", first, [32, 16, 1], 1);
    let expand = b.node("expand.silu", Unary::Silu, &[expand]).unwrap();
    let depthwise = conv(&mut b, "depthwise", expand, [32, 1, 3], 32);
    let depthwise = b.node("depthwise.silu", Unary::Silu, &[depthwise]).unwrap();
    let project = conv(&mut b, "project", depthwise, [16, 32, 1], 1);
    let sum = b.node("sum", Binary::Add, &[first, project]).unwrap();
    let wide = conv(&mut b, "wide", sum, [20, 16, 3], 1);
    let wide = b.node("wide.relu", Unary::Relu, &[wide]).unwrap();
    let last = conv(&mut b, "last", wide, [5, 20, 1], 1);
    b.output("y", last);
    b.finish()
}

/// Two branches that are joined and pooled, with SiLU and HardSwish, between a first and a last convolution.
pub fn joined() -> Graph {
    let mut b = Builder::new("network");
    let x = b.input("x", INPUT).unwrap();
    let first = conv(&mut b, "first", x, [16, 3, 3], 1);
    let first = b.node("first.relu", Unary::Relu, &[first]).unwrap();
    let left = conv(&mut b, "left", first, [12, 16, 3], 1);
    let left = b.node("left.relu", Unary::Relu, &[left]).unwrap();
    let right = conv(&mut b, "right", first, [20, 16, 1], 1);
    let right = b.node("right.silu", Unary::Silu, &[right]).unwrap();
    let both = b.node("both", Concat { axis: 1 }, &[left, right]).unwrap();
    let pool = Pool { kind: PoolKind::Max, kernel: [2; 2], strides: [2; 2], pads: [0; 4] };
    let pooled = b.node("pooled", pool, &[both]).unwrap();
    let mixed = conv(&mut b, "mixed", pooled, [24, 32, 1], 1);
    let mixed = b.node("mixed.hard", Unary::HardSwish, &[mixed]).unwrap();
    let wide = conv(&mut b, "wide", mixed, [16, 24, 3], 1);
    let last = conv(&mut b, "last", wide, [5, 16, 1], 1);
    b.output("y", last);
    b.finish()
}

/// Rounds a value to 8-bit integers, and makes floats of them again.
pub fn rounded(b: &mut Builder, name: &str, x: ValueId, scale: f32, zero: i8) -> ValueId {
    let scale = b.constant(&format!("{name}.scale"), Tensor::scalar(scale)).unwrap();
    let zero = b.constant(&format!("{name}.zero"), Tensor::single(zero)).unwrap();
    let quantize = QuantizeLinear { to: DType::I8, axis: 1, block_size: 0 };
    let integers = b.node(&format!("{name}.q"), quantize, &[x, scale, zero]).unwrap();
    b.node(&format!("{name}.dq"), DequantizeLinear { axis: 1, block_size: 0 }, &[integers, scale, zero]).unwrap()
}

/// A convolution with weights of integers.
pub fn integer_conv(
    b: &mut Builder,
    name: &str,
    x: ValueId,
    [outputs, depth, side]: [usize; 3],
    group: usize,
) -> ValueId {
    let count = outputs * depth * side * side;
    let integers = (0..count).map(|index| ((index * 7919 + outputs) % 255) as i16 - 127).map(|x| x as i8).collect();
    let weight =
        b.constant(&format!("{name}.q"), Tensor::new([outputs, depth, side, side], integers).unwrap()).unwrap();
    let steps = (0..outputs).map(|index| 0.001 + 0.0005 * (index % 5) as f32).collect();
    let scale = b.constant(&format!("{name}.scale"), Tensor::vector(steps)).unwrap();
    let weight =
        b.node(&format!("{name}.weight"), DequantizeLinear { axis: 0, block_size: 0 }, &[weight, scale]).unwrap();
    let bias = b.constant(&format!("{name}.bias"), random(&[outputs], 3, 0.2)).unwrap();
    let op = Conv { group, pads: vec![side / 2; 4], ..Conv::pointwise() };
    b.node(name, op, &[x, weight, bias]).unwrap()
}

/// A network that comes with integers (QDQ): a dense and a depthwise convolution, their sum, its largest, and a last convolution.
pub fn quantized() -> Graph {
    let mut b = Builder::new("quantized");
    let x = b.input("x", INPUT).unwrap();
    let x = rounded(&mut b, "x", x, 0.01, 3);
    let a = integer_conv(&mut b, "a", x, [24, 3, 3], 1);
    // Its least integer stands for 0, so that rounding clamps as ReLU does.
    let a = rounded(&mut b, "a.out", a, 0.03, -128);
    let d = integer_conv(&mut b, "d", a, [24, 1, 3], 24);
    let d = rounded(&mut b, "d.out", d, 0.02, 5);
    let sum = b.node("sum", Binary::Add, &[a, d]).unwrap();
    let sum = rounded(&mut b, "sum.out", sum, 0.04, -20);
    let pool = Pool { kind: PoolKind::Max, kernel: [2; 2], strides: [2; 2], pads: [0; 4] };
    let pooled = b.node("pooled", pool, &[sum]).unwrap();
    let pooled = rounded(&mut b, "pooled.out", pooled, 0.04, -20);
    let e = integer_conv(&mut b, "e", pooled, [10, 24, 1], 1);
    let e = rounded(&mut b, "e.out", e, 0.05, 0);
    b.output("y", e);
    b.finish()
}

/// One whose classifier has weights that are floats, and reads a mean that is rounded to integers.
pub fn with_float_classifier() -> Graph {
    let mut b = Builder::new("with_float_classifier");
    let x = b.input("x", INPUT).unwrap();
    let x = rounded(&mut b, "x", x, 0.01, 3);
    let a = integer_conv(&mut b, "a", x, [64, 3, 3], 1);
    let a = b.node("relu", Unary::Relu, &[a]).unwrap();
    let a = rounded(&mut b, "a.out", a, 0.03, -128);
    let mean = b.node("mean", GlobalAveragePool, &[a]).unwrap();
    let mean = rounded(&mut b, "mean.out", mean, 0.01, -128);
    let flat = b.node("flat", Flatten { axis: 1 }, &[mean]).unwrap();
    let weights = b.constant("weights", random(&[100, 64], 9, 0.3)).unwrap();
    let bias = b.constant("bias", random(&[100], 10, 0.3)).unwrap();
    let scores = b.node("scores", Gemm, &[flat, weights, bias]).unwrap();
    b.output("scores", scores);
    b.finish()
}

/// One with a value that a convolution reads as integers, and a sum as it was before.
pub fn read_twice() -> Graph {
    let mut b = Builder::new("read_twice");
    let x = b.input("x", INPUT).unwrap();
    let x = rounded(&mut b, "x", x, 0.01, 3);
    let a = integer_conv(&mut b, "a", x, [24, 3, 3], 1);
    let a = b.node("relu", Unary::Relu, &[a]).unwrap();
    let integers = rounded(&mut b, "a.out", a, 0.03, -128);
    let d = integer_conv(&mut b, "d", integers, [24, 1, 3], 24);
    let sum = b.node("sum", Binary::Add, &[a, d]).unwrap();
    let sum = rounded(&mut b, "sum.out", sum, 0.04, -20);
    let e = integer_conv(&mut b, "e", sum, [10, 24, 1], 1);
    b.output("y", e);
    b.finish()
}
