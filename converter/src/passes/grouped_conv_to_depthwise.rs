use edgeconv_graph::op::{Concat, Conv};
use edgeconv_graph::{Graph, GraphError, Node, Op, Patch, Tensor, ValueId};

use super::{Accuracy, Outcome, Pass, View};

/// Turns a convolution whose groups read one channel each and write several into a depth-wise one over that many copies of the
/// input, which engines run much faster.
///
/// The copies lie one behind the other, so the outputs come in another channel order: the `j`-th output of every group, then
/// the next. A dense convolution behind takes that up in its weights. EdgeFormer widens each stage like that
/// (`dim_adaptive.0`, then the 1×1 `dim_adaptive.1`).
#[derive(Debug)]
pub struct GroupedConvToDepthwise;

/// With more outputs per group, copying the input costs more than it saves.
const MOST_OUTPUTS: usize = 4;

impl Pass for GroupedConvToDepthwise {
    fn name(&self) -> &'static str {
        "grouped-conv-to-depthwise"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Reassociated
    }

    fn visit(&self, view: &View, node: &Node) -> Result<Outcome, GraphError> {
        let graph = view.graph;
        let Op::Conv(conv) = &node.op else { return Ok(Outcome::NoMatch) };
        let kernel = &graph.ty(node.inputs[1]).shape;
        let (group, outputs) = (conv.group, kernel[0] / conv.group);
        if group == 1 || (kernel[1] == 1 && outputs == 1) {
            return Ok(Outcome::NoMatch);
        }
        if kernel[1] != 1 || outputs > MOST_OUTPUTS {
            return Ok(Outcome::Blocked(format!("each group reads {} and writes {outputs} channels", kernel[1])));
        }
        let path = match path_to_dense(view, node) {
            Ok(path) => path,
            Err(reason) => return Ok(Outcome::Blocked(reason)),
        };
        let reordered = |id: ValueId| reorder(graph, id, 0, group);
        let dense = path[path.len() - 1];
        let parameters = node.inputs[1..].iter().map(|&id| reordered(id)).collect::<Option<Vec<_>>>();
        let (Some(parameters), Some(weight)) = (parameters, reorder(graph, dense.inputs[1], 1, group)) else {
            return Ok(Outcome::Blocked("the weights are not known at conversion time".into()));
        };

        let mut patch = Patch::new(graph);
        let copies = vec![node.inputs[0]; outputs];
        let mut operands = vec![patch.node(graph, format!("{}.copies", node.name), Concat { axis: 1 }, &copies)?];
        for (&id, tensor) in node.inputs[1..].iter().zip(parameters) {
            operands.push(patch.constant(&graph.value(id).name, tensor));
        }
        let depthwise = Conv { group: group * outputs, ..conv.clone() };
        let mut value = patch.node(graph, &node.name, depthwise, &operands)?;
        for unary in &path[..path.len() - 1] {
            value = patch.node(graph, &unary.name, unary.op.clone(), &[value])?;
        }
        let weight = patch.constant(&graph.value(dense.inputs[1]).name, weight);
        let mut operands = dense.inputs.clone();
        (operands[0], operands[1]) = (value, weight);
        let new = patch.node(graph, &dense.name, dense.op.clone(), &operands)?;
        patch.redirect(dense.outputs[0], new);
        Ok(Outcome::Rewrite(patch))
    }
}

/// The element-wise operators behind a node, and the dense convolution that they end in.
fn path_to_dense<'a>(view: &View<'a>, node: &Node) -> Result<Vec<&'a Node>, String> {
    let mut path: Vec<&Node> = vec![];
    let mut value = node.outputs[0];
    loop {
        if !view.used_once(value) {
            return Err(format!("`{}` is used more than once", view.graph.value(value).name));
        }
        // Used once, so there is one consumer.
        let Some(next) = view.consumers(value).next() else { return Err("nothing reads the result".into()) };
        path.push(next);
        match &next.op {
            Op::Unary(_) | Op::Clip(_) => value = next.outputs[0],
            Op::Conv(conv) if conv.group == 1 && next.inputs[0] == value => return Ok(path),
            _ => return Err(format!("`{}` can't take up another channel order", next.name)),
        }
    }
}

/// Reorders the channels of a parameter along `axis` (0 or 1): channel `g · outputs + j` comes to `j · group + g`.
fn reorder(graph: &Graph, id: ValueId, axis: usize, group: usize) -> Option<Tensor> {
    let data = graph.floats(id)?;
    let shape = &graph.ty(id).shape;
    let channels = shape[axis];
    let outputs = channels / group;
    let inner: usize = shape[axis + 1..].iter().product();
    let mut result = Vec::with_capacity(data.len());
    for row in data.chunks(channels * inner) {
        for channel in 0..channels {
            let source = channel % group * outputs + channel / group;
            result.extend_from_slice(&row[source * inner..(source + 1) * inner]);
        }
    }
    Tensor::f32(shape.clone(), result).ok()
}
