//! A node with what is around it.

use edgeconv_schema::onnx::tensor_proto::DataType;
use edgeconv_schema::onnx::{AttributeProto, GraphProto, NodeProto, OperatorSetIdProto};

use super::values::{Dim, Values};

/// Where a node is.
pub struct Scope<'a> {
    /// The version of ONNX's own operators.
    pub opset: i64,
    pub values: &'a Values<'a>,
    /// Whether it is in the body of a loop, a branch or a function.
    pub inside: bool,
}

/// A node.
pub struct Site<'a> {
    pub node: &'a NodeProto,
    pub scope: &'a Scope<'a>,
}

impl<'a> Site<'a> {
    pub fn attribute(&self, name: &str) -> Option<&'a AttributeProto> {
        attribute(self.node, name)
    }

    pub fn integer(&self, name: &str, default: i64) -> i64 {
        self.attribute(name).map_or(default, AttributeProto::i)
    }

    pub fn is(&self, name: &str, text: &str) -> bool {
        self.attribute(name).is_some_and(|attribute| attribute.s() == text.as_bytes())
    }

    /// The name of an operand that is not left out.
    pub fn input(&self, index: usize) -> Option<&'a str> {
        self.node.input.get(index).map(String::as_str).filter(|name| !name.is_empty())
    }

    pub fn inputs(&self) -> impl Iterator<Item = &'a str> {
        self.node.input.iter().map(String::as_str).filter(|name| !name.is_empty())
    }

    pub fn input_shape(&self, index: usize) -> Option<Vec<Dim>> {
        self.scope.values.shape(self.input(index)?)
    }

    pub fn output_shape(&self) -> Option<Vec<Dim>> {
        self.scope.values.shape(self.node.output.first()?)
    }

    /// The element type of an operand, if it is known.
    pub fn input_type(&self, index: usize) -> Option<DataType> {
        self.scope.values.element_type(self.input(index)?)
    }

    /// The element type of the first result, if it is known.
    pub fn output_type(&self) -> Option<DataType> {
        self.scope.values.element_type(self.node.output.first()?)
    }
}

pub fn attribute<'a>(node: &'a NodeProto, name: &str) -> Option<&'a AttributeProto> {
    node.attribute.iter().find(|attribute| attribute.name() == name)
}

/// Bodies of loops and branches.
pub fn subgraphs(attribute: &AttributeProto) -> impl Iterator<Item = &GraphProto> {
    attribute.g.iter().chain(&attribute.graphs)
}

/// The version of ONNX's own operators.
pub fn opset(sets: &[OperatorSetIdProto]) -> i64 {
    sets.iter().find(|set| is_onnx(set.domain())).map_or(1, OperatorSetIdProto::version)
}

pub fn is_onnx(domain: &str) -> bool {
    matches!(domain, "" | "ai.onnx")
}
