use edgeconv_graph::op::{Binary, LayerNormalization, Reduce, ReduceKind, Unary};
use edgeconv_graph::{Graph, Node, Op, Patch, ValueId};

use super::{Accuracy, OrStop, Pass, Stop, constant_operand};

/// Finds LayerNorm over the last axis where it is written out, as ONNX files before opset 17 have it:
/// `(x − mean) / √(mean of squares + epsilon) · scale + bias`.
#[derive(Debug)]
pub struct RecognizeLayerNorm;

impl Pass for RecognizeLayerNorm {
    fn name(&self) -> &'static str {
        "recognize-layer-norm"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Reassociated
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let Op::Binary(Binary::Add) = node.op else { return Err(Stop::NoMatch) };
        let matched =
            affine(graph, node).and_then(|(normal, scale, bias)| Some((normalised(graph, normal)?, scale, bias)));
        let ((x, epsilon), scale, bias) = matched.or_no_match()?;
        let width = graph.ty(x).shape.last().copied();
        let per_position = |id: ValueId| graph.ty(id).shape.first().copied() == width && graph.ty(id).rank() == 1;
        if !per_position(scale) || !per_position(bias) {
            return Err(Stop::Blocked("scale and bias are not vectors over the last axis".into()));
        }
        let mut patch = Patch::new(graph);
        let new = patch.node(graph, &node.name, LayerNormalization { epsilon }, &[x, scale, bias])?;
        patch.redirect(node.outputs[0], new);
        Ok(patch)
    }
}

/// `normal · scale + bias`: these three.
fn affine(graph: &Graph, add: &Node) -> Option<(ValueId, ValueId, ValueId)> {
    let (scaled, bias) = data_and_constant(graph, add)?;
    let mul = graph.producer_node(scaled).filter(|node| matches!(node.op, Op::Binary(Binary::Mul)))?;
    let (normal, scale) = data_and_constant(graph, mul)?;
    Some((normal, scale, bias))
}

fn data_and_constant(graph: &Graph, node: &Node) -> Option<(ValueId, ValueId)> {
    let (data, _) = constant_operand(graph, node)?;
    node.inputs.iter().find(|&&input| input != data).map(|&constant| (data, constant))
}

/// What a value normalises over its last axis, and the epsilon.
fn normalised(graph: &Graph, id: ValueId) -> Option<(ValueId, f32)> {
    let div = graph.producer_node(id).filter(|node| matches!(node.op, Op::Binary(Binary::Div)))?;
    let (centred, deviation) = (div.inputs[0], div.inputs[1]);
    let x = centred_of(graph, centred)?;
    let root = graph.producer_node(deviation).filter(|node| matches!(node.op, Op::Unary(Unary::Sqrt)))?;
    let add = graph.producer_node(root.inputs[0]).filter(|node| matches!(node.op, Op::Binary(Binary::Add)))?;
    let (variance, epsilon) = constant_operand(graph, add)?;
    let &[epsilon] = epsilon.as_f32()? else { return None };
    let square = graph.producer_node(mean_of(graph, variance)?)?;
    let is_square = matches!(square.op, Op::Binary(Binary::Mul))
        && square.inputs.iter().all(|&factor| {
            factor == centred || centred_of(graph, factor) == Some(x) // PyTorch subtracts twice
        });
    is_square.then_some((x, epsilon))
}

/// `x` if the value is `x − mean(x)` over the last axis.
fn centred_of(graph: &Graph, id: ValueId) -> Option<ValueId> {
    let sub = graph.producer_node(id).filter(|node| matches!(node.op, Op::Binary(Binary::Sub)))?;
    (mean_of(graph, sub.inputs[1])? == sub.inputs[0]).then_some(sub.inputs[0])
}

/// What a value is the mean of over the last axis.
fn mean_of(graph: &Graph, id: ValueId) -> Option<ValueId> {
    let mean = graph.producer_node(id)?;
    let Op::Reduce(Reduce { kind: ReduceKind::Mean, axes }) = &mean.op else { return None };
    let last = graph.ty(mean.inputs[0]).rank() - 1;
    (*axes == [last]).then_some(mean.inputs[0])
}
