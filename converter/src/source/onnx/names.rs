//! Names for what the file has no name for.

use std::collections::HashSet;

use super::{ImportError, Importer};
use crate::proto::{FunctionProto, GraphProto, NodeProto};

/// Names that are taken.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Of values in the file, its functions and the bodies of its nodes.
    given: HashSet<String>,
    /// Of what helps to express nodes, with the nodes around them.
    made: HashSet<String>,
}

impl Names {
    /// Those that a file gives.
    pub fn of(graph: &GraphProto, functions: &[FunctionProto]) -> Self {
        let mut names = Self::default();
        names.note_graph(graph);
        functions.iter().for_each(|function| names.note_nodes(&function.node));
        names
    }

    fn note_graph(&mut self, graph: &GraphProto) {
        let inputs = graph.input.iter().map(|input| input.name());
        let names = graph.initializer.iter().map(|tensor| tensor.name()).chain(inputs);
        self.given.extend(names.map(str::to_owned));
        self.note_nodes(&graph.node);
    }

    fn note_nodes(&mut self, nodes: &[NodeProto]) {
        for node in nodes {
            self.given.extend(node.output.iter().cloned());
            let attributes = node.attribute.iter();
            attributes
                .flat_map(|attribute| attribute.g.iter().chain(&attribute.graphs))
                .for_each(|body| self.note_graph(body));
        }
    }
}

impl Importer {
    /// The name that is wanted for something that helps to express a node, or one like it if something else has that.
    ///
    /// # Errors
    /// If names take more memory than there may be.
    pub(super) fn free_name(&mut self, wanted: String) -> Result<String, ImportError> {
        let mut number = 1;
        let mut name = wanted.clone();
        loop {
            let full = self.full_name(&name)?;
            if !self.names.given.contains(&name) && self.names.made.insert(full) {
                return Ok(name);
            }
            number += 1;
            name = format!("{wanted}.{number}");
        }
    }
}
