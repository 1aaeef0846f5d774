//! How a graph is rewritten, as arguments of several commands.

use clap::{Args, ValueEnum};
use edgeconv_converter::Rewritten;
use edgeconv_converter::passes::{Accuracy, Blocked, PassReport};
use edgeconv_converter::pipeline::{self, Rewrite};
use edgeconv_converter::target::Mnn;
use edgeconv_converter::target::mnn::passes::Lowering;
use edgeconv_converter::target::mnn::{Bits, ExternalWeights, Store};
use edgeconv_files::name::escaped;
use edgeconv_files::{Staging, parse_bytes};
use edgeconv_validate::compare::Tolerance;
use indicatif::ProgressBar;
use tracing::warn;

use super::tune;
use crate::failure::Failure;
use crate::output::table;

/// Arguments about rewriting.
#[derive(Args)]
pub struct Rewriting {
    /// How far the graph may be rewritten
    #[arg(long, default_value = "fast")]
    rewrite: RewriteLevel,

    /// Leave a pass out, by the name that --explain shows
    #[arg(long = "disable", value_name = "PASS", value_parser = clap::builder::PossibleValuesParser::new(pipeline::pass_names()))]
    disabled: Vec<String>,

    /// How circular convolutions are computed in the MNN file [default: what is fastest for each]
    #[arg(long, value_name = "HOW")]
    lowering: Option<LoweringArg>,

    /// Measure here which lowering and which strips are fastest, and remember it for this network, size and processor
    #[arg(long, conflicts_with_all = ["lowering", "target_cache"])]
    tune: bool,

    /// The processor that the MNN file is for
    #[arg(long = "for", value_name = "PROCESSOR", default_value = "x86", conflicts_with = "tune")]
    processor: Processor,

    /// Compute large maps of the MNN file in strips that stay in a cache of the target of this size; 0: never [default: what --for says]
    #[arg(long, value_name = "BYTES", value_parser = parse_bytes)]
    target_cache: Option<u64>,

    /// Write an MNN file that is accurate without the session hint WINOGRAD_MEMORY_LEVEL=1, too; large convolutions get slower
    #[arg(long)]
    any_session: bool,

    /// Let convolutions of the MNN file that have the same weights read them as an operand, which a session holds once; they take longer
    #[arg(long)]
    share_weights: bool,

    /// When the weights of an MNN file are in a file beside it, NAME.mnn.weight, which MNN then holds once
    #[arg(long, value_name = "WHEN", default_value = "large")]
    external_weights: ExternalWeightsArg,

    /// How the MNN file stores weights; sessions compute in 32-bit floats all the same
    #[arg(long, value_name = "NUMBERS", default_value = "float")]
    store: StoreArg,

    /// Print per pass what it did, and where it could not and why
    #[arg(long)]
    pub explain: bool,
}

impl Rewriting {
    /// What the passes may do.
    pub fn options(&self) -> pipeline::Options {
        pipeline::Options { rewrite: self.rewrite.into(), disabled: self.disabled.clone() }
    }

    /// How MNN files of a network are made; with --tune that is measured, with files in `staging`.
    pub fn mnn(&self, rewritten: &Rewritten, staging: &Staging, progress: &ProgressBar) -> Result<Mnn, Failure> {
        if self.tune {
            let tuned = tune::tune(rewritten, staging, progress)?;
            return Ok(Mnn { cache_bytes: tuned.cache_bytes, lowering: tuned.lowering, ..self.untuned() });
        }
        Ok(self.untuned())
    }

    /// The same where no MNN file is made: says so to whoever asks for a certain form of it.
    pub fn no_mnn(&self) -> Result<Mnn, Failure> {
        if self.store != StoreArg::Float {
            return Err(Failure::Misuse("--store is about MNN files, and none is to be written: leave it out".into()));
        }
        if self.tune || self.untuned() != Mnn::DEFAULT {
            warn!(
                "--for, --tune, --lowering, --target-cache, --any-session, --share-weights and --external-weights do nothing here: \
                 they are about MNN files"
            );
        }
        Ok(self.untuned())
    }

    /// What is asked for that takes one size of the inputs, if they are open.
    pub fn for_one_size(&self) -> Option<&'static str> {
        let makes_strips = self.target_cache.is_some_and(|bytes| bytes > 0);
        match (self.tune, makes_strips) {
            (true, _) => Some("--tune"),
            (false, true) => Some("--target-cache"),
            (false, false) => None,
        }
    }

    /// How weights are stored, where nothing is to be rewritten; `None` if more is asked for than that.
    pub fn only_store(&self) -> Option<Mnn> {
        let Mnn { store, external_weights, .. } = self.untuned();
        let mnn = Mnn { store, external_weights, ..Mnn::DEFAULT };
        let Self { rewrite, disabled, tune, explain, .. } = self;
        let is_all =
            *rewrite == RewriteLevel::Fast && disabled.is_empty() && !tune && !explain && self.untuned() == mnn;
        is_all.then_some(mnn)
    }

    fn untuned(&self) -> Mnn {
        let lowering = self.lowering.map(Lowering::from);
        let Self { any_session, share_weights, .. } = *self;
        let cache = self.target_cache.map(|bytes| usize::try_from(bytes).unwrap_or(usize::MAX));
        let cache_bytes = cache.unwrap_or_else(|| self.processor.cache_bytes());
        let (external_weights, store) = (self.external_weights.into(), self.store.into());
        Mnn { cache_bytes, lowering, in_integers: false, any_session, share_weights, external_weights, store }
    }

    /// How much the outputs of a rewritten network may differ: approximated functions need ten times as much as rounding does.
    pub fn tolerance(&self, rounding: Tolerance) -> Tolerance {
        if self.rewrite == RewriteLevel::Approximate { rounding.times(10.0) } else { rounding }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Processor {
    /// Rockchip RK3288: Cortex-A17
    Rk3288,
    /// 64-bit ARM
    Aarch64,
    /// x86 with AVX2 or AVX-512, with 2 MB of second-level cache for each core
    X86,
}

impl Processor {
    /// Maps that are larger than this are computed in strips; 0: none. On ARM strips save no cache misses that cost as much as the
    /// instructions for them, and with our own kernels, which compute maps in bands, none at all (`docs/kernels.md`).
    fn cache_bytes(self) -> usize {
        match self {
            Self::Rk3288 | Self::Aarch64 => 0,
            Self::X86 => Mnn::DEFAULT.cache_bytes,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RewriteLevel {
    /// Only what the formats need
    None,
    /// Also what keeps the arithmetic
    Exact,
    /// Also what is equal up to rounding
    Fast,
    /// Also GELU as MNN computes it fastest, off by up to 5e-4; MNN's own converter always does that
    Approximate,
}

impl RewriteLevel {
    /// The least accurate of what such rewriting does.
    pub fn accuracy(self) -> Accuracy {
        match self {
            RewriteLevel::None | RewriteLevel::Exact => Accuracy::Exact,
            RewriteLevel::Fast => Accuracy::Reassociated,
            RewriteLevel::Approximate => Accuracy::Approximate,
        }
    }
}

impl From<RewriteLevel> for Rewrite {
    fn from(level: RewriteLevel) -> Self {
        match level {
            RewriteLevel::None => Rewrite::None,
            RewriteLevel::Exact => Rewrite::Exact,
            RewriteLevel::Fast => Rewrite::Fast,
            RewriteLevel::Approximate => Rewrite::Approximate,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LoweringArg {
    /// Append the wrapped rows, then a convolution
    SliceConcat,
    /// One convolution with zeros on both sides and doubled taps
    ZeroPadded,
    /// A matrix product per channel
    Circulant,
}

impl From<LoweringArg> for Lowering {
    fn from(lowering: LoweringArg) -> Self {
        match lowering {
            LoweringArg::SliceConcat => Lowering::SliceConcat,
            LoweringArg::ZeroPadded => Lowering::ZeroPadded,
            LoweringArg::Circulant => Lowering::Circulant,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ExternalWeightsArg {
    /// If the file would have more than 256 MiB
    Large,
    /// Also of small models
    Always,
    /// In no case: MNN reads files below 2 GiB
    Never,
}

impl From<ExternalWeightsArg> for ExternalWeights {
    fn from(when: ExternalWeightsArg) -> Self {
        match when {
            ExternalWeightsArg::Large => ExternalWeights::Large,
            ExternalWeightsArg::Always => ExternalWeights::Always,
            ExternalWeightsArg::Never => ExternalWeights::Never,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum StoreArg {
    /// As 32-bit floats
    Float,
    /// As 16-bit floats: half the size
    Fp16,
    /// Convolutions and linear layers as 8-bit integers, but for depthwise and small ones, which are 16-bit floats
    Int8,
    /// The same with 4-bit integers
    Int4,
    /// Depthwise and small convolutions as 8-bit integers, too
    Int8All,
    /// The same with 4-bit integers
    Int4All,
}

impl From<StoreArg> for Store {
    fn from(store: StoreArg) -> Self {
        let integers = |bits, all| Store::Integers { bits, all };
        match store {
            StoreArg::Float => Store::Float,
            StoreArg::Fp16 => Store::Fp16,
            StoreArg::Int8 => integers(Bits::Eight, false),
            StoreArg::Int4 => integers(Bits::Four, false),
            StoreArg::Int8All => integers(Bits::Eight, true),
            StoreArg::Int4All => integers(Bits::Four, true),
        }
    }
}

/// What the passes did, as a table for each list.
pub fn explanation(lists: &[(&'static str, &[PassReport])]) -> String {
    let blocked = |pass: &PassReport| {
        let line = |blocked: &Blocked| escaped(&format!("`{}`: {}", blocked.node, blocked.reason)).into_owned();
        let lines = pass.blocked.iter().map(line);
        lines.collect::<Vec<_>>().join("\n")
    };
    let row = |pass: &PassReport| vec![pass.name.to_owned(), pass.applied.to_string(), blocked(pass)];
    let tables = lists.iter().map(|(target, passes)| {
        let head = format!("pass for {target}");
        let mut table = table(&[head.as_str(), "rewrites", "where it could not"], []);
        // Cells of several lines.
        table.add_rows(passes.iter().map(row));
        table.to_string()
    });
    tables.collect::<Vec<_>>().join("\n")
}

/// What would be faster if it could be less accurate, a line for each pass.
pub fn offers(lists: &[(&'static str, &[PassReport])]) -> Vec<String> {
    let passes = lists.iter().flat_map(|(_, passes)| passes.iter());
    let offered = passes.filter(|pass| pass.needs == Some("approximate") && !pass.blocked.is_empty());
    let offer = offered.map(|pass| {
        let (name, count) = (pass.name, pass.blocked.len());
        format!("{name} could make {count} operator(s) faster and less accurate: --rewrite approximate")
    });
    offer.collect()
}
