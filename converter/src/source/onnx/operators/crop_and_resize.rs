//! `Resize` of a region, which may reach beyond the data: TensorFlow's `crop_and_resize`.

use edgeconv_graph::Tensor;
use edgeconv_graph::ValueId;
use edgeconv_graph::op::{Binary, MatMul, Reshape, Resize};

use super::super::ImportError;
use super::super::node::Node;

/// `axes`, one after the other, as a product with a matrix of weights; what lies outside has none, and gets the extrapolation value.
pub(super) fn crop_and_resize(node: &mut Node<'_, '_>, resize: &Resize, axes: &[usize]) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let regions = node.floats(1)?.unwrap_or_default();
    if regions.len() != 2 * axes.len() {
        return Err(node.unsupported(format!("it has no region of {} axes", axes.len())));
    }
    let outside = node.float("extrapolation_value", 0.0);
    let mut x = node.input(0)?;
    for (index, &axis) in axes.iter().enumerate() {
        let region = [regions[index], regions[axes.len() + index]];
        if region != [0.0, 1.0] || resize.sizes[axis] != shape[axis] {
            x = crop_axis(node, resize, x, axis, region, outside)?;
        }
    }
    node.result(x)
}

fn crop_axis(
    node: &mut Node<'_, '_>,
    resize: &Resize,
    x: ValueId,
    axis: usize,
    [start, end]: [f32; 2],
    outside: f32,
) -> Result<ValueId, ImportError> {
    let shape = node.importer.b.shape(x).to_vec();
    let (length, size) = (shape[axis], resize.sizes[axis]);
    node.check_table(size.saturating_mul(length))?;
    let last = length.saturating_sub(1) as f32;
    let mut weights = vec![0.0; size * length];
    let mut summands = vec![0.0; size];
    for i in 0..size {
        // In 32 bits, as ONNX Runtime computes it.
        let position = match size {
            1 => 0.5 * (start + end) * last,
            _ => start * last + i as f32 * (end - start) * last / (size - 1) as f32,
        };
        if (0.0..=last).contains(&position) {
            let taps = resize.mode.taps(position.into(), length, 1.0, resize.exclude_outside);
            taps.iter().for_each(|&(sample, weight)| weights[i * length + sample] += weight);
        } else {
            summands[i] = outside;
        }
    }
    let (outer, inner) = (shape[..axis].iter().product(), shape[axis + 1..].iter().product());
    let constant = |shape: [usize; 3], data| Tensor::f32(shape, data).map_err(edgeconv_graph::GraphError::from);
    let weights = node.add_constant(&format!("weights_{axis}"), constant([1, size, length], weights)?)?;
    let rows = node.step(&format!("rows_{axis}"), Reshape { shape: vec![outer, length, inner] }, &[x])?;
    let mut cropped = node.step(&format!("product_{axis}"), MatMul, &[weights, rows])?;
    if summands.iter().any(|&summand| summand != 0.0) {
        let summands = node.add_constant(&format!("outside_{axis}"), constant([1, size, 1], summands)?)?;
        cropped = node.step(&format!("filled_{axis}"), Binary::Add, &[cropped, summands])?;
    }
    let result = [&shape[..axis], &[size], &shape[axis + 1..]].concat();
    node.step(&format!("axis_{axis}"), Reshape { shape: result }, &[cropped])
}
