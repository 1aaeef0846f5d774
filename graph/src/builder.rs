//! Making a graph node by node.

use std::collections::HashSet;

use crate::graph::{Graph, GraphError, Node, Output, Value, ValueId, ValueKind, infer};
use crate::op::Op;
use edgeconv_tensor::{Tensor, TensorType};

/// Builds a [`Graph`] with shape inference. Names are relative to the current module path, as in PyTorch.
///
/// ```
/// use edgeconv_graph::{Builder, op};
///
/// let mut b = Builder::new("tiny");
/// let x = b.input("input", [1, 3, 8, 8])?;
/// let y = b.scope("stem", |b| {
///     let weight = b.parameter("conv.weight", [4, 3, 1, 1])?;
///     b.node("conv", op::Conv::pointwise(), &[x, weight])
/// })?;
/// b.output("features", y);
/// let graph = b.finish();
/// assert_eq!(graph.nodes().next().map(|node| node.name.as_str()), Some("stem.conv"));
/// assert_eq!(graph.parameter_count(), 12);
/// # Ok::<(), edgeconv_graph::GraphError>(())
/// ```
#[derive(Debug)]
pub struct Builder {
    graph: Graph,
    path: Vec<String>,
    names: HashSet<String>,
    training: bool,
}

impl Builder {
    /// An empty graph.
    pub fn new(name: impl Into<String>) -> Self {
        Self { graph: Graph::new(name.into()), path: vec![], names: HashSet::new(), training: false }
    }

    /// An empty graph for a network that is to be trained, which has dropouts.
    pub fn for_training(name: impl Into<String>) -> Self {
        Self { training: true, ..Self::new(name) }
    }

    /// Whether the network is to be trained.
    pub fn is_for_training(&self) -> bool {
        self.training
    }

    /// Runs `build` with `module` appended to the module path.
    pub fn scope<T>(&mut self, module: impl ToString, build: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(module.to_string());
        let result = build(self);
        self.path.pop();
        result
    }

    /// Type of a value.
    pub fn ty(&self, id: ValueId) -> &TensorType {
        self.graph.ty(id)
    }

    /// Name of a value.
    pub fn name(&self, id: ValueId) -> &str {
        &self.graph.value(id).name
    }

    /// Shape of a value.
    pub fn shape(&self, id: ValueId) -> &[usize] {
        &self.graph.ty(id).shape
    }

    /// The elements of a value, if they are known at conversion time.
    pub fn tensor(&self, id: ValueId) -> Option<&Tensor> {
        self.graph.tensor(id)
    }

    /// Whether a node computes the value at run time.
    pub fn is_computed(&self, id: ValueId) -> bool {
        self.graph.value(id).kind == ValueKind::Computed
    }

    /// Whether the value is the same in every run.
    pub fn is_constant(&self, id: ValueId) -> bool {
        self.graph.value(id).is_constant()
    }

    /// The node that computes a value.
    pub fn producer(&self, id: ValueId) -> Option<&Node> {
        self.graph.producer_node(id)
    }

    /// A float input.
    ///
    /// # Errors
    /// If the name is taken.
    pub fn input(&mut self, name: &str, shape: impl Into<Vec<usize>>) -> Result<ValueId, GraphError> {
        self.typed_input(name, TensorType::f32(shape))
    }

    /// An input of any type.
    ///
    /// # Errors
    /// If the name is taken.
    pub fn typed_input(&mut self, name: &str, ty: TensorType) -> Result<ValueId, GraphError> {
        let id = self.value(name, ty, ValueKind::Input)?;
        self.graph.inputs.push(id);
        Ok(id)
    }

    /// A learned float parameter without elements yet.
    ///
    /// # Errors
    /// If the name is taken.
    pub fn parameter(&mut self, name: &str, shape: impl Into<Vec<usize>>) -> Result<ValueId, GraphError> {
        self.value(name, TensorType::f32(shape), ValueKind::Parameter(None))
    }

    /// A float buffer without elements yet.
    ///
    /// # Errors
    /// If the name is taken.
    pub fn buffer(&mut self, name: &str, shape: impl Into<Vec<usize>>) -> Result<ValueId, GraphError> {
        self.value(name, TensorType::f32(shape), ValueKind::Buffer(None))
    }

    /// A constant.
    ///
    /// # Errors
    /// If the name is taken.
    pub fn constant(&mut self, name: &str, tensor: Tensor) -> Result<ValueId, GraphError> {
        self.value(name, tensor.ty(), ValueKind::Constant(tensor))
    }

    /// A node with one output, which has the node's name.
    ///
    /// # Errors
    /// If the name is taken, or if the operator does not fit its inputs.
    pub fn node(&mut self, name: &str, op: impl Into<Op>, inputs: &[ValueId]) -> Result<ValueId, GraphError> {
        Ok(self.nodes(name, op, inputs)?[0])
    }

    /// A node with any number of outputs; when they are several, they are named `<node>.0`, `<node>.1`, ….
    ///
    /// # Errors
    /// If a name is taken, or if the operator does not fit its inputs.
    pub fn nodes(&mut self, name: &str, op: impl Into<Op>, inputs: &[ValueId]) -> Result<Vec<ValueId>, GraphError> {
        self.nodes_as(name, &[], op, inputs)
    }

    /// The same, with names for the first outputs; one that is empty stands for the usual name.
    ///
    /// # Errors
    /// If a name is taken, or if the operator does not fit its inputs.
    pub fn nodes_as(
        &mut self,
        name: &str,
        outputs: &[String],
        op: impl Into<Op>,
        inputs: &[ValueId],
    ) -> Result<Vec<ValueId>, GraphError> {
        let op = op.into();
        let node = self.full_name(name);
        let types: Vec<_> = inputs.iter().map(|&id| self.graph.ty(id)).collect();
        let types = infer(&node, &op, &types)?;
        let mut names = output_names(name, types.len());
        for (name, given) in names.iter_mut().zip(outputs).filter(|(_, given)| !given.is_empty()) {
            name.clone_from(given);
        }
        let outputs = names
            .iter()
            .zip(types)
            .map(|(name, ty)| self.value(name, ty, ValueKind::Computed))
            .collect::<Result<Vec<_>, _>>()?;
        let position = self.graph.nodes.len();
        self.graph.add_node(Node { name: node, op, inputs: inputs.to_vec(), outputs: outputs.clone() }, position);
        Ok(outputs)
    }

    /// Returns `value` from the graph under `name`.
    pub fn output(&mut self, name: &str, value: ValueId) {
        self.graph.add_output(Output { name: name.to_owned(), value });
    }

    /// Notes that a constant is another one at other sizes of the inputs, or a node has other attributes.
    pub fn set_sized(&mut self, id: ValueId) {
        self.graph.values[id.0].value.sized = true;
    }

    /// Says at which values the original model can be told to end, and by which name each of them goes there; without this, at every
    /// value by its own name.
    pub fn set_ends(&mut self, ends: impl IntoIterator<Item = (ValueId, String)>) {
        self.graph.values.iter_mut().for_each(|slot| slot.value.end = None);
        for (id, end) in ends {
            self.graph.values[id.0].value.end = Some(end);
        }
    }

    /// The inputs that a value is computed from.
    pub fn inputs_of(&self, id: ValueId) -> Vec<ValueId> {
        let (mut open, mut seen) = (vec![id], HashSet::new());
        while let Some(id) = open.pop() {
            if seen.insert(id) {
                open.extend(self.graph.producer_node(id).into_iter().flat_map(|node| &node.inputs));
            }
        }
        self.graph.inputs().iter().copied().filter(|input| seen.contains(input)).collect()
    }

    /// The finished graph.
    pub fn finish(self) -> Graph {
        self.graph
    }

    fn value(&mut self, name: &str, ty: TensorType, kind: ValueKind) -> Result<ValueId, GraphError> {
        let name = self.full_name(name);
        if !self.names.insert(name.clone()) {
            return Err(GraphError::DuplicateName(name));
        }
        let (origin, end) = (Some(name.clone()), Some(name.clone()));
        Ok(self.graph.add_value(Value { name, ty, kind, origin, end, quant: None, sized: false }))
    }

    fn full_name(&self, name: &str) -> String {
        if self.path.is_empty() {
            return name.to_owned();
        }
        let parts = self.path.iter().map(String::as_str).chain([name]);
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".")
    }
}

/// Names for the outputs of a node.
pub(crate) fn output_names(node: &str, count: usize) -> Vec<String> {
    if count == 1 { vec![node.to_owned()] } else { (0..count).map(|i| format!("{node}.{i}")).collect() }
}
