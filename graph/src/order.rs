//! The order in which nodes run.

use crate::graph::{Graph, NodeId};

/// A topological order.
#[derive(Debug, Clone)]
pub(crate) struct Order {
    pub nodes: Vec<NodeId>,
    /// The place of each node in it, by its number.
    pub positions: Vec<u32>,
}

impl Order {
    pub fn of(graph: &Graph) -> Self {
        let nodes = match graph.names {
            None => graph.nodes.iter().map(|(id, _)| NodeId(id)).collect(),
            Some(_) => depth_first(graph),
        };
        let mut positions = vec![0; graph.nodes.len() as usize];
        (0..).zip(&nodes).for_each(|(position, &NodeId(id))| positions[id as usize] = position);
        Self { nodes, positions }
    }
}

/// What each output needs, operands from left to right.
pub(crate) fn depth_first(graph: &Graph) -> Vec<NodeId> {
    let mut order = vec![];
    let mut entered = vec![false; graph.nodes.len() as usize];
    for root in graph.outputs.iter().filter_map(|output| graph.producer(output.value)) {
        // (node, next operand to look at); recursion would be as deep as the network.
        let mut stack = vec![(root, 0)];
        while let Some((node, operand)) = stack.pop() {
            if operand == 0 && std::mem::replace(&mut entered[node.0 as usize], true) {
                continue;
            }
            match graph.node(node).inputs.get(operand) {
                Some(&input) => {
                    stack.push((node, operand + 1));
                    let before = graph.producer(input).filter(|before| !entered[before.0 as usize]);
                    stack.extend(before.map(|before| (before, 0)));
                }
                None => order.push(node),
            }
        }
    }
    order
}
