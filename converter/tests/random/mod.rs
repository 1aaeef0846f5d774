//! Small random graphs over all operators.
#![allow(clippy::unwrap_used, clippy::panic, clippy::manual_is_multiple_of)] // helpers of tests fail by panicking

mod rearrange;

use edgeconv_graph::op::{
    BatchNormalization, Binary, Clip, Concat, Conv, ConvTranspose, Coordinates, CumSum, Elu, Flatten, Gather, Gemm,
    GlobalAveragePool, LayerNormalization, LeakyRelu, MatMul, PRelu, Pool, PoolKind, Reduce, ReduceKind, Reshape,
    Resize, Slice, Softmax, Split, TopK, Transpose, Unary, Where,
};
use edgeconv_graph::{Builder, Graph, Op, Tensor, ValueId};
use proptest::prelude::*;

/// One step of building a graph: which operator, on which values, and with which attributes and weights.
#[derive(Debug, Clone)]
pub struct Step {
    operator: usize,
    choices: [usize; 8],
}

/// A description of a graph; proptest makes it smaller when it has found a fault.
#[derive(Debug, Clone)]
pub struct Recipe {
    input: [usize; 4],
    steps: Vec<Step>,
}

/// Recipes of up to `steps` steps on inputs `[1..2, 1..20, 1..9, 1..9]`.
pub fn recipes(steps: usize) -> impl Strategy<Value = Recipe> {
    let step = (0..OPERATORS.len(), prop::array::uniform8(0usize..1000));
    let step = step.prop_map(|(operator, choices)| Step { operator, choices });
    let input = (1usize..3, 1usize..21, 1usize..10, 1usize..10).prop_map(|(n, c, h, w)| [n, c, h, w]);
    (input, prop::collection::vec(step, 1..=steps)).prop_map(|(input, steps)| Recipe { input, steps })
}

/// The graph of a recipe, and an input for it. Outputs are the last value and all values that nothing uses.
pub fn build(recipe: &Recipe) -> (Graph, Tensor) {
    let mut random = Random { b: Builder::new("random"), seed: 1, live: vec![], shared: vec![], names: 0 };
    let input = random.b.input("input", recipe.input).unwrap();
    random.live.push(input);
    for step in &recipe.steps {
        OPERATORS[step.operator](&mut random, &step.choices);
    }
    let data = random.tensor(&recipe.input, 1.0);
    for (index, &value) in random.live.iter().rev().take(3).enumerate() {
        random.b.output(&format!("y{index}"), value);
    }
    (random.b.finish(), data)
}

struct Random {
    b: Builder,
    seed: u64,
    /// Values `[N, C, H, W]`.
    live: Vec<ValueId>,
    /// Constant operands so far, which several operators may read.
    shared: Vec<ValueId>,
    names: usize,
}

type Choices = [usize; 8];

/// Adds nodes to a graph; what doesn't fit adds nothing.
const OPERATORS: [fn(&mut Random, &Choices); 31] = [
    Random::conv,
    Random::computed_kernel,
    Random::conv_transpose,
    Random::depthwise,
    Random::grouped,
    Random::unary,
    Random::unary_relu,
    Random::activation,
    Random::masked,
    Random::batch_norm,
    Random::constant_operand,
    Random::computed_operand,
    Random::divide,
    Random::concat,
    Random::slice,
    Random::split,
    Random::squeeze_excite,
    Random::reshape,
    Random::classifier,
    Random::mat_mul,
    Random::layer_norm,
    Random::along_an_axis,
    Random::transpose,
    Random::max_pool,
    Random::resize,
    Random::nearest,
    Random::pad,
    Random::slice_with_step,
    Random::depth_to_space,
    Random::gather,
    Random::scatter,
];

impl Random {
    /// Uniform in [−1, 1).
    fn number(&mut self) -> f32 {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.seed >> 40) as f32 / (1 << 23) as f32 - 1.0
    }

    fn tensor(&mut self, shape: &[usize], scale: f32) -> Tensor {
        let data = (0..shape.iter().product()).map(|_| self.number() * scale).collect();
        Tensor::f32(shape, data).unwrap()
    }

    fn name(&mut self) -> String {
        self.names += 1;
        format!("n{}", self.names)
    }

    fn constant(&mut self, tensor: Tensor) -> ValueId {
        let name = self.name();
        self.b.constant(&name, tensor).unwrap()
    }

    fn random_constant(&mut self, shape: &[usize], scale: f32) -> ValueId {
        let tensor = self.tensor(shape, scale);
        self.constant(tensor)
    }

    fn pick(&self, choice: usize) -> ValueId {
        // Mostly recent values, so that chains grow.
        let recent = self.live.len().min(4);
        self.live[self.live.len() - 1 - choice % recent]
    }

    fn shape(&self, id: ValueId) -> [usize; 4] {
        self.b.shape(id).try_into().unwrap()
    }

    fn add(&mut self, op: impl Into<Op>, inputs: &[ValueId]) -> ValueId {
        let name = self.name();
        let id = self.b.node(&name, op, inputs).unwrap();
        if self.b.shape(id).len() == 4 {
            self.live.push(id);
        }
        id
    }

    fn convolution(&mut self, data: ValueId, kernel: [usize; 4], group: usize, choices: &Choices) {
        let [.., h, w] = self.shape(data);
        let [strides, dilations] = [[1 + choices[2] % 2, 1 + choices[3] % 2], [1 + choices[4] / 100 % 2, 1]];
        // As in real networks, each window reaches the data.
        let [reach_h, reach_w] = [0, 1].map(|axis| (kernel[axis + 2] - 1) * dilations[axis] + 1);
        let pads = [4, 5, 6, 7].map(|i| choices[i] % [reach_h, reach_w][i % 2].min(3));
        if h + pads[0] + pads[2] < reach_h || w + pads[1] + pads[3] < reach_w {
            return;
        }
        let fan_in = (kernel[1] * kernel[2] * kernel[3]) as f32;
        let mut inputs = vec![data, self.random_constant(&kernel, 1.7 / fan_in.sqrt())];
        if choices[7] % 4 > 0 {
            inputs.push(self.random_constant(&[kernel[0]], 0.5));
        }
        let op = Conv { strides: strides.to_vec(), pads: pads.to_vec(), dilations: dilations.to_vec(), group };
        self.add(op, &inputs);
    }

    fn kernel(choice: usize) -> [usize; 2] {
        [[1, 1], [3, 3], [1, 1], [5, 1], [1, 5], [2, 3]][choice % 6]
    }

    fn conv(&mut self, choices: &Choices) {
        let data = self.pick(choices[0]);
        let [h, w] = Self::kernel(choices[1]);
        self.convolution(data, [1 + choices[6] % 20, self.shape(data)[1], h, w], 1, choices);
    }

    /// A convolution whose kernel depends on the data.
    fn computed_kernel(&mut self, choices: &Choices) {
        let data = self.pick(choices[0]);
        let channels = self.shape(data)[1];
        let group = [1, channels, if channels % 2 == 0 { 2 } else { 1 }][choices[1] % 3];
        let kernel = self.random_constant(&[channels, channels / group, 3, 2], 0.5);
        let mean = self.add(GlobalAveragePool, &[data]);
        let mean = self.add(Reduce { kind: ReduceKind::Mean, axes: vec![0, 1] }, &[mean]);
        let kernel = self.add(Binary::Mul, &[kernel, mean]);
        self.live.pop();
        let mut inputs = vec![data, kernel];
        if choices[2] % 2 == 0 {
            inputs.push(self.random_constant(&[channels], 0.5));
        }
        let op = Conv { strides: vec![1, 2], pads: vec![1, 1, 1, 0], dilations: vec![1; 2], group };
        self.add(op, &inputs);
    }

    fn conv_transpose(&mut self, choices: &Choices) {
        let data = self.pick(choices[0]);
        let [_, channels, h, w] = self.shape(data);
        let group = [1, channels, if channels % 2 == 0 { 2 } else { 1 }][choices[1] % 3];
        let strides = vec![1 + choices[2] % 2, 1 + choices[3] % 2];
        let kernel = Self::kernel(choices[4]);
        let op = ConvTranspose {
            pads: [kernel[0], kernel[1], kernel[0], kernel[1]].map(|length| choices[5] % length.min(2)).to_vec(),
            dilations: vec![1 + choices[6] % 2, 1],
            output_padding: strides.iter().map(|stride| choices[7] % stride).collect(),
            strides,
            group,
        };
        let fan_in = (channels / group * kernel[0] * kernel[1]) as f32;
        let kernel = [channels, 1 + choices[6] / 2 % 3, kernel[0], kernel[1]];
        if h > 1 && w > 1 && h * w < 200 {
            let kernel = self.random_constant(&kernel, 1.7 / fan_in.sqrt());
            self.add(op, &[data, kernel]);
        }
    }

    fn depthwise(&mut self, choices: &Choices) {
        let data = self.pick(choices[0]);
        let [h, w] = Self::kernel(choices[1]);
        let channels = self.shape(data)[1];
        self.convolution(data, [channels, 1, h, w], channels, choices);
    }

    fn grouped(&mut self, choices: &Choices) {
        let data = self.pick(choices[0]);
        let [h, w] = Self::kernel(choices[1]);
        let channels = self.shape(data)[1];
        let groups = [2, 3, 4, 5, 7].into_iter().find(|group| channels % group == 0).unwrap_or(1);
        self.convolution(data, [groups * (1 + choices[6] % 3), channels / groups, h, w], groups, choices);
    }

    fn unary(&mut self, choices: &Choices) {
        let data = self.pick(choices[0]);
        match choices[1] % 8 {
            0 => self.add(Unary::Sigmoid, &[data]),
            1 => self.add(Unary::Silu, &[data]),
            2 => self.add(Unary::HardSwish, &[data]),
            3 => self.add(Unary::HardSigmoid, &[data]),
            4 => self.add(Unary::Identity, &[data]),
            6 if choices[2] % 3 == 0 => self.add(Unary::GeluTanh, &[data]),
            6 => self.add(Unary::Gelu, &[data]),
            5 => self.add(Clip { min: 0.0, max: 6.0 }, &[data]),
            _ => self.add(Clip { min: -0.5, max: 0.75 }, &[data]),
        };
    }

    fn unary_relu(&mut self, choices: &Choices) {
        let data = self.pick(choices[0]);
        self.add(Unary::Relu, &[data]);
    }

    fn activation(&mut self, choices: &Choices) {
        let data = self.pick(choices[0]);
        let [_, channels, _, width] = self.shape(data);
        match choices[1] % 6 {
            0 => self.add(LeakyRelu { alpha: 0.2 }, &[data]),
            1 => self.add(Elu { alpha: 1.0 }, &[data]),
            2 => self.add(Elu { alpha: 1.7 }, &[data]),
            3 => self.add(Unary::Softplus, &[data]),
            other => {
                let shape = if other == 4 { vec![channels, 1, 1] } else { vec![width] };
                let slope = self.random_constant(&shape, 0.5);
                self.add(PRelu, &[data, slope])
            }
        };
    }

    /// `|x|` by a comparison and a choice.
    fn masked(&mut self, choices: &Choices) {
        let data = self.pick(choices[0]);
        let zero = self.constant(Tensor::scalar(0.0));
        let below = self.add(Binary::Less, &[data, zero]);
        self.live.pop();
        let negative = self.add(Unary::Neg, &[data]);
        self.add(Where, &[below, negative, data]);
    }

    fn batch_norm(&mut self, choices: &Choices) {
        let data = self.pick(choices[0]);
        let channels = self.shape(data)[1];
        let [scale, bias, mean] = [1.5, 0.5, 0.5].map(|scale| self.random_constant(&[channels], scale));
        let positive = |x: &f32| x.abs() + 0.1;
        let var = self.tensor(&[channels], 1.0);
        let var = self.constant(Tensor::vector(var.as_f32().unwrap().iter().map(positive).collect()));
        self.add(BatchNormalization { epsilon: 1e-3 }, &[data, scale, bias, mean, var]);
    }

    /// Often with a ReLU behind it that is the only one to use it, as in residual blocks.
    fn arithmetic(&mut self, choice: usize, inputs: &[ValueId; 2]) {
        let result = self.add([Binary::Add, Binary::Sub, Binary::Mul][choice % 3], inputs);
        if choice / 3 % 3 == 0 {
            self.live.pop();
            self.add(Unary::Relu, &[result]);
        }
    }

    fn constant_operand(&mut self, choices: &Choices) {
        let data = self.pick(choices[0]);
        let [n, c, h, w] = self.shape(data);
        let shapes: [&[usize]; 11] = [
            &[n, c, h, w],
            &[1, c, h, w],
            &[1, c, 1, 1],
            &[c, 1, 1],
            &[1, c, h, 1],
            &[1, c, 1, w],
            &[1, 1, h, w],
            &[h, w],
            &[w],
            &[1, 1, 1, 1],
            &[],
        ];
        let shape = shapes[choices[1] % shapes.len()];
        let seen = self.shared.iter().copied().find(|&id| choices[4] % 2 == 0 && self.b.shape(id) == shape);
        let constant = seen.unwrap_or_else(|| self.random_constant(shape, 1.0));
        self.shared.push(constant);
        let inputs = if choices[2] % 2 == 0 { [data, constant] } else { [constant, data] };
        self.arithmetic(choices[3], &inputs);
    }

    /// Another value, cut to a shape that fits or can be broadcast.
    fn computed_operand(&mut self, choices: &Choices) {
        let (a, b) = (self.pick(choices[0]), self.pick(choices[1]));
        let shape = self.shape(a);
        let mut other = b;
        for axis in 0..4 {
            let length = self.shape(other)[axis];
            let wanted = if choices[3 + axis] % 3 == 0 { 1 } else { shape[axis] };
            if length < wanted {
                return;
            }
            if length > wanted {
                let start = choices[2] % (length - wanted + 1);
                other = self.add(Slice { axis, start, end: start + wanted, step: 1 }, &[other]);
            }
        }
        let inputs = if choices[2] % 2 == 0 { [a, other] } else { [other, a] };
        self.arithmetic(choices[7], &inputs);
    }

    /// By something that isn't near 0.
    fn divide(&mut self, choices: &Choices) {
        let (a, b) = (self.pick(choices[0]), self.pick(choices[1]));
        if self.shape(a) == self.shape(b) {
            let divisor = self.add(Clip { min: 0.5, max: 2.0 }, &[b]);
            self.add(Binary::Div, &[a, divisor]);
        } else {
            let channels = self.shape(a)[1];
            let data = (0..channels).map(|c| 0.5 + c as f32 / 7.0).collect();
            let divisor = self.constant(Tensor::f32([1, channels, 1, 1], data).unwrap());
            self.add(Binary::Div, &[a, divisor]);
        }
    }

    fn concat(&mut self, choices: &Choices) {
        let (a, b) = (self.pick(choices[0]), self.pick(choices[1]));
        let axis = [1, 1, 2, 3, 0][choices[2] % 5];
        let mut shapes = [self.shape(a), self.shape(b)];
        shapes.iter_mut().for_each(|shape| shape[axis] = 0);
        let constant = |random: &mut Self| {
            let mut shape = random.shape(a);
            shape[axis] = 1 + choices[3] % 3;
            random.random_constant(&shape, 1.0)
        };
        let inputs = match (shapes[0] == shapes[1], choices[4] % 3) {
            (true, 0) => vec![a, b, a],
            (true, _) => vec![a, b],
            (false, 0) => vec![constant(self), a],
            (false, _) => vec![a, a],
        };
        self.add(Concat { axis }, &inputs);
    }

    fn slice(&mut self, choices: &Choices) {
        let data = self.pick(choices[0]);
        let axis = [1, 1, 2, 3, 0][choices[1] % 5];
        let length = self.shape(data)[axis];
        let start = choices[2] % length;
        let end = start + 1 + choices[3] % (length - start);
        self.add(Slice { axis, start, end, step: 1 }, &[data]);
    }

    /// Into two or three parts, which are joined again in another order.
    fn split(&mut self, choices: &Choices) {
        let data = self.pick(choices[0]);
        let axis = [1, 1, 2, 3][choices[1] % 4];
        let length = self.shape(data)[axis];
        let mut sizes = vec![1 + choices[2] % length];
        let rest = length - sizes[0];
        if rest > 0 {
            sizes.push(1 + choices[3] % rest);
            sizes.push(rest - sizes[1]);
            sizes.retain(|&size| size > 0);
        }
        let name = self.name();
        let mut parts = self.b.nodes(&name, Split { axis, sizes }, &[data]).unwrap();
        parts.reverse();
        if choices[4] % 2 == 0 {
            self.add(Concat { axis }, &parts);
        }
        self.live.extend(parts);
    }

    /// Weighs channels by a function of their means.
    fn squeeze_excite(&mut self, choices: &Choices) {
        let data = self.pick(choices[0]);
        let channels = self.shape(data)[1];
        let mean = self.add(GlobalAveragePool, &[data]);
        let kernel = self.random_constant(&[channels, channels, 1, 1], 1.0);
        let weight = self.add(Conv::pointwise(), &[mean, kernel]);
        let weight = self.add(if choices[1] % 2 == 0 { Unary::Sigmoid } else { Unary::HardSigmoid }, &[weight]);
        self.add(Binary::Mul, &[data, weight]);
    }

    /// Through lower and higher ranks and back.
    fn reshape(&mut self, choices: &Choices) {
        let data = self.pick(choices[0]);
        let [n, c, h, w] = self.shape(data);
        let shapes: [&[usize]; 6] =
            [&[n, c * h, w, 1], &[n * c, h, w], &[n, c, h * w], &[n * c * h * w], &[n, 1, c * w, h], &[1, n, c, h, w]];
        let middle = self.add(Reshape { shape: shapes[choices[1] % 6].to_vec() }, &[data]);
        let middle = if choices[2] % 2 == 0 { middle } else { self.add(Unary::Silu, &[middle]) };
        let last = [[n, c, h, w], [n, w, c, h], [n, h * w, 1, c]][choices[3] % 3];
        self.add(Reshape { shape: last.to_vec() }, &[middle]);
    }

    fn classifier(&mut self, choices: &Choices) {
        let data = self.pick(choices[0]);
        let [n, ..] = self.shape(data);
        let flat = self.add(Flatten { axis: 1 }, &[data]);
        let features = self.b.shape(flat)[1];
        let classes = 1 + choices[1] % 20;
        let mut inputs = vec![flat, self.random_constant(&[classes, features], 1.7 / (features as f32).sqrt())];
        if choices[2] % 2 == 0 {
            inputs.push(self.random_constant(&[classes], 0.5));
        }
        let mut logits = self.add(Gemm, &inputs);
        if choices[3] % 2 == 0 {
            logits = self.add(Unary::Relu, &[logits]);
        }
        self.add(Reshape { shape: vec![n, classes, 1, 1] }, &[logits]);
    }

    /// From the left or the right, with one matrix for all maps, one per channel or image, or each map with each matrix.
    fn mat_mul(&mut self, choices: &Choices) {
        let data = self.pick(choices[0]);
        let [n, c, h, w] = self.shape(data);
        let length = 1 + choices[1] % 20;
        let left = choices[2] % 2 == 0;
        let (rows, columns) = if left { (length, h) } else { (w, length) };
        let batches: [&[usize]; 6] = [&[], &[c], &[1, c], &[n, 1], &[n, c], if n == 1 { &[c, 1] } else { &[1, 1] }];
        let shape = [batches[choices[3] % 6], &[rows, columns]].concat();
        let summands = if left { h } else { w };
        let matrix = self.random_constant(&shape, 1.7 / (summands as f32).sqrt());
        self.add(MatMul, &if left { [matrix, data] } else { [data, matrix] });
    }

    /// Over the channels, which are brought to the end and back, or over the columns.
    fn layer_norm(&mut self, choices: &Choices) {
        let mut data = self.pick(choices[0]);
        let channels_last = choices[1] % 2 == 0;
        if channels_last {
            data = self.add(Transpose { perm: vec![0, 2, 3, 1] }, &[data]);
        }
        let [.., length] = self.shape(data);
        let [scale, bias] = [1.5, 0.5].map(|scale| self.random_constant(&[length], scale));
        // Rounding is not magnified where all elements of a row are nearly equal.
        data = self.add(LayerNormalization { epsilon: 0.1 }, &[data, scale, bias]);
        if channels_last {
            self.add(Transpose { perm: vec![0, 3, 1, 2] }, &[data]);
        }
    }

    fn along_an_axis(&mut self, choices: &Choices) {
        let data = self.pick(choices[0]);
        let axis = choices[1] % 4;
        match choices[2] % 5 {
            0 => self.add(Softmax { axis }, &[data]),
            1 => {
                let kind = [ReduceKind::Mean, ReduceKind::Sum, ReduceKind::Max, ReduceKind::Min][choices[3] % 4];
                // Sums stay of the size of what is summed up.
                let data = if kind == ReduceKind::Sum { self.add(Unary::Sigmoid, &[data]) } else { data };
                self.add(Reduce { kind, axes: if axis == 3 { vec![2, 3] } else { vec![axis, 3] } }, &[data])
            }
            2 if self.shape(data)[axis] > 1 => {
                let (exclusive, reverse) = (choices[3] % 2 == 0, choices[4] % 2 == 0);
                self.add(CumSum { axis, exclusive, reverse }, &[data])
            }
            3 => {
                let k = 1 + choices[3] % self.shape(data)[axis];
                self.add(TopK { k, axis, largest: choices[4] % 2 == 0 }, &[data])
            }
            _ => {
                let length = self.shape(data)[axis];
                let indices = choices[3..6].iter().map(|choice| (choice % length) as i64).collect();
                let indices = self.constant(Tensor::indices(indices));
                self.add(Gather { axis }, &[data, indices])
            }
        };
    }

    fn transpose(&mut self, choices: &Choices) {
        let data = self.pick(choices[0]);
        let perm = [[0, 2, 3, 1], [0, 3, 1, 2], [0, 1, 3, 2], [1, 0, 2, 3], [2, 3, 0, 1]][choices[1] % 5];
        self.add(Transpose { perm: perm.to_vec() }, &[data]);
    }

    fn max_pool(&mut self, choices: &Choices) {
        let data = self.pick(choices[0]);
        let [.., h, w] = self.shape(data);
        let kernel = [1 + choices[1] % 3, 1 + choices[2] % 3];
        let pads = [3, 4, 5, 6].map(|i| choices[i] % kernel[i % 2]);
        let pads = [pads[1], pads[0], pads[3], pads[2]];
        if h + pads[0] + pads[2] >= kernel[0] && w + pads[1] + pads[3] >= kernel[1] {
            let strides = [1 + choices[7] % 2, 1 + choices[7] / 2 % 2];
            if choices[1] / 3 % 2 == 0 {
                self.add(Pool { kind: PoolKind::Max, kernel, strides, pads }, &[data]);
            } else {
                self.add(Pool { kind: PoolKind::Average, kernel, strides, pads }, &[data]);
            }
        }
    }

    fn resize(&mut self, choices: &Choices) {
        let data = self.pick(choices[0]);
        let [n, c, ..] = self.shape(data);
        let sizes = vec![n, c, 1 + choices[1] % 12, 1 + choices[2] % 12];
        self.add(Resize::linear(Coordinates::HalfPixel, sizes), &[data]);
    }
}
