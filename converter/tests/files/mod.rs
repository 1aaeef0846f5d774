//! ONNX files made node by node, for tests of what is read.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests fail by panicking
#![allow(dead_code)] // each test file uses its part

use edgeconv_converter::source::{ImportError, Interface, ModelFile, Onnx, Source};
use edgeconv_graph::{DType, Graph, Tensor};
use edgeconv_schema::onnx as proto;
use prost::Message;

/// A node with one output, named like it.
pub fn node(op_type: &str, inputs: &[&str], output: &str) -> proto::NodeProto {
    let names = inputs.iter().map(|&name| name.to_owned()).collect();
    proto::NodeProto { op_type: Some(op_type.into()), input: names, output: vec![output.into()], ..Default::default() }
}

/// A node of the domain `com.microsoft`.
pub fn microsoft(op_type: &str, inputs: &[&str], output: &str) -> proto::NodeProto {
    proto::NodeProto { domain: Some("com.microsoft".into()), ..node(op_type, inputs, output) }
}

/// A node with attributes.
pub fn with(mut node: proto::NodeProto, attributes: Vec<proto::AttributeProto>) -> proto::NodeProto {
    node.attribute = attributes;
    node
}

pub fn int(name: &str, value: i64) -> proto::AttributeProto {
    proto::AttributeProto { name: Some(name.into()), i: Some(value), ..Default::default() }
}

pub fn ints(name: &str, values: &[i64]) -> proto::AttributeProto {
    proto::AttributeProto { name: Some(name.into()), ints: values.to_vec(), ..Default::default() }
}

pub fn float(name: &str, value: f32) -> proto::AttributeProto {
    proto::AttributeProto { name: Some(name.into()), f: Some(value), ..Default::default() }
}

pub fn text(name: &str, value: &str) -> proto::AttributeProto {
    proto::AttributeProto { name: Some(name.into()), s: Some(value.as_bytes().to_vec().into()), ..Default::default() }
}

/// The body of a control flow operator, whose inputs and outputs have these names.
pub fn body(name: &str, inputs: &[&str], nodes: Vec<proto::NodeProto>, outputs: &[&str]) -> proto::AttributeProto {
    let named = |names: &[&str]| names.iter().map(|&name| named(name)).collect();
    let graph = proto::GraphProto { input: named(inputs), node: nodes, output: named(outputs), ..Default::default() };
    proto::AttributeProto { name: Some(name.into()), g: Some(graph), ..Default::default() }
}

fn named(name: &str) -> proto::ValueInfoProto {
    proto::ValueInfoProto { name: Some(name.into()), ..Default::default() }
}

/// A model of an operator set, and of version 1 of `com.microsoft`.
pub struct Model(pub proto::ModelProto);

impl Model {
    pub fn new(opset: i64, nodes: Vec<proto::NodeProto>) -> Self {
        let set =
            |domain: &str, version| proto::OperatorSetIdProto { domain: Some(domain.into()), version: Some(version) };
        let graph = proto::GraphProto { node: nodes, ..Default::default() };
        Self(proto::ModelProto {
            ir_version: Some(8),
            opset_import: vec![set("", opset), set("com.microsoft", 1)],
            graph: Some(graph),
            ..Default::default()
        })
    }

    fn graph(&mut self) -> &mut proto::GraphProto {
        self.0.graph.as_mut().unwrap()
    }

    /// Adds an input of floats.
    pub fn input(mut self, name: &str, shape: &[usize]) -> Self {
        use proto::tensor_shape_proto::{Dimension, dimension::Value};
        let dim = |&length: &usize| Dimension { value: Some(Value::DimValue(length as i64)), denotation: None };
        let shape = proto::TensorShapeProto { dim: shape.iter().map(dim).collect() };
        let tensor = proto::type_proto::Tensor { elem_type: Some(1), shape: Some(shape) };
        let ty = proto::TypeProto { value: Some(proto::type_proto::Value::TensorType(tensor)), denotation: None };
        self.graph().input.push(proto::ValueInfoProto { r#type: Some(ty), ..named(name) });
        self
    }

    /// Adds a constant.
    pub fn constant(mut self, name: &str, tensor: &Tensor) -> Self {
        let data_type = match tensor.dtype() {
            DType::F32 => 1,
            DType::U8 => 2,
            DType::I8 => 3,
            DType::I32 => 6,
            DType::I64 => 7,
            DType::Bool => 9,
            other => panic!("{other} has no number here"),
        };
        self.graph().initializer.push(proto::TensorProto {
            name: Some(name.into()),
            dims: tensor.shape().iter().map(|&length| length as i64).collect(),
            data_type: Some(data_type),
            raw_data: Some(tensor.bytes().clone()),
            ..Default::default()
        });
        self
    }

    pub fn floats(self, name: &str, shape: &[usize], data: &[f32]) -> Self {
        self.constant(name, &Tensor::f32(shape, data.to_vec()).unwrap())
    }

    pub fn indices(self, name: &str, data: &[i64]) -> Self {
        self.constant(name, &Tensor::indices(data.to_vec()))
    }

    /// Adds an output.
    pub fn output(mut self, name: &str) -> Self {
        self.graph().output.push(named(name));
        self
    }

    pub fn read(&self) -> Result<Graph, ImportError> {
        let graph = Onnx.read(&ModelFile::from_bytes(self.0.encode_to_vec()), &Interface::default())?;
        graph.validate()?;
        Ok(graph)
    }

    /// The model that returns these values instead.
    pub fn ending_at(&self, outputs: &[&str]) -> Result<Graph, ImportError> {
        let outputs = outputs.iter().map(|&name| name.to_owned()).collect();
        let interface = Interface { outputs, ..Interface::default() };
        Onnx.read(&ModelFile::from_bytes(self.0.encode_to_vec()), &interface)
    }

    /// What is wrong with it.
    pub fn error(&self) -> String {
        self.read().unwrap_err().to_string()
    }
}
