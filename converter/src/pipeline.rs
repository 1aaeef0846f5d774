//! The ordered lists of passes: those that every target gains from, and each target's own behind them.

use edgeconv_graph::{Graph, GraphError};
use serde::Serialize;

use crate::passes::{self, Accuracy, Pass, PassReport};
use crate::target::{Format, Target};

/// How far a graph may be rewritten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Rewrite {
    /// Only what a target needs: constants are computed, operators that it lacks are expressed in others.
    None,
    /// Also passes that keep the arithmetic.
    Exact,
    /// Also passes whose results are equal up to rounding.
    Fast,
    /// Also passes that compute functions less accurately where a target is faster then, as MNN's own converter does.
    Approximate,
}

impl Rewrite {
    /// Whether a pass may run that does this to the numbers.
    fn allows(self, accuracy: Accuracy) -> bool {
        let allowed = match self {
            Rewrite::None => None,
            Rewrite::Exact => Some(Accuracy::Exact),
            Rewrite::Fast => Some(Accuracy::Reassociated),
            Rewrite::Approximate => Some(Accuracy::Approximate),
        };
        Some(accuracy) <= allowed
    }
}

/// What the pipeline may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// How far the graph may be rewritten.
    pub rewrite: Rewrite,
    /// Names of passes that are left out, of [`pass_names`].
    pub disabled: Vec<String>,
}

impl From<Rewrite> for Options {
    fn from(rewrite: Rewrite) -> Self {
        Self { rewrite, disabled: vec![] }
    }
}

/// The passes for every target, in order: algebra, and recognising what a file writes out.
fn shared() -> Vec<Box<dyn Pass>> {
    vec![
        // Fewer nodes first: what follows sees only real work, and each of it once.
        Box::new(passes::EliminateIdentity),
        Box::new(passes::MergeDuplicates),
        // What a file from elsewhere writes out gets the name that the passes below know.
        Box::new(passes::ExpandBeforeBinary),
        Box::new(passes::CancelTransposes),
        Box::new(passes::RecognizeCircularConv),
        Box::new(passes::RecognizeGates),
        Box::new(passes::RecognizeGelu),
        Box::new(passes::RecognizeLayerNorm),
        Box::new(passes::SlicesToSplit),
        // PyTorch's older exporter does it, its programs come without.
        Box::new(passes::MergeConcats),
        Box::new(passes::PadIntoConv),
        // A norm behind a convolution goes into that one, so that only the norms without one are left for the next pass.
        Box::new(passes::AffineAfterConv),
        Box::new(passes::AffineBeforeConv),
        // Only now that norms of branches have gone into their convolutions.
        Box::new(passes::MergeParallelConvs),
        // What neither convolution takes is one operator at least.
        Box::new(passes::MergeAffines),
        // What a norm left in front of a circular convolution, and position embeddings, gather behind it.
        Box::new(passes::ConstantsBehindCircularConv),
        Box::new(passes::MergeConstants),
        // Now the halves of a block differ in nothing but the order of their axes.
        Box::new(passes::OrderCircularConvs),
        Box::new(passes::MergeHalves),
        // Weights are final now.
        Box::new(passes::TrimKernels),
    ]
}

/// The names of the passes that can be left out, those of every target included.
pub fn pass_names() -> Vec<&'static str> {
    let own = Format::ALL.into_iter().flat_map(|format| format.target().passes());
    shared().into_iter().chain(own).map(|pass| pass.name()).collect()
}

/// Rewrites a graph with loaded weights by the passes for every target. The least accurate of the passes that did something is noted
/// in the graph's metadata.
///
/// # Errors
/// If a pass builds something inconsistent, which is a bug.
pub fn run(graph: &mut Graph, options: &Options) -> Result<Vec<PassReport>, GraphError> {
    // Kernels must have their final length before anything can be folded into them.
    run_list(graph, &[Box::new(passes::FoldConstants::default())], &shared(), &[], options)
}

/// Expresses a graph that [`run`] has rewritten in what a target has, and makes it fast there.
///
/// # Errors
/// If a pass builds something inconsistent, which is a bug.
pub fn run_for(target: &dyn Target, graph: &mut Graph, options: &Options) -> Result<Vec<PassReport>, GraphError> {
    // First what the passes can't look through; last what they know as such.
    run_list(graph, &target.legalizations(), &target.passes(), &target.lowerings(options.rewrite), options)
}

/// Runs passes: those that are needed first and last always, the others if the options allow it.
fn run_list(
    graph: &mut Graph,
    first: &[Box<dyn Pass>],
    passes: &[Box<dyn Pass>],
    last: &[Box<dyn Pass>],
    options: &Options,
) -> Result<Vec<PassReport>, GraphError> {
    let wanted = passes.iter().filter(|pass| options.disabled.iter().all(|name| name != pass.name()));
    let wanted = wanted.map(|pass| (pass, options.rewrite.allows(pass.accuracy())));
    let all = first.iter().map(|pass| (pass, true)).chain(wanted).chain(last.iter().map(|pass| (pass, true)));
    let mut accuracy = Accuracy::of(graph);
    let mut reports = vec![];
    for (pass, allowed) in all {
        if !allowed {
            reports.push(passes::withhold(pass.as_ref(), graph)?);
            continue;
        }
        if let Some(reason) = pass.sizes().missing(graph) {
            reports.push(passes::block(pass.as_ref(), graph, reason)?);
            continue;
        }
        let report = passes::run(pass.as_ref(), graph)?;
        if report.applied > 0 {
            accuracy = accuracy.max(pass.accuracy());
        }
        reports.push(report);
    }
    accuracy.note(graph);
    Ok(reports)
}
