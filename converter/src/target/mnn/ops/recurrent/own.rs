//! Recurrent layers of networks with open inputs, by MNN's own ops: these go through as many steps, of as many sequences, as their data have, where
//! a [loop](super::step) is made for one size.

use edgeconv_graph::op::{RecurrentCell as Cell, RecurrentDirection as Direction, RecurrentOperand as Operand};
use planus::UnionOffset;

use super::super::{Const, MnnOp, Rule};
use super::{Layer, Permute, Reshape, StridedSlice};
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::Lowering;
use crate::target::mnn::net::{Layout, Number, Shapes, TensorId};
use crate::target::mnn::schema::{self, OpParameter, OpType};
use crate::target::mnn::write::Writer;

/// `LSTM`, and `RNN` with one gate: weights as ONNX has them, and biases that are added up; all steps, last states, and last cells of an LSTM.
#[derive(Debug)]
struct Cells {
    op_type: OpType,
    hidden: usize,
}

/// `RNNSequenceGRU`: for each direction the weights of gates and candidate, `[inputs + hidden, …]`, and three biases.
#[derive(Debug)]
struct Gru {
    hidden: usize,
    is_bidirectional: bool,
    linear_before_reset: bool,
}

impl MnnOp for Cells {
    fn op_type(&self) -> OpType {
        self.op_type
    }

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        let param = schema::Lstm { output_count: self.hidden as i32, ..Default::default() };
        Some(OpParameter::create_lstm(b, &param))
    }

    fn rule(&self, _: &Shapes) -> Rule {
        Rule::In(Layout::Nchw)
    }
}

impl MnnOp for Gru {
    fn op_type(&self) -> OpType {
        OpType::RnnSequenceGru
    }

    fn parameter(&self, b: &mut Writer, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        let param = schema::RnnParam {
            num_units: self.hidden as i32,
            is_bidirectional_rnn: self.is_bidirectional,
            linear_before_reset: self.linear_before_reset,
            keep_all_outputs: true,
            ..Default::default()
        };
        Some(OpParameter::create_rnn_param(b, &param))
    }

    fn rule(&self, _: &Shapes) -> Rule {
        Rule::In(Layout::Nchw)
    }
}

impl<'g> Layer<'g> {
    /// Whether MNN has an op for it.
    pub(super) fn has_own_op(&self, l: &Lowering<'g>) -> bool {
        let op = self.op;
        let is_known = |id| l.graph.value(id).is_constant();
        let has = |which| self.operand(which).is_some();
        op.activations == op.cell.functions().repeat(self.directions)
            && op.clip.is_none()
            && op.direction != Direction::Reverse
            && op.cell != Cell::Lstm { input_forget: true }
            && !has(Operand::SequenceLens)
            && !has(Operand::Peepholes)
            && (!matches!(op.cell, Cell::Lstm { .. }) || has(Operand::InitialState) == has(Operand::InitialCell))
            && self.node.inputs[1..3].iter().copied().chain(self.operand(Operand::Bias)).all(is_known)
    }

    /// Adds it; its results, of all directions and without the batch first.
    pub(super) fn own_op(&self, l: &mut Lowering<'g>) -> Result<Vec<TensorId>, ExportError> {
        let data = self.data(l, None)?;
        let mut inputs = vec![data];
        match self.op.cell {
            Cell::Gru { .. } => inputs.extend(self.gru_weights(l)?),
            Cell::Rnn | Cell::Lstm { .. } => {
                inputs.extend([l.operand(self.node.inputs[1])?, l.operand(self.node.inputs[2])?]);
                let bias = self.bias(l)?.unwrap_or_else(|| vec![0.0; self.directions * self.rows]);
                let bias = Const::Float(bias.into());
                inputs.push(l.helper(self.node, "bias", bias, &[], [self.directions, self.rows]));
            }
        }
        for which in [Operand::InitialState, Operand::InitialCell] {
            inputs.extend(self.all_initial(l, which)?);
        }
        let [_, batch, hidden] = self.states();
        let all = (vec![self.steps, self.directions, batch, hidden], Number::Float);
        let last = (vec![self.directions, batch, hidden], Number::Float);
        Ok(match self.op.cell {
            Cell::Gru { linear_before_reset } => {
                let is_bidirectional = self.op.direction == Direction::Bidirectional;
                let kind = Gru { hidden, is_bidirectional, linear_before_reset };
                let all = l.helpers(self.node, "all steps", kind, &inputs, &[all])[0];
                vec![all, self.last_states(l, all)]
            }
            Cell::Rnn => {
                l.helpers(self.node, "all steps", Cells { op_type: OpType::Rnn, hidden }, &inputs, &[all, last])
            }
            Cell::Lstm { .. } => {
                let results = [all, last.clone(), last];
                l.helpers(self.node, "all steps", Cells { op_type: OpType::Lstm, hidden }, &inputs, &results)
            }
        })
    }

    /// The states before the first step, `[directions, N, hidden]`.
    fn all_initial(&self, l: &mut Lowering<'g>, which: Operand) -> Result<Option<TensorId>, ExportError> {
        let Some(id) = self.operand(which) else { return Ok(None) };
        let states = l.operand(id)?;
        let [_, batch, hidden] = self.states();
        let shape = [self.directions, batch, hidden];
        let turned = Permute { perm: vec![1, 0, 2] };
        Ok(Some(match self.op.batch_first {
            true => l.helper(self.node, &format!("{which:?}"), turned, &[states], shape),
            false => states,
        }))
    }

    /// Of each direction: weights of the gates, their bias, weights of the candidate, its bias, and the biases of the state.
    fn gru_weights(&self, l: &mut Lowering<'g>) -> Result<Vec<TensorId>, ExportError> {
        let (hidden, rows, inputs) = (self.op.hidden, self.rows, self.inputs);
        let [data, state] = [l.weight(self.node, 1)?, l.weight(self.node, 2)?];
        let bias = self.operand(Operand::Bias).map(|id| l.elements(id)).transpose()?;
        let mut all = vec![];
        for direction in 0..self.directions {
            let columns = |from: usize, to: usize| {
                let of = |weights: &[f32], width: usize| -> Vec<f32> {
                    let first = direction * rows;
                    let column = |index| (first + from..first + to).map(move |row| weights[row * width + index]);
                    (0..width).flat_map(column).collect()
                };
                [of(data, inputs), of(state, hidden)].concat()
            };
            let part = |from: usize, to: usize| match bias {
                Some(bias) => bias[2 * direction * rows + from..2 * direction * rows + to].to_vec(),
                None => vec![0.0; to - from],
            };
            let (gates, width) = (2 * hidden, inputs + hidden);
            let parts = [
                ("gates", columns(0, gates), [width, gates]),
                ("bias of gates", part(0, gates), [1, gates]),
                ("candidate", columns(gates, rows), [width, hidden]),
                ("bias of candidate", part(gates, rows), [1, hidden]),
                ("bias of state", part(rows, 2 * rows), [1, rows]),
            ];
            for (name, elements, shape) in parts {
                let name = format!("{}/{name}", self.name(direction));
                all.push(l.net.op(name, Const::Float(elements.into()), &[], shape));
            }
        }
        Ok(all)
    }

    /// The states `[directions, N, hidden]` behind the last step of each direction: for those of the second one MNN gives zeros (3.6.1,
    /// `CPURNNSequenceGRU.cpp`).
    fn last_states(&self, l: &mut Lowering<'g>, all: TensorId) -> TensorId {
        let [_, batch, hidden] = self.states();
        let of = |l: &mut Lowering<'g>, direction: usize, is_reversed: bool| {
            let step = if is_reversed { 0 } else { -1 };
            let name = format!("{}/last step", self.name(direction));
            let bounds =
                [[step, direction as i32], [if is_reversed { 1 } else { i32::MAX }, direction as i32 + 1], [0, 1]];
            let bounds = bounds.map(|bound| l.net.op(format!("{bound:?}"), Const::Int(bound.to_vec()), &[], [2]));
            let part = [&[all], bounds.as_slice()].concat();
            l.net.op(name, StridedSlice, &part, [1, 1, batch, hidden])
        };
        let reversed = self.op.direction.reversed().iter().enumerate();
        let parts: Vec<_> = reversed.map(|(direction, &is_reversed)| of(l, direction, is_reversed)).collect();
        let joined = match parts[..] {
            [only] => only,
            _ => l.helper(self.node, "last steps", super::Concat { axis: 1 }, &parts, [1, parts.len(), batch, hidden]),
        };
        l.helper(self.node, "last states", Reshape, &[joined], [self.directions, batch, hidden])
    }
}
