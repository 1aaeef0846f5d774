use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use edgeconv_graph::{Graph, Tensor, TensorType, ValueId, ValueKind};

use super::initializer::{initializer, value_info};
use super::names::Names;
use super::operators::lower;
use crate::proto::{AttributeProto, GraphProto, ModelProto, NodeProto, OperatorSetIdProto, StringStringEntryProto};

/// Operator set that suits most runtimes.
pub const DEFAULT_OPSET: i64 = 17;

/// Operator sets that can be written.
pub const OPSETS: RangeInclusive<i64> = 13..=21;

/// Why a graph can't become an ONNX file.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The operator set is not one of [`OPSETS`].
    #[error(
        "ONNX operator set {found} is not supported: choose one from {} to {}, {DEFAULT_OPSET} suits most runtimes",
        OPSETS.start(), OPSETS.end()
    )]
    UnsupportedOpset {
        /// The wanted operator set.
        found: i64,
    },
    /// A parameter or buffer has no elements.
    #[error("`{name}` {ty} has no elements: load weights or initialise the model before it is exported")]
    MissingTensor {
        /// Name of the parameter.
        name: String,
        /// Its type.
        ty: TensorType,
    },
    /// ONNX has no such operator.
    #[error("node `{node}`: ONNX has no operator {op}, a pass must replace it before the graph is exported")]
    UnsupportedOperator {
        /// Name of the node.
        node: String,
        /// Name of the operator.
        op: &'static str,
    },
    /// ONNX has the operator, but not all of what it is to do.
    #[error("node `{node}` ({op}) can't be written as ONNX: {reason}")]
    Unsupported {
        /// Name of the node.
        node: String,
        /// Name of the operator.
        op: &'static str,
        /// What is in the way.
        reason: String,
    },
    /// Inputs and outputs of a model need names of their own.
    #[error("two inputs or outputs of the graph are named `{0}`: give one of them another name")]
    DuplicateName(String),
    /// Protocol Buffers end at 2 GiB.
    #[error("the model needs {bytes} bytes, but an ONNX file can't be larger than {} bytes", i32::MAX)]
    TooLarge {
        /// Size of the model.
        bytes: usize,
    },
    /// The file system refused the file.
    #[error("can't write `{}`: {source}", path.display())]
    Write {
        /// The wanted file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// Translates `graph` into an ONNX model for an operator set of [`OPSETS`]; the weights are shared, not copied.
///
/// Nodes and values keep their names, outputs get the names that [`Graph::outputs`] gives them. The same graph always
/// gives the same model.
///
/// # Errors
/// If the operator set is not supported, if a parameter has no elements, if ONNX has no such operator, or if two inputs
/// or outputs have one name.
pub fn export(graph: &Graph, opset: i64) -> Result<ModelProto, ExportError> {
    if !OPSETS.contains(&opset) {
        return Err(ExportError::UnsupportedOpset { found: opset });
    }
    let mut exporter = Exporter::new(graph, opset)?;
    exporter.add_initializers()?;
    for node in graph.nodes() {
        lower(&mut exporter, node)?;
    }
    exporter.add_identities();
    exporter.add_value_infos();
    Ok(ModelProto {
        ir_version: Some(ir_version(opset)),
        producer_name: Some("edgeconv".to_owned()),
        producer_version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        opset_import: vec![OperatorSetIdProto { domain: Some(String::new()), version: Some(opset) }],
        graph: Some(exporter.proto),
        metadata_props: graph.metadata.iter().map(entry).collect(),
        ..ModelProto::default()
    })
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
        _ => 10,
    }
}

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
    fn new(graph: &'a Graph, opset: i64) -> Result<Self, ExportError> {
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
        Ok(exporter)
    }

    /// Inputs and outputs get exactly their names; other values give way.
    fn name_values(&mut self) -> Result<(), ExportError> {
        for &id in self.graph.inputs() {
            let name = self.graph.value(id).name.as_str();
            self.claim(name)?;
            self.names.insert(id, name.to_owned());
        }
        for (index, output) in self.graph.outputs().iter().enumerate() {
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
                let name = if value.is_constant() { value.name.clone() } else { value.original_name() };
                self.names.insert(id, self.value_names.unique(&name));
            }
        }
        Ok(())
    }

    fn claim(&mut self, name: &str) -> Result<(), ExportError> {
        if self.value_names.claim(name) { Ok(()) } else { Err(ExportError::DuplicateName(name.to_owned())) }
    }

    fn add_initializers(&mut self) -> Result<(), ExportError> {
        for id in self.graph.used_constants() {
            let value = self.graph.value(id);
            let missing = || ExportError::MissingTensor { name: value.name.clone(), ty: value.ty.clone() };
            let tensor = value.tensor().ok_or_else(missing)?;
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
        let computed = graph.nodes().iter().flat_map(|node| &node.outputs);
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
        let name = self.value_names.unique(name);
        self.proto.value_info.push(value_info(&name, ty));
        name
    }

    /// Adds a constant, once for all nodes that need it; returns its name. `name` must tell the contents.
    pub(super) fn add_constant(&mut self, name: String, tensor: &Tensor) -> String {
        if let Some(name) = self.constants.get(&name) {
            return name.clone();
        }
        let unique = self.value_names.unique(&name);
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
        let name = Some(self.node_names.unique(name));
        let op_type = Some(op_type.to_owned());
        self.proto.node.push(NodeProto { name, op_type, input, output, attribute, ..NodeProto::default() });
    }
}
