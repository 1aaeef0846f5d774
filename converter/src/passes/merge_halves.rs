use edgeconv_graph::op::{Binary, CircularConv, Concat, Conv};
use edgeconv_graph::{GraphError, Node, Op, Operator, Patch, Tensor, ValueId};

use super::{Accuracy, Outcome, Pass, View, on_each_element};

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

    fn visit(&self, view: &View, node: &Node) -> Result<Outcome, GraphError> {
        let Op::Concat(Concat { axis: 1 }) = node.op else { return Ok(Outcome::NoMatch) };
        if node.inputs.len() < 2 || !node.inputs.iter().all(|&id| comes_from_split(view, id)) {
            return Ok(Outcome::NoMatch);
        }
        let mut patch = Patch::new(view.graph);
        match join(view, &mut patch, &node.inputs)? {
            Ok(joined) => {
                patch.redirect(node.outputs[0], joined);
                Ok(Outcome::Rewrite(patch))
            }
            Err(reason) => Ok(Outcome::Blocked(reason)),
        }
    }
}

/// Whether a value is computed from a part of a channel split by operators that act on each channel by itself.
fn comes_from_split(view: &View, id: ValueId) -> bool {
    let Some(node) = view.producer(id) else { return false };
    match &node.op {
        Op::Split(split) => split.axis == 1,
        _ => is_channelwise(view, node) && comes_from_split(view, node.inputs[0]),
    }
}

fn is_channelwise(view: &View, node: &Node) -> bool {
    let channels = || view.graph.ty(node.inputs[0]).shape[1];
    match &node.op {
        Op::Binary(_) | Op::BatchNormalization(_) => true,
        op if on_each_element(op) => true,
        Op::Conv(Conv { group, .. }) | Op::CircularConv(CircularConv { group, .. }) => {
            *group == channels() && view.graph.ty(node.outputs[0]).shape[1] == *group
        }
        _ => false,
    }
}

/// The value that equals the concatenation of `parts` along the channels, or why there is none.
fn join(view: &View, patch: &mut Patch, parts: &[ValueId]) -> Result<Result<ValueId, String>, GraphError> {
    let graph = view.graph;
    if let Some(constants) = parts.iter().map(|&id| graph.tensor(id)).collect::<Option<Vec<_>>>() {
        let name = &graph.value(parts[0]).name;
        return Ok(join_constants(&constants)
            .map(|tensor| patch.constant(name, tensor))
            .ok_or_else(|| format!("`{name}` and its counterparts have shapes that don't fit together")));
    }
    let Some(nodes) = parts.iter().map(|&id| view.producer(id)).collect::<Option<Vec<_>>>() else {
        return Ok(Err(format!("`{}` is not computed from a part of the split", graph.value(parts[0]).name)));
    };
    let first = nodes[0];
    if first.outputs == parts {
        // All parts of one split in their order.
        return Ok(Ok(first.inputs[0]));
    }
    if let Some(split) = nodes.iter().find(|node| matches!(node.op, Op::Split(_))) {
        return Ok(Err(format!("these are not all parts of `{}` in their order", split.name)));
    }
    for (&node, &part) in nodes.iter().zip(parts) {
        if !is_channelwise(view, node) {
            return Ok(Err(format!("`{}` does not act on each channel by itself", node.name)));
        }
        if alike(&node.op) != alike(&first.op) || node.inputs.len() != first.inputs.len() {
            return Ok(Err(format!("`{}` and `{}` differ", first.name, node.name)));
        }
        if !view.used_once(part) {
            return Ok(Err(view.other_uses(part, node)));
        }
    }
    let mut operands = vec![];
    for index in 0..first.inputs.len() {
        let parts: Vec<_> = nodes.iter().map(|node| node.inputs[index]).collect();
        match join(view, patch, &parts)? {
            Ok(operand) => operands.push(operand),
            reason => return Ok(reason),
        }
    }
    let op = with_groups(&first.op, nodes.iter().map(|node| groups(&node.op)).sum());
    match patch.node(graph, &first.name, op, &operands) {
        Ok(joined) => Ok(Ok(joined)),
        Err(error) => Ok(Err(error.to_string())),
    }
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
