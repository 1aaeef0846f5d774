use std::iter::repeat_n;

use edgeconv_graph::op::{Concat, Conv, Reshape};
use edgeconv_graph::{Graph, GraphError, Node, Op, Patch, Tensor, ValueId};

use crate::passes::{Accuracy, OrStop, Pass, Stop, on_each_element, used_once};

/// Turns a convolution whose groups read and write a few channels each into depth-wise ones, which engines run much faster.
///
/// - A group that writes several channels reads from as many copies of the input. The copies lie one behind the other, so the
///   outputs come in another channel order: the `j`-th output of every group, then the next. A dense convolution behind takes
///   that up in its weights.
/// - The `k` channels that a group reads lie one behind the other, so seen as `[N, C / k, k · H, W]` they are the rows of one
///   taller map, and the same row of each is a column of `k` taps that are `H` rows apart.
///
/// EdgeFormer widens each stage like that (`dim_adaptive.0`, then the 1×1 `dim_adaptive.1`) and narrows it again
/// (`channel_adaptive`).
#[derive(Debug)]
pub struct GroupedConvToDepthwise;

/// With more channels per group, copying them costs more than it saves.
const MOST_CHANNELS: usize = 4;

impl Pass for GroupedConvToDepthwise {
    fn name(&self) -> &'static str {
        "grouped-conv-to-depthwise"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Reassociated
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let Op::Conv(conv) = &node.op else { return Err(Stop::NoMatch) };
        let kernel = &graph.ty(node.inputs[1]).shape;
        let (reads, writes) = (kernel[1], kernel[0] / conv.group);
        if conv.group == 1 || kernel.len() != 4 || (reads == 1 && writes == 1) {
            return Err(Stop::NoMatch);
        }
        if reads.max(writes) > MOST_CHANNELS {
            return Err(Stop::Blocked(format!("each group reads {reads} and writes {writes} channels")));
        }
        let mut patch = Patch::new(graph);
        let value =
            depthwise(graph, &mut patch, node, conv)?.or_blocked("the weights are not known at conversion time")?;
        if writes == 1 {
            patch.redirect(node.outputs[0], value);
            return Ok(patch);
        }
        Path::to_dense(graph, node)?.build(graph, patch, value, conv.group)
    }
}

/// The depth-wise form; its outputs are the first of every group, then the second of every group, and so on.
fn depthwise(graph: &Graph, patch: &mut Patch, node: &Node, conv: &Conv) -> Result<Option<ValueId>, GraphError> {
    let kernel = &graph.ty(node.inputs[1]).shape;
    let &[outputs, reads, rows, columns] = kernel.as_slice() else { return Ok(None) };
    let (Some(weight), Some(bias)) = (
        reorder(graph, node.inputs[1], 0, 0..outputs, conv.group),
        node.inputs[2..].iter().map(|&id| reorder(graph, id, 0, 0..outputs, conv.group)).collect::<Option<Vec<_>>>(),
    ) else {
        return Ok(None);
    };
    let name = |part: &str| format!("{}.{part}", node.name);
    let weight_name = &graph.value(node.inputs[1]).name;
    let bias: Vec<_> = bias
        .into_iter()
        .zip(&node.inputs[2..])
        .map(|(bias, &id)| patch.constant(&graph.value(id).name, bias))
        .collect();

    let mut data = node.inputs[0];
    if outputs > conv.group {
        let copies: Vec<_> = repeat_n(data, outputs / conv.group).collect();
        data = patch.node(graph, name("copies"), Concat { axis: 1 }, &copies)?;
    }
    if reads == 1 {
        let weight = patch.constant(weight_name, weight);
        let depthwise = Conv { group: outputs, ..conv.clone() };
        return Ok(Some(patch.node(graph, &node.name, depthwise, &[&[data, weight], bias.as_slice()].concat())?));
    }
    let one_row = rows == 1 && conv.pads[0] + conv.pads[2] == 0;
    let (across, taps) = if one_row {
        (conv.clone(), weight.reshape([outputs, 1, reads, columns])?)
    } else {
        // A column of taps would reach into the next channel: convolve each by itself, then sum them up.
        let weight = patch.constant(weight_name, weight.reshape([outputs * reads, 1, rows, columns])?);
        data = patch.node(graph, name("apart"), Conv { group: outputs * reads, ..conv.clone() }, &[data, weight])?;
        (Conv::pointwise(), Tensor::f32([outputs, 1, reads, 1], vec![1.0; outputs * reads])?)
    };
    let &[batch, _, height, width] = patch.ty(graph, data).shape.as_slice() else { return Ok(None) };
    let shape = vec![batch, outputs, reads * height, width];
    let stacked = patch.node(graph, name("rows"), Reshape { shape }, &[data])?;
    let taps = patch.constant(weight_name, taps);
    let sum = Conv { group: outputs, dilations: vec![height, across.dilations[1]], ..across };
    Ok(Some(patch.node(graph, &node.name, sum, &[&[stacked, taps], bias.as_slice()].concat())?))
}

/// The way from a node to the dense convolution that takes up another channel order in its weights.
struct Path<'a> {
    /// Element-wise operators, also concatenations of channels, and the convolution at the end.
    nodes: Vec<&'a Node>,
    /// The value that each node of the path gets from the one before.
    values: Vec<ValueId>,
    /// Which input channels of the dense convolution come this way.
    channels: std::ops::Range<usize>,
}

impl<'a> Path<'a> {
    fn to_dense(graph: &'a Graph, node: &Node) -> Result<Self, Stop> {
        let mut value = node.outputs[0];
        let mut path = Self { nodes: vec![], values: vec![], channels: 0..graph.ty(value).shape[1] };
        loop {
            if !used_once(graph, value) {
                return Err(Stop::Blocked(format!("`{}` is used more than once", graph.value(value).name)));
            }
            // Used once, so there is one user.
            let next = graph.user_nodes(value).next().or_no_match()?;
            path.nodes.push(next);
            path.values.push(value);
            match &next.op {
                op if on_each_element(op) => {}
                Op::Concat(Concat { axis: 1 }) => {
                    let before = next.inputs.iter().take_while(|&&input| input != value);
                    let offset: usize = before.map(|&input| graph.ty(input).shape[1]).sum();
                    path.channels = path.channels.start + offset..path.channels.end + offset;
                }
                Op::Conv(conv) if conv.group == 1 && next.inputs[0] == value => return Ok(path),
                _ => return Err(Stop::Blocked(format!("`{}` can't take up another channel order", next.name))),
            }
            value = next.outputs[0];
        }
    }

    /// Adds the nodes of the path, for a first value whose channels are ordered by [`reorder`].
    fn build(self, graph: &Graph, mut patch: Patch, mut value: ValueId, group: usize) -> Result<Patch, Stop> {
        let dense = self.nodes[self.nodes.len() - 1];
        let weight = reorder(graph, dense.inputs[1], 1, self.channels, group)
            .or_blocked(format!("the weights of `{}` are not known at conversion time", dense.name))?;
        let weight = patch.constant(&graph.value(dense.inputs[1]).name, weight);
        for (node, old) in self.nodes.iter().zip(&self.values) {
            let mut operands = node.inputs.clone();
            operands.iter_mut().filter(|input| *input == old).for_each(|input| *input = value);
            if node.name == dense.name {
                operands[1] = weight;
            }
            value = patch.node(graph, &node.name, node.op.clone(), &operands)?;
        }
        patch.redirect(dense.outputs[0], value);
        Ok(patch)
    }
}

/// Reorders `channels` of a parameter along `axis` (0 or 1): the one at `g · writes + j` comes to `j · group + g`.
fn reorder(graph: &Graph, id: ValueId, axis: usize, channels: std::ops::Range<usize>, group: usize) -> Option<Tensor> {
    let data = graph.floats(id)?;
    let shape = &graph.ty(id).shape;
    let writes = channels.len() / group;
    let inner: usize = shape[axis + 1..].iter().product();
    let mut result = Vec::with_capacity(data.len());
    for row in data.chunks(shape[axis] * inner) {
        for channel in 0..shape[axis] {
            let source = match channel.checked_sub(channels.start) {
                Some(within) if within < channels.len() => channels.start + within % group * writes + within / group,
                _ => channel,
            };
            result.extend_from_slice(&row[source * inner..(source + 1) * inner]);
        }
    }
    Tensor::f32(shape.clone(), result).ok()
}
