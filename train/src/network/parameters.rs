//! Named tensors that outlive a step.

use std::collections::HashMap;

use edgeconv_graph::{Graph, Op, Tensor as Constant, ValueKind};
use tch::{Device, Kind, Tensor, no_grad};

use super::NetworkError;
use crate::state::{State, from_graph, to_graph};

/// What a tensor is to training.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It is learned.
    Learned,
    /// Kept in checkpoints, but not learned: the running statistics of BatchNorm.
    Buffer,
    /// How many batches a BatchNorm has seen (`num_batches_tracked`, an integer); of no influence.
    Counter,
}

/// A tensor with its checkpoint key.
#[derive(Debug)]
pub struct Parameter {
    /// Checkpoint key.
    pub name: String,
    /// The elements. What is learned requires gradients.
    pub tensor: Tensor,
    /// What it is to training.
    pub role: Role,
}

/// All tensors of a network, in the order in which the network uses them.
#[derive(Debug)]
pub struct Parameters {
    all: Vec<Parameter>,
    index: HashMap<String, usize>,
}

/// The name of the counter beside a BatchNorm's `running_var`.
fn counter_of(running_var: &str) -> Option<String> {
    running_var.strip_suffix("running_var").map(|path| format!("{path}num_batches_tracked"))
}

impl Parameters {
    /// Copies of a graph's parameters and buffers, which must have elements.
    pub(super) fn of(graph: &Graph, device: Device) -> Result<Self, NetworkError> {
        let mut parameters = Self { all: vec![], index: HashMap::new() };
        for (_, value) in graph.values() {
            let (role, constant) = match &value.kind {
                ValueKind::Parameter(constant) => (Role::Learned, constant),
                ValueKind::Buffer(constant) => (Role::Buffer, constant),
                _ => continue,
            };
            let missing = || state_error(&value.name, "has no elements yet");
            let tensor = from_graph(&value.name, constant.as_ref().ok_or_else(missing)?)?.to_device(device);
            let tensor = if role == Role::Learned { tensor.set_requires_grad(true) } else { tensor };
            parameters.add(value.name.clone(), tensor, role);
            if let Some(counter) = counter_of(&value.name) {
                parameters.add(counter, Tensor::zeros([], (Kind::Int64, device)), Role::Counter);
            }
        }
        Ok(parameters)
    }

    fn add(&mut self, name: String, tensor: Tensor, role: Role) {
        self.index.insert(name.clone(), self.all.len());
        self.all.push(Parameter { name, tensor, role });
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Parameter> {
        self.all.iter()
    }

    /// Those that are learned.
    pub fn learned(&self) -> impl Iterator<Item = &Parameter> {
        self.iter().filter(|parameter| parameter.role == Role::Learned)
    }

    /// The tensor of that name.
    pub fn get(&self, name: &str) -> Option<&Tensor> {
        self.index.get(name).map(|&index| &self.all[index].tensor)
    }

    /// The counter of the BatchNorm that owns this `running_var`.
    pub(super) fn counter(&self, running_var: &str) -> Option<&Tensor> {
        self.get(&counter_of(running_var)?)
    }

    /// Turns all floats into those of another width, e.g. 64 bits to compare gradients with finite differences.
    pub fn set_kind(&mut self, kind: Kind) {
        for parameter in self.all.iter_mut().filter(|parameter| parameter.role != Role::Counter) {
            let learned = parameter.role == Role::Learned;
            parameter.tensor = parameter.tensor.detach().to_kind(kind).set_requires_grad(learned);
        }
    }

    /// The tensors by name: handles, through which the network can be changed.
    pub fn state(&self) -> State {
        self.all.iter().map(|parameter| (parameter.name.clone(), parameter.tensor.shallow_clone())).collect()
    }

    /// The same with other tensors, which need no gradients.
    ///
    /// # Errors
    /// If one is missing.
    pub(super) fn with_state(&self, state: &State) -> Result<Self, NetworkError> {
        let other = |parameter: &Parameter| {
            let tensor = state.get(&parameter.name).ok_or_else(|| state_error(&parameter.name, "is missing"))?;
            Ok(Parameter { name: parameter.name.clone(), tensor: tensor.shallow_clone(), role: parameter.role })
        };
        let all = self.all.iter().map(other).collect::<Result<_, NetworkError>>()?;
        Ok(Self { all, index: self.index.clone() })
    }

    /// Puts the elements into a graph of the same network.
    ///
    /// # Errors
    /// If the graph has other shapes.
    pub fn fill(&self, graph: &mut Graph) -> Result<(), NetworkError> {
        let mut constants: HashMap<&str, Constant> = HashMap::new();
        for parameter in self.all.iter().filter(|parameter| parameter.role != Role::Counter) {
            constants.insert(&parameter.name, to_graph(&parameter.name, &parameter.tensor)?);
        }
        Ok(graph.fill_parameters(|value| constants.remove(value.name.as_str()))?)
    }

    /// Takes the elements of a graph of the same network.
    pub(super) fn take(&self, graph: &Graph) -> Result<(), NetworkError> {
        for (id, value) in graph.values() {
            if let (Some(tensor), Some(constant)) = (self.get(&value.name), graph.tensor(id)) {
                let source = from_graph(&value.name, constant)?;
                no_grad(|| tensor.shallow_clone().f_copy_(&source))?;
            }
        }
        Ok(())
    }
}

/// Whether a node is a BatchNorm that `freeze_batch_norm` reaches: one of a convolution layer.
pub(super) fn is_frozen(graph: &Graph, node: &edgeconv_graph::Node) -> bool {
    matches!(node.op, Op::BatchNormalization(_)) && graph.value(node.inputs[1]).name.contains(".block.norm.")
}

fn state_error(name: &str, reason: impl Into<String>) -> NetworkError {
    NetworkError::State { name: name.to_owned(), reason: reason.into() }
}
