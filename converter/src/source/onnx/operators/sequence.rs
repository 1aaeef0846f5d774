//! Sequences of tensors, and optional tensors. Their elements are values of the graph, so that nothing is left of them in it.

use std::rc::Rc;

use edgeconv_graph::op::{Concat, Reshape, Split};
use edgeconv_graph::{Tensor, ValueId};

use super::super::node::Node;
use super::super::{ImportError, inline};
use super::Entry;

const LIMITS: &str = "lengths and positions known at conversion time; no inputs and outputs of the model";

/// Each element of a tensor that is split becomes a value of its own.
const MAX_ELEMENTS: usize = 10_000;

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("SequenceEmpty", construct).since(11).limits(LIMITS),
    Entry::new("SequenceConstruct", construct).since(11).limits(LIMITS),
    Entry::new("SequenceInsert", insert).since(11).limits(LIMITS),
    Entry::new("SequenceErase", erase).since(11).limits(LIMITS),
    Entry::new("SequenceAt", at).since(11).limits(LIMITS),
    Entry::new("SequenceLength", length).since(11).limits(LIMITS),
    Entry::new("SequenceMap", map).since(17).limits(LIMITS),
    Entry::new("SplitToSequence", split).since(11).limits(LIMITS),
    Entry::new("ConcatFromSequence", concat).since(11).limits(LIMITS),
    Entry::new("Optional", optional).since(15).limits("with an operand"),
    Entry::new("OptionalGetElement", optional).since(15),
    Entry::new("OptionalHasElement", has_element).since(15),
];

/// The elements of an operand.
fn elements(node: &Node<'_, '_>, index: usize) -> Result<Rc<[ValueId]>, ImportError> {
    let sequence = node.importer.sequences.get(&node.any_input(index)?).cloned();
    sequence.ok_or_else(|| node.unsupported(format!("operand {index} is not a sequence of tensors")))
}

/// The node's result is a sequence. A constant stands for it, which only the operators here understand.
fn finish(node: &mut Node<'_, '_>, elements: Vec<ValueId>) -> Result<(), ImportError> {
    let length = Tensor::indices(vec![elements.len() as i64]);
    let id = node.add_constant("sequence", length)?;
    node.importer.sequences.insert(id, elements.into());
    node.result(id)
}

/// A position of the first `count` ones, which may be counted from the end; the last one if it is left out.
fn position(node: &Node<'_, '_>, operand: usize, length: usize, count: usize) -> Result<usize, ImportError> {
    let position = node.ints(operand)?.map_or(count as i64 - 1, |ints| ints.first().copied().unwrap_or_default());
    let from_start = if position < 0 { position.saturating_add(length as i64) } else { position };
    let exists = usize::try_from(from_start).ok().filter(|&position| position < count);
    exists.ok_or_else(|| node.unsupported(format!("position {position} does not exist in a sequence of {length}")))
}

fn construct(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let elements = node.inputs()?;
    finish(node, elements)
}

fn insert(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let mut elements = elements(node, 0)?.to_vec();
    let position = position(node, 2, elements.len(), elements.len() + 1)?;
    elements.insert(position, node.input(1)?);
    finish(node, elements)
}

fn erase(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let mut elements = elements(node, 0)?.to_vec();
    let position = position(node, 1, elements.len(), elements.len())?;
    elements.remove(position);
    finish(node, elements)
}

fn at(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let elements = elements(node, 0)?;
    let position = position(node, 1, elements.len(), elements.len())?;
    node.result(elements[position])
}

fn length(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let length = Tensor::i64([], vec![elements(node, 0)?.len() as i64]).map_err(edgeconv_graph::GraphError::from)?;
    node.finish_constant(length)
}

/// `SequenceMap`: a graph applied to each element, or to the elements of several sequences.
fn map(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let body = node.attribute("body").and_then(|attribute| attribute.g.clone());
    let body = body.ok_or_else(|| node.unsupported("`body` is missing"))?;
    let count = elements(node, 0)?.len();
    let operands = (0..node.proto.input.len()).map(|index| node.any_input(index)).collect::<Result<Vec<_>, _>>()?;
    let mut results = vec![vec![]; body.output.len()];
    for index in 0..count {
        let element = |id: &ValueId| match node.importer.sequences.get(id) {
            Some(elements) => elements.get(index).copied(),
            None => Some(*id),
        };
        let inputs = operands.iter().map(element).collect::<Option<Vec<_>>>();
        let inputs = inputs.ok_or_else(|| node.unsupported("its sequences are of different lengths"))?;
        let outputs = inline::subgraph(node, &body, &format!("element_{index}"), &inputs)?;
        results.iter_mut().zip(outputs).for_each(|(list, id)| list.push(id));
    }
    let mut ids = vec![];
    for (index, elements) in results.into_iter().enumerate() {
        let id = node.add_constant(&format!("sequence_{index}"), Tensor::indices(vec![elements.len() as i64]))?;
        node.importer.sequences.insert(id, elements.into());
        ids.push(id);
    }
    node.results(&ids)
}

/// `SplitToSequence`: parts of given lengths, of one length, or single elements.
fn split(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let shape = node.shape(0)?;
    let axis = node.axis(node.int("axis", 0), shape.len())?;
    let lengths = node.ints(1)?;
    let positive = |length: &i64| usize::try_from(*length).unwrap_or_default();
    let sizes: Vec<_> = match &lengths {
        Some(lengths) if node.shape(1)?.is_empty() => {
            let size = lengths.first().map_or(0, positive).max(1);
            (0..shape[axis]).step_by(size).map(|start| size.min(shape[axis] - start)).take(MAX_ELEMENTS + 1).collect()
        }
        Some(lengths) => lengths.iter().map(positive).collect(),
        None => vec![1; shape[axis].min(MAX_ELEMENTS + 1)],
    };
    if sizes.len() > MAX_ELEMENTS {
        return Err(node.unsupported(format!("a sequence of more than {MAX_ELEMENTS} elements")));
    }
    let x = node.input(0)?;
    let mut parts = node.apply_all(Split { axis, sizes }, &[x])?;
    if lengths.is_none() && node.int("keepdims", 1) == 0 {
        let rest = [&shape[..axis], &shape[axis + 1..]].concat();
        for part in &mut parts {
            *part = node.apply(Reshape { shape: rest.clone() }, &[*part])?;
        }
    }
    finish(node, parts)
}

/// `ConcatFromSequence`: along an axis, or along a new one.
fn concat(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let mut elements = elements(node, 0)?.to_vec();
    let Some(shape) = elements.first().map(|&id| node.dims(id)) else {
        return Err(node.unsupported("its sequence is empty"));
    };
    let is_new = node.int("new_axis", 0) != 0;
    let axis = node.axis(node.int("axis", 0), shape.len() + usize::from(is_new))?;
    if is_new {
        for element in &mut elements {
            let mut shape = node.dims(*element);
            shape.insert(axis.min(shape.len()), 1);
            *element = node.apply(Reshape { shape }, &[*element])?;
        }
    }
    node.finish(Concat { axis }, &elements)
}

/// `Optional` and `OptionalGetElement`: the operand, which may be a sequence.
fn optional(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.any_input(0)?;
    node.result(x)
}

/// `OptionalHasElement`: what is there has one.
fn has_element(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let has = node.has(0);
    if has {
        node.any_input(0)?;
    }
    node.finish_constant(Tensor::bool([], vec![has]).map_err(edgeconv_graph::GraphError::from)?)
}
