use std::ops::Range;

use edgeconv_graph::ValueId;
use edgeconv_graph::op::ConvTranspose;

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;
use super::conv::{fold, unfold};

pub(super) const OPERATORS: &[Entry] = &[Entry::new("ConvTranspose", conv_transpose).since(1)];

/// `ConvTranspose` over any number of axes, with `auto_pad` and `output_shape` resolved.
fn conv_transpose(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (data, kernel) = (node.shape(0)?, node.shape(1)?);
    let op = attributes(node, &data, &kernel)?;
    let inputs = node.inputs()?;
    if data.len() == 4 {
        return node.finish(op, &inputs);
    }
    let result = transpose(node, &inputs, op)?;
    node.result(result)
}

fn attributes(node: &Node<'_, '_>, data: &[usize], kernel: &[usize]) -> Result<ConvTranspose, ImportError> {
    let axes = kernel.len().saturating_sub(2);
    let list = |name: &str, default: usize, length: usize| -> Result<Vec<usize>, ImportError> {
        Ok(node.lengths(name)?.unwrap_or_else(|| vec![default; length]))
    };
    let group = usize::try_from(node.int("group", 1)).unwrap_or_default();
    let (strides, dilations) = (list("strides", 1, axes)?, list("dilations", 1, axes)?);
    let (mut pads, mut output_padding) = (list("pads", 0, 2 * axes)?, list("output_padding", 0, axes)?);
    let lists = [strides.len(), dilations.len(), output_padding.len(), pads.len() / 2, data.len().saturating_sub(2)];
    if axes == 0 || lists != [axes; 5] || data.contains(&0) || kernel.contains(&0) {
        return Err(node.unsupported(format!("its attributes don't fit data {data:?} and kernel {kernel:?}")));
    }
    let auto_pad = node.text("auto_pad", "NOTSET");
    let wanted = match (node.lengths("output_shape")?, auto_pad.as_str()) {
        // Some files give batch and channels too.
        (Some(shape), _) if shape.len() >= axes => Some(shape[shape.len() - axes..].to_vec()),
        (_, "SAME_UPPER" | "SAME_LOWER") => {
            Some((0..axes).map(|axis| data[axis + 2] * strides[axis]).collect::<Vec<_>>())
        }
        (_, "VALID") => {
            pads.fill(0);
            None
        }
        (_, "NOTSET" | "") => None,
        (_, other) => return Err(node.unsupported(format!("auto_pad {other} is unknown"))),
    };
    for (axis, &wanted) in wanted.iter().flatten().enumerate() {
        let reach = dilations[axis] * (kernel[axis + 2] - 1) + 1;
        let full = (data[axis + 2] - 1) * strides[axis] + reach + output_padding[axis];
        let cut = full.saturating_sub(wanted);
        if wanted > full && auto_pad.starts_with("SAME") {
            return Err(node.unsupported(format!(
                "auto_pad {auto_pad} with a kernel shorter than the stride is understood in different ways: give pads"
            )));
        }
        output_padding[axis] += wanted.saturating_sub(full);
        if output_padding[axis] >= strides[axis].max(dilations[axis]) {
            return Err(node.unsupported(format!(
                "a result of {wanted} elements on spatial axis {axis} is longer than its data, kernel and stride give"
            )));
        }
        let (less, more) = (cut / 2, cut.div_ceil(2));
        let upper = auto_pad == "SAME_UPPER";
        (pads[axis], pads[axis + axes]) = if upper { (less, more) } else { (more, less) };
    }
    Ok(ConvTranspose { strides, pads, dilations, output_padding, group })
}

/// Over one axis it becomes one over height and width; of more than two axes the first is folded into the channels until two
/// are left: there each result reads the elements that reach it, and zeros where a tap reaches it from none.
fn transpose(node: &mut Node<'_, '_>, inputs: &[ValueId], op: ConvTranspose) -> Result<ValueId, ImportError> {
    let (&[data, kernel], bias) = inputs.split_at(2) else { return Err(node.unsupported("it has no kernel")) };
    let (shape, kernel_shape) = (node.dims(data), node.dims(kernel));
    match op.strides.len() {
        1 => {
            let lifted = node.reshape(data, [shape[0], shape[1], 1, shape[2]])?;
            let kernel = node.reshape(kernel, [kernel_shape[0], kernel_shape[1], 1, kernel_shape[2]])?;
            let op = ConvTranspose {
                strides: vec![1, op.strides[0]],
                pads: vec![0, op.pads[0], 0, op.pads[1]],
                dilations: vec![1, op.dilations[0]],
                output_padding: vec![0, op.output_padding[0]],
                group: op.group,
            };
            let result = node.apply(op, &[&[lifted, kernel], bias].concat())?;
            let &[n, m, _, length] = node.dims(result).as_slice() else { return Ok(result) };
            node.reshape(result, [n, m, length])
        }
        2 => node.apply(op, inputs),
        axes => {
            let taps = kernel_shape[2];
            node.check_table(results(&op, shape[2], taps).len().saturating_mul(taps))?;
            let positions = sources(&op, shape[2], taps);
            let folded = fold(node, data, taps, &positions)?;
            let order: Vec<_> = [0, 2, 1].into_iter().chain(3..kernel_shape.len()).collect();
            let turned = node.transpose(kernel, order)?;
            let merged = [&[kernel_shape[0] * taps, kernel_shape[1]], &kernel_shape[3..]].concat();
            let kernel = node.reshape(turned, merged)?;
            let rest = ConvTranspose {
                strides: op.strides[1..].to_vec(),
                pads: [&op.pads[1..axes], &op.pads[axes + 1..]].concat(),
                dilations: op.dilations[1..].to_vec(),
                output_padding: op.output_padding[1..].to_vec(),
                group: op.group,
            };
            let result = transpose(node, &[&[folded, kernel], bias].concat(), rest)?;
            unfold(node, result, shape[0])
        }
    }
}

/// The positions of the result on the first axis, before the padding is cut off.
fn results(op: &ConvTranspose, length: usize, taps: usize) -> Range<usize> {
    let reach = op.dilations[0] * (taps - 1) + 1;
    let full = (length - 1) * op.strides[0] + reach + op.output_padding[0];
    op.pads[0]..full.saturating_sub(op.pads[op.strides.len()])
}

/// For each position of the result on the first axis and each tap, the position in the data that reaches it.
fn sources(op: &ConvTranspose, length: usize, taps: usize) -> Vec<Option<usize>> {
    let source = |position: usize, tap: usize| {
        let from = position.checked_sub(tap * op.dilations[0])?;
        (from % op.strides[0] == 0 && from / op.strides[0] < length).then_some(from / op.strides[0])
    };
    results(op, length, taps).flat_map(|position| (0..taps).map(move |tap| source(position, tap))).collect()
}
