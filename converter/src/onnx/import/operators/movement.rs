use edgeconv_graph::Tensor;
use edgeconv_graph::op::{Concat, Expand, Flatten, Gather, Reshape, Slice, Split, Transpose};

use super::super::ImportError;
use super::super::node::Node;
use super::{Accuracy, Entry};

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("Identity", identity, "none", Accuracy::Exact),
    Entry::new("Dropout", dropout, "none", Accuracy::Exact).limits("inference only"),
    Entry::new("Concat", concat, "Concat", Accuracy::Exact),
    Entry::new("Slice", slice, "StridedSlice", Accuracy::Exact).limits("step 1"),
    Entry::new("Split", split, "Slice", Accuracy::Exact),
    Entry::new("Reshape", reshape, "Reshape", Accuracy::Exact),
    Entry::new("Flatten", reshape, "Reshape", Accuracy::Exact),
    Entry::new("Squeeze", reshape, "Reshape", Accuracy::Exact),
    Entry::new("Unsqueeze", reshape, "Reshape", Accuracy::Exact),
    Entry::new("Transpose", transpose, "Permute", Accuracy::Exact),
    Entry::new("Gather", gather, "GatherV2", Accuracy::Exact).limits("constant indices"),
    Entry::new("Expand", expand, "BroadcastTo", Accuracy::Exact),
];

/// Operators that return their operand at inference.
fn identity(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    node.result(x)
}

/// `Dropout` at inference; its second result says that everything is kept.
fn dropout(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let training = node.known(2)?.and_then(Tensor::as_bool).is_some_and(|training| training.contains(&true));
    if training && node.number(1)? != Some(0.0) {
        return Err(node.unsupported("it is in training mode; export the model for inference"));
    }
    let x = node.input(0)?;
    if node.proto.output.len() < 2 {
        return node.result(x);
    }
    let shape = node.shape(0)?;
    let kept = Tensor::bool(shape.clone(), vec![true; shape.iter().product()]);
    let kept = kept.map_err(|error| node.unsupported(error.to_string()))?;
    let kept = node.add_constant("kept", kept)?;
    node.results(&[x, kept])
}

fn concat(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let rank = node.shape(0)?.len();
    let axis = node.axis(node.int("axis", 1), rank)?;
    let inputs = node.inputs()?;
    node.finish(Concat { axis }, &inputs)
}

/// `Slice` with step 1, one axis after the other.
fn slice(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let mut slices = slices(node, &shape)?;
    let mut value = node.input(0)?;
    let Some(last) = slices.pop() else { return node.result(value) };
    for slice in slices {
        value = node.step(&format!("axis_{}", slice.axis), slice, &[value])?;
    }
    node.finish(last, &[value])
}

/// What a `Slice` cuts from a tensor of `shape`; bounds are attributes before opset 10.
fn slices(node: &Node<'_, '_>, shape: &[usize]) -> Result<Vec<Slice>, ImportError> {
    let missing = || node.unsupported("starts or ends are missing");
    let operand = |index: usize, name: &str| match node.has(index) {
        true => node.ints(index),
        false => Ok(node.list(name)),
    };
    let starts = operand(1, "starts")?.ok_or_else(missing)?;
    let ends = operand(2, "ends")?.ok_or_else(missing)?;
    let axes = operand(3, "axes")?.unwrap_or_else(|| (0..starts.len() as i64).collect());
    let steps = node.ints(4)?.unwrap_or_else(|| vec![1; starts.len()]);
    if steps.iter().any(|&step| step != 1) {
        return Err(node.unsupported(format!("steps {steps:?} are not supported, only 1")));
    }
    let bounds = starts.iter().zip(&ends).zip(&axes);
    bounds
        .map(|((&start, &end), &axis)| {
            let axis = node.axis(axis, shape.len())?;
            let length = shape[axis] as i64;
            let bound =
                |bound: i64| (if bound < 0 { bound.saturating_add(length) } else { bound }).clamp(0, length) as usize;
            Ok(Slice { axis, start: bound(start), end: bound(end) })
        })
        .collect()
}

/// `Split` into given sizes, or into equal parts.
fn split(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let axis = node.axis(node.int("axis", 0), shape.len())?;
    let parts = node.proto.output.len().max(1);
    let sizes: Vec<_> = match node.ints(1)?.or_else(|| node.list("split")) {
        Some(sizes) => sizes.iter().map(|&size| usize::try_from(size).unwrap_or_default()).collect(),
        None => {
            let size = shape[axis].div_ceil(parts);
            (0..parts).map(|part| size.min(shape[axis].saturating_sub(part * size))).collect()
        }
    };
    if node.proto.output.len() != sizes.len() {
        return Err(node.unsupported(format!("{parts} outputs for {} parts", sizes.len())));
    }
    let x = node.input(0)?;
    node.finish(Split { axis, sizes }, &[x])
}

fn reshape(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let x = node.input(0)?;
    if node.proto.op_type() == "Flatten" {
        let axis = node.int("axis", 1);
        let axis = if axis == shape.len() as i64 { shape.len() } else { node.axis(axis, shape.len())? };
        return node.finish(Flatten { axis }, &[x]);
    }
    let shape = target(node, &shape)?;
    node.finish(Reshape { shape }, &[x])
}

/// The shape that `Reshape`, `Squeeze` or `Unsqueeze` gives a tensor of `shape`; axes are attributes before opset 13.
fn target(node: &Node<'_, '_>, shape: &[usize]) -> Result<Vec<usize>, ImportError> {
    let axes = || -> Result<Option<Vec<i64>>, ImportError> { Ok(node.ints(1)?.or_else(|| node.list("axes"))) };
    match node.proto.op_type() {
        "Squeeze" => {
            let gone = match axes()? {
                Some(axes) => axes.iter().map(|&axis| node.axis(axis, shape.len())).collect::<Result<Vec<_>, _>>()?,
                None => (0..shape.len()).filter(|&axis| shape[axis] == 1).collect(),
            };
            Ok((0..shape.len()).filter(|axis| !gone.contains(axis)).map(|axis| shape[axis]).collect())
        }
        "Unsqueeze" => {
            let axes = axes()?.unwrap_or_default();
            let rank = shape.len() + axes.len();
            let new = axes.iter().map(|&axis| node.axis(axis, rank)).collect::<Result<Vec<_>, _>>()?;
            let mut old = shape.iter().copied();
            Ok((0..rank).map(|axis| if new.contains(&axis) { 1 } else { old.next().unwrap_or(1) }).collect())
        }
        _ => {
            let wanted = node.ints(1)?.ok_or_else(|| node.unsupported("the new shape is missing"))?;
            resolve(&wanted, shape, node.int("allowzero", 0) != 0)
                .ok_or_else(|| node.unsupported(format!("{shape:?} can't be reshaped to {wanted:?}")))
        }
    }
}

/// A shape in which 0 copies a dimension and −1 stands for the rest.
fn resolve(wanted: &[i64], shape: &[usize], allow_zero: bool) -> Option<Vec<usize>> {
    let known = |(axis, &dim): (usize, &i64)| match dim {
        -1 => Some(None),
        0 if !allow_zero => shape.get(axis).map(|&dim| Some(dim)),
        dim => usize::try_from(dim).ok().map(Some),
    };
    let dims = wanted.iter().enumerate().map(known).collect::<Option<Vec<_>>>()?;
    let rest: usize = dims.iter().flatten().product();
    let count: usize = shape.iter().product();
    if dims.iter().filter(|dim| dim.is_none()).count() > 1 {
        return None;
    }
    Some(dims.into_iter().map(|dim| dim.unwrap_or_else(|| count.checked_div(rest).unwrap_or(0))).collect())
}

fn transpose(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let rank = node.shape(0)?.len();
    let perm = node.lengths("perm")?.unwrap_or_else(|| (0..rank).rev().collect());
    let x = node.input(0)?;
    node.finish(Transpose { perm }, &[x])
}

/// `Gather` with known indices.
fn gather(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let axis = node.axis(node.int("axis", 0), shape.len())?;
    let indices = node.ints(1)?.unwrap_or_default();
    let dims = node.shape(1)?;
    let from_start = |&index: &i64| if index < 0 { index + shape[axis] as i64 } else { index };
    let positive = indices.iter().map(from_start).collect();
    let indices = Tensor::i64(dims, positive).map_err(|error| node.unsupported(error.to_string()))?;
    let x = node.input(0)?;
    let indices = node.add_constant("indices", indices)?;
    node.finish(Gather { axis }, &[x, indices])
}

/// `Expand` to a shape that is known; dimensions that the data has already may be given as 1.
fn expand(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let wanted = node.ints(1)?.unwrap_or_default();
    let rank = wanted.len().max(shape.len());
    let from_end = |axis: usize| wanted.len().checked_sub(rank - axis).map_or(1, |index| wanted[index]);
    let dim = |axis: usize| shape.len().checked_sub(rank - axis).map_or(1, |index| shape[index]);
    let target =
        (0..rank).map(|axis| if from_end(axis) == 1 { dim(axis) } else { from_end(axis).unsigned_abs() as usize });
    let expand = Expand { shape: target.collect() };
    let x = node.input(0)?;
    node.finish(expand, &[x])
}
