use edgeconv_graph::op::{CircularConv, Concat, Conv, Gather, Reshape, Slice, Split};
use edgeconv_graph::{Graph, Node, Op, Patch, Tensor, ValueId};

use super::{Accuracy, OrStop, Pass, Stop};

/// Finds the global circular convolution in a graph from elsewhere, where it is written out: a part of the map is repeated before
/// its beginning or behind its end, and a convolution along that axis without padding follows (paper, section 3.1; official
/// code appends the beginning to the end; `padding_mode='circular'` and `Pad(mode=wrap)` do both).
#[derive(Debug)]
pub struct RecognizeCircularConv;

impl Pass for RecognizeCircularConv {
    fn name(&self) -> &'static str {
        "recognize-circular-conv"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Exact
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let Op::Conv(conv) = &node.op else { return Err(Stop::NoMatch) };
        let (axis, map, offset) =
            [2, 3].into_iter().find_map(|axis| wrapped(graph, node.inputs[0], axis)).or_no_match()?;
        let Axis { of: x, axis: along } = map;
        let offset = offset.or_blocked("rows of the map are repeated, but they don't go round")?;
        let kernel = &graph.ty(node.inputs[1]).shape;
        let plain = *conv == Conv { group: conv.group, ..Conv::pointwise() };
        if kernel.len() != 4 || kernel[5 - axis] != 1 || !plain {
            return Err(Stop::Blocked(
                "it does not convolve along that axis alone, with stride 1 and no padding".into(),
            ));
        }
        let (length, taps) = (graph.ty(x).shape[along], kernel[axis]);
        let repeated = graph.ty(node.inputs[0]).shape[axis] - length;
        if repeated + 1 != taps || taps > length {
            return Err(Stop::Blocked(format!("{repeated} rows are repeated, {taps} taps need {}", taps - 1)));
        }
        let mut operands = node.inputs.clone();
        let mut patch = Patch::new(graph);
        let mut shape = graph.ty(node.inputs[0]).shape.clone();
        shape[axis] = length;
        // A convolution over one axis is one over rows of a map that is one row high.
        operands[0] = match graph.ty(x).shape == shape {
            true => x,
            false => patch.node(graph, format!("{}.map", node.name), Reshape { shape }, &[x])?,
        };
        if offset > 0 {
            let turned = graph
                .tensor(node.inputs[1])
                .and_then(|kernel| turn(kernel, axis, offset, length))
                .or_blocked("its kernel is computed at run time, it would have to be turned")?;
            operands[1] = patch.constant(format!("{}.turned", graph.value(node.inputs[1]).name), turned);
        }
        let new = patch.node(graph, &node.name, CircularConv { axis, group: conv.group }, &operands)?;
        patch.redirect(node.outputs[0], new);
        Ok(patch)
    }
}

/// Longer axes are not looked at.
const MAX_LENGTH: usize = 1 << 16;

/// An axis of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Axis {
    of: ValueId,
    axis: usize,
}

impl Axis {
    fn length(self, graph: &Graph) -> usize {
        graph.ty(self.of).shape[self.axis]
    }

    /// The node that takes the rows along this axis from rows of its operands, and does nothing else; and their axis.
    fn source(self, graph: &Graph) -> Option<(&Node, usize)> {
        let node = graph.producer_node(self.of)?;
        match &node.op {
            Op::Concat(Concat { axis })
            | Op::Slice(Slice { axis, .. })
            | Op::Split(Split { axis, .. })
            | Op::Gather(Gather { axis }) => (*axis == self.axis).then_some((node, self.axis)),
            Op::Reshape(_) => {
                let (from, to) = (&graph.ty(node.inputs[0]).shape, &graph.ty(self.of).shape);
                let before = |shape: &[usize], axis: usize| shape[..axis].iter().product::<usize>();
                let same = |&axis: &usize| from[axis] == to[self.axis] && before(from, axis) == before(to, self.axis);
                (0..from.len()).find(same).map(|axis| (node, axis))
            }
            _ => None,
        }
    }
}

/// If `value` repeats rows of a map along `axis`: the axis, that of the map, and how many of the map's last rows come before its first
/// if all of them go round.
fn wrapped(graph: &Graph, value: ValueId, axis: usize) -> Option<(usize, Axis, Option<usize>)> {
    let total = *graph.ty(value).shape.get(axis)?;
    let value = Axis { of: value, axis };
    let maps = if total <= MAX_LENGTH { sources(graph, value) } else { vec![] };
    let candidates = maps.into_iter().filter(|map| map.length(graph) < total).filter_map(|map| {
        let rows = rows(graph, value, map)?;
        let length = map.length(graph);
        let first = *rows.first()?;
        let goes_round = rows.iter().enumerate().all(|(index, &row)| row == (first + index) % length);
        let all = (0..length).all(|row| rows.contains(&row));
        all.then_some((axis, map, goes_round.then_some((length - first) % length)))
    });
    candidates.max_by_key(|(_, _, offset)| offset.is_some())
}

/// What the rows of `value` may be taken from.
fn sources(graph: &Graph, value: Axis) -> Vec<Axis> {
    let mut found = vec![];
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        let Some((node, axis)) = value.source(graph) else { continue };
        // The second operand of a Gather is its indices.
        let operands = if let Op::Gather(_) = node.op { &node.inputs[..1] } else { &node.inputs };
        for &of in operands {
            let source = Axis { of, axis };
            if !found.contains(&source) {
                found.push(source);
                open.push(source);
            }
        }
    }
    found
}

/// For each row of `value` the row of `map` that is there; `None` if not all are taken from it.
fn rows(graph: &Graph, value: Axis, map: Axis) -> Option<Vec<usize>> {
    if value == map {
        return Some((0..map.length(graph)).collect());
    }
    let (node, axis) = value.source(graph)?;
    let source = |index: usize| rows(graph, Axis { of: node.inputs[index], axis }, map);
    match &node.op {
        Op::Concat(_) => Some((0..node.inputs.len()).map(source).collect::<Option<Vec<_>>>()?.concat()),
        &Op::Slice(Slice { start, end, step, .. }) => {
            Some(source(0)?[start..end].iter().copied().step_by(step).collect())
        }
        Op::Split(Split { sizes, .. }) => {
            let part = node.outputs.iter().position(|&output| output == value.of)?;
            let start: usize = sizes[..part].iter().sum();
            Some(source(0)?[start..start + sizes[part]].to_vec())
        }
        Op::Gather(_) => {
            let indices = graph.tensor(node.inputs[1]).filter(|indices| indices.shape().len() == 1)?.to_i64()?;
            let source = source(0)?;
            indices.iter().map(|&index| source.get(usize::try_from(index).ok()?).copied()).collect()
        }
        _ => source(0),
    }
}

/// The kernel `[O, I, taps, 1]` (or `[O, I, 1, taps]`) over a whole map of `length` rows that starts `offset` rows later.
fn turn(kernel: &Tensor, axis: usize, offset: usize, length: usize) -> Option<Tensor> {
    let mut shape = kernel.shape().to_vec();
    let taps = shape[axis];
    shape[axis] = length;
    let rows = kernel.as_f32()?.chunks(taps);
    let turned = rows.flat_map(|row| {
        let mut turned = vec![0.0; length];
        row.iter().enumerate().for_each(|(tap, &weight)| turned[(tap + length - offset) % length] = weight);
        turned
    });
    Tensor::f32(shape, turned.collect()).ok()
}
