use std::collections::BTreeMap;

use edgeconv_graph::Tensor;

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;

pub(super) const OPERATORS: &[Entry] = &[Entry::new("Unique", unique)
    .since(11)
    .limits("operand known at conversion time, since it decides on the shape of the result")];

/// `Unique`: the different elements, or the different parts along an axis; where each appears first, which one each element is,
/// and how often each appears.
fn unique(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let failed = || node.unsupported("its operand has no elements that could be compared");
    let Some(known) = node.known(0)? else { return Err(failed()) };
    let axis = match node.attribute("axis") {
        Some(_) => Some(node.axis(node.int("axis", 0), shape.len())?),
        None => None,
    };
    let count = axis.map_or(known.len(), |axis| shape[axis]);
    // The parts are rows of a matrix.
    let mut perm: Vec<_> = (0..shape.len()).collect();
    axis.into_iter().for_each(|axis| perm[..=axis].rotate_right(1));
    let rows = known.transposed(&perm);
    let rows = rows.filter(|rows| !rows.is_empty()).ok_or_else(failed)?;
    let width = rows.len() / count;
    let keys = keys(&rows);
    // Rows by their elements, each with the indices at which it appears.
    let mut found: BTreeMap<&[i128], Vec<usize>> = BTreeMap::new();
    for (index, row) in keys.chunks(width).enumerate() {
        found.entry(row).or_default().push(index);
    }
    let mut found: Vec<_> = found.into_values().collect();
    if node.int("sorted", 1) == 0 {
        found.sort();
    }
    let mut inverse = vec![0; count];
    for (position, indices) in found.iter().enumerate() {
        indices.iter().for_each(|&index| inverse[index] = position as i64);
    }
    let firsts: Vec<_> = found.iter().map(|indices| indices[0]).collect();
    let mut moved: Vec<_> = perm.iter().map(|&axis| shape[axis]).collect();
    moved.splice(..if axis.is_some() { 1 } else { moved.len() }, [found.len()]);
    let picked = rows.pick(moved, firsts.iter().flat_map(|&row| row * width..(row + 1) * width)).ok_or_else(failed)?;
    let mut back: Vec<_> = (0..picked.shape().len()).collect();
    axis.into_iter().for_each(|axis| back[..=axis].rotate_left(1));
    let different = picked.transposed(&back);
    let different = different.ok_or_else(failed)?;
    let results = [
        different,
        Tensor::indices(firsts.iter().map(|&first| first as i64).collect()),
        Tensor::indices(inverse),
        Tensor::indices(found.iter().map(|indices| indices.len() as i64).collect()),
    ];
    let mut ids = vec![];
    for (index, result) in results.into_iter().enumerate() {
        ids.push(node.add_constant(&format!("result_{index}"), result)?);
    }
    node.results(&ids)
}

/// Numbers in the order of the elements; NaN is the largest, and both zeros are one.
fn keys(tensor: &Tensor) -> Vec<i128> {
    if let Some(integers) = tensor.integers() {
        return integers.collect();
    }
    let key = |x: f64| {
        let bits = (if x.is_nan() { f64::NAN } else { x + 0.0 }).to_bits();
        let size = i128::from(bits & !(1 << 63));
        if bits >> 63 == 0 { size } else { -size }
    };
    tensor.numbers().map(key).collect()
}
