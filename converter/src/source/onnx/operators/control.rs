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
        let next = results.next().and_then(|id| node.importer.b.tensor(id)?.as_bool()?.first().copied());
        goes_on = next.ok_or_else(|| node.unsupported("its condition depends on data"))?;
        carried = results.by_ref().take(count).collect();
        scanned.iter_mut().zip(results).for_each(|(list, id)| list.push(id));
        iteration += 1;
    }
    for (index, list) in scanned.into_iter().enumerate() {
        let joined = stack(node, &format!("scan_{index}"), &list)?;
        carried.push(joined);
    }
    node.results(&carried)
}

/// Values of one shape, along a new first axis.
fn stack(node: &mut Node<'_, '_>, suffix: &str, values: &[ValueId]) -> Result<ValueId, ImportError> {
    let mut rows = vec![];
    for (index, &value) in values.iter().enumerate() {
        let shape = [&[1], node.importer.b.shape(value)].concat();
        rows.push(node.step(&format!("{suffix}.{index}"), Reshape { shape }, &[value])?);
    }
    if rows.is_empty() {
        return Err(node.unsupported("it collects the results of no iteration"));
    }
    node.step(suffix, Concat { axis: 0 }, &rows)
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
