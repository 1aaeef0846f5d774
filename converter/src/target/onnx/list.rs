use std::collections::{BTreeMap, HashMap};

use crate::proto::tensor_proto::DataType;
use crate::proto::{
    AttributeProto, GraphProto, ModelProto, NodeProto, TensorProto, ValueInfoProto, tensor_shape_proto, type_proto,
};
use crate::source::{ImportError, ModelFile, Parts};
use crate::target::{Listing, Numbers, Operator, Port, Stored};

/// Lists an ONNX file; the bodies of subgraphs and functions are not entered.
///
/// # Errors
/// If the file is not an ONNX model.
pub(crate) fn list(file: &ModelFile) -> Result<Listing, ImportError> {
    let model = crate::source::onnx::decode(file, Parts::Small)?;
    // Nothing at all, and what is cut off early, are messages, too.
    if model.graph.is_none() {
        return Err(crate::source::onnx::not_a_model(file.name(), "it has no graph".into()));
    }
    Ok(listing(&model))
}

/// What is in a model.
pub(crate) fn listing(model: &ModelProto) -> Listing {
    let no_graph = GraphProto::default();
    let graph = model.graph.as_ref().unwrap_or(&no_graph);
    let infos = graph.value_info.iter().chain(&graph.output);
    let types: HashMap<_, _> = infos.map(|info| (info.name(), value_type(info))).collect();
    let is_stored = |info: &&ValueInfoProto| graph.initializer.iter().any(|tensor| tensor.name() == info.name());
    Listing {
        format: format(model),
        metadata: crate::source::onnx::metadata(model),
        inputs: graph.input.iter().filter(|info| !is_stored(info)).map(port).collect(),
        outputs: graph.output.iter().map(port).collect(),
        operators: graph
            .node
            .iter()
            .filter(|node| node.op_type() != "Constant")
            .map(|node| operator(node, &types))
            .collect(),
        tensors: tensors(graph),
        weights: Numbers::Float,
        marks: BTreeMap::new(),
    }
}

fn format(model: &ModelProto) -> String {
    let sets = model.opset_import.iter().map(|set| {
        let domain = if set.domain().is_empty() { "ai.onnx" } else { set.domain() };
        format!("{domain} {}", set.version())
    });
    let producer = [model.producer_name(), model.producer_version()].join(" ");
    let (version, sets) = (model.ir_version(), sets.collect::<Vec<_>>().join(", "));
    format!("ONNX, IR version {version}, operator sets {sets}, by {}", producer.trim())
}

fn port(info: &ValueInfoProto) -> Port {
    Port { name: info.name().to_owned(), ty: value_type(info) }
}

fn operator(node: &NodeProto, types: &HashMap<&str, String>) -> Operator {
    let op = if matches!(node.domain(), "" | "ai.onnx") {
        node.op_type().to_owned()
    } else {
        format!("{}.{}", node.domain(), node.op_type())
    };
    let output = |name: &String| Port { name: name.clone(), ty: types.get(name.as_str()).cloned().unwrap_or_default() };
    Operator {
        name: node.name().to_owned(),
        op,
        inputs: node.input.clone(),
        outputs: node.output.iter().map(output).collect(),
        attributes: node.attribute.iter().map(|attribute| (attribute.name().to_owned(), value(attribute))).collect(),
        weight_bytes: 0,
    }
}

/// An attribute as text.
fn value(attribute: &AttributeProto) -> String {
    if let Some(number) = attribute.i {
        number.to_string()
    } else if let Some(number) = attribute.f {
        number.to_string()
    } else if let Some(text) = &attribute.s {
        String::from_utf8_lossy(text).into_owned()
    } else if let Some(tensor) = &attribute.t {
        tensor_type(tensor)
    } else if let Some(graph) = &attribute.g {
        format!("a graph of {} nodes", graph.node.len())
    } else if !attribute.floats.is_empty() {
        format!("{:?}", attribute.floats)
    } else if !attribute.ref_attr_name().is_empty() {
        format!("the call's {}", attribute.ref_attr_name())
    } else {
        format!("{:?}", attribute.ints)
    }
}

/// Initialisers, and what `Constant` nodes hold.
fn tensors(graph: &GraphProto) -> Vec<Stored> {
    let stored = |name: &str, tensor: &TensorProto| Stored {
        name: name.to_owned(),
        ty: tensor_type(tensor),
        bytes: bytes(tensor),
    };
    let initializers = graph.initializer.iter().map(|tensor| stored(tensor.name(), tensor));
    let constants = graph.node.iter().filter(|node| node.op_type() == "Constant").filter_map(|node| {
        let tensor = node.attribute.iter().find_map(|attribute| attribute.t.as_ref())?;
        Some(stored(node.output.first()?, tensor))
    });
    initializers.chain(constants).collect()
}

fn bytes(tensor: &TensorProto) -> u64 {
    let count = tensor.dims.iter().fold(1u64, |count, &dim| count.saturating_mul(dim.max(0) as u64));
    let width = match element(tensor.data_type()) {
        Some(DataType::Double | DataType::Int64 | DataType::Uint64) => 8,
        Some(DataType::Float | DataType::Int32 | DataType::Uint32) => 4,
        Some(DataType::Float16 | DataType::Bfloat16 | DataType::Int16 | DataType::Uint16) => 2,
        Some(DataType::Complex128) => 16,
        Some(DataType::Complex64) => 8,
        _ => 1,
    };
    count.saturating_mul(width)
}

fn tensor_type(tensor: &TensorProto) -> String {
    format!("{}{:?}", element_name(tensor.data_type()), tensor.dims)
}

fn value_type(info: &ValueInfoProto) -> String {
    use tensor_shape_proto::dimension::Value;
    let Some(type_proto::Value::TensorType(tensor)) = info.r#type.as_ref().and_then(|ty| ty.value.as_ref()) else {
        return String::new();
    };
    let dim = |value: &Option<Value>| match value {
        Some(Value::DimValue(length)) => length.to_string(),
        Some(Value::DimParam(name)) => name.clone(),
        None => "?".into(),
    };
    let dims = tensor.shape.iter().flat_map(|shape| &shape.dim).map(|shape| dim(&shape.value));
    format!("{}[{}]", element_name(tensor.elem_type()), dims.collect::<Vec<_>>().join(", "))
}

fn element(data_type: i32) -> Option<DataType> {
    DataType::try_from(data_type).ok()
}

/// Short name of an element type.
fn element_name(data_type: i32) -> String {
    let name = match element(data_type) {
        Some(DataType::Float) => "f32",
        Some(DataType::Double) => "f64",
        Some(DataType::Float16) => "f16",
        Some(DataType::Bfloat16) => "bf16",
        Some(DataType::Int64) => "i64",
        Some(DataType::Int32) => "i32",
        Some(DataType::Int16) => "i16",
        Some(DataType::Int8) => "i8",
        Some(DataType::Uint64) => "u64",
        Some(DataType::Uint32) => "u32",
        Some(DataType::Uint16) => "u16",
        Some(DataType::Uint8) => "u8",
        Some(other) => return other.as_str_name().to_lowercase(),
        None => return format!("type {data_type}"),
    };
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_dimensions_keep_their_names() {
        use tensor_shape_proto::{Dimension, dimension::Value};
        let dim = |value| Dimension { value, denotation: None };
        let shape = crate::proto::TensorShapeProto {
            dim: vec![dim(Some(Value::DimParam("batch".into()))), dim(Some(Value::DimValue(3))), dim(None)],
        };
        let tensor = type_proto::Tensor { elem_type: Some(DataType::Int64.into()), shape: Some(shape) };
        let ty = crate::proto::TypeProto { value: Some(type_proto::Value::TensorType(tensor)), denotation: None };
        let info = ValueInfoProto { r#type: Some(ty), ..Default::default() };
        assert_eq!(value_type(&info), "i64[batch, 3, ?]");
    }
}
