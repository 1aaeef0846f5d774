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
    /// Dinic 1970: fill all shortest paths at once, then those that are the shortest now, until nothing gets through any more.
    pub fn cut(mut self, source: usize, sink: usize) -> Vec<bool> {
        loop {
            let steps = self.steps(source);
            if steps[sink].is_none() {
                return steps.iter().map(Option::is_some).collect();
            }
            self.fill(&steps, source, sink);
        }
    }

    /// For each node that can be reached the number of steps to it.
    fn steps(&self, source: usize) -> Vec<Option<usize>> {
        let mut steps = vec![None; self.outgoing.len()];
        steps[source] = Some(0);
        let mut queue = VecDeque::from([source]);
        while let Some(node) = queue.pop_front() {
            for &edge in &self.outgoing[node] {
                let (target, capacity) = self.edges[edge];
                if capacity > 0 && steps[target].is_none() {
                    steps[target] = steps[node].map(|steps| steps + 1);
                    queue.push_back(target);
                }
            }
        }
        steps
    }

    /// Sends as much as gets to `sink` by edges that each lead one step further.
    fn fill(&mut self, steps: &[Option<usize>], source: usize, sink: usize) {
        // The edges of each node that lead to a dead end.
        let mut tried = vec![0; self.outgoing.len()];
        let mut path: Vec<usize> = vec![];
        loop {
            let node = path.last().map_or(source, |&edge| self.edges[edge].0);
            if node == sink {
                let flow = path.iter().map(|&edge| self.edges[edge].1).min().unwrap_or(0);
                for &edge in &path {
                    self.edges[edge].1 -= flow;
                    self.edges[edge ^ 1].1 += flow;
                }
                let full = path.iter().position(|&edge| self.edges[edge].1 == 0);
                path.truncate(full.unwrap_or(0));
                continue;
            }
            let further = |&&edge: &&usize| {
                let (target, capacity) = self.edges[edge];
                capacity > 0 && steps[target] == steps[node].map(|steps| steps + 1)
            };
            let untried = &self.outgoing[node][tried[node]..];
            match untried.iter().position(|edge| further(&edge)) {
                Some(index) => {
                    tried[node] += index;
                    path.push(untried[index]);
                }
                None => {
                    let Some(edge) = path.pop() else { return };
                    tried[self.edges[edge ^ 1].0] += 1;
                }
            }
        }
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
    fn what_was_sent_one_way_can_go_another() {
        // The shortest path 0 → 1 → 4 → 5 takes the edge that 0 → 2 → 3 → 4 → 5 needs; there is a longer way from 1.
        let mut network = Network::new(8);
        for (from, to) in [(0, 1), (1, 4), (4, 5), (0, 2), (2, 3), (3, 4), (1, 6), (6, 7), (7, 5)] {
            network.edge(from, to, 1);
        }
        assert_eq!(network.cut(0, 5), [true, false, false, false, false, false, false, false]);
    }

    #[test]
    fn edges_back_to_the_source_cost_nothing() {
        let mut network = Network::new(3);
        network.edge(0, 1, 1);
        network.edge(2, 1, UNCUTTABLE);
        assert_eq!(network.cut(0, 2), [true, true, false]);
    }
}
