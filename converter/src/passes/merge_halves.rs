use edgeconv_graph::op::{Binary, CircularConv, Concat, Conv};
use edgeconv_graph::{Graph, Node, Op, Operator, Patch, Tensor, ValueId};

use super::{Accuracy, OrStop, Pass, Stop, expect_used_once, on_each_element};

/// Merges branches that do the same to the parts of a channel split and are joined again, as the two halves of a GCC block are:
/// one operator over all channels instead of one per part, no split, no concat.
///
/// The branches may hold what acts on each channel by itself: element-wise operators and depth-wise convolutions. Their
/// constants are concatenated. (Algebra of GCC, item c.)
#[derive(Debug)]
pub struct MergeHalves;

impl Pass for MergeHalves {
    fn name(&self) -> &'static str {
        "merge-halves"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Exact
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let Op::Concat(Concat { axis: 1 }) = node.op else { return Err(Stop::NoMatch) };
        if node.inputs.len() < 2 || !node.inputs.iter().all(|&id| comes_from_split(graph, id)) {
            return Err(Stop::NoMatch);
        }
        let mut patch = Patch::new(graph);
        let joined = join(graph, &mut patch, &node.inputs)?;
        patch.redirect(node.outputs[0], joined);
        Ok(patch)
    }
}

/// More operators than anybody has between a split and a concatenation.
const LONGEST_BRANCH: usize = 256;

/// Whether a value is computed from a part of a channel split by operators that act on each channel by itself.
fn comes_from_split(graph: &Graph, mut id: ValueId) -> bool {
    for _ in 0..LONGEST_BRANCH {
        match graph.producer_node(id) {
            Some(Node { op: Op::Split(split), .. }) => return split.axis == 1,
            Some(node) if is_channelwise(graph, node) => id = node.inputs[0],
            _ => return false,
        }
    }
    false
}

fn is_channelwise(graph: &Graph, node: &Node) -> bool {
    let channels = || graph.ty(node.inputs[0]).shape[1];
    match &node.op {
        Op::Binary(_) | Op::BatchNormalization(_) => true,
        op if on_each_element(op) => true,
        Op::Conv(Conv { group, .. }) | Op::CircularConv(CircularConv { group, .. }) => {
            *group == channels() && graph.ty(node.outputs[0]).shape[1] == *group
        }
        _ => false,
    }
}

/// The value that equals the concatenation of `parts` along the channels.
fn join(graph: &Graph, patch: &mut Patch, parts: &[ValueId]) -> Result<ValueId, Stop> {
    let blocked = |reason: String| Err(Stop::Blocked(reason));
    let name = &graph.value(parts[0]).name;
    if let Some(constants) = parts.iter().map(|&id| graph.tensor(id)).collect::<Option<Vec<_>>>() {
        let joined = join_constants(&constants)
            .or_blocked(format!("`{name}` and its counterparts have shapes that don't fit together"))?;
        return Ok(patch.constant(name, joined));
    }
    let nodes: Option<Vec<_>> = parts.iter().map(|&id| graph.producer_node(id)).collect();
    let nodes = nodes.or_blocked(format!("`{name}` is not computed from a part of the split"))?;
    let first = nodes[0];
    if first.outputs == parts {
        // All parts of one split in their order.
        return Ok(first.inputs[0]);
    }
    if let Some(split) = nodes.iter().find(|node| matches!(node.op, Op::Split(_))) {
        return blocked(format!("these are not all parts of `{}` in their order", split.name));
    }
    for (&node, &part) in nodes.iter().zip(parts) {
        if !is_channelwise(graph, node) {
            return blocked(format!("`{}` does not act on each channel by itself", node.name));
        }
        if alike(&node.op) != alike(&first.op) || node.inputs.len() != first.inputs.len() {
            return blocked(format!("`{}` and `{}` differ", first.name, node.name));
        }
        expect_used_once(graph, part, node)?;
    }
    let mut operands = vec![];
    for index in 0..first.inputs.len() {
        let parts: Vec<_> = nodes.iter().map(|node| node.inputs[index]).collect();
        operands.push(join(graph, patch, &parts)?);
    }
    let op = with_groups(&first.op, nodes.iter().map(|node| groups(&node.op)).sum());
    patch.node(graph, &first.name, op, &operands).or_else(|error| blocked(error.to_string()))
}

/// The operator without the number of its groups.
fn alike(op: &Op) -> Op {
    with_groups(op, 1)
}

fn groups(op: &Op) -> usize {
    match op {
        Op::Conv(conv) => conv.group,
        Op::CircularConv(conv) => conv.group,
        _ => 1,
    }
}

fn with_groups(op: &Op, group: usize) -> Op {
    match op {
        Op::Conv(conv) => Conv { group, ..conv.clone() }.into(),
        Op::CircularConv(conv) => CircularConv { group, ..conv.clone() }.into(),
        _ => op.clone(),
    }
}

/// Concatenates parameters along their channels: axis 0 of kernels and vectors, axis 1 of maps `[1, C, H, W]`, which are
/// broadcast to a common height and width first.
fn join_constants(constants: &[&Tensor]) -> Option<Tensor> {
    let first = constants[0].shape();
    let map = first.len() == 4 && first[0] == 1 && constants.iter().any(|constant| constant.shape()[1] > 1);
    if !map {
        return Concat { axis: 0 }.evaluate(constants)?.into_iter().next();
    }
    let side = |axis: usize| constants.iter().map(|constant| constant.shape()[axis]).max();
    let (height, width) = (side(2)?, side(3)?);
    let expanded = constants
        .iter()
        .map(|constant| {
            let zeros = Tensor::f32([1, 1, height, width], vec![0.0; height * width]).ok()?;
            Binary::Add.evaluate(&[*constant, &zeros])?.into_iter().next()
        })
        .collect::<Option<Vec<_>>>()?;
    Concat { axis: 1 }.evaluate(&expanded.iter().collect::<Vec<_>>())?.into_iter().next()
}
