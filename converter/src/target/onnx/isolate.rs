use std::collections::{HashMap, HashSet};

use edgeconv_graph::{DType, TensorType};
use prost::Message;

use super::initializer::value_info;
use crate::proto::tensor_proto::DataType;
use crate::proto::{GraphProto, NodeProto, ValueInfoProto, type_proto};
use crate::source::onnx::{decode, decode_whole, encode, end_at};
use crate::source::{ImportError, ModelFile, Parts};
use crate::target::GivenValues;
use crate::target::isolate::stand_in;

/// The rewritten model.
pub(super) fn isolate(file: &ModelFile, values: &[(String, TensorType)]) -> Result<GivenValues, ImportError> {
    let (mut model, budget) = decode_whole(file)?;
    let graph = model.graph.get_or_insert_default();
    let computed = computed(graph);
    let read = read(graph);
    let given =
        values.iter().filter(|(name, ty)| computed.contains(name) && read.contains(name) && is_float(graph, name, ty));
    let given: Vec<_> = given.map(|(name, ty)| (name.clone(), ty.clone())).collect();
    let stand_ins: HashMap<_, _> = given.iter().map(|(name, _)| (name.clone(), stand_in(name))).collect();
    graph.node.iter_mut().for_each(|node| read_stand_ins(node, &stand_ins));
    graph.input.extend(given.iter().map(|(name, ty)| value_info(&stand_in(name), ty)));
    let wanted: Vec<_> = values.iter().map(|(name, _)| name.clone()).filter(|name| computed.contains(name)).collect();
    add_outputs(graph, &wanted);
    let inputs = given.into_iter().map(|(name, _)| (name.clone(), stand_in(&name))).collect();
    Ok(GivenValues { bytes: encode(&model, &budget)?, inputs })
}

/// The model with more outputs, and their names.
pub(in crate::target) fn expose(file: &ModelFile, values: &[String]) -> Result<(Vec<u8>, Vec<String>), ImportError> {
    let (mut model, budget) = decode_whole(file)?;
    let graph = model.graph.get_or_insert_default();
    let computed = computed(graph);
    let is_returned = |name: &String| graph.output.iter().any(|output| output.name() == name);
    let wanted = values.iter().filter(|name| computed.contains(*name) && !is_returned(name));
    let wanted: Vec<_> = wanted.cloned().collect();
    add_outputs(graph, &wanted);
    Ok((encode(&model, &budget)?, wanted))
}

/// The nodes that an output needs.
pub(super) fn part(isolated: &GivenValues, output: &str) -> Result<Vec<u8>, ImportError> {
    let mut model = decode(&ModelFile::from_bytes(isolated.bytes.as_slice()), Parts::All)?;
    let graph = model.graph.get_or_insert_default();
    end_at(graph, &[output.to_owned()])?;
    graph.value_info.clear();
    let own: HashMap<_, _> = isolated.inputs.iter().map(|(value, input)| (input.clone(), value.clone())).collect();
    graph.node.iter_mut().for_each(|node| read_stand_ins(node, &own));
    for input in &mut graph.input {
        if let Some(name) = own.get(input.name()) {
            input.name = Some(name.clone());
        }
    }
    Ok(model.encode_to_vec())
}

/// What the nodes of a graph compute.
fn computed(graph: &GraphProto) -> HashSet<String> {
    graph.node.iter().flat_map(|node| node.output.iter().cloned()).filter(|name| !name.is_empty()).collect()
}

/// What the nodes of a graph and those inside of them read.
fn read(graph: &GraphProto) -> HashSet<String> {
    let inside = |node: &NodeProto| -> HashSet<String> {
        let graphs = node.attribute.iter().flat_map(|attribute| attribute.g.iter().chain(&attribute.graphs));
        graphs.flat_map(read).collect()
    };
    graph.node.iter().flat_map(|node| node.input.iter().cloned().chain(inside(node))).collect()
}

/// Replaces names in what a node and the graphs inside of it read.
fn read_stand_ins(node: &mut NodeProto, stand_ins: &HashMap<String, String>) {
    for name in &mut node.input {
        if let Some(input) = stand_ins.get(name) {
            name.clone_from(input);
        }
    }
    for attribute in &mut node.attribute {
        for graph in attribute.g.iter_mut().chain(&mut attribute.graphs) {
            graph.node.iter_mut().for_each(|node| read_stand_ins(node, stand_ins));
        }
    }
}

/// Outputs without a type get the one that is inferred.
fn add_outputs(graph: &mut GraphProto, names: &[String]) {
    for name in names {
        if graph.output.iter().all(|output| output.name() != name) {
            let known = graph.value_info.iter().find(|info| info.name() == name).cloned();
            let unknown = || ValueInfoProto { name: Some(name.clone()), ..Default::default() };
            graph.output.push(known.unwrap_or_else(unknown));
        }
    }
}

/// Whether a value holds 32-bit floats in the file, where wider and narrower ones became such when it was run.
fn is_float(graph: &GraphProto, name: &str, ty: &TensorType) -> bool {
    let info = graph.value_info.iter().chain(&graph.output).find(|info| info.name() == name);
    let element = match info.and_then(|info| info.r#type.as_ref()).and_then(|ty| ty.value.as_ref()) {
        Some(type_proto::Value::TensorType(tensor)) => Some(tensor.elem_type()),
        _ => None,
    };
    ty.dtype == DType::F32 && element.is_none_or(|element| element == i32::from(DataType::Float))
}
