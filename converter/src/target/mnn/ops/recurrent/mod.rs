//! Recurrent layers: one product with the data of all steps, then a loop over the steps for each direction, whatever their number is.
//!
//! MNN has ops of its own, `LSTM`, `RNN` and `RNNSequenceGRU`, which know neither lengths of sequences, nor clipping, peepholes or other
//! functions than the usual ones, and multiply data and weights in every step or without packing the weights beforehand. They are for networks whose
//! inputs are open, since a loop has a fixed number of steps.

mod functions;
mod own;
mod step;

use edgeconv_graph::op::{Recurrent, RecurrentCell as Cell, RecurrentOperand as Operand};
use edgeconv_graph::{Graph, Node, ValueId};

use super::binary::BinaryOp;
use super::broadcast::BroadcastTo;
use super::cast::Cast;
use super::concat::Concat;
use super::convolution::Weights;
use super::matmul::{MatMul, linear};
use super::reshape::Reshape;
use super::select::Select;
use super::slice::StridedSlice;
use super::transpose::Permute;
use super::{Const, Lower};
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::{self, Lowering};
use crate::target::mnn::net::{Number, TensorId};
use crate::target::mnn::schema::BinaryOpOperation::{Less, Mul, Sub};
use step::Step;

impl Lower for Recurrent {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.numbers(node)?;
        let layer = Layer::of(self, l, node)?;
        if l.is_open() && layer.has_own_op(l) {
            let results = layer.own_op(l)?;
            results.into_iter().enumerate().for_each(|(index, whole)| layer.give(l, index, whole));
            return Ok(());
        }
        let lengths = layer.lengths(l)?;
        let data = layer.data(l, lengths.as_ref())?;
        let projected = layer.project(l, data)?;
        let results = (0..layer.directions)
            .map(|direction| Step::new(&layer, direction, l, projected, lengths.as_ref())?.lower())
            .collect::<Result<Vec<_>, _>>()?;
        layer.finish(l, &results);
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
    /// Whether there is a first step, as floats `[N, 1]`.
    any: TensorId,
}

impl<'g> Layer<'g> {
    fn of(op: &'g Recurrent, l: &Lowering<'g>, node: &'g Node) -> Result<Self, ExportError> {
        let lengths = op.lengths(l.graph.ty(node.inputs[0]));
        let [steps, batch, inputs] = lengths.map_err(|error| lower::unsupported(node, error.0))?;
        let directions = op.direction.reversed().len();
        Ok(Self { op, node, steps, batch, inputs, directions, rows: op.cell.gates() * op.hidden })
    }

    /// Whether each sequence is multiplied by itself: MNN packs the weights anew for each product of several rows, which takes longer up to about
    /// eight of them. Four sequences of 64 take 0.75 to 0.9 of the time, two 0.4 to 0.7; below 32 the additional commands cost more.
    fn has_few_sequences(&self) -> bool {
        self.batch == 1 || self.batch <= 4 && self.op.hidden >= 32
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
        let inside = l.helper(node, "inside", BinaryOp::of(Less), &[steps, lengths], shape);
        let kept = l.helper(node, "kept", Cast(Number::Float), &[inside], shape);
        let one = l.scalar(1.0);
        let left = l.helper(node, "left", BinaryOp::of(Sub), &[one, kept], shape);
        let first = [0, 1, 0].map(|index| l.indices([index]));
        let any = l.helper(node, "first step", StridedSlice, &[&[kept], first.as_slice()].concat(), [1, self.batch]);
        let any = l.helper(node, "any step", Reshape, &[any], [self.batch, 1]);
        Ok(Some(Lengths { inside, kept, left, any }))
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
            let weights = Weights::Stored { kernel: l.weight(node, 1)?.into(), bias: bias.into(), steps: None };
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

    /// A state before the first step of a direction, `[1, N, hidden]`; `None` stands for zeros. Where `any` says that there is no step, the
    /// states are zeros in the end, too, as in ONNX Runtime.
    fn initial(
        &self,
        l: &mut Lowering<'g>,
        which: Operand,
        direction: usize,
        any: Option<TensorId>,
    ) -> Result<Option<TensorId>, ExportError> {
        let Some(id) = self.operand(which) else { return Ok(None) };
        let mut state = l.operand(id)?;
        let name = format!("{}/{which:?}", self.name(direction));
        let (axis, shape) = if self.op.batch_first { (1, [self.batch, 1, self.op.hidden]) } else { (0, self.states()) };
        if self.directions > 1 {
            let part = [direction, direction + 1, axis].map(|index| l.indices([index]));
            let inputs = [&[state], part.as_slice()].concat();
            state = l.net.op(format!("{name} of one direction"), StridedSlice, &inputs, shape);
        }
        if self.op.batch_first {
            state = l.net.op(name.clone(), Permute { perm: vec![1, 0, 2] }, &[state], self.states());
        }
        if let Some(any) = any {
            state = l.net.op(format!("{name} of sequences"), BinaryOp::of(Mul), &[state, any], self.states());
        }
        Ok(Some(state))
    }

    /// The shape of a state of one direction.
    fn states(&self) -> [usize; 3] {
        [1, self.batch, self.op.hidden]
    }

    /// Of what computes a direction.
    fn name(&self, direction: usize) -> String {
        if self.directions == 1 {
            return self.node.name.clone();
        }
        let direction = if self.op.direction.reversed()[direction] { "reverse" } else { "forward" };
        format!("{}/{direction}", self.node.name)
    }

    /// Whether there is a reader of the result at `index`.
    fn is_read(&self, graph: &Graph, index: usize) -> bool {
        let id = self.node.outputs[index];
        graph.is_returned(id) || !graph.users(id).is_empty()
    }

    /// The tensor for a result of a direction, without the batch first.
    fn result(&self, l: &mut Lowering<'g>, index: usize, direction: usize, shape: impl Into<Vec<usize>>) -> TensorId {
        if self.directions > 1 || self.op.batch_first {
            return l.net.tensor(format!("{}/result {index}", self.name(direction)), shape, Number::Float);
        }
        let id = self.node.outputs[index];
        let tensor = l.net.tensor(l.graph.value(id).original_name(), shape, Number::Float);
        l.tensors.insert(id, tensor);
        tensor
    }

    /// Joins the results of the directions, and puts the batch first where it belongs there.
    fn finish(&self, l: &mut Lowering<'g>, results: &[[Option<TensorId>; 3]]) {
        let [.., batch, hidden] = self.states();
        let joined = [vec![self.steps, self.directions, batch, hidden], vec![self.directions, batch, hidden]];
        let graph = l.graph;
        for (index, &value) in self.node.outputs.iter().enumerate().filter(|&(index, _)| self.is_read(graph, index)) {
            let parts: Vec<_> = results.iter().filter_map(|results| results[index]).collect();
            let kind = index.min(1);
            let join = Concat { axis: 1 - kind };
            let name = format!("{}/joined {index}", self.node.name);
            if !self.op.batch_first {
                if parts.len() > 1 {
                    l.finish_as(&name, &[value], join, &parts);
                }
                continue;
            }
            let whole = match parts[..] {
                [only] => only,
                _ => l.net.op(name, join, &parts, joined[kind].clone()),
            };
            self.give(l, index, whole);
        }
    }

    /// A result of all directions, in which the batch comes behind steps and directions, is that of the node.
    fn give(&self, l: &mut Lowering<'g>, index: usize, whole: TensorId) {
        let id = self.node.outputs[index];
        let value = l.graph.value(id);
        if self.op.batch_first {
            let perm = if index == 0 { vec![2, 0, 1, 3] } else { vec![1, 0, 2] };
            l.finish_as(&format!("{}/{perm:?}", value.name), &[id], Permute { perm }, &[whole]);
        } else {
            l.net.tensors[whole.0].name = value.original_name();
            l.tensors.insert(id, whole);
        }
    }
}
