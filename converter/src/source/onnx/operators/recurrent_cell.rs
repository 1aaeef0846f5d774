//! One step of a recurrent layer.

use edgeconv_graph::ValueId;
use edgeconv_graph::op::{Binary, Clip, Gemm, Unary};

use super::super::ImportError;
use super::super::node::Node;
use super::linear::multiply;
use super::recurrent::{of_direction, pieces};

/// Functions of the gates.
#[derive(Debug, Clone, Copy)]
enum Activation {
    Function(Unary),
    HardSigmoid,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Rnn,
    Gru,
    Lstm,
}

/// One direction of a layer; matrices have a row for each result.
pub(super) struct Cell {
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

/// Weights of one direction, and the bias of the data.
pub(super) fn cell(
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
pub(super) fn step(
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
pub(super) fn linear(
    node: &mut Node<'_, '_>,
    x: ValueId,
    weight: ValueId,
    bias: Option<ValueId>,
) -> Result<ValueId, ImportError> {
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
