//! Channels of values brought to one width, so that the integers of one scale fit them all.
//!
//! Markus Nagel et al., "Data-Free Quantization Through Weight Equalization and Bias Correction", 2019, for values instead of weights, whose kernels have a
//! scale for each output channel anyway: a convolution gives each channel times a factor, and those that read it have kernels by so much smaller. Between
//! them may be what leaves factors as they are: sums, ReLU, windows. What a clip bounds only grows, and no channel beyond its
//! bound. Where nothing but sums is between convolutions without padding, channels are also moved to lie around 0.

use std::collections::{BTreeMap, BTreeSet};

use edgeconv_graph::op::{Binary, Conv, Unary};
use edgeconv_graph::{Graph, GraphError, Node, NodeId, Op, Tensor, ValueId};

use super::layers::{Groups, known_kernel};
use super::{Channel, Observed, Values, reweigh};

/// The most that a channel grows beside others: what was hardly seen may be larger elsewhere.
const MOST: f64 = 16.0;

/// How much room a channel keeps below the bound of a clip, as a factor of what was seen.
const ROOM: f64 = 1.2;

/// Brings the channels of values between convolutions to one width, as far as the same numbers come out; values that this changes are no longer
/// those of the original. For a graph behind a target's own passes; what is observed afterwards has other ranges.
///
/// # Errors
/// If a rewrite is inconsistent, which is a bug.
pub fn equalize(graph: &mut Graph, observed: &BTreeMap<String, Observed>) -> Result<(), GraphError> {
    let mut equalizer = Equalizer { graph, observed, layers: BTreeMap::new() };
    let changed: Vec<ValueId> = groups(graph).into_iter().filter(|group| equalizer.equalize(group)).flatten().collect();
    let layers = equalizer.layers;
    changed.into_iter().for_each(|id| graph.forget_origin(id));
    layers.into_iter().try_for_each(|(id, weights)| weights.put_into(graph, id))
}

/// Values that have one factor for each channel.
type Group = BTreeSet<ValueId>;

/// All groups whose factors kernels can take up.
fn groups(graph: &Graph) -> Vec<Group> {
    let maps = graph.values().filter(|(_, value)| value.ty.shape.len() == 4 && !value.is_constant());
    let mut groups = Groups::each(maps.map(|(id, _)| id));
    for node in graph.nodes().filter(|node| keeps_factors(graph, node)) {
        node.inputs.iter().for_each(|&input| groups.join(node.outputs[0], input));
    }
    let groups = groups.sets();
    groups.into_iter().filter(|group| group.iter().all(|&id| is_free(graph, id))).collect()
}

/// Whether factors of channels may as well be behind a node as in front of it.
fn keeps_factors(graph: &Graph, node: &Node) -> bool {
    match &node.op {
        Op::Unary(Unary::Relu) | Op::Pool(_) | Op::GlobalAveragePool(_) => true,
        Op::Clip(clip) => clip.min == 0.0,
        _ => is_sum(graph, node),
    }
}

fn is_sum(graph: &Graph, node: &Node) -> bool {
    let result = &graph.ty(node.outputs[0]).shape;
    let is_map = |&input: &ValueId| !graph.value(input).is_constant() && graph.ty(input).shape == *result;
    matches!(node.op, Op::Binary(Binary::Add)) && node.inputs.iter().all(is_map)
}

/// Whether a value is made by a convolution or what keeps factors, and read by such alone.
fn is_free(graph: &Graph, id: ValueId) -> bool {
    let takes_part = |node: &Node| known_kernel(graph, node).is_some() || keeps_factors(graph, node);
    let is_plain = graph.value(id).quant.is_none() && !graph.is_returned(id);
    is_plain && graph.producer_node(id).is_some_and(takes_part) && graph.user_nodes(id).all(takes_part)
}

/// The weights of a convolution.
struct Weights {
    /// `[outputs, depth, …]`.
    kernel: Tensor,
    elements: Vec<f32>,
    bias: Vec<f64>,
}

impl Weights {
    fn of(graph: &Graph, node: &Node) -> Option<Self> {
        let kernel = known_kernel(graph, node)?;
        let bias = node.inputs.get(2).and_then(|&id| graph.floats(id));
        let bias = bias.map_or(vec![0.0; kernel.shape()[0]], |bias| bias.iter().map(|&x| x.into()).collect());
        Some(Self { elements: kernel.as_f32()?.to_vec(), kernel: kernel.clone(), bias })
    }

    fn depth(&self) -> usize {
        self.kernel.shape()[1]
    }

    /// The taps of an output, for each channel that it reads: the number of this channel, and its weights.
    fn taps(&mut self, output: usize, group: usize) -> impl Iterator<Item = (usize, &mut [f32])> {
        let (outputs, depth) = (self.bias.len(), self.depth());
        let taps = self.elements.len() / outputs / depth;
        let first = output / (outputs / group) * depth;
        let all = self.elements[output * depth * taps..][..depth * taps].chunks_mut(taps);
        all.enumerate().map(move |(index, taps)| (first + index, taps))
    }

    /// Lets results be larger by offsets, then by factors, each for its channel.
    fn give(&mut self, change: &Change, value: ValueId) {
        for output in 0..self.bias.len() {
            let factor = change.factors[output];
            self.bias[output] = (self.bias[output] + change.offset(value, output)) * factor;
            self.taps(output, 1)
                .for_each(|(_, taps)| taps.iter_mut().for_each(|x| *x = (f64::from(*x) * factor) as f32));
        }
    }

    /// Makes up for operands that are larger by these.
    fn take(&mut self, change: &Change, value: ValueId, group: usize) {
        for output in 0..self.bias.len() {
            let mut moved = 0.0;
            for (channel, taps) in self.taps(output, group) {
                moved += taps.iter().map(|&x| f64::from(x)).sum::<f64>() * change.offset(value, channel);
                taps.iter_mut().for_each(|x| *x = (f64::from(*x) / change.factors[channel]) as f32);
            }
            self.bias[output] -= moved;
        }
    }

    fn put_into(self, graph: &mut Graph, id: NodeId) -> Result<(), GraphError> {
        let kernel = Tensor::f32(self.kernel.shape(), self.elements).unwrap_or(self.kernel);
        reweigh(graph, id, kernel, None, self.bias.into_iter().map(|x| x as f32).collect())
    }
}

/// What becomes of the channels of a group's values.
struct Change {
    /// `[C]`.
    factors: Vec<f64>,
    /// What is added to those of each value before, `[C]`; nothing if it is not here.
    offsets: Values<Vec<f64>>,
}

impl Change {
    fn offset(&self, value: ValueId, channel: usize) -> f64 {
        self.offsets.get(&value).map_or(0.0, |offsets| offsets[channel])
    }
}

struct Equalizer<'a> {
    graph: &'a Graph,
    observed: &'a BTreeMap<String, Observed>,
    /// Those that have changed.
    layers: BTreeMap<NodeId, Weights>,
}

impl<'a> Equalizer<'a> {
    /// Equalizes the channels of a group; `false` if it is left as it is.
    fn equalize(&mut self, group: &Group) -> bool {
        let Some(change) = self.change(group) else { return false };
        let graph = self.graph;
        for &value in group {
            if let Some(node) = graph.producer(value)
                && let Some((weights, _)) = self.weights(node)
            {
                weights.give(&change, value);
            }
            for &user in graph.users(value) {
                if let Some((weights, conv)) = self.weights(user) {
                    weights.take(&change, value, conv.group);
                }
            }
        }
        true
    }

    fn weights(&mut self, id: NodeId) -> Option<(&mut Weights, &'a Conv)> {
        let node = self.graph.node(id);
        let Op::Conv(conv) = &node.op else { return None };
        if !self.layers.contains_key(&id) {
            self.layers.insert(id, Weights::of(self.graph, node)?);
        }
        Some((self.layers.get_mut(&id)?, conv))
    }

    fn channels(&self, value: ValueId) -> Option<&'a [Channel]> {
        let channels = &self.observed.get(&self.graph.value(value).original_name())?.channels;
        (channels.len() == self.graph.ty(value).shape[1]).then_some(channels)
    }

    /// What makes all channels as wide as the widest one. `None` if there is nothing between convolutions, or it was not seen.
    fn change(&self, group: &Group) -> Option<Change> {
        let readers = group.iter().flat_map(|&id| self.graph.user_nodes(id)).filter_map(|node| match &node.op {
            Op::Conv(conv) => Some((conv, self.graph.ty(node.inputs[1]).shape[1])),
            _ => None,
        });
        let readers: Vec<_> = readers.collect();
        let ties = || {
            group.iter().filter_map(|&id| self.graph.producer_node(id)).filter(|node| keeps_factors(self.graph, node))
        };
        let clips = || ties().filter(|node| matches!(node.op, Op::Clip(_)));
        if clips().any(|node| self.channels(node.outputs[0]).is_none()) {
            return None;
        }
        let are_sums = ties().all(|node| is_sum(self.graph, node));
        let is_padded = readers.iter().any(|(conv, _)| conv.pads.iter().any(|&pad| pad > 0));
        let offsets = if are_sums && !is_padded { self.offsets(group) } else { Values::new() };
        let widths = self.widths(group, &offsets)?;
        let widest = widths.iter().copied().fold(0.0, f64::max);
        if readers.is_empty() || widest <= 0.0 {
            return None;
        }
        let room = if clips().next().is_some() { ROOM } else { 1.0 };
        // Behind a function kernels lose by it what values gain, unless they read a single channel each.
        let share = if are_sums || readers.iter().all(|&(_, depth)| depth == 1) { 1.0 } else { 0.5 };
        let factor = |width: f64| (widest / (width * room).clamp(widest / MOST, widest)).powf(share);
        Some(Change { factors: widths.into_iter().map(factor).collect(), offsets })
    }

    /// How far each channel goes from 0, as a share of the farthest one of its value.
    fn widths(&self, group: &Group, offsets: &Values<Vec<f64>>) -> Option<Vec<f64>> {
        let mut widths: Option<Vec<f64>> = None;
        for &value in group {
            let Some(channels) = self.channels(value) else { continue };
            let offset = |index: usize| offsets.get(&value).map_or(0.0, |offsets| offsets[index]);
            let far = |(index, channel): (usize, &Channel)| {
                (f64::from(channel.least) + offset(index)).abs().max((f64::from(channel.largest) + offset(index)).abs())
            };
            let far: Vec<_> = channels.iter().enumerate().map(far).collect();
            let farthest = far.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
            let widths = widths.get_or_insert_with(|| vec![0.0; far.len()]);
            widths.iter_mut().zip(far).for_each(|(width, far)| *width = width.max(far / farthest));
        }
        widths
    }

    /// What moves channels to lie around 0: of sums, if one of their operands is free for that, else of what convolutions give.
    fn offsets(&self, group: &Group) -> Values<Vec<f64>> {
        let mut offsets: Values<Vec<f64>> = Values::new();
        let nodes = self.graph.order().iter().map(|&id| self.graph.node(id));
        for node in nodes.filter(|node| group.contains(&node.outputs[0])) {
            let result = node.outputs[0];
            if is_sum(self.graph, node) {
                let [a, b] = [node.inputs[0], node.inputs[1]];
                for (operand, other) in [(a, b), (b, a)] {
                    if !offsets.contains_key(&operand) {
                        let known = offsets.get(&other).filter(|_| operand != other);
                        let offset =
                            known.map_or_else(|| self.centred(operand), |known| less(&self.centred(result), known));
                        offsets.insert(operand, offset);
                    }
                }
                let sum = offsets[&a].iter().zip(&offsets[&b]).map(|(a, b)| a + b).collect();
                offsets.insert(result, sum);
            } else if !self.graph.only_user(result).is_some_and(|user| is_sum(self.graph, self.graph.node(user))) {
                offsets.insert(result, self.centred(result));
            }
        }
        offsets
    }

    /// What moves each channel of a value to lie around 0; nothing where it was not seen.
    fn centred(&self, value: ValueId) -> Vec<f64> {
        let middle = |channel: &Channel| -(f64::from(channel.least) + f64::from(channel.largest)) / 2.0;
        let seen = self.channels(value).map(|channels| channels.iter().map(middle).collect());
        seen.unwrap_or_else(|| vec![0.0; self.graph.ty(value).shape[1]])
    }
}

fn less(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}
