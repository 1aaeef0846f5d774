//! Networks of any number of nodes.
#![allow(clippy::unwrap_used)] // helpers of tests fail by panicking
#![allow(dead_code)] // each test file uses its part

use edgeconv_graph::op::{
    BatchNormalization, Binary, Concat, Conv, LayerNormalization, MatMul, Reshape, Split, Transpose, Unary,
};
use edgeconv_graph::{Builder, Graph, Op, Tensor, ValueId};

const MAP: [usize; 4] = [1, 8, 4, 4];

/// A chain each of whose nodes a pass takes away, or moves: identities, norms behind convolutions, activations between reshapes
/// that undo each other, and transpositions that do.
pub fn chain(nodes: usize) -> Graph {
    let mut net = Net::new("chain");
    let mut x = net.input;
    for index in 0..nodes {
        x = match index % 8 {
            0 => net.node(Unary::Identity, &[x]),
            1 => net.conv(1, 1, x),
            2 => net.batch_norm(x),
            3 => net.node(Reshape { shape: vec![1, 8, 16] }, &[x]),
            4 => net.node(Unary::Sigmoid, &[x]),
            5 => net.node(Reshape { shape: MAP.to_vec() }, &[x]),
            6 => net.node(Transpose { perm: vec![0, 2, 3, 1] }, &[x]),
            _ => net.node(Transpose { perm: vec![0, 3, 1, 2] }, &[x]),
        };
    }
    net.finish(x)
}

/// Convolutions with shortcuts, attention-like layers over pixels, and halves of channels, one after the other; at least so many
/// nodes.
pub fn mixed(nodes: usize) -> Graph {
    let mut net = Net::new("mixed");
    let mut x = net.input;
    while net.nodes < nodes {
        let y = net.conv(3, 1, x);
        let y = net.batch_norm(y);
        let y = net.node(Unary::Relu, &[y]);
        let y = net.conv(3, 8, y);
        let y = net.node(Binary::Add, &[x, y]);
        let y = net.node(Reshape { shape: vec![1, 8, 16] }, &[y]);
        let pixels = net.node(Transpose { perm: vec![0, 2, 1] }, &[y]);
        let (scale, bias) = (net.constant(&[8]), net.constant(&[8]));
        let y = net.node(LayerNormalization { epsilon: 1e-5 }, &[pixels, scale, bias]);
        let weight = net.constant(&[8, 8]);
        let y = net.node(MatMul, &[y, weight]);
        let bias = net.constant(&[8]);
        let y = net.node(Binary::Add, &[y, bias]);
        let y = net.node(Unary::Silu, &[y]);
        let y = net.node(Binary::Add, &[pixels, y]);
        let y = net.node(Transpose { perm: vec![0, 2, 1] }, &[y]);
        let y = net.node(Reshape { shape: MAP.to_vec() }, &[y]);
        let halves = net.nodes(Split { axis: 1, sizes: vec![4, 4] }, &[y]);
        let gate = net.node(Unary::Sigmoid, &[halves[0]]);
        let gated = net.node(Binary::Mul, &[halves[1], gate]);
        x = net.node(Concat { axis: 1 }, &[halves[0], gated]);
    }
    net.finish(x)
}

struct Net {
    b: Builder,
    input: ValueId,
    nodes: usize,
    constants: usize,
}

impl Net {
    fn new(name: &str) -> Self {
        let mut b = Builder::new(name);
        let input = b.input("x", MAP).unwrap();
        Self { b, input, nodes: 0, constants: 0 }
    }

    fn node(&mut self, op: impl Into<Op>, inputs: &[ValueId]) -> ValueId {
        self.nodes(op, inputs)[0]
    }

    fn nodes(&mut self, op: impl Into<Op>, inputs: &[ValueId]) -> Vec<ValueId> {
        self.nodes += 1;
        self.b.nodes(&format!("node_{}", self.nodes), op, inputs).unwrap()
    }

    /// Small positive numbers.
    fn constant(&mut self, shape: &[usize]) -> ValueId {
        self.constants += 1;
        let seed = self.constants;
        let number = |i: usize| ((i * 7919 + seed * 104_729) % 1009) as f32 / 10_090.0 + 0.01;
        let tensor = Tensor::f32(shape, (0..shape.iter().product()).map(number).collect()).unwrap();
        self.b.constant(&format!("constant_{seed}"), tensor).unwrap()
    }

    fn conv(&mut self, size: usize, group: usize, x: ValueId) -> ValueId {
        let kernel = self.constant(&[8, 8 / group, size, size]);
        self.node(Conv { pads: vec![size / 2; 4], group, ..Conv::pointwise() }, &[x, kernel])
    }

    fn batch_norm(&mut self, x: ValueId) -> ValueId {
        let parameters = [(); 4].map(|()| self.constant(&[8]));
        let inputs: Vec<_> = std::iter::once(x).chain(parameters).collect();
        self.node(BatchNormalization { epsilon: 1e-5 }, &inputs)
    }

    fn finish(mut self, y: ValueId) -> Graph {
        self.b.output("y", y);
        self.b.finish()
    }
}
