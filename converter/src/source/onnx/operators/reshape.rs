use edgeconv_graph::op::{Flatten, Reshape};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("Reshape", reshape).form(5).limits("shape known at conversion time"),
    Entry::new("Flatten", reshape).since(1),
    Entry::new("Squeeze", reshape).since(1).limits("axes known at conversion time"),
    Entry::new("Unsqueeze", reshape).since(1).limits("axes known at conversion time"),
];

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
    let product = |dims: &mut dyn Iterator<Item = usize>| dims.fold(1, usize::saturating_mul);
    let rest = product(&mut dims.iter().flatten().copied());
    let count = product(&mut shape.iter().copied());
    if dims.iter().filter(|dim| dim.is_none()).count() > 1 {
        return None;
    }
    Some(dims.into_iter().map(|dim| dim.unwrap_or_else(|| count.checked_div(rest).unwrap_or(0))).collect())
}
