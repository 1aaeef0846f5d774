//! Recurrent layers in MNN give what ONNX Runtime gives: every cell, direction, function and optional operand.
#![allow(clippy::unwrap_used)] // a test fails by panicking

use std::fs;
use std::ops::Range;

use edgeconv_agent::SessionConfig;
use edgeconv_converter::source::{Interface, ModelFile, Onnx, Source};
use edgeconv_converter::target::mnn;
use edgeconv_converter::target::onnx::{DEFAULT_OPSET, export};
use edgeconv_graph::op::{
    Recurrent, RecurrentActivation as Activation, RecurrentCell as Cell, RecurrentDirection as Direction,
    RecurrentOperand as Operand, Transpose,
};
use edgeconv_graph::{Builder, DType, Graph, Op, Tensor, TensorType, ValueId};
use edgeconv_test_support::{found, skip};
use edgeconv_validate::compare::{Tolerance, compare_outputs};
use edgeconv_validate::engine::{Agent, Engine, NamedTensor, NativeEngine, onnxruntime};
use edgeconv_validate::input::random_in;

const STEPS: usize = 5;
const INPUTS: usize = 6;
const CELLS: [Cell; 5] = [
    Cell::Rnn,
    Cell::Gru { linear_before_reset: false },
    Cell::Gru { linear_before_reset: true },
    Cell::Lstm { input_forget: false },
    Cell::Lstm { input_forget: true },
];
const DIRECTIONS: [Direction; 3] = [Direction::Forward, Direction::Reverse, Direction::Bidirectional];
const FUNCTIONS: [Activation; 11] = [
    Activation::Affine { alpha: 0.5, beta: 0.1 },
    Activation::Elu { alpha: 0.7 },
    Activation::HardSigmoid { alpha: 0.3, beta: 0.4 },
    Activation::LeakyRelu { alpha: 0.2 },
    Activation::Relu,
    Activation::ScaledTanh { alpha: 0.8, beta: 0.6 },
    Activation::Sigmoid,
    Activation::Softplus,
    Activation::Softsign,
    Activation::Tanh,
    Activation::ThresholdedRelu { alpha: 0.1 },
];

/// Layers side by side.
struct Layers {
    b: Builder,
    batch: usize,
    hidden: usize,
    /// The data, those of sequences that end earlier, and where those end.
    inputs: [ValueId; 3],
    /// ONNX Runtime does not know layers with the batch first: there, other operators turn what they read and give.
    turn: bool,
    /// Weights are inputs, not constants.
    open: bool,
    /// Which results of the layers are outputs.
    returned: Range<usize>,
    given: Vec<NamedTensor>,
    count: usize,
    seed: u64,
}

impl Layers {
    fn new([batch, hidden]: [usize; 2], turn: bool, open: bool) -> Self {
        let mut b = Builder::new("layers");
        let mut given = vec![];
        let mut input = |name: &str, tensor: Tensor| {
            let id = b.typed_input(name, tensor.ty()).unwrap();
            given.push(NamedTensor { name: name.into(), tensor });
            id
        };
        let random = |seed| random_in(&TensorType::f32([STEPS, batch, INPUTS]), seed, [-1.0, 1.0]);
        let lengths: Vec<_> = (0..batch).map(|index| [3, 5, 0, 1][index % 4]).collect();
        // What is behind the end of a sequence must not matter.
        let mut ragged = random(2).as_f32().unwrap().to_vec();
        for (row, data) in ragged.chunks_mut(INPUTS).enumerate() {
            if row / batch >= lengths[row % batch] {
                data.fill(f32::NAN);
            }
        }
        let lengths = lengths.into_iter().map(|length| length as i128);
        let inputs = [
            input("data", random(1)),
            input("ragged", Tensor::f32([STEPS, batch, INPUTS], ragged).unwrap()),
            input("lengths", Tensor::from_integers(DType::I32, [batch], lengths).unwrap()),
        ];
        Self { b, batch, hidden, inputs, turn, open, returned: 0..3, given, count: 0, seed: 2 }
    }

    fn weights(&mut self, name: &str, shape: &[usize]) -> ValueId {
        let name = format!("{}.{name}", self.count);
        self.seed += 1;
        let tensor = random_in(&TensorType::f32(shape), self.seed, [-0.5, 0.5]);
        if !self.open {
            return self.b.constant(&name, tensor).unwrap();
        }
        let id = self.b.typed_input(&name, tensor.ty()).unwrap();
        self.given.push(NamedTensor { name, tensor });
        id
    }

    /// A layer with these optional operands.
    fn add(&mut self, op: &Recurrent, optional: &[Operand]) {
        let (directions, rows) = (op.direction.reversed().len(), op.cell.gates() * self.hidden);
        let mut data = self.inputs[usize::from(optional.contains(&Operand::SequenceLens))];
        if op.batch_first && !self.turn {
            data = self.turned("data", data, vec![1, 0, 2]);
        }
        let weights = self.weights("weights", &[directions, rows, INPUTS]);
        let mut operands = vec![data, weights, self.weights("recurrence", &[directions, rows, self.hidden])];
        for which in optional {
            let name = format!("{which:?}");
            let operand = match which {
                Operand::Bias => self.weights(&name, &[directions, 2 * rows]),
                Operand::SequenceLens => self.inputs[2],
                Operand::Peepholes => self.weights(&name, &[directions, 3 * self.hidden]),
                Operand::InitialState | Operand::InitialCell => {
                    let state = self.weights(&name, &[directions, self.batch, self.hidden]);
                    let turns = op.batch_first && !self.turn;
                    if turns { self.turned(&name, state, vec![1, 0, 2]) } else { state }
                }
            };
            operands.push(operand);
        }
        let batch_first = op.batch_first && !self.turn;
        let layer = Recurrent { batch_first, optional: optional.to_vec(), ..op.clone() };
        let name = format!("{}.{:?}.{:?}.{optional:?}", self.count, op.cell, op.direction);
        let mut results = self.b.nodes(&name, layer, &operands).unwrap();
        if op.batch_first && self.turn {
            for (index, result) in results.iter_mut().enumerate() {
                let perm = if index == 0 { vec![2, 0, 1, 3] } else { vec![1, 0, 2] };
                *result = self.turned(&index.to_string(), *result, perm);
            }
        }
        for (index, result) in results.into_iter().enumerate().filter(|(index, _)| self.returned.contains(index)) {
            self.b.output(&format!("{name}.{index}"), result);
        }
        self.count += 1;
    }

    fn turned(&mut self, name: &str, id: ValueId, perm: Vec<usize>) -> ValueId {
        self.b.node(&format!("{}.{name}.turned", self.count), Transpose { perm }, &[id]).unwrap()
    }
}

/// Every cell in every direction with every set of optional operands that matters, and with the batch first.
fn operands(layers: &mut Layers) {
    use Operand::{Bias, InitialCell, InitialState, Peepholes, SequenceLens};
    for cell in CELLS {
        let lstm = matches!(cell, Cell::Lstm { .. });
        for direction in DIRECTIONS {
            let sets: &[&[Operand]] = match lstm {
                true => &[&[], &[Bias, InitialCell], &[SequenceLens], &Operand::ALL],
                false => &[&[], &[Bias], &[SequenceLens, InitialState], &[Bias, SequenceLens, InitialState]],
            };
            let mut op = Recurrent::new(cell, direction, layers.hidden);
            sets.iter().for_each(|set| layers.add(&op, set));
            op.batch_first = true;
            layers.add(&op, if lstm { &[Bias, InitialState, InitialCell, Peepholes] } else { &[Bias, InitialState] });
        }
    }
}

/// Layers of which one result is read.
fn results(layers: &mut Layers) {
    for cell in CELLS {
        for direction in DIRECTIONS {
            let mut op = Recurrent::new(cell, direction, layers.hidden);
            for batch_first in [false, true] {
                op.batch_first = batch_first;
                let count = if matches!(cell, Cell::Lstm { .. }) { 3 } else { 2 };
                for index in 0..count {
                    layers.returned = index..index + 1;
                    layers.add(&op, &[Operand::Bias]);
                }
            }
        }
    }
}

/// Every function at every place, another one in each direction, and clipped.
fn functions(layers: &mut Layers) {
    for cell in CELLS {
        let places = cell.functions().len();
        for (index, function) in FUNCTIONS.into_iter().enumerate() {
            let mut op = Recurrent::new(cell, Direction::Forward, layers.hidden);
            op.activations[index % places] = function;
            layers.add(&op, &[Operand::Bias]);
        }
        let mut op = Recurrent::new(cell, Direction::Bidirectional, layers.hidden);
        op.activations.iter_mut().zip(FUNCTIONS).for_each(|(function, other)| *function = other);
        op.clip = Some(0.2);
        layers.add(&op, &[Operand::Bias, Operand::InitialState]);
    }
}

/// Runs the same layers, of so many sequences and so wide, by ONNX Runtime, and by MNN from the graph and from the ONNX file.
fn check(size: [usize; 2], open: bool, add: fn(&mut Layers)) {
    let Some(agent) = found(Agent::find()) else { return };
    let Some(library) = onnxruntime::find().unwrap() else {
        return skip("set ORT_DYLIB_PATH, or install onnxruntime for python3");
    };
    let build = |turn: bool| {
        let mut layers = Layers::new(size, turn, open);
        add(&mut layers);
        (layers.b.finish(), layers.given)
    };
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: Vec<u8>| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let (reference, inputs) = build(true);
    let reference = file("reference.onnx", export(&reference, DEFAULT_OPSET).unwrap());
    let runtime = NativeEngine::onnxruntime(agent.clone(), SessionConfig::default(), library);
    let expected = runtime.run(&reference, &inputs).unwrap();

    let (graph, _) = build(false);
    let read = reread(&graph);
    let layers = |graph: &Graph| -> Vec<_> {
        let ops = graph.nodes().map(|node| node.op.clone());
        ops.filter(|op| matches!(op, Op::Recurrent(_))).collect()
    };
    assert_eq!(layers(&read), layers(&graph));
    let engine = NativeEngine::mnn(agent, SessionConfig::default());
    for (name, graph) in [("built.mnn", &graph), ("read.mnn", &read)] {
        let found = engine.run(&file(name, mnn::export(graph).unwrap()), &inputs).unwrap();
        let parity =
            compare_outputs((name, &found), ("ONNX Runtime", &expected), |expected| tolerance(&expected.tensor));
        let wrong: Vec<_> = parity.iter().filter(|parity| !parity.comparison.passed).collect();
        assert!(wrong.is_empty(), "{} of {} are wrong: {wrong:#?}", wrong.len(), parity.len());
    }
}

/// A hundred thousandth of the largest element, and of one: states that functions don't bound grow.
fn tolerance(expected: &Tensor) -> Tolerance {
    let largest = expected.as_f32().unwrap().iter().fold(1.0_f32, |largest, element| largest.max(element.abs()));
    Tolerance { atol: 1e-5 * f64::from(largest), rtol: 0.0 }
}

/// The graph behind a way through an ONNX file.
fn reread(graph: &Graph) -> Graph {
    let file = ModelFile::from_bytes(export(graph, DEFAULT_OPSET).unwrap());
    Onnx.read(&file, &Interface::default()).unwrap()
}

#[test]
fn cells_directions_and_operands() {
    check([4, 7], false, operands);
}

#[test]
fn one_sequence() {
    check([1, 7], false, operands);
}

#[test]
fn few_wide_sequences() {
    check([3, 33], false, operands);
    check([4, 64], false, functions);
}

#[test]
fn weights_that_are_computed() {
    check([2, 7], true, operands);
}

#[test]
fn functions_of_gates() {
    check([2, 7], false, functions);
}

#[test]
fn one_result_of_several() {
    check([1, 7], false, results);
    check([2, 7], false, results);
}
