use edgeconv_graph::op::{Binary, ReduceKind, Reshape, Unary, Where};
use edgeconv_graph::{DType, ValueId};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;
use super::softmax::log_softmax;

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("NegativeLogLikelihoodLoss", negative_log_likelihood).since(12),
    Entry::new("SoftmaxCrossEntropyLoss", cross_entropy).since(12),
];

fn negative_log_likelihood(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let loss = loss(node, x)?;
    node.result(loss)
}

fn cross_entropy(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    let log_probabilities = log_softmax(node, x, 1)?;
    let loss = loss(node, log_probabilities)?;
    node.results(&[loss, log_probabilities])
}

/// `−w[target] · x[target]` for log-probabilities `[N, C, …]` and targets `[N, …]`, and their sum or mean.
fn loss(node: &mut Node<'_, '_>, x: ValueId) -> Result<ValueId, ImportError> {
    let shape = node.dims(x);
    let (target, weight) = (node.input(1)?, node.optional(2)?);
    let &[n, classes, ref rest @ ..] = shape.as_slice() else {
        return Err(node.unsupported(format!("its data has the shape {shape:?}, expected [N, C, …]")));
    };
    let target_shape = [&[n], rest].concat();
    let places: usize = rest.iter().product();
    if node.dims(target) != target_shape || weight.is_some_and(|weight| node.dims(weight) != [classes]) {
        return Err(node.unsupported(format!("targets or weights don't fit data {shape:?}")));
    }
    let x = node.reshape(x, [n, classes, places])?;
    let target = node.cast(target, DType::I64)?;
    let target = node.reshape(target, [n, 1, places])?;
    // No target is the class that is ignored; one outside of the classes is not a class anyway.
    let ignored = node.attribute("ignore_index").map(|_| node.int("ignore_index", 0));
    let class = |class: usize| if Some(class as i64) == ignored { -1 } else { class as i64 };
    let numbers = node.store_ints([1, classes, 1], (0..classes).map(class).collect())?;
    let found = node.apply(Binary::Equal, &[target, numbers])?;
    let zero = node.store_floats([1, 1, 1], vec![0.0])?;
    let picked = node.apply(Where, &[found, x, zero])?;
    let picked = node.reduce(ReduceKind::Sum, picked, &[1])?;
    let mut losses = node.apply(Unary::Neg, &[picked])?;
    let mut weights = None;
    if weight.is_some() || ignored.is_some() {
        let weight = match weight {
            Some(weight) => node.reshape(weight, [1, classes, 1])?,
            None => node.store_floats([1, 1, 1], vec![1.0])?,
        };
        let weight = node.apply(Where, &[found, weight, zero])?;
        let weight = node.reduce(ReduceKind::Sum, weight, &[1])?;
        losses = node.apply(Binary::Mul, &[losses, weight])?;
        weights = Some(weight);
    }
    match node.text("reduction", "mean").as_str() {
        "none" => node.reshape(losses, target_shape),
        "sum" => total(node, losses),
        "mean" => {
            let sum = total(node, losses)?;
            match weights {
                Some(weights) => {
                    let weight = total(node, weights)?;
                    node.apply(Binary::Div, &[sum, weight])
                }
                None => node.with_number(Binary::Div, sum, (n * places) as f32),
            }
        }
        other => Err(node.unsupported(format!("reduction {other} is unknown"))),
    }
}

/// The sum of all elements, `[]`.
fn total(node: &mut Node<'_, '_>, x: ValueId) -> Result<ValueId, ImportError> {
    let axes: Vec<_> = (0..node.dims(x).len()).collect();
    let sum = node.reduce(ReduceKind::Sum, x, &axes)?;
    node.apply(Reshape { shape: vec![] }, &[sum])
}
