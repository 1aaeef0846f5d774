use edgeconv_graph::Tensor;
use edgeconv_graph::op::{Concat, DepthOrder, DepthToSpace, Expand, Reshape, SpaceToDepth, Split, Transpose};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("Identity", identity).since(1),
    Entry::new("Dropout", dropout).limits("inference only"),
    Entry::new("Concat", concat).form(4),
    Entry::new("Split", split).form(2),
    Entry::new("Transpose", transpose).since(1),
    Entry::new("Expand", expand).since(8).limits("shape known at conversion time"),
    Entry::new("Tile", tile).form(6).limits("repeats known at conversion time"),
    Entry::new("DepthToSpace", depth_to_space).since(1),
    Entry::new("SpaceToDepth", depth_to_space).since(1),
];

/// Operators that return their operand at inference.
fn identity(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.any_input(0)?;
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
    let filled: Vec<_> = inputs.iter().copied().filter(|&id| node.dims(id).get(axis) != Some(&0)).collect();
    match filled.as_slice() {
        [] => node.finish(Concat { axis }, &inputs),
        [single] => node.result(*single),
        _ => node.finish(Concat { axis }, &filled),
    }
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
    if !sizes.contains(&0) || sizes.iter().sum::<usize>() != shape[axis] {
        return node.finish(Split { axis, sizes }, &[x]);
    }
    // Parts without elements are known.
    let filled: Vec<_> = sizes.iter().copied().filter(|&size| size > 0).collect();
    let mut filled = match filled.len() {
        0 | 1 => vec![x],
        _ => node.apply_all(Split { axis, sizes: filled }, &[x])?,
    }
    .into_iter();
    let mut parts = vec![];
    for size in sizes {
        let part = if size > 0 { filled.next() } else { None };
        parts.push(match part {
            Some(part) => part,
            None => {
                let nothing = [&shape[..axis], &[0], &shape[axis + 1..]].concat();
                let one = node.store_number(node.dtype(x), 0.0)?;
                node.expand(one, &nothing)?
            }
        });
    }
    node.results(&parts)
}

fn transpose(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let rank = node.shape(0)?.len();
    let perm = node.lengths("perm")?.unwrap_or_else(|| (0..rank).rev().collect());
    let x = node.input(0)?;
    node.finish(Transpose { perm }, &[x])
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

/// As many copies are joined one by one, which works in every layout of MNN's.
const FEW: i64 = 4;

/// `Tile`, one axis after the other: its elements become rows, which are repeated.
fn tile(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let mut shape = node.shape(0)?;
    let repeats = node.ints(1)?.unwrap_or_default();
    if repeats.len() != shape.len() || repeats.iter().any(|&count| count < 0) {
        return Err(node.unsupported(format!("{shape:?} can't be repeated {repeats:?} times")));
    }
    let mut value = node.input(0)?;
    for (axis, &count) in repeats.iter().enumerate() {
        let is_sized = node.differs(1, axis);
        if count == 1 && !is_sized {
            continue;
        }
        if (2..=FEW).contains(&count) && !is_sized {
            let copies = vec![value; count as usize];
            value = node.step(&format!("axis_{axis}"), Concat { axis }, &copies)?;
            shape[axis] *= count as usize;
            continue;
        }
        let (outer, inner) = (shape[..axis].iter().product(), shape[axis..].iter().product());
        let rows = node.step(&format!("rows_{axis}"), Reshape { shape: vec![outer, 1, inner] }, &[value])?;
        let repeated = Expand { shape: vec![outer, count as usize, inner] };
        let repeated = node.step(&format!("repeated_{axis}"), repeated, &[rows])?;
        shape[axis] = shape[axis].saturating_mul(count as usize);
        value = node.step(&format!("axis_{axis}"), Reshape { shape: shape.clone() }, &[repeated])?;
    }
    node.result(value)
}

/// `DepthToSpace` (modes from opset 11 on) and `SpaceToDepth` (from opset 28 on).
fn depth_to_space(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let block = usize::try_from(node.int("blocksize", 0)).unwrap_or_default();
    let x = node.input(0)?;
    let order = match node.text("mode", "DCR").as_str() {
        "DCR" => DepthOrder::BlocksFirst,
        "CRD" => DepthOrder::ChannelsFirst,
        mode => return Err(node.unsupported(format!("mode {mode} is unknown"))),
    };
    match (node.proto.op_type(), order) {
        ("DepthToSpace", _) => node.finish(DepthToSpace { block, order }, &[x]),
        (_, DepthOrder::BlocksFirst) => node.finish(SpaceToDepth { block }, &[x]),
        (_, DepthOrder::ChannelsFirst) => {
            let blocks = node.apply(SpaceToDepth { block }, &[x])?;
            let &[n, channels, height, width] = node.dims(blocks).as_slice() else { return node.result(blocks) };
            let (taps, area) = (block * block, height * width);
            let lifted = node.reshape(blocks, [n, taps, channels / taps, area])?;
            let turned = node.transpose(lifted, [0, 2, 1, 3])?;
            node.finish(Reshape { shape: vec![n, channels, height, width] }, &[turned])
        }
    }
}
