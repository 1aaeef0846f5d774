//! Networks that give their weights back, so that tests see what MNN makes of stored ones.
#![allow(clippy::unwrap_used)] // helpers of tests fail by panicking
#![allow(dead_code)] // each test file uses its part

use edgeconv_converter::pipeline::Rewrite;
use edgeconv_converter::target::Mnn;
use edgeconv_converter::target::mnn::Store;
use edgeconv_converter::{Artefact, Conversion};
use edgeconv_graph::op::{Binary, Conv, ConvTranspose, MatMul};
use edgeconv_graph::{Builder, Graph, Tensor};
use edgeconv_session::Hints;

use crate::mnn;

/// Numbers in [−0.5, 0.5) that look random and are always the same.
pub fn number(seed: usize, index: usize) -> f32 {
    ((index * 7919 + seed * 104_729 + 17) % 10_007) as f32 / 10_007.0 - 0.5
}

pub fn numbers(seed: usize, count: usize) -> Vec<f32> {
    (0..count).map(|index| number(seed, index)).collect()
}

pub fn made_with(graph: Graph, mnn: Mnn) -> Artefact {
    Conversion::of(graph).rewrite(&Rewrite::None.into()).unwrap().to(&mnn).unwrap()
}

pub fn made(graph: &Graph, store: Store) -> Artefact {
    made_with(graph.clone(), Mnn { store, ..Mnn::DEFAULT })
}

pub fn run(bytes: &[u8], graph: &Graph, inputs: &[Tensor]) -> Vec<f32> {
    let outputs = mnn::run_file(bytes, graph, inputs, Hints { winograd_memory_level: Some(0) });
    outputs[0].as_f32().unwrap().to_vec()
}

/// Inputs of which each has a single 1, so that results are weights.
pub fn ones_at(count: usize, shape: [usize; 3]) -> Tensor {
    let size: usize = shape.iter().product();
    let elements = (0..count).flat_map(|one| (0..size).map(move |index| if index == one { 1.0 } else { 0.0 }));
    Tensor::f32([count, shape[0], shape[1], shape[2]], elements.collect()).unwrap()
}

/// A network that returns its kernel, given an input, and where in the kernel each element of the result stands.
pub struct Probe {
    pub graph: Graph,
    pub input: Tensor,
    place: Box<dyn Fn(usize) -> usize>,
}

/// A convolution `[outputs, inputs, side, side]`.
pub fn dense([outputs, inputs, side]: [usize; 3], kernel: Vec<f32>) -> Probe {
    let count = inputs * side * side;
    let mut b = Builder::new("dense");
    let x = b.input("x", [count, inputs, side, side]).unwrap();
    let kernel = b.constant("kernel", Tensor::f32([outputs, inputs, side, side], kernel).unwrap()).unwrap();
    let y = b.node("y", Conv { pads: vec![0; 4], ..Conv::pointwise() }, &[x, kernel]).unwrap();
    b.output("y", y);
    let place = Box::new(move |index| index % outputs * count + index / outputs);
    Probe { graph: b.finish(), input: ones_at(count, [inputs, side, side]), place }
}

/// A convolution `[outputs, inputs / group, side, side]` in groups, all of which get the same 1.
pub fn grouped([outputs, group, depth, side]: [usize; 4], kernel: Vec<f32>) -> Probe {
    let count = depth * side * side;
    let mut b = Builder::new("grouped");
    let x = b.input("x", [count, group * depth, side, side]).unwrap();
    let kernel = b.constant("kernel", Tensor::f32([outputs, depth, side, side], kernel).unwrap()).unwrap();
    let y = b.node("y", Conv { pads: vec![0; 4], group, ..Conv::pointwise() }, &[x, kernel]).unwrap();
    b.output("y", y);
    let ones = ones_at(count, [depth, side, side]);
    let of_groups = ones.as_f32().unwrap().chunks(count).flat_map(|one| one.repeat(group)).collect();
    let input = Tensor::f32([count, group * depth, side, side], of_groups).unwrap();
    Probe { graph: b.finish(), input, place: Box::new(move |index| index % outputs * count + index / outputs) }
}

/// A transposed convolution `[inputs, outputs, side, side]`.
pub fn transposed([inputs, outputs, side]: [usize; 3], kernel: Vec<f32>) -> Probe {
    let mut b = Builder::new("transposed");
    let x = b.input("x", [inputs, inputs, 1, 1]).unwrap();
    let kernel = b.constant("kernel", Tensor::f32([inputs, outputs, side, side], kernel).unwrap()).unwrap();
    let op = ConvTranspose {
        strides: vec![1; 2],
        pads: vec![0; 4],
        dilations: vec![1; 2],
        output_padding: vec![0; 2],
        group: 1,
    };
    let y = b.node("y", op, &[x, kernel]).unwrap();
    b.output("y", y);
    Probe { graph: b.finish(), input: ones_at(inputs, [inputs, 1, 1]), place: Box::new(|index| index) }
}

/// A constant that is added to zeros.
pub fn constant(elements: Vec<f32>) -> Probe {
    let count = elements.len();
    let mut b = Builder::new("constant");
    let x = b.input("x", [1, count]).unwrap();
    let offsets = b.constant("offsets", Tensor::f32([1, count], elements).unwrap()).unwrap();
    let y = b.node("y", Binary::Add, &[x, offsets]).unwrap();
    b.output("y", y);
    let input = Tensor::f32([1, count], vec![0.0; count]).unwrap();
    Probe { graph: b.finish(), input, place: Box::new(|index| index) }
}

/// What MNN decodes.
pub fn decoded(probe: &Probe, bytes: &[u8]) -> Vec<f32> {
    let found = run(bytes, &probe.graph, std::slice::from_ref(&probe.input));
    let mut kernel = vec![0.0; found.len()];
    found.iter().enumerate().for_each(|(index, &weight)| kernel[(probe.place)(index)] = weight);
    kernel
}

pub fn max_error(expected: &[f32], found: &[f32]) -> f64 {
    let differences = expected.iter().zip(found).map(|(&a, &b)| (f64::from(a) - f64::from(b)).abs());
    differences.fold(0.0, f64::max)
}

/// Rows of numbers of every kind: random ones, one huge among them, all the same, zeros, tiny ones, all of one sign.
pub fn rows(count: usize, length: usize) -> Vec<f32> {
    let row = |row: usize| -> Vec<f32> {
        let mut random = numbers(row, length);
        match row % 6 {
            1 => random[length / 2] = 60_000.0,
            2 => random.fill(0.37),
            3 => random.fill(0.0),
            4 => random.iter_mut().for_each(|number| *number *= 1e-3),
            5 => random.iter_mut().for_each(|number| *number = number.abs() + 3.0),
            _ => {}
        }
        random
    };
    (0..count).flat_map(row).collect()
}

/// Networks with kernels of every form, with channels that are no multiple of 16 (or of 2), too.
pub fn probes() -> Vec<(Vec<f32>, Probe)> {
    let dense_shapes = [[24, 48, 1], [17, 23, 1], [7, 32, 3], [3, 5, 3], [13, 160, 1], [64, 256, 1], [5, 11, 1]];
    let denses = dense_shapes.map(|shape @ [outputs, inputs, side]| {
        let kernel = rows(outputs, inputs * side * side);
        (kernel.clone(), dense(shape, kernel))
    });
    let groups = [[24, 24, 1, 3], [37, 37, 1, 5], [12, 4, 5, 3]].map(|shape @ [outputs, _, depth, side]| {
        let kernel = rows(outputs, depth * side * side);
        (kernel.clone(), grouped(shape, kernel))
    });
    let kernel = rows(12, 20 * 4);
    let transposed = (kernel.clone(), transposed([12, 20, 2], kernel));
    denses.into_iter().chain(groups).chain([transposed]).collect()
}

/// Two convolutions with one kernel, a depthwise one, and a large constant.
pub fn network() -> (Graph, Tensor) {
    const CHANNELS: usize = 64;
    let mut b = Builder::new("network");
    let shape = [1, CHANNELS, 9, 9];
    let floats = |seed, shape: &[usize]| Tensor::f32(shape, numbers(seed, shape.iter().product())).unwrap();
    let x = b.input("x", shape).unwrap();
    let kernel = b.constant("kernel", floats(1, &[CHANNELS, CHANNELS, 3, 3])).unwrap();
    let same = || Conv { pads: vec![1; 4], ..Conv::pointwise() };
    let y = b.node("first", same(), &[x, kernel]).unwrap();
    let y = b.node("second", same(), &[y, kernel]).unwrap();
    let channels = b.constant("channels", floats(2, &[CHANNELS, 1, 3, 3])).unwrap();
    let y = b.node("depthwise", Conv { group: CHANNELS, ..same() }, &[y, channels]).unwrap();
    let offsets = b.constant("offsets", floats(3, &shape)).unwrap();
    let y = b.node("y", Binary::Add, &[y, offsets]).unwrap();
    b.output("y", y);
    (b.finish(), floats(4, &shape))
}

/// Products with circulant matrices of numbers that halves hold, and an input.
pub fn circulants() -> (Graph, Tensor) {
    let (channels, side) = (16, 24);
    let row = |channel: usize| move |index: usize| (index * (channel + 3) % 64) as f32 / 64.0;
    let matrix =
        |channel: usize| (0..side * side).map(move |index| row(channel)((index % side + side - index / side) % side));
    let matrices: Vec<_> = (0..channels).flat_map(matrix).collect();
    let mut b = Builder::new("circulant");
    let x = b.input("x", [1, channels, side, side]).unwrap();
    let shape = [1, channels, side, side];
    let matrices = b.constant("matrices", Tensor::f32(shape, matrices).unwrap()).unwrap();
    let y = b.node("y", MatMul, &[matrices, x]).unwrap();
    b.output("y", y);
    (b.finish(), Tensor::f32(shape, numbers(1, channels * side * side)).unwrap())
}
