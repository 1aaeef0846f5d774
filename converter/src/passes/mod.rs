//! Rewriting passes, one file each.
//!
//! A pass looks at one node of a graph and returns a [`Patch`], or says why it does not apply. [`run`] applies patches until
//! nothing changes any more.

pub(crate) mod affine;
mod affine_after_conv;
mod affine_before_conv;
mod any_conv;
mod cancel_transposes;
mod constants_behind_circular_conv;
mod eliminate_identity;
mod expand_before_binary;
mod fold_constants;
mod merge_affines;
mod merge_concats;
mod merge_constants;
mod merge_duplicates;
mod merge_halves;
mod merge_parallel_convs;
mod order_circular_convs;
mod pad_into_conv;
mod recognize_circular_conv;
mod recognize_gates;
mod recognize_gelu;
mod recognize_layer_norm;
mod slices_to_split;
mod trim_kernels;
mod wrap_circular_conv;

pub use affine_after_conv::AffineAfterConv;
pub use affine_before_conv::AffineBeforeConv;
pub use cancel_transposes::CancelTransposes;
pub use constants_behind_circular_conv::ConstantsBehindCircularConv;
pub use eliminate_identity::EliminateIdentity;
pub use expand_before_binary::ExpandBeforeBinary;
pub use fold_constants::FoldConstants;
pub use merge_affines::MergeAffines;
pub use merge_concats::MergeConcats;
pub use merge_constants::MergeConstants;
pub use merge_duplicates::MergeDuplicates;
pub use merge_halves::MergeHalves;
pub use merge_parallel_convs::MergeParallelConvs;
pub use order_circular_convs::OrderCircularConvs;
pub use pad_into_conv::PadIntoConv;
pub use recognize_circular_conv::RecognizeCircularConv;
pub use recognize_gates::RecognizeGates;
pub use recognize_gelu::RecognizeGelu;
pub use recognize_layer_norm::RecognizeLayerNorm;
pub use slices_to_split::SlicesToSplit;
pub use trim_kernels::TrimKernels;
pub use wrap_circular_conv::WrapCircularConv;
pub(crate) use wrap_circular_conv::wrap;

use std::collections::BTreeMap;

pub(crate) use any_conv::AnyConv;
use edgeconv_graph::op::Work;
use edgeconv_graph::{Graph, GraphError, Node, NodeId, Op, Patch, Tensor, ValueId};
use edgeconv_session::open::OpenShapes;
use serde::Serialize;

/// How a rewritten graph's numbers relate to the original's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Accuracy {
    /// The same arithmetic: bit for bit the same numbers.
    Exact,
    /// The same algebra in another order: equal up to rounding.
    Reassociated,
    /// Another function that is close: the pass says by how much.
    Approximate,
}

/// Where files keep the accuracy of what was done to the model.
const ACCURACY_KEY: &str = "edgeconv.accuracy";

impl Accuracy {
    /// What was done to a graph, or to the file that it was read from.
    pub fn of(graph: &Graph) -> Self {
        Self::noted(&graph.metadata).unwrap_or(Accuracy::Exact)
    }

    /// What a model's metadata say; `None` in files of others.
    pub fn noted(metadata: &BTreeMap<String, String>) -> Option<Self> {
        let noted = metadata.get(ACCURACY_KEY)?;
        [Accuracy::Exact, Accuracy::Reassociated, Accuracy::Approximate].into_iter().find(|class| class.name() == noted)
    }

    /// Notes what was done to a graph.
    pub fn note(self, graph: &mut Graph) {
        graph.metadata.insert(ACCURACY_KEY.to_owned(), self.name().to_owned());
    }

    fn name(self) -> &'static str {
        match self {
            Accuracy::Exact => "exact",
            Accuracy::Reassociated => "reassociated",
            Accuracy::Approximate => "approximate",
        }
    }

    /// The level of rewriting from which on such passes run, as the command line calls it.
    fn level(self) -> &'static str {
        match self {
            Accuracy::Exact => "exact",
            Accuracy::Reassociated => "fast",
            Accuracy::Approximate => "approximate",
        }
    }
}

/// Why a pass does not rewrite a node.
#[derive(Debug)]
pub enum Stop {
    /// The node is none of this pass's business.
    NoMatch,
    /// The node is what the pass looks for, but it can't be rewritten, for this reason.
    Blocked(String),
    /// The pass built a node that does not fit its operands, which is a bug in the pass.
    Bug(GraphError),
}

impl<E: Into<GraphError>> From<E> for Stop {
    fn from(error: E) -> Self {
        Stop::Bug(error.into())
    }
}

/// What is not there stops a pass.
pub trait OrStop<T> {
    /// The value.
    ///
    /// # Errors
    /// [`Stop::NoMatch`] if there is none.
    fn or_no_match(self) -> Result<T, Stop>;

    /// The value.
    ///
    /// # Errors
    /// [`Stop::Blocked`] if there is none.
    fn or_blocked(self, reason: impl Into<String>) -> Result<T, Stop>;
}

impl<T> OrStop<T> for Option<T> {
    fn or_no_match(self) -> Result<T, Stop> {
        self.ok_or(Stop::NoMatch)
    }

    fn or_blocked(self, reason: impl Into<String>) -> Result<T, Stop> {
        self.ok_or_else(|| Stop::Blocked(reason.into()))
    }
}

/// A rewrite of graphs.
pub trait Pass {
    /// The name in reports and on the command line.
    fn name(&self) -> &'static str;

    /// What happens to the numbers.
    fn accuracy(&self) -> Accuracy;

    /// Whether it keeps what quantised values stand for; where it does not say so, the driver blocks it.
    fn understands_quantized(&self) -> bool {
        false
    }

    /// Which lengths of the network's inputs it depends on; where these are open, it is left out.
    fn sizes(&self) -> Sizes {
        Sizes::None
    }

    /// Looks at one node, and returns what is to be done.
    ///
    /// # Errors
    /// Why nothing is to be done.
    fn visit(&self, graph: &Graph, node: &Node) -> Result<Patch, Stop>;
}

/// Lengths of a network's inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sizes {
    /// None of them.
    None,
    /// Height and width.
    Maps,
    /// All, since the bytes of all samples together count.
    All,
}

impl Sizes {
    /// Why they are not known.
    pub(crate) fn missing(self, graph: &Graph) -> Option<&'static str> {
        let open = OpenShapes::noted(&graph.metadata)?;
        match self {
            Self::Maps if open.has_open_maps() => Some("height or width of the inputs is open"),
            Self::All => Some("the size of the inputs is open"),
            Self::None | Self::Maps => None,
        }
    }
}

/// A node that a pass could not rewrite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Blocked {
    /// Name of the node.
    pub node: String,
    /// Why.
    pub reason: String,
}

/// What a pass did to a graph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PassReport {
    /// Name of the pass.
    pub name: &'static str,
    /// Number of rewrites.
    pub applied: usize,
    /// Where it did not apply.
    pub blocked: Vec<Blocked>,
    /// The level of rewriting that it needs, if it was not allowed to run: `blocked` is where it would have applied.
    pub needs: Option<&'static str>,
}

/// Applies a pass to every node until nothing changes any more: in sweeps over all nodes in their order, the last of which finds
/// nothing to do. Behind each patch the sweep goes on where it was, after another look at the nodes around the patch that it has
/// passed already; so the work grows with the number of nodes and of rewrites, not with their product.
///
/// # Errors
/// If the pass builds something inconsistent, which is a bug in the pass.
pub fn run(pass: &dyn Pass, graph: &mut Graph) -> Result<PassReport, GraphError> {
    let mut report = PassReport { name: pass.name(), applied: 0, blocked: vec![], needs: None };
    while sweep(pass, graph, &mut report)? {}
    Ok(report)
}

/// What a pass does to a node; nothing where it would touch quantised values that it does not understand.
fn visit(pass: &dyn Pass, graph: &Graph, node: &Node) -> Result<Patch, Stop> {
    let patch = pass.visit(graph, node)?;
    if pass.understands_quantized() {
        return Ok(patch);
    }
    let around = node.inputs.iter().chain(&node.outputs).copied();
    let quantized = around.chain(patch.touched()).map(|id| graph.value(id)).find(|value| value.quant.is_some());
    match quantized {
        Some(value) => Err(Stop::Blocked(format!("`{}` is quantised", value.name))),
        None => Ok(patch),
    }
}

/// Visits every node once, and those around patches again; whether anything changed.
fn sweep(pass: &dyn Pass, graph: &mut Graph, report: &mut PassReport) -> Result<bool, GraphError> {
    report.blocked.clear();
    let before = report.applied;
    let mut passed = vec![];
    let mut ahead: Vec<_> = graph.order().iter().rev().copied().collect();
    let known = ahead.iter().max().copied();
    while let Some(id) = ahead.pop() {
        if !graph.contains(id) {
            continue;
        }
        note(&mut passed, id);
        match visit(pass, graph, graph.node(id)) {
            Ok(patch) => {
                let mut again = graph.apply(patch)?;
                report.applied += 1;
                again.retain(|other| passed.get(other.index()) == Some(&true) || Some(*other) > known);
                again.sort_by_key(|&other| std::cmp::Reverse((graph.position(other), other)));
                ahead.extend(again);
            }
            Err(Stop::NoMatch) => {}
            Err(Stop::Blocked(reason)) => report.blocked.push(Blocked { node: graph.node(id).name.clone(), reason }),
            Err(Stop::Bug(error)) => return Err(error),
        }
    }
    Ok(report.applied > before)
}

/// Marks a node in a table that grows with the ids.
fn note(table: &mut Vec<bool>, id: NodeId) {
    if table.len() <= id.index() {
        table.resize(id.index() + 1, false);
    }
    table[id.index()] = true;
}

/// Reports where a pass would apply that needs another level of rewriting.
///
/// # Errors
/// If the pass builds something inconsistent, which is a bug in the pass.
pub fn withhold(pass: &dyn Pass, graph: &Graph) -> Result<PassReport, GraphError> {
    let level = pass.accuracy().level();
    Ok(PassReport { needs: Some(level), ..block(pass, graph, &format!("needs --rewrite {level}"))? })
}

/// Reports where a pass would apply that can't run.
///
/// # Errors
/// If the pass builds something inconsistent, which is a bug in the pass.
pub fn block(pass: &dyn Pass, graph: &Graph, reason: &str) -> Result<PassReport, GraphError> {
    let mut report = PassReport { name: pass.name(), applied: 0, blocked: vec![], needs: None };
    for node in graph.nodes() {
        match visit(pass, graph, node) {
            Ok(_) => report.blocked.push(Blocked { node: node.name.clone(), reason: reason.to_owned() }),
            Err(Stop::NoMatch | Stop::Blocked(_)) => {}
            Err(Stop::Bug(error)) => return Err(error),
        }
    }
    Ok(report)
}

/// Whether exactly one node uses a value, once, and the graph does not return it.
pub(crate) fn used_once(graph: &Graph, id: ValueId) -> bool {
    graph.only_user(id).is_some()
}

/// Stops a pass that `node` must be the only one for to use `id`.
pub(crate) fn expect_used_once(graph: &Graph, id: ValueId, node: &Node) -> Result<(), Stop> {
    if used_once(graph, id) { Ok(()) } else { Err(Stop::Blocked(other_uses(graph, id, node))) }
}

/// Says who else uses a value, for [`Stop::Blocked`].
pub(crate) fn other_uses(graph: &Graph, id: ValueId, besides: &Node) -> String {
    let mut users = graph.users(id).to_vec();
    users.sort_by_key(|&user| graph.position(user));
    let others = users.into_iter().map(|user| &graph.node(user).name).filter(|name| **name != besides.name);
    let others: Vec<_> = others.map(|name| format!("`{name}`")).collect();
    let name = &graph.value(id).name;
    if others.is_empty() {
        format!("`{name}` is also an output of the graph")
    } else {
        format!("`{name}` is also used by {}", others.join(", "))
    }
}

/// Whether an operator computes each element of its one operand for itself.
pub(crate) fn on_each_element(op: &Op) -> bool {
    op.operator().work() == Work::Elementwise
}

/// The operands of a commutative operator that has exactly one constant among them: the other one, and the constant.
pub(crate) fn constant_operand<'a>(graph: &'a Graph, node: &Node) -> Option<(ValueId, &'a Tensor)> {
    let &[a, b] = node.inputs.as_slice() else { return None };
    let known = |id: ValueId| graph.tensor(id).filter(|_| !graph.value(id).sized);
    match (known(a), known(b)) {
        (None, Some(constant)) => Some((a, constant)),
        (Some(constant), None) => Some((b, constant)),
        _ => None,
    }
}
