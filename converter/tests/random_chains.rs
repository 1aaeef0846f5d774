//! Random graphs of convolutions give the same numbers with our kernels, which fuse them, as with MNN's.
#![allow(clippy::unwrap_used)] // a test may panic: that is how it fails

mod convolutions;
mod mnn;

use convolutions::{open, tensor};
use edgeconv_graph::op::{Binary, Clip, Conv, GlobalAveragePool, Unary};
use edgeconv_graph::{Builder, Graph, Op, Tensor, ValueId};
use edgeconv_runtime::{Keep, Session};
use edgeconv_session::Kernels;
use proptest::prelude::*;

type Choices = [usize; 10];

/// An input, another size of it, which kernels may not fit into, and operators by numbers that say which and with what.
#[derive(Debug, Clone)]
struct Recipe {
    batches: [usize; 2],
    channels: usize,
    sizes: [[usize; 2]; 2],
    steps: Vec<(usize, Choices)>,
    outputs: usize,
    threads: u16,
}

fn recipes() -> impl Strategy<Value = Recipe> {
    let extent = || prop_oneof![1usize..8, 1usize..30, 1usize..131];
    let size = || [extent(), extent()];
    let step = (0..STEPS.len(), prop::array::uniform10(0usize..1000));
    let shape = ([1usize..4, 1usize..4], prop_oneof![1usize..20, 1usize..70], [size(), size()]);
    (shape, prop::collection::vec(step, 1..9), 0usize..4, 1u16..5).prop_map(
        |((batches, channels, sizes), steps, outputs, threads)| Recipe {
            batches,
            channels,
            sizes,
            steps,
            outputs,
            threads,
        },
    )
}

impl Recipe {
    fn shape(&self, which: usize) -> [usize; 4] {
        let [height, width] = self.sizes[which];
        [self.batches[which], self.channels, height, width]
    }

    /// Outputs are all values that nothing reads, and some others.
    fn graph(&self) -> Graph {
        let mut b = Builder::new("random");
        let x = b.input("x", self.shape(0)).unwrap();
        let mut random = Random { b, values: vec![x], read: vec![], names: 0 };
        for (step, choices) in &self.steps {
            STEPS[*step](&mut random, choices);
        }
        if random.values.len() == 1 {
            random.function(&[0; 10]);
        }
        let values = random.values.split_off(1);
        let is_wanted = |(place, value): &(usize, ValueId)| {
            !random.read.contains(value) || self.outputs > 0 && place % 4 == self.outputs
        };
        let outputs: Vec<_> = values.into_iter().enumerate().filter(is_wanted).collect();
        for (place, value) in outputs {
            random.b.output(&format!("y{place}"), value);
        }
        random.b.finish()
    }
}

/// What steps a graph is built of; what does not fit adds nothing.
const STEPS: [fn(&mut Random, &Choices); 15] = [
    Random::pointwise,
    Random::pointwise,
    Random::depthwise,
    Random::depthwise,
    Random::function,
    Random::function,
    Random::residual,
    Random::residual,
    Random::spread,
    Random::grouped,
    Random::full,
    Random::block,
    Random::block,
    Random::attention,
    Random::attention,
];

struct Random {
    b: Builder,
    values: Vec<ValueId>,
    read: Vec<ValueId>,
    names: usize,
}

impl Random {
    fn name(&mut self) -> String {
        self.names += 1;
        format!("n{}", self.names)
    }

    fn shape(&self, value: ValueId) -> Vec<usize> {
        self.b.shape(value).to_vec()
    }

    fn last(&self) -> ValueId {
        self.values[self.values.len() - 1]
    }

    /// Mostly the last value.
    fn any(&self, choice: usize) -> ValueId {
        self.values[self.values.len().saturating_sub(1 + choice % 8 / 6 * (choice % 5))]
    }

    fn push(&mut self, op: impl Into<Op>, operands: &[ValueId]) -> bool {
        let name = self.name();
        let added = self.b.node(&name, op, operands);
        let Ok(value) = added else { return false };
        self.values.push(value);
        self.read.extend(operands);
        true
    }

    fn constant(&mut self, shape: &[usize], size: f32) -> ValueId {
        let name = self.name();
        let data = tensor(shape, self.names).as_f32().unwrap().iter().map(|x| x * size).collect::<Vec<_>>();
        self.b.constant(&name, Tensor::f32(shape, data).unwrap()).unwrap()
    }

    /// Not of what is smaller than the kernel, or would take long.
    fn convolve(&mut self, x: ValueId, outputs: usize, kernel: [usize; 2], conv: Conv) -> bool {
        let shape = self.shape(x);
        let [height, width] = kernel;
        let depth = shape[1] / conv.group;
        if shape.iter().product::<usize>().max(shape[0] * outputs * shape[2] * shape[3]) > 400_000 {
            return false;
        }
        let reaches = |axis: usize| {
            shape[2 + axis] + conv.pads[axis] + conv.pads[axis + 2] > (kernel[axis] - 1) * conv.dilations[axis]
        };
        if !reaches(0) || !reaches(1) {
            return false;
        }
        let size = 2.0 / ((depth * height * width) as f32).sqrt();
        let weights = self.constant(&[outputs, depth, height, width], size);
        let bias = self.constant(&[outputs], 0.5);
        self.push(conv, &[x, weights, bias])
    }

    fn pointwise(&mut self, choices: &Choices) {
        let x = self.any(choices[0]);
        let before = self.values[choices[1] % self.values.len()];
        let outputs = [1 + choices[2] % 80, self.shape(before)[1], 1 + choices[2] % 300][choices[3] % 3];
        self.convolve(x, outputs, [1, 1], Conv::pointwise());
    }

    fn depthwise(&mut self, choices: &Choices) {
        let x = self.any(choices[0]);
        let channels = self.shape(x)[1];
        let &[_, kind, a, b, c, d, e, f, g, h] = choices;
        let kernel = [[3, 3], [5, 5], [1 + a % 8, 1 + b % 8], [1 + a % 70, 1], [1, 1 + b % 40]][kind % 5];
        let dilations = if c % 3 == 0 { vec![1 + c % 4, 1 + d % 3] } else { vec![1; 2] };
        let strides = if d % 4 == 0 { vec![1 + e % 3, 1 + f % 3] } else { vec![1; 2] };
        let reach = [(kernel[0] - 1) * dilations[0], (kernel[1] - 1) * dilations[1]];
        let (top, left) = (reach[0] / 2, reach[1] / 2);
        let pads = match g % 4 {
            0 => vec![e % 4, f % 4, h % 4, a % 4],
            1 => vec![
                h % (reach[0] + 1),
                a % (reach[1] + 1),
                reach[0] - h % (reach[0] + 1),
                reach[1] - a % (reach[1] + 1),
            ],
            _ => vec![top, left, reach[0] - top, reach[1] - left],
        };
        self.convolve(x, channels, kernel, Conv { strides, pads, dilations, group: channels });
    }

    fn grouped(&mut self, choices: &Choices) {
        let x = self.any(choices[0]);
        let channels = self.shape(x)[1];
        let groups: Vec<_> = (1..=channels).filter(|&group| channels.is_multiple_of(group)).collect();
        let group = groups[choices[1] % groups.len()];
        let (outputs, size) = (group * (1 + choices[2] % 3), 1 + choices[3] % 2 * 2);
        let conv = Conv { group, pads: vec![size / 2; 4], ..Conv::pointwise() };
        self.convolve(x, outputs, [size, size], conv);
    }

    fn full(&mut self, choices: &Choices) {
        let x = self.any(choices[0]);
        let (size, step) = (1 + choices[1] % 3, 1 + choices[2] % 2);
        let conv = Conv { strides: vec![step; 2], pads: vec![choices[3] % size; 4], ..Conv::pointwise() };
        self.convolve(x, 1 + choices[4] % 40, [size, size], conv);
    }

    fn function(&mut self, choices: &Choices) {
        const FUNCTIONS: [Unary; 12] = [
            Unary::Silu,
            Unary::Silu,
            Unary::Relu,
            Unary::HardSwish,
            Unary::Sigmoid,
            Unary::Tanh,
            Unary::Gelu,
            Unary::GeluTanh,
            Unary::HardSigmoid,
            Unary::Erf,
            Unary::Abs,
            Unary::Neg,
        ];
        let x = self.any(choices[0]);
        self.push(FUNCTIONS[choices[1] % FUNCTIONS.len()], &[x]);
    }

    fn residual(&mut self, choices: &Choices) {
        let last = self.last();
        let alike: Vec<_> =
            self.values.iter().copied().filter(|&value| self.shape(value) == self.shape(last)).collect();
        let other = alike[choices[0] % alike.len()];
        let operands = if choices[1].is_multiple_of(2) { [last, other] } else { [other, last] };
        let op = if choices[2].is_multiple_of(5) { Binary::Mul } else { Binary::Add };
        self.push(op, &operands);
    }

    /// A sum with something smaller.
    fn spread(&mut self, choices: &Choices) {
        let last = self.last();
        let shape = self.shape(last);
        let fits = |small: &[usize]| small.iter().zip(&shape).all(|(&a, &b)| a == b || a == 1 || b == 1);
        let small: Vec<_> = self.values.iter().copied().filter(|&value| fits(&self.shape(value))).collect();
        let other = match choices[0] % 3 {
            0 => self.constant(&[1, shape[1], 1, 1], 1.0),
            1 => self.constant(&[1, 1, shape[2], shape[3]], 1.0),
            _ => small[choices[1] % small.len()],
        };
        let operands = if choices[2].is_multiple_of(2) { [last, other] } else { [other, last] };
        self.push(Binary::Add, &operands);
    }

    /// The last value times what is computed from its means, mostly, and often the sum with another.
    fn attention(&mut self, choices: &Choices) {
        let map = self.last();
        let channels = self.shape(map)[1];
        self.push(GlobalAveragePool, &[if choices[0].is_multiple_of(5) { self.any(choices[1]) } else { map }]);
        let outputs = if choices[2].is_multiple_of(7) { 1 + choices[3] % 9 } else { channels };
        for (step, outputs) in [1 + choices[4] % 20, outputs].into_iter().enumerate() {
            self.convolve(self.last(), outputs, [1, 1], Conv::pointwise());
            match choices[5 + step] % 4 {
                0 => {}
                1 => _ = self.push(Clip { min: -0.25, max: 0.75 }, &[self.last()]),
                _ => self.function(&[0, choices[7 + step], 0, 0, 0, 0, 0, 0, 0, 0]),
            }
        }
        let gate = self.any(choices[1] % 7);
        self.push(Binary::Mul, &if choices[9].is_multiple_of(2) { [map, gate] } else { [gate, map] });
        match choices[9] % 5 {
            0 => self.spread(choices),
            1 | 2 => self.residual(&[choices[3], choices[4], 1, 0, 0, 0, 0, 0, 0, 0]),
            _ => {}
        }
    }

    /// An inverted residual block, or some of it.
    fn block(&mut self, choices: &Choices) {
        let x = self.last();
        let mut rest = *choices;
        rest.rotate_left(3);
        let narrow = if choices[2].is_multiple_of(4) { 1 + choices[3] % 60 } else { self.shape(x)[1] };
        self.convolve(x, 1 + choices[1] % 120, [1, 1], Conv::pointwise());
        if !choices[0].is_multiple_of(3) {
            self.function(&[0, choices[4], 0, 0, 0, 0, 0, 0, 0, 0]);
        }
        if !choices[0].is_multiple_of(5) {
            rest[0] = 0;
            self.depthwise(&rest);
        }
        if !choices[0].is_multiple_of(4) {
            self.function(&[0, choices[5], 0, 0, 0, 0, 0, 0, 0, 0]);
        }
        self.convolve(self.last(), narrow, [1, 1], Conv::pointwise());
        let y = self.last();
        if self.shape(y) == self.shape(x) && !choices[6].is_multiple_of(4) {
            self.push(Binary::Add, &if choices[7].is_multiple_of(2) { [x, y] } else { [y, x] });
        }
    }
}

/// Both sessions compute the same, or both refuse the size.
fn compare(sessions: &mut [Session; 2], graph: &Graph, shape: &[usize], seed: usize) -> Result<(), TestCaseError> {
    let [found, expected] = sessions.each_mut().map(|session| {
        session.resize(&[("x", shape)]).ok()?;
        let outputs = mnn::run_session(session, graph, &[tensor(shape, seed)]);
        let kept = session.kept().unwrap().into_iter().map(|kept| (kept.name, kept.tensor));
        let names = graph.outputs().iter().map(|output| output.name.clone());
        Some(names.zip(outputs).chain(kept).collect::<Vec<_>>())
    });
    prop_assert_eq!(found.is_some(), expected.is_some(), "{:?}\n{}", shape, graph);
    for ((name, found), (expected_name, expected)) in found.into_iter().flatten().zip(expected.into_iter().flatten()) {
        prop_assert_eq!(&name, &expected_name);
        prop_assert_eq!(found.shape(), expected.shape(), "{}", name);
        let largest = expected.numbers().map(f64::abs).fold(1.0, f64::max);
        for (index, (f, e)) in found.numbers().zip(expected.numbers()).enumerate() {
            let close = (f - e).abs() <= 1e-4 * largest;
            prop_assert!(close, "{:?} {}[{}]: expected {}, found {}\n{}", shape, name, index, e, f, graph);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(edgeconv_test_support::cases(40))]

    #[test]
    fn convolutions_give_the_same_numbers(recipe in recipes()) {
        let graph = recipe.graph();
        // What MNN can't compute, the converter refuses.
        prop_assume!(edgeconv_converter::target::mnn::export(&graph).is_ok());
        for keep in [Keep::Nothing, Keep::All] {
            let mut sessions = [Kernels::Edgeconv, Kernels::Mnn].map(|kernels| open(&graph, kernels, recipe.threads, keep.clone()));
            for (seed, which) in [0, 1, 0].into_iter().enumerate() {
                compare(&mut sessions, &graph, &recipe.shape(which), seed)?;
            }
        }
    }
}
