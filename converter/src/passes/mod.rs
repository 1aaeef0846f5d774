//! Rewriting passes, one file each.
//!
//! A pass looks at one node of a graph and returns a [`Patch`], or says why it does not apply. [`run`] applies patches until
//! nothing changes any more.

pub(crate) mod affine;
mod affine_after_conv;
mod affine_before_conv;
mod cancel_transposes;
mod constants_behind_circular_conv;
mod eliminate_identity;
mod expand_before_binary;
mod fold_constants;
mod grouped_conv_to_depthwise;
mod merge_affines;
mod merge_constants;
mod merge_duplicates;
mod merge_halves;
mod merge_parallel_convs;
mod merge_reshapes;
mod order_circular_convs;
mod pad_into_conv;
mod recognize_circular_conv;
mod recognize_gates;
mod recognize_gelu;
mod recognize_layer_norm;
mod slices_to_split;
mod trim_kernels;
mod unary_before_reshape;

pub use affine_after_conv::AffineAfterConv;
pub use affine_before_conv::AffineBeforeConv;
pub use cancel_transposes::CancelTransposes;
pub use constants_behind_circular_conv::ConstantsBehindCircularConv;
pub use eliminate_identity::EliminateIdentity;
pub use expand_before_binary::ExpandBeforeBinary;
pub use fold_constants::FoldConstants;
pub use grouped_conv_to_depthwise::GroupedConvToDepthwise;
pub use merge_affines::MergeAffines;
pub use merge_constants::MergeConstants;
pub use merge_duplicates::MergeDuplicates;
pub use merge_halves::MergeHalves;
pub use merge_parallel_convs::MergeParallelConvs;
pub use merge_reshapes::MergeReshapes;
pub use order_circular_convs::OrderCircularConvs;
pub use pad_into_conv::PadIntoConv;
pub use recognize_circular_conv::RecognizeCircularConv;
pub use recognize_gates::RecognizeGates;
pub use recognize_gelu::RecognizeGelu;
pub use recognize_layer_norm::RecognizeLayerNorm;
pub use slices_to_split::SlicesToSplit;
pub use trim_kernels::TrimKernels;
pub use unary_before_reshape::UnaryBeforeReshape;

use std::collections::BTreeMap;

use affine::Affine;
use edgeconv_graph::op::{CircularConv, Conv, ConvTranspose};
use edgeconv_graph::{Consumers, Graph, GraphError, Node, Op, Patch, Producers, Tensor, ValueId};
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

/// What a pass makes of a node.
#[derive(Debug)]
pub enum Outcome {
    /// The node is none of this pass's business.
    NoMatch,
    /// The node is what the pass looks for, but it can't be rewritten, for this reason.
    Blocked(String),
    /// Do this.
    Rewrite(Patch),
}

/// A rewrite of graphs.
pub trait Pass {
    /// The name in reports and on the command line.
    fn name(&self) -> &'static str;

    /// What happens to the numbers.
    fn accuracy(&self) -> Accuracy;

    /// Looks at one node.
    ///
    /// # Errors
    /// If the pass builds a node that does not fit its operands, which is a bug in the pass.
    fn visit(&self, view: &View, node: &Node) -> Result<Outcome, GraphError>;
}

/// A graph with what passes ask about it all the time.
#[derive(Debug)]
pub struct View<'a> {
    /// The graph.
    pub graph: &'a Graph,
    producers: Producers,
    consumers: Consumers,
}

impl<'a> View<'a> {
    fn new(graph: &'a Graph) -> Self {
        Self { graph, producers: graph.producers(), consumers: graph.consumers() }
    }

    /// The node that computes a value.
    pub fn producer(&self, id: ValueId) -> Option<&'a Node> {
        self.producers.of(id).map(|index| &self.graph.nodes()[index])
    }

    /// The nodes that use a value.
    pub fn consumers(&self, id: ValueId) -> impl Iterator<Item = &'a Node> {
        self.consumers.of(id).iter().map(|&index| &self.graph.nodes()[index])
    }

    /// Whether exactly one node uses the value, and the graph does not return it.
    pub fn used_once(&self, id: ValueId) -> bool {
        self.consumers.only(id).is_some()
    }

    /// Says who else uses a value, for [`Outcome::Blocked`].
    pub fn other_uses(&self, id: ValueId, besides: &Node) -> String {
        let others: Vec<_> = self
            .consumers(id)
            .filter(|user| user.name != besides.name)
            .map(|user| format!("`{}`", user.name))
            .collect();
        let name = &self.graph.value(id).name;
        if others.is_empty() {
            format!("`{name}` is also an output of the graph")
        } else {
            format!("`{name}` is also used by {}", others.join(", "))
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

/// Applies a pass to every node until nothing changes any more.
///
/// # Errors
/// If the pass builds something inconsistent, which is a bug in the pass.
pub fn run(pass: &dyn Pass, graph: &mut Graph) -> Result<PassReport, GraphError> {
    let mut report = PassReport { name: pass.name(), applied: 0, blocked: vec![], needs: None };
    loop {
        report.blocked.clear();
        let Some(patch) = first_patch(pass, graph, &mut report.blocked)? else { return Ok(report) };
        graph.apply(patch)?;
        report.applied += 1;
    }
}

/// Tells where a pass would apply that is not allowed to.
///
/// # Errors
/// If the pass builds something inconsistent, which is a bug in the pass.
pub fn withhold(pass: &dyn Pass, graph: &Graph) -> Result<PassReport, GraphError> {
    let view = View::new(graph);
    let level = pass.accuracy().level();
    let reason = format!("needs --rewrite {level}");
    let mut report = PassReport { name: pass.name(), applied: 0, blocked: vec![], needs: Some(level) };
    for node in graph.nodes() {
        if let Outcome::Rewrite(_) = pass.visit(&view, node)? {
            report.blocked.push(Blocked { node: node.name.clone(), reason: reason.clone() });
        }
    }
    Ok(report)
}

fn first_patch(pass: &dyn Pass, graph: &Graph, blocked: &mut Vec<Blocked>) -> Result<Option<Patch>, GraphError> {
    let view = View::new(graph);
    for node in graph.nodes() {
        match pass.visit(&view, node)? {
            Outcome::NoMatch => {}
            Outcome::Blocked(reason) => blocked.push(Blocked { node: node.name.clone(), reason }),
            Outcome::Rewrite(patch) => return Ok(Some(patch)),
        }
    }
    Ok(None)
}

/// Whether an operator computes each element of its one operand for itself.
pub(crate) fn on_each_element(op: &Op) -> bool {
    op.operator().is_elementwise()
}

/// The operands of a commutative operator that has exactly one constant among them: the other one, and the constant.
pub(crate) fn constant_operand<'a>(graph: &'a Graph, node: &Node) -> Option<(ValueId, &'a Tensor)> {
    let &[a, b] = node.inputs.as_slice() else { return None };
    match (graph.tensor(a), graph.tensor(b)) {
        (None, Some(constant)) => Some((a, constant)),
        (Some(constant), None) => Some((b, constant)),
        _ => None,
    }
}

/// What the kinds of convolution have in common: inputs data, kernel `[M, C/group, …]` (transposed: `[C, M/group, …]`), bias
/// `[M]`.
pub(crate) struct AnyConv<'a> {
    group: usize,
    /// Whether every output sees the same number of real inputs, so that a constant input gives a constant output.
    borderless: bool,
    node: &'a Node,
}

impl<'a> AnyConv<'a> {
    pub(crate) fn of(node: &'a Node) -> Option<Self> {
        match &node.op {
            Op::Conv(Conv { group, pads, .. }) => {
                Some(Self { group: *group, borderless: pads.iter().all(|&pad| pad == 0), node })
            }
            Op::CircularConv(CircularConv { group, .. }) => Some(Self { group: *group, borderless: true, node }),
            // Near the border fewer elements of the input reach an output.
            Op::ConvTranspose(ConvTranspose { group, .. }) => Some(Self { group: *group, borderless: false, node }),
            _ => None,
        }
    }

    /// The bias, zeros if there is none; `None` if it is not known at conversion time.
    pub(crate) fn bias(&self, graph: &Graph) -> Option<Vec<f32>> {
        match self.node.inputs.get(2) {
            Some(&id) => graph.floats(id).map(<[f32]>::to_vec),
            None => Some(vec![0.0; graph.ty(self.node.outputs[0]).shape[1]]),
        }
    }

    /// Adds this convolution with `affine` applied to its result: `scale · (W x + b) + shift = (scale · W) x + (scale · b + shift)`.
    /// `None` if kernel or bias are not known at conversion time.
    pub(crate) fn followed_by(
        &self,
        graph: &Graph,
        patch: &mut Patch,
        affine: &Affine,
    ) -> Result<Option<ValueId>, GraphError> {
        let conv = self.node;
        let (Some(kernel), Some(bias)) = (graph.floats(conv.inputs[1]), self.bias(graph)) else { return Ok(None) };
        let shape = &graph.ty(conv.inputs[1]).shape;
        let row: usize = shape[1..].iter().product();
        let filter = |index: usize| match conv.op {
            Op::ConvTranspose(_) => {
                let channels_per_group = shape[0] / self.group;
                index / row / channels_per_group * shape[1] + index % row / (row / shape[1])
            }
            _ => index / row,
        };
        let scaled = |(index, &weight): (usize, &f32)| (f64::from(weight) * affine.scale[filter(index)]) as f32;
        let folded = kernel.iter().enumerate().map(scaled).collect();
        let shifted = bias
            .iter()
            .zip(affine.scale.iter().zip(&affine.shift))
            .map(|(&bias, (scale, shift))| (f64::from(bias) * scale + shift) as f32)
            .collect();
        let kernel = Tensor::f32(graph.ty(conv.inputs[1]).shape.clone(), folded)?;
        let kernel = patch.constant(&graph.value(conv.inputs[1]).name, kernel);
        let bias = patch.constant(format!("{}.bias", conv.name), Tensor::vector(shifted));
        Ok(Some(patch.node(graph, &conv.name, conv.op.clone(), &[conv.inputs[0], kernel, bias])?))
    }
}
