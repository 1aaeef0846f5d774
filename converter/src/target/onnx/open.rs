//! One model for all sizes of its inputs, from those that a network becomes at several of them.

use std::collections::{HashMap, HashSet};

use edgeconv_graph::{DType, Tensor, TensorType};
use edgeconv_session::open::{Dim, OpenShapes};

use super::initializer::{dims, initializer};
use super::operators::attributes::{axis, int};
use super::pools::{PoolAtSize, for_all_sizes};
use crate::element_type;
use crate::proto::tensor_shape_proto::{Dimension, dimension};
use crate::proto::type_proto::Value as Type;
use crate::proto::{AttributeProto, GraphProto, ModelProto, NodeProto, TensorProto, ValueInfoProto};
use crate::target::open::{
    Arithmetic, Compute, Computed, DEPENDS, Differing, FOLLOWS, Fixed, GIVES, Number, Own, READS, Sample, Source,
    Target, TensorId, Uses, order, other_constant, other_steps, sources,
};

/// The model that stands for all of these.
///
/// # Errors
/// What depends on the size so that it can't be computed.
pub(super) fn unify(models: &[AtSize], open: &OpenShapes) -> Result<AtSize, Fixed> {
    let graphs: Vec<_> = models.iter().filter_map(|model| model.model.graph.as_ref()).collect();
    let [base, ..] = graphs[..] else { return Ok(AtSize::default()) };
    let mut unifier = Unifier::of(graphs, models.iter().map(|model| &model.sizes).collect());
    unifier.unify()?;
    let infos = unifier.infos(open);
    let (node, initializer) = unifier.finish();
    let [input, output, value_info] = infos;
    let graph = GraphProto { node, initializer, input, output, value_info, ..base.clone() };
    let model = ModelProto { graph: Some(graph), ..models[0].model.clone() };
    Ok(AtSize { model, sizes: Sizes::default() })
}

/// A network at one size.
#[derive(Debug, Clone, Default)]
pub(super) struct AtSize {
    pub model: ModelProto,
    pub sizes: Sizes,
}

/// What a network computes of its sizes, at one of them; no names are those of other tensors.
#[derive(Debug, Clone, Default)]
pub(super) struct Sizes {
    graph: GraphProto,
    /// Elements by name.
    contents: HashMap<String, Tensor>,
}

impl Sizes {
    /// Of a graph that computes it, and elements by its names.
    pub fn of(mut graph: GraphProto, contents: Vec<(String, Tensor)>) -> Self {
        let own = |name: &str| if name.is_empty() { String::new() } else { format!("sizes/{name}") };
        for node in &mut graph.node {
            node.name = Some(own(node.name()));
            node.input.iter_mut().chain(&mut node.output).for_each(|name| *name = own(name));
        }
        for tensor in &mut graph.initializer {
            tensor.name = Some(own(tensor.name()));
        }
        for info in graph.input.iter_mut().chain(&mut graph.output).chain(&mut graph.value_info) {
            info.name = Some(own(info.name()));
        }
        Self { graph, contents: contents.into_iter().map(|(name, tensor)| (own(&name), tensor)).collect() }
    }
}

/// The state of making one graph of several.
struct Unifier<'a> {
    graphs: Vec<&'a GraphProto>,
    /// What they compute of their sizes.
    sizes: Vec<&'a Sizes>,
    /// For each graph the shapes of what it reads and computes.
    shapes: Vec<HashMap<&'a str, Vec<usize>>>,
    constants: Vec<HashMap<&'a str, &'a TensorProto>>,
    /// The names of all tensors of the result: first those of the first graph, then those that are added.
    names: Vec<String>,
    ids: HashMap<String, TensorId>,
    /// For each graph, what stands for a computed tensor of the result, or an input.
    places: Vec<HashMap<TensorId, &'a str>>,
    nodes: Vec<NodeProto>,
    initializers: Vec<TensorProto>,
    numbers: Computed,
    inputs: Vec<TensorId>,
    computed: Vec<TensorId>,
    uses: Uses,
    /// The vector of all lengths of a tensor.
    whole_shapes: HashMap<TensorId, TensorId>,
    /// Element types of what is computed of sizes.
    dtypes: HashMap<TensorId, DType>,
}

impl<'a> Unifier<'a> {
    fn of(graphs: Vec<&'a GraphProto>, sizes: Vec<&'a Sizes>) -> Self {
        let shapes = |(graph, sizes): (&&'a GraphProto, &&'a Sizes)| {
            let infos = |graph: &'a GraphProto| graph.input.iter().chain(&graph.output).chain(&graph.value_info);
            infos(graph).chain(infos(&sizes.graph)).filter_map(|info| Some((info.name(), shape(info)?))).collect()
        };
        let constants = |(graph, sizes): (&&'a GraphProto, &&'a Sizes)| {
            let all = graph.initializer.iter().chain(&sizes.graph.initializer);
            all.map(|tensor| (tensor.name(), tensor)).collect()
        };
        let both = || graphs.iter().zip(&sizes);
        Self {
            shapes: both().map(shapes).collect(),
            constants: both().map(constants).collect(),
            names: vec![],
            ids: HashMap::new(),
            places: graphs.iter().map(|_| HashMap::new()).collect(),
            nodes: vec![],
            initializers: [graphs[0].initializer.clone(), sizes[0].graph.initializer.clone()].concat(),
            numbers: Computed::default(),
            inputs: vec![],
            computed: vec![],
            uses: Uses::default(),
            whole_shapes: HashMap::new(),
            dtypes: HashMap::new(),
            graphs,
            sizes,
        }
    }

    fn unify(&mut self) -> Result<(), Fixed> {
        let graphs = self.graphs.clone();
        let sizes = &self.sizes[0].graph;
        graphs[0].initializer.iter().chain(&sizes.initializer).for_each(|tensor| _ = self.id(tensor.name()));
        for input in &graphs[0].input {
            let id = self.id(input.name());
            self.places.iter_mut().for_each(|place| _ = place.insert(id, input.name()));
            self.inputs.push(id);
        }
        let mut steps = vec![];
        for index in 0..graphs.iter().map(|graph| graph.node.len()).max().unwrap_or_default() {
            let same: Vec<_> = graphs.iter().filter_map(|graph| graph.node.get(index)).collect();
            if same.len() < graphs.len() || same.iter().any(|node| !is_alike(node, same[0])) {
                let types = same.iter().map(|node| node.op_type().to_owned()).collect();
                return Err(other_steps(same[0].name(), types));
            }
            self.place(&same);
            steps.push(same);
        }
        self.compute_sizes();
        steps.iter().try_for_each(|same| self.node(same))
    }

    /// Notes what stands for the results of a node in each graph.
    fn place(&mut self, same: &[&'a NodeProto]) {
        for (output, name) in same[0].output.iter().enumerate() {
            let id = self.id(name);
            for (place, node) in self.places.iter_mut().zip(same) {
                place.insert(id, node.output[output].as_str());
            }
        }
        let (read, given) = (self.all(&same[0].input), self.all(&same[0].output));
        self.uses.note(read, &given);
    }

    /// Adds what the network computes of its sizes, as far as that is the same at all of them, for what needs it.
    fn compute_sizes(&mut self) {
        let nodes = |sizes: &&'a Sizes| sizes.graph.node.iter().map(|node| (node.name(), node)).collect();
        let nodes: Vec<HashMap<_, _>> = self.sizes.iter().map(nodes).collect();
        let mut seen = HashSet::new();
        for node in &self.sizes[0].graph.node {
            for input in node.input.iter().filter(|input| seen.insert(input.as_str())) {
                self.given(input);
            }
            let same = nodes.iter().map(|nodes| nodes.get(node.name()).copied()).collect::<Option<Vec<_>>>();
            let Some(same) = same.filter(|same| same.iter().all(|other| is_alike(other, node))) else { continue };
            node.output.iter().for_each(|name| _ = self.id(name));
            if self.node(&same).is_err() {
                continue;
            }
            self.place(&same);
            node.output.iter().for_each(|name| self.note_own(name));
        }
        // Lengths of networks are told from those of its own results.
        self.computed.clear();
    }

    /// Adds what the computation of sizes begins with, if this is part of it.
    fn given(&mut self, name: &'a str) {
        let is_given = |sizes: &&Sizes| sizes.graph.input.iter().any(|input| input.name() == name);
        let Some(tensors) = self.contents(name).filter(|_| self.sizes.iter().all(is_given)) else { return };
        let dtype = tensors[0].dtype();
        // What it is computed in gets other names.
        let id = self.id(name);
        let Ok(computed) = self.computed_as(name, &tensors, &[], &HashSet::new()) else { return };
        let measured = std::mem::take(&mut self.numbers.measured);
        self.uses.note(measured, &[id]);
        self.nodes.push(NodeProto {
            name: Some(name.to_owned()),
            op_type: Some("Identity".to_owned()),
            input: vec![self.names[computed.0].clone()],
            output: vec![name.to_owned()],
            ..NodeProto::default()
        });
        self.places.iter_mut().for_each(|place| _ = place.insert(id, name));
        self.dtypes.insert(id, dtype);
        self.note_own(name);
    }

    /// Notes the elements of what the network computes of its sizes.
    fn note_own(&mut self, name: &str) {
        let (Some(tensors), tensor) = (self.contents(name), self.id(name)) else { return };
        let Some(number) = number(tensors[0].dtype()) else { return };
        let samples = tensors.iter().map(|tensor| Sample::new(tensor.shape(), tensor.numbers().collect())).collect();
        self.dtypes.insert(tensor, tensors[0].dtype());
        self.numbers.note(Own { tensor, number, samples });
    }

    /// The elements at each size of what is computed of it.
    fn contents(&self, name: &str) -> Option<Vec<Tensor>> {
        self.sizes.iter().map(|sizes| sizes.contents.get(name).cloned()).collect()
    }

    /// The tensor of a name.
    fn id(&mut self, name: &str) -> TensorId {
        if let Some(&id) = self.ids.get(name) {
            return id;
        }
        let id = TensorId(self.names.len());
        self.names.push(name.to_owned());
        self.ids.insert(name.to_owned(), id);
        id
    }

    /// A tensor that is added, under a name that none has.
    fn added(&mut self, name: &str) -> TensorId {
        let taken = |name: &str| self.ids.contains_key(name);
        let number = (1..).map(|number| format!("{name}.{number}"));
        let unique = std::iter::once(name.to_owned()).chain(number).find(|name| !taken(name));
        self.id(&unique.unwrap_or_default())
    }

    /// The tensors of these names, as far as there are such.
    fn all(&self, names: &[String]) -> Vec<TensorId> {
        names.iter().filter_map(|name| self.ids.get(name).copied()).collect()
    }

    /// Adds the node that stands for those of all graphs.
    fn node(&mut self, same: &[&'a NodeProto]) -> Result<(), Fixed> {
        let mut first = same[0].clone();
        if same.iter().any(|node| node.attribute != first.attribute) {
            first = self.pool(same).ok_or_else(|| Fixed::new(first.name(), DEPENDS))?;
        }
        let input = (0..first.input.len()).map(|index| self.operand(same, index)).collect::<Result<Vec<_>, _>>()?;
        let given = self.all(&first.output);
        self.uses.note(std::mem::take(&mut self.numbers.measured), &given);
        self.computed.extend(given);
        self.nodes.push(NodeProto { input, ..first });
        Ok(())
    }

    /// The pool that does the same as these at their sizes.
    fn pool(&self, same: &[&NodeProto]) -> Option<NodeProto> {
        let pools = same.iter().zip(&self.shapes).map(|(node, shapes)| {
            let map = |name: &String| shapes.get(name.as_str())?.get(2..);
            Some(PoolAtSize { node, read: map(node.input.first()?)?, given: map(node.output.first()?)? })
        });
        for_all_sizes(&pools.collect::<Option<Vec<_>>>()?)
    }

    /// The name of what stands for an operand.
    fn operand(&mut self, same: &[&'a NodeProto], index: usize) -> Result<String, Fixed> {
        let first = same[0];
        let name = &first.input[index];
        let names: Vec<_> = same.iter().map(|node| node.input[index].as_str()).collect();
        let other = || Fixed::new(first.name(), READS);
        let id = self.ids.get(name).filter(|id| self.places[0].contains_key(id));
        if let Some(id) = id {
            let is_same = names.iter().zip(&self.places).all(|(name, place)| place.get(id) == Some(name));
            return if is_same { Ok(name.clone()) } else { Err(other()) };
        }
        if names.iter().all(|name| name.is_empty()) {
            return Ok(String::new());
        }
        let constants = names.iter().zip(&self.constants).map(|(name, all)| all.get(name).copied());
        let constants = constants.collect::<Option<Vec<_>>>().ok_or_else(other)?;
        let content = |tensor: &TensorProto| TensorProto { name: None, ..tensor.clone() };
        if constants.iter().all(|tensor| content(tensor) == content(constants[0])) {
            return Ok(name.clone());
        }
        let changed = match (first.op_type(), index) {
            ("Reshape", 1) => self.target(same)?,
            _ => self.changing(first, &constants)?,
        };
        Ok(self.names[changed.0].clone())
    }

    /// The shape that a Reshape gives.
    fn target(&mut self, same: &[&'a NodeProto]) -> Result<TensorId, Fixed> {
        let first = same[0];
        let shapes = |names: fn(&NodeProto) -> &String| {
            let shape = |(node, shapes): (&&'a NodeProto, &'_ HashMap<&str, Vec<usize>>)| {
                shapes.get(names(node).as_str()).cloned().or_else(|| {
                    let constant = self.constants.iter().find_map(|all| all.get(names(node).as_str()))?;
                    constant.dims.iter().map(|&dim| usize::try_from(dim).ok()).collect()
                })
            };
            same.iter().zip(&self.shapes).map(shape).collect::<Option<Vec<_>>>()
        };
        let gives = || Fixed::new(first.name(), GIVES);
        let read = shapes(|node| &node.input[0]).ok_or_else(gives)?;
        let given = shapes(|node| &node.output[0]).ok_or_else(gives)?;
        let [read, given] = [&read, &given].map(|shapes| shapes.iter().map(Vec::as_slice).collect::<Vec<_>>());
        let name = format!("{}/shape", first.name());
        match Target::of(&read, &given, || self.sources(first)).ok_or_else(gives)? {
            Target::Dims(dims) => Ok(self.integers(&name, dims)),
            Target::Sizes(sizes) => Ok(self.vector(&name, &sizes)),
        }
    }

    /// The tensor for a constant that is another one at each size.
    fn changing(&mut self, user: &NodeProto, constants: &[&TensorProto]) -> Result<TensorId, Fixed> {
        let name = constants[0].name().to_owned();
        let depends = || other_constant(user.name(), &name);
        let tensors = constants.iter().map(|&proto| tensor(proto)).collect::<Option<Vec<_>>>().ok_or_else(depends)?;
        let behind = self.uses.behind(&self.all(&user.output));
        self.computed_as(&name, &tensors, &self.all(&user.input), &behind).map_err(|()| depends())
    }

    /// What has these elements at the sizes, computed from them, but without what depends on `behind`.
    fn computed_as(
        &mut self,
        name: &str,
        tensors: &[Tensor],
        read: &[TensorId],
        behind: &HashSet<TensorId>,
    ) -> Result<TensorId, ()> {
        let dtype = tensors[0].dtype();
        let number = number(dtype).ok_or(())?;
        let samples: Vec<_> =
            tensors.iter().map(|tensor| Sample::new(tensor.shape(), tensor.numbers().collect())).collect();
        let sources = self.sources_without(read, behind);
        let differing = Differing { name, samples: &samples, number, sources: &sources, behind };
        let computed = self.differing(differing).ok_or(())?;
        let usual = if number == Number::Float { DType::F32 } else { DType::I64 };
        let found = self.dtypes.get(&computed).copied().unwrap_or(usual);
        Ok(if found == dtype { computed } else { self.cast(&format!("{name}/cast"), computed, dtype) })
    }

    /// Numbers that others can be expressed by, for a node.
    fn sources(&self, node: &NodeProto) -> Vec<Source> {
        self.sources_without(&self.all(&node.input), &self.uses.behind(&self.all(&node.output)))
    }

    /// Numbers that others can be expressed by: lengths of what is read come first, then those of the inputs, of what was computed last, and
    /// of what is computed later, but for what depends on `behind`; then what the network computes of its sizes.
    fn sources_without(&self, read: &[TensorId], behind: &HashSet<TensorId>) -> Vec<Source> {
        let later = self.graphs[0].node.iter().flat_map(|node| self.all(&node.output));
        let tensors = read.iter().copied().chain(self.inputs.iter().copied());
        let tensors = tensors.chain(self.computed.iter().rev().copied()).chain(later);
        let known = |tensor: &TensorId| {
            !behind.contains(tensor)
                && self
                    .places
                    .iter()
                    .zip(&self.shapes)
                    .all(|(place, shapes)| place.get(tensor).is_some_and(|name| shapes.contains_key(name)))
        };
        let mut all = sources(tensors.filter(known), |tensor| self.shapes_of(tensor));
        all.extend(self.numbers.numbers_without(behind));
        all
    }

    /// The shapes of a tensor in all graphs.
    fn shapes_of(&self, tensor: TensorId) -> Vec<Vec<usize>> {
        let shapes = self.places.iter().zip(&self.shapes);
        shapes.filter_map(|(place, shapes)| shapes.get(place.get(&tensor)?).cloned()).collect()
    }

    fn cast(&mut self, name: &str, tensor: TensorId, dtype: DType) -> TensorId {
        self.add(name, "Cast", &[tensor], vec![int("to", element_type::number(dtype).into())])
    }

    fn integers(&mut self, name: &str, numbers: Vec<i64>) -> TensorId {
        self.constant_of(name, &Tensor::indices(numbers))
    }

    fn constant_of(&mut self, name: &str, tensor: &Tensor) -> TensorId {
        let id = self.added(name);
        self.initializers.push(initializer(&self.names[id.0], tensor));
        id
    }

    /// Adds a node with one result.
    fn add(&mut self, name: &str, op_type: &str, inputs: &[TensorId], attribute: Vec<AttributeProto>) -> TensorId {
        let result = self.added(name);
        let name = self.names[result.0].clone();
        self.nodes.push(NodeProto {
            name: Some(name.clone()),
            op_type: Some(op_type.to_owned()),
            input: inputs.iter().map(|id| self.names[id.0].clone()).collect(),
            output: vec![name],
            attribute,
            ..NodeProto::default()
        });
        result
    }

    /// Types of inputs, outputs and other values, with the names of what is open.
    fn infos(&self, open: &OpenShapes) -> [Vec<ValueInfoProto>; 3] {
        let inputs = open.0.iter().flat_map(|(input, shape)| shape.iter().enumerate().map(move |dim| (input, dim)));
        let symbols = inputs.filter_map(|(input, (axis, dim))| match dim {
            Dim::Open(open) => Some((self.lengths_at(input, axis)?, OpenShapes::symbol(input, axis, open))),
            Dim::Fixed(_) => None,
        });
        let mut names = HashMap::new();
        symbols.for_each(|(lengths, symbol)| _ = names.entry(lengths).or_insert(symbol));
        let graph = self.graphs[0];
        [&graph.input, &graph.output, &graph.value_info]
            .map(|infos| infos.iter().map(|info| self.opened(info, &names)).collect())
    }

    /// The lengths of an axis in all graphs.
    fn lengths_at(&self, name: &str, axis: usize) -> Option<Vec<usize>> {
        let shapes = self.shapes_of(*self.ids.get(name)?);
        shapes.iter().map(|shape| shape.get(axis).copied()).collect()
    }

    /// A type in which what is open has a name if it is that of an input, else none.
    fn opened(&self, info: &ValueInfoProto, names: &HashMap<Vec<usize>, String>) -> ValueInfoProto {
        let mut info = info.clone();
        let name = info.name().to_owned();
        let Some(Type::TensorType(ty)) = info.r#type.as_mut().and_then(|ty| ty.value.as_mut()) else { return info };
        for (axis, dim) in ty.shape.iter_mut().flat_map(|shape| &mut shape.dim).enumerate() {
            let lengths = self.lengths_at(&name, axis).unwrap_or_default();
            if lengths.iter().any(|length| *length != lengths[0]) {
                let value = names.get(&lengths).cloned().map(dimension::Value::DimParam);
                *dim = Dimension { value, denotation: None };
            }
        }
        info
    }

    /// The nodes, each behind those that compute what it reads, and the constants that they read; without what is computed of sizes for nothing.
    fn finish(self) -> (Vec<NodeProto>, Vec<TensorProto>) {
        let tensors: Vec<_> = self.nodes.iter().map(|node| (self.all(&node.input), self.all(&node.output))).collect();
        let tensors: Vec<_> = tensors.iter().map(|(read, given)| (read.as_slice(), given.as_slice())).collect();
        let order = order(&tensors);
        let kept = self.graphs[0].node.iter().flat_map(|node| node.output.iter().map(String::as_str));
        let mut read: HashSet<_> = kept.map(str::to_owned).collect();
        let mut nodes: Vec<_> = self.nodes.into_iter().map(Some).collect();
        let mut needed = vec![];
        for node in order.into_iter().rev().filter_map(|index| nodes[index].take()) {
            if node.output.iter().any(|output| read.contains(output)) {
                read.extend(node.input.iter().cloned());
                needed.push(node);
            }
        }
        needed.reverse();
        let initializers = self.initializers.into_iter().filter(|tensor| read.contains(tensor.name())).collect();
        (needed, initializers)
    }
}

impl Compute for Unifier<'_> {
    fn computed(&mut self) -> &mut Computed {
        &mut self.numbers
    }

    fn constant(&mut self, name: String, elements: &[f64], number: Number, shape: &[usize]) -> TensorId {
        let dtype = match number {
            Number::Float => DType::F32,
            Number::Int => DType::I64,
        };
        let ty = TensorType::new(dtype, shape.to_vec());
        let bytes: Vec<u8> = match number {
            Number::Float => elements.iter().flat_map(|&element| (element as f32).to_le_bytes()).collect(),
            Number::Int => elements.iter().flat_map(|&element| (element as i64).to_le_bytes()).collect(),
        };
        let proto = TensorProto {
            dims: dims(shape),
            data_type: Some(element_type::number(ty.dtype)),
            raw_data: Some(bytes.into()),
            ..TensorProto::default()
        };
        let id = self.added(&name);
        self.initializers.push(TensorProto { name: Some(self.names[id.0].clone()), ..proto });
        id
    }

    fn lengths(&mut self, name: String, tensor: TensorId, start: usize, end: usize) -> TensorId {
        let whole = match self.whole_shapes.get(&tensor) {
            Some(&whole) => whole,
            None => {
                let shape_name = format!("{}/shape", self.names[tensor.0]);
                let whole = self.add(&shape_name, "Shape", &[tensor], vec![]);
                self.whole_shapes.insert(tensor, whole);
                whole
            }
        };
        let places = self.integers(&format!("{name}/axes"), (start..end).map(|axis| axis as i64).collect());
        self.add(&name, "Gather", &[whole, places], vec![axis(0)])
    }

    fn elements(&mut self, name: String, tensor: TensorId, start: usize, end: usize) -> TensorId {
        let row = self.integers(&format!("{name}/target"), vec![FOLLOWS]);
        let mut row = self.add(&format!("{name}/row"), "Reshape", &[tensor, row], vec![]);
        if self.dtypes.get(&tensor) != Some(&DType::I64) {
            row = self.cast(&format!("{name}/wide"), row, DType::I64);
        }
        let places = self.integers(&format!("{name}/places"), (start..end).map(|index| index as i64).collect());
        self.add(&name, "Gather", &[row, places], vec![axis(0)])
    }

    fn arithmetic(&mut self, name: String, operation: Arithmetic, operands: [TensorId; 2], _: &[usize]) -> TensorId {
        let op_type = match operation {
            Arithmetic::Add => "Add",
            Arithmetic::Mul => "Mul",
            // What is divided is never negative.
            Arithmetic::FloorDiv | Arithmetic::Divide => "Div",
            Arithmetic::Rest => "Mod",
        };
        self.add(&name, op_type, &operands, vec![])
    }

    fn joined(&mut self, name: String, along: usize, parts: &[TensorId], _: &[usize]) -> TensorId {
        self.add(&name, "Concat", parts, vec![axis(along)])
    }

    fn reshaped(&mut self, name: String, tensor: TensorId, follows: Option<usize>, shape: &[usize]) -> TensorId {
        let mut target = dims(shape);
        follows.into_iter().for_each(|axis| target[axis] = FOLLOWS);
        let target = self.integers(&format!("{name}/target"), target);
        self.add(&name, "Reshape", &[tensor, target], vec![])
    }

    fn reshaped_to(&mut self, name: String, tensor: TensorId, target: TensorId, _: &[usize]) -> TensorId {
        self.add(&name, "Reshape", &[tensor, target], vec![])
    }

    fn broadcast(&mut self, name: String, tensor: TensorId, target: TensorId, _: &[usize]) -> TensorId {
        self.add(&name, "Expand", &[tensor, target], vec![])
    }

    fn counted_up_to(&mut self, name: String, end: TensorId, _: usize) -> TensorId {
        let [start, step] =
            [0, 1].map(|number| self.constant(format!("{name}/{number}"), &[f64::from(number)], Number::Int, &[]));
        let end = self.add(&format!("{name}/end"), "Squeeze", &[end], vec![]);
        self.add(&name, "Range", &[start, end, step], vec![])
    }

    fn as_floats(&mut self, name: String, tensor: TensorId, _: &[usize]) -> TensorId {
        self.cast(&name, tensor, DType::F32)
    }

    fn joins(&self) -> Vec<Vec<Vec<Vec<usize>>>> {
        let joins = self.graphs[0].node.iter().filter(|node| node.op_type() == "Concat");
        let operands =
            |node: &NodeProto| self.all(&node.input).into_iter().map(|id| self.shapes_of(id)).collect::<Vec<_>>();
        let is_whole =
            |operands: &Vec<Vec<Vec<usize>>>| operands.iter().all(|shapes| shapes.len() == self.graphs.len());
        joins.map(operands).filter(is_whole).collect()
    }
}

/// The shape in a type, if it is known.
fn shape(info: &ValueInfoProto) -> Option<Vec<usize>> {
    let Some(Type::TensorType(ty)) = &info.r#type.as_ref()?.value else { return None };
    let length = |dim: &Dimension| match dim.value {
        Some(dimension::Value::DimValue(length)) => usize::try_from(length).ok(),
        _ => None,
    };
    ty.shape.as_ref()?.dim.iter().map(length).collect()
}

/// An initialiser of ours, whose elements are raw data.
fn tensor(proto: &TensorProto) -> Option<Tensor> {
    let dtype = element_type::dtype(proto.data_type?).ok()?;
    let shape = proto.dims.iter().map(|&dim| usize::try_from(dim)).collect::<Result<Vec<_>, _>>().ok()?;
    Tensor::from_bytes(TensorType::new(dtype, shape), proto.raw_data.clone()?).ok()
}

/// What stands for the elements of a type; `None` for small floats.
fn number(dtype: DType) -> Option<Number> {
    match dtype {
        DType::F32 => Some(Number::Float),
        dtype if dtype.is_integer() || dtype == DType::Bool => Some(Number::Int),
        _ => None,
    }
}

/// Whether two nodes may be one at two sizes, by what they are and read.
fn is_alike(a: &NodeProto, b: &NodeProto) -> bool {
    let parts = |node: &NodeProto| (node.op_type().to_owned(), node.input.len(), node.output.len());
    parts(a) == parts(b)
}
