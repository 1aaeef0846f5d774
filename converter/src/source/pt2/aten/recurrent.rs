//! Recurrent layers, whose gates stand in another order in ONNX.

use super::{Added, Call, Entry, Held, Int, Refused, entry};
use crate::attributes::{int, ints, string};
use crate::proto::AttributeProto;

pub(super) const ENTRIES: &[Entry] = &[
    entry(
        "lstm.input(Tensor input, Tensor[] hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first)",
        |c| recurrent(c, &LSTM),
    ),
    entry(
        "gru.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first)",
        |c| recurrent(c, &GRU),
    ),
    entry(
        "rnn_tanh.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first)",
        |c| recurrent(c, &TANH),
    ),
    entry(
        "rnn_relu.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first)",
        |c| recurrent(c, &RELU),
    ),
];

/// A kind of layer.
struct Kind {
    op_type: &'static str,
    /// The places of ONNX's gates in PyTorch's order.
    gates: &'static [usize],
    activation: Option<&'static str>,
}

/// PyTorch: input, forget, cell, output; ONNX: input, output, forget, cell.
const LSTM: Kind = Kind { op_type: "LSTM", gates: &[0, 3, 1, 2], activation: None };
/// PyTorch: reset, update, new; ONNX: update, reset, new.
const GRU: Kind = Kind { op_type: "GRU", gates: &[1, 0, 2], activation: None };
const TANH: Kind = Kind { op_type: "RNN", gates: &[0], activation: Some("Tanh") };
const RELU: Kind = Kind { op_type: "RNN", gates: &[0], activation: Some("Relu") };

fn recurrent(c: &mut Call<'_, '_>, kind: &Kind) -> Added {
    if c.bool("train")? && c.float("dropout")? > 0.0 {
        return Err("it drops elements: export the model in eval mode".into());
    }
    if c.rank("input")? != 3 {
        return Err("its input has no batch axis: export it with one".into());
    }
    let (layers, is_batch_first) = (c.known("num_layers")?, c.bool("batch_first")?);
    let directions = if c.bool("bidirectional")? { 2 } else { 1 };
    // Of the hidden state, and an LSTM's cells: [layers × directions, N, H].
    let states: Vec<String> = match c.tensors("hx") {
        Ok(states) => states.into_iter().flatten().collect(),
        Err(_) => vec![c.tensor("hx")?],
    };
    let params: Vec<_> = c.tensors("params")?.into_iter().flatten().collect();
    let of_cell = if c.bool("has_biases")? { 4 } else { 2 };
    let cells: Vec<_> = params.chunks_exact(of_cell).collect();
    if cells.len() as i64 != layers.saturating_mul(directions) || params.len() % of_cell != 0 {
        return Err(format!("it has {} weights: those of projections are not read", params.len()));
    }
    let hidden = c.params_width(kind)?;
    let mut x = c.tensor("input")?;
    if is_batch_first {
        x = c.step("Transpose", &[&x], vec![ints("perm", &[1, 0, 2])]);
    }
    let mut attributes = vec![int("hidden_size", hidden)];
    attributes.extend((directions == 2).then(|| string("direction", "bidirectional")));
    attributes.extend((kind.op_type == "GRU").then(|| int("linear_before_reset", 1)));
    attributes.extend(kind.activation.map(|activation| strings("activations", activation, directions as usize)));
    let mut lasts = vec![vec![]; states.len()];
    for (layer, cells) in (0..).zip(cells.chunks_exact(directions as usize)) {
        let begins: Vec<_> = states.iter().map(|state| c.rows(state, layer * directions, directions)).collect();
        let [input, recurrent] = [0, 1].map(|part| c.stacked(cells, part, kind));
        let bias = if of_cell == 4 {
            let [first, second] = [2, 3].map(|part| c.stacked(cells, part, kind));
            c.step("Concat", &[&first, &second], vec![int("axis", 1)])
        } else {
            String::new()
        };
        let operands = [&x, &input, &recurrent, &bias, ""];
        let operands: Vec<&str> = operands.into_iter().chain(begins.iter().map(String::as_str)).collect();
        let results = c.steps(1 + states.len(), kind.op_type, &operands, attributes.clone());
        // [T, directions, N, H] to [T, N, directions × H]
        let turned = c.step("Transpose", &[&results[0]], vec![ints("perm", &[0, 2, 1, 3])]);
        x = c.reshaped(&turned, &[Int::Known(0), Int::Known(0), Int::Known(-1)]);
        lasts.iter_mut().zip(&results[1..]).for_each(|(lasts, last)| lasts.push(last.clone()));
    }
    let mut held = if is_batch_first {
        c.last("Transpose", &[&x], vec![ints("perm", &[1, 0, 2])])?
    } else {
        c.last("Identity", &[&x], vec![])?
    };
    for lasts in lasts {
        let lasts: Vec<_> = lasts.iter().map(String::as_str).collect();
        held.push(Held::Tensor(c.step("Concat", &lasts, vec![int("axis", 0)])));
    }
    Ok(held)
}

fn strings(name: &str, value: &str, count: usize) -> AttributeProto {
    let mut attribute = crate::attributes::empty(name, crate::proto::attribute_proto::AttributeType::Strings);
    attribute.strings = vec![value.to_owned().into(); count];
    attribute
}

impl Call<'_, '_> {
    /// The width of the hidden state, by the rows of the first weight.
    fn params_width(&self, kind: &Kind) -> Result<i64, Refused> {
        let first = self.sources("params")?.swap_remove(0);
        let rows = self.writer.shape(&first)?.first().copied().flatten().ok_or("its weights have no rows")?;
        Ok(rows / kind.gates.len() as i64)
    }

    /// Rows of a tensor.
    fn rows(&mut self, tensor: &str, begin: i64, count: i64) -> String {
        let [begin, end, axis] = [begin, begin + count, 0].map(|int| self.writer.known_ints(&[int]));
        self.step("Slice", &[tensor, &begin, &end, &axis], vec![])
    }

    /// A weight of all directions, with its gates in ONNX's order.
    fn stacked(&mut self, cells: &[&[String]], part: usize, kind: &Kind) -> String {
        let front = self.writer.known_ints(&[0]);
        let mut stacked = vec![];
        for cell in cells {
            let mut weight = cell[part].clone();
            if kind.gates.len() > 1 {
                let gates = self.split(&weight, kind.gates.len(), 0);
                let ordered: Vec<_> = kind.gates.iter().map(|&gate| gates[gate].as_str()).collect();
                weight = self.step("Concat", &ordered, vec![int("axis", 0)]);
            }
            stacked.push(self.step("Unsqueeze", &[&weight, &front], vec![]));
        }
        let stacked: Vec<_> = stacked.iter().map(String::as_str).collect();
        self.step("Concat", &stacked, vec![int("axis", 0)])
    }
}
