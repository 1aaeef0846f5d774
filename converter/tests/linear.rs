//! The work of passes grows with the number of nodes, counted and not timed.

#![allow(clippy::unwrap_used)] // helpers of tests fail by panicking

mod networks;

use std::cell::Cell;

use edgeconv_converter::passes::{self, Accuracy, Pass, Stop};
use edgeconv_converter::target::mnn::passes as mnn_passes;
use edgeconv_graph::{Graph, Node, Patch};
use itertools::Itertools;

/// A pass, and how often it was asked.
struct Counted<'a> {
    pass: &'a dyn Pass,
    visits: Cell<usize>,
}

impl Pass for Counted<'_> {
    fn name(&self) -> &'static str {
        self.pass.name()
    }

    fn accuracy(&self) -> Accuracy {
        self.pass.accuracy()
    }

    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
        self.visits.set(self.visits.get() + 1);
        self.pass.visit(graph, node)
    }
}

/// For each pass, run one after the other: visits, rewrites, and the number of nodes that it found.
fn work(mut graph: Graph) -> Vec<(&'static str, [usize; 3])> {
    let passes: [&dyn Pass; 15] = [
        &passes::FoldConstants::default(),
        &passes::EliminateIdentity,
        &passes::MergeDuplicates,
        &passes::CancelTransposes,
        &passes::RecognizeCircularConv,
        &passes::RecognizeGates,
        &passes::SlicesToSplit,
        &passes::MergeConcats,
        &passes::AffineAfterConv,
        &passes::AffineBeforeConv,
        &passes::MergeHalves,
        &mnn_passes::MatMulToConv,
        &mnn_passes::UnaryBeforeReshape,
        &mnn_passes::MergeReshapes,
        &mnn_passes::GroupedConvToDepthwise,
    ];
    let mut work = vec![];
    for pass in passes {
        let nodes = graph.nodes().len();
        let counted = Counted { pass, visits: Cell::new(0) };
        let report = passes::run(&counted, &mut graph).unwrap();
        work.push((pass.name(), [counted.visits.get(), report.applied, nodes]));
    }
    graph.validate().unwrap();
    work
}

#[test]
fn visits_grow_with_the_number_of_nodes() {
    for network in [networks::chain, networks::mixed] {
        let (once, twice) = (work(network(1000)), work(network(2000)));
        assert!(once.iter().filter(|(_, [_, applied, _])| *applied > 20).count() >= 3, "{once:?}");
        for ((name, [visits, applied, nodes]), (_, [twice, _, _])) in once.into_iter().zip_eq(twice) {
            // One sweep that finds nothing, perhaps one before it that does, and a look around each patch.
            assert!(visits <= 2 * nodes + 8 * applied, "{name}: {visits} visits, {applied} rewrites of {nodes} nodes");
            assert!(twice <= 2 * visits + 100, "{name}: {visits} visits, and {twice} of twice the network");
        }
    }
}
