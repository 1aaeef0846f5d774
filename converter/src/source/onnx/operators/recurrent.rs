//! Recurrent layers, written out step by step: the number of steps is known.

use edgeconv_graph::op::{Binary, Concat, Split, Where};
use edgeconv_graph::{DType, Tensor, ValueId};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;
use super::recurrent_cell::{Kind, cell, linear, step};

const LIMITS: &str = "at most 1024 steps; activations Sigmoid, Tanh, Relu and HardSigmoid";

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("RNN", recurrent).limits(LIMITS),
    Entry::new("GRU", recurrent).limits(LIMITS),
    Entry::new("LSTM", recurrent).limits(LIMITS),
];

/// As many steps are written out at most.
pub(super) const MOST_STEPS: usize = 1024;

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
    let known = node.constant(4).and_then(Tensor::to_i64);
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

/// The part of a tensor `[directions, …]` for one direction.
pub(super) fn of_direction(
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
pub(super) fn pieces(
    node: &mut Node<'_, '_>,
    x: ValueId,
    axis: usize,
    count: usize,
) -> Result<Vec<ValueId>, ImportError> {
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
