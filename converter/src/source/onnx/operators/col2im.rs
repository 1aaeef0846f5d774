use edgeconv_graph::op::{Reshape, ScatterNd, ScatterReduction, Slice, Transpose};
use edgeconv_graph::{GraphError, Tensor};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;

pub(super) const OPERATORS: &[Entry] =
    &[Entry::new("Col2Im", col2im).since(18).limits("shapes known at conversion time")];

/// `Col2Im`: the sum of overlapping blocks. Elements of the blocks are rows `[block · places, N · C]`, which are added to those of
/// the image; what lies in the padding goes into one more row, which is cut off.
fn col2im(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let columns = node.shape(0)?;
    let lengths = |ints: Option<Vec<i64>>| -> Vec<usize> {
        ints.unwrap_or_default().iter().map(|&int| usize::try_from(int).unwrap_or_default()).collect()
    };
    let (image, block) = (lengths(node.ints(1)?), lengths(node.ints(2)?));
    let dims = image.len();
    let dilations = node.lengths("dilations")?.unwrap_or_else(|| vec![1; dims]);
    let strides = node.lengths("strides")?.unwrap_or_else(|| vec![1; dims]);
    let pads = node.lengths("pads")?.unwrap_or_else(|| vec![0; 2 * dims]);
    let wrong = || node.unsupported(format!("blocks {block:?} of an image {image:?} don't give {columns:?}"));
    let fits = [&block, &dilations, &strides].iter().all(|list| list.len() == dims && !list.contains(&0))
        && pads.len() == 2 * dims
        && columns.len() == 3;
    if !fits {
        return Err(wrong());
    }
    let rows = image.iter().copied().fold(1, usize::saturating_mul);
    let places = (0..dims).map(|axis| places(axis, &image, &block, &dilations, &strides, &pads));
    let count = places.chain(block.iter().copied()).fold(1, usize::saturating_mul);
    node.check_table(rows.max(count))?;
    let targets = targets(&image, &block, &dilations, &strides, &pads);
    let (batch, size): (usize, usize) = (columns[0], block.iter().product());
    if columns[1] % size != 0 || targets.len() != size * columns[2] {
        return Err(wrong());
    }
    let maps = batch * (columns[1] / size);
    let count = targets.len();
    let targets = targets.into_iter().map(|target| target.unwrap_or(rows) as i64).collect();
    let targets = Tensor::i64([count, 1], targets).map_err(GraphError::from)?;
    let zeros = Tensor::f32([rows + 1, maps], vec![0.0; (rows + 1) * maps]).map_err(GraphError::from)?;
    let (targets, zeros) = (node.add_constant("targets", targets)?, node.add_constant("zeros", zeros)?);
    let x = node.input(0)?;
    let x = node.step("maps", Reshape { shape: vec![maps, count] }, &[x])?;
    let x = node.step("elements", Transpose { perm: vec![1, 0] }, &[x])?;
    let sum = ScatterNd { reduction: ScatterReduction::Add };
    let sum = node.step("sum", sum, &[zeros, targets, x])?;
    let inside = node.step("inside", Slice { axis: 0, start: 0, end: rows, step: 1 }, &[sum])?;
    let result = node.step("result", Transpose { perm: vec![1, 0] }, &[inside])?;
    node.finish(Reshape { shape: [&[batch, maps / batch.max(1)], image.as_slice()].concat() }, &[result])
}

/// The pixel that each element of the blocks belongs to, for each place of each element; `None` in the padding.
fn targets(
    image: &[usize],
    block: &[usize],
    dilations: &[usize],
    strides: &[usize],
    pads: &[usize],
) -> Vec<Option<usize>> {
    let dims = image.len();
    let pixel = |axis: usize, element: usize, place: usize| {
        let padded = place * strides[axis] + element * dilations[axis];
        padded.checked_sub(pads[axis]).filter(|&pixel| pixel < image[axis])
    };
    let lengths: Vec<_> = (0..dims).map(|axis| places(axis, image, block, dilations, strides, pads)).collect();
    let mut targets = vec![];
    for element in positions(block) {
        for place in positions(&lengths) {
            let along = |target: Option<usize>, axis: usize| {
                Some(target? * image[axis] + pixel(axis, element[axis], place[axis])?)
            };
            targets.push((0..dims).fold(Some(0), along));
        }
    }
    targets
}

/// The number of blocks along an axis.
fn places(
    axis: usize,
    image: &[usize],
    block: &[usize],
    dilations: &[usize],
    strides: &[usize],
    pads: &[usize],
) -> usize {
    let padded = [image[axis], pads[axis], pads[image.len() + axis], strides[axis]];
    let padded = padded.into_iter().fold(0, usize::saturating_add);
    let reach = dilations[axis].saturating_mul(block[axis] - 1).saturating_add(1);
    padded.saturating_sub(reach) / strides[axis]
}

/// All positions in a shape, in row-major order.
fn positions(shape: &[usize]) -> Vec<Vec<usize>> {
    shape.iter().fold(vec![vec![]], |positions, &length| {
        let longer = |position: &Vec<usize>| {
            (0..length).map(|index| [position.as_slice(), &[index]].concat()).collect::<Vec<_>>()
        };
        positions.iter().flat_map(longer).collect()
    })
}
