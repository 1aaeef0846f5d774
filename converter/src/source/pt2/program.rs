//! The graph of a program, as an ONNX model.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use edgeconv_session::open::{Dim, OpenShapes};

use super::aliases::{self, Aliases};
use super::archive::Archive;
use super::inline::inline;
use super::schema::{Argument, Graph, InputSpec, Node, OutputSpec, Program, Range, Size, TensorMeta};
use super::weights::{Weights, dtype};
use super::{aten, guards};
use crate::attributes::int;
use crate::element_type;
use crate::proto::tensor_shape_proto::{Dimension, dimension};
use crate::proto::{
    AttributeProto, GraphProto, ModelProto, NodeProto, OperatorSetIdProto, TensorProto, TensorShapeProto, TypeProto,
    ValueInfoProto, type_proto,
};
use crate::source::{ImportError, onnx};
use crate::target::Listing;
use crate::target::onnx::listing;

/// The operator set that programs are expressed in: the first that has GELU.
pub(super) const OPSET: i64 = 20;
const IR_VERSION: i64 = 9;

/// The schema that is read.
const MAJOR: u64 = 8;

/// The domain of operators that are not known.
const PYTORCH: &str = "torch";

/// A program as an ONNX model.
pub(super) struct Translated {
    pub proto: ModelProto,
    /// The shapes of its inputs, with the bounds of symbols.
    pub shapes: OpenShapes,
    /// The error that names all operators that are not known; the model has them by PyTorch's names.
    pub refusal: Option<ImportError>,
}

impl Translated {
    /// The same if all operators are known.
    ///
    /// # Errors
    /// Which ones are not.
    pub fn complete(mut self) -> Result<Self, ImportError> {
        self.refusal.take().map_or(Ok(self), Err)
    }
}

/// Makes the ONNX model of a program.
///
/// # Errors
/// If the archive is damaged, or of a newer schema.
pub(super) fn translate(archive: &mut Archive<'_>) -> Result<Translated, ImportError> {
    let name = archive.program()?;
    let mut program: Program = archive.json(&name)?;
    if program.schema_version.major != MAJOR {
        let (major, minor, torch) = (
            program.schema_version.major,
            program.schema_version.minor,
            program.torch_version.as_deref().unwrap_or("unknown"),
        );
        let age = if major > MAJOR { "newer" } else { "older" };
        return Err(archive.wrong(format!(
            "it has version {major}.{minor} of PyTorch's schema (PyTorch {torch}), {age} than {MAJOR}, which is read: save it by a PyTorch that writes \
             that, 2.7 to 2.15"
        )));
    }
    inline(&mut program.graph_module.graph).map_err(|reason| archive.wrong(reason))?;
    if let Some(name) = computed_twice(&program.graph_module.graph) {
        return Err(archive.wrong(format!("its value `{name}` is computed twice")));
    }
    let weights = Weights::of(archive)?;
    let mut writer = Writer::new(&program);
    writer.add_inputs(archive, &weights)?;
    let mut refused = vec![];
    for (place, node) in program.graph_module.graph.nodes.iter().enumerate() {
        if let Err(reason) = aten::add(&mut writer, node, place) {
            refused.push((node, reason));
            writer.stand_in(node);
        }
    }
    let refusal = refused.first().map(|(node, reason)| refusal(node, reason, &refused));
    match writer.add_outputs() {
        Err(reason) if refusal.is_none() => Err(archive.wrong(reason)),
        _ => {
            let mut proto = writer.finish();
            let mut shapes = bounded(onnx::shapes(&proto), &program.range_constraints);
            guards::honour(&program, &mut proto, &mut shapes);
            Ok(Translated { shapes, proto, refusal })
        }
    }
}

/// A value that more than one node computes, or that is an input as well.
fn computed_twice(graph: &Graph) -> Option<&str> {
    let mut seen = HashSet::new();
    let results = graph.nodes.iter().flat_map(|node| &node.outputs);
    graph.inputs.iter().chain(results).flat_map(Argument::values).find(|&name| !seen.insert(name))
}

/// The error that names all nodes which can't be translated, the first one in full.
fn refusal(first: &Node, reason: &str, all: &[(&Node, String)]) -> ImportError {
    let mut others: BTreeMap<&str, usize> = BTreeMap::new();
    all[1..].iter().for_each(|(node, _)| *others.entry(aten::short(&node.target)).or_default() += 1);
    let others: Vec<_> = others.into_iter().map(|(target, count)| format!("{target} ({count})")).collect();
    let also = if others.is_empty() { String::new() } else { format!("; neither can {}", others.join(", ")) };
    ImportError::Unsupported {
        node: module(first).unwrap_or_else(|| aten::short(&first.target).to_owned()),
        op: first.target.clone(),
        opset: OPSET,
        reason: format!("{reason}{also}"),
        advice: None,
    }
}

/// The path of the module that a node was traced in, the innermost one: `layer_3.1.conv`.
fn module(node: &Node) -> Option<String> {
    let stack = node.metadata.get("nn_module_stack")?;
    let innermost = stack.split(';').next_back()?;
    innermost.split(',').nth(1).filter(|path| !path.is_empty()).map(str::to_owned)
}

/// What is known of a value that is a number, or a list.
#[derive(Debug, Clone)]
pub(super) enum Held {
    /// A tensor.
    Tensor(String),
    /// A number that is computed, as a tensor `[1]` of 64-bit integers.
    Number(String),
}

/// An integer that is known, or the name of a tensor `[1]` that holds it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Int {
    Known(i64),
    Computed(String),
}

/// The model so far.
pub(super) struct Writer<'p> {
    program: &'p Program,
    graph: GraphProto,
    names: HashSet<String>,
    /// What the values of the program are called, and hold.
    held: HashMap<String, Held>,
    /// Constants by what they hold.
    constants: HashMap<Vec<u8>, String>,
    /// How many nodes each module has.
    in_module: HashMap<String, usize>,
    pub aliases: Aliases<'p>,
}

impl<'p> Writer<'p> {
    fn new(program: &'p Program) -> Self {
        let mut in_module = HashMap::new();
        for path in program.graph_module.graph.nodes.iter().filter_map(module) {
            *in_module.entry(path).or_default() += 1;
        }
        Self {
            program,
            graph: GraphProto { name: Some("program".to_owned()), ..GraphProto::default() },
            names: HashSet::new(),
            held: HashMap::new(),
            constants: HashMap::new(),
            in_module,
            aliases: Aliases::of(&program.graph_module.graph.nodes, &program.graph_module.graph.outputs),
        }
    }

    /// A name that nothing has.
    fn unique(&mut self, name: &str) -> String {
        let mut unique = name.to_owned();
        let mut number = 1;
        while !self.names.insert(unique.clone()) {
            unique = format!("{name}.{number}");
            number += 1;
        }
        unique
    }

    fn add_inputs(&mut self, archive: &mut Archive<'_>, weights: &Weights) -> Result<(), ImportError> {
        let program = self.program;
        for spec in &program.graph_module.signature.input_specs {
            let (arg, name) = match spec {
                InputSpec::UserInput { arg } => {
                    let Some(name) = arg.tensor() else {
                        return Err(archive.wrong("an input is no tensor: export the model with tensors as its inputs"));
                    };
                    self.add_input(name).map_err(|reason| archive.wrong(reason))?;
                    continue;
                }
                InputSpec::Parameter { arg, parameter_name } => (arg, parameter_name),
                InputSpec::Buffer { arg, buffer_name } => (arg, buffer_name),
                InputSpec::TensorConstant { arg, tensor_constant_name } => (arg, tensor_constant_name),
                InputSpec::ConstantInput(_) => continue,
                InputSpec::CustomObj(_) | InputSpec::Token(_) => {
                    return Err(archive.wrong("it takes an object of its own as input, which is not read"));
                }
            };
            let unique = self.unique(name);
            let tensor = weights.tensor(archive, name)?;
            self.graph.initializer.push(TensorProto { name: Some(unique.clone()), ..tensor });
            self.held.insert(arg.name.clone(), Held::Tensor(unique));
        }
        Ok(())
    }

    fn add_input(&mut self, name: &str) -> Result<(), String> {
        let unique = self.unique(name);
        self.graph.input.push(value_info(&unique, self.meta(name)?)?);
        self.held.insert(name.to_owned(), Held::Tensor(unique));
        Ok(())
    }

    fn add_outputs(&mut self) -> Result<(), String> {
        let program = self.program;
        let specs = &program.graph_module.signature.output_specs;
        if let Some(OutputSpec::Other(other)) = specs.iter().find(|spec| matches!(spec, OutputSpec::Other(_))) {
            let kind = other.keys().next().map_or("something", String::as_str);
            return Err(format!("it returns a {kind}: export the model in eval mode"));
        }
        let outputs = program.graph_module.graph.outputs.iter().map(Argument::tensor);
        let outputs = outputs.collect::<Option<Vec<_>>>().ok_or("an output is no tensor: return tensors")?;
        outputs.iter().try_for_each(|name| aliases::refresh(self, name))?;
        let mut computed: HashSet<_> = self.graph.node.iter().flat_map(|node| node.output.iter().cloned()).collect();
        for returned in outputs {
            let name = self.tensor(returned)?;
            // What is stored, or returned already, gets a name of its own.
            let name = if computed.remove(&name) {
                name
            } else {
                self.emit(&format!("{name}.output"), "Identity", &[&name], vec![])
            };
            self.graph.output.push(value_info(&name, self.meta(returned)?)?);
        }
        Ok(())
    }

    fn finish(mut self) -> ModelProto {
        let types = self.types_inside();
        self.graph.value_info = types;
        ModelProto {
            ir_version: Some(IR_VERSION),
            opset_import: vec![OperatorSetIdProto { domain: Some(String::new()), version: Some(OPSET) }],
            producer_name: Some("PyTorch".to_owned()),
            producer_version: self.program.torch_version.clone(),
            graph: Some(self.graph),
            ..ModelProto::default()
        }
    }

    /// What is known of the values that nodes compute, but for the outputs.
    fn types_inside(&self) -> Vec<ValueInfoProto> {
        let told = self.graph.input.iter().chain(&self.graph.output).map(ValueInfoProto::name);
        let told: HashSet<_> = told.chain(self.graph.initializer.iter().map(TensorProto::name)).collect();
        let inside = self.held.iter().filter_map(|(name, held)| match held {
            Held::Tensor(held) if !told.contains(held.as_str()) => Some((held.as_str(), name.as_str())),
            _ => None,
        });
        // One of several names, always the same; a tensor whose type there is not has been refused.
        let inside: BTreeMap<_, _> = inside.collect::<BTreeSet<_>>().into_iter().collect();
        inside.into_iter().filter_map(|(held, name)| value_info(held, self.meta(name).ok()?).ok()).collect()
    }

    /// The program's nodes.
    pub fn nodes(&self) -> &'p [Node] {
        &self.program.graph_module.graph.nodes
    }

    /// What the program says of a tensor.
    pub fn meta(&self, name: &str) -> Result<&'p TensorMeta, String> {
        let meta = self.program.graph_module.graph.tensor_values.get(name);
        meta.ok_or_else(|| format!("the program does not say what `{name}` is"))
    }

    /// The lengths of a tensor, where they are known.
    pub fn shape(&self, name: &str) -> Result<Vec<Option<i64>>, String> {
        let known = |size: &Size| match size {
            Size::AsInt(length) => Some(*length),
            Size::AsExpr(_) => None,
        };
        Ok(self.meta(name)?.sizes.iter().map(known).collect())
    }

    /// What a tensor of the program is called here.
    pub fn tensor(&self, name: &str) -> Result<String, String> {
        match self.held.get(name) {
            Some(Held::Tensor(held)) => Ok(held.clone()),
            Some(Held::Number(_)) => Err(format!("`{name}` is a number, expected a tensor")),
            None => Err(format!("nothing computes `{name}`")),
        }
    }

    /// A number that was computed.
    pub fn number(&self, name: &str) -> Result<Int, String> {
        match self.held.get(name) {
            Some(Held::Number(held)) => Ok(Int::Computed(held.clone())),
            _ => Err(format!("nothing computes the number `{name}`")),
        }
    }

    /// Notes what a value of the program is called here.
    pub fn hold(&mut self, name: &str, held: Held) {
        self.held.insert(name.to_owned(), held);
    }

    /// Lets what can't be computed be there, as an operator of PyTorch, so that everything that is refused is found at once, and can be listed.
    fn stand_in(&mut self, node: &Node) {
        let names = |output: &Argument| -> Vec<(String, bool)> {
            let number = |kind| output.0.get(kind).and_then(|value| value.get("as_name")?.as_str()).map(str::to_owned);
            let tensors = output.tensors().unwrap_or_default().into_iter().flatten().map(str::to_owned);
            let tensors = tensors.chain(output.tensor().map(str::to_owned)).map(|name| (name, true));
            tensors.chain(number("as_sym_int").map(|name| (name, false))).collect()
        };
        let mut output = vec![];
        for (name, is_tensor) in node.outputs.iter().flat_map(names) {
            let unique = self.unique(&self.name_of(node, &name));
            output.push(unique.clone());
            self.hold(&name, if is_tensor { Held::Tensor(unique) } else { Held::Number(unique) });
        }
        let operands = node.inputs.iter().map(|input| &input.arg);
        let operands = operands
            .flat_map(|arg| arg.tensor().into_iter().chain(arg.tensors().unwrap_or_default().into_iter().flatten()));
        self.graph.node.push(NodeProto {
            name: output.first().cloned(),
            domain: Some(PYTORCH.to_owned()),
            op_type: Some(aten::short(&node.target).to_owned()),
            input: operands.filter_map(|name| self.tensor(name).ok()).collect(),
            output,
            ..NodeProto::default()
        });
    }

    /// What the result of a node is called: after its module if that has no other, else also after the node.
    pub fn name_of(&self, node: &Node, value: &str) -> String {
        match module(node) {
            Some(path) if self.in_module.get(&path) == Some(&1) => path,
            Some(path) => format!("{path}.{value}"),
            None => value.to_owned(),
        }
    }

    /// Adds a node with one result; the result's name.
    pub fn emit(&mut self, name: &str, op_type: &str, inputs: &[&str], attribute: Vec<AttributeProto>) -> String {
        self.emit_all(&[name], op_type, inputs, attribute).remove(0)
    }

    /// Adds a node; the names of its results.
    pub fn emit_all(
        &mut self,
        names: &[&str],
        op_type: &str,
        inputs: &[&str],
        attribute: Vec<AttributeProto>,
    ) -> Vec<String> {
        let output: Vec<_> = names.iter().map(|name| self.unique(name)).collect();
        self.graph.node.push(NodeProto {
            name: output.first().cloned(),
            op_type: Some(op_type.to_owned()),
            input: inputs.iter().map(|&input| input.to_owned()).collect(),
            output: output.clone(),
            attribute,
            ..NodeProto::default()
        });
        output
    }

    /// A constant, stored once.
    pub fn constant(&mut self, dims: &[i64], data_type: i32, raw: Vec<u8>) -> String {
        let key = [&data_type.to_le_bytes()[..], format!("{dims:?}").as_bytes(), &raw].concat();
        if let Some(name) = self.constants.get(&key) {
            return name.clone();
        }
        let name = self.unique(&format!("constant.{}", self.constants.len()));
        self.graph.initializer.push(TensorProto {
            name: Some(name.clone()),
            dims: dims.to_vec(),
            data_type: Some(data_type),
            raw_data: Some(raw.into()),
            ..TensorProto::default()
        });
        self.constants.insert(key, name.clone());
        name
    }

    /// Integers `[n]`, of which some may be computed.
    pub fn ints(&mut self, ints: &[Int]) -> String {
        let known: Option<Vec<i64>> =
            ints.iter().map(|int| if let Int::Known(known) = int { Some(*known) } else { None }).collect();
        if let Some(known) = known {
            return self.known_ints(&known);
        }
        let parts: Vec<_> = ints.iter().map(|int| self.int(int)).collect();
        let parts: Vec<_> = parts.iter().map(String::as_str).collect();
        self.emit("sizes", "Concat", &parts, vec![int("axis", 0)])
    }

    pub fn known_ints(&mut self, ints: &[i64]) -> String {
        let raw = ints.iter().flat_map(|int| int.to_le_bytes()).collect();
        self.constant(&[ints.len() as i64], 7, raw)
    }

    /// An integer `[1]`.
    pub fn int(&mut self, int: &Int) -> String {
        match int {
            Int::Known(known) => self.known_ints(&[*known]),
            Int::Computed(name) => name.clone(),
        }
    }
}

/// What the program says of a tensor, under the name that it has here.
fn value_info(name: &str, meta: &TensorMeta) -> Result<ValueInfoProto, String> {
    let dim = |size: &Size| Dimension {
        value: Some(match size {
            Size::AsInt(length) => dimension::Value::DimValue(*length),
            Size::AsExpr(expression) => dimension::Value::DimParam(symbol(&expression.expr_str)),
        }),
        denotation: None,
    };
    let shape = TensorShapeProto { dim: meta.sizes.iter().map(dim).collect() };
    let tensor = type_proto::Tensor { elem_type: Some(element_type::number(dtype(meta.dtype)?)), shape: Some(shape) };
    let ty = TypeProto { value: Some(type_proto::Value::TensorType(tensor)), denotation: None };
    Ok(ValueInfoProto { name: Some(name.to_owned()), r#type: Some(ty), ..ValueInfoProto::default() })
}

/// The name in an expression that is one symbol, or the expression.
pub(super) fn symbol(expression: &str) -> String {
    let name = expression.strip_prefix("Symbol('").and_then(|rest| rest.split('\'').next());
    name.unwrap_or(expression).to_owned()
}

/// Shapes with the bounds of symbols.
fn bounded(mut shapes: OpenShapes, bounds: &BTreeMap<String, Range>) -> OpenShapes {
    for dim in shapes.0.values_mut().flatten() {
        if let Dim::Open(open) = dim
            && let Some(range) = open.name.as_ref().and_then(|name| bounds.get(name))
            && range.min_val.zip(range.max_val).is_none_or(|(least, most)| least <= most)
        {
            let length = |bound: i64| usize::try_from(bound).unwrap_or_default().max(1);
            (open.least, open.most) = (range.min_val.map_or(1, length), range.max_val.map(length));
        }
    }
    shapes
}

/// What is in a program.
pub(super) fn list(program: &Translated) -> Listing {
    let mut listing = listing(&program.proto);
    let torch = program.proto.producer_version();
    listing.format = format!("ExportedProgram of PyTorch {torch}, as ONNX of operator set {OPSET}");
    if program.shapes.is_open() {
        program.shapes.note(&mut listing.metadata);
    }
    listing
}
