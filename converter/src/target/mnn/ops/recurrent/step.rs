//! One step of a direction of a recurrent layer, as the commands of a loop.

use std::ops::Range;

use edgeconv_graph::op::{RecurrentCell as Cell, RecurrentOperand as Operand};

use super::super::loops::{Function, Loop, LoopTensor, Part};
use super::super::reshape::Reshape;
use super::super::slice::StridedSlice;
use super::{Layer, Lengths};
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::Lowering;
use crate::target::mnn::net::{Number, TensorId};
use crate::target::mnn::schema::BinaryOpOperation::{self, Add, Mul, Sub};
use crate::target::mnn::schema::UnaryOpOperation;

/// The loop over the steps of a direction. Its boxes are `[1, N, width]`.
pub(super) struct Step<'a, 'g> {
    pub(super) layer: &'a Layer<'g>,
    pub(super) direction: usize,
    /// Whether it begins at the last step.
    reversed: bool,
    name: String,
    l: &'a mut Lowering<'g>,
    commands: Loop,
    projected: LoopTensor,
    recurrence: LoopTensor,
    /// Whether products are added to what is projected, where it is: MNN computes that in every run, with the bias, and few sequences are
    /// multiplied one by one.
    may_add_in_place: bool,
    /// As far as it is not among what is projected.
    bias: Option<LoopTensor>,
    peepholes: Option<LoopTensor>,
    /// Where steps lie inside of sequences, 1 and 0, and the other way round.
    lengths: Option<[LoopTensor; 2]>,
    /// Whether a sequence has a step.
    any: Option<TensorId>,
    /// Where each step writes its state.
    states: States,
    /// Room for the gates, for the candidate, and for what functions compute on their way.
    sums: LoopTensor,
    candidate: LoopTensor,
    pub(super) scratch: LoopTensor,
    /// The direction's results, without the batch first; `None` where nobody reads them.
    results: [Option<TensorId>; 3],
}

/// Where the states of all steps are collected.
#[derive(Clone, Copy)]
enum States {
    /// In the result, which a step's state is copied to.
    Copied(LoopTensor),
    /// In a tensor that begins with the state before the first step (in reversed order: that ends with it), so that a step reads what the one
    /// before it wrote, and nothing is copied. Ended sequences keep their states, so that is not for them.
    InPlace(TensorId),
}

/// What a step hands to the next one.
#[derive(Clone, Copy)]
pub(super) struct Kept {
    now: Part,
    /// Where a step computes it.
    next: Part,
}

impl<'a, 'g> Step<'a, 'g> {
    pub(super) fn new(
        layer: &'a Layer<'g>,
        direction: usize,
        l: &'a mut Lowering<'g>,
        projected: TensorId,
        lengths: Option<&Lengths>,
    ) -> Result<Self, ExportError> {
        let may_add_in_place = layer.has_few_sequences() && layer.bias_is_known(l) && !l.net.constant()[projected.0];
        let name = layer.name(direction);
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
        let any = lengths.map(|lengths| lengths.any);
        let lengths = lengths.map(|lengths| [lengths.kept, lengths.left].map(|id| commands.reads(id)));
        let [_, batch, hidden] = layer.states();
        let mut results = [None; 3];
        let states = if lengths.is_none() {
            States::InPlace(l.net.tensor(format!("{name}/states"), [layer.steps + 1, 1, batch, hidden], Number::Float))
        } else {
            let output = layer.result(l, 0, direction, [layer.steps, 1, batch, hidden]);
            results[0] = Some(output);
            States::Copied(commands.writes(output))
        };
        let mut room = |what: &str, width: usize| {
            commands.writes(l.net.tensor(format!("{name}/{what}"), [1, batch, width], Number::Float))
        };
        let (sums, candidate) = (room("sums", layer.rows), room("candidate", hidden));
        let scratch = room("scratch", layer.rows);
        Ok(Self {
            layer,
            direction,
            reversed: layer.op.direction.reversed()[direction],
            name,
            l,
            commands,
            projected,
            recurrence,
            may_add_in_place,
            bias,
            peepholes,
            lengths,
            any,
            states,
            sums,
            candidate,
            scratch,
            results,
        })
    }

    /// Adds the loop; the results of the direction.
    pub(super) fn lower(mut self) -> Result<[Option<TensorId>; 3], ExportError> {
        let state = self.keep_state()?;
        match self.layer.op.cell {
            Cell::Rnn => self.rnn(state),
            Cell::Gru { linear_before_reset } => self.gru(state, linear_before_reset),
            Cell::Lstm { input_forget } => self.lstm(state, input_forget)?,
        }
        Ok(self.finish(state))
    }

    /// Adds the state.
    fn keep_state(&mut self) -> Result<Kept, ExportError> {
        let States::InPlace(states) = self.states else { return self.keep(1, Operand::InitialState) };
        let states = self.commands.writes(states);
        let [_, batch, hidden] = self.layer.states();
        let now = in_time(self.rows(states, hidden), batch * hidden, self.layer.steps + 1, self.reversed);
        self.start(now, Operand::InitialState)?;
        Ok(Kept { now, next: now.moved() })
    }

    /// Adds what is handed from step to step, and is the result at `index` in the end.
    fn keep(&mut self, index: usize, initial: Operand) -> Result<Kept, ExportError> {
        let shape = self.layer.states();
        let result = self.layer.result(self.l, index, self.direction, shape);
        self.results[index] = Some(result);
        let hidden = self.layer.op.hidden;
        let now = self.commands.writes(result);
        let now = self.rows(now, hidden);
        self.start(now, initial)?;
        let next = match self.lengths {
            // Sequences that ended before keep what they have.
            Some(_) => {
                let name = format!("{}/next {index}", self.name);
                let next = self.commands.writes(self.l.net.tensor(name, shape, Number::Float));
                self.rows(next, hidden)
            }
            None => now,
        };
        Ok(Kept { now, next })
    }

    /// Fills a part with what is given for the time before the first step, or zeros.
    fn start(&mut self, part: Part, initial: Operand) -> Result<(), ExportError> {
        let initial = self.layer.initial(self.l, initial, self.direction, self.any)?.map(|id| self.commands.reads(id));
        self.commands.start(part, initial, self.layer.states().iter().product());
        Ok(())
    }

    fn rnn(&mut self, state: Kept) {
        let hidden = self.layer.op.hidden;
        let sums = self.add_up(0..1, state.now, self.rows(self.sums, hidden));
        self.gate(0, state.next, sums, hidden);
    }

    fn gru(&mut self, state: Kept, linear_before_reset: bool) {
        let hidden = self.layer.op.hidden;
        let Kept { now, next } = state;
        let [mut candidate, scratch] = [self.candidate, self.scratch].map(|tensor| self.rows(tensor, hidden));
        let update = self.add_up(0..2, now, self.rows(self.sums, 2 * hidden));
        let (reset, size) = (update.behind(hidden), self.size(hidden));
        self.gate(0, update, update, 2 * hidden);
        if linear_before_reset {
            self.multiply(2..3, now, candidate);
            self.add_bias(2..3, 1, candidate);
            self.binary(Mul, size, candidate, candidate, reset);
            self.add_data(2..3, candidate);
        } else {
            self.binary(Mul, size, scratch, reset, now);
            candidate = self.add_up(2..3, scratch, candidate);
        }
        self.gate(1, candidate, candidate, hidden);
        self.binary(Sub, size, scratch, now, candidate);
        self.binary(Mul, size, scratch, scratch, update);
        self.binary(Add, size, next, scratch, candidate);
    }

    fn lstm(&mut self, state: Kept, input_forget: bool) -> Result<(), ExportError> {
        let hidden = self.layer.op.hidden;
        let Kept { now: cell, next: next_cell } = self.keep(2, Operand::InitialCell)?;
        let next = state.next;
        let sums = self.add_up(0..4, state.now, self.rows(self.sums, 4 * hidden));
        let [input, output, mut forget, sum] = [0, 1, 2, 3].map(|gate| sums.behind(gate * hidden));
        let candidate = self.rows(self.candidate, hidden);
        let size = self.size(hidden);
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
        if let Some(lengths) = self.lengths {
            self.blend(lengths, next_cell, cell, next_cell);
        }
        Ok(())
    }

    /// Ends the step, and takes the results out of the loop.
    fn finish(mut self, state: Kept) -> [Option<TensorId>; 3] {
        if let States::Copied(output) = self.states {
            self.collect(output, state);
        }
        let Self { layer, direction, l, commands, states, mut results, name, reversed, .. } = self;
        commands.finish(l, &name);
        let States::InPlace(states) = states else { return results };
        let steps = layer.steps;
        // One end of the tensor is the state before the first step, the other the last one.
        let [all, last] = if reversed { [0..steps, 0..1] } else { [1..steps + 1, steps..steps + 1] };
        let cut = |l: &mut Lowering<'g>, part: Range<usize>| {
            [&[states], [part.start, part.end, 0].map(|index| l.indices([index])).as_slice()].concat()
        };
        let [_, batch, hidden] = layer.states();
        if layer.is_read(l.graph, 0) {
            let result = layer.result(l, 0, direction, [steps, 1, batch, hidden]);
            let inputs = cut(l, all);
            l.net.push(format!("{name}/all states"), StridedSlice, &inputs, vec![result]);
            results[0] = Some(result);
        }
        if layer.is_read(l.graph, 1) {
            let result = layer.result(l, 1, direction, layer.states());
            let inputs = cut(l, last);
            let last = l.net.op(format!("{name}/last state"), StridedSlice, &inputs, [1, 1, batch, hidden]);
            l.net.push(format!("{name}/result"), Reshape, &[last], vec![result]);
            results[1] = Some(result);
        }
        results
    }

    /// Writes the states to where all are collected.
    fn collect(&mut self, output: LoopTensor, state: Kept) {
        let size @ [_, batch, hidden] = self.layer.states();
        let all = self.in_time(self.rows(output, hidden), batch * hidden);
        match self.lengths {
            Some(lengths) => self.blend(lengths, all, state.now, state.next),
            None => self.commands.elementwise(Function::Copy, size, [all, state.next]),
        }
    }

    /// Inside of sequences, takes `next` over as `kept`; `inside` becomes the same, and zero elsewhere.
    fn blend(&mut self, lengths: [LoopTensor; 2], inside: Part, kept: Part, next: Part) {
        let size @ [_, batch, _] = self.layer.states();
        let [yes, no] = lengths.map(|tensor| self.in_time(Part::new(tensor, 0, [0, 1, 0]), batch));
        self.binary(Mul, size, inside, next, yes);
        self.binary(Mul, size, kept, kept, no);
        self.binary(Add, size, kept, kept, inside);
    }

    /// What states and the data of the step give to some gates together: in `room`, or where what the data give lies, if that is in rows
    /// without gaps and nobody needs it again.
    fn add_up(&mut self, gates: Range<usize>, states: Part, room: Part) -> Part {
        if !self.may_add_in_place {
            self.multiply(gates.clone(), states, room);
            self.add_data(gates, room);
            return room;
        }
        let ([count, hidden, batch], weights) = self.product(&gates);
        let data = self.projected(&gates);
        for sequence in 0..batch {
            let [sum, state] = [data, states].map(|part| part.behind(sequence * part.strides[1]));
            self.commands.add_product([count, hidden], sum, weights, state);
        }
        data
    }

    /// The products of recurrence weights and states, for some gates.
    fn multiply(&mut self, gates: Range<usize>, states: Part, to: Part) {
        let (size, weights) = self.product(&gates);
        self.commands.product(size, to, weights, states);
    }

    /// The size of that product, and its weights.
    fn product(&self, gates: &Range<usize>) -> ([usize; 3], Part) {
        let Layer { rows, batch, op, .. } = *self.layer;
        let first = self.direction * rows + gates.start * op.hidden;
        ([gates.len() * op.hidden, op.hidden, batch], Part::new(self.recurrence, first * op.hidden, [0; 3]))
    }

    /// What the data of the step give to some gates.
    fn projected(&self, gates: &Range<usize>) -> Part {
        let Layer { rows, batch, directions, op, .. } = *self.layer;
        let first = self.direction * rows + gates.start * op.hidden;
        self.in_time(Part::new(self.projected, first, [0, directions * rows, 1]), batch * directions * rows)
    }

    /// Adds what the data of the step give to some gates, and the bias as far as it is not among that.
    fn add_data(&mut self, gates: Range<usize>, to: Part) {
        let data = self.projected(&gates);
        self.binary(Add, self.size(gates.len() * self.layer.op.hidden), to, to, data);
        if !self.layer.bias_is_known(self.l) {
            self.add_bias(gates.clone(), 0, to);
            let separate = self.layer.separate_bias() && gates.end == self.layer.op.cell.gates();
            if !separate {
                self.add_bias(gates, 1, to);
            }
        }
    }

    /// Adds the biases of some gates, if there are any: of the data (0) or of the state (1).
    fn add_bias(&mut self, gates: Range<usize>, half: usize, to: Part) {
        let Layer { rows, op, .. } = *self.layer;
        let Some(tensor) = self.bias else { return };
        let first = (2 * self.direction + half) * rows + gates.start * op.hidden;
        let bias = Part::new(tensor, first, [0, 0, 1]);
        self.binary(Add, self.size(gates.len() * op.hidden), to, to, bias);
    }

    /// Adds what an LSTM's cell gives to a gate.
    fn look(&mut self, peephole: usize, gate: Part, cell: Part) {
        let hidden = self.layer.op.hidden;
        let Some(tensor) = self.peepholes else { return };
        let weights = Part::new(tensor, (3 * self.direction + peephole) * hidden, [0, 0, 1]);
        let (size, scratch) = (self.size(hidden), self.rows(self.scratch, hidden));
        self.binary(Mul, size, scratch, cell, weights);
        self.binary(Add, size, gate, gate, scratch);
    }

    pub(super) fn unary(&mut self, function: UnaryOpOperation, size: [usize; 3], to: Part, from: Part) {
        self.commands.elementwise(Function::Unary(function), size, [to, from]);
    }

    pub(super) fn binary(&mut self, function: BinaryOpOperation, size: [usize; 3], to: Part, a: Part, b: Part) {
        self.commands.elementwise(Function::Binary(function), size, [to, a, b]);
    }

    /// A function of each element and a number.
    pub(super) fn with_number(
        &mut self,
        function: BinaryOpOperation,
        size: [usize; 3],
        to: Part,
        from: Part,
        number: f32,
    ) {
        let tensor = self.l.scalar(number);
        let number = Part::new(self.commands.reads(tensor), 0, [0; 3]);
        self.binary(function, size, to, from, number);
    }

    /// The size of a box.
    pub(super) fn size(&self, width: usize) -> [usize; 3] {
        [1, self.layer.batch, width]
    }

    /// A tensor of rows `[1, N, columns]`.
    pub(super) fn rows(&self, tensor: LoopTensor, columns: usize) -> Part {
        Part::new(tensor, 0, [self.layer.batch * columns, columns, 1])
    }

    /// A part of what all steps have, given where it is in the first one, as the direction goes through them.
    fn in_time(&self, first: Part, of_a_step: usize) -> Part {
        in_time(first, of_a_step, self.layer.steps, self.reversed)
    }
}

/// A part of each of `count` steps, given where it is in the first one; reversed, the last one comes first.
fn in_time(first: Part, of_a_step: usize, count: usize, reversed: bool) -> Part {
    if reversed {
        Part { step: -(of_a_step as isize), ..first.behind((count - 1) * of_a_step) }
    } else {
        Part { step: of_a_step as isize, ..first }
    }
}
