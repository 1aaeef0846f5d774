use edgeconv_graph::op::{Concat, Gather, Pad, PadMode, Slice};
use edgeconv_graph::{Tensor, ValueId};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("Pad", pad).form(2).limits("pads and constant known at conversion time"),
    Entry::new("CenterCropPad", center_crop_pad).since(18).limits("shape known at conversion time"),
];

/// More than any map is long; what a damaged file claims may be any number.
const MAX_PAD: u64 = 1 << 20;

/// `Pad`; pads and constant are attributes before opset 11. Negative pads cut off.
fn pad(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let listed = match node.has(1) {
        true => node.ints(1)?,
        false => node.list("pads"),
    };
    let listed = listed.ok_or_else(|| node.unsupported("pads are missing"))?;
    let axes = match node.ints(3)? {
        Some(axes) => axes.iter().map(|&axis| node.axis(axis, shape.len())).collect::<Result<Vec<_>, _>>()?,
        None => (0..shape.len()).collect(),
    };
    if listed.len() != 2 * axes.len() {
        return Err(node.unsupported(format!("{} pads for {} axes", listed.len(), axes.len())));
    }
    if listed.iter().any(|pad| pad.unsigned_abs() > MAX_PAD) {
        return Err(node.unsupported(format!("pads {listed:?} are too large")));
    }
    let mut pads = vec![[0, 0]; shape.len()];
    for (index, &axis) in axes.iter().enumerate() {
        pads[axis] = [listed[index], listed[axes.len() + index]];
    }
    let value = node.input(0)?;
    let value = crop(node, value, &pads)?;
    let pads: Vec<_> = pads.iter().map(|pads| pads.map(|pad| usize::try_from(pad).unwrap_or(0))).collect();
    let mode = match node.text("mode", "constant").as_str() {
        "constant" => PadMode::Constant(constant(node)?),
        "edge" => PadMode::Edge,
        "reflect" if pads.iter().zip(node.importer.b.shape(value)).all(|(pads, &l)| pads.iter().all(|&p| p < l)) => {
            PadMode::Reflect
        }
        mode @ ("reflect" | "wrap") => return repeat(node, value, &pads, mode),
        mode => return Err(node.unsupported(format!("mode {mode} is unknown"))),
    };
    node.finish(Pad { mode, pads }, &[value])
}

/// Cuts off what negative pads say.
fn crop(node: &mut Node<'_, '_>, mut value: ValueId, pads: &[[i64; 2]]) -> Result<ValueId, ImportError> {
    for (axis, pads) in pads.iter().enumerate().filter(|(_, pads)| pads.iter().any(|&pad| pad < 0)) {
        let length = node.importer.b.shape(value)[axis];
        let cut = |pad: i64| if pad < 0 { usize::try_from(pad.unsigned_abs()).unwrap_or(usize::MAX) } else { 0 };
        let [start, end] = [cut(pads[0]), length.saturating_sub(cut(pads[1]))];
        value = node.step(&format!("cut_{axis}"), Slice { axis, start, end, step: 1 }, &[value])?;
    }
    Ok(value)
}

/// The number that mode `constant` adds.
fn constant(node: &Node<'_, '_>) -> Result<f32, ImportError> {
    let dtype = node.ty(0)?.dtype;
    let known = match node.known(2)? {
        None => return Ok(node.float("value", 0.0)),
        Some(known) => known,
    };
    // Larger integers would be rounded.
    let exact = |number: &f64| !dtype.is_integer() || number.abs() <= f64::from(1 << 24);
    let number = known.numbers().next().filter(exact).map(|number| number as f32);
    let number = number.filter(|_| known.len() == 1 && known.dtype() == dtype);
    number.ok_or_else(|| node.unsupported(format!("its constant is {}, expected one usable number", known.ty())))
}

/// Modes `wrap` and `reflect` over more than the data: elements repeat along each axis.
fn repeat(node: &mut Node<'_, '_>, mut value: ValueId, pads: &[[usize; 2]], mode: &str) -> Result<(), ImportError> {
    for (axis, &[before, after]) in pads.iter().enumerate().filter(|(_, pads)| **pads != [0, 0]) {
        let length = node.importer.b.shape(value)[axis];
        if length == 0 {
            return Err(node.unsupported(format!("axis {axis} has no elements that could be repeated")));
        }
        if mode == "wrap" && before.max(after) <= length {
            value = wrap(node, value, axis, before, after)?;
            continue;
        }
        node.check_table(before.saturating_add(after).saturating_add(length))?;
        let period = if mode == "wrap" { length } else { (2 * (length - 1)).max(1) } as i64;
        let source = |index: i64| {
            let index = index.rem_euclid(period);
            if index < length as i64 { index } else { period - index }
        };
        let sources = (-(before as i64)..(length + after) as i64).map(source).collect();
        let sources = node.add_constant(&format!("sources_{axis}"), Tensor::indices(sources))?;
        value = node.step(&format!("axis_{axis}"), Gather { axis }, &[value, sources])?;
    }
    node.result(value)
}

/// The last elements before the first, the first behind the last.
fn wrap(
    node: &mut Node<'_, '_>,
    value: ValueId,
    axis: usize,
    before: usize,
    after: usize,
) -> Result<ValueId, ImportError> {
    let length = node.importer.b.shape(value)[axis];
    let mut parts = vec![];
    if before > 0 {
        let slice = Slice { axis, start: length - before, end: length, step: 1 };
        parts.push(node.step(&format!("last_{axis}"), slice, &[value])?);
    }
    parts.push(value);
    if after > 0 {
        parts.push(node.step(&format!("first_{axis}"), Slice { axis, start: 0, end: after, step: 1 }, &[value])?);
    }
    node.step(&format!("axis_{axis}"), Concat { axis }, &parts)
}

/// `CenterCropPad`: cuts or adds zeros on both sides, the odd element at the end.
fn center_crop_pad(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let target = node.ints(1)?.unwrap_or_default();
    let axes = match node.list("axes") {
        Some(axes) => axes.iter().map(|&axis| node.axis(axis, shape.len())).collect::<Result<Vec<_>, _>>()?,
        None => (0..shape.len()).collect(),
    };
    if target.len() != axes.len() {
        return Err(node.unsupported(format!("a shape {target:?} for {} axes", axes.len())));
    }
    let mut value = node.input(0)?;
    let mut pads = vec![[0, 0]; shape.len()];
    for (&axis, &size) in axes.iter().zip(&target) {
        let (length, size) = (shape[axis], usize::try_from(size).unwrap_or_default());
        if size < length {
            let start = (length - size) / 2;
            let slice = Slice { axis, start, end: start + size, step: 1 };
            value = node.step(&format!("cut_{axis}"), slice, &[value])?;
        } else {
            let before = (size - length) / 2;
            pads[axis] = [before, size - length - before];
        }
    }
    node.finish(Pad { mode: PadMode::Constant(0.0), pads }, &[value])
}
