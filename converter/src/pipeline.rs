//! The ordered list of passes.

use edgeconv_graph::{Graph, GraphError};
use serde::Serialize;

use crate::passes::{self, Accuracy, Pass, PassReport};
use crate::target::mnn::{
    self,
    passes::{LowerCircularConv, Lowering},
};

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
    /// Also passes that compute functions less accurately where MNN is faster then, as its own converter does.
    Approximate,
}

/// The rewriting passes in order.
fn rewriting(cache_bytes: usize) -> Vec<Box<dyn Pass>> {
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
        Box::new(mnn::passes::GeluByTanh),
        Box::new(passes::SlicesToSplit),
        Box::new(passes::PadIntoConv),
        // A norm behind a convolution goes into that one, so that only the norms without one are left for the next pass.
        Box::new(passes::AffineAfterConv),
        Box::new(passes::AffineBeforeConv),
        // Branches with norms of their own have none any more.
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
        Box::new(mnn::passes::HardSigmoidIntoConv),
        Box::new(mnn::passes::GemmToConv),
        // Leaves reshapes around each layer; those between two layers go.
        Box::new(mnn::passes::MatMulToConv),
        Box::new(passes::UnaryBeforeReshape),
        Box::new(passes::MergeReshapes),
        // Only on maps [N, C, H, W], which those between linear layers have become.
        Box::new(mnn::passes::GeluBySigmoid),
        // Needs the norms around the grouped convolution gone.
        Box::new(passes::GroupedConvToDepthwise),
        // Cuts chains into strips, in which the passes above would not recognise anything any more.
        Box::new(mnn::passes::BlockForCache { cache_bytes }),
    ]
}

/// What the pipeline may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// How far the graph may be rewritten.
    pub rewrite: Rewrite,
    /// Names of rewriting passes that are left out.
    pub disabled: Vec<String>,
    /// Size of the cache that one core of the target has for itself, in bytes; 0: maps are not cut into strips.
    pub cache_bytes: usize,
    /// How circular convolutions are expressed; `None` takes what is fastest on MNN for each.
    pub lowering: Option<Lowering>,
}

/// For the largest maps this gives a few thick strips, which were never slower than whole maps where we measured
/// (`docs/gcc-rewriting.md`), while thinner ones win more on some processors and lose on others.
pub const DEFAULT_CACHE_BYTES: usize = 2 << 20;

impl From<Rewrite> for Options {
    fn from(rewrite: Rewrite) -> Self {
        Self { rewrite, disabled: vec![], cache_bytes: DEFAULT_CACHE_BYTES, lowering: None }
    }
}

/// The names of the passes that can be left out.
pub fn pass_names() -> Vec<&'static str> {
    rewriting(0).iter().map(|pass| pass.name()).collect()
}

/// Rewrites a graph with loaded weights, and expresses it in operators that every target has. The least accurate of the passes that
/// did something is noted in the graph's metadata.
///
/// # Errors
/// If a pass builds something inconsistent, which is a bug.
pub fn run(graph: &mut Graph, options: &Options) -> Result<Vec<PassReport>, GraphError> {
    let mut reports = vec![];
    let mut accuracy = Accuracy::of(graph);
    let mut run = |pass: &dyn Pass, graph: &mut Graph| {
        let report = passes::run(pass, graph)?;
        if report.applied > 0 {
            accuracy = accuracy.max(pass.accuracy());
        }
        Ok::<_, GraphError>(report)
    };
    // Kernels must have their final length before anything can be folded into them.
    reports.push(run(&passes::FoldConstants, graph)?);
    let allowed = match options.rewrite {
        Rewrite::None => None,
        Rewrite::Exact => Some(Accuracy::Exact),
        Rewrite::Fast => Some(Accuracy::Reassociated),
        Rewrite::Approximate => Some(Accuracy::Approximate),
    };
    for pass in rewriting(options.cache_bytes) {
        if options.disabled.iter().any(|name| name == pass.name()) {
            continue;
        }
        reports.push(match Some(pass.accuracy()) <= allowed {
            true => run(pass.as_ref(), graph)?,
            false => passes::withhold(pass.as_ref(), graph)?,
        });
    }
    // Last, since passes know circular convolutions as such.
    let lowering = match options.rewrite {
        Rewrite::None | Rewrite::Exact => Some(Lowering::SliceConcat), // the only one with the same arithmetic
        Rewrite::Fast | Rewrite::Approximate => options.lowering,
    };
    reports.push(run(&LowerCircularConv { lowering }, graph)?);
    accuracy.note(graph);
    Ok(reports)
}
