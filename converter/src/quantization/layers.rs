//! Which convolutions are computed in integers, and which values with them.

use std::collections::{BTreeMap, BTreeSet};

use edgeconv_graph::op::{Binary, Conv, PoolKind};
use edgeconv_graph::{DType, Graph, Node, NodeId, Op, Tensor, ValueId};

use super::{LayerReport, Range, Values};
use crate::target::mnn::activation_behind;

/// Channels that a kernel reads up to which it is rounded by their moments: the work grows with the cube.
const WIDE: usize = 2048;

/// A convolution in integers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layer {
    pub node: NodeId,
    /// What it reads.
    pub input: ValueId,
    /// What it gives, behind an activation that MNN computes with it.
    pub output: ValueId,
    pub macs: u64,
}

impl Layer {
    /// What there is to say of it before anything is rounded; `float` is why it stays as it is, if it does.
    pub fn report(&self, graph: &Graph, float: Option<String>) -> LayerReport {
        LayerReport {
            layer: graph.node(self.node).name.clone(),
            float,
            macs: self.macs,
            kernel_error: 0.0,
            input_step: 0.0,
            output_step: 0.0,
        }
    }
}

/// What is done to a graph.
#[derive(Debug)]
pub(super) struct Plan {
    pub layers: Vec<Layer>,
    /// Of all values that are integers.
    pub ranges: Values<Range>,
    /// Convolutions that stay floats.
    pub float: Vec<LayerReport>,
}

impl Plan {
    /// Of a graph, with the range that each value that was seen has by itself, and the names of layers that stay floats for a reason.
    pub fn of(graph: &Graph, seen: &Values<Range>, left: &BTreeMap<String, String>) -> Self {
        let (mut layers, mut float) = (vec![], vec![]);
        for layer in convolutions(graph) {
            let unseen = [layer.input, layer.output].into_iter().find(|id| !seen.contains_key(id));
            let reason = match (left.get(&graph.node(layer.node).name), stays_float(graph, &layer), unseen) {
                (Some(reason), _, _) => Some(reason.clone()),
                (None, Some(reason), _) => Some(reason.to_owned()),
                (None, None, Some(id)) => Some(format!("`{}` was not seen", graph.value(id).original_name())),
                (None, None, None) => None,
            };
            match reason {
                None => layers.push(layer),
                reason => float.push(layer.report(graph, reason)),
            }
        }
        let ends = layers.iter().flat_map(|layer| [layer.input, layer.output]).collect();
        let groups = Groups::of(graph, ends, |id| seen.contains_key(&id));
        let known = |id| Some(all_of(graph.tensor(id)?.as_f32()?));
        let ranges = groups.ranges(|id| seen.get(&id).copied().or_else(|| known(id)));
        Self { layers, ranges, float }
    }
}

/// The values that convolutions, and what joins their results, read and give.
pub(super) fn of_interest(graph: &Graph) -> BTreeSet<ValueId> {
    let ends = convolutions(graph).flat_map(|layer| [layer.input, layer.output]).collect();
    Groups::of(graph, ends, |_| true).of.into_keys().filter(|&id| !graph.value(id).is_constant()).collect()
}

/// The range of known numbers.
fn all_of(numbers: &[f32]) -> Range {
    let number = |range: Range, &x: &f32| Range { least: range.least.min(x), largest: range.largest.max(x) };
    numbers.iter().fold(Range { least: 0.0, largest: 0.0 }, number)
}

/// The values by whose moments the kernels of convolutions can be rounded that read them.
pub(super) fn read_together(graph: &Graph) -> BTreeSet<ValueId> {
    let reads_all = |layer: &Layer| (2..=WIDE).contains(&graph.ty(graph.node(layer.node).inputs[1]).shape[1]);
    convolutions(graph)
        .filter(|layer| stays_float(graph, layer).is_none() && reads_all(layer))
        .map(|layer| layer.input)
        .collect()
}

/// Convolutions whose kernels are known, as MNN has them in integers.
pub(super) fn convolutions(graph: &Graph) -> impl Iterator<Item = Layer> + '_ {
    graph.order().iter().filter_map(|&id| {
        let node = graph.node(id);
        let kernel = known_kernel(graph, node)?;
        if matches!(&node.op, Op::Conv(conv) if conv.group > 1 && !is_depthwise(conv, kernel)) {
            return None;
        }
        let output = activation_behind(graph, node).map_or(node.outputs[0], |(_, user)| graph.node(user).outputs[0]);
        let macs = (kernel.len() * positions(graph, output)) as u64;
        Some(Layer { node: id, input: node.inputs[0], output, macs })
    })
}

/// The kernel `[outputs, depth, height, width]` of a convolution whose weights are known floats.
pub(super) fn known_kernel<'g>(graph: &'g Graph, node: &Node) -> Option<&'g Tensor> {
    let Op::Conv(_) = &node.op else { return None };
    let kernel = graph.tensor(node.inputs[1])?;
    let bias_is_known = node.inputs.get(2).is_none_or(|&bias| graph.floats(bias).is_some());
    (kernel.dtype() == DType::F32 && kernel.shape().len() == 4 && bias_is_known).then_some(kernel)
}

fn is_depthwise(conv: &Conv, kernel: &Tensor) -> bool {
    conv.group == kernel.shape()[0] && kernel.shape()[1] == 1
}

/// Why a convolution loses too much in integers, or gains too little.
pub(super) fn stays_float(graph: &Graph, layer: &Layer) -> Option<&'static str> {
    if graph.inputs().contains(&layer.input) {
        Some("the first layer")
    } else if positions(graph, layer.output) <= samples(graph) {
        Some("a single position")
    } else if graph.is_returned(layer.output) || !leads_to_convolution(graph, layer.output) {
        Some("a last layer")
    } else {
        None
    }
}

/// Positions of a map `[N, C, H, W]`. Linear layers have their tokens along `N`.
fn positions(graph: &Graph, map: ValueId) -> usize {
    let shape = &graph.ty(map).shape;
    shape[0] * shape[2..].iter().product::<usize>()
}

/// Samples that the network takes at once.
fn samples(graph: &Graph) -> usize {
    graph.inputs().first().and_then(|&input| graph.ty(input).shape.first().copied()).unwrap_or(1)
}

/// Whether a convolution is among what is computed from a value.
fn leads_to_convolution(graph: &Graph, value: ValueId) -> bool {
    let (mut open, mut seen) = (vec![value], BTreeSet::new());
    while let Some(id) = open.pop() {
        for user in graph.user_nodes(id) {
            if matches!(user.op, Op::Conv(_)) {
                return true;
            }
            open.extend(user.outputs.iter().filter(|&&output| seen.insert(output)));
        }
    }
    false
}

/// Whether a value is known, and as large as a map that it is added to.
fn is_known_map(graph: &Graph, id: ValueId, map: ValueId) -> bool {
    graph.value(id).is_constant() && graph.ty(id) == graph.ty(map)
}

/// Whether a value is a number for each channel of a map `[N, C, H, W]`.
fn is_gate(graph: &Graph, id: ValueId) -> bool {
    matches!(graph.ty(id).shape.as_slice(), [_, _, 1, 1]) && !graph.value(id).is_constant()
}

/// Values, each with one that stands for all of its group, such as those that have the same scale.
pub(super) struct Groups {
    of: Values<ValueId>,
}

impl Groups {
    /// Each value for itself.
    pub fn each(ids: impl IntoIterator<Item = ValueId>) -> Self {
        Self { of: ids.into_iter().map(|id| (id, id)).collect() }
    }

    /// The values of each group.
    pub fn sets(self) -> Vec<BTreeSet<ValueId>> {
        let mut sets: Values<BTreeSet<ValueId>> = BTreeMap::new();
        for (id, group) in self.of {
            sets.entry(group).or_default().insert(id);
        }
        sets.into_values().collect()
    }

    /// Values that are integers: those at the ends of layers, and what joins such values or picks their elements.
    fn of(graph: &Graph, ends: BTreeSet<ValueId>, is_seen: impl Fn(ValueId) -> bool) -> Self {
        let mut groups = Self::each(ends);
        for &id in graph.order() {
            groups.extend(graph, graph.node(id), &is_seen);
        }
        groups
    }

    fn extend(&mut self, graph: &Graph, node: &Node, is_seen: &impl Fn(ValueId) -> bool) {
        let result = node.outputs[0];
        let may_be = |id: ValueId| is_seen(id) && !graph.is_returned(id) && graph.ty(id).shape.len() == 4;
        let goes_on = self.of.contains_key(&result) || may_be(result);
        if !goes_on || node.outputs.len() != 1 {
            return;
        }
        let is_integer = |id: &ValueId| self.of.contains_key(id);
        match (&node.op, node.inputs.as_slice()) {
            (Op::Binary(Binary::Add), &[a, b])
                if is_integer(&a) && (is_integer(&b) || is_known_map(graph, b, result)) =>
            {
                [b, result].into_iter().for_each(|id| self.add(id));
            }
            (Op::Binary(Binary::Mul), &[a, b])
                if is_integer(&a) && is_gate(graph, b) || is_gate(graph, a) && is_integer(&b) =>
            {
                self.add(result);
            }
            (Op::Pool(pool), &[map]) if matches!(pool.kind, PoolKind::Max) && is_integer(&map) => {
                self.join(result, map)
            }
            (Op::Concat(_), inputs)
                if inputs.iter().all(|id| is_integer(id) || self.is_function(graph, *id) && may_be(*id)) =>
            {
                inputs.iter().for_each(|&input| self.join(result, input));
            }
            _ => {}
        }
    }

    /// Whether a value is a function of what a convolution in integers gives.
    fn is_function(&self, graph: &Graph, id: ValueId) -> bool {
        graph.producer_node(id).is_some_and(|node| {
            let is_convolution = |node: &Node| matches!(node.op, Op::Conv(_));
            matches!(node.op, Op::Unary(_))
                && self.of.contains_key(&node.inputs[0])
                && graph.producer_node(node.inputs[0]).is_some_and(is_convolution)
        })
    }

    /// Makes a value one of integers with a scale of its own, if it is not one yet.
    fn add(&mut self, id: ValueId) {
        self.of.entry(id).or_insert(id);
    }

    /// Makes one of the groups of two values.
    pub fn join(&mut self, a: ValueId, b: ValueId) {
        let [a, b] = [a, b].map(|id| *self.of.entry(id).or_insert(id));
        self.of.values_mut().filter(|group| **group == b).for_each(|group| *group = a);
    }

    /// The range of each value: what holds those of all with the same scale.
    fn ranges(&self, range: impl Fn(ValueId) -> Option<Range>) -> Values<Range> {
        let mut of_group: Values<Range> = BTreeMap::new();
        for (&id, &group) in &self.of {
            if let Some(range) = range(id) {
                of_group.entry(group).and_modify(|all| *all = all.union(range)).or_insert(range);
            }
        }
        self.of.iter().filter_map(|(&id, group)| Some((id, *of_group.get(group)?))).collect()
    }
}
