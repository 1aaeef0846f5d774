use edgeconv_graph::op::{Binary, LayerNormalization, Reduce, ReduceKind, Unary};
use edgeconv_graph::{GraphError, Node, Op, Patch, ValueId};

use super::{Accuracy, Outcome, Pass, View, constant_operand};

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

    fn visit(&self, view: &View, node: &Node) -> Result<Outcome, GraphError> {
        let graph = view.graph;
        let Op::Binary(Binary::Add) = node.op else { return Ok(Outcome::NoMatch) };
        let matched =
            affine(view, node).and_then(|(normal, scale, bias)| Some((normalised(view, normal)?, scale, bias)));
        let Some(((x, epsilon), scale, bias)) = matched else { return Ok(Outcome::NoMatch) };
        let width = graph.ty(x).shape.last().copied();
        let per_position = |id: ValueId| graph.ty(id).shape.first().copied() == width && graph.ty(id).rank() == 1;
        if !per_position(scale) || !per_position(bias) {
            return Ok(Outcome::Blocked("scale and bias are no vectors over the last axis".into()));
        }
        let mut patch = Patch::new(graph);
        let new = patch.node(graph, &node.name, LayerNormalization { epsilon }, &[x, scale, bias])?;
        patch.redirect(node.outputs[0], new);
        Ok(Outcome::Rewrite(patch))
    }
}

/// `normal · scale + bias`: these three.
fn affine(view: &View, add: &Node) -> Option<(ValueId, ValueId, ValueId)> {
    let (scaled, bias) = data_and_constant(view, add)?;
    let mul = view.producer(scaled).filter(|node| matches!(node.op, Op::Binary(Binary::Mul)))?;
    let (normal, scale) = data_and_constant(view, mul)?;
    Some((normal, scale, bias))
}

fn data_and_constant(view: &View, node: &Node) -> Option<(ValueId, ValueId)> {
    let (data, _) = constant_operand(view.graph, node)?;
    node.inputs.iter().find(|&&input| input != data).map(|&constant| (data, constant))
}

/// What a value normalises over its last axis, and the epsilon.
fn normalised(view: &View, id: ValueId) -> Option<(ValueId, f32)> {
    let div = view.producer(id).filter(|node| matches!(node.op, Op::Binary(Binary::Div)))?;
    let (centred, deviation) = (div.inputs[0], div.inputs[1]);
    let x = centred_of(view, centred)?;
    let root = view.producer(deviation).filter(|node| matches!(node.op, Op::Unary(Unary::Sqrt)))?;
    let add = view.producer(root.inputs[0]).filter(|node| matches!(node.op, Op::Binary(Binary::Add)))?;
    let (variance, epsilon) = constant_operand(view.graph, add)?;
    let &[epsilon] = epsilon.as_f32()? else { return None };
    let square = view.producer(mean_of(view, variance)?)?;
    let is_square = matches!(square.op, Op::Binary(Binary::Mul))
        && square.inputs.iter().all(|&factor| {
            factor == centred || centred_of(view, factor) == Some(x) // PyTorch subtracts twice
        });
    is_square.then_some((x, epsilon))
}

/// `x` if the value is `x − mean(x)` over the last axis.
fn centred_of(view: &View, id: ValueId) -> Option<ValueId> {
    let sub = view.producer(id).filter(|node| matches!(node.op, Op::Binary(Binary::Sub)))?;
    (mean_of(view, sub.inputs[1])? == sub.inputs[0]).then_some(sub.inputs[0])
}

/// What a value is the mean of over the last axis.
fn mean_of(view: &View, id: ValueId) -> Option<ValueId> {
    let mean = view.producer(id)?;
    let Op::Reduce(Reduce { kind: ReduceKind::Mean, axes }) = &mean.op else { return None };
    let last = view.graph.ty(mean.inputs[0]).rank() - 1;
    (*axes == [last]).then_some(mean.inputs[0])
}
