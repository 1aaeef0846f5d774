use edgeconv_graph::op::{Binary, DequantizeLinear, Unary};
use edgeconv_graph::{DType, Graph, Node, Op, Operator, Patch, Quantization, Tensor, ValueId};

use super::integers::single;
use crate::passes::{Accuracy, OrStop, Pass, Stop};

/// Keeps 8-bit integers of models that quantise values and make floats of them again (QDQ): what such a pair of operators rounds becomes
/// a value that MNN may compute in integers, with the same scale and zero point. Weights keep their integers, too.
#[derive(Debug)]
pub struct KeepIntegers;

impl Pass for KeepIntegers {
    fn name(&self) -> &'static str {
        "keep-integers"
    }

    fn accuracy(&self) -> Accuracy {
        Accuracy::Reassociated
    }

    fn understands_quantized(&self) -> bool {
        true
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        let Op::DequantizeLinear(op) = &node.op else { return Err(Stop::NoMatch) };
        let integers = graph.value(node.inputs[0]);
        if !matches!(integers.ty.dtype, DType::I8 | DType::U8) {
            return Err(Stop::NoMatch);
        }
        match graph.tensor(node.inputs[0]) {
            Some(weights) => keep_weights(graph, node, op, weights),
            None => keep_values(graph, node),
        }
    }
}

/// Floats in place of stored integers, that say which integers they are: of convolutions, which MNN has in integers.
fn keep_weights(graph: &Graph, node: &Node, op: &DequantizeLinear, weights: &Tensor) -> Result<Patch, Stop> {
    let result = node.outputs[0];
    let axes: Option<Vec<_>> = graph.user_nodes(result).map(|user| channel_axis(user, result)).collect();
    let channels = match axes.as_deref() {
        Some([axis, rest @ ..]) if !graph.is_returned(result) && rest.iter().all(|other| other == axis) => *axis,
        _ => return Err(Stop::NoMatch),
    };
    let scale = graph.tensor(node.inputs[1]).or_blocked("its scale is computed at run time")?;
    let zero = zero_points(graph, node).or_blocked("its zero point is computed at run time")?;
    let middle = if weights.dtype() == DType::U8 { 128.0 } else { 0.0 };
    if zero.iter().any(|&zero| zero != middle) {
        return Err(Stop::Blocked("its integers are not symmetric around 0".into()));
    }
    let is_of_channels = scale.len() == 1 || (op.axis == channels && op.block_size == 0);
    if !is_of_channels {
        return Err(Stop::Blocked("its scales are not those of output channels".into()));
    }
    let known: Option<Vec<_>> = node.inputs.iter().map(|&id| graph.tensor(id)).collect();
    let floats = known.and_then(|known| op.evaluate(&known)?.pop()).or_no_match()?;
    let mut patch = Patch::new(graph);
    let constant = patch.constant(&graph.value(result).name, floats);
    patch.quantize(
        constant,
        Quantization { scale: scale.clone(), zero_point: None, axis: Some(channels), optional: false },
    );
    patch.redirect(result, constant);
    Ok(patch)
}

/// Along which axis of a weight the output channels of a layer are that reads it; `None` if it does something else with it.
fn channel_axis(layer: &Node, weight: ValueId) -> Option<usize> {
    let axis = match layer.op {
        Op::Conv(_) | Op::Gemm(_) => 0,
        Op::MatMul(_) => 1,
        _ => return None,
    };
    (layer.inputs.iter().position(|&id| id == weight) == Some(1)).then_some(axis)
}

/// All zero points of a dequantisation, if they are known; none if they are 0.
fn zero_points(graph: &Graph, node: &Node) -> Option<Vec<f64>> {
    match node.inputs.get(2) {
        Some(&zero) => Some(graph.tensor(zero)?.numbers().collect()),
        None => Some(vec![]),
    }
}

/// The floats that were quantised, in place of those that were made of the integers.
fn keep_values(graph: &Graph, node: &Node) -> Result<Patch, Stop> {
    let quantize = graph.producer_node(node.inputs[0]).or_no_match()?;
    let Op::QuantizeLinear(_) = quantize.op else { return Err(Stop::NoMatch) };
    let (floats, kept) = (quantize.inputs[0], quantization(graph, quantize)?);
    if quantization(graph, node)? != kept {
        return Err(Stop::Blocked("it reads the integers with another scale or zero point".into()));
    }
    let value = graph.value(floats);
    if value.is_constant() {
        return Err(Stop::NoMatch);
    }
    if !comes_from_integers(graph, floats) && !graph.user_nodes(node.outputs[0]).any(|user| is_layer(graph, user)) {
        return Err(Stop::NoMatch);
    }
    let noted = value.quant.as_deref();
    let is_alone = graph.only_user(floats).is_some();
    if noted.is_some_and(|noted| *noted != kept) || (noted.is_none() && !is_alone) {
        return Err(Stop::Blocked(format!("`{}` is also used as it was before it was quantised", value.name)));
    }
    let mut patch = Patch::new(graph);
    patch.quantize(floats, kept);
    patch.redirect(node.outputs[0], floats);
    Ok(patch)
}

/// Whether a node multiplies by stored integers.
fn is_layer(graph: &Graph, node: &Node) -> bool {
    let is_stored = |id: ValueId| match graph.producer_node(id) {
        Some(producer) => {
            matches!(producer.op, Op::DequantizeLinear(_)) && graph.value(producer.inputs[0]).is_constant()
        }
        None => graph.value(id).quant.is_some(),
    };
    matches!(node.op, Op::Conv(_) | Op::Gemm(_) | Op::MatMul(_))
        && node.inputs.get(1).is_some_and(|&weight| is_stored(weight))
}

/// Whether a value is what such a layer gives, perhaps behind an activation, or computed from nothing but integers that are kept.
fn comes_from_integers(graph: &Graph, value: ValueId) -> bool {
    let Some(node) = graph.producer_node(value) else { return false };
    let is_kept = |&input: &ValueId| graph.value(input).quant.is_some();
    match node.op {
        Op::Unary(Unary::Relu) | Op::Clip(_) => {
            let before = graph.producer_node(node.inputs[0]);
            is_kept(&node.inputs[0]) || before.is_some_and(|before| is_layer(graph, before))
        }
        Op::Binary(Binary::Add | Binary::Mul)
        | Op::Unary(_)
        | Op::Concat(_)
        | Op::Pool(_)
        | Op::GlobalAveragePool(_) => node.inputs.iter().all(is_kept),
        Op::Flatten(_) | Op::Reshape(_) | Op::Transpose(_) => is_kept(&node.inputs[0]),
        _ => is_layer(graph, node),
    }
}

/// What a quantising operator does to each element, with integers that have a sign.
fn quantization(graph: &Graph, node: &Node) -> Result<Quantization, Stop> {
    let number = |id: ValueId| single(graph, id).or_blocked("its scale or zero point is not one known number");
    let scale = number(node.inputs[1])?;
    if scale <= 0.0 {
        return Err(Stop::Blocked(format!("its scale is {scale}")));
    }
    let zero = node.inputs.get(2).map_or(Ok(0.0), |&id| number(id))?;
    let integers = if let Op::QuantizeLinear(_) = node.op { node.outputs[0] } else { node.inputs[0] };
    let zero = if graph.ty(integers).dtype == DType::U8 { zero - 128.0 } else { zero };
    Ok(Quantization {
        scale: Tensor::scalar(scale as f32),
        zero_point: Some(Tensor::single(zero as i8)),
        axis: None,
        optional: false,
    })
}
