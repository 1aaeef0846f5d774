//! Which tensors MNN computes in integers.
//!
//! MNN casts at the borders of ops that it computes in integers. It looks at what an op reads for that: some, whose operands all are integers, it
//! computes in them also where the result is marked as floats, and writes past its end. Such ops are made to read floats here. MNN also passes
//! marks on to tensors without one, even to those whose floats nobody asked to round, so that every tensor of a quantised net has a mark: what
//! the integers stand for, or that it is floats ([`write`](super::write)).

use std::collections::{HashMap, HashSet};

use super::net::{Grid, Net, Number, Op, TensorId};
use super::ops::{BinaryOp, InIntegers, MnnOp, Reshape};
use super::schema::BinaryOpOperation;
use super::store::Store;

/// Marks results of ops that only move elements as their operands, keeps MNN from integers where its kernels for them are wrong, and has floats
/// rounded that have to be. Weights will be stored as `store` says.
pub(super) fn settle(mut net: Net, store: Store) -> Net {
    if !net.is_quantized() {
        return net;
    }
    let (as_integers, as_floats) = (as_integers(&net), as_floats(&net));
    let ops = std::mem::take(&mut net.ops);
    let is_coarse = store != Store::Float;
    let (rounded, copied, floats) = (vec![], vec![], HashMap::new());
    let mut settled = Settled { net, is_coarse, as_integers, as_floats, rounded, copied, floats };
    settled.grow();
    for op in ops {
        settled.add(op);
    }
    let Settled { mut net, copied, .. } = settled;
    for output in &mut net.outputs {
        output.tensor = copied[output.tensor.0].unwrap_or(output.tensor);
    }
    net
}

/// Tensors that ops read which compute in integers.
fn as_integers(net: &Net) -> HashSet<TensorId> {
    net.ops.iter().filter(|op| computes_in_integers(net, op)).flat_map(|op| op.inputs.iter().copied()).collect()
}

/// Tensors that something reads which needs floats.
fn as_floats(net: &Net) -> HashSet<TensorId> {
    let needs_floats = |op: &&Op| op.kind.in_integers() != InIntegers::Moves && !computes_in_integers(net, op);
    let read = net.ops.iter().filter(needs_floats).flat_map(|op| op.inputs.iter().copied());
    read.chain(net.outputs.iter().map(|output| output.tensor)).collect()
}

fn computes_in_integers(net: &Net, op: &Op) -> bool {
    op.kind.in_integers() == InIntegers::Right && op.outputs.iter().any(|output| net.tensors[output.0].grid.is_some())
}

struct Settled<'g> {
    net: Net<'g>,
    /// Whether weights are stored in fewer bits.
    is_coarse: bool,
    as_integers: HashSet<TensorId>,
    as_floats: HashSet<TensorId>,
    /// Whether each tensor holds integers, not floats that are rounded when an op needs them as such.
    rounded: Vec<bool>,
    /// What is read in place of a tensor.
    copied: Vec<Option<TensorId>>,
    /// Copies that are floats.
    floats: HashMap<TensorId, TensorId>,
}

impl<'g> Settled<'g> {
    fn grow(&mut self) {
        self.rounded.resize(self.net.tensors.len(), false);
        self.copied.resize(self.net.tensors.len(), None);
    }

    fn grid(&self, id: TensorId) -> Option<Grid> {
        self.net.tensors[id.0].grid
    }

    fn add(&mut self, mut op: Op<'g>) {
        op.inputs.iter_mut().for_each(|input| *input = self.copied[input.0].unwrap_or(*input));
        let (kind, outputs) = (op.kind.in_integers(), op.outputs.clone());
        let is_float = |id: &&TensorId| self.net.tensors[id.0].number == Number::Float;
        let inputs: Vec<_> = op.inputs.iter().filter(is_float).copied().collect();
        let grids: Option<Vec<_>> = inputs.iter().map(|&input| self.grid(input)).collect();
        let grids = grids.unwrap_or_default();
        if !grids.is_empty() && (self.needs_floats(kind, &outputs) || self.is_taken_for_integers(&op)) {
            op.inputs[0] = self.as_floats(op.inputs[0]);
        }
        self.net.ops.push(op);
        for output in outputs {
            self.settle(kind, &inputs, &grids, output);
            let must_round = self.grid(output).is_some_and(|grid| !grid.optional) && self.as_floats.contains(&output);
            if must_round && !self.rounded[output.0] {
                self.rounded(output);
            }
        }
    }

    /// Whether MNN computes in integers what it is asked for as floats, if all that an op of this kind reads are integers.
    fn needs_floats(&self, kind: InIntegers, outputs: &[TensorId]) -> bool {
        match kind {
            InIntegers::Wrong => true,
            InIntegers::Right => outputs.iter().all(|&output| self.grid(output).is_none()),
            InIntegers::Never | InIntegers::Moves | InIntegers::WrongWithOneStep => false,
        }
    }

    /// Whether MNN takes an op that computes floats, since its kernel is stored in fewer bits, for one that computes in integers if it reads some.
    fn is_taken_for_integers(&self, op: &Op) -> bool {
        let has_kernel = || op.kind.storable().is_some_and(|storable| !storable.is_constant());
        self.is_coarse && op.kind.in_integers() == InIntegers::Never && has_kernel()
    }

    /// The floats that a tensor's integers stand for.
    fn as_floats(&mut self, id: TensorId) -> TensorId {
        if let Some(&floats) = self.floats.get(&id) {
            return floats;
        }
        let (name, shape) = (format!("{}/floats", self.net.tensors[id.0].name), self.net.shape(id).to_vec());
        let floats = self.net.op(name, Reshape, &[id], shape);
        self.grow();
        self.floats.insert(id, floats);
        floats
    }

    /// Settles a result of an op that reads tensors with these marks, of which there are none if one has no mark.
    fn settle(&mut self, kind: InIntegers, inputs: &[TensorId], grids: &[Grid], output: TensorId) {
        let same = |grid: Grid| grids.iter().all(|other| other.values() == grid.values());
        let Some(&first) = grids.first() else { return };
        match (kind, self.grid(output)) {
            (InIntegers::Right, Some(_)) => self.rounded[output.0] = true,
            (InIntegers::Moves, None) if same(first) => {
                let all = inputs.iter().all(|input| self.rounded[input.0]);
                if all || !first.optional || self.as_integers.contains(&output) {
                    self.net.tensors[output.0].grid = Some(first);
                    self.rounded[output.0] = true;
                }
            }
            (InIntegers::Moves, Some(grid)) => self.rounded[output.0] = same(grid),
            (InIntegers::WrongWithOneStep, Some(grid)) if same(grid) => {
                self.net.tensors[output.0].grid = Some(Grid { step: grid.step.next_up(), ..grid });
            }
            (InIntegers::Wrong, Some(grid)) => {
                let copy = self.unrounded(output);
                self.net.tensors[output.0].grid = None;
                if !grid.optional {
                    self.copied[output.0] = Some(self.rounded(copy));
                }
            }
            _ => {}
        }
    }

    /// Adds the same numbers as a tensor of their own, which others read instead.
    fn copy(&mut self, id: TensorId, kind: impl MnnOp + 'g, operands: &[TensorId]) -> TensorId {
        let (name, shape) = (format!("{}/rounded", self.net.tensors[id.0].name), self.net.shape(id).to_vec());
        let copy = self.net.op(name, kind, operands, shape);
        self.net.tensors[copy.0].grid = self.grid(id);
        self.grow();
        self.copied[id.0] = Some(copy);
        copy
    }

    /// Floats, unless what is read is marked as integers: the smaller one of each number and itself.
    fn unrounded(&mut self, id: TensorId) -> TensorId {
        self.copy(id, BinaryOp::of(BinaryOpOperation::Minimum), &[id, id])
    }

    /// Integers, which MNN makes of floats before it moves them.
    fn rounded(&mut self, id: TensorId) -> TensorId {
        let copy = self.copy(id, Reshape, &[id]);
        self.rounded[copy.0] = true;
        copy
    }
}
