//! Recurrent layers, written out step by step: the number of steps is known.

use edgeconv_graph::op::{Binary, Clip, Concat, Gemm, Split, Unary, Where};
use edgeconv_graph::{DType, ValueId};

use super::super::ImportError;
use super::super::node::Node;
use super::linear::multiply;
use super::{Accuracy, Entry};

const LIMITS: &str = "at most 1024 steps; activations Sigmoid, Tanh, Relu and HardSigmoid";

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("RNN", recurrent, "MatMul, UnaryOp, BinaryOp", Accuracy::Approximate).limits(LIMITS),
    Entry::new("GRU", recurrent, "MatMul, UnaryOp, BinaryOp", Accuracy::Approximate).limits(LIMITS),
    Entry::new("LSTM", recurrent, "MatMul, UnaryOp, BinaryOp", Accuracy::Approximate).limits(LIMITS),
];

const MOST_STEPS: usize = 1024;

/// Functions of the gates.
#[derive(Debug, Clone, Copy)]
enum Activation {
    Function(Unary),
    HardSigmoid,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Rnn,
    Gru,
    Lstm,
}

/// One direction of a layer; matrices have a row for each result.
struct Cell {
    kind: Kind,
    hidden: usize,
    activations: Vec<Activation>,
    clip: f32,
    /// `[gates · hidden, hidden]`.
    recurrence: ValueId,
    /// Of the recurrence, where that differs from the bias of the data: a GRU with `linear_before_reset`.
    recurrence_bias: Option<ValueId>,
    /// Weights `[hidden]` by which an LSTM's cell looks into the input, output and forget gates.
    peepholes: Option<[ValueId; 3]>,
    reset_last: bool,
}

fn recurrent(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (kind, gates) = match node.proto.op_type() {
        "RNN" => (Kind::Rnn, 1),
        "GRU" => (Kind::Gru, 3),
        _ => (Kind::Lstm, 4),
    };
    if node.int("input_forget", 0) != 0 {
        return Err(node.unsupported("input_forget couples two gates, which is not supported"));
    }
    let batch_first = node.int("layout", 0) != 0;
    let mut x = node.input(0)?;
    if batch_first {
        x = node.transpose(x, [1, 0, 2])?;
    }
    let (w, r) = (node.input(1)?, node.input(2)?);
    let (&[steps, batch, inputs], &[directions, rows, hidden]) = (node.dims(x).as_slice(), node.dims(r).as_slice())
    else {
        return Err(
            node.unsupported("expected data [steps, N, C] and recurrence weights [directions, gates · hidden, hidden]")
        );
    };
    let reversed = match (node.text("direction", "forward").as_str(), directions) {
        ("forward", 1) => vec![false],
        ("reverse", 1) => vec![true],
        ("bidirectional", 2) => vec![false, true],
        (direction, _) => return Err(node.unsupported(format!("{directions} weights for the direction {direction}"))),
    };
    if rows != gates * hidden || steps > MOST_STEPS || node.dims(w) != [directions, rows, inputs] {
        let reason =
            format!("{steps} steps with weights {:?} and {:?} can't be written out", node.dims(w), node.dims(r));
        return Err(node.unsupported(reason));
    }
    let masks = masks(node, steps, batch)?;
    let flat = node.reshape(x, [steps * batch, inputs])?;
    let (mut outputs, mut states, mut memories) = (vec![], vec![], vec![]);
    for (direction, &reversed) in reversed.iter().enumerate() {
        let (cell, bias) = cell(node, kind, direction, [gates, hidden])?;
        let weight = of_direction(node, w, direction, &[rows, inputs])?;
        let data = linear(node, flat, weight, bias)?;
        let data = node.reshape(data, [steps, batch, rows])?;
        let data = pieces(node, data, 0, steps)?;
        let mut state = initial(node, 5, direction, [batch, hidden], batch_first)?;
        let mut memory = initial(node, 6, direction, [batch, hidden], batch_first)?;
        let mut results = vec![None; steps];
        for index in 0..steps {
            let time = if reversed { steps - 1 - index } else { index };
            let now = node.reshape(data[time], [batch, rows])?;
            let (next, next_memory) = step(node, &cell, now, state, memory)?;
            let mut result = next;
            (state, memory) = match masks.as_ref().map(|masks| masks[time]) {
                None => (next, next_memory),
                Some(mask) => {
                    let zero = node.store_floats([1, 1], vec![0.0])?;
                    result = node.apply(Where, &[mask, next, zero])?;
                    let memory =
                        if kind == Kind::Lstm { node.apply(Where, &[mask, next_memory, memory])? } else { memory };
                    (node.apply(Where, &[mask, next, state])?, memory)
                }
            };
            results[time] = Some(node.reshape(result, [1, 1, batch, hidden])?);
        }
        let results: Vec<_> = results.into_iter().flatten().collect();
        outputs.push(join(node, 0, &results)?);
        states.push(node.reshape(state, [1, batch, hidden])?);
        memories.push(node.reshape(memory, [1, batch, hidden])?);
    }
    let (mut output, mut state, mut memory) =
        (join(node, 1, &outputs)?, join(node, 0, &states)?, join(node, 0, &memories)?);
    if batch_first {
        output = node.transpose(output, [2, 0, 1, 3])?;
        state = node.transpose(state, [1, 0, 2])?;
        memory = node.transpose(memory, [1, 0, 2])?;
    }
    if kind == Kind::Lstm { node.results(&[output, state, memory]) } else { node.results(&[output, state]) }
}

/// For each step which sequences it belongs to, `[N, 1]`; `None` if all have all steps.
fn masks(node: &mut Node<'_, '_>, steps: usize, batch: usize) -> Result<Option<Vec<ValueId>>, ImportError> {
    let Some(lengths) = node.optional(4)? else { return Ok(None) };
    let known = node.constant(4).and_then(|lengths| lengths.as_i64());
    if known.is_some_and(|lengths| lengths.iter().all(|&length| length == steps as i64)) {
        return Ok(None);
    }
    let lengths = node.cast(lengths, DType::I64)?;
    let lengths = node.reshape(lengths, [batch, 1])?;
    let mask = |time: usize| {
        let time = node.store_ints([1, 1], vec![time as i64])?;
        node.apply(Binary::Less, &[time, lengths])
    };
    (0..steps).map(mask).collect::<Result<Vec<_>, _>>().map(Some)
}

/// Weights of one direction, and the bias of the data.
fn cell(
    node: &mut Node<'_, '_>,
    kind: Kind,
    direction: usize,
    [gates, hidden]: [usize; 2],
) -> Result<(Cell, Option<ValueId>), ImportError> {
    let r = node.input(2)?;
    let recurrence = of_direction(node, r, direction, &[gates * hidden, hidden])?;
    let reset_last = node.int("linear_before_reset", 0) != 0;
    let (mut bias, mut recurrence_bias) = (None, None);
    if let Some(both) = node.optional(3)? {
        let both = of_direction(node, both, direction, &[2 * gates * hidden])?;
        let of_data = node.slice(both, 0, 0, gates * hidden)?;
        let of_state = node.slice(both, 0, gates * hidden, 2 * gates * hidden)?;
        if kind == Kind::Gru && reset_last {
            (bias, recurrence_bias) = (Some(of_data), Some(of_state));
        } else {
            bias = Some(node.apply(Binary::Add, &[of_data, of_state])?);
        }
    }
    let peepholes = match node.optional(7)? {
        Some(peepholes) if kind == Kind::Lstm => {
            let all = of_direction(node, peepholes, direction, &[3 * hidden])?;
            let mut part = |index: usize| node.slice(all, 0, index * hidden, (index + 1) * hidden);
            Some([part(0)?, part(1)?, part(2)?])
        }
        _ => None,
    };
    let clip = node.float("clip", 0.0);
    let activations = activations(node, kind, direction)?;
    let cell = Cell { kind, hidden, activations, clip, recurrence, recurrence_bias, peepholes, reset_last };
    Ok((cell, bias))
}

/// The functions of one direction: of the gates, of the candidate, and for an LSTM of the cell.
fn activations(node: &Node<'_, '_>, kind: Kind, direction: usize) -> Result<Vec<Activation>, ImportError> {
    let default: &[&str] = match kind {
        Kind::Rnn => &["Tanh"],
        Kind::Gru => &["Sigmoid", "Tanh"],
        Kind::Lstm => &["Sigmoid", "Tanh", "Tanh"],
    };
    let given: Vec<_> = match node.attribute("activations") {
        Some(attribute) => attribute.strings.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect(),
        None => vec![],
    };
    let count = default.len();
    let names: Vec<_> = match given.get(direction * count..(direction + 1) * count) {
        Some(names) => names.iter().map(String::as_str).collect(),
        None if given.is_empty() => default.to_vec(),
        None => return Err(node.unsupported(format!("{given:?} are not {count} activations for each direction"))),
    };
    let parameters = node.attribute("activation_alpha").or(node.attribute("activation_beta"));
    let activation = |&name: &&str| match name.to_ascii_lowercase().as_str() {
        "sigmoid" => Ok(Activation::Function(Unary::Sigmoid)),
        "tanh" => Ok(Activation::Function(Unary::Tanh)),
        "relu" => Ok(Activation::Function(Unary::Relu)),
        "hardsigmoid" if parameters.is_none_or(|list| list.floats.is_empty()) => Ok(Activation::HardSigmoid),
        _ => Err(node.unsupported(format!("the activation {name} with these parameters is not supported"))),
    };
    names.iter().map(activation).collect()
}

/// One step: the new state, and for an LSTM the new cell.
fn step(
    node: &mut Node<'_, '_>,
    cell: &Cell,
    data: ValueId,
    state: ValueId,
    memory: ValueId,
) -> Result<(ValueId, ValueId), ImportError> {
    match cell.kind {
        Kind::Rnn => {
            let recurrent = linear(node, state, cell.recurrence, None)?;
            let sum = node.apply(Binary::Add, &[data, recurrent])?;
            Ok((cell.activate(node, 0, sum)?, memory))
        }
        Kind::Gru => Ok((gru(node, cell, data, state)?, memory)),
        Kind::Lstm => lstm(node, cell, data, state, memory),
    }
}

fn gru(node: &mut Node<'_, '_>, cell: &Cell, data: ValueId, state: ValueId) -> Result<ValueId, ImportError> {
    let hidden = cell.hidden;
    let data_gates = node.slice(data, 1, 0, 2 * hidden)?;
    let data_candidate = node.slice(data, 1, 2 * hidden, 3 * hidden)?;
    let gates_of = |node: &mut Node<'_, '_>, recurrent: ValueId| -> Result<(ValueId, ValueId), ImportError> {
        let sum = node.apply(Binary::Add, &[data_gates, recurrent])?;
        let gates = cell.activate(node, 0, sum)?;
        Ok((node.slice(gates, 1, 0, hidden)?, node.slice(gates, 1, hidden, 2 * hidden)?))
    };
    let (update, recurrent) = if cell.reset_last {
        let all = linear(node, state, cell.recurrence, cell.recurrence_bias)?;
        let of_gates = node.slice(all, 1, 0, 2 * hidden)?;
        let of_candidate = node.slice(all, 1, 2 * hidden, 3 * hidden)?;
        let (update, reset) = gates_of(node, of_gates)?;
        (update, node.apply(Binary::Mul, &[reset, of_candidate])?)
    } else {
        let of_gates = node.slice(cell.recurrence, 0, 0, 2 * hidden)?;
        let of_candidate = node.slice(cell.recurrence, 0, 2 * hidden, 3 * hidden)?;
        let recurrent = linear(node, state, of_gates, None)?;
        let (update, reset) = gates_of(node, recurrent)?;
        let kept = node.apply(Binary::Mul, &[reset, state])?;
        (update, linear(node, kept, of_candidate, None)?)
    };
    let sum = node.apply(Binary::Add, &[data_candidate, recurrent])?;
    let candidate = cell.activate(node, 1, sum)?;
    let difference = node.apply(Binary::Sub, &[state, candidate])?;
    let kept = node.apply(Binary::Mul, &[update, difference])?;
    node.apply(Binary::Add, &[candidate, kept])
}

fn lstm(
    node: &mut Node<'_, '_>,
    cell: &Cell,
    data: ValueId,
    state: ValueId,
    memory: ValueId,
) -> Result<(ValueId, ValueId), ImportError> {
    let recurrent = linear(node, state, cell.recurrence, None)?;
    let sum = node.apply(Binary::Add, &[data, recurrent])?;
    let gates = pieces(node, sum, 1, 4)?;
    let look = |node: &mut Node<'_, '_>, gate: ValueId, peephole: usize, memory: ValueId| match cell.peepholes {
        Some(peepholes) => {
            let seen = node.apply(Binary::Mul, &[peepholes[peephole], memory])?;
            node.apply(Binary::Add, &[gate, seen])
        }
        None => Ok(gate),
    };
    let input = look(node, gates[0], 0, memory)?;
    let input = cell.activate(node, 0, input)?;
    let forget = look(node, gates[2], 2, memory)?;
    let forget = cell.activate(node, 0, forget)?;
    let candidate = cell.activate(node, 1, gates[3])?;
    let kept = node.apply(Binary::Mul, &[forget, memory])?;
    let added = node.apply(Binary::Mul, &[input, candidate])?;
    let memory = node.apply(Binary::Add, &[kept, added])?;
    let output = look(node, gates[1], 1, memory)?;
    let output = cell.activate(node, 0, output)?;
    let shown = cell.function(node, 2, memory)?;
    Ok((node.apply(Binary::Mul, &[output, shown])?, memory))
}

impl Cell {
    /// A gate: its sum, clipped, through a function.
    fn activate(&self, node: &mut Node<'_, '_>, index: usize, x: ValueId) -> Result<ValueId, ImportError> {
        let x = if self.clip > 0.0 { node.apply(Clip { min: -self.clip, max: self.clip }, &[x])? } else { x };
        self.function(node, index, x)
    }

    fn function(&self, node: &mut Node<'_, '_>, index: usize, x: ValueId) -> Result<ValueId, ImportError> {
        match self.activations[index] {
            Activation::Function(function) => node.apply(function, &[x]),
            Activation::HardSigmoid => {
                let scaled = node.with_number(Binary::Mul, x, 0.2)?;
                let shifted = node.with_number(Binary::Add, scaled, 0.5)?;
                node.apply(Clip { min: 0.0, max: 1.0 }, &[shifted])
            }
        }
    }
}

/// `x · weightᵀ + bias`.
fn linear(node: &mut Node<'_, '_>, x: ValueId, weight: ValueId, bias: Option<ValueId>) -> Result<ValueId, ImportError> {
    let known = |id: ValueId| node.importer.b.tensor(id).is_some();
    if known(weight) && bias.is_none_or(known) {
        let inputs: Vec<_> = [x, weight].into_iter().chain(bias).collect();
        return node.apply(Gemm, &inputs);
    }
    let turned = node.transpose(weight, [1, 0])?;
    let product = multiply(node, x, turned)?;
    match bias {
        Some(bias) => node.apply(Binary::Add, &[product, bias]),
        None => Ok(product),
    }
}

/// The part of a tensor `[directions, …]` for one direction.
fn of_direction(
    node: &mut Node<'_, '_>,
    x: ValueId,
    direction: usize,
    shape: &[usize],
) -> Result<ValueId, ImportError> {
    let part = node.slice(x, 0, direction, direction + 1)?;
    node.reshape(part, shape)
}

/// The state before the first step, `[N, hidden]`: zeros if it is left out.
fn initial(
    node: &mut Node<'_, '_>,
    index: usize,
    direction: usize,
    [batch, hidden]: [usize; 2],
    batch_first: bool,
) -> Result<ValueId, ImportError> {
    let Some(given) = node.optional(index)? else {
        return node.store_floats([batch, hidden], vec![0.0; batch * hidden]);
    };
    let given = if batch_first { node.transpose(given, [1, 0, 2])? } else { given };
    of_direction(node, given, direction, &[batch, hidden])
}

/// Equal parts of an axis.
fn pieces(node: &mut Node<'_, '_>, x: ValueId, axis: usize, count: usize) -> Result<Vec<ValueId>, ImportError> {
    if count == 1 {
        return Ok(vec![x]);
    }
    let size = node.dims(x)[axis] / count;
    node.apply_all(Split { axis, sizes: vec![size; count] }, &[x])
}

fn join(node: &mut Node<'_, '_>, axis: usize, parts: &[ValueId]) -> Result<ValueId, ImportError> {
    match parts {
        [single] => Ok(*single),
        _ => node.apply(Concat { axis }, parts),
    }
}
