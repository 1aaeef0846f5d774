//! Recurrent layers: one product with the data of all steps, then a loop over the steps, whatever their number is.
//!
//! MNN has ops of its own, `LSTM`, `RNN` and `RNNSequenceGRU`, which know neither lengths of sequences, nor clipping, peepholes or other
//! functions than the usual ones, and multiply data and weights in every step or without packing the weights beforehand.

use std::ops::Range;

use edgeconv_graph::op::{
    Recurrent, RecurrentActivation as Activation, RecurrentCell as Cell, RecurrentOperand as Operand,
};
use edgeconv_graph::{Node, ValueId};

use super::binary::BinaryOp;
use super::broadcast::BroadcastTo;
use super::cast::Cast;
use super::convolution::Weights;
use super::loops::{Function, Loop, LoopTensor, Part};
use super::matmul::{MatMul, linear};
use super::reshape::Reshape;
use super::select::Select;
use super::transpose::Permute;
use super::{Const, Lower};
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::{self, Lowering};
use crate::target::mnn::net::{Number, TensorId};
use crate::target::mnn::schema::BinaryOpOperation::{self, Add, Maximum, Minimum, Mul, Realdiv, Sub};
use crate::target::mnn::schema::UnaryOpOperation::{self, Abs, Exp, Expm1, Log1p, Sigmoid, Sign, Tanh};

impl Lower for Recurrent {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.numbers(node)?;
        let layer = Layer::of(self, l, node)?;
        let lengths = layer.lengths(l)?;
        let data = layer.data(l, lengths.as_ref())?;
        let projected = layer.project(l, data)?;
        let mut step = Step::new(&layer, l, projected, lengths)?;
        let state = step.keep(1, Operand::InitialState)?;
        match self.cell {
            Cell::Rnn => step.rnn(state),
            Cell::Gru { linear_before_reset } => step.gru(state, linear_before_reset),
            Cell::Lstm { input_forget } => step.lstm(state, input_forget)?,
        }
        step.finish(state);
        Ok(())
    }
}

/// A node and its lengths.
struct Layer<'g> {
    op: &'g Recurrent,
    node: &'g Node,
    steps: usize,
    batch: usize,
    /// Length of the data of a step.
    inputs: usize,
    directions: usize,
    /// Length of all gates of a direction together.
    rows: usize,
}

/// Where the steps of sequences end: `[steps, N]`, 1 up to there, then 0.
struct Lengths {
    /// As integers.
    inside: TensorId,
    /// As floats.
    kept: TensorId,
    /// One minus that.
    left: TensorId,
}

impl<'g> Layer<'g> {
    fn of(op: &'g Recurrent, l: &Lowering<'g>, node: &'g Node) -> Result<Self, ExportError> {
        let lengths = op.lengths(l.graph.ty(node.inputs[0]));
        let [steps, batch, inputs] = lengths.map_err(|error| lower::unsupported(node, error.0))?;
        let directions = op.direction.reversed().len();
        Ok(Self { op, node, steps, batch, inputs, directions, rows: op.cell.gates() * op.hidden })
    }

    fn operand(&self, which: Operand) -> Option<ValueId> {
        self.op.operand(&self.node.inputs, which)
    }

    /// What becomes of `sequence_lens`; `None` if every sequence has all steps.
    fn lengths(&self, l: &mut Lowering<'g>) -> Result<Option<Lengths>, ExportError> {
        let Some(id) = self.operand(Operand::SequenceLens) else { return Ok(None) };
        let known = l.graph.tensor(id).and_then(|lengths| lengths.integers());
        if known.is_some_and(|mut lengths| lengths.all(|length| length == self.steps as i128)) {
            return Ok(None);
        }
        let (node, shape) = (self.node, [self.steps, self.batch]);
        let given = l.operand(id)?;
        let lengths = l.helper(node, "lengths", Reshape, &[given], [1, self.batch]);
        let steps = (0..self.steps as i32).collect();
        let steps = l.helper(node, "steps", Const::Int(steps), &[], [self.steps, 1]);
        let inside = l.helper(node, "inside", BinaryOp::of(BinaryOpOperation::Less), &[steps, lengths], shape);
        let kept = l.helper(node, "kept", Cast(Number::Float), &[inside], shape);
        let one = l.scalar(1.0);
        let left = l.helper(node, "left", BinaryOp::of(Sub), &[one, kept], shape);
        Ok(Some(Lengths { inside, kept, left }))
    }

    /// The data `[steps, N, inputs]`, with zeros behind the ends of sequences: there may be anything, which must not reach the states.
    fn data(&self, l: &mut Lowering<'g>, lengths: Option<&Lengths>) -> Result<TensorId, ExportError> {
        let (node, shape) = (self.node, [self.steps, self.batch, self.inputs]);
        let mut data = l.operand(node.inputs[0])?;
        if self.op.batch_first {
            data = l.helper(node, "steps first", Permute { perm: vec![1, 0, 2] }, &[data], shape);
        }
        let Some(lengths) = lengths else { return Ok(data) };
        let target = l.indices(shape);
        let inside = l.helper(node, "inside each", Reshape, &[lengths.inside], [self.steps, self.batch, 1]);
        let inside = l.helper(node, "inside all", BroadcastTo, &[inside, target], shape);
        let zero = l.scalar(0.0);
        let zero = l.helper(node, "zero", Reshape, &[zero], [1; 3]);
        let zeros = l.helper(node, "zeros", BroadcastTo, &[zero, target], shape);
        Ok(l.helper(node, "data inside", Select, &[inside, data, zeros], shape))
    }

    /// What the data of all steps give to all gates, row by row `[directions · gates · hidden]`.
    fn project(&self, l: &mut Lowering<'g>, data: TensorId) -> Result<TensorId, ExportError> {
        let (node, id) = (self.node, self.node.inputs[1]);
        let [rows, outputs] = [self.steps * self.batch, self.directions * self.rows];
        if l.graph.value(id).is_constant() {
            let bias = self.bias(l)?.unwrap_or_else(|| vec![0.0; outputs]);
            let weights = Weights::Stored { kernel: l.weight(node, 1)?.into(), bias: bias.into() };
            return Ok(linear(l, node, data, [rows, self.inputs, outputs], weights, lower::Activation::None));
        }
        let data = l.helper(node, "rows", Reshape, &[data], [rows, self.inputs]);
        let weights = l.operand(id)?;
        let weights = l.helper(node, "weights", Reshape, &[weights], [outputs, self.inputs]);
        let turned = Permute { perm: vec![1, 0] };
        let weights = l.helper(node, "weights turned", turned, &[weights], [self.inputs, outputs]);
        Ok(l.helper(node, "product", MatMul, &[data, weights], [rows, outputs]))
    }

    /// Whether the bias goes into the product with the data, since it and the weights are known.
    fn bias_is_known(&self, l: &Lowering<'g>) -> bool {
        let known = |id: ValueId| l.graph.value(id).is_constant();
        known(self.node.inputs[1]) && self.operand(Operand::Bias).is_some_and(known)
    }

    /// The sum of the biases of data and state, without what [`Self::separate_bias`] says; `None` unless it is known.
    fn bias(&self, l: &Lowering<'g>) -> Result<Option<Vec<f32>>, ExportError> {
        let Some(id) = self.operand(Operand::Bias).filter(|_| self.bias_is_known(l)) else { return Ok(None) };
        let joint = if self.separate_bias() { self.rows - self.op.hidden } else { self.rows };
        let sum = |both: &[f32]| -> Vec<f32> {
            let (data, state) = both.split_at(self.rows);
            let state = state.iter().enumerate().map(|(row, &bias)| if row < joint { bias } else { 0.0 });
            data.iter().zip(state).map(|(data, state)| data + state).collect()
        };
        Ok(Some(l.elements(id)?.chunks(2 * self.rows).flat_map(sum).collect()))
    }

    /// Whether the reset gate of a GRU also works on the state's bias of the candidate, the last gate.
    fn separate_bias(&self) -> bool {
        self.op.cell == Cell::Gru { linear_before_reset: true }
    }

    /// A state before the first step, `[directions, N, hidden]`; `None` stands for zeros.
    fn initial(&self, l: &mut Lowering<'g>, which: Operand) -> Result<Option<TensorId>, ExportError> {
        let Some(id) = self.operand(which) else { return Ok(None) };
        let given = l.operand(id)?;
        if !self.op.batch_first {
            return Ok(Some(given));
        }
        let turned = Permute { perm: vec![1, 0, 2] };
        Ok(Some(l.helper(self.node, &format!("{which:?}"), turned, &[given], self.states())))
    }

    /// The shape of a state.
    fn states(&self) -> [usize; 3] {
        [self.directions, self.batch, self.op.hidden]
    }

    /// The tensor for a result, without the batch first.
    fn result(&self, l: &mut Lowering<'g>, index: usize, shape: impl Into<Vec<usize>>) -> TensorId {
        let id = self.node.outputs[index];
        if self.op.batch_first {
            return l.net.tensor(format!("{}/result {index}", self.node.name), shape, Number::Float);
        }
        let tensor = l.net.tensor(l.graph.value(id).original_name(), shape, Number::Float);
        l.tensors.insert(id, tensor);
        tensor
    }
}

/// The loop over the steps. Its boxes are `[directions, N, width]`.
struct Step<'a, 'g> {
    layer: &'a Layer<'g>,
    l: &'a mut Lowering<'g>,
    commands: Loop,
    projected: LoopTensor,
    recurrence: LoopTensor,
    /// As far as it is not among what is projected.
    bias: Option<LoopTensor>,
    peepholes: Option<LoopTensor>,
    /// Where steps lie inside of sequences, 1 and 0, and the other way round.
    lengths: Option<[LoopTensor; 2]>,
    /// The states of all steps.
    output: LoopTensor,
    /// Room for the gates, for the candidate, and for what functions compute on their way.
    sums: LoopTensor,
    candidate: LoopTensor,
    scratch: LoopTensor,
    /// The node's results, without the batch first.
    results: Vec<TensorId>,
}

/// What a step hands to the next one.
#[derive(Clone, Copy)]
struct Kept {
    now: LoopTensor,
    /// Where a step computes it: somewhere else if there are sequences that may have ended before.
    next: LoopTensor,
}

impl<'a, 'g> Step<'a, 'g> {
    fn new(
        layer: &'a Layer<'g>,
        l: &'a mut Lowering<'g>,
        projected: TensorId,
        lengths: Option<Lengths>,
    ) -> Result<Self, ExportError> {
        let mut commands = Loop::new(layer.steps);
        let projected = commands.reads(projected);
        let recurrence = l.operand(layer.node.inputs[2])?;
        let recurrence = commands.reads(recurrence);
        let needs_bias = layer.separate_bias() || !layer.bias_is_known(l);
        let mut optional = |which: Operand| {
            let operand = layer.operand(which).map(|id| l.operand(id)).transpose()?;
            Ok::<_, ExportError>(operand.map(|id| commands.reads(id)))
        };
        let bias = if needs_bias { optional(Operand::Bias)? } else { None };
        let peepholes = optional(Operand::Peepholes)?;
        let lengths = lengths.map(|lengths| [lengths.kept, lengths.left].map(|id| commands.reads(id)));
        let [directions, batch, hidden] = layer.states();
        let output = layer.result(l, 0, [layer.steps, directions, batch, hidden]);
        let results = vec![output];
        let output = commands.writes(output);
        let mut room = |name: &str, width: usize| {
            let name = format!("{}/{name}", layer.node.name);
            commands.writes(l.net.tensor(name, [directions, batch, width], Number::Float))
        };
        let (sums, candidate) = (room("sums", layer.rows), room("candidate", hidden));
        let scratch = room("scratch", layer.rows);
        Ok(Self {
            layer,
            l,
            commands,
            projected,
            recurrence,
            bias,
            peepholes,
            lengths,
            output,
            sums,
            candidate,
            scratch,
            results,
        })
    }

    /// Adds what is handed from step to step, and is the result at `index` in the end.
    fn keep(&mut self, index: usize, initial: Operand) -> Result<Kept, ExportError> {
        let shape = self.layer.states();
        let result = self.layer.result(self.l, index, shape);
        self.results.push(result);
        let now = self.commands.writes(result);
        let initial = self.layer.initial(self.l, initial)?.map(|id| self.commands.reads(id));
        self.commands.start(now, initial, shape.iter().product());
        let next = match self.lengths {
            Some(_) => {
                let name = format!("{}/next {index}", self.layer.node.name);
                self.commands.writes(self.l.net.tensor(name, shape, Number::Float))
            }
            None => now,
        };
        Ok(Kept { now, next })
    }

    fn rnn(&mut self, state: Kept) {
        let hidden = self.layer.op.hidden;
        let sums = self.rows(self.sums, hidden);
        self.multiply(0..1, state.now, sums);
        self.add_data(0..1, sums);
        self.gate(0, self.rows(state.next, hidden), sums, hidden);
    }

    fn gru(&mut self, state: Kept, linear_before_reset: bool) {
        let hidden = self.layer.op.hidden;
        let [now, next] = [state.now, state.next].map(|tensor| self.rows(tensor, hidden));
        let [candidate, scratch] = [self.candidate, self.scratch].map(|tensor| self.rows(tensor, hidden));
        let update = self.rows(self.sums, 2 * hidden);
        let (reset, size) = (update.behind(hidden), self.wide(hidden));
        self.multiply(0..2, state.now, update);
        self.add_data(0..2, update);
        self.gate(0, update, update, 2 * hidden);
        if linear_before_reset {
            self.multiply(2..3, state.now, candidate);
            self.add_bias(2..3, 1, candidate);
            self.binary(Mul, size, candidate, candidate, reset);
        } else {
            self.binary(Mul, size, scratch, reset, now);
            self.multiply(2..3, self.scratch, candidate);
        }
        self.add_data(2..3, candidate);
        self.gate(1, candidate, candidate, hidden);
        self.binary(Sub, size, next, now, candidate);
        self.binary(Mul, size, next, next, update);
        self.binary(Add, size, next, next, candidate);
    }

    fn lstm(&mut self, state: Kept, input_forget: bool) -> Result<(), ExportError> {
        let hidden = self.layer.op.hidden;
        let kept = self.keep(2, Operand::InitialCell)?;
        let (cell, next_cell) = (self.rows(kept.now, hidden), self.rows(kept.next, hidden));
        let next = self.rows(state.next, hidden);
        let sums = self.rows(self.sums, 4 * hidden);
        let [input, output, mut forget, sum] = [0, 1, 2, 3].map(|gate| sums.behind(gate * hidden));
        let candidate = self.rows(self.candidate, hidden);
        let size = self.wide(hidden);
        self.multiply(0..4, state.now, sums);
        self.add_data(0..4, sums);
        if self.peepholes.is_some() {
            self.look(0, input, cell);
            self.look(2, forget, cell);
            self.gate(0, input, input, hidden);
            self.gate(0, forget, forget, hidden);
        } else {
            self.gate(0, sums, sums, 3 * hidden);
        }
        self.gate(1, candidate, sum, hidden);
        if input_forget {
            forget = self.rows(self.scratch, hidden);
            self.affine(size, forget, input, -1.0, 1.0);
        }
        self.binary(Mul, size, candidate, candidate, input);
        self.binary(Mul, size, next_cell, cell, forget);
        self.binary(Add, size, next_cell, next_cell, candidate);
        if self.peepholes.is_some() {
            self.look(1, output, next_cell);
            self.gate(0, output, output, hidden);
        }
        self.function(2, next, next_cell, hidden);
        self.binary(Mul, size, next, next, output);
        if let Some([kept_steps, left]) = self.lengths {
            for direction in 0..self.layer.directions {
                let [cell, next_cell] = [cell, next_cell].map(|part| of_direction(part, direction));
                self.blend(direction, [kept_steps, left], next_cell, cell, next_cell);
            }
        }
        Ok(())
    }

    /// Ends the step: writes the states to where all are collected.
    fn finish(mut self, state: Kept) {
        let [directions, batch, hidden] = self.layer.states();
        for direction in 0..directions {
            let all = Part {
                tensor: self.output,
                offset: direction * batch * hidden,
                strides: [batch * hidden, hidden, 1],
                step: 0,
            };
            let all = self.in_time(all, directions * batch * hidden, direction);
            let [now, next] = [state.now, state.next].map(|tensor| of_direction(self.rows(tensor, hidden), direction));
            match self.lengths {
                Some(lengths) => self.blend(direction, lengths, all, now, next),
                None => self.commands.elementwise(Function::Copy, [1, batch, hidden], [all, next]),
            }
        }
        let Self { layer, l, commands, results, .. } = self;
        commands.finish(l, &layer.node.name);
        if layer.op.batch_first {
            let perms = [vec![2, 0, 1, 3], vec![1, 0, 2], vec![1, 0, 2]];
            for ((&value, result), perm) in layer.node.outputs.iter().zip(results).zip(perms) {
                l.finish_as(&format!("{}/{perm:?}", l.graph.value(value).name), &[value], Permute { perm }, &[result]);
            }
        }
    }

    /// Inside of sequences, takes `next` over as `kept`; `inside` becomes the same, and zero elsewhere.
    fn blend(&mut self, direction: usize, [kept_steps, left]: [LoopTensor; 2], inside: Part, kept: Part, next: Part) {
        let [_, batch, hidden] = self.layer.states();
        let size = [1, batch, hidden];
        let [yes, no] = [kept_steps, left]
            .map(|tensor| self.in_time(Part { tensor, offset: 0, strides: [0, 1, 0], step: 0 }, batch, direction));
        self.binary(Mul, size, inside, next, yes);
        self.binary(Mul, size, kept, kept, no);
        self.binary(Add, size, kept, kept, inside);
    }

    /// The products of recurrence weights and states, for some gates.
    fn multiply(&mut self, gates: Range<usize>, states: LoopTensor, to: Part) {
        let [directions, batch, hidden] = self.layer.states();
        let count = gates.len() * hidden;
        for direction in 0..directions {
            let first = direction * self.layer.rows + gates.start * hidden;
            let weights = Part { tensor: self.recurrence, offset: first * hidden, strides: [0; 3], step: 0 };
            let states = of_direction(self.rows(states, hidden), direction);
            self.commands.product([count, hidden, batch], of_direction(to, direction), weights, states);
        }
    }

    /// Adds what the data of the step give to some gates, and the bias as far as it is not among that.
    fn add_data(&mut self, gates: Range<usize>, to: Part) {
        let Layer { rows, batch, directions, op, .. } = *self.layer;
        for direction in 0..directions {
            let offset = direction * rows + gates.start * op.hidden;
            let data = Part { tensor: self.projected, offset, strides: [0, directions * rows, 1], step: 0 };
            let data = self.in_time(data, batch * directions * rows, direction);
            let to = of_direction(to, direction);
            self.binary(Add, [1, batch, gates.len() * op.hidden], to, to, data);
        }
        if !self.layer.bias_is_known(self.l) {
            self.add_bias(gates.clone(), 0, to);
            let separate = self.layer.separate_bias() && gates.end == op.cell.gates();
            if !separate {
                self.add_bias(gates, 1, to);
            }
        }
    }

    /// Adds the biases of some gates, if there are any: of the data (0) or of the state (1).
    fn add_bias(&mut self, gates: Range<usize>, half: usize, to: Part) {
        let Layer { rows, op, .. } = *self.layer;
        let Some(tensor) = self.bias else { return };
        let bias = Part { tensor, offset: half * rows + gates.start * op.hidden, strides: [2 * rows, 0, 1], step: 0 };
        self.binary(Add, self.wide(gates.len() * op.hidden), to, to, bias);
    }

    /// Adds what an LSTM's cell gives to a gate.
    fn look(&mut self, peephole: usize, gate: Part, cell: Part) {
        let hidden = self.layer.op.hidden;
        let Some(tensor) = self.peepholes else { return };
        let weights = Part { tensor, offset: peephole * hidden, strides: [3 * hidden, 0, 1], step: 0 };
        let (size, scratch) = (self.wide(hidden), self.rows(self.scratch, hidden));
        self.binary(Mul, size, scratch, cell, weights);
        self.binary(Add, size, gate, gate, scratch);
    }

    /// A gate: its sum, clipped, through the function at `index` in each direction.
    fn gate(&mut self, index: usize, to: Part, sum: Part, width: usize) {
        if let Some(clip) = self.layer.op.clip {
            let (size, low, high) = (self.wide(width), self.number(-clip), self.number(clip));
            self.binary(Maximum, size, sum, sum, low);
            self.binary(Minimum, size, sum, sum, high);
        }
        self.function(index, to, sum, width);
    }

    /// The function at `index` in each direction: once where all have the same.
    fn function(&mut self, index: usize, to: Part, from: Part, width: usize) {
        let op = self.layer.op;
        let of: Vec<_> = op.activations.iter().skip(index).step_by(op.cell.functions().len()).copied().collect();
        let [directions, batch, width] = self.wide(width);
        if of.iter().all(|function| *function == of[0]) {
            return self.apply(of[0], [directions, batch, width], to, from);
        }
        for (direction, function) in of.into_iter().enumerate() {
            self.apply(function, [1, batch, width], of_direction(to, direction), of_direction(from, direction));
        }
    }

    fn apply(&mut self, function: Activation, size: [usize; 3], to: Part, from: Part) {
        let [_, batch, width] = size;
        let scratch = Part { tensor: self.scratch, offset: 0, strides: [batch * width, width, 1], step: 0 };
        let (zero, one) = (|step: &mut Self| step.number(0.0), |step: &mut Self| step.number(1.0));
        match function {
            Activation::Sigmoid => self.unary(Sigmoid, size, to, from),
            Activation::Tanh => self.unary(Tanh, size, to, from),
            Activation::Relu => {
                let zero = zero(self);
                self.binary(Maximum, size, to, from, zero);
            }
            Activation::Affine { alpha, beta } => self.affine(size, to, from, alpha, beta),
            Activation::HardSigmoid { alpha, beta } => {
                self.affine(size, to, from, alpha, beta);
                let (zero, one) = (zero(self), one(self));
                self.binary(Maximum, size, to, to, zero);
                self.binary(Minimum, size, to, to, one);
            }
            Activation::ScaledTanh { alpha, beta } => {
                let (alpha, beta) = (self.number(alpha), self.number(beta));
                self.binary(Mul, size, to, from, beta);
                self.unary(Tanh, size, to, to);
                self.binary(Mul, size, to, to, alpha);
            }
            Activation::Softsign => {
                let one = one(self);
                self.unary(Abs, size, scratch, from);
                self.binary(Add, size, scratch, scratch, one);
                self.binary(Realdiv, size, to, from, scratch);
            }
            Activation::ThresholdedRelu { alpha } => {
                let (alpha, zero) = (self.number(alpha), zero(self));
                self.binary(Sub, size, scratch, from, alpha);
                self.unary(Sign, size, scratch, scratch);
                self.binary(Maximum, size, scratch, scratch, zero);
                self.binary(Mul, size, to, from, scratch);
            }
            Activation::LeakyRelu { .. } | Activation::Elu { .. } | Activation::Softplus => {
                self.below_zero(function, size, scratch, from);
                let zero = zero(self);
                self.binary(Maximum, size, to, from, zero);
                self.binary(Add, size, to, to, scratch);
            }
        }
    }

    /// What a function adds to `max(x, 0)`.
    fn below_zero(&mut self, function: Activation, size: [usize; 3], to: Part, from: Part) {
        let zero = self.number(0.0);
        match function {
            Activation::LeakyRelu { alpha } => {
                let alpha = self.number(alpha);
                self.binary(Minimum, size, to, from, zero);
                self.binary(Mul, size, to, to, alpha);
            }
            Activation::Elu { alpha } => {
                let alpha = self.number(alpha);
                self.binary(Minimum, size, to, from, zero);
                self.unary(Expm1, size, to, to);
                self.binary(Mul, size, to, to, alpha);
            }
            // ln(1 + eˣ) = max(x, 0) + ln(1 + e⁻ˡˣˡ).
            _ => {
                let minus = self.number(-1.0);
                self.unary(Abs, size, to, from);
                self.binary(Mul, size, to, to, minus);
                self.unary(Exp, size, to, to);
                self.unary(Log1p, size, to, to);
            }
        }
    }

    fn affine(&mut self, size: [usize; 3], to: Part, from: Part, alpha: f32, beta: f32) {
        let (alpha, beta) = (self.number(alpha), self.number(beta));
        self.binary(Mul, size, to, from, alpha);
        self.binary(Add, size, to, to, beta);
    }

    fn unary(&mut self, function: UnaryOpOperation, size: [usize; 3], to: Part, from: Part) {
        self.commands.elementwise(Function::Unary(function), size, [to, from]);
    }

    fn binary(&mut self, function: BinaryOpOperation, size: [usize; 3], to: Part, a: Part, b: Part) {
        self.commands.elementwise(Function::Binary(function), size, [to, a, b]);
    }

    /// A number for every element.
    fn number(&mut self, number: f32) -> Part {
        let tensor = self.l.scalar(number);
        Part { tensor: self.commands.reads(tensor), offset: 0, strides: [0; 3], step: 0 }
    }

    /// The size of a box of all directions.
    fn wide(&self, width: usize) -> [usize; 3] {
        [self.layer.directions, self.layer.batch, width]
    }

    /// A tensor of rows `[directions, N, columns]`.
    fn rows(&self, tensor: LoopTensor, columns: usize) -> Part {
        Part { tensor, offset: 0, strides: [self.layer.batch * columns, columns, 1], step: 0 }
    }

    /// A part of what all steps have, given where it is in the first one, as a direction goes through them.
    fn in_time(&self, first: Part, of_a_step: usize, direction: usize) -> Part {
        if self.layer.op.direction.reversed()[direction] {
            let last = (self.layer.steps - 1) * of_a_step;
            Part { step: -(of_a_step as isize), ..first.behind(last) }
        } else {
            Part { step: of_a_step as isize, ..first }
        }
    }
}

/// The rows of one direction.
fn of_direction(part: Part, direction: usize) -> Part {
    part.behind(direction * part.strides[0])
}
