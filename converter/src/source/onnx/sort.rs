//! The order of nodes. ONNX asks for one in which a node comes after those whose results it reads; files that tools have edited often have
//! another one, and engines take them.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};

use crate::proto::{GraphProto, NodeProto};

/// Sorts the nodes of a graph and of those inside of it; the error names a node that needs its own result.
pub(super) fn sort_graph(graph: &mut GraphProto) -> Result<(), String> {
    sort_nodes(&mut graph.node)
}

/// Sorts nodes; of those that could come next, the first in the file does, so that sorted ones stay as they are.
pub(super) fn sort_nodes(nodes: &mut Vec<NodeProto>) -> Result<(), String> {
    for attribute in nodes.iter_mut().flat_map(|node| &mut node.attribute) {
        attribute.g.iter_mut().chain(&mut attribute.graphs).try_for_each(sort_graph)?;
    }
    let order = order(nodes)?;
    if !order.is_sorted() {
        let mut unsorted: Vec<_> = std::mem::take(nodes).into_iter().map(Some).collect();
        nodes.extend(order.into_iter().filter_map(|index| unsorted[index].take()));
    }
    Ok(())
}

/// The indices of the nodes in an order in which they can run.
fn order(nodes: &[NodeProto]) -> Result<Vec<usize>, String> {
    let mut producers = HashMap::new();
    for (index, node) in nodes.iter().enumerate() {
        node.output.iter().filter(|name| !name.is_empty()).for_each(|name| {
            producers.entry(name.as_str()).or_insert(index);
        });
    }
    let mut waits_for = vec![0; nodes.len()];
    let mut followers = vec![vec![]; nodes.len()];
    for (index, node) in nodes.iter().enumerate() {
        for &producer in reads(node).filter_map(|name| producers.get(name)) {
            waits_for[index] += 1;
            followers[producer].push(index);
        }
    }
    let mut ready: BinaryHeap<_> = (0..nodes.len()).filter(|&index| waits_for[index] == 0).map(Reverse).collect();
    let mut order = vec![];
    while let Some(Reverse(index)) = ready.pop() {
        order.push(index);
        for &follower in &followers[index] {
            waits_for[follower] -= 1;
            if waits_for[follower] == 0 {
                ready.push(Reverse(follower));
            }
        }
    }
    match waits_for.iter().position(|&count| count > 0) {
        None => Ok(order),
        Some(stuck) => Err(cycle(nodes, &producers, &waits_for, stuck)),
    }
}

/// Why a node never gets its turn: back from it along nodes that wait, there is one that waits for itself.
fn cycle(nodes: &[NodeProto], producers: &HashMap<&str, usize>, waits_for: &[usize], stuck: usize) -> String {
    let mut node = stuck;
    for _ in 0..nodes.len() {
        let mut before: Vec<_> = reads(&nodes[node]).filter_map(|name| producers.get(name).copied()).collect();
        before.sort_unstable();
        node = before.into_iter().find(|&producer| waits_for[producer] > 0).unwrap_or(node);
    }
    let name = nodes[node].output.first().map_or("", String::as_str);
    format!("its nodes form a cycle: `{name}` ({}) needs its own result", nodes[node].op_type())
}

/// The names that a node reads, also in the graphs inside of it; once per use.
pub(super) fn reads(node: &NodeProto) -> impl Iterator<Item = &str> {
    let graphs = node.attribute.iter().flat_map(|attribute| attribute.g.iter().chain(&attribute.graphs));
    let operands = node.input.iter().map(String::as_str).filter(|name| !name.is_empty());
    operands.chain(graphs.flat_map(captured))
}

/// The names that a graph inside of a node reads from around it.
pub(super) fn captured(graph: &GraphProto) -> Vec<&str> {
    let inputs = graph.input.iter().map(|input| input.name());
    let constants = graph.initializer.iter().map(|tensor| tensor.name());
    let results = graph.node.iter().flat_map(|node| node.output.iter().map(String::as_str));
    let own: HashSet<_> = inputs.chain(constants).chain(results).collect();
    let outputs = graph.output.iter().map(|output| output.name());
    let names = graph.node.iter().flat_map(reads).chain(outputs);
    names.filter(|name| !own.contains(name)).collect()
}
