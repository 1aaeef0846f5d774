use edgeconv_graph::op::{BatchNormalization, Binary, LayerNormalization, Unary};
use edgeconv_graph::{Tensor, ValueId};

use super::super::ImportError;
use super::super::node::Node;
use super::{Entry, contradiction};

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("BatchNormalization", batch_normalization),
    Entry::new("InstanceNormalization", instance_normalization).since(1),
    Entry::new("GroupNormalization", group_normalization).since(18),
    // ONNX Runtime writes it into files of any operator set.
    Entry::new("LayerNormalization", layer_normalization).since(1),
];

fn batch_normalization(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    if node.importer.opset < 9 && node.int("spatial", 1) == 0 {
        return Err(
            node.unsupported("spatial = 0 gives each pixel its own parameters, only one per channel is supported")
        );
    }
    let inputs = node.inputs()?;
    let epsilon = node.float("epsilon", 1e-5);
    let constant = (1..inputs.len()).all(|index| node.constant(index).is_some());
    let (Some(&x), 5) = (inputs.first(), inputs.len()) else {
        return Err(node.unsupported(format!("it has {} operands, expected 5", inputs.len())));
    };
    if node.int("training_mode", 0) != 0 {
        return batch_statistics(node, x, epsilon);
    }
    if constant && node.dims(x).len() == 4 {
        return node.finish(BatchNormalization { epsilon }, &inputs);
    }
    let result = normalize(node, [x, inputs[1], inputs[2], inputs[3], inputs[4]], epsilon)?;
    node.result(result)
}

/// In training mode, mean and variance are those of the data, and running ones follow them. Networks that standardise their weights
/// do it so.
fn batch_statistics(node: &mut Node<'_, '_>, x: ValueId, epsilon: f32) -> Result<(), ImportError> {
    let shape = node.dims(x);
    let axes: Vec<_> = (0..shape.len()).filter(|&axis| axis != 1).collect();
    let channels = shape.get(1).copied().unwrap_or_default();
    let (mean, _, variance) = node.moments(x, &axes)?;
    let (mean, variance) = (node.reshape(mean, [channels])?, node.reshape(variance, [channels])?);
    let result = normalize(node, [x, node.input(1)?, node.input(2)?, mean, variance], epsilon)?;
    let mut results = vec![result];
    if node.wants(1) || node.wants(2) {
        let momentum = node.float("momentum", 0.9);
        for (running, current) in [(node.input(3)?, mean), (node.input(4)?, variance)] {
            let before = node.with_number(Binary::Mul, running, momentum)?;
            let now = node.with_number(Binary::Mul, current, 1.0 - momentum)?;
            results.push(node.apply(Binary::Add, &[before, now])?);
        }
    }
    node.results(&results)
}

/// `(x − mean) / √(variance + epsilon) · scale + bias`, all but `x` for each channel, `[C]`.
fn normalize(
    node: &mut Node<'_, '_>,
    [x, scale, bias, mean, variance]: [ValueId; 5],
    epsilon: f32,
) -> Result<ValueId, ImportError> {
    let variance = node.with_number(Binary::Add, variance, epsilon)?;
    let deviation = node.apply(Unary::Sqrt, &[variance])?;
    let factor = node.apply(Binary::Div, &[scale, deviation])?;
    let offset = node.apply(Binary::Mul, &[mean, factor])?;
    let summand = node.apply(Binary::Sub, &[bias, offset])?;
    per_channel(node, x, factor, summand)
}

/// `x · scale + bias` with one factor and one summand `[C]` for each channel of `[N, C, …]`: one op, if both are known.
fn per_channel(node: &mut Node<'_, '_>, x: ValueId, scale: ValueId, bias: ValueId) -> Result<ValueId, ImportError> {
    let shape = node.dims(x);
    let &[n, channels, ref spatial @ ..] = shape.as_slice() else {
        return Err(node.unsupported(format!("its data has the shape {shape:?}, expected [N, C, …]")));
    };
    if [scale, bias].iter().any(|&id| node.dims(id) != [channels]) {
        let (scale, bias) = (node.dims(scale), node.dims(bias));
        return Err(
            node.unsupported(format!("parameters of shape {scale:?} and {bias:?} don't fit {channels} channels"))
        );
    }
    if [scale, bias].iter().all(|&id| node.importer.b.tensor(id).is_some()) {
        let image = if spatial.len() == 2 { shape.clone() } else { vec![n, channels, 1, spatial.iter().product()] };
        let image = node.reshape(x, image)?;
        let zero = node.store(Tensor::vector(vec![0.0; channels]))?;
        let one = node.store(Tensor::vector(vec![1.0; channels]))?;
        let scaled = node.apply(BatchNormalization { epsilon: 0.0 }, &[image, scale, bias, zero, one])?;
        return node.reshape(scaled, shape);
    }
    let aligned = [&[channels], vec![1; spatial.len()].as_slice()].concat();
    let (scale, bias) = (node.reshape(scale, aligned.clone())?, node.reshape(bias, aligned)?);
    let scaled = node.apply(Binary::Mul, &[x, scale])?;
    node.apply(Binary::Add, &[scaled, bias])
}

/// Each row of `[…, elements]` without its mean, over its standard deviation.
fn standardize(node: &mut Node<'_, '_>, rows: ValueId, epsilon: f32) -> Result<ValueId, ImportError> {
    let length = node.dims(rows).last().copied().unwrap_or(1);
    let one = node.store(Tensor::vector(vec![1.0; length]))?;
    let zero = node.store(Tensor::vector(vec![0.0; length]))?;
    node.apply(LayerNormalization { epsilon }, &[rows, one, zero])
}

fn instance_normalization(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let (x, scale, bias) = (node.input(0)?, node.input(1)?, node.input(2)?);
    let &[n, channels, ref spatial @ ..] = shape.as_slice() else {
        return Err(node.unsupported(format!("its data has the shape {shape:?}, expected [N, C, …]")));
    };
    let epsilon = node.float("epsilon", 1e-5);
    let rows = node.reshape(x, [n * channels, spatial.iter().product()])?;
    let normal = standardize(node, rows, epsilon)?;
    let normal = node.reshape(normal, shape.clone())?;
    let result = per_channel(node, normal, scale, bias)?;
    node.result(result)
}

/// Before opset 21 there is one factor and one summand for each group, then for each channel.
fn group_normalization(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let (x, mut scale, mut bias) = (node.input(0)?, node.input(1)?, node.input(2)?);
    let groups = usize::try_from(node.int("num_groups", 0)).unwrap_or_default();
    let channels = shape.get(1).copied().unwrap_or_default();
    if groups == 0 || shape.len() < 2 || channels % groups != 0 {
        return Err(node.unsupported(format!("data {shape:?} can't be divided into {groups} groups of channels")));
    }
    let epsilon = node.float("epsilon", 1e-5);
    if node.opset() < 21 && node.dims(scale) == [channels] && groups != channels {
        return Err(contradiction(
            node,
            21,
            &format!("it has a factor for each of its {channels} channels, which is so"),
        ));
    }
    if node.opset() < 21 {
        let repeat = |channel: usize| channel / (channels / groups);
        scale = node.gather(scale, 0, [channels], (0..channels).map(repeat))?;
        bias = node.gather(bias, 0, [channels], (0..channels).map(repeat))?;
    }
    let count: usize = shape.iter().product();
    let rows = node.reshape(x, [shape[0] * groups, count / (shape[0] * groups).max(1)])?;
    let normal = standardize(node, rows, epsilon)?;
    let normal = node.reshape(normal, shape.clone())?;
    let result = per_channel(node, normal, scale, bias)?;
    node.result(result)
}

/// `LayerNormalization` over the axes from `axis` on, which are made one; mean and inverse standard deviation are computed if
/// they are asked for.
fn layer_normalization(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let axis = node.axis(node.int("axis", -1), shape.len())?;
    let epsilon = node.float("epsilon", 1e-5);
    let (x, scale, bias) = (node.input(0)?, node.input(1)?, node.optional(2)?);
    let inner = &shape[axis..];
    let length: usize = inner.iter().product();
    let parameters = match (row(node, Some(scale), inner, 1.0)?, row(node, bias, inner, 0.0)?) {
        (Some(scale), Some(bias)) => Some((scale, bias)),
        _ => None,
    };
    let statistics_wanted = node.wants(1) || node.wants(2);
    let rows = if axis + 1 == shape.len() { x } else { node.reshape(x, [&shape[..axis], &[length]].concat())? };
    let result = match parameters {
        Some((scale, bias)) if axis + 1 == shape.len() && !statistics_wanted => {
            return node.finish(LayerNormalization { epsilon }, &[rows, scale, bias]);
        }
        Some((scale, bias)) => node.apply(LayerNormalization { epsilon }, &[rows, scale, bias])?,
        None => {
            let normal = standardize(node, rows, epsilon)?;
            let normal = node.reshape(normal, shape.clone())?;
            let scaled = node.apply(Binary::Mul, &[normal, scale])?;
            match bias {
                Some(bias) => node.apply(Binary::Add, &[scaled, bias])?,
                None => scaled,
            }
        }
    };
    let result = node.reshape(result, shape.clone())?;
    if !statistics_wanted {
        return node.result(result);
    }
    let axes: Vec<_> = (axis..shape.len()).collect();
    let (mean, _, variance) = node.moments(x, &axes)?;
    let positive = node.with_number(Binary::Add, variance, epsilon)?;
    let deviation = node.apply(Unary::Sqrt, &[positive])?;
    let one = node.store_number(node.dtype(x), 1.0)?;
    let inverse = node.apply(Binary::Div, &[one, deviation])?;
    node.results(&[result, mean, inverse])
}

/// A known parameter, repeated to fill `shape`, as a vector; left out, it is `default` everywhere.
fn row(
    node: &mut Node<'_, '_>,
    parameter: Option<ValueId>,
    shape: &[usize],
    default: f32,
) -> Result<Option<ValueId>, ImportError> {
    let length: usize = shape.iter().product();
    let Some(parameter) = parameter else {
        return node.store(Tensor::vector(vec![default; length])).map(Some);
    };
    if node.importer.b.tensor(parameter).is_none() {
        return Ok(None);
    }
    let full = node.expand(parameter, shape)?;
    node.reshape(full, [length]).map(Some)
}
