use edgeconv_graph::{Graph, TensorType};
use edgeconv_session::Settings;

use super::external::ExternalWeights;
use super::passes::{
    BlockForCache, GeluBySigmoid, GeluByTanh, GemmToConv, GroupedConvToDepthwise, HardSigmoidIntoConv, KeepIntegers,
    LowerCircularConv, Lowering, MatMulToConv, MergeReshapes, QuantizeInFloats, UnaryBeforeReshape, WrapIntegers,
};
use super::store::Store;
use super::{Serialized, histogram, isolate, list, serialize};
use crate::open::Others;
use crate::passes::{FoldConstants, Pass};
use crate::pipeline::Rewrite;
use crate::source::ModelFile;
use crate::target::{ExportError, Files, GivenValues, Listing, ReadError, Target, Written};

/// MNN files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mnn {
    /// Size of the cache that one core of the machine has for itself, in bytes; 0: maps are not cut into strips.
    pub cache_bytes: usize,
    /// How circular convolutions are expressed; `None` takes what is fastest for each. Only [`Lowering::SliceConcat`] keeps the
    /// arithmetic, so it is the one at [`Rewrite::Exact`] and below.
    pub lowering: Option<Lowering>,
    /// Whether values are going to be quantised, so that circular convolutions have to be convolutions.
    pub in_integers: bool,
    /// Whether the file is as accurate in sessions that do not set the hint `WINOGRAD_MEMORY_LEVEL` to 1. Convolutions that MNN would
    /// compute by large Winograd tiles there take longer in every session.
    pub any_session: bool,
    /// Whether convolutions with equal kernels read them as an operand, which a session holds once. MNN brings it into its layout in
    /// every run then, and does not use its fastest algorithms; else each of them holds a copy.
    pub share_weights: bool,
    /// When weights are in a file beside the model.
    pub external_weights: ExternalWeights,
    /// How weights are stored.
    pub store: Store,
}

/// For the largest maps this gives a few thick strips, which were never slower than whole maps where we measured
/// (`docs/gcc-rewriting.md`), while thinner ones win more on some processors and lose on others.
pub const DEFAULT_CACHE_BYTES: usize = 2 << 20;

impl Mnn {
    /// Files that were never slower than others where we measured.
    pub const DEFAULT: Self = Self {
        cache_bytes: DEFAULT_CACHE_BYTES,
        lowering: None,
        in_integers: false,
        any_session: false,
        share_weights: false,
        external_weights: ExternalWeights::Large,
        store: Store::Float,
    };
}

impl Default for Mnn {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl Target for Mnn {
    fn name(&self) -> &'static str {
        "MNN"
    }

    fn ending(&self) -> &'static str {
        "mnn"
    }

    fn legalizations(&self) -> Vec<Box<dyn Pass>> {
        vec![
            Box::new(KeepIntegers),
            // Makes floats of quantised weights, which the passes for layers then see.
            Box::new(QuantizeInFloats),
            // What that pass casts is in range.
            Box::new(WrapIntegers),
            // What was done to quantised weights before they are used.
            Box::new(FoldConstants::default()),
        ]
    }

    fn passes(&self) -> Vec<Box<dyn Pass>> {
        vec![
            // Before the exact form becomes something else.
            Box::new(GeluByTanh),
            // MNN clamps in a convolution, and has no op for the rest.
            Box::new(HardSigmoidIntoConv),
            // Convolutions are what MNN is fast at.
            Box::new(GemmToConv),
            // Leaves reshapes around each layer; those between two layers go.
            Box::new(MatMulToConv),
            Box::new(UnaryBeforeReshape),
            Box::new(MergeReshapes),
            // Only on maps [N, C, H, W], which those between linear layers have become.
            Box::new(GeluBySigmoid),
            // MNN has no kernel for groups: it cuts maps into pieces.
            Box::new(GroupedConvToDepthwise),
            // Cuts chains into strips, in which the passes above would not recognise anything any more.
            Box::new(BlockForCache { cache_bytes: self.cache_bytes }),
        ]
    }

    fn lowerings(&self, rewrite: Rewrite) -> Vec<Box<dyn Pass>> {
        let lowering = match rewrite {
            Rewrite::None | Rewrite::Exact => Some(Lowering::SliceConcat),
            Rewrite::Fast | Rewrite::Approximate => self.lowering,
        };
        vec![Box::new(LowerCircularConv { lowering, in_integers: self.in_integers })]
    }

    /// 32-bit floats, and Winograd with small tiles only, whose error does not grow over a network.
    fn session(&self) -> Settings {
        Settings::default()
    }

    fn write(&self, graph: &Graph, others: &Others, to: Files<'_>) -> Result<Written, ExportError> {
        let Serialized { builder, weight_bytes, shared, stored, open, open_note } =
            serialize(graph, others, self, to.weights).map_err(written)?;
        let bytes = builder.as_slice();
        let operators = histogram(bytes).map_err(super::ExportError::ReadBack)?;
        to.model.write_all(bytes)?;
        Ok(Written { bytes: bytes.len() as u64, weight_bytes, operators, shared, stored, open, open_note })
    }

    fn list(&self, file: &ModelFile) -> Result<Listing, ReadError> {
        Ok(list(&file.bytes()?).map_err(|error| error.of_file(file.name()))?)
    }

    fn isolate(&self, file: &ModelFile, values: &[(String, TensorType)]) -> Result<GivenValues, ReadError> {
        isolate::isolate(file, values)
    }

    fn part(&self, isolated: &GivenValues, value: &str) -> Result<Vec<u8>, ReadError> {
        Ok(isolate::part(isolated, value).map_err(|error| error.of_file("<bytes>"))?)
    }
}

/// What can't be written is the same error for every target.
fn written(error: super::ExportError) -> ExportError {
    match error {
        super::ExportError::Weights(source) => ExportError::Write(source),
        error => error.into(),
    }
}
