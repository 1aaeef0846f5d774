//! Rewrites as data.

use std::collections::{HashMap, HashSet};

use crate::builder::output_names;
use crate::graph::{Graph, GraphError, Node, Value, ValueId, ValueKind, infer};
use crate::op::Op;
use crate::tensor::{Tensor, TensorType};

/// A rewrite: values and nodes to add, and old values to replace by other ones that equal them.
///
/// A pass looks at a graph and returns a patch; it never edits in place. New names only have to be unique within the patch:
/// where the graph has them already, [`Graph::apply`] appends a number.
#[derive(Debug)]
pub struct Patch {
    first: u32,
    values: Vec<Value>,
    nodes: Vec<Node>,
    redirects: Vec<(ValueId, ValueId)>,
}

impl Patch {
    /// An empty patch for `graph`.
    pub fn new(graph: &Graph) -> Self {
        Self { first: graph.values.len() as u32, values: vec![], nodes: vec![], redirects: vec![] }
    }

    /// Adds a constant.
    pub fn constant(&mut self, name: impl Into<String>, tensor: Tensor) -> ValueId {
        self.value(name.into(), tensor.ty(), ValueKind::Constant(tensor))
    }

    /// Adds a node with one output, over values of the graph and of this patch.
    ///
    /// # Errors
    /// If the operator does not fit its inputs.
    pub fn node(
        &mut self,
        graph: &Graph,
        name: impl Into<String>,
        op: impl Into<Op>,
        inputs: &[ValueId],
    ) -> Result<ValueId, GraphError> {
        Ok(self.nodes(graph, name, op, inputs)?[0])
    }

    /// Adds a node with any number of outputs.
    ///
    /// # Errors
    /// If the operator does not fit its inputs.
    pub fn nodes(
        &mut self,
        graph: &Graph,
        name: impl Into<String>,
        op: impl Into<Op>,
        inputs: &[ValueId],
    ) -> Result<Vec<ValueId>, GraphError> {
        let (name, op) = (name.into(), op.into());
        let types: Vec<_> = inputs.iter().map(|&id| self.ty(graph, id)).collect();
        let types = infer(&name, &op, &types)?;
        let names = output_names(&name, types.len());
        let outputs: Vec<_> =
            names.into_iter().zip(types).map(|(name, ty)| self.value(name, ty, ValueKind::Computed)).collect();
        self.nodes.push(Node { name, op, inputs: inputs.to_vec(), outputs: outputs.clone() });
        Ok(outputs)
    }

    /// Everything in the graph that used `old` will use `new`, which equals it; `new` takes over its provenance. Nodes of
    /// this patch keep their operands.
    pub fn redirect(&mut self, old: ValueId, new: ValueId) {
        self.redirects.push((old, new));
    }

    fn value(&mut self, name: String, ty: TensorType, kind: ValueKind) -> ValueId {
        let id = ValueId(self.first + self.values.len() as u32);
        self.values.push(Value { name, ty, kind, origin: None });
        id
    }

    /// The type of a value of the graph or of this patch.
    pub fn ty<'a>(&'a self, graph: &'a Graph, id: ValueId) -> &'a TensorType {
        match id.0.checked_sub(self.first) {
            Some(index) => &self.values[index as usize].ty,
            None => graph.ty(id),
        }
    }
}

impl Graph {
    /// Carries out a patch that was made for this graph, and drops nodes and values that became useless. Ids of before are
    /// void.
    ///
    /// # Errors
    /// If a value is replaced by one of another type; the graph is unchanged then.
    pub fn apply(&mut self, patch: Patch) -> Result<(), GraphError> {
        for &(old, new) in &patch.redirects {
            let (expected, found) = (self.ty(old), patch.ty(self, new));
            if expected != found {
                let (name, expected, found) = (self.value(old).name.clone(), expected.clone(), found.clone());
                return Err(GraphError::TypeMismatch { name, expected, found });
            }
        }
        let redirects: HashMap<_, _> = patch.redirects.iter().copied().collect();
        let follow = |id: &mut ValueId| {
            if let Some(&new) = redirects.get(id) {
                *id = new;
            }
        };
        self.nodes.iter_mut().flat_map(|node| &mut node.inputs).for_each(follow);
        self.outputs.iter_mut().map(|output| &mut output.value).for_each(follow);
        self.values.extend(patch.values);
        self.nodes.extend(patch.nodes);
        for (old, new) in patch.redirects {
            let origin = self.value(old).origin.clone();
            let new = &mut self.values[new.index()];
            new.origin = new.origin.take().or(origin);
        }
        self.sort();
        self.remove_dead();
        // The newest come last, so older ones keep their names.
        make_unique(self.values.iter_mut().map(|value| &mut value.name));
        make_unique(self.nodes.iter_mut().map(|node| &mut node.name));
        Ok(())
    }

    /// Drops the nodes that no output needs, and the values that nothing mentions any more.
    fn remove_dead(&mut self) {
        let mut live: HashSet<ValueId> = self.outputs.iter().map(|output| output.value).collect();
        for index in (0..self.nodes.len()).rev() {
            if self.nodes[index].outputs.iter().any(|output| live.contains(output)) {
                live.extend(&self.nodes[index].inputs);
            }
        }
        self.nodes.retain(|node| node.outputs.iter().any(|output| live.contains(output)));
        live.extend(&self.inputs);
        live.extend(self.nodes.iter().flat_map(|node| &node.outputs));

        let mut renumbered = HashMap::new();
        let mut kept = vec![];
        for (index, value) in std::mem::take(&mut self.values).into_iter().enumerate() {
            let old = ValueId(index as u32);
            if live.contains(&old) {
                renumbered.insert(old, ValueId(kept.len() as u32));
                kept.push(value);
            }
        }
        self.values = kept;
        let inputs = self.inputs.iter_mut();
        let outputs = self.outputs.iter_mut().map(|output| &mut output.value);
        let operands = self.nodes.iter_mut().flat_map(|node| node.inputs.iter_mut().chain(&mut node.outputs));
        inputs.chain(outputs).chain(operands).for_each(|id| *id = renumbered[id]);
    }

    /// Topological order: what each output needs, depth first, operands from left to right; nodes that no output needs come
    /// last.
    fn sort(&mut self) {
        let producers = self.producers();
        let roots = self.outputs.iter().filter_map(|output| producers.of(output.value)).chain(0..self.nodes.len());
        let mut order = Vec::with_capacity(self.nodes.len());
        let mut entered = vec![false; self.nodes.len()];
        for root in roots {
            // (node, next operand to look at); recursion would be as deep as the network.
            let mut stack = vec![(root, 0)];
            while let Some((node, operand)) = stack.pop() {
                if operand == 0 && std::mem::replace(&mut entered[node], true) {
                    continue;
                }
                match self.nodes[node].inputs.get(operand) {
                    Some(&input) => {
                        stack.push((node, operand + 1));
                        if let Some(producer) = producers.of(input).filter(|&producer| !entered[producer]) {
                            stack.push((producer, 0));
                        }
                    }
                    None => order.push(node),
                }
            }
        }
        let mut nodes: Vec<_> = std::mem::take(&mut self.nodes).into_iter().map(Some).collect();
        self.nodes = order.into_iter().filter_map(|index| nodes[index].take()).collect();
    }
}

/// Appends the first free number to each name that an earlier one has already.
fn make_unique<'a>(names: impl Iterator<Item = &'a mut String>) {
    let mut seen = HashSet::new();
    for name in names {
        if seen.contains(name.as_str()) {
            let free = (2..).map(|number| format!("{name}#{number}")).find(|candidate| !seen.contains(candidate));
            *name = free.unwrap_or_default(); // an endless range always has a free number
        }
        seen.insert(name.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Builder;
    use crate::op::{Binary, Unary};

    /// input → relu `a` → silu `b`, output `b`.
    fn chain() -> (Graph, ValueId, ValueId) {
        let mut b = Builder::new("chain");
        let x = b.input("input", [1, 2]).unwrap();
        let a = b.node("a", Unary::Relu, &[x]).unwrap();
        let y = b.node("b", Unary::Silu, &[a]).unwrap();
        b.output("y", y);
        (b.finish(), a, y)
    }

    #[test]
    fn a_patch_keeps_order_and_provenance() {
        let (mut graph, a, _) = chain();
        let mut patch = Patch::new(&graph);
        let half = patch.constant("half", Tensor::vector(vec![0.5, 0.5]));
        let scaled = patch.node(&graph, "a", Binary::Mul, &[graph.inputs()[0], half]).unwrap();
        patch.redirect(a, scaled);
        graph.apply(patch).unwrap();
        graph.validate().unwrap();
        let names: Vec<_> = graph.nodes().iter().map(|node| node.name.as_str()).collect();
        assert_eq!(names, ["a", "b"]);
        let value = graph.value(graph.nodes()[0].outputs[0]);
        assert_eq!((value.name.as_str(), value.origin.as_deref()), ("a", Some("a")));
        assert_eq!(graph.values().count(), 4);
    }

    #[test]
    fn a_name_that_is_still_taken_gets_a_number() {
        let (mut graph, a, y) = chain();
        let mut patch = Patch::new(&graph);
        let twice = patch.node(&graph, "a", Binary::Add, &[a, a]).unwrap();
        patch.redirect(y, twice);
        graph.apply(patch).unwrap();
        let names: Vec<_> = graph.nodes().iter().map(|node| node.name.as_str()).collect();
        assert_eq!(names, ["a", "a#2"]);
    }

    #[test]
    fn a_value_of_another_type_is_refused() {
        let (mut graph, a, _) = chain();
        let before = graph.clone();
        let mut patch = Patch::new(&graph);
        let wrong = patch.constant("wrong", Tensor::vector(vec![0.5; 3]));
        patch.redirect(a, wrong);
        assert!(matches!(graph.apply(patch), Err(GraphError::TypeMismatch { .. })));
        assert_eq!(graph, before);
    }
}
