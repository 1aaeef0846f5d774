//! Rewrites as data.

use std::collections::{HashMap, HashSet};

use crate::builder::output_names;
use crate::graph::{Graph, GraphError, Node, NodeId, Value, ValueId, ValueKind, infer};
use crate::names::AllNames;
use crate::op::Op;
use crate::order::depth_first;
use crate::quantization::Quantization;
use edgeconv_tensor::{Tensor, TensorType};

/// A rewrite: values and nodes to add, and old values to replace by other ones that equal them.
///
/// A pass looks at a graph and returns a patch; it never edits in place. New names only have to be unique within the patch:
/// where the graph has them already, [`Graph::apply`] appends a number.
#[derive(Debug)]
pub struct Patch {
    /// The state of the graph that it is for.
    revision: u32,
    /// The number of its first value.
    first: u32,
    values: Vec<Value>,
    nodes: Vec<Node>,
    redirects: Vec<(ValueId, ValueId)>,
    quantized: Vec<(ValueId, Quantization)>,
}

impl Patch {
    /// An empty patch for `graph`.
    pub fn new(graph: &Graph) -> Self {
        Self {
            revision: graph.revision,
            first: graph.values.len(),
            values: vec![],
            nodes: vec![],
            redirects: vec![],
            quantized: vec![],
        }
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

    /// Notes of a value of the graph or of this patch how integers stand for its elements.
    pub fn quantize(&mut self, id: ValueId, quantization: Quantization) {
        self.quantized.push((id, quantization));
    }

    /// Notes the same of a value as the graph has noted of another one, if it has.
    pub fn quantize_like(&mut self, graph: &Graph, id: ValueId, other: ValueId) {
        if let Some(quantization) = graph.value(other).quant.as_deref() {
            self.quantize(id, quantization.clone());
        }
    }

    fn value(&mut self, name: String, ty: TensorType, kind: ValueKind) -> ValueId {
        let id = ValueId(self.first + self.values.len() as u32);
        self.values.push(Value { name, ty, kind, origin: None, end: None, quant: None, sized: false });
        id
    }

    /// The values of the graph that it reads or replaces.
    pub fn touched(&self) -> impl Iterator<Item = ValueId> + '_ {
        let read = self.nodes.iter().flat_map(|node| node.inputs.iter().copied());
        let redirected = self.redirects.iter().flat_map(|&(old, new)| [old, new]);
        let quantized = self.quantized.iter().map(|&(id, _)| id);
        read.chain(redirected).chain(quantized).filter(|id| id.0 < self.first)
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
    /// Carries out a patch that was made for this graph, and drops nodes and values that became useless; all others keep their ids.
    /// Returns the nodes that the patch touched: new ones, those whose operands changed, and those whose results are used by others
    /// than before.
    ///
    /// # Errors
    /// If a value is replaced by one of another type, or if another patch was applied since this one was made; the graph is unchanged
    /// then.
    pub fn apply(&mut self, patch: Patch) -> Result<Vec<NodeId>, GraphError> {
        self.check(&patch)?;
        self.revision += 1;
        let first = (self.values.len(), self.nodes.len());
        let place = patch.redirects.iter().filter_map(|&(old, _)| self.producer(old)).map(|id| self.position(id)).min();
        if let Some(order) = self.order.take() {
            self.positions = order.positions;
        }
        for value in patch.values {
            self.add_value(value);
        }
        let place = place.unwrap_or(0);
        let added: Vec<_> = patch.nodes.into_iter().map(|node| self.add_node(node, place)).collect();
        let rounded: HashSet<_> = patch.quantized.iter().map(|&(id, _)| id).collect();
        for (id, quantization) in patch.quantized {
            self.quantize(id, quantization);
        }

        let mut touched = self.redirect(&patch.redirects, &rounded, first.1);
        // What was useless from the beginning goes with the first patch.
        let looked_at = if self.names.is_some() { first.0 } else { 0 };
        let replaced = patch.redirects.iter().map(|&(old, _)| old);
        let open = replaced.chain((looked_at..self.values.len()).map(ValueId)).collect();
        touched.extend(self.remove_useless(open, first));
        // What stands in for a useless value is useless, too, and gone by now.
        touched.extend(patch.redirects.iter().filter_map(|&(_, new)| self.values.get(new.0)?.producer));
        self.name_new(first);

        let added = added.into_iter().filter(|&id| self.contains(id));
        for id in added {
            touched.push(id);
            touched.extend(self.node(id).inputs.iter().filter_map(|&input| self.producer(input)));
        }
        touched.retain(|&id| self.contains(id));
        touched.sort_unstable();
        touched.dedup();
        Ok(touched)
    }

    fn check(&self, patch: &Patch) -> Result<(), GraphError> {
        if (patch.revision, patch.first) != (self.revision, self.values.len()) {
            return Err(GraphError::StalePatch);
        }
        for &(old, new) in &patch.redirects {
            let (expected, found) = (self.ty(old), patch.ty(self, new));
            if expected != found {
                let (name, expected, found) = (self.value(old).name.clone(), expected.clone(), found.clone());
                return Err(GraphError::TypeMismatch { name, expected, found });
            }
        }
        Ok(())
    }

    /// Lets the nodes from before `first_new`, and the outputs, use other values; the nodes that it changed.
    fn redirect(
        &mut self,
        redirects: &[(ValueId, ValueId)],
        rounded: &HashSet<ValueId>,
        first_new: u32,
    ) -> Vec<NodeId> {
        let to: HashMap<_, _> = redirects.iter().copied().collect();
        let mut changed = vec![];
        for &old in to.keys() {
            let users = &mut self.values[old.0].users;
            let own = users.partition_point(|user| user.0 < first_new);
            changed.extend(users.drain(..own));
        }
        changed.sort_unstable();
        changed.dedup();
        for &id in &changed {
            for index in 0..self.node(id).inputs.len() {
                let input = &mut self.nodes[id.0].inputs[index];
                if let Some(&new) = to.get(input) {
                    *input = new;
                    self.add_user(new, id);
                }
            }
        }
        self.return_others(redirects);
        for &(old, new) in redirects {
            let Value { origin, end, .. } = self.value(old);
            let (origin, end) = (origin.clone(), end.clone());
            let is_rounded = rounded.contains(&new);
            let new = &mut self.values[new.0].value;
            // What is rounded now is what the original has behind its rounding.
            let kept = new.origin.take().filter(|_| !is_rounded || origin.is_none());
            new.origin = kept.or(origin);
            new.end = new.end.take().filter(|_| !is_rounded || end.is_none()).or(end);
        }
        changed
    }

    /// Lets outputs be other values. A graph may have tens of thousands, and a patch for each: most patches concern none.
    fn return_others(&mut self, redirects: &[(ValueId, ValueId)]) {
        let returned: Vec<_> = redirects.iter().copied().filter(|&(old, _)| self.is_returned(old)).collect();
        let mut moves = vec![];
        for &(old, new) in &returned {
            let own = self.outputs.iter().enumerate().filter(|(_, output)| output.value == old);
            moves.extend(own.map(|(index, _)| (index, new)));
        }
        returned.iter().for_each(|&(old, _)| self.values[old.0].returned = false);
        for (index, new) in moves {
            self.outputs[index].value = new;
            self.values[new.0].returned = true;
        }
    }

    /// Drops these values if nothing uses them, with the nodes that compute them and what is useless without those. Values and
    /// nodes from `first` on have no names yet. Returns the nodes one of whose results has lost a user.
    fn remove_useless(&mut self, mut open: Vec<ValueId>, first: (u32, u32)) -> Vec<NodeId> {
        let mut touched = vec![];
        while let Some(id) = open.pop() {
            let useless = |graph: &Self, id: ValueId| {
                graph.values.get(id.0).is_some_and(|slot| slot.users.is_empty() && !slot.returned)
            };
            if !useless(self, id) {
                touched.extend(self.values.get(id.0).and_then(|slot| slot.producer));
                continue;
            }
            match self.producer(id) {
                None if self.value(id).kind == ValueKind::Input => {}
                None => self.remove_value(id, first.0),
                Some(producer) if self.node(producer).outputs.iter().all(|&output| useless(self, output)) => {
                    let Some(node) = self.nodes.remove(producer.0) else { continue };
                    if let Some(names) = self.names.as_mut().filter(|_| producer.0 < first.1) {
                        names.nodes.release(&node.name);
                    }
                    node.outputs.iter().for_each(|&output| self.remove_value(output, first.0));
                    for &input in &node.inputs {
                        let users = &mut self.values[input.0].users;
                        users.remove(users.partition_point(|&user| user < producer));
                    }
                    open.extend(node.inputs);
                }
                Some(producer) => touched.push(producer),
            }
        }
        touched
    }

    fn remove_value(&mut self, id: ValueId, first_new: u32) {
        let Some(slot) = self.values.remove(id.0) else { return };
        if let Some(names) = self.names.as_mut().filter(|_| id.0 < first_new) {
            names.values.release(&slot.value.name);
        }
    }

    /// Gives what a patch added its final names; older values and nodes keep theirs.
    fn name_new(&mut self, first: (u32, u32)) {
        let mut names = self.names.take().unwrap_or_else(|| self.first_names(first));
        for id in first.0..self.values.len() {
            if let Some(slot) = self.values.get_mut(id) {
                names.values.take(&mut slot.value.name);
            }
        }
        for id in first.1..self.nodes.len() {
            if let Some(node) = self.nodes.get_mut(id) {
                names.nodes.take(&mut node.name);
            }
        }
        self.names = Some(names);
    }

    /// The names of what was there before the first patch, where nodes can still share one.
    fn first_names(&mut self, first: (u32, u32)) -> AllNames {
        let mut names = AllNames::default();
        for id in 0..first.0 {
            if let Some(slot) = self.values.get_mut(id) {
                names.values.take(&mut slot.value.name);
            }
        }
        for NodeId(id) in depth_first(self).into_iter().filter(|id| id.0 < first.1) {
            names.nodes.take(&mut self.nodes[id].name);
        }
        names
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
        let names: Vec<_> = graph.nodes().map(|node| node.name.as_str()).collect();
        assert_eq!(names, ["a", "b"]);
        let value = graph.value(graph.nodes().next().unwrap().outputs[0]);
        assert_eq!((value.name.as_str(), value.origin.as_deref()), ("a", Some("a")));
        assert_eq!(graph.values().count(), 4);
    }

    #[test]
    fn what_replaces_a_useless_value_is_useless() {
        let mut b = Builder::new("useless");
        let x = b.input("input", [1, 2]).unwrap();
        let y = b.node("y", Unary::Relu, &[x]).unwrap();
        let useless = b.node("useless", Unary::Silu, &[x]).unwrap();
        b.output("y", y);
        let mut graph = b.finish();
        let mut patch = Patch::new(&graph);
        let new = patch.node(&graph, "new", Unary::Exp, &[x]).unwrap();
        patch.redirect(useless, new);
        graph.apply(patch).unwrap();
        graph.validate().unwrap();
        let names: Vec<_> = graph.nodes().map(|node| node.name.as_str()).collect();
        assert_eq!(names, ["y"]);
    }

    #[test]
    fn a_name_that_is_still_taken_gets_a_number() {
        let (mut graph, a, y) = chain();
        let mut patch = Patch::new(&graph);
        let twice = patch.node(&graph, "a", Binary::Add, &[a, a]).unwrap();
        patch.redirect(y, twice);
        graph.apply(patch).unwrap();
        let names: Vec<_> = graph.nodes().map(|node| node.name.as_str()).collect();
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

    #[test]
    fn a_patch_for_an_earlier_state_is_refused() {
        let (mut graph, a, y) = chain();
        let mut stale = Patch::new(&graph);
        stale.redirect(y, a);
        let mut patch = Patch::new(&graph);
        patch.redirect(a, graph.inputs()[0]);
        graph.apply(patch).unwrap();
        assert_eq!(graph.apply(stale), Err(GraphError::StalePatch));
    }

    #[test]
    fn ids_are_kept_and_never_used_again() {
        let (mut graph, a, y) = chain();
        let (old, last) = (graph.producer(a).unwrap(), graph.producer(y).unwrap());
        let mut patch = Patch::new(&graph);
        let new = patch.node(&graph, "new", Unary::Relu, &[graph.inputs()[0]]).unwrap();
        patch.redirect(a, new);
        let touched = graph.apply(patch).unwrap();
        let added = graph.producer(new).unwrap();
        assert!(!graph.contains(old) && added > last);
        assert_eq!(touched, [last, added]);
        assert_eq!((graph.order(), graph.users(new)), ([added, last].as_slice(), [last].as_slice()));
        assert_eq!(graph.position(added), 0);
        check_links(&graph);
    }

    #[test]
    fn all_redirects_happen_at_once() {
        // y = a − b becomes b − a.
        let mut b = Builder::new("swap");
        let x = b.input("x", [2]).unwrap();
        let first = b.node("a", Unary::Exp, &[x]).unwrap();
        let second = b.node("b", Unary::Relu, &[x]).unwrap();
        let y = b.node("y", Binary::Sub, &[first, second]).unwrap();
        b.output("y", y);
        let mut graph = b.finish();
        let mut patch = Patch::new(&graph);
        patch.redirect(first, second);
        patch.redirect(second, first);
        graph.apply(patch).unwrap();
        assert_eq!(graph.producer_node(y).unwrap().inputs, [second, first]);
        check_links(&graph);
    }

    #[test]
    fn what_nothing_needs_goes_with_the_first_patch() {
        let mut b = Builder::new("useless");
        let x = b.input("x", [2]).unwrap();
        b.parameter("unused", [3]).unwrap();
        let a = b.node("a", Unary::Exp, &[x]).unwrap();
        b.node("dead", Unary::Exp, &[a]).unwrap();
        let y = b.node("y", Unary::Relu, &[x]).unwrap();
        b.output("y", y);
        let mut graph = b.finish();
        assert_eq!((graph.nodes().len(), graph.values().count()), (3, 5));
        graph.apply(Patch::new(&graph)).unwrap();
        assert_eq!((graph.nodes().len(), graph.values().count()), (1, 2));
        check_links(&graph);
    }

    /// Checks producers, users and outputs against what nodes say.
    fn check_links(graph: &Graph) {
        graph.validate().unwrap();
        for (id, _) in graph.values() {
            let uses =
                graph.nodes.iter().flat_map(|(node, n)| n.inputs.iter().map(move |&input| (input, NodeId(node))));
            let users: Vec<_> = uses.filter(|&(input, _)| input == id).map(|(_, node)| node).collect();
            assert_eq!(graph.users(id), users);
            let producer = graph.nodes.iter().find(|(_, node)| node.outputs.contains(&id));
            assert_eq!(graph.producer(id), producer.map(|(node, _)| NodeId(node)));
            assert_eq!(graph.is_returned(id), graph.outputs().iter().any(|output| output.value == id));
        }
    }
}
