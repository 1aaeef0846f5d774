//! What can be wrong with a graph or a file.

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use edgeconv_files::TooMuch;
use edgeconv_files::name::escaped;
use edgeconv_graph::{Graph, TensorType};

use super::layout::LayoutError;
use crate::source::ImportError;
use crate::target::OpenError;

/// Why a graph can't be written as an MNN file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// MNN has no ops for some nodes.
    #[error(transparent)]
    Unsupported(Refusals),
    /// A parameter or buffer is not filled.
    #[error("`{value}` has no elements yet: load or initialise the weights before the export", value = escaped(.value))]
    NoElements {
        /// Name of the value.
        value: String,
    },
    /// MNN has no tensors for an input.
    #[error("input `{input}` is {ty}: {reason}", input = escaped(.input), reason = escaped(.reason))]
    Input {
        /// Name of the input.
        input: String,
        /// Its type.
        ty: TensorType,
        /// What MNN's tensors are.
        reason: String,
    },
    /// MNN has no tensors for a result.
    #[error("output `{output}` is {ty}: {reason}", output = escaped(.output), reason = escaped(.reason))]
    Output {
        /// Name of the output.
        output: String,
        /// Its type.
        ty: TensorType,
        /// What MNN's tensors are.
        reason: String,
    },
    /// A constant that has to be a float tensor holds integers.
    #[error("`{value}` holds integers, expected floats", value = escaped(.value))]
    NoFloats {
        /// Name of the value.
        value: String,
    },
    /// A constant has integers that MNN can't hold.
    #[error("`{value}` has integers that need more than the 32 bits that MNN has", value = escaped(.value))]
    TooWide {
        /// Name of the value.
        value: String,
    },
    /// Inputs and outputs are found by name.
    #[error("two inputs or outputs are named `{}`: rename one of them", escaped(.0))]
    DuplicateName(String),
    /// MNN counts the bytes of a file in 31 bits.
    #[error("the file would have {bytes} bytes, MNN reads less than 2³¹: weights can be in a file beside it")]
    TooLarge {
        /// Estimated size of the file.
        bytes: usize,
    },
    /// A file's weights can't be stored in fewer bits.
    #[error("no weights of it would take less room so: it has {found}")]
    NothingToStore {
        /// As what they are stored.
        found: String,
    },
    /// A file computes in integers already, by kernels that take these weights only.
    #[error("it computes in 8-bit integers, with the weights that it has: give the file that it was made from")]
    InIntegers,
    /// The weights beside the file can't be written.
    #[error("the weights can't be written: {0}")]
    Weights(#[from] std::io::Error),
    /// Not for all sizes that are asked for.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A mistake in this crate: a pass built something inconsistent.
    #[error("a pass built something inconsistent, please report this: {0}")]
    Pass(#[from] edgeconv_graph::GraphError),
    /// A mistake in this crate that would have led to wrong numbers.
    #[error("the memory layouts are inconsistent, please report this: {0}")]
    Layout(#[from] LayoutError),
    /// A mistake in this crate: what was written can't be read.
    #[error("the file can't be read back, please report this: {0}")]
    ReadBack(#[source] ReadError),
}

/// Bytes that are not an MNN model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an MNN model: {}", escaped(.0))]
pub struct ReadError(String);

impl ReadError {
    /// What is wrong with the bytes.
    #[cfg(test)]
    pub(super) fn reason(&self) -> &str {
        &self.0
    }

    /// The same of a file.
    pub(super) fn of_file(self, file: &str) -> ImportError {
        ImportError::NotAModel { file: file.to_owned(), format: "MNN".into(), reason: self.0 }
    }
}

impl From<planus::Error> for ReadError {
    fn from(error: planus::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<TooMuch> for ReadError {
    fn from(error: TooMuch) -> Self {
        Self(format!("its tables refer to each other so often that {error}"))
    }
}

/// A node that MNN can't express.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refusal {
    /// Name of the node.
    pub node: String,
    /// Name of its operator.
    pub op: &'static str,
    /// What is in the way.
    pub reason: String,
}

/// All nodes of a graph that MNN can't express.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusals {
    nodes: Vec<Refusal>,
    ends: Vec<String>,
}

impl From<Refusal> for Refusals {
    fn from(refusal: Refusal) -> Self {
        Self { nodes: vec![refusal], ends: vec![] }
    }
}

impl Refusals {
    pub(super) fn of(graph: &Graph, nodes: Vec<Refusal>) -> Self {
        let ends = ends(graph, &nodes);
        Self { nodes, ends }
    }

    pub(super) fn into_nodes(self) -> Vec<Refusal> {
        self.nodes
    }

    /// The nodes in the order of the graph; at least one.
    pub fn nodes(&self) -> &[Refusal] {
        &self.nodes
    }

    /// The nearest way out: names of values that the original model could end at, so that none of these nodes is needed. Empty if there
    /// is nothing in front of them.
    pub fn ends(&self) -> &[String] {
        &self.ends
    }
}

impl std::error::Error for Refusals {}

/// One line for one node; else one for each operator and reason.
impl fmt::Display for Refusals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST: usize = 30;
        if let [Refusal { node, op, reason }] = self.nodes.as_slice() {
            write!(f, "node `{}` ({op}) can't be written as MNN: {}", escaped(node), escaped(reason))?;
        } else {
            write!(f, "{} nodes can't be written as MNN:", self.nodes.len())?;
            let mut groups: BTreeMap<_, Vec<_>> = BTreeMap::new();
            for Refusal { node, op, reason } in &self.nodes {
                groups.entry((*op, reason)).or_default().push(format!("`{}`", escaped(node)));
            }
            for ((op, reason), nodes) in groups {
                let more = nodes.len().saturating_sub(MOST);
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                write!(f, "\n  {op}, {}: {}{more}", escaped(reason), nodes[..nodes.len().min(MOST)].join(", "))?;
            }
        }
        if !self.ends.is_empty() {
            let ends: Vec<_> = self.ends.iter().take(MOST).map(|end| format!("`{}`", escaped(end))).collect();
            let separator = if self.nodes.len() == 1 { "; " } else { "\n" };
            write!(f, "{separator}the model could end before, at {}", ends.join(", "))?;
        }
        Ok(())
    }
}

/// Computed values that refused nodes, and nodes behind those, read but don't compute; and the outputs that need none of them. Where
/// the original model can't end at one of these, what that is computed from stands for it.
fn ends(graph: &Graph, refused: &[Refusal]) -> Vec<String> {
    let refused: HashSet<_> = refused.iter().map(|refusal| refusal.node.as_str()).collect();
    let (mut lost, mut computed) = (HashSet::new(), HashSet::new());
    let mut ends = vec![];
    for node in graph.nodes() {
        let results = node.outputs.iter().copied();
        if refused.contains(node.name.as_str()) || node.inputs.iter().any(|id| lost.contains(id)) {
            ends.extend(node.inputs.iter().copied().filter(|id| computed.contains(id)));
            lost.extend(results);
        } else {
            computed.extend(results);
        }
    }
    ends.extend(graph.outputs().iter().map(|output| output.value).filter(|id| computed.contains(id)));
    let (mut seen, mut names) = (HashSet::new(), vec![]);
    ends.reverse();
    while let Some(id) = ends.pop() {
        match &graph.value(id).end {
            _ if !seen.insert(id) => {}
            Some(name) if graph.producer(id).is_some() => names.push(name.clone()),
            _ => ends.extend(graph.producer_node(id).into_iter().flat_map(|node| node.inputs.iter().rev())),
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(node: &str, op: &'static str, reason: &str) -> Refusal {
        Refusal { node: node.into(), op, reason: reason.into() }
    }

    #[test]
    fn one_node_takes_one_line() {
        let refusals = Refusals { nodes: vec![refusal("a", "Conv", "it is 3-D")], ends: vec!["x".into()] };
        assert_eq!(
            refusals.to_string(),
            "node `a` (Conv) can't be written as MNN: it is 3-D; the model could end before, at `x`"
        );
    }

    #[test]
    fn many_nodes_are_grouped_by_operator_and_reason() {
        let mut nodes: Vec<_> = (0..40).map(|index| refusal(&format!("c{index}"), "Conv", "it is 3-D")).collect();
        nodes.push(refusal("g", "Gather", "index 2 is not in 0..2"));
        nodes.push(refusal("d", "Conv", "it is misread"));
        let text = Refusals { nodes, ends: vec![] }.to_string();
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines[0], "42 nodes can't be written as MNN:");
        assert!(lines[1].starts_with("  Conv, it is 3-D: `c0`, `c1`, ") && lines[1].ends_with("`c29` and 10 more"));
        assert_eq!(lines[2..], ["  Conv, it is misread: `d`", "  Gather, index 2 is not in 0..2: `g`"]);
    }
}
