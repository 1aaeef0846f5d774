//! ONNX files made node by node.

use edgeconv_schema::onnx as proto;
use prost::Message;
use proto::{AttributeProto, FunctionProto, GraphProto, NodeProto, TensorProto, ValueInfoProto};

/// A node of ONNX or, if the name has a dot, of that domain (`com.microsoft.FusedConv`).
pub fn node(name: &str, inputs: &[&str], outputs: &[&str], attribute: Vec<AttributeProto>) -> NodeProto {
    let (domain, op_type) = name.rsplit_once('.').unwrap_or(("", name));
    let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    NodeProto {
        op_type: Some(op_type.into()),
        domain: Some(domain.into()),
        input: owned(inputs),
        output: owned(outputs),
        attribute,
        ..Default::default()
    }
}

/// An attribute.
pub fn int(name: &str, value: i64) -> AttributeProto {
    AttributeProto { name: Some(name.into()), i: Some(value), r#type: Some(2), ..Default::default() }
}

/// An attribute that is a list.
pub fn ints(name: &str, values: &[i64]) -> AttributeProto {
    AttributeProto { name: Some(name.into()), ints: values.to_vec(), r#type: Some(7), ..Default::default() }
}

/// An attribute that is text.
pub fn text(name: &str, value: &str) -> AttributeProto {
    AttributeProto {
        name: Some(name.into()),
        s: Some(value.as_bytes().to_vec().into()),
        r#type: Some(3),
        ..Default::default()
    }
}

/// An attribute that is a graph, whose inputs have no declared types.
pub fn body(name: &str, inputs: &[&str], nodes: Vec<NodeProto>, outputs: &[&str]) -> AttributeProto {
    let named = |names: &[&str]| names.iter().map(|&name| value(name)).collect();
    let graph = GraphProto {
        input: named(inputs),
        node: nodes,
        output: named(outputs),
        name: Some(name.into()),
        ..Default::default()
    };
    AttributeProto { name: Some(name.into()), g: Some(graph), r#type: Some(5), ..Default::default() }
}

fn value(name: &str) -> ValueInfoProto {
    ValueInfoProto { name: Some(name.into()), ..Default::default() }
}

/// A tensor of floats.
pub fn floats(name: &str, dims: &[i64], data: &[f32]) -> TensorProto {
    let raw = data.iter().flat_map(|number| number.to_le_bytes()).collect();
    tensor(name, 1, dims, raw)
}

/// A vector of 64-bit integers.
pub fn indices(name: &str, data: &[i64]) -> TensorProto {
    tensor(name, 7, &[data.len() as i64], data.iter().flat_map(|number| number.to_le_bytes()).collect())
}

/// A 64-bit integer.
pub fn scalar(name: &str, number: i64) -> TensorProto {
    tensor(name, 7, &[], number.to_le_bytes().to_vec())
}

/// A tensor of ONNX's element type `data_type`, and the bytes of its elements.
pub fn tensor(name: &str, data_type: i32, dims: &[i64], raw: Vec<u8>) -> TensorProto {
    TensorProto {
        name: Some(name.into()),
        data_type: Some(data_type),
        dims: dims.to_vec(),
        raw_data: Some(raw.into()),
        ..Default::default()
    }
}

/// A tensor of floats whose elements are beside the model, where `location` says.
pub fn external(name: &str, dims: &[i64], location: &[(&str, &str)]) -> TensorProto {
    let entry = |&(key, value): &(&str, &str)| proto::StringStringEntryProto {
        key: Some(key.into()),
        value: Some(value.into()),
    };
    TensorProto {
        raw_data: None,
        external_data: location.iter().map(entry).collect(),
        data_location: Some(1),
        ..tensor(name, 1, dims, vec![])
    }
}

/// A model of operator set 17.
#[derive(Default)]
pub struct Model {
    graph: GraphProto,
    functions: Vec<FunctionProto>,
}

impl Model {
    /// A model with these nodes.
    pub fn new(nodes: Vec<NodeProto>) -> Self {
        let graph = GraphProto { node: nodes, name: Some("graph".into()), ..Default::default() };
        Self { graph, functions: vec![] }
    }

    /// With functions of its own, in the domain `own`.
    pub fn functions(self, functions: Vec<FunctionProto>) -> Self {
        Self { functions, ..self }
    }

    /// Adds an input of floats.
    pub fn input(mut self, name: &str, shape: &[i64]) -> Self {
        self.graph.input.push(typed(name, shape));
        self
    }

    /// Adds a constant.
    pub fn constant(mut self, tensor: TensorProto) -> Self {
        self.graph.initializer.push(tensor);
        self
    }

    /// Adds an output of floats with so many dimensions, whose lengths are open.
    pub fn output(mut self, name: &str, rank: usize) -> Self {
        use proto::tensor_shape_proto::Dimension;
        let mut output = typed(name, &[]);
        if let Some(proto::type_proto::Value::TensorType(tensor)) =
            output.r#type.as_mut().and_then(|ty| ty.value.as_mut())
        {
            tensor.shape = Some(proto::TensorShapeProto { dim: vec![Dimension::default(); rank] });
        }
        self.graph.output.push(output);
        self
    }

    /// The file.
    pub fn bytes(self) -> Vec<u8> {
        let set =
            |domain: &str, version| proto::OperatorSetIdProto { domain: Some(domain.into()), version: Some(version) };
        let model = proto::ModelProto {
            ir_version: Some(8),
            opset_import: vec![set("", 17), set("com.microsoft", 1), set("own", 1)],
            graph: Some(self.graph),
            functions: self.functions,
            ..Default::default()
        };
        model.encode_to_vec()
    }
}

fn typed(name: &str, shape: &[i64]) -> ValueInfoProto {
    use proto::tensor_shape_proto::{Dimension, dimension::Value};
    let dim = |&length: &i64| Dimension { value: Some(Value::DimValue(length)), denotation: None };
    let shape = proto::TensorShapeProto { dim: shape.iter().map(dim).collect() };
    let tensor = proto::type_proto::Tensor { elem_type: Some(1), shape: Some(shape) };
    let ty = proto::TypeProto { value: Some(proto::type_proto::Value::TensorType(tensor)), denotation: None };
    ValueInfoProto { r#type: Some(ty), ..value(name) }
}
