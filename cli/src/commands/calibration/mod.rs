//! What a network is run on to choose integers for its values.

mod page;
mod samples;
mod trials;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use edgeconv_agent::{Kernels, SessionConfig};
use edgeconv_converter::quantization::{self, LayerReport, Method, Observed, Quantizer};
use edgeconv_converter::target::Mnn;
use edgeconv_converter::{ForTarget, Report, Rewritten};
use edgeconv_files::name::escaped_path;
use edgeconv_files::{Staging, name::escaped};
use edgeconv_graph::Graph;
use edgeconv_terminal::kernels::KernelsOption;
use edgeconv_validate::calibration::{ENOUGH, Sample, expect_usable, is_flat, observe};
use edgeconv_validate::model::{Model, Running};
use edgeconv_vision::ModelCard;
use indicatif::ProgressBar;
use serde::Serialize;
use tracing::warn;

use self::samples::{Reading, evenly, ports};
use self::trials::{Goal, Trials};
pub use self::trials::{Search, Sensitivity};
use super::hints::conversion_failure;
use super::writing::write_text;
use super::{model_failure, pictures};
use crate::failure::Failure;

/// Arguments about integers for values.
#[derive(Args)]
#[command(mut_arg("kernels", |kernels| kernels.requires("calibrate")))]
pub struct Calibration {
    /// Compute in 8-bit integers, with ranges from samples: a folder of pictures, .npy or .npz files, also in folders of classes; or one
    /// .npy or .npz file with many samples along the first axis
    #[arg(long, value_name = "FOLDER|FILE")]
    pub calibrate: Option<PathBuf>,

    /// How the range of values is chosen that integers stand for
    #[arg(long, default_value = "mse", requires = "calibrate")]
    method: MethodArg,

    /// Share of numbers, in percent, that `--method percentile` keeps inside of the range
    #[arg(long, value_name = "PERCENT", default_value_t = 99.99, requires = "calibrate", value_parser = parse_percentile)]
    percentile: f64,

    /// Most samples that are run, evenly chosen from all
    #[arg(long, value_name = "COUNT", default_value_t = 64, requires = "calibrate", value_parser = clap::value_parser!(u64).range(1..))]
    samples: u64,

    /// Layers that stay floats, by the names in the report
    #[arg(long, value_name = "LAYERS", value_delimiter = ',', requires = "calibrate")]
    float: Vec<String>,

    /// Keep layers floats until outputs on the samples have this mean cosine with those of floats, such as 0.999: those first that disturb them most, for
    /// their multiplications, when they alone are integers
    #[arg(long, value_name = "COSINE", requires = "calibrate", value_parser = parse_cosine)]
    min_cosine: Option<f64>,

    /// The same for a classifier, such as 0.5%: the share of all samples that may be lost. Where their folders are the classes of the network, those that
    /// are right in floats, less those that are right in integers; else those whose likeliest class is another one than in floats
    #[arg(long, value_name = "PERCENT", requires = "calibrate", conflicts_with = "min_cosine", value_parser = parse_drop)]
    max_drop: Option<f64>,

    /// Measure what each layer costs when it alone is computed in integers, and list all, those first that cost most
    #[arg(long, requires = "calibrate")]
    sensitivity: bool,

    /// Write what each layer costs as a page with a plot
    #[arg(long, value_name = "FILE.html", requires = "sensitivity")]
    pub html: Option<PathBuf>,

    /// Leave channels as wide as they are, instead of bringing them to one width by what kernels around them take up
    #[arg(long, requires = "calibrate")]
    no_equalization: bool,

    /// Round each weight to the nearest integer, instead of letting weights make up for what others lose
    #[arg(long, requires = "calibrate")]
    no_reconstruction: bool,

    /// Leave biases as they are, instead of letting them make up for the mean of what kernels lose
    #[arg(long, requires = "calibrate")]
    no_bias_correction: bool,

    /// How pictures become inputs, as `edgeconv export` reports it [default: IN.report.json beside the model]
    #[arg(long, value_name = "FILE.report.json", requires = "calibrate")]
    report: Option<PathBuf>,

    #[command(flatten)]
    kernels: KernelsOption,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MethodArg {
    /// The smallest mean squared error
    Mse,
    /// All numbers that were seen
    MinMax,
    /// All but the smallest and largest ones: see --percentile
    Percentile,
    /// The smallest Kullback-Leibler divergence
    Kl,
}

impl Calibration {
    /// The samples for a network that was read from `source`, if there are to be such; `card` is what the user says of its pictures.
    pub fn samples(
        &self,
        source: &Path,
        graph: &Graph,
        card: Option<ModelCard>,
    ) -> Result<Option<Vec<Sample>>, Failure> {
        let Some(path) = &self.calibrate else { return Ok(None) };
        let card = card.map_or_else(|| pictures::card(source, &graph.metadata, self.report.as_deref()), Ok);
        let reading = Reading { inputs: ports(graph), card };
        let samples = if path.is_dir() { reading.folder(path, self.samples)? } else { reading.file(path)? };
        let samples = evenly(samples, self.samples as usize);
        expect_usable(&samples).map_err(|error| Failure::misuse(error).about(path))?;
        reading.expect_prepared(&samples, self.report.is_some())?;
        warn_of_useless(&samples);
        if samples.len() < ENOUGH {
            warn!(
                "`{}` has {} samples: ranges of values are reliable from {ENOUGH} on",
                escaped_path(path),
                samples.len()
            );
        }
        Ok(Some(samples))
    }

    /// Writes an MNN file that computes in integers, and says what became of each layer.
    pub fn write(
        &self,
        rewritten: Rewritten,
        mnn: &Mnn,
        samples: &[Sample],
        path: &Path,
        progress: &ProgressBar,
    ) -> Result<(Report, Integers), Failure> {
        // Strips are for floats.
        let mnn = Mnn { cache_bytes: 0, in_integers: true, ..*mnn };
        let mut prepared = rewritten.prepare(&mnn).map_err(conversion_failure)?;
        let original = prepared.clone();
        let mut observed = observed(&prepared, &mnn, samples, progress)?;
        if !self.no_equalization {
            quantization::equalize(prepared.graph_mut(), &observed).map_err(Failure::failed)?;
            observed = self::observed(&prepared, &mnn, samples, progress)?;
        }
        progress.set_message("rounding weights");
        let quantizer = Quantizer::new(prepared.graph(), &observed, &self.options());
        let mut float = self.named(&prepared, &quantizer)?;
        let goal = self.min_cosine.map(Goal::Cosine).or(self.max_drop.map(Goal::Drop));
        let trials = || {
            let written = Written { mnn: &mnn, kernels: self.kernels.choice() };
            Trials::of(&original, &prepared, &quantizer, written, trials::tried_on(samples, goal), progress)
        };
        let (sensitivity, search) = match goal {
            Some(goal) => trials()?.search(goal, &mut float, self.sensitivity)?,
            None if self.sensitivity => (trials()?.sensitivity(&float)?, None),
            None => (vec![], None),
        };
        if let Some(path) = &self.html {
            write_text(path, &page::page_of(&sensitivity)?)?;
        }
        let layers = quantizer.quantize(prepared.graph_mut(), &float).map_err(Failure::failed)?;
        progress.set_message("writing files");
        let report = prepared.write(&mnn, path).map_err(conversion_failure)?;
        Ok((report, Integers { layers, sensitivity, search }))
    }

    /// The layers that are to stay floats by their names.
    fn named(&self, prepared: &ForTarget, quantizer: &Quantizer) -> Result<BTreeMap<String, String>, Failure> {
        let float: BTreeMap<_, _> = self.float.iter().map(|name| (name.clone(), "named".to_owned())).collect();
        let layers = quantizer.quantize(prepared.clone().graph_mut(), &float).map_err(Failure::failed)?;
        if let Some(unknown) = self.float.iter().find(|name| layers.iter().all(|layer| layer.layer != **name)) {
            let (name, some) = (escaped(unknown), layers.first().map_or("none", |layer| &layer.layer));
            return Err(Failure::Misuse(format!(
                "--float: there is no layer `{name}`; the first one is `{}`",
                escaped(some)
            )));
        }
        Ok(float)
    }

    fn options(&self) -> quantization::Options {
        let method = match self.method {
            MethodArg::Mse => Method::Mse,
            MethodArg::MinMax => Method::MinMax,
            MethodArg::Percentile => Method::Percentile((100.0 - self.percentile) / 100.0),
            MethodArg::Kl => Method::Kl,
        };
        quantization::Options { method, reconstruct: !self.no_reconstruction, correct_biases: !self.no_bias_correction }
    }
}

/// What became of a network that is computed in integers.
#[derive(Debug, Default, Serialize)]
pub struct Integers {
    /// Each convolution.
    pub layers: Vec<LayerReport>,
    /// What each costs alone, if that was measured.
    pub sensitivity: Vec<Sensitivity>,
    /// How those were found that stay floats, if they were looked for.
    pub search: Option<Search>,
}

/// How networks become files that are run.
#[derive(Debug, Clone, Copy)]
struct Written<'a> {
    mnn: &'a Mnn,
    kernels: Kernels,
}

impl Written<'_> {
    /// What `run` makes of a file with the network, which is gone afterwards.
    fn run<T>(self, network: ForTarget, run: impl FnOnce(&Model) -> Result<T, Failure>) -> Result<T, Failure> {
        let folder = Staging::private().map_err(Failure::failed)?;
        let path = folder.path().join("network.mnn");
        network.write(self.mnn, &path).map_err(conversion_failure)?;
        let config = SessionConfig { kernels: self.kernels, ..SessionConfig::default() };
        run(&Model::open(&path, &Running { config, ..Running::default() }).map_err(model_failure)?)
    }
}

/// What is seen of the values of a network in floats. By MNN alone: our kernels fuse operators, of whose values some are never there.
fn observed(
    network: &ForTarget,
    mnn: &Mnn,
    samples: &[Sample],
    progress: &ProgressBar,
) -> Result<BTreeMap<String, Observed>, Failure> {
    let each = |done| progress.set_message(format!("running sample {done} of {}", samples.len()));
    let names = quantization::observable(network.graph());
    let seen = |model: &Model| observe(model, samples, &names, each).map_err(Failure::failed);
    Written { mnn, kernels: Kernels::Mnn }.run(network.clone(), seen)
}

fn parse_cosine(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|cosine| (0.0..1.0).contains(cosine));
    number.ok_or_else(|| "expected a number below 1 such as 0.999".to_owned())
}

fn parse_drop(text: &str) -> Result<f64, String> {
    let percent = text.trim_end_matches('%').parse().ok().filter(|percent| (0.0..100.0).contains(percent));
    percent.map(|percent: f64| percent / 100.0).ok_or_else(|| "expected a percentage such as 0.5%".to_owned())
}

fn parse_percentile(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|percent| (50.0..=100.0).contains(percent));
    number.ok_or_else(|| "expected a number from 50 to 100 such as 99.99".to_owned())
}

/// Warns of samples that tell nothing which others don't.
fn warn_of_useless(samples: &[Sample]) {
    let copies = |index: usize| samples[..index].iter().any(|other| other.inputs == samples[index].inputs);
    let flat = |index: usize| samples[index].inputs.iter().any(|input| is_flat(&input.tensor));
    let of = |useless: &dyn Fn(usize) -> bool| (0..samples.len()).filter(|&index| useless(index)).collect::<Vec<_>>();
    for (useless, what) in [(of(&copies), "copies of others"), (of(&flat), "of one colour")] {
        if let Some(&first) = useless.first() {
            let (count, all, name) = (useless.len(), samples.len(), escaped(&samples[first].name));
            warn!("{count} of {all} samples are {what}, `{name}` first");
        }
    }
}
