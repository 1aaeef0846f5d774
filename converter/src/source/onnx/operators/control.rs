//! Control flow that is decided at conversion time.

use edgeconv_graph::ValueId;
use edgeconv_graph::op::{Concat, Reshape};

use super::super::node::Node;
use super::super::{ImportError, inline};
use super::Entry;
use crate::proto::GraphProto;

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("If", branch).limits("conditions that are known at conversion time"),
    Entry::new("Loop", unroll)
        .limits("trip counts and conditions that are known at conversion time; up to 1000 iterations"),
    Entry::new("Scan", scan).form(9).limits("up to 1000 iterations"),
];

const MAX_ITERATIONS: i64 = 1000;

/// `If`: the branch that is taken.
fn branch(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let name = if condition(node, 0)? { "then_branch" } else { "else_branch" };
    let graph = body(node, name)?;
    let results = inline::subgraph(node, &graph, name, &[])?;
    node.results(&results)
}

/// `Loop`: its body, as often as it is run.
fn unroll(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let graph = body(node, "body")?;
    let limit = node.ints(0)?.and_then(|count| count.first().copied()).unwrap_or(i64::MAX);
    let mut goes_on = condition(node, 1)?;
    let carried = (2..node.proto.input.len()).map(|index| node.any_input(index));
    let mut carried = carried.collect::<Result<Vec<_>, _>>()?;
    let count = carried.len();
    let mut scanned: Vec<Vec<ValueId>> = vec![vec![]; graph.output.len().saturating_sub(1 + count)];
    let mut iteration = 0;
    while goes_on && iteration < limit {
        if iteration == MAX_ITERATIONS {
            return Err(node.unsupported(format!("it has more than {MAX_ITERATIONS} iterations")));
        }
        let part = format!("iteration_{iteration}");
        let index = node.add_integer(&format!("{part}.index"), iteration)?;
        let condition = node.add_bool(&format!("{part}.condition"), true)?;
        let inputs = [&[index, condition], carried.as_slice()].concat();
        let mut results = inline::subgraph(node, &graph, &part, &inputs)?.into_iter();
        let next = results.next().and_then(|id| node.importer.tensor(id)?.as_bool()?.first().copied());
        goes_on = next.ok_or_else(|| node.unsupported("how often it runs depends on data"))?;
        carried = results.by_ref().take(count).collect();
        scanned.iter_mut().zip(results).for_each(|(list, id)| list.push(id));
        iteration += 1;
    }
    for (index, list) in scanned.into_iter().enumerate() {
        let joined = stack(node, &format!("scan_{index}"), &list, 0)?;
        carried.push(joined);
    }
    node.results(&carried)
}

/// `Scan`: its body for each index of an axis of the scanned operands.
fn scan(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let graph = body(node, "body")?;
    let operands = node.inputs()?;
    let scanned = usize::try_from(node.int("num_scan_inputs", 0)).unwrap_or_default();
    let Some(count) = operands.len().checked_sub(scanned).filter(|_| scanned > 0) else {
        return Err(node.unsupported(format!("{scanned} of its {} operands can't be scanned", operands.len())));
    };
    let option =
        |name: &str, index: usize| node.list(name).and_then(|list| list.get(index).copied()).unwrap_or_default();
    let mut sequences = vec![];
    for (index, &x) in operands[count..].iter().enumerate() {
        let axis = node.axis(option("scan_input_axes", index), node.dims(x).len())?;
        sequences.push((x, axis, option("scan_input_directions", index) != 0));
    }
    let results = graph.output.len().saturating_sub(count);
    let placed: Vec<_> = (0..results)
        .map(|index| (option("scan_output_axes", index), option("scan_output_directions", index) != 0))
        .collect();
    let length = node.dims(sequences[0].0)[sequences[0].1];
    if length == 0
        || length as i64 > MAX_ITERATIONS
        || sequences.iter().any(|&(x, axis, _)| node.dims(x)[axis] != length)
    {
        return Err(node.unsupported(format!(
            "{length} iterations over operands, at most {MAX_ITERATIONS} over equally long ones"
        )));
    }
    let mut elements = vec![];
    for (x, axis, reversed) in sequences {
        elements.push(along(node, x, axis, reversed)?);
    }
    let mut carried = operands[..count].to_vec();
    let mut lists: Vec<Vec<ValueId>> = vec![vec![]; results];
    for index in 0..length {
        let inputs: Vec<_> = carried.iter().copied().chain(elements.iter().map(|elements| elements[index])).collect();
        let mut outputs = inline::subgraph(node, &graph, &format!("iteration_{index}"), &inputs)?.into_iter();
        carried = outputs.by_ref().take(count).collect();
        lists.iter_mut().zip(outputs).for_each(|(list, id)| list.push(id));
    }
    for (index, (mut list, (axis, reversed))) in lists.into_iter().zip(placed).enumerate() {
        if reversed {
            list.reverse();
        }
        let rank = list.first().map_or(0, |&id| node.dims(id).len());
        let axis = node.axis(axis, rank + 1)?;
        carried.push(stack(node, &format!("scan_{index}"), &list, axis)?);
    }
    node.results(&carried)
}

/// The parts of a value at each index of an axis, without that axis.
fn along(node: &mut Node<'_, '_>, x: ValueId, axis: usize, reversed: bool) -> Result<Vec<ValueId>, ImportError> {
    let mut shape = node.dims(x);
    let length = shape.remove(axis);
    let parts = node.pieces(x, axis, length)?;
    let mut parts = parts.into_iter().map(|part| node.reshape(part, shape.clone())).collect::<Result<Vec<_>, _>>()?;
    if reversed {
        parts.reverse();
    }
    Ok(parts)
}

/// Values of one shape, along a new axis.
fn stack(node: &mut Node<'_, '_>, suffix: &str, values: &[ValueId], axis: usize) -> Result<ValueId, ImportError> {
    let mut rows = vec![];
    for (index, &value) in values.iter().enumerate() {
        let mut shape = node.dims(value);
        shape.insert(axis.min(shape.len()), 1);
        rows.push(node.step(&format!("{suffix}.{index}"), Reshape { shape }, &[value])?);
    }
    if rows.is_empty() {
        return Err(node.unsupported("it collects the results of no iteration"));
    }
    node.step(suffix, Concat { axis }, &rows)
}

fn condition(node: &Node<'_, '_>, index: usize) -> Result<bool, ImportError> {
    let Some(known) = node.known(index)? else { return Ok(true) };
    let value = known.as_bool().and_then(|values| values.first().copied());
    value.ok_or_else(|| node.unsupported(format!("its condition is {}, expected a boolean", known.ty())))
}

fn body(node: &Node<'_, '_>, name: &str) -> Result<GraphProto, ImportError> {
    let graph = node.attribute(name).and_then(|attribute| attribute.g.clone());
    graph.ok_or_else(|| node.unsupported(format!("`{name}` is missing")))
}
