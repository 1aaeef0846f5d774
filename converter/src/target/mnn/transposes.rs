//! Keeps MNN from misreading a transposition that meets a change of layout.
//!
//! MNN carries out a chain of moves (Permute, Reshape, ConvertTensor) as one copy. If that copy has three axes as long as the
//! images, channels and pixels of its NC4HW4 side, and other elements lie next to each other in its result than in its source, MNN
//! takes it for a change between NC4HW4 and NHWC, whichever of the axes the channels are and wherever the images, and then the
//! numbers are wrong (`OpCommonUtils::turnRegion2Convert`). It happens where, say, a square map has as many rows as channels. An
//! op that computes something in between splits the chain.

use super::net::{Layout, Net, Op, TensorId};
use super::ops::{BinaryOp, Const, Move, Rule};
use super::schema::BinaryOpOperation;

/// Multiplies by 1 between moves that MNN would misread as a whole.
pub(super) fn split(mut net: Net<'_>) -> Net<'_> {
    let chains = Chains::of(&net);
    let misread: Vec<_> = net.ops.iter().map(|op| chains.misread(&net, op)).collect();
    let mut one = None;
    for (op, misread) in std::mem::take(&mut net.ops).into_iter().zip(misread) {
        match (misread, net.rule(&op)) {
            (true, Rule::Converts { to: Layout::Nc4hw4, .. }) => {
                let apart = multiply_by_one(&mut net, &mut one, op.inputs[0]);
                net.ops.push(Op { inputs: vec![apart], ..op });
            }
            (true, _) => {
                // The name of the tensor that others read stays with the product.
                let result = op.outputs[0];
                let (shape, number) = (net.shape(result).to_vec(), net.tensors[result.0].number);
                let moved = net.tensor(format!("{}/moved", op.name), shape, number);
                let name = format!("{}/apart", op.name);
                net.ops.push(Op { outputs: vec![moved], ..op });
                let one = number_one(&mut net, &mut one);
                net.push(name, BinaryOp::of(BinaryOpOperation::Mul), &[moved, one], vec![result]);
            }
            (false, _) => net.ops.push(op),
        }
    }
    net
}

fn multiply_by_one(net: &mut Net, one: &mut Option<TensorId>, id: TensorId) -> TensorId {
    let one = number_one(net, one);
    let (name, shape) = (format!("{}/apart", net.tensors[id.0].name), net.shape(id).to_vec());
    net.op(name, BinaryOp::of(BinaryOpOperation::Mul), &[id, one], shape)
}

fn number_one(net: &mut Net, one: &mut Option<TensorId>) -> TensorId {
    *one.get_or_insert_with(|| net.op("1", Const::Float(vec![1.0].into()), &[], []))
}

/// Who computes and who reads each tensor, as indices of ops.
struct Chains {
    producer: Vec<Option<usize>>,
    users: Vec<Vec<usize>>,
}

impl Chains {
    fn of(net: &Net) -> Self {
        let mut chains = Self { producer: vec![None; net.tensors.len()], users: vec![vec![]; net.tensors.len()] };
        for (index, op) in net.ops.iter().enumerate() {
            op.outputs.iter().for_each(|id| chains.producer[id.0] = Some(index));
            op.inputs.iter().for_each(|id| chains.users[id.0].push(index));
        }
        chains
    }

    /// Whether MNN would misread a chain that begins or ends with `op`.
    fn misread(&self, net: &Net, op: &Op) -> bool {
        match net.rule(op) {
            Rule::Converts { to: Layout::Nc4hw4, .. } => {
                let before = self.producer[op.inputs[0].0].into_iter();
                self.begins_or_ends(net, before)
                    && self.misread_before(net, op.inputs[0], &|index| index, op.outputs[0])
            }
            Rule::Converts { from: Layout::Nc4hw4, .. } => {
                let behind = self.users[op.outputs[0].0].iter().copied();
                self.begins_or_ends(net, behind)
                    && self.misread_behind(net, op.outputs[0], &|index| index, op.inputs[0])
            }
            _ => false,
        }
    }

    /// Whether one of these ops, which stand next to a change of layout, is a move: for most there is nothing to look at.
    fn begins_or_ends(&self, net: &Net, mut neighbours: impl Iterator<Item = usize>) -> bool {
        neighbours.any(|index| moves(net, &net.ops[index]).is_some())
    }

    /// Looks at the moves that lead to `id`; `source` says where each element of the blocked tensor stands in it.
    fn misread_before(&self, net: &Net, id: TensorId, source: &Source<'_>, blocked: TensorId) -> bool {
        let Some(op) = self.producer[id.0].map(|index| &net.ops[index]) else { return false };
        let Some(step) = moves(net, op) else { return false };
        let source = |index| step(source(index));
        let [batch, channels, area] = sizes(net.shape(blocked));
        is_misread(&source, Swap::into_blocks(batch, channels, area))
            || self.misread_before(net, op.inputs[0], &source, blocked)
    }

    /// Looks at the moves that follow on `id`; `source` says where each of its elements stands in the blocked tensor.
    fn misread_behind(&self, net: &Net, id: TensorId, source: &Source<'_>, blocked: TensorId) -> bool {
        self.users[id.0].iter().any(|&index| {
            let op = &net.ops[index];
            let Some(step) = moves(net, op) else { return false };
            let source = |index| source(step(index));
            let [batch, channels, area] = sizes(net.shape(blocked));
            is_misread(&source, Swap::out_of_blocks(batch, channels, area))
                || self.misread_behind(net, op.outputs[0], &source, blocked)
        })
    }
}

/// Where each element of a tensor stands in another one.
type Source<'a> = dyn Fn(usize) -> usize + 'a;

/// `[N, C, …]` as images, channels and pixels.
fn sizes(shape: &[usize]) -> [usize; 3] {
    let dim = |axis: usize| shape.get(axis).copied().unwrap_or(1);
    [dim(0), dim(1), shape.iter().skip(2).product()]
}

/// For an op that only moves elements: from a row-major index of its result to that of its input.
fn moves(net: &Net, op: &Op) -> Option<Box<Move>> {
    op.kind.moves(&net.shapes(op))
}

/// A copy along three axes, of which `near` is the innermost one in the source and `last` in the result.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Swap {
    images: usize,
    near: usize,
    last: usize,
    /// Whether images are the outermost axis in the source, else the middle one.
    outermost_in_source: bool,
    /// Whether images are the outermost axis in the result, else the middle one.
    outermost_in_result: bool,
}

impl Swap {
    /// From NHWC to NC4HW4, both written as row-major.
    fn into_blocks(images: usize, channels: usize, area: usize) -> Self {
        Self { images, near: channels, last: area, outermost_in_source: true, outermost_in_result: true }
    }

    /// From NC4HW4 to NHWC.
    fn out_of_blocks(images: usize, channels: usize, area: usize) -> Self {
        Self::into_blocks(images, area, channels)
    }

    /// All that MNN takes for this one.
    fn alike(self) -> impl Iterator<Item = Self> {
        let orders = [(true, true), (true, false), (false, true), (false, false)];
        let with = move |near, last| {
            orders.map(|(outermost_in_source, outermost_in_result)| Self {
                near,
                last,
                outermost_in_source,
                outermost_in_result,
                ..self
            })
        };
        with(self.near, self.last).into_iter().chain(with(self.last, self.near))
    }

    /// Where an element of the result stands in the source.
    fn source(self, index: usize) -> usize {
        let Self { images, near, last, .. } = self;
        let (rest, at_last) = (index / last, index % last);
        let (image, at_near) =
            if self.outermost_in_result { (rest / near, rest % near) } else { (rest % images, rest / images) };
        let others = if self.outermost_in_source { at_last + image * last } else { image + at_last * images };
        at_near + others * near
    }

    fn is(self, source: &Source<'_>) -> bool {
        (0..self.images * self.near * self.last).all(|index| source(index) == self.source(index))
    }
}

/// Whether MNN takes a copy for a change of layout that it is not.
fn is_misread(source: &Source<'_>, change: Swap) -> bool {
    change.near > 1 && change.last > 1 && !change.is(source) && change.alike().any(|swap| swap.is(source))
}
