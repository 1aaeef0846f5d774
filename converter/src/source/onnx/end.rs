//! Models that end before their last nodes.

use std::collections::HashSet;

use super::ImportError;
use super::sort::reads;
use crate::proto::{GraphProto, ValueInfoProto};

/// Makes these values the graph's outputs; nodes, inputs and constants that they don't need are left out.
pub(crate) fn end_at(graph: &mut GraphProto, outputs: &[String]) -> Result<(), ImportError> {
    let computed = |name: &str| graph.node.iter().any(|node| node.output.iter().any(|output| output == name));
    if let Some(name) = outputs.iter().find(|name| !computed(name)) {
        return Err(ImportError::NoSuchValue { name: name.clone() });
    }
    let twice = outputs.iter().enumerate().find(|(index, name)| outputs[..*index].contains(name));
    if let Some((_, name)) = twice {
        return Err(ImportError::EndsTwice { name: name.clone() });
    }
    graph.output =
        outputs.iter().map(|name| ValueInfoProto { name: Some(name.clone()), ..Default::default() }).collect();
    let needed = drop_unneeded_nodes(graph);
    graph.input.retain(|input| needed.contains(input.name()));
    graph.initializer.retain(|initializer| needed.contains(initializer.name()));
    Ok(())
}

/// Leaves out nodes whose results nobody needs, so that they need not be supported; returns the names that are needed.
pub(super) fn drop_unneeded_nodes(graph: &mut GraphProto) -> HashSet<String> {
    let mut needed: HashSet<_> = graph.output.iter().map(|output| output.name().to_owned()).collect();
    let mut kept = vec![];
    // Operands come before the nodes that use them.
    for node in std::mem::take(&mut graph.node).into_iter().rev() {
        if node.output.iter().any(|output| needed.contains(output)) {
            needed.extend(reads(&node).map(str::to_owned));
            kept.push(node);
        }
    }
    kept.reverse();
    graph.node = kept;
    needed
}
