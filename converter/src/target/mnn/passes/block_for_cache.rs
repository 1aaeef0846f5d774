use edgeconv_graph::op::{Concat, Conv, Slice};
use edgeconv_graph::{Graph, GraphError, Node, Op, Patch, ValueId};

use crate::passes::{Accuracy, Pass, Sizes, Stop, on_each_element, other_uses, used_once};

/// Runs a chain of operators over large maps in horizontal strips, one strip through the whole chain after the other, so that
/// its intermediate maps stay in the cache instead of streaming through memory operator by operator.
///
/// A strip reads the rows that its outputs need, also those of its neighbours (halo); zero padding is left only at the real top
/// and bottom. So every number is computed by the same arithmetic. The strips are joined at the end; [`edgeconv_graph::Graph::apply`]
/// orders nodes depth first, which is strip by strip.
#[derive(Debug)]
pub struct BlockForCache {
    /// Size of the cache that one core has for itself, in bytes; 0 turns the pass off.
    pub cache_bytes: usize,
}

/// Rows of the result in a strip: thinner ones compute too many rows twice.
const THINNEST: usize = 16;

impl Pass for BlockForCache {
    fn name(&self) -> &'static str {
        "block-for-cache"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Exact
    }

    fn sizes(&self) -> Sizes {
        Sizes::All
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        if self.cache_bytes == 0 || !starts_chain(graph, node) {
            return Err(Stop::NoMatch);
        }
        let chain = chain_from(graph, node);
        let rows = |node: &Node| graph.ty(node.outputs[0]).shape[2];
        let bytes = |node: &Node| 4 * graph.ty(node.outputs[0]).len();
        let (Some(last), Some(largest)) = (chain.last(), chain.iter().map(|node| bytes(node)).max()) else {
            return Err(Stop::NoMatch);
        };
        // The nearest number: to halve what is only a little too large costs more than it saves.
        let fits = 2 * self.cache_bytes;
        let wanted = (largest + fits / 2) / fits;
        if chain.len() < 3 {
            // Only worth telling where a longer chain over a large map was cut short.
            let value = last.outputs[0];
            let next = graph.user_nodes(value).next().filter(|next| wanted > 1 && runs_in_strips(graph, next));
            return Err(next.map_or(Stop::NoMatch, |next| Stop::Blocked(other_uses(graph, value, next))));
        }
        if wanted < 2 {
            return Err(Stop::NoMatch);
        }
        let strips = wanted.min(rows(last) / THINNEST);
        if strips < 2 {
            let rows = rows(last);
            return Err(Stop::Blocked(format!("strips of its {rows} rows would be thinner than {THINNEST}")));
        }
        let mut patch = Patch::new(graph);
        let joined = (0..strips)
            .map(|strip| {
                let bounds = [strip, strip + 1].map(|edge| edge * rows(last) / strips);
                build_strip(graph, &mut patch, &chain, strip, bounds)
            })
            .collect::<Result<Vec<_>, _>>()?;
        let new = patch.node(graph, format!("{}.strips", last.name), Concat { axis: 2 }, &joined)?;
        patch.redirect(last.outputs[0], new);
        Ok(patch)
    }
}

/// Whether a node can run in strips: it reads one map `[N, C, H, W]`, row by row, and constant weights.
fn runs_in_strips(graph: &Graph, node: &Node) -> bool {
    let row_wise = match &node.op {
        // With more padding, rows of the result could lie wholly in it: their strip would read no row at all.
        Op::Conv(conv) => conv.pads.len() == 4 && conv.pads[0].max(conv.pads[2]) < reach(graph, node, conv),
        Op::BatchNormalization(_) => graph.ty(node.inputs[0]).rank() == 4,
        op if on_each_element(op) => graph.ty(node.inputs[0]).rank() == 4,
        _ => false,
    };
    let constant = |&id: &ValueId| graph.value(id).is_constant();
    row_wise && !constant(&node.inputs[0]) && node.inputs[1..].iter().all(constant)
}

/// How many rows a convolution reads for one row of its result.
fn reach(graph: &Graph, node: &Node, conv: &Conv) -> usize {
    conv.dilations[0] * graph.ty(node.inputs[1]).shape[2].saturating_sub(1) + 1
}

/// Whether no chain could have begun earlier; what reads the rows of a strip is not a beginning.
fn starts_chain(graph: &Graph, node: &Node) -> bool {
    let continues = |before: &Node| {
        matches!(before.op, Op::Slice(Slice { axis: 2, .. }))
            || (runs_in_strips(graph, before) && used_once(graph, node.inputs[0]))
    };
    runs_in_strips(graph, node) && !graph.producer_node(node.inputs[0]).is_some_and(continues)
}

/// The longest chain from a node on.
fn chain_from<'a>(graph: &'a Graph, first: &Node) -> Vec<&'a Node> {
    let mut chain: Vec<_> = graph.producer_node(first.outputs[0]).into_iter().collect();
    while let Some(last) = chain.last() {
        let value = last.outputs[0];
        let next = graph.user_nodes(value).next().filter(|next| used_once(graph, value) && runs_in_strips(graph, next));
        match next {
            Some(next) => chain.push(next),
            None => break,
        }
    }
    chain
}

/// The chain for the rows `start..end` of its result.
fn build_strip(
    graph: &Graph,
    patch: &mut Patch,
    chain: &[&Node],
    strip: usize,
    [mut start, mut end]: [usize; 2],
) -> Result<ValueId, GraphError> {
    let mut ops = vec![];
    for node in chain.iter().rev() {
        let height = graph.ty(node.inputs[0]).shape[2];
        ops.push(match &node.op {
            Op::Conv(conv) => {
                let reach = reach(graph, node, conv);
                // In rows of the padded input.
                let (from, to) = (start * conv.strides[0], (end - 1) * conv.strides[0] + reach);
                let top = conv.pads[0].saturating_sub(from);
                let bottom = to.saturating_sub(conv.pads[0] + height);
                (start, end) = (from + top - conv.pads[0], to - bottom - conv.pads[0]);
                Op::from(Conv { pads: vec![top, conv.pads[1], bottom, conv.pads[3]], ..conv.clone() })
            }
            op => op.clone(),
        });
    }
    let first = chain[0];
    let named = |node: &Node| format!("{}.strip_{strip}", node.name);
    let mut value = patch.node(
        graph,
        format!("{}_rows", named(first)),
        Slice { axis: 2, start, end, step: 1 },
        &first.inputs[..1],
    )?;
    for (node, op) in chain.iter().zip(ops.into_iter().rev()) {
        let mut inputs = node.inputs.clone();
        inputs[0] = value;
        value = patch.node(graph, named(node), op, &inputs)?;
    }
    Ok(value)
}
