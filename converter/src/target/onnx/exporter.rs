//! A graph on its way into a file: names, constants and nodes.

use std::collections::HashMap;

use edgeconv_graph::{Graph, Names, Tensor, TensorType, ValueId, ValueKind};

use super::ExportError;
use super::initializer::{initializer, value_info};
use crate::content::Content;
use crate::proto::{AttributeProto, GraphProto, ModelProto, NodeProto, OperatorSetIdProto, StringStringEntryProto};

/// Bytes from which on equal constants are stored once; a smaller one is worth less than its name.
const WORTH_SHARING: usize = 1 << 12;

/// A graph on its way into a file.
pub(super) struct Exporter<'a> {
    pub(super) graph: &'a Graph,
    pub(super) opset: i64,
    /// The name of each value of the graph in the file.
    names: HashMap<ValueId, String>,
    /// The outputs (as indices) that no node can produce under their names.
    copied_outputs: Vec<usize>,
    /// Small constants that were added for operands which the graph has as attributes.
    constants: HashMap<String, String>,
    value_names: Names,
    node_names: Names,
    proto: GraphProto,
}

impl<'a> Exporter<'a> {
    /// Names all values, and stores the constants.
    pub(super) fn new(graph: &'a Graph, opset: i64) -> Result<Self, ExportError> {
        let mut exporter = Self {
            graph,
            opset,
            names: HashMap::new(),
            copied_outputs: vec![],
            constants: HashMap::new(),
            value_names: Names::default(),
            node_names: Names::default(),
            proto: GraphProto { name: Some(graph.name.clone()), ..GraphProto::default() },
        };
        exporter.name_values()?;
        exporter.add_initializers()?;
        Ok(exporter)
    }

    /// The file, when all nodes are in it.
    pub(super) fn finish(mut self) -> ModelProto {
        self.add_identities();
        self.add_value_infos();
        ModelProto {
            ir_version: Some(ir_version(self.opset)),
            producer_name: Some("edgeconv".to_owned()),
            producer_version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            opset_import: vec![OperatorSetIdProto { domain: Some(String::new()), version: Some(self.opset) }],
            graph: Some(self.proto),
            metadata_props: self.graph.metadata.iter().map(entry).collect(),
            ..ModelProto::default()
        }
    }

    /// Inputs and outputs get exactly their names; other values give way.
    fn name_values(&mut self) -> Result<(), ExportError> {
        for &id in self.graph.inputs() {
            let name = self.graph.value(id).name.as_str();
            self.claim(name)?;
            self.names.insert(id, name.to_owned());
        }
        for (index, output) in self.graph.outputs().iter().enumerate() {
            if self.names.get(&output.value) == Some(&output.name) {
                // An input that is handed through.
                continue;
            }
            self.claim(&output.name)?;
            let computed = self.graph.value(output.value).kind == ValueKind::Computed;
            if computed && !self.names.contains_key(&output.value) {
                self.names.insert(output.value, output.name.clone());
            } else {
                self.copied_outputs.push(index);
            }
        }
        for (id, value) in self.graph.values() {
            if !self.names.contains_key(&id) {
                let mut name = if value.is_constant() { value.name.clone() } else { value.original_name() };
                self.value_names.take(&mut name);
                self.names.insert(id, name);
            }
        }
        Ok(())
    }

    fn claim(&mut self, name: &str) -> Result<(), ExportError> {
        if self.value_names.claim(name) { Ok(()) } else { Err(ExportError::DuplicateName(name.to_owned())) }
    }

    fn add_initializers(&mut self) -> Result<(), ExportError> {
        let mut stored = HashMap::new();
        for id in self.graph.used_constants() {
            let value = self.graph.value(id);
            let missing = || ExportError::MissingTensor { name: value.name.clone(), ty: value.ty.clone() };
            let tensor = value.tensor().ok_or_else(missing)?;
            let same = *stored.entry((Content(tensor.bytes()), &value.ty)).or_insert(id);
            if same != id && tensor.bytes().len() >= WORTH_SHARING {
                self.names.insert(id, self.name(same).to_owned());
                continue;
            }
            self.proto.initializer.push(initializer(self.name(id), tensor));
        }
        Ok(())
    }

    fn add_identities(&mut self) {
        for index in std::mem::take(&mut self.copied_outputs) {
            let output = &self.graph.outputs()[index];
            let input = self.name(output.value).to_owned();
            self.emit(&output.name, "Identity", vec![input], vec![output.name.clone()], vec![]);
        }
    }

    fn add_value_infos(&mut self) {
        let graph = self.graph;
        let inputs = graph.inputs().iter().map(|&id| value_info(self.name(id), graph.ty(id))).collect();
        let outputs = graph.outputs().iter().map(|output| value_info(&output.name, graph.ty(output.value))).collect();
        let computed = graph.nodes().flat_map(|node| &node.outputs);
        let inner: Vec<_> = computed
            .filter(|&&id| graph.outputs().iter().all(|output| output.name != self.name(id)))
            .map(|&id| value_info(self.name(id), graph.ty(id)))
            .collect();
        self.proto.input = inputs;
        self.proto.output = outputs;
        self.proto.value_info.extend(inner);
    }

    /// The name of a value in the file.
    pub(super) fn name(&self, id: ValueId) -> &str {
        &self.names[&id] // every value of the graph was given a name at the start
    }

    /// Adds a value between the nodes that one node of the graph becomes; returns its name.
    pub(super) fn add_intermediate(&mut self, name: &str, ty: &TensorType) -> String {
        let mut name = name.to_owned();
        self.value_names.take(&mut name);
        self.proto.value_info.push(value_info(&name, ty));
        name
    }

    /// Adds a constant, once for all nodes that need it; returns its name. `name` must tell the contents.
    pub(super) fn add_constant(&mut self, name: String, tensor: &Tensor) -> String {
        if let Some(name) = self.constants.get(&name) {
            return name.clone();
        }
        let mut unique = name.clone();
        self.value_names.take(&mut unique);
        self.proto.initializer.push(initializer(&unique, tensor));
        self.constants.insert(name, unique.clone());
        unique
    }

    /// Adds a node.
    pub(super) fn emit(
        &mut self,
        name: &str,
        op_type: &str,
        input: Vec<String>,
        output: Vec<String>,
        attribute: Vec<AttributeProto>,
    ) {
        let mut name = name.to_owned();
        self.node_names.take(&mut name);
        let (name, op_type) = (Some(name), Some(op_type.to_owned()));
        self.proto.node.push(NodeProto { name, op_type, input, output, attribute, ..NodeProto::default() });
    }
}

fn entry((key, value): (&String, &String)) -> StringStringEntryProto {
    StringStringEntryProto { key: Some(key.clone()), value: Some(value.clone()) }
}

/// The version of the file format that came out with an operator set (ONNX, docs/Versioning.md).
fn ir_version(opset: i64) -> i64 {
    match opset {
        ..=14 => 7,
        15..=18 => 8,
        19..=20 => 9,
        21..=22 => 10,
        23 => 11,
        24 => 12,
        25..=27 => 13,
        _ => 14,
    }
}
