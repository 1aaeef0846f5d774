use edgeconv_graph::op::{CircularConv, Concat, Conv, Expand, Gather, Pad, Pool, Reduce, Slice, Softmax, Transpose};
use edgeconv_graph::{Graph, GraphError, Node, Op, Patch, Tensor, ValueId};

use super::{Accuracy, OrStop, Pass, Stop, on_each_element, used_once};

/// Removes transpositions that undo each other, also with operators in between that can as well work on the axes in their old
/// order: files from TensorFlow have them around every convolution, and circular convolutions along W are sometimes written as
/// ones along H of the transposed map.
#[derive(Debug)]
pub struct CancelTransposes;

impl Pass for CancelTransposes {
    fn name(&self) -> &'static str {
        "cancel-transposes"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Exact
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let Op::Transpose(Transpose { perm }) = &node.op else { return Err(Stop::NoMatch) };
        let mut patch = Patch::new(graph);
        let mut moved = moved(graph, &mut patch, node.inputs[0], perm, 0)?;
        if let (None, Some((source, perm))) =
            (moved, graph.producer_node(node.inputs[0]).and_then(|node| composed(node, perm)))
        {
            moved = Some(patch.node(graph, &node.name, Transpose { perm }, &[source])?);
        }
        let moved = moved.or_no_match()?;
        patch.redirect(node.outputs[0], moved);
        Ok(patch)
    }
}

/// More operators than anybody has between two transpositions.
const MAX_DEPTH: usize = 64;

/// The operand of a transposition, and the order of its axes after another one.
fn composed(node: &Node, perm: &[usize]) -> Option<(ValueId, Vec<usize>)> {
    let Op::Transpose(Transpose { perm: first }) = &node.op else { return None };
    Some((node.inputs[0], perm.iter().map(|&axis| first[axis]).collect()))
}

/// `value` with its axes in the order `perm`, computed without any transposition.
fn moved(
    graph: &Graph,
    patch: &mut Patch,
    value: ValueId,
    perm: &[usize],
    depth: usize,
) -> Result<Option<ValueId>, GraphError> {
    if let Some(constant) = graph.tensor(value) {
        let name = format!("{}.transposed", graph.value(value).name);
        return Ok(transposed(constant, perm).map(|constant| patch.constant(name, constant)));
    }
    let Some(node) = graph.producer_node(value) else { return Ok(None) };
    if let Some((source, perm)) = composed(node, perm) {
        return Ok(perm.is_sorted().then_some(source));
    }
    if depth == MAX_DEPTH || !used_once(graph, value) {
        return Ok(None);
    }
    let Some((op, operands)) = on_moved_axes(graph, node, value, perm) else { return Ok(None) };
    let mut inputs = node.inputs.clone();
    for index in operands {
        // Parts of a split share its operand, which must not be computed for each of them.
        let next = if matches!(node.op, Op::Split(_)) { MAX_DEPTH } else { depth + 1 };
        let Some(input) = moved(graph, patch, inputs[index], perm, next)? else { return Ok(None) };
        inputs[index] = input;
    }
    if let Op::Conv(_) | Op::CircularConv(_) = op {
        let Some(kernel) = graph.tensor(inputs[1]).and_then(|kernel| transposed(kernel, perm)) else { return Ok(None) };
        inputs[1] = patch.constant(format!("{}.transposed", graph.value(inputs[1]).name), kernel);
    }
    patch.node(graph, graph.value(value).name.as_str(), op, &inputs).map(Some)
}

/// The operator that does the same to tensors with their axes in the order `perm`, and which of its operands those are.
fn on_moved_axes(graph: &Graph, node: &Node, value: ValueId, perm: &[usize]) -> Option<(Op, Vec<usize>)> {
    let rank = perm.len();
    let moved = |axis: usize| perm.iter().position(|&old| old == axis);
    let all = (0..node.inputs.len()).collect();
    let first = vec![0];
    // Height and width change places, and nothing else.
    let swapped = perm == [0, 1, 3, 2];
    Some(match &node.op {
        op if on_each_element(op) => (op.clone(), first),
        Op::Cast(_) => (node.op.clone(), first),
        Op::Binary(op) => {
            let single = |&index: &usize| graph.tensor(node.inputs[index]).is_some_and(|constant| constant.len() == 1);
            let operands: Vec<_> = (0..2).filter(|index| !single(index)).collect();
            let fits = |id: ValueId| graph.tensor(id).is_some() || graph.ty(id).rank() == rank;
            let same_rank = operands.iter().all(|&index| fits(node.inputs[index]));
            same_rank.then_some(((*op).into(), operands))?
        }
        Op::Concat(op) => (Concat { axis: moved(op.axis)? }.into(), all),
        Op::Slice(op) => (Slice { axis: moved(op.axis)?, ..*op }.into(), first),
        Op::Split(op) => {
            let part = node.outputs.iter().position(|&output| output == value)?;
            let start = op.sizes[..part].iter().sum();
            (Slice { axis: moved(op.axis)?, start, end: start + op.sizes[part], step: 1 }.into(), first)
        }
        Op::Gather(op) if graph.tensor(node.inputs[1])?.shape().len() == 1 => {
            (Gather { axis: moved(op.axis)? }.into(), first)
        }
        Op::Pad(op) => (Pad { pads: perm.iter().map(|&axis| op.pads[axis]).collect(), ..op.clone() }.into(), first),
        Op::Reduce(op) => {
            let mut axes = op.axes.iter().map(|&axis| moved(axis)).collect::<Option<Vec<_>>>()?;
            axes.sort_unstable();
            (Reduce { axes, ..op.clone() }.into(), first)
        }
        Op::Softmax(op) => (Softmax { axis: moved(op.axis)? }.into(), first),
        Op::Expand(op) if graph.ty(node.inputs[0]).rank() == rank => {
            (Expand { shape: perm.iter().map(|&axis| op.shape[axis]).collect() }.into(), first)
        }
        Op::BatchNormalization(_) if perm[1] == 1 && perm[0] == 0 => (node.op.clone(), first),
        Op::Pool(op) if swapped => {
            let &Pool { kind, kernel, strides, pads: [top, left, bottom, right] } = op;
            let swap = |[height, width]: [usize; 2]| [width, height];
            let (kernel, strides) = (swap(kernel), swap(strides));
            (Pool { kind, kernel, strides, pads: [left, top, right, bottom] }.into(), first)
        }
        Op::Conv(op) if swapped => {
            let swap = |pairs: &[usize]| pairs.chunks(2).flat_map(|pair| [pair[1], pair[0]]).collect();
            let (strides, pads, dilations) = (swap(&op.strides), swap(&op.pads), swap(&op.dilations));
            (Conv { strides, pads, dilations, group: op.group }.into(), first)
        }
        Op::CircularConv(op) if swapped => (CircularConv { axis: 5 - op.axis, group: op.group }.into(), first),
        // Their axes mean something, or are others in the result; others could work on other axes, but hardly ever stand between
        // transpositions.
        _ => return None,
    })
}

/// A constant with its axes in another order; arithmetic adds those that it lacks in front.
fn transposed(constant: &Tensor, perm: &[usize]) -> Option<Tensor> {
    let missing = perm.len().checked_sub(constant.shape().len())?;
    let shape = [&vec![1; missing], constant.shape()].concat();
    constant.reshape(shape).ok()?.transposed(perm)
}
