//! ONNX files become graphs.
//!
//! All shapes are fixed, so they are known while the nodes are read one after the other: what depends on constants and shapes
//! only is evaluated at once, and only operators on data get into the graph. `operators` has one file per family.

mod end;
mod error;
mod file;
mod inline;
mod node;
mod operators;
mod steps;
mod tensor;
mod width;

use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;
use std::path::Path;
use std::rc::Rc;

use edgeconv_graph::{Builder, DType, Graph, GraphError, Op, Tensor, TensorType, ValueId};
use prost::Message;

use crate::proto::tensor_proto::DataType;
use crate::proto::{
    FunctionProto, GraphProto, ModelProto, NodeProto, TensorProto, ValueInfoProto, tensor_shape_proto, type_proto,
};
pub(crate) use end::end_at;
pub use end::write_ending_at;
pub use error::ImportError;
pub(crate) use file::{decode, read as decode_whole};
use node::Node;
pub use operators::{Accuracy, Entry as SupportedOperator, supported as supported_operators};
use width::Quantized;

/// What the user says about a model's inputs and outputs, by name.
#[derive(Debug, Clone, Default)]
pub struct Interface {
    /// Shapes of inputs that have open dimensions in the file.
    pub shapes: HashMap<String, Vec<usize>>,
    /// Inputs that get a fixed value, and are none any more; such as shapes and axes that a model takes as inputs.
    pub values: HashMap<String, Tensor>,
    /// What the model is to return instead of its own outputs, such as what goes into nodes that MNN can't have; empty: its own.
    pub outputs: Vec<String>,
}

/// Reads an ONNX file.
///
/// # Errors
/// If the file can't be read, a shape is open or contradicts the file, or a node can't be imported; the error names it.
pub fn read(path: &Path, interface: &Interface) -> Result<Graph, ImportError> {
    let model = file::read(path)?;
    let no_model = |reason: String| ImportError::NoModel { path: path.to_owned(), reason };
    let opset = model.opset_import.iter().find(|set| matches!(set.domain(), "" | "ai.onnx"));
    let opset =
        opset.map(|set| set.version()).ok_or_else(|| no_model("it does not say which operator set it uses".into()))?;
    let (version, known) = (model.ir_version(), OPSETS.contains(&opset) && IR_VERSIONS.contains(&model.ir_version()));
    if !known {
        return Err(no_model(format!(
            "it has IR version {version} and operator set {opset}, expected {} to {} and {} to {}: export it again with operator set \
             17, or change it with the Python package onnx, version_converter.convert_version(model, 17)",
            IR_VERSIONS.start(),
            IR_VERSIONS.end(),
            OPSETS.start(),
            OPSETS.end()
        )));
    }
    let metadata = metadata(&model);
    let ModelProto { graph, functions, .. } = model;
    let graph = graph.ok_or_else(|| no_model("it holds no graph".into()))?;
    let mut graph = import(graph, functions, opset, interface)?;
    graph.metadata = metadata;
    Ok(graph)
}

/// What a file keeps about the model besides the network.
pub(crate) fn metadata(model: &ModelProto) -> BTreeMap<String, String> {
    model.metadata_props.iter().map(|entry| (entry.key().to_owned(), entry.value().to_owned())).collect()
}

/// Operator sets that can be read; before 7, only operators that have not changed since.
pub const OPSETS: RangeInclusive<i64> = 1..=24;

/// Versions of the file format that can be read.
const IR_VERSIONS: RangeInclusive<i64> = 3..=14;

/// Names of a model's inputs, in the file's order.
///
/// # Errors
/// If the file can't be read or holds no model.
pub fn input_names(path: &Path) -> Result<Vec<String>, ImportError> {
    let graph = file::decode(path)?.graph.unwrap_or_default();
    Ok(graph.input.iter().filter(|input| !is_initializer(&graph, input)).map(|input| input.name().to_owned()).collect())
}

/// Before IR version 4, initialisers are listed among the inputs.
fn is_initializer(graph: &GraphProto, input: &ValueInfoProto) -> bool {
    graph.initializer.iter().any(|initializer| initializer.name() == input.name())
}

/// Reads a file that holds a single tensor (`TensorProto`), such as the inputs and outputs of ONNX's own tests.
///
/// # Errors
/// If the file can't be read or is no tensor of numbers.
pub fn read_tensor(path: &Path) -> Result<Tensor, ImportError> {
    let bytes = std::fs::read(path).map_err(|source| ImportError::Read { path: path.to_owned(), source })?;
    let name = || path.display().to_string();
    let proto = TensorProto::decode(bytes::Bytes::from(bytes));
    let proto = proto.map_err(|error| ImportError::Tensor { name: name(), reason: error.to_string() })?;
    tensor::read(&proto).map_err(|reason| ImportError::Tensor { name: name(), reason })
}

fn import(
    mut graph: GraphProto,
    functions: Vec<FunctionProto>,
    opset: i64,
    interface: &Interface,
) -> Result<Graph, ImportError> {
    if interface.outputs.is_empty() {
        end::drop_unneeded_nodes(&mut graph);
    } else {
        end::end_at(&mut graph, &interface.outputs)?;
    }
    let name = graph.name.clone().unwrap_or_default();
    let mut importer = Importer {
        b: Builder::new(name),
        values: HashMap::new(),
        widths: HashMap::new(),
        quantized: HashMap::new(),
        opset,
        functions: functions.into(),
        scopes: vec![],
        nodes: 0,
        reshaped: HashMap::new(),
        sequences: HashMap::new(),
    };
    importer.add_inputs(&graph, interface)?;
    let results = importer.graph(&graph)?;
    for (output, id) in graph.output.iter().zip(results) {
        if importer.sequences.contains_key(&id) {
            let reason = "it is a sequence of tensors, which MNN does not have; return the tensors themselves".into();
            return Err(ImportError::Tensor { name: output.name().to_owned(), reason });
        }
        importer.b.output(output.name(), id);
    }
    let graph = importer.b.finish();
    expect_returned_boxes(&graph, opset)?;
    Ok(graph)
}

/// Selected boxes stand among rows that are not needed: what reads them would take those for boxes too.
fn expect_returned_boxes(graph: &Graph, opset: i64) -> Result<(), ImportError> {
    let consumers = graph.consumers();
    for node in graph.nodes().iter().filter(|node| matches!(node.op, Op::NonMaxSuppression(_))) {
        if let Some(&user) = consumers.of(node.outputs[0]).first() {
            let inputs: Vec<_> = node.inputs.iter().map(|&id| graph.value(id).name.as_str()).collect();
            return Err(ImportError::Unsupported {
                node: node.name.clone(),
                op: node.op.operator().name().into(),
                opset,
                reason: format!(
                    "how many boxes it selects depends on the data, so nothing but the model's user can read them, found `{}`; end \
                     the model here with --end-at {}, or before with --end-at {}",
                    graph.nodes()[user].name,
                    node.name,
                    inputs.join(",")
                ),
            });
        }
    }
    Ok(())
}

/// What is larger is computed at run time, even if it is known: the file would be larger than what it is made from.
const MAX_FOLDED: usize = 1 << 25;

/// Functions that call others and loops in loops can stand for any number of nodes.
const MAX_NODES: usize = 200_000;

/// The graph so far.
struct Importer {
    b: Builder,
    /// Values of the graph by their names in the file.
    values: HashMap<String, ValueId>,
    /// Which whole numbers a value can hold in the file.
    widths: HashMap<ValueId, DataType>,
    /// Results of quantisation.
    quantized: HashMap<ValueId, Quantized>,
    opset: i64,
    /// Operators that the model defines itself.
    functions: Rc<[FunctionProto]>,
    /// Names of the nodes whose functions or subgraphs are being imported, outermost first.
    scopes: Vec<String>,
    /// Number of nodes so far.
    nodes: usize,
    /// What the values that steps of nodes have reshaped were before.
    reshaped: HashMap<ValueId, ValueId>,
    /// Elements of the sequences that constants stand for.
    sequences: HashMap<ValueId, Rc<[ValueId]>>,
}

impl Importer {
    /// Imports a graph whose inputs are known; returns its results.
    fn graph(&mut self, graph: &GraphProto) -> Result<Vec<ValueId>, ImportError> {
        let failed =
            |name: &str, reason: &str| ImportError::Tensor { name: name.to_owned(), reason: reason.to_owned() };
        for proto in &graph.initializer {
            let tensor = tensor::read(proto).map_err(|reason| failed(proto.name(), &reason))?;
            let id = self.constant(proto.name(), tensor)?;
            self.note_width(id, proto.data_type());
            self.values.insert(proto.name().to_owned(), id);
        }
        if let Some(sparse) = graph.sparse_initializer.first() {
            let name = sparse.values.as_ref().map_or("", |values| values.name());
            return Err(failed(name, "it is sparse, expected dense tensors"));
        }
        graph.node.iter().try_for_each(|node| self.node(node))?;
        let result = |output: &ValueInfoProto| self.values.get(output.name()).copied();
        let missing = |output: &ValueInfoProto| failed(output.name(), "no node computes this output");
        graph.output.iter().map(|output| result(output).ok_or_else(|| missing(output))).collect()
    }

    fn add_inputs(&mut self, graph: &GraphProto, given: &Interface) -> Result<(), ImportError> {
        let inputs: Vec<_> = graph.input.iter().filter(|input| !is_initializer(graph, input)).collect();
        let unknown = |name: &&String| inputs.iter().all(|input| input.name() != name.as_str());
        if let Some(name) = given.shapes.keys().chain(given.values.keys()).find(unknown) {
            let names = inputs.iter().map(|input| input.name().to_owned()).collect();
            return Err(ImportError::NoSuchInput { name: name.clone(), names });
        }
        for input in inputs {
            let name = input.name();
            let value = given.values.get(name);
            let shape = given.shapes.get(name).map(Vec::as_slice).or(value.map(Tensor::shape));
            let elem_type = input_type(input)?;
            let dtype =
                tensor::dtype(elem_type).map_err(|reason| ImportError::Tensor { name: name.to_owned(), reason })?;
            let ty = TensorType::new(dtype, input_shape(input, shape)?);
            countable(name, &ty)?;
            let id = match value {
                Some(value) if value.ty() == ty => self.b.constant(name, value.clone())?,
                // Other formats have no truth values.
                Some(value) if value.ty().dtype == DType::I64 && ty.dtype == DType::Bool => {
                    let truth = value.as_i64().unwrap_or_default().iter().map(|&x| x != 0).collect();
                    self.b.constant(name, Tensor::bool(ty.shape, truth).map_err(GraphError::from)?)?
                }
                Some(value) => {
                    let reason = format!("it can't have a value of type {}, expected {ty}", value.ty());
                    return Err(ImportError::Tensor { name: name.to_owned(), reason });
                }
                None => self.b.typed_input(name, ty)?,
            };
            self.note_width(id, elem_type);
            self.values.insert(name.to_owned(), id);
        }
        Ok(())
    }

    fn node(&mut self, proto: &NodeProto) -> Result<(), ImportError> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            let reason = format!("with its functions and loops written out, the model has more than {MAX_NODES} nodes");
            return Err(ImportError::Tensor { name: proto.output.first().cloned().unwrap_or_default(), reason });
        }
        let functions = Rc::clone(&self.functions);
        let is_called = |function: &&FunctionProto| {
            function.name() == proto.op_type()
                && function.domain() == proto.domain()
                && function.overload() == proto.overload()
        };
        let function = functions.iter().find(is_called);
        let mut node = Node { proto, importer: self, steps: 0 };
        match function {
            Some(function) => inline::call(&mut node, function),
            None => operators::import(&mut node),
        }
    }

    /// Adds a constant.
    fn constant(&mut self, name: &str, tensor: Tensor) -> Result<ValueId, ImportError> {
        countable(name, &tensor.ty())?;
        let name = self.full_name(name);
        Ok(self.b.constant(&name, tensor)?)
    }

    /// The name in the graph for a name in the file: what functions and subgraphs compute is named after their calls too.
    fn full_name(&self, name: &str) -> String {
        self.scopes.iter().map(String::as_str).chain([name]).collect::<Vec<_>>().join("/")
    }

    /// Applies an operator: now if all operands are known and the graph can evaluate it, else at run time.
    fn apply(&mut self, name: &str, op: Op, inputs: &[ValueId]) -> Result<Vec<ValueId>, ImportError> {
        // Of what has no elements all is known.
        let nothing: Vec<_> = inputs.iter().map(|&id| empty(self.b.ty(id))).collect();
        let known: Option<Vec<_>> =
            inputs.iter().zip(&nothing).map(|(&id, nothing)| self.b.tensor(id).or(nothing.as_ref())).collect();
        let fits = |known: &Vec<&Tensor>| {
            let types: Vec<_> = known.iter().map(|tensor| tensor.ty()).collect();
            let results = op.operator().infer(&types.iter().collect::<Vec<_>>());
            let elements =
                |results: Vec<TensorType>| results.iter().map(TensorType::len).fold(0, usize::saturating_add);
            results.is_ok_and(|results| elements(results) <= MAX_FOLDED)
        };
        let name = self.full_name(name);
        match known.filter(fits).and_then(|known| op.operator().evaluate(&known)) {
            Some(results) if results.len() == 1 => {
                results.into_iter().map(|result| Ok(self.b.constant(&name, result)?)).collect()
            }
            Some(results) => {
                let add = |(index, result)| Ok(self.b.constant(&format!("{name}.{index}"), result)?);
                results.into_iter().enumerate().map(add).collect()
            }
            None => {
                let results = self.b.nodes(&name, op, inputs)?;
                results.iter().try_for_each(|&id| countable(&name, self.b.ty(id)))?;
                Ok(results)
            }
        }
    }
}

/// Refuses what MNN can't count, also if it has no elements in the end: products of lengths need no further care.
fn countable(name: &str, ty: &TensorType) -> Result<(), ImportError> {
    let count = ty.shape.iter().fold(1, |count: usize, &length| count.saturating_mul(length.max(1)));
    if count < 1 << 31 {
        return Ok(());
    }
    let reason = format!("it is {ty}, MNN counts less than 2³¹ elements");
    Err(ImportError::Tensor { name: name.to_owned(), reason })
}

/// The element type of an input as the file has it.
fn input_type(input: &ValueInfoProto) -> Result<i32, ImportError> {
    match input.r#type.as_ref().and_then(|ty| ty.value.as_ref()) {
        Some(type_proto::Value::TensorType(tensor)) => Ok(tensor.elem_type()),
        _ => {
            let reason = "it is a sequence, a map or optional, expected a tensor".to_owned();
            Err(ImportError::Tensor { name: input.name().to_owned(), reason })
        }
    }
}

/// The tensor of a type without elements.
fn empty(ty: &TensorType) -> Option<Tensor> {
    let tensor = match ty.dtype {
        DType::F32 => Tensor::f32(ty.shape.clone(), vec![]),
        DType::I64 => Tensor::i64(ty.shape.clone(), vec![]),
        DType::Bool => Tensor::bool(ty.shape.clone(), vec![]),
    };
    tensor.ok()
}

/// The shape of an input: as the file has it, with open dimensions as given.
fn input_shape(input: &ValueInfoProto, given: Option<&[usize]>) -> Result<Vec<usize>, ImportError> {
    use tensor_shape_proto::dimension::Value;
    let dims = match input.r#type.as_ref().and_then(|ty| ty.value.as_ref()) {
        Some(type_proto::Value::TensorType(tensor)) => tensor.shape.as_ref().map(|shape| &shape.dim),
        _ => None,
    };
    let fixed = |value: &Option<Value>| match value {
        Some(Value::DimValue(length)) => usize::try_from(*length).ok().filter(|&length| length > 0),
        _ => None,
    };
    let name = input.name().to_owned();
    let known: Option<Vec<Option<usize>>> = dims.map(|dims| dims.iter().map(|dim| fixed(&dim.value)).collect());
    match (known, given) {
        (Some(known), None) if known.iter().all(Option::is_some) => Ok(known.into_iter().flatten().collect()),
        (known, None) => {
            let dim = |dim: &Option<usize>| dim.map_or("?".to_owned(), |length| length.to_string());
            let shape = known.map_or("unknown".into(), |known| known.iter().map(dim).collect::<Vec<_>>().join("x"));
            Err(ImportError::OpenShape { name, shape })
        }
        (Some(known), Some(given)) => {
            let fits = known.len() == given.len()
                && known.iter().zip(given).all(|(known, given)| known.is_none_or(|known| known == *given));
            let reason = || format!("the file has {known:?}");
            if fits {
                Ok(given.to_vec())
            } else {
                Err(ImportError::BadShape { name, shape: given.to_vec(), reason: reason() })
            }
        }
        (None, Some(given)) => Ok(given.to_vec()),
    }
}
