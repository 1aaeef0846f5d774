//! Operators that an operator set does not have, in steps that it has.

use edgeconv_graph::{Node, Tensor, TensorType};

use crate::proto::AttributeProto;
use crate::target::onnx::exporter::Exporter;

/// The nodes that one node of the graph becomes.
pub(super) struct Steps<'e, 'g> {
    pub exporter: &'e mut Exporter<'g>,
    pub node: &'e Node,
}

impl Steps<'_, '_> {
    /// The name of an operand.
    pub fn operand(&self, index: usize) -> String {
        self.exporter.name(self.node.inputs[index]).to_owned()
    }

    /// Type of the result, and of most steps.
    pub fn ty(&self) -> TensorType {
        self.exporter.graph.ty(self.node.outputs[0]).clone()
    }

    /// The name of a constant number.
    pub fn scalar(&mut self, value: f32) -> String {
        self.exporter.add_constant(format!("float.{value}"), &Tensor::scalar(value))
    }

    /// Adds a node; returns the name of its result.
    pub fn step(&mut self, op: &str, inputs: &[&str], ty: TensorType, attributes: Vec<AttributeProto>) -> String {
        let name = format!("{}.{}", self.node.name, op.to_lowercase());
        let result = self.exporter.add_intermediate(&name, &ty);
        let inputs = inputs.iter().map(|&input| input.to_owned()).collect();
        self.exporter.emit(&name, op, inputs, vec![result.clone()], attributes);
        result
    }

    /// Adds the last node.
    pub fn finish(&mut self, op: &str, inputs: &[&str]) {
        let output = self.exporter.name(self.node.outputs[0]).to_owned();
        let inputs = inputs.iter().map(|&input| input.to_owned()).collect();
        self.exporter.emit(&self.node.name, op, inputs, vec![output], vec![]);
    }
}
