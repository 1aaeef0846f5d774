//! Values, nodes, and the graph that holds them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use crate::names::AllNames;
use crate::op::{Op, OpError};
use crate::order::Order;
use crate::quantization::Quantization;
use crate::sizes::Sizes;
use crate::slots::Slots;
use edgeconv_files::name::escaped;
use edgeconv_tensor::{Tensor, TensorType};

/// Names a value of one [`Graph`], as long as that holds it; no other value gets the same id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ValueId(pub(crate) u32);

/// Names a node of one [`Graph`], as long as that holds it; no other node gets the same id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(crate) u32);

impl NodeId {
    /// A number for tables of nodes: from 0 on, in order of creation.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum ValueKind {
    /// Given by the user at run time.
    Input,
    /// Learned, named by its checkpoint key; `None` until weights are loaded.
    Parameter(Option<Tensor>),
    /// Kept in checkpoints but not learned, such as the running statistics of a BatchNorm.
    Buffer(Option<Tensor>),
    /// Fixed by the architecture, or computed by a pass.
    Constant(Tensor),
    /// Computed by a node at run time.
    Computed,
}

/// A tensor that flows through the graph.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// Unique name: a checkpoint key, or the name of the node that computes it.
    pub name: String,
    /// Element type and shape.
    pub ty: TensorType,
    /// Where it comes from.
    pub kind: ValueKind,
    /// Provenance: the name of the value of the original graph that this one equals (up to rounding); `None` if it has no
    /// counterpart there.
    pub origin: Option<String>,
    /// The name by which the original model can be told to end at this value; `None` if that does not know it, as it does not know
    /// the steps that one of its operators was expressed in.
    pub end: Option<String>,
    /// How the integers stand for real numbers, where that is known at conversion time; of floats, that they are such numbers and may be
    /// computed as integers.
    pub quant: Option<Box<Quantization>>,
    /// In a network that is open, whether it is known for this size of the inputs only, so that what is computed from it has to stay computed;
    /// or whether attributes of the node that computes it are of this size, so that it may do nothing here and something at another.
    pub sized: bool,
}

impl Value {
    /// The elements, if they are known at conversion time.
    pub fn tensor(&self) -> Option<&Tensor> {
        match &self.kind {
            ValueKind::Parameter(tensor) | ValueKind::Buffer(tensor) => tensor.as_ref(),
            ValueKind::Constant(tensor) => Some(tensor),
            ValueKind::Input | ValueKind::Computed => None,
        }
    }

    /// The name of the value that it equals in the graph before rewriting, so that a check can compare the two; what equals none gets
    /// a name that no value had, since nodes of rewritten graphs keep the names of what they stand for.
    pub fn original_name(&self) -> String {
        self.origin.clone().unwrap_or_else(|| format!("{}~", self.name))
    }

    /// Whether the value is the same in every run.
    pub fn is_constant(&self) -> bool {
        !matches!(self.kind, ValueKind::Input | ValueKind::Computed)
    }
}

/// One application of an operator.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Unique name: the module path that it comes from.
    pub name: String,
    /// Operator and attributes.
    pub op: Op,
    /// Operands; trailing optional ones may be left out.
    pub inputs: Vec<ValueId>,
    /// Results.
    pub outputs: Vec<ValueId>,
}

/// A value that the graph returns, under the name that users see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// The name in exported files, e.g. `logits`.
    pub name: String,
    /// The value.
    pub value: ValueId,
}

/// What is wrong with a graph, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GraphError {
    /// A constant does not have as many elements as its shape says.
    #[error(transparent)]
    Tensor(#[from] edgeconv_tensor::TensorError),
    /// An operator does not fit its inputs.
    #[error("node `{node}` ({op}): {source}", node = escaped(.node))]
    Node {
        /// Name of the node.
        node: String,
        /// Name of the operator.
        op: &'static str,
        /// What does not fit.
        source: OpError,
    },
    /// A patch was made for another graph, or before another patch was applied.
    #[error("the patch was made for another state of the graph")]
    StalePatch,
    /// Two values have one name.
    #[error("two values are named `{}`", escaped(.0))]
    DuplicateName(String),
    /// A tensor was given for a value of another type.
    #[error("`{name}` has type {expected}, found a tensor of type {found}", name = escaped(.name))]
    TypeMismatch {
        /// Name of the value.
        name: String,
        /// The value's type.
        expected: TensorType,
        /// The tensor's type.
        found: TensorType,
    },
}

/// A network: nodes over values that are each produced once.
///
/// Nodes and values keep their ids for life, also while patches add and remove others. Who computes a value and who uses it is
/// known at any time; the order in which nodes run is derived from that.
#[derive(Debug, Clone)]
pub struct Graph {
    /// Name of the model.
    pub name: String,
    /// What files keep about the model besides the network, by keys such as `edgeconv.source`.
    pub metadata: BTreeMap<String, String>,
    /// Bytes that constants may take in all, which the size of the file decides that they are from; `None` for what a program builds.
    pub memory: Option<u64>,
    /// What the network computes of its sizes, where it is one of several sizes of the same.
    pub sizes: Option<Arc<Sizes>>,
    pub(crate) values: Slots<ValueSlot>,
    pub(crate) nodes: Slots<Node>,
    pub(crate) inputs: Vec<ValueId>,
    pub(crate) outputs: Vec<Output>,
    pub(crate) order: OnceLock<Order>,
    /// Position of each node in the last order that was known; of later nodes those of what they replaced.
    pub(crate) positions: Vec<u32>,
    /// The names in use; `None` until the first patch, before which nodes are in the order in which they were added.
    pub(crate) names: Option<AllNames>,
    /// Number of patches.
    pub(crate) revision: u32,
}

/// A value with its links.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ValueSlot {
    pub value: Value,
    pub producer: Option<NodeId>,
    /// Once per use, in ascending order.
    pub users: Vec<NodeId>,
    pub returned: bool,
}

/// Graphs are equal if they hold the same, under the same ids.
impl PartialEq for Graph {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, &self.metadata, &self.inputs, &self.outputs)
            == (&other.name, &other.metadata, &other.inputs, &other.outputs)
            && self.values == other.values
            && self.nodes == other.nodes
    }
}

impl Graph {
    /// A graph that holds nothing.
    pub(crate) fn new(name: String) -> Self {
        Self {
            name,
            metadata: BTreeMap::new(),
            memory: None,
            sizes: None,
            values: Slots::default(),
            nodes: Slots::default(),
            inputs: vec![],
            outputs: vec![],
            order: OnceLock::new(),
            positions: vec![],
            names: None,
            revision: 0,
        }
    }

    /// Adds a value that nothing uses yet.
    pub(crate) fn add_value(&mut self, value: Value) -> ValueId {
        ValueId(self.values.push(ValueSlot { value, producer: None, users: vec![], returned: false }))
    }

    /// Adds a node over values that are there.
    pub(crate) fn add_node(&mut self, node: Node, position: u32) -> NodeId {
        let id = NodeId(self.nodes.len());
        self.note_quantization(&node);
        node.inputs.iter().for_each(|&input| self.add_user(input, id));
        node.outputs.iter().for_each(|&output| self.values[output.0].producer = Some(id));
        self.nodes.push(node);
        self.positions.push(position);
        self.order.take();
        id
    }

    /// Notes what a quantising operator says of its integers.
    fn note_quantization(&mut self, node: &Node) {
        let integers = match node.op {
            Op::QuantizeLinear(_) => node.outputs[0],
            Op::DequantizeLinear(_) => node.inputs[0],
            _ => return,
        };
        let known: Vec<_> = node.inputs.iter().map(|&id| self.tensor(id)).collect();
        let found = Quantization::of(&node.op, &known);
        let noted = &mut self.values[integers.0].value.quant;
        *noted = noted.take().or(found.map(Box::new));
    }

    /// Notes how integers stand for the elements of a value.
    ///
    /// # Panics
    /// If a patch removed the value.
    pub fn quantize(&mut self, id: ValueId, quantization: Quantization) {
        self.values[id.0].value.quant = Some(Box::new(quantization));
    }

    /// Notes that a value does not equal one of the original graph any more.
    ///
    /// # Panics
    /// If a patch removed the value.
    pub fn forget_origin(&mut self, id: ValueId) {
        let value = &mut self.values[id.0].value;
        (value.origin, value.end) = (None, None);
    }

    /// Notes one more use of a value.
    pub(crate) fn add_user(&mut self, value: ValueId, user: NodeId) {
        let users = &mut self.values[value.0].users;
        users.insert(users.partition_point(|&other| other <= user), user);
    }

    /// Adds an output.
    pub(crate) fn add_output(&mut self, output: Output) {
        self.values[output.value.0].returned = true;
        self.outputs.push(output);
        self.order.take();
    }

    /// The value of that id.
    ///
    /// # Panics
    /// If a patch removed it.
    pub fn value(&self, id: ValueId) -> &Value {
        &self.values[id.0].value
    }

    /// The node of that id.
    ///
    /// # Panics
    /// If a patch removed it.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0]
    }

    /// Whether a node is still there.
    pub fn contains(&self, id: NodeId) -> bool {
        self.nodes.get(id.0).is_some()
    }

    /// Element type and shape of a value.
    pub fn ty(&self, id: ValueId) -> &TensorType {
        &self.value(id).ty
    }

    /// The elements of a value, if they are known at conversion time.
    pub fn tensor(&self, id: ValueId) -> Option<&Tensor> {
        self.value(id).tensor()
    }

    /// The elements of a float value, if they are known at conversion time.
    pub fn floats(&self, id: ValueId) -> Option<&[f32]> {
        self.tensor(id)?.as_f32()
    }

    /// All values with their ids, in order of creation.
    pub fn values(&self) -> impl Iterator<Item = (ValueId, &Value)> {
        self.values.iter().map(|(id, slot)| (ValueId(id), &slot.value))
    }

    /// All nodes in topological order.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = &Node> + DoubleEndedIterator + Clone {
        self.order().iter().map(|&id| self.node(id))
    }

    /// The ids of all nodes in topological order: that of creation until the first patch; then what each output needs, depth first
    /// and operands from left to right.
    pub fn order(&self) -> &[NodeId] {
        &self.order.get_or_init(|| Order::of(self)).nodes
    }

    /// Where a node stands among the others: those with smaller positions come first. While patches are applied this is known
    /// without computing the order again: new nodes stand where the values stood that they are used in place of.
    pub fn position(&self, id: NodeId) -> u32 {
        self.order.get().map_or(&self.positions, |order| &order.positions)[id.0 as usize]
    }

    /// The node that computes a value; `None` for inputs and constants.
    pub fn producer(&self, id: ValueId) -> Option<NodeId> {
        self.values[id.0].producer
    }

    /// The node that computes a value, itself.
    pub fn producer_node(&self, id: ValueId) -> Option<&Node> {
        self.producer(id).map(|id| self.node(id))
    }

    /// The nodes that use a value, once per use, in order of creation.
    pub fn users(&self, id: ValueId) -> &[NodeId] {
        &self.values[id.0].users
    }

    /// The nodes that use a value, themselves.
    pub fn user_nodes(&self, id: ValueId) -> impl Iterator<Item = &Node> {
        self.users(id).iter().map(|&id| self.node(id))
    }

    /// The one node that uses a value, if it does so once, nothing else does, and the graph does not return the value.
    pub fn only_user(&self, id: ValueId) -> Option<NodeId> {
        match self.users(id) {
            &[user] if !self.is_returned(id) => Some(user),
            _ => None,
        }
    }

    /// Whether a value is an output of the graph.
    pub fn is_returned(&self, id: ValueId) -> bool {
        self.values[id.0].returned
    }

    /// The values that the user gives.
    pub fn inputs(&self) -> &[ValueId] {
        &self.inputs
    }

    /// The values that the graph returns.
    pub fn outputs(&self) -> &[Output] {
        &self.outputs
    }

    /// The constants, parameters and buffers that nodes or outputs use, in order of first use.
    pub fn used_constants(&self) -> Vec<ValueId> {
        let mut seen = HashSet::new();
        let operands = self.nodes().flat_map(|node| node.inputs.iter().copied());
        operands
            .chain(self.outputs.iter().map(|output| output.value))
            .filter(|&id| self.value(id).is_constant() && seen.insert(id))
            .collect()
    }

    /// Fills parameters and buffers with what `tensor` returns for them; those for which it returns `None` stay as they are.
    ///
    /// # Errors
    /// If a tensor has another type than its value; values before it are already filled.
    pub fn fill_parameters(&mut self, mut tensor: impl FnMut(&Value) -> Option<Tensor>) -> Result<(), GraphError> {
        for value in self.values.iter_mut().map(|slot| &mut slot.value) {
            if !matches!(value.kind, ValueKind::Parameter(_) | ValueKind::Buffer(_)) {
                continue;
            }
            let Some(tensor) = tensor(value) else { continue };
            if tensor.ty() != value.ty {
                let (name, expected, found) = (value.name.clone(), value.ty.clone(), tensor.ty());
                return Err(GraphError::TypeMismatch { name, expected, found });
            }
            if let ValueKind::Parameter(slot) | ValueKind::Buffer(slot) = &mut value.kind {
                *slot = Some(tensor);
            }
        }
        Ok(())
    }

    /// Holds what is equal to a constant of the same name in another graph in the memory of that one.
    pub fn share_constants(&mut self, other: &Graph) {
        let named = other.values().filter_map(|(_, value)| Some((value.name.as_str(), value.tensor()?)));
        let known: HashMap<_, _> = named.collect();
        for value in self.values.iter_mut().map(|slot| &mut slot.value) {
            let same = known.get(value.name.as_str()).copied().filter(|&same| value.tensor() == Some(same));
            if let (
                Some(same),
                ValueKind::Parameter(Some(own)) | ValueKind::Buffer(Some(own)) | ValueKind::Constant(own),
            ) = (same, &mut value.kind)
            {
                *own = same.clone();
            }
        }
    }

    /// Number of learned numbers.
    pub fn parameter_count(&self) -> u64 {
        let learned = self.values().filter(|(_, value)| matches!(value.kind, ValueKind::Parameter(_)));
        learned.map(|(_, value)| value.ty.len() as u64).sum()
    }

    /// Number of elements of all constants, parameters and buffers that are used.
    pub fn constant_count(&self) -> u64 {
        self.used_constants().into_iter().map(|id| self.ty(id).len() as u64).sum()
    }

    /// Multiply-accumulate operations of one run. Convolutions (circular ones with all their taps) and matrix products
    /// count; biases, norms, activations, additions and copies don't.
    pub fn macs(&self) -> u64 {
        self.nodes().map(|node| self.node_macs(node)).sum()
    }

    /// Multiply-accumulate operations of one node.
    pub fn node_macs(&self, node: &Node) -> u64 {
        let types = |ids: &[ValueId]| ids.iter().map(|&id| self.ty(id)).collect::<Vec<_>>();
        node.op.operator().macs(&types(&node.inputs), &types(&node.outputs))
    }

    /// Bytes that a run needs for values at least: the largest sum over those that are computed and still needed, in the order of
    /// the nodes, with 4 bytes per element and without constants.
    pub fn peak_bytes(&self) -> u64 {
        let mut last_use = vec![0; self.values.len() as usize];
        for (index, node) in self.nodes().enumerate() {
            node.inputs.iter().for_each(|id| last_use[id.0 as usize] = index);
        }
        self.outputs.iter().for_each(|output| last_use[output.value.0 as usize] = usize::MAX);
        let bytes = |ids: &mut dyn Iterator<Item = ValueId>| ids.map(|id| 4 * self.ty(id).len() as u64).sum::<u64>();
        let mut live = bytes(&mut self.inputs.iter().copied());
        let mut peak = live;
        for (index, node) in self.nodes().enumerate() {
            live += bytes(&mut node.outputs.iter().copied());
            peak = peak.max(live);
            let mut done: Vec<_> = node.inputs.iter().chain(&node.outputs).copied().collect();
            done.sort_unstable();
            done.dedup();
            let is_done = |&id: &ValueId| !self.value(id).is_constant() && last_use[id.0 as usize] <= index;
            live -= bytes(&mut done.into_iter().filter(is_done));
        }
        peak
    }

    /// Number of nodes per operator, in alphabetical order.
    pub fn histogram(&self) -> std::collections::BTreeMap<&'static str, usize> {
        let mut histogram = std::collections::BTreeMap::new();
        for node in self.nodes() {
            *histogram.entry(node.op.operator().name()).or_insert(0) += 1;
        }
        histogram
    }

    /// Infers the output types of an operator on values of this graph.
    pub(crate) fn infer(&self, name: &str, op: &Op, inputs: &[ValueId]) -> Result<Vec<TensorType>, GraphError> {
        let types: Vec<_> = inputs.iter().map(|&id| self.ty(id)).collect();
        infer(name, op, &types)
    }

    /// Checks that names are unique and that every type is what shape inference says.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn validate(&self) -> Result<(), GraphError> {
        let mut names = HashSet::new();
        for (_, value) in self.values() {
            if !names.insert(value.name.as_str()) {
                return Err(GraphError::DuplicateName(value.name.clone()));
            }
        }
        for node in self.nodes() {
            let types = self.infer(&node.name, &node.op, &node.inputs)?;
            for (&output, found) in node.outputs.iter().zip(types) {
                if *self.ty(output) != found {
                    let value = self.value(output);
                    let (name, expected) = (value.name.clone(), value.ty.clone());
                    return Err(GraphError::TypeMismatch { name, expected, found });
                }
            }
        }
        Ok(())
    }
}

/// Shape inference with the node's name added to errors.
pub(crate) fn infer(name: &str, op: &Op, types: &[&TensorType]) -> Result<Vec<TensorType>, GraphError> {
    let operator = op.operator();
    operator.infer(types).map_err(|source| GraphError::Node { node: name.to_owned(), op: operator.name(), source })
}

#[cfg(test)]
mod tests {
    use crate::Builder;
    use crate::op::{Binary, Unary};

    #[test]
    fn memory_is_needed_until_the_last_use() {
        let mut b = Builder::new("chain");
        let x = b.input("x", [10]).unwrap();
        let a = b.node("a", Unary::Exp, &[x]).unwrap();
        let c = b.node("c", Unary::Exp, &[a]).unwrap();
        let d = b.node("d", Binary::Add, &[c, a]).unwrap();
        b.output("d", d);
        // x and a; then a and c; then a, c and d.
        assert_eq!(b.finish().peak_bytes(), 4 * 30);
    }
}
