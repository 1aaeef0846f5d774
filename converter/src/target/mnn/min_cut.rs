//! The cheapest way to divide a network in two.

use std::collections::VecDeque;

/// A capacity that is never cut.
pub(super) const UNCUTTABLE: u64 = u64::MAX / 4;

/// A directed network with capacities.
#[derive(Debug)]
pub(super) struct Network {
    /// Outgoing edges of each node; edge `e ^ 1` is the reverse of edge `e`.
    outgoing: Vec<Vec<usize>>,
    /// Target and remaining capacity of each edge.
    edges: Vec<(usize, u64)>,
}

impl Network {
    /// A network of `nodes` nodes without edges.
    pub fn new(nodes: usize) -> Self {
        Self { outgoing: vec![vec![]; nodes], edges: vec![] }
    }

    /// Adds a node.
    pub fn node(&mut self) -> usize {
        self.outgoing.push(vec![]);
        self.outgoing.len() - 1
    }

    /// Adds an edge.
    pub fn edge(&mut self, from: usize, to: usize, capacity: u64) {
        for (from, to, capacity) in [(from, to, capacity), (to, from, 0)] {
            self.outgoing[from].push(self.edges.len());
            self.edges.push((to, capacity));
        }
    }

    /// Divides the nodes so that `source` and `sink` are apart and the edges from the source's side to the other have the
    /// least total capacity; returns for each node whether it is on the source's side, which is as small as possible.
    ///
    /// Edmonds and Karp 1972: send what fits along a shortest path until nothing gets through any more.
    pub fn cut(mut self, source: usize, sink: usize) -> Vec<bool> {
        loop {
            let arrival = self.search(source);
            let Some(path) = self.path(&arrival, source, sink) else {
                return (0..arrival.len()).map(|node| node == source || arrival[node].is_some()).collect();
            };
            let flow = path.iter().map(|&edge| self.edges[edge].1).min().unwrap_or(0);
            for edge in path {
                self.edges[edge].1 -= flow;
                self.edges[edge ^ 1].1 += flow;
            }
        }
    }

    /// For each node that can be reached the last edge of a shortest path to it.
    fn search(&self, source: usize) -> Vec<Option<usize>> {
        let mut arrival = vec![None; self.outgoing.len()];
        let mut queue = VecDeque::from([source]);
        while let Some(node) = queue.pop_front() {
            for &edge in &self.outgoing[node] {
                let (target, capacity) = self.edges[edge];
                if capacity > 0 && target != source && arrival[target].is_none() {
                    arrival[target] = Some(edge);
                    queue.push_back(target);
                }
            }
        }
        arrival
    }

    /// The edges that lead to `sink`, last one first.
    fn path(&self, arrival: &[Option<usize>], source: usize, sink: usize) -> Option<Vec<usize>> {
        let mut path = vec![];
        let mut node = sink;
        while node != source {
            let edge = arrival[node]?;
            path.push(edge);
            node = self.edges[edge ^ 1].0;
        }
        Some(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cheapest_edges_are_cut() {
        // 0 → 1 → 3 is cheapest at its end, 0 → 2 → 3 at its start; 1 → 2 would connect them.
        let mut network = Network::new(4);
        for (from, to, capacity) in [(0, 1, 5), (1, 3, 2), (0, 2, 1), (2, 3, 9), (1, 2, 1)] {
            network.edge(from, to, capacity);
        }
        assert_eq!(network.cut(0, 3), [true, true, false, false]);
    }

    #[test]
    fn edges_back_to_the_source_cost_nothing() {
        let mut network = Network::new(3);
        network.edge(0, 1, 1);
        network.edge(2, 1, UNCUTTABLE);
        assert_eq!(network.cut(0, 2), [true, true, false]);
    }
}
