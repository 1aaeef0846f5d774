//! Models that end before their last nodes.

use std::collections::HashSet;
use std::path::Path;

use prost::Message;

use super::{ImportError, file};
use crate::proto::{GraphProto, NodeProto, ValueInfoProto};

/// Writes a copy of the model in `source` that returns these values, to compare a converted model with.
///
/// # Errors
/// If a file can't be read or written, or nothing in the model has such a name.
pub fn write_ending_at(source: &Path, outputs: &[String], target: &Path) -> Result<(), ImportError> {
    let mut model = file::read(source)?;
    if let Some(graph) = &mut model.graph {
        end_at(graph, outputs)?;
    }
    let write = |source| ImportError::Write { path: target.to_owned(), source };
    std::fs::write(target, model.encode_to_vec()).map_err(write)
}

/// Makes these values the graph's outputs; nodes, inputs and constants that they don't need are left out.
pub(crate) fn end_at(graph: &mut GraphProto, outputs: &[String]) -> Result<(), ImportError> {
    let computed = |name: &str| graph.node.iter().any(|node| node.output.iter().any(|output| output == name));
    if let Some(name) = outputs.iter().find(|name| !computed(name)) {
        return Err(ImportError::NoSuchValue { name: name.clone() });
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
            note_operands(&node, &mut needed);
            kept.push(node);
        }
    }
    kept.reverse();
    graph.node = kept;
    needed
}

/// Notes all names that a node uses; subgraphs see those around the node too.
fn note_operands(node: &NodeProto, names: &mut HashSet<String>) {
    names.extend(node.input.iter().cloned());
    let graphs = node.attribute.iter().flat_map(|attribute| attribute.g.iter().chain(&attribute.graphs));
    for graph in graphs {
        names.extend(graph.output.iter().map(|output| output.name().to_owned()));
        graph.node.iter().for_each(|node| note_operands(node, names));
    }
}
