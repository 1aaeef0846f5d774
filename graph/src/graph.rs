//! Values, nodes, and the graph that holds them.

use std::collections::{BTreeMap, HashMap};

use crate::op::{Op, OpError};
use crate::tensor::{Tensor, TensorType};

/// Names a value of one [`Graph`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ValueId(pub(crate) u32);

impl ValueId {
    pub(crate) fn index(self) -> usize {
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
    Tensor(#[from] crate::tensor::ElementCountError),
    /// An operator does not fit its inputs.
    #[error("node `{node}` ({op}): {source}")]
    Node {
        /// Name of the node.
        node: String,
        /// Name of the operator.
        op: &'static str,
        /// What does not fit.
        source: OpError,
    },
    /// Two values have one name.
    #[error("two values are named `{0}`")]
    DuplicateName(String),
    /// A tensor was given for a value of another type.
    #[error("`{name}` has type {expected}, found a tensor of type {found}")]
    TypeMismatch {
        /// Name of the value.
        name: String,
        /// The value's type.
        expected: TensorType,
        /// The tensor's type.
        found: TensorType,
    },
}

/// A network: nodes in topological order over values that are each produced once.
#[derive(Debug, Clone, PartialEq)]
pub struct Graph {
    /// Name of the model.
    pub name: String,
    /// What files keep about the model besides the network, by keys such as `edgeconv.source`.
    pub metadata: BTreeMap<String, String>,
    pub(crate) values: Vec<Value>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) inputs: Vec<ValueId>,
    pub(crate) outputs: Vec<Output>,
}

impl Graph {
    /// The value of that id.
    pub fn value(&self, id: ValueId) -> &Value {
        &self.values[id.index()]
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
        self.values.iter().enumerate().map(|(index, value)| (ValueId(index as u32), value))
    }

    /// All nodes in topological order.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
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
        let mut seen = vec![false; self.values.len()];
        let operands = self.nodes.iter().flat_map(|node| node.inputs.iter().copied());
        operands
            .chain(self.outputs.iter().map(|output| output.value))
            .filter(|&id| self.value(id).is_constant() && !std::mem::replace(&mut seen[id.index()], true))
            .collect()
    }

    /// For each value the indices of the nodes that use it (once per use).
    pub fn consumers(&self) -> Consumers {
        let mut users = vec![vec![]; self.values.len()];
        for (index, node) in self.nodes.iter().enumerate() {
            for input in &node.inputs {
                users[input.index()].push(index);
            }
        }
        let mut returned = vec![false; self.values.len()];
        for output in &self.outputs {
            returned[output.value.index()] = true;
        }
        Consumers { users, returned }
    }

    /// For each value the node that computes it.
    pub fn producers(&self) -> Producers {
        let mut by_value = vec![None; self.values.len()];
        for (index, node) in self.nodes.iter().enumerate() {
            for output in &node.outputs {
                by_value[output.index()] = Some(index);
            }
        }
        Producers { by_value }
    }

    /// Fills parameters and buffers with what `tensor` returns for them; those for which it returns `None` stay as they are.
    ///
    /// # Errors
    /// If a tensor has another type than its value; values before it are already filled.
    pub fn fill_parameters(&mut self, mut tensor: impl FnMut(&Value) -> Option<Tensor>) -> Result<(), GraphError> {
        for value in &mut self.values {
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

    /// Number of learned numbers.
    pub fn parameter_count(&self) -> u64 {
        let learned = self.values.iter().filter(|value| matches!(value.kind, ValueKind::Parameter(_)));
        learned.map(|value| value.ty.len() as u64).sum()
    }

    /// Number of elements of all constants, parameters and buffers that are used.
    pub fn constant_count(&self) -> u64 {
        self.used_constants().into_iter().map(|id| self.ty(id).len() as u64).sum()
    }

    /// Multiply-accumulate operations of one run. Convolutions (circular ones with all their taps) and matrix products
    /// count; biases, norms, activations, additions and copies don't.
    pub fn macs(&self) -> u64 {
        self.nodes.iter().map(|node| self.node_macs(node)).sum()
    }

    /// Multiply-accumulate operations of one node.
    pub fn node_macs(&self, node: &Node) -> u64 {
        let types = |ids: &[ValueId]| ids.iter().map(|&id| self.ty(id)).collect::<Vec<_>>();
        node.op.operator().macs(&types(&node.inputs), &types(&node.outputs))
    }

    /// Bytes that a run needs for values at least: the largest sum over those that are computed and still needed, in the order of
    /// the nodes, with 4 bytes per element and without constants.
    pub fn peak_bytes(&self) -> u64 {
        let mut last_use = vec![0; self.values.len()];
        for (index, node) in self.nodes.iter().enumerate() {
            node.inputs.iter().for_each(|id| last_use[id.index()] = index);
        }
        self.outputs.iter().for_each(|output| last_use[output.value.index()] = usize::MAX);
        let bytes = |ids: &mut dyn Iterator<Item = ValueId>| ids.map(|id| 4 * self.ty(id).len() as u64).sum::<u64>();
        let mut live = bytes(&mut self.inputs.iter().copied());
        let mut peak = live;
        for (index, node) in self.nodes.iter().enumerate() {
            live += bytes(&mut node.outputs.iter().copied());
            peak = peak.max(live);
            let mut done: Vec<_> = node.inputs.iter().chain(&node.outputs).copied().collect();
            done.sort_unstable();
            done.dedup();
            let is_done = |&id: &ValueId| !self.value(id).is_constant() && last_use[id.index()] <= index;
            live -= bytes(&mut done.into_iter().filter(is_done));
        }
        peak
    }

    /// Number of nodes per operator, in alphabetical order.
    pub fn histogram(&self) -> std::collections::BTreeMap<&'static str, usize> {
        let mut histogram = std::collections::BTreeMap::new();
        for node in &self.nodes {
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
        let mut names = HashMap::new();
        for value in &self.values {
            if names.insert(value.name.as_str(), ()).is_some() {
                return Err(GraphError::DuplicateName(value.name.clone()));
            }
        }
        for node in &self.nodes {
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

/// Who uses which value.
#[derive(Debug)]
pub struct Consumers {
    users: Vec<Vec<usize>>,
    returned: Vec<bool>,
}

impl Consumers {
    /// Indices of the nodes that use the value, once per use.
    pub fn of(&self, id: ValueId) -> &[usize] {
        &self.users[id.index()]
    }

    /// The one node that uses the value, if nothing else does and the graph does not return it.
    pub fn only(&self, id: ValueId) -> Option<usize> {
        match self.of(id) {
            [user] if !self.returned[id.index()] => Some(*user),
            _ => None,
        }
    }
}

/// Who computes which value.
#[derive(Debug)]
pub struct Producers {
    by_value: Vec<Option<usize>>,
}

impl Producers {
    /// Index of the node that computes the value.
    pub fn of(&self, id: ValueId) -> Option<usize> {
        self.by_value[id.index()]
    }
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
