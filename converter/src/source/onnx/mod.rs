//! ONNX files become graphs.
//!
//! Integers have the width in the graph that they have in the file. Floats of 16 and 64 bits become ones of 32 bits, in which all
//! targets compute; smaller ones are weights, which only `Cast` and `DequantizeLinear` read.
//!
//! All shapes are fixed, so they are known while the nodes are read one after the other: what depends on constants and shapes
//! only is evaluated at once, and only operators on data get into the graph. `operators` has one file per family.

mod bounded;
mod decode;
mod end;
mod inline;
mod names;
mod node;
mod operators;
mod sizes;
mod sort;
mod steps;
mod tensor;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use edgeconv_files::Budget;
use edgeconv_graph::{Builder, Graph, Op, Patch, Tensor, TensorType, ValueId};
use edgeconv_session::open::{Dim, Open, OpenShape, OpenShapes};
use prost::Message;

use crate::folding::{COPIES, Folding, Unfolded};
use crate::proto::{
    FunctionProto, GraphProto, ModelProto, NodeProto, OperatorSetIdProto, TensorProto, ValueInfoProto,
    tensor_shape_proto, type_proto,
};
use crate::source::{Advice, ImportError, Interface, KnownValue, ModelFile, Parts, SizedValues, Source};
use crate::target::Listing;
pub use bounded::COUNTED;
use bounded::Rows;
pub(crate) use decode::{decode, decode_whole, encode, not_a_model};
pub(crate) use end::end_at;
use names::Names;
use node::Node;
pub use operators::{Entry as SupportedOperator, supported as supported_operators};
use sizes::{Arithmetic, Known};

/// ONNX files.
#[derive(Debug, Clone, Copy)]
pub struct Onnx;

impl Source for Onnx {
    fn name(&self) -> &'static str {
        "ONNX"
    }

    fn recognizes(&self, beginning: &[u8]) -> bool {
        decode::recognizes(beginning)
    }

    fn list(&self, file: &ModelFile) -> Result<Listing, ImportError> {
        crate::target::onnx::list(file)
    }

    fn input_names(&self, file: &ModelFile) -> Result<Vec<String>, ImportError> {
        Ok(input_names(&decode(file, Parts::Small)?))
    }

    fn shapes(&self, file: &ModelFile) -> Result<OpenShapes, ImportError> {
        Ok(shapes(&decode(file, Parts::Small)?))
    }

    fn read(&self, file: &ModelFile, interface: &Interface) -> Result<Graph, ImportError> {
        Model::of(file)?.read(interface)
    }

    fn known(&self, file: &ModelFile, interface: &Interface) -> Result<HashMap<String, KnownValue>, ImportError> {
        Model::of(file)?.known(interface)
    }

    fn beside(&self, file: &ModelFile) -> Result<BTreeSet<PathBuf>, ImportError> {
        decode::locations(file)
    }

    fn fixed(&self, file: &ModelFile, interface: &Interface) -> Result<Vec<u8>, ImportError> {
        Model::of(file)?.fixed(interface)
    }
}

/// Names of a model's inputs, in its order.
pub(super) fn input_names(model: &ModelProto) -> Vec<String> {
    inputs(model).map(|input| input.name().to_owned()).collect()
}

/// The shapes of a model's inputs, as it has them.
pub(super) fn shapes(model: &ModelProto) -> OpenShapes {
    OpenShapes(inputs(model).filter_map(|input| Some((input.name().to_owned(), declared_shape(input)?))).collect())
}

fn inputs(model: &ModelProto) -> impl Iterator<Item = &ValueInfoProto> {
    model.graph.iter().flat_map(|graph| graph.input.iter().filter(move |input| !is_initializer(graph, input)))
}

/// A model in ONNX's messages, wherever they come from, all of whose tensors hold their elements.
pub(super) struct Model {
    /// What errors call the file.
    pub file: String,
    pub proto: ModelProto,
    /// What else may be allocated for it.
    pub budget: Budget,
}

impl Model {
    fn of(file: &ModelFile) -> Result<Self, ImportError> {
        let (proto, budget) = decode_whole(file)?;
        Ok(Self { file: file.name().to_owned(), proto, budget })
    }

    /// Its graph.
    pub fn read(self, interface: &Interface) -> Result<Graph, ImportError> {
        let (mut importer, graph) = Importer::of(self, interface)?;
        let results = importer.graph(&graph)?;
        finish(importer, &graph, results)
    }

    /// What of its values is known when it is read.
    pub fn known(self, interface: &Interface) -> Result<HashMap<String, KnownValue>, ImportError> {
        let (mut importer, graph) = Importer::of(self, interface)?;
        importer.graph(&graph)?;
        Ok(importer.known(&graph))
    }

    /// The bytes of a file of it with nothing beside it.
    pub fn fixed(self, interface: &Interface) -> Result<Vec<u8>, ImportError> {
        let Self { proto, budget, .. } = self.prepared(interface)?;
        decode::encode(&proto, &budget)
    }

    /// With the inputs, outputs and operator set that the interface says; nodes that nobody needs are left out.
    fn prepared(mut self, interface: &Interface) -> Result<Self, ImportError> {
        if let Some(opset) = interface.opset {
            self.proto.opset_import.retain(|set| !matches!(set.domain(), "" | "ai.onnx"));
            self.proto.opset_import.push(OperatorSetIdProto { domain: None, version: Some(opset) });
        }
        let no_graph = || decode::not_a_model(&self.file, "it holds no graph".into());
        let graph = self.proto.graph.as_mut().ok_or_else(no_graph)?;
        end::begin_at(graph, &interface.shapes);
        if interface.outputs.is_empty() {
            end::drop_unneeded_nodes(graph);
        } else {
            end_at(graph, &interface.outputs)?;
        }
        Ok(self)
    }
}

/// The operator set of a model, if it and the version of the file format can be read.
fn opset(model: &ModelProto) -> Result<i64, String> {
    let opset = model.opset_import.iter().find(|set| matches!(set.domain(), "" | "ai.onnx"));
    // Without one, it can only have operators of other domains.
    let others = (!model.opset_import.is_empty()).then_some(*OPSETS.end());
    let opset = opset.map(|set| set.version()).or(others).ok_or("it does not say which operator set it uses")?;
    let version = model.ir_version();
    if OPSETS.contains(&opset) && IR_VERSIONS.contains(&version) {
        return Ok(opset);
    }
    Err(format!(
        "it has IR version {version} and operator set {opset}, expected {} to {} and {} to {}: export it again with one of those",
        IR_VERSIONS.start(),
        IR_VERSIONS.end(),
        OPSETS.start(),
        OPSETS.end()
    ))
}

/// The versions of all domains that the model, or a function in it, uses operators of.
fn domains(model: &ModelProto) -> BTreeMap<String, i64> {
    let inside = model.functions.iter().flat_map(|function| &function.opset_import);
    // The model's own come last, and win.
    inside.chain(&model.opset_import).map(|set| (set.domain().to_owned(), set.version())).collect()
}

/// What a file keeps about the model besides the network.
pub(crate) fn metadata(model: &ModelProto) -> BTreeMap<String, String> {
    model.metadata_props.iter().map(|entry| (entry.key().to_owned(), entry.value().to_owned())).collect()
}

/// Operator sets that can be read; before 7, only operators that have not changed since.
pub const OPSETS: RangeInclusive<i64> = 1..=28;

/// Versions of the file format that can be read.
const IR_VERSIONS: RangeInclusive<i64> = 3..=14;

/// Before IR version 4, initialisers are listed among the inputs.
fn is_initializer(graph: &GraphProto, input: &ValueInfoProto) -> bool {
    graph.initializer.iter().any(|initializer| initializer.name() == input.name())
}

/// The shape that a file gives an input; `None` if it does not say how many dimensions it has.
fn declared_shape(input: &ValueInfoProto) -> Option<OpenShape> {
    let Some(type_proto::Value::TensorType(ty)) = input.r#type.as_ref()?.value.as_ref() else { return None };
    let dim = |dim: &tensor_shape_proto::Dimension| match &dim.value {
        Some(tensor_shape_proto::dimension::Value::DimValue(length)) if *length > 0 => Dim::Fixed(*length as usize),
        Some(tensor_shape_proto::dimension::Value::DimParam(name)) if !name.is_empty() => {
            Dim::Open(Open { name: Some(as_name(name)), ..Open::ANY })
        }
        _ => Dim::Open(Open::ANY),
    };
    Some(ty.shape.as_ref()?.dim.iter().map(dim).collect())
}

/// What stands for a dimension's name in shapes: there it begins with a letter, and has no `x`, which separates dimensions.
fn as_name(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() && c != 'x' { c } else { '_' };
    let name: String = name.chars().map(plain).collect();
    if name.starts_with(|c: char| c.is_ascii_digit()) { format!("_{name}") } else { name }
}

/// Reads a file that holds a single tensor (`TensorProto`), such as the inputs and outputs of ONNX's own tests.
///
/// # Errors
/// If the file can't be read or is not a tensor of numbers.
pub fn read_tensor(path: &Path) -> Result<Tensor, ImportError> {
    let bytes = edgeconv_files::read(path).map_err(|source| ImportError::Read { path: path.to_owned(), source })?;
    let name = || path.display().to_string();
    let proto = TensorProto::decode(bytes::Bytes::from(bytes));
    let proto = proto.map_err(|error| ImportError::Tensor { name: name(), reason: error.to_string() })?;
    tensor::read(&proto).map_err(|reason| ImportError::Tensor { name: name(), reason })
}

/// The tensor in a message.
///
/// # Errors
/// If it is not one of numbers, or its elements are in another file.
pub fn tensor(proto: &TensorProto) -> Result<Tensor, ImportError> {
    tensor::read(proto).map_err(|reason| ImportError::Tensor { name: proto.name().to_owned(), reason })
}

/// The graph with its outputs, which are these values.
fn finish(mut importer: Importer, graph: &GraphProto, results: Vec<ValueId>) -> Result<Graph, ImportError> {
    let memory = importer.folding.budget().limit();
    let (mut returned, mut counts) = (HashSet::new(), vec![]);
    for (output, id) in graph.output.iter().zip(results) {
        if !returned.insert(output.name()) {
            // Listed twice, it is the same output.
            continue;
        }
        if importer.sequences.contains_key(&id) {
            let reason = "it is a sequence of tensors; return the tensors themselves".into();
            return Err(ImportError::Tensor { name: output.name().to_owned(), reason });
        }
        match importer.bounded.get(&id).copied() {
            Some(rows) => counts.push(importer.bounded_output(output.name(), id, rows)?),
            None => importer.b.output(output.name(), id),
        }
    }
    counts.iter().for_each(|(name, id)| importer.b.output(name, *id));
    let results = graph.node.iter().flat_map(|node| &node.output);
    let ends = results.filter_map(|name| Some((*importer.values.get(name)?, name.clone())));
    importer.b.set_ends(ends);
    let mut graph = importer.b.finish();
    graph.sizes = importer.arithmetic.finish();
    graph.metadata = importer.metadata;
    graph.memory = Some(memory);
    if importer.left {
        // Of grids of positions perhaps nothing but the shape was read.
        graph.apply(Patch::new(&graph))?;
    }
    Ok(graph)
}

/// Functions that call others and loops in loops can stand for any number of nodes.
const MAX_NODES: usize = 200_000;

/// As in NumPy; with thousands of axes, work that takes a step for each pair of them would not end.
const MAX_RANK: usize = 64;

/// The graph so far.
struct Importer {
    b: Builder,
    /// Values of the graph by their names in the file.
    values: HashMap<String, ValueId>,
    names: Names,
    /// What may be computed now.
    folding: Folding,
    /// What is known now, but stays an operator: the file would get larger.
    copies: HashMap<ValueId, Tensor>,
    /// Whether something was too large for it.
    left: bool,
    /// Version of ONNX's own operator set.
    opset: i64,
    /// Versions of all domains.
    domains: BTreeMap<String, i64>,
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
    /// Selections of boxes, and what operators read of them.
    selections: HashMap<ValueId, Option<ValueId>>,
    /// Values whose number of rows depends on data.
    bounded: HashMap<ValueId, Rows>,
    /// What files keep about the model besides the network.
    metadata: BTreeMap<String, String>,
    /// Whether the model is read at several sizes of its inputs.
    is_open: bool,
    /// What it computes of them.
    arithmetic: Arithmetic,
    /// Names of values that are known now, but differ between those.
    differing: Arc<SizedValues>,
    /// Those of them that are here, and what was computed from them.
    sized: HashSet<ValueId>,
    /// Whether the node that is being imported reads one of them.
    at_size: bool,
    /// Constants that nodes were expressed with, and what was computed of such.
    made: Vec<ValueId>,
}

impl Importer {
    /// The inputs of a model, and what is to be imported over them.
    fn of(model: Model, interface: &Interface) -> Result<(Self, GraphProto), ImportError> {
        let Model { file, proto: model, budget } = model.prepared(interface)?;
        let opset = opset(&model).map_err(|reason| decode::not_a_model(&file, reason))?;
        let (metadata, domains) = (metadata(&model), domains(&model));
        let ModelProto { graph, functions, .. } = model;
        let graph = graph.unwrap_or_default();
        let mut importer = Self {
            b: Builder::new(graph.name.clone().unwrap_or_default()),
            names: Names::of(&graph, &functions),
            values: HashMap::new(),
            folding: Folding::of_source(budget),
            left: false,
            copies: HashMap::new(),
            opset,
            domains,
            functions: functions.into(),
            scopes: vec![],
            nodes: 0,
            reshaped: HashMap::new(),
            sequences: HashMap::new(),
            selections: HashMap::new(),
            bounded: HashMap::new(),
            metadata,
            is_open: interface.sized.is_some(),
            arithmetic: Arithmetic::new(),
            differing: interface.sized.clone().unwrap_or_default(),
            sized: HashSet::new(),
            at_size: false,
            made: vec![],
        };
        importer.add_inputs(&graph, interface)?;
        Ok((importer, graph))
    }

    /// The values that are known and computed by nodes, or that those are expressed with, at this size.
    fn known(&self, graph: &GraphProto) -> HashMap<String, KnownValue> {
        let computed = graph.node.iter().flat_map(|node| &node.output);
        let computed: HashMap<_, _> =
            computed.filter_map(|name| Some((name.as_str(), *self.values.get(name)?))).collect();
        let made = self.made.iter().map(|&id| (self.b.name(id), id)).filter(|(name, _)| !computed.contains_key(name));
        let all = computed.iter().map(|(&name, &id)| (name, id)).chain(made);
        all.filter_map(|(name, id)| Some((name.to_owned(), KnownValue::of(self.tensor(id)?)))).collect()
    }

    /// Adds a constant that a node is expressed with.
    fn made(&mut self, name: &str, tensor: Tensor) -> Result<ValueId, ImportError> {
        let id = self.constant(name, tensor)?;
        self.made.push(id);
        if self.differing.has(self.b.name(id)) {
            self.sized.insert(id);
            self.b.set_sized(id);
        }
        Ok(id)
    }

    /// Notes the value that has a name in the file.
    fn name_value(&mut self, name: &str, id: ValueId) {
        self.values.insert(name.to_owned(), id);
        if self.differing.has(name) {
            self.sized.insert(id);
            self.b.set_sized(id);
        }
    }

    /// Imports a graph whose inputs are known; returns its results.
    fn graph(&mut self, graph: &GraphProto) -> Result<Vec<ValueId>, ImportError> {
        let failed =
            |name: &str, reason: &str| ImportError::Tensor { name: name.to_owned(), reason: reason.to_owned() };
        for proto in &graph.initializer {
            let tensor = tensor::read(proto).map_err(|reason| failed(proto.name(), &reason))?;
            let id = self.constant(proto.name(), tensor)?;
            self.values.insert(proto.name().to_owned(), id);
        }
        if let Some(sparse) = graph.sparse_initializer.first() {
            let name = sparse.values.as_ref().map_or("", |values| values.name());
            return Err(failed(name, "it is sparse, expected dense tensors"));
        }
        graph.node.iter().try_for_each(|node| self.node(node).map_err(|error| self.advised(error, node, graph)))?;
        let result = |output: &ValueInfoProto| self.values.get(output.name()).copied();
        let missing = |output: &ValueInfoProto| failed(output.name(), "no node computes this output");
        graph.output.iter().map(|output| result(output).ok_or_else(|| missing(output))).collect()
    }

    /// An error with what helps: where the model could end is asked of its own nodes, not of those inside of them.
    fn advised(&self, error: ImportError, node: &NodeProto, graph: &GraphProto) -> ImportError {
        if !self.scopes.is_empty() {
            return error;
        }
        let mut error = error.or_end_at(self.ends(node));
        if let ImportError::Unsupported { advice: Some(advice), .. } = &mut error
            && let Advice::ReadAs(since) = advice.as_mut()
        {
            *since = graph.node.iter().map(operators::introduced).fold(*since, i64::max);
        }
        error
    }

    /// Names of the values that a node reads and other nodes compute at run time: the model could end there.
    fn ends(&self, node: &NodeProto) -> Vec<String> {
        let computed = |name: &&str| self.values.get(*name).is_some_and(|&id| self.b.is_computed(id));
        let mut ends: Vec<_> = sort::reads(node).filter(computed).map(str::to_owned).collect();
        ends.sort();
        ends.dedup();
        ends
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
            let dtype = tensor::dtype(input_type(input)?);
            let dtype = dtype.map_err(|reason| ImportError::Tensor { name: name.to_owned(), reason })?;
            let ty = TensorType::new(dtype, input_shape(input, shape)?);
            self.expect_fits(name, &ty)?;
            let id = match value {
                Some(value) => {
                    let reason = || format!("it can't have a value of type {}, expected {ty}", value.ty());
                    let failed = || ImportError::Tensor { name: name.to_owned(), reason: reason() };
                    let value = value.converted(dtype).filter(|value| value.shape() == ty.shape);
                    self.b.constant(name, value.ok_or_else(failed)?)?
                }
                None => self.b.typed_input(name, ty)?,
            };
            self.values.insert(name.to_owned(), id);
        }
        Ok(())
    }

    fn node(&mut self, proto: &NodeProto) -> Result<(), ImportError> {
        self.count(proto.output.first().map_or("", String::as_str))?;
        let functions = Rc::clone(&self.functions);
        let is_called = |function: &&FunctionProto| {
            function.name() == proto.op_type()
                && function.domain() == proto.domain()
                && function.overload() == proto.overload()
        };
        let function = functions.iter().find(is_called);
        self.at_size = proto.input.iter().any(|name| self.differing.has(name));
        let mut node = Node { proto, importer: self, steps: 0 };
        let imported = match function {
            Some(function) => inline::call(&mut node, function),
            None => bounded::import(&mut node),
        };
        imported.map_err(|error| error.computed_by(|| node.op_type()))
    }

    /// Counts a node, a call or an iteration.
    fn count(&mut self, name: &str) -> Result<(), ImportError> {
        self.nodes += 1;
        if self.nodes <= MAX_NODES {
            return Ok(());
        }
        let reason = format!("with its functions and loops written out, the model has more than {MAX_NODES} nodes");
        Err(ImportError::Tensor { name: name.to_owned(), reason })
    }

    /// Adds a constant.
    fn constant(&mut self, name: &str, tensor: Tensor) -> Result<ValueId, ImportError> {
        self.expect_fits(name, &tensor.ty())?;
        let name = self.full_name(name)?;
        let taken = self.folding.budget().take(tensor.bytes().len() as u64);
        taken.map_err(|source| ImportError::memory(name.clone(), source))?;
        Ok(self.b.constant(&name, tensor)?)
    }

    /// Refuses a value that alone takes more memory than the whole file may: nothing is computed with it then, neither here, such as tables of
    /// positions, nor by the engines that run the model. Also if it has no elements in the end: products of lengths need no further care.
    fn expect_fits(&self, name: &str, ty: &TensorType) -> Result<(), ImportError> {
        if ty.rank() > MAX_RANK {
            let reason = format!("it has {} axes, more than {MAX_RANK}", ty.rank());
            return Err(ImportError::Tensor { name: name.to_owned(), reason });
        }
        let count = ty.shape.iter().map(|&length| length.max(1)).fold(1, usize::saturating_mul);
        let fits = self.folding.budget().fits(ty.dtype.bytes(count) as u64);
        fits.map_err(|source| ImportError::memory(name.to_owned(), source))
    }

    /// The name in the graph for a name in the file: what functions and subgraphs compute is named after their calls too.
    fn full_name(&self, name: &str) -> Result<String, ImportError> {
        let name = self.scopes.iter().map(String::as_str).chain([name]).collect::<Vec<_>>().join("/");
        let taken = self.folding.budget().take(name.len() as u64);
        taken.map_err(|source| ImportError::memory(name.clone(), source))?;
        Ok(name)
    }

    /// Applies an operator: now if all operands are known and the graph can evaluate it, else at run time. `outputs` are the names that
    /// the file has for its results, as far as it has them.
    fn apply(
        &mut self,
        name: &str,
        outputs: &[String],
        op: Op,
        inputs: &[ValueId],
    ) -> Result<Vec<ValueId>, ImportError> {
        // Of what has no elements all is known.
        let nothing: Vec<_> = inputs.iter().map(|&id| empty(self.b.ty(id))).collect();
        let known: Option<Vec<_>> =
            inputs.iter().zip(&nothing).map(|(&id, nothing)| self.tensor(id).or(nothing.as_ref())).collect();
        // Quantised weights stay as small as they are; of a single number nothing is gained.
        let stays = matches!(op, Op::DequantizeLinear(_)) && self.b.ty(inputs[0]).len() > 1;
        let named = |name: &String| if name.is_empty() { Ok(String::new()) } else { self.full_name(name) };
        let outputs = outputs.iter().map(named).collect::<Result<Vec<_>, _>>()?;
        let name = self.full_name(name)?;
        // Tables of other sizes are computed when the size is known: nothing reads them now.
        let is_table =
            self.is_open && self.is_sized(inputs) && known.as_ref().is_some_and(|known| is_large(&op, known));
        let known = known.filter(|_| !stays && !is_table);
        let evaluated = known.map(|known| self.folding.evaluate(&op, &known));
        self.left |= is_table || matches!(evaluated, Some(Err(Unfolded::TooLarge(_))));
        let evaluated = evaluated.and_then(Result::ok);
        let (folded, copies) = match evaluated {
            Some(results) if self.stays_computed(&name, inputs, &results) => {
                self.left = true;
                (None, results)
            }
            Some(results) if self.are_copies(&op, inputs, &results) => (None, results),
            other => (other, vec![]),
        };
        let is_arithmetic = self.at_size || inputs.iter().any(|&id| self.is_of_sizes(id));
        let noted = (self.is_open && is_arithmetic).then(|| op.clone());
        let results = match folded {
            Some(results) => {
                results.iter().try_for_each(|result| self.expect_fits(&name, &result.ty()))?;
                let alone = results.len() == 1;
                let add = |(index, result)| {
                    let name = if alone { name.clone() } else { format!("{name}.{index}") };
                    Ok(self.b.constant(&name, result)?)
                };
                results.into_iter().enumerate().map(add).collect::<Result<Vec<_>, ImportError>>()?
            }
            None => {
                let results = self.b.nodes_as(&name, &outputs, op, inputs)?;
                results.iter().try_for_each(|&id| self.expect_fits(&name, self.b.ty(id)))?;
                if self.at_size {
                    results.iter().for_each(|&id| self.b.set_sized(id));
                }
                if !copies.is_empty() && self.is_sized(inputs) {
                    self.sized.extend(&results);
                }
                self.copies.extend(results.iter().copied().zip(copies));
                results
            }
        };
        let known = results.iter().copied().filter(|&id| self.tensor(id).is_some());
        self.made.extend(known.collect::<Vec<_>>());
        if let Some(op) = noted {
            self.note_arithmetic(&name, op, inputs, &results)?;
        }
        Ok(results)
    }

    /// Notes how values that are known at this size are computed, if they all are.
    fn note_arithmetic(
        &mut self,
        name: &str,
        op: Op,
        inputs: &[ValueId],
        results: &[ValueId],
    ) -> Result<(), ImportError> {
        let (b, copies, sized) = (&self.b, &self.copies, &self.sized);
        let known = |&id: &ValueId| {
            let tensor = b.tensor(id).or_else(|| copies.get(&id))?;
            Some(Known { id, name: b.name(id), tensor, is_sized: sized.contains(&id) })
        };
        let operands: Option<Vec<_>> = inputs.iter().map(known).collect();
        let results: Option<Vec<_>> = results.iter().map(known).collect();
        if let (Some(operands), Some(results)) = (operands, results) {
            self.arithmetic.add(name, op, &operands, &results)?;
        }
        Ok(())
    }

    /// The value of what is known now, in the file or not.
    fn tensor(&self, id: ValueId) -> Option<&Tensor> {
        self.b.tensor(id).or_else(|| self.copies.get(&id))
    }

    /// The same, but for what stays computed in a network that is open: that is known at some sizes only.
    fn stored(&self, id: ValueId) -> Option<&Tensor> {
        if self.is_open { self.b.tensor(id) } else { self.tensor(id) }
    }

    /// Whether results that are known now differ at other sizes of the inputs, where that takes an operator: numbers of shapes are expressed
    /// by lengths.
    fn stays_computed(&self, name: &str, inputs: &[ValueId], results: &[Tensor]) -> bool {
        let is_data = results.iter().any(|result| result.dtype().is_float() || result.shape().len() > 1);
        (is_data || self.differing.is_table(name)) && self.is_sized(inputs)
    }

    /// Whether a value is computed of sizes, and may be another one at others.
    fn is_of_sizes(&self, id: ValueId) -> bool {
        self.sized.contains(&id) || self.arithmetic.has(id)
    }

    fn is_sized(&self, inputs: &[ValueId]) -> bool {
        self.at_size || inputs.iter().any(|id| self.sized.contains(id))
    }

    /// Whether results that are known now are better left to the run, since they would make the file larger, or come from such.
    fn are_copies(&self, op: &Op, inputs: &[ValueId], results: &[Tensor]) -> bool {
        let types: Vec<_> = results.iter().map(Tensor::ty).collect();
        let operand = inputs.first().map_or(0, |&id| self.b.ty(id).bytes());
        let come_from_some = inputs.iter().any(|id| self.copies.contains_key(id));
        let is_large = types.iter().map(|ty| ty.bytes() as u64).sum::<u64>() > COPIES;
        come_from_some && is_large || self.folding.expect_small(op, operand, &types).is_err()
    }
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

/// Whether an operator has more results than anything needs to know of while a model is read.
fn is_large(op: &Op, operands: &[&Tensor]) -> bool {
    let types: Vec<_> = operands.iter().map(|tensor| tensor.ty()).collect();
    let results = op.operator().infer(&types.iter().collect::<Vec<_>>());
    results.is_ok_and(|results| results.iter().any(|ty| ty.len() > sizes::MOST))
}

/// The tensor of a type without elements.
fn empty(ty: &TensorType) -> Option<Tensor> {
    Tensor::from_bytes(ty.clone(), bytes::Bytes::new()).ok()
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
    let shown = |known: &[Option<usize>], between: &str| {
        let dims = known.iter().map(|dim| dim.map_or("?".to_owned(), |length| length.to_string()));
        dims.collect::<Vec<_>>().join(between)
    };
    match (known, given) {
        (Some(known), None) if known.iter().all(Option::is_some) => Ok(known.into_iter().flatten().collect()),
        (known, None) => {
            let shape = known.map_or("unknown".into(), |known| shown(&known, "x"));
            Err(ImportError::OpenShape { name, shape })
        }
        (Some(known), Some(given)) => {
            let fits = known.len() == given.len()
                && known.iter().zip(given).all(|(known, given)| known.is_none_or(|known| known == *given));
            let reason = || format!("the file has [{}]", shown(&known, ", "));
            if fits {
                Ok(given.to_vec())
            } else {
                Err(ImportError::BadShape { name, shape: given.to_vec(), reason: reason() })
            }
        }
        (None, Some(given)) => Ok(given.to_vec()),
    }
}
