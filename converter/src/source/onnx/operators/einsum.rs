//! `Einsum` in transpositions, matrix products and sums.

use edgeconv_graph::ValueId;
use edgeconv_graph::op::{Binary, ReduceKind, Reshape};

use super::super::ImportError;
use super::super::node::Node;
use super::Entry;
use super::linear::multiply;

pub(super) const OPERATORS: &[Entry] = &[Entry::new("Einsum", einsum).since(12)];

/// The name of an axis: a letter, or the position from the end of the axes that an ellipsis stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Label {
    Broadcast(usize),
    Letter(char),
}

/// A value whose axes have names, each another one.
#[derive(Debug, Clone)]
struct Labelled {
    id: ValueId,
    labels: Vec<Label>,
}

/// One operand after the other is contracted with the product of those before.
fn einsum(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let inputs = node.inputs()?;
    let equation: String = node.text("equation", "").chars().filter(|c| !c.is_whitespace()).collect();
    let (left, right) = match equation.split_once("->") {
        Some((left, right)) => (left, Some(right)),
        None => (equation.as_str(), None),
    };
    let terms: Vec<_> = left.split(',').collect();
    if terms.len() != inputs.len() || inputs.is_empty() {
        return Err(node.unsupported(format!("`{equation}` has {} operands, given are {}", terms.len(), inputs.len())));
    }
    let ranks: Vec<_> = inputs.iter().map(|&id| node.dims(id).len()).collect();
    let mut operands = vec![];
    for ((term, &id), &rank) in terms.iter().zip(&inputs).zip(&ranks) {
        let labels = labels(term, Some(rank)).ok_or_else(|| misfit(node, &equation))?;
        operands.push((id, labels));
    }
    let result = match right {
        Some(right) => {
            let widest = operands.iter().flat_map(|(_, labels)| labels).filter_map(|label| match label {
                Label::Broadcast(position) => Some(position + 1),
                Label::Letter(_) => None,
            });
            output(right, widest.max().unwrap_or(0)).ok_or_else(|| misfit(node, &equation))?
        }
        None => implicit(&operands),
    };
    let mut product: Option<Labelled> = None;
    for index in 0..operands.len() {
        let (id, labels) = operands[index].clone();
        let later = |label: &Label| operands[index + 1..].iter().any(|(_, labels)| labels.contains(label));
        let kept = |label: &Label| result.contains(label) || later(label);
        let operand = diagonal(node, id, labels)?;
        let before = product.clone();
        let elsewhere = |label: &Label| kept(label) || before.as_ref().is_some_and(|p| p.labels.contains(label));
        let operand = sum_out(node, operand, &elsewhere)?;
        product = Some(match product {
            None => operand,
            Some(product) => contract(node, product, operand, &kept)?,
        });
    }
    let Some(product) = product else { return Err(misfit(node, &equation)) };
    let product = sum_out(node, product, &|label| result.contains(label))?;
    let order = result.iter().map(|label| product.labels.iter().position(|other| other == label));
    let order = order.collect::<Option<Vec<_>>>().ok_or_else(|| misfit(node, &equation))?;
    let product = node.transpose(product.id, order)?;
    node.result(product)
}

fn misfit(node: &Node<'_, '_>, equation: &str) -> ImportError {
    node.unsupported(format!("`{equation}` can't be read, or does not fit the operands"))
}

/// The labels of a term; an ellipsis takes the axes that are left of `rank`.
fn labels(term: &str, rank: Option<usize>) -> Option<Vec<Label>> {
    let letters = |text: &str| -> Option<Vec<Label>> {
        text.chars().map(|c| c.is_ascii_alphabetic().then_some(Label::Letter(c))).collect()
    };
    let labels = match term.split_once("...") {
        None => letters(term)?,
        Some((before, behind)) => {
            let (before, behind) = (letters(before)?, letters(behind)?);
            let count = rank?.checked_sub(before.len() + behind.len())?;
            let between = (0..count).rev().map(Label::Broadcast);
            before.into_iter().chain(between).chain(behind).collect()
        }
    };
    rank.is_none_or(|rank| rank == labels.len()).then_some(labels)
}

/// The labels of the result; an ellipsis stands for `broadcast` axes.
fn output(term: &str, broadcast: usize) -> Option<Vec<Label>> {
    let letters = term.chars().filter(char::is_ascii_alphabetic).count();
    let ellipsis = if term.contains("...") { broadcast } else { 0 };
    let labels = labels(term, Some(letters + ellipsis))?;
    let repeated = (1..labels.len()).any(|index| labels[..index].contains(&labels[index]));
    (!repeated).then_some(labels)
}

/// Without an arrow: the axes of ellipses, then all letters that occur once, in alphabetical order.
fn implicit(operands: &[(ValueId, Vec<Label>)]) -> Vec<Label> {
    let all: Vec<_> = operands.iter().flat_map(|(_, labels)| labels.iter().copied()).collect();
    let once = |label: &Label| all.iter().filter(|other| *other == label).count() == 1;
    let mut letters: Vec<_> = all.iter().copied().filter(|l| matches!(l, Label::Letter(_)) && once(l)).collect();
    let mut broadcast: Vec<_> = all.iter().copied().filter(|label| matches!(label, Label::Broadcast(_))).collect();
    letters.sort_unstable();
    broadcast.sort_unstable();
    broadcast.dedup();
    broadcast.into_iter().rev().chain(letters).collect()
}

/// Of axes with one label the elements with equal indices.
fn diagonal(node: &mut Node<'_, '_>, id: ValueId, mut labels: Vec<Label>) -> Result<Labelled, ImportError> {
    let mut id = id;
    while let Some(second) = (1..labels.len()).find(|&index| labels[..index].contains(&labels[index])) {
        let first = labels.iter().position(|label| *label == labels[second]).unwrap_or(second);
        let shape = node.dims(id);
        let length = shape[first];
        if shape[second] != length {
            return Err(node.unsupported(format!("two axes of {shape:?} have one label, but different lengths")));
        }
        let others: Vec<_> = (0..shape.len()).filter(|&axis| axis != first && axis != second).collect();
        let turned = node.transpose(id, [others.as_slice(), &[first, second]].concat())?;
        let kept: Vec<_> = others.iter().map(|&axis| shape[axis]).collect();
        let flat = node.reshape(turned, [kept.as_slice(), &[length * length]].concat())?;
        id = node.gather(flat, others.len(), [length], (0..length).map(|index| index * (length + 1)))?;
        let label = labels[first];
        labels = others.iter().map(|&axis| labels[axis]).chain([label]).collect();
    }
    Ok(Labelled { id, labels })
}

/// Sums over the axes that nothing needs.
fn sum_out(
    node: &mut Node<'_, '_>,
    operand: Labelled,
    needed: &dyn Fn(&Label) -> bool,
) -> Result<Labelled, ImportError> {
    let gone: Vec<_> = (0..operand.labels.len()).filter(|&axis| !needed(&operand.labels[axis])).collect();
    if gone.is_empty() {
        return Ok(operand);
    }
    let shape = node.dims(operand.id);
    let kept: Vec<_> = (0..shape.len()).filter(|axis| !gone.contains(axis)).collect();
    let sum = node.reduce(ReduceKind::Sum, operand.id, &gone)?;
    let shape = kept.iter().map(|&axis| shape[axis]).collect();
    let id = node.apply(Reshape { shape }, &[sum])?;
    Ok(Labelled { id, labels: kept.iter().map(|&axis| operand.labels[axis]).collect() })
}

/// The product of two operands, summed over the labels that both have and nothing needs: a matrix product for each index of
/// the labels that both have and something needs.
fn contract(
    node: &mut Node<'_, '_>,
    a: Labelled,
    b: Labelled,
    kept: &dyn Fn(&Label) -> bool,
) -> Result<Labelled, ImportError> {
    let both = |label: &&Label| a.labels.contains(label) && b.labels.contains(label);
    let batch: Vec<_> = a.labels.iter().filter(both).filter(|label| kept(label)).copied().collect();
    let summed: Vec<_> = a.labels.iter().filter(both).filter(|label| !kept(label)).copied().collect();
    let rows: Vec<_> = a.labels.iter().filter(|label| !b.labels.contains(label)).copied().collect();
    let columns: Vec<_> = b.labels.iter().filter(|label| !a.labels.contains(label)).copied().collect();
    let lengths = |node: &Node<'_, '_>, operand: &Labelled, labels: &[Label]| -> Vec<usize> {
        let shape = node.dims(operand.id);
        let position = |label: &Label| operand.labels.iter().position(|other| other == label);
        labels.iter().filter_map(position).map(|axis| shape[axis]).collect()
    };
    let (a_summed, b_summed) = (lengths(node, &a, &summed), lengths(node, &b, &summed));
    let (a_batch, b_batch) = (lengths(node, &a, &batch), lengths(node, &b, &batch));
    let fits = |(&a, &b): (&usize, &usize)| a == b || a == 1 || b == 1;
    if !a_summed.iter().zip(&b_summed).chain(a_batch.iter().zip(&b_batch)).all(fits) {
        return Err(node.unsupported("one label has different lengths in two operands"));
    }
    let length: Vec<_> = a_summed.iter().zip(&b_summed).map(|(&a, &b)| a.max(b)).collect();
    let (m, n) = (lengths(node, &a, &rows), lengths(node, &b, &columns));
    let mut arrange =
        |operand: &Labelled, order: &[&[Label]], summed: &[usize], full: [&[usize]; 3], merged: [usize; 2]| {
            let axes = order.concat();
            let position = |label: &Label| operand.labels.iter().position(|other| other == label).unwrap_or_default();
            let mut turned = node.transpose(operand.id, axes.iter().map(position).collect::<Vec<_>>())?;
            if summed != length.as_slice() {
                turned = node.expand(turned, &full.concat())?;
            }
            node.reshape(turned, [full[0], &merged].concat())
        };
    let count = |lengths: &[usize]| lengths.iter().product::<usize>();
    let merged = [count(&m), count(&length)];
    let left = arrange(&a, &[&batch, &rows, &summed], &a_summed, [&a_batch, &m, &length], merged)?;
    let merged = [count(&length), count(&n)];
    let right = arrange(&b, &[&batch, &summed, &columns], &b_summed, [&b_batch, &length, &n], merged)?;
    let product =
        if summed.is_empty() { node.apply(Binary::Mul, &[left, right])? } else { multiply(node, left, right)? };
    let batch_lengths: Vec<_> = a_batch.iter().zip(&b_batch).map(|(&a, &b)| a.max(b)).collect();
    let id = node.reshape(product, [batch_lengths, m, n].concat())?;
    Ok(Labelled { id, labels: [batch, rows, columns].concat() })
}
