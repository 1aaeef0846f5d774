//! Models that begin behind their first nodes, or end before their last ones.

use std::collections::{HashMap, HashSet};

use edgeconv_graph::{DType, TensorType};

use super::ImportError;
use super::sort::reads;
use crate::element_type;
use crate::proto::{GraphProto, ValueInfoProto, type_proto};
use crate::target::onnx::value_info;

/// Makes those of these values inputs of these shapes that nodes compute; the nodes compute them for nobody then.
pub(super) fn begin_at(graph: &mut GraphProto, shapes: &HashMap<String, Vec<usize>>) {
    let computed = graph.node.iter_mut().flat_map(|node| &mut node.output);
    for value in computed.filter(|name| shapes.contains_key(*name)) {
        let declared = graph.value_info.iter().chain(&graph.output).find(|info| info.name() == *value);
        // Floats, unless the file says otherwise.
        let dtype = declared.and_then(element_type_of).unwrap_or(DType::F32);
        let input = value_info(value, &TensorType::new(dtype, shapes[value.as_str()].clone()));
        graph.input.push(input);
        *value = format!("{value}~");
    }
}

/// The element type of a value that a file says.
fn element_type_of(info: &ValueInfoProto) -> Option<DType> {
    match info.r#type.as_ref()?.value.as_ref()? {
        type_proto::Value::TensorType(tensor) => element_type::dtype(tensor.elem_type()).ok(),
        _ => None,
    }
}

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
