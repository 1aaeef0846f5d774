//! A graph, ready to be computed.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use edgeconv_graph::{Graph, ValueId, ValueKind};
use itertools::Itertools;
use tch::Tensor;

use super::operator::{Context, apply};
use super::{NetworkError, Outputs, Parameters};
use crate::state::from_graph;

/// A graph with what is known before its input.
#[derive(Debug)]
pub(super) struct Program {
    graph: Graph,
    constants: HashMap<ValueId, Tensor>,
    /// For each node the values that no later node needs.
    done: Vec<Vec<ValueId>>,
}

impl Program {
    pub(super) fn new(graph: Graph, parameters: &Parameters) -> Result<Self, NetworkError> {
        let device = parameters.iter().next().map_or(tch::Device::Cpu, |parameter| parameter.tensor.device());
        let mut constants = HashMap::new();
        for (id, value) in graph.values() {
            if let ValueKind::Constant(constant) = &value.kind {
                constants.insert(id, from_graph(&value.name, constant)?.to_device(device));
            }
        }
        let mut needed: HashSet<ValueId> = graph.outputs().iter().map(|output| output.value).collect();
        let mut done: Vec<Vec<ValueId>> = vec![];
        for node in graph.nodes().rev() {
            done.push(node.inputs.iter().copied().filter(|&id| needed.insert(id)).collect());
        }
        done.reverse();
        Ok(Self { graph, constants, done })
    }

    /// The outputs for an input; each computed value is shown to `inspect`.
    pub(super) fn run(
        &self,
        input: &Tensor,
        context: &Context,
        mut inspect: impl FnMut(&str, &Tensor) -> Result<(), NetworkError>,
    ) -> Result<Outputs, NetworkError> {
        let mut computed = HashMap::new();
        self.compute(0..self.graph.nodes().len(), input, context, &mut computed, &mut inspect)?;
        self.outputs(input, context, &computed)
    }

    pub(super) fn graph(&self) -> &Graph {
        &self.graph
    }

    /// Computes some nodes from what those before have `computed`, and forgets what no later node needs.
    pub(super) fn compute(
        &self,
        nodes: Range<usize>,
        input: &Tensor,
        context: &Context,
        computed: &mut HashMap<ValueId, Tensor>,
        inspect: &mut dyn FnMut(&str, &Tensor) -> Result<(), NetworkError>,
    ) -> Result<(), NetworkError> {
        for (node, done) in self.graph.nodes().zip_eq(&self.done).take(nodes.end).skip(nodes.start) {
            let outputs = {
                let inputs = node.inputs.iter().map(|&id| self.value(id, input, context.parameters, computed));
                apply(&self.graph, node, &inputs.collect::<Result<Vec<_>, _>>()?, context)?
            };
            for (&id, tensor) in node.outputs.iter().zip_eq(outputs) {
                inspect(&self.graph.value(id).name, &tensor)?;
                computed.insert(id, tensor);
            }
            done.iter().for_each(|id| drop(computed.remove(id)));
        }
        Ok(())
    }

    /// What the network returns, once all nodes are computed.
    pub(super) fn outputs(
        &self,
        input: &Tensor,
        context: &Context,
        computed: &HashMap<ValueId, Tensor>,
    ) -> Result<Outputs, NetworkError> {
        let output = |output: &edgeconv_graph::Output| {
            let value = self.value(output.value, input, context.parameters, computed)?;
            Ok((output.name.clone(), value.shallow_clone()))
        };
        self.graph.outputs().iter().map(output).collect()
    }

    pub(super) fn value<'a>(
        &'a self,
        id: ValueId,
        input: &'a Tensor,
        parameters: &'a Parameters,
        computed: &'a HashMap<ValueId, Tensor>,
    ) -> Result<&'a Tensor, NetworkError> {
        let value = self.graph.value(id);
        let found = match &value.kind {
            ValueKind::Input => Some(input),
            ValueKind::Parameter(_) | ValueKind::Buffer(_) => parameters.get(&value.name),
            ValueKind::Constant(_) => self.constants.get(&id),
            ValueKind::Computed => computed.get(&id),
        };
        let missing = || NetworkError::State { name: value.name.clone(), reason: "is missing".into() };
        found.ok_or_else(missing)
    }
}
