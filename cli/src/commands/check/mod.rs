mod formats;
mod html;
mod network;
mod report;
mod samples;

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, ValueEnum};
use edgeconv_agent::SessionConfig;
use edgeconv_converter::target::isolate::Format;
use edgeconv_validate::Selections;
use edgeconv_validate::check::{CheckError, Fault, How, Layers, drift, outputs};
use edgeconv_validate::compare::Tolerance;
use edgeconv_validate::engine::{EngineError, NamedTensor, Ran};
use edgeconv_validate::golden::{Golden, ModelFile, Sample};
use edgeconv_validate::model::{Model, ModelError, OnnxEngine};
use edgeconv_validate::settings::{self, CheckSettings, Settings};
use edgeconv_validate::target::{Board, Target};
use edgeconv_validate::tolerances::{Metric, Rounding, Tolerances};

use super::writing::write_text;
use crate::failure::Failure;
use crate::output::Output;
use network::Network;
use report::{Report, summary, verdict};
use samples::{Inputs, read_outputs};

/// Check that a model file computes what a reference computes
///
/// Both are run on the same inputs, and every element of every output is compared. The reference is another model file, a network of
/// the zoo with its checkpoint, computed by libtorch (the program edgeconv-train does that), a folder that --save-golden has written, or
/// a folder with the expected outputs as NAME.npy. Outputs are found by name. MNN and ONNX Runtime
/// run in a process of their own.
///
/// What is not said by flags is taken from edgeconv.toml, if the working folder has one.
#[derive(Args)]
#[command(after_help = "Examples:
  edgeconv check model.mnn --against model.onnx
  edgeconv check model.mnn --against model.onnx --samples 10 --atol 1e-4 --rtol 1e-4 --junit check.xml
  edgeconv check model.mnn --against model.onnx --input cat.jpg --input dog.jpg --tolerance boxes=1e-3
  edgeconv check model.mnn --against model.onnx --layers=isolated --html check.html
  edgeconv check model.mnn --against model.onnx --bisect fault
  edgeconv check model.mnn --against model.onnx --target ssh://pi@board --layers
  edgeconv check edgeformer-s.mnn --against torch:edgeformer-s --weights checkpoint.pt --layers
  edgeconv check model.mnn --against model.onnx --save-golden golden
  edgeconv check new.mnn --watch-drift golden --json

Exit codes: 0 all outputs agree, 1 one does not or a model can't be run, 2 misuse.")]
pub struct Check {
    /// Model file to be checked, .mnn or .onnx
    candidate: PathBuf,

    /// .onnx, .mnn, torch:MODEL for a network of the zoo, or a folder of expected outputs
    #[arg(long, value_name = "REFERENCE", required_unless_present = "watch_drift")]
    against: Option<PathBuf>,

    #[command(flatten)]
    network: Network,

    #[command(flatten)]
    inputs: Inputs,

    /// What runs .onnx files [default: ONNX Runtime where it is found, else rten]
    #[arg(long)]
    engine: Option<EngineArg>,

    /// Where MNN runs the candidate: local, qemu (ARMv7, emulated), ssh://user@host:port, adb:serial or a board of boards.toml; the
    /// reference is computed here
    #[arg(long, default_value = "local", value_name = "TARGET", value_parser = Board::find)]
    target: Board,

    /// Threads for MNN and ONNX Runtime
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    threads: u16,

    /// Stop a model that runs longer, and fail
    #[arg(long, value_name = "SECONDS", default_value_t = 600, value_parser = clap::value_parser!(u64).range(1..))]
    timeout: u64,

    /// What has to be small [default: elementwise]
    #[arg(long)]
    metric: Option<MetricArg>,

    /// Largest absolute difference [default: what rounding leaves of the output's largest element, by the depth of the network and
    /// the accuracy of what was done to it]
    #[arg(long, value_parser = parse_number)]
    atol: Option<f64>,

    /// Largest difference relative to the element of the reference
    #[arg(long, value_parser = parse_number)]
    rtol: Option<f64>,

    /// Tolerance of the outputs with this name (or pattern such as box*)
    #[arg(long = "tolerance", value_name = "OUTPUT=ATOL[,RTOL]", value_parser = parse_tolerance)]
    tolerances: Vec<(String, Tolerance)>,

    /// Tolerance of the values inside with this name (or pattern)
    #[arg(long = "layer-tolerance", value_name = "VALUE=ATOL[,RTOL]", value_parser = parse_tolerance)]
    layer_tolerances: Vec<(String, Tolerance)>,

    /// Settings [default: edgeconv.toml, if it is there]
    #[arg(long, value_name = "FILE.toml")]
    config: Option<PathBuf>,

    /// Also compare the values inside that both files have by the same name, for the first sample. An .mnn file of edgeconv has
    /// the names of those values of its .onnx file that rewriting has left
    #[arg(long, value_name = "HOW", num_args = 0..=1, require_equals = true, default_missing_value = "free")]
    layers: Option<LayersArg>,

    /// Find the first value that is computed wrongly from right ones, as --layers=isolated does, and write what computes it into a new
    /// folder: a model, and its inputs and expected output to check it with
    #[arg(long, value_name = "DIR")]
    bisect: Option<PathBuf>,

    /// Write inputs, outputs of the reference and outputs of the candidate into a new folder, as the reference of later checks
    #[arg(long, value_name = "DIR")]
    save_golden: Option<PathBuf>,

    /// Report every change since the version that --save-golden was called for, also within the tolerance
    #[arg(long, value_name = "DIR")]
    watch_drift: Option<PathBuf>,

    /// Also write the results as JUnit XML, a test case for each output
    #[arg(long, value_name = "FILE.xml")]
    junit: Option<PathBuf>,

    /// Also write the results as a page, with the errors by depth
    #[arg(long, value_name = "FILE.html")]
    html: Option<PathBuf>,

    /// Also write a summary in Markdown
    #[arg(long, value_name = "FILE.md")]
    markdown: Option<PathBuf>,

    /// Annotate what fails or drifts for GitHub Actions (on stderr), and add the summary to the job's page
    #[arg(long)]
    github: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum EngineArg {
    /// Built in
    Rten,
    /// ONNX Runtime, from ORT_DYLIB_PATH or Python's package
    Ort,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LayersArg {
    /// Each computed from the candidate's own: errors add up
    Free,
    /// Each computed from the reference's: errors stay where they are made
    Isolated,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MetricArg {
    /// Each difference: at most atol + rtol · |reference|
    Elementwise,
    /// The largest difference: at most atol
    Max,
    /// The mean difference: at most atol
    Mean,
    /// The median difference: at most atol
    Median,
    /// 1 − cosine: at most atol
    Cosine,
}

impl From<MetricArg> for Metric {
    fn from(metric: MetricArg) -> Self {
        match metric {
            MetricArg::Elementwise => Metric::Elementwise,
            MetricArg::Max => Metric::Max,
            MetricArg::Mean => Metric::Mean,
            MetricArg::Median => Metric::Median,
            MetricArg::Cosine => Metric::Cosine,
        }
    }
}

/// What the candidate is compared with.
enum Reference {
    Model(Box<Model>),
    Golden(Golden),
    /// Outputs only.
    Outputs(Vec<NamedTensor>),
}

impl Reference {
    /// The outputs that are rows of selected boxes.
    fn selections(&self) -> Selections {
        match self {
            Reference::Model(model) => Selections::listed(model.listing()),
            Reference::Golden(golden) => golden.selections.clone(),
            Reference::Outputs(_) => Selections::default(),
        }
    }
}

impl Check {
    pub fn run(self, output: &Output) -> Result<(), Failure> {
        let progress = output.progress();
        let settings = self.settings()?;
        let candidate = self.model(&self.candidate, &self.target.target)?;
        if self.target.target != Target::Local && candidate.format() != Format::Mnn {
            let shown = self.candidate.display();
            return Err(Failure::Misuse(format!(
                "`{shown}`: boards run .mnn files only: leave out --target, or convert it"
            )));
        }
        let before = self.watch_drift.as_deref().map(golden).transpose()?;
        let reference = self.reference(&candidate, before.as_ref())?;
        progress.set_message("running the reference");
        let inputs = self.inputs.read(&candidate, self.golden_inputs(&reference, before.as_ref()), &settings)?;
        let (mut samples, by) = self.expect(inputs, &reference)?;
        let mut ran = None;
        for (index, sample) in samples.iter_mut().enumerate() {
            progress.set_message(format!("running `{}`, sample {}", candidate.path().display(), index + 1));
            let run = candidate.run(&sample.inputs, &[]).map_err(engine)?;
            (sample.found, ran) = (run.outputs, Some(run.ran));
        }
        let tolerances = self.tolerances(&settings, &candidate, &reference);
        let results = outputs(&samples, &reference.selections(), &tolerances).map_err(failed)?;
        if let Some(folder) = &self.save_golden {
            save(folder, &candidate, &reference, &samples)?;
        }
        progress.set_message("comparing the values inside");
        let (layers, faults) = self.layers(&candidate, &reference, &samples, &tolerances)?;
        progress.finish_and_clear();

        let passed = results.iter().chain(&layers).all(|result| result.comparison.passed);
        let report = Report {
            candidate: self.candidate.clone(),
            reference: self.against.clone().or(self.watch_drift.clone()).unwrap_or_default(),
            ran,
            reference_ran: by,
            accuracy: candidate.accuracy(),
            depth: candidate.depth(),
            rounding: tolerances.rounding,
            metric: tolerances.metric,
            results,
            layers,
            faults,
            drift: before.map(|before| drift(&before.samples, &samples)),
            passed,
        };
        self.write(&report)?;
        output.result(&report, || summary(&report))?;
        if let (Reference::Golden(golden), false) = (&reference, passed) {
            expect_source(golden, &candidate)?;
        }
        verdict(&report)
    }

    fn settings(&self) -> Result<CheckSettings, Failure> {
        let default = Path::new(settings::FILE);
        let path = self.config.as_deref().or(default.is_file().then_some(default));
        let settings = path.map(Settings::read).transpose().map_err(Failure::misuse)?;
        Ok(settings.unwrap_or_default().check)
    }

    fn model(&self, path: &Path, target: &Target) -> Result<Model, Failure> {
        let onnx = match self.engine {
            None => OnnxEngine::Any,
            Some(EngineArg::Rten) => OnnxEngine::Rten,
            Some(EngineArg::Ort) => OnnxEngine::OnnxRuntime,
        };
        let agent = target.agent().map_err(Failure::failed)?.with_time_limit(Duration::from_secs(self.timeout));
        let config = SessionConfig { threads: self.threads, ..SessionConfig::default() };
        Model::open(path, onnx, &agent, config).map_err(|error| match error {
            ModelError::NoOnnxRuntime | ModelError::Agent(_) => Failure::failed(error),
            ModelError::Missing(_) | ModelError::Ending(_) | ModelError::Damaged { .. } => Failure::misuse(error),
        })
    }

    /// What --against names, or else what the earlier version was compared with.
    fn reference(&self, candidate: &Model, before: Option<&Golden>) -> Result<Reference, Failure> {
        let Some(path) = &self.against else {
            let nothing = || Failure::Misuse("one of --against and --watch-drift is needed".into());
            return before.cloned().map(Reference::Golden).ok_or_else(nothing);
        };
        if let Some(network) = self.network.open(path, candidate, Duration::from_secs(self.timeout))? {
            return Ok(Reference::Model(Box::new(network)));
        }
        if !path.is_dir() {
            return Ok(Reference::Model(Box::new(self.model(path, &Target::Local)?)));
        }
        if Golden::is_in(path) {
            return golden(path).map(Reference::Golden);
        }
        if !self.inputs.are_given() {
            let reason = "the folder has expected outputs only: say with --input what they were computed from";
            return Err(Failure::Misuse(reason.into()));
        }
        read_outputs(path).map(Reference::Outputs)
    }

    /// The samples whose inputs are taken.
    fn golden_inputs<'a>(&self, reference: &'a Reference, before: Option<&'a Golden>) -> Option<&'a Golden> {
        match reference {
            Reference::Golden(golden) => Some(golden),
            Reference::Model(_) | Reference::Outputs(_) => before,
        }
    }

    /// What the reference makes of the inputs, and what ran it.
    fn expect(
        &self,
        inputs: Vec<Vec<NamedTensor>>,
        reference: &Reference,
    ) -> Result<(Vec<Sample>, Option<Ran>), Failure> {
        let (mut samples, mut by) = (vec![], None);
        for (index, inputs) in inputs.into_iter().enumerate() {
            let outputs = match reference {
                Reference::Model(model) => {
                    let run = model.run(&inputs, &[]).map_err(engine)?;
                    by = Some(run.ran);
                    run.outputs
                }
                Reference::Golden(golden) => golden.samples[index].outputs.clone(),
                Reference::Outputs(outputs) => outputs.clone(),
            };
            samples.push(Sample { inputs, outputs, found: vec![] });
        }
        Ok((samples, by))
    }

    /// Flags come first, then the settings, then what a golden folder says.
    fn tolerances(&self, settings: &CheckSettings, candidate: &Model, reference: &Reference) -> Tolerances {
        let kept = match reference {
            Reference::Golden(golden) => golden.tolerances.clone(),
            Reference::Model(_) | Reference::Outputs(_) => Default::default(),
        };
        Tolerances {
            metric: self.metric.map(Metric::from).or(settings.metric).unwrap_or_default(),
            atol: self.atol.or(settings.atol),
            rtol: self.rtol.or(settings.rtol),
            outputs: [self.tolerances.clone(), settings.outputs(), kept.into_iter().collect()].concat(),
            layers: [self.layer_tolerances.clone(), settings.layers()].concat(),
            rounding: Rounding::of(candidate.accuracy(), candidate.depth()),
        }
    }

    /// Values inside, and what computes those that are wrong though their operands are right.
    fn layers(
        &self,
        candidate: &Model,
        reference: &Reference,
        samples: &[Sample],
        tolerances: &Tolerances,
    ) -> Result<(Vec<edgeconv_validate::check::Parity>, Vec<Fault>), Failure> {
        let how = match (self.layers, &self.bisect) {
            (None, None) => return Ok((vec![], vec![])),
            (_, Some(_)) | (Some(LayersArg::Isolated), None) => How::Isolated,
            (Some(LayersArg::Free), None) => How::Free,
        };
        let (Reference::Model(reference), Some(sample)) = (reference, samples.first()) else {
            return Err(Failure::Misuse("--layers and --bisect need a model file as reference".into()));
        };
        let layers = Layers::of(how, candidate, reference, &sample.inputs).map_err(failed)?;
        let results = layers.compare(tolerances);
        if how == How::Free {
            return Ok((results, vec![]));
        }
        let mut faults = vec![];
        for wrong in results.iter().filter(|result| !result.comparison.passed) {
            let mut fault = Fault::of(&wrong.output, &layers, candidate, reference);
            if let (Some(folder), true) = (&self.bisect, faults.is_empty()) {
                fault.write(wrong, &layers, (candidate, reference), folder).map_err(failed)?;
            }
            faults.push(fault);
        }
        Ok((results, faults))
    }

    /// Writes the report in all formats that were asked for.
    fn write(&self, report: &Report) -> Result<(), Failure> {
        if let Some(path) = &self.junit {
            write_text(path, &formats::junit(report)?)?;
        }
        if let Some(path) = &self.markdown {
            write_text(path, &formats::markdown(report))?;
        }
        if let Some(path) = &self.html {
            write_text(path, &html::page_of(report)?)?;
        }
        if self.github { formats::github(report) } else { Ok(()) }
    }
}

fn golden(folder: &Path) -> Result<Golden, Failure> {
    Golden::read(folder).map_err(Failure::misuse)
}

fn save(folder: &Path, candidate: &Model, reference: &Reference, samples: &[Sample]) -> Result<(), Failure> {
    let selections = reference.selections();
    let reference = match reference {
        Reference::Model(model) => ModelFile::of(model).map_err(Failure::misuse)?,
        Reference::Golden(golden) => golden.reference.clone(),
        Reference::Outputs(_) => {
            return Err(Failure::Misuse("--save-golden needs a model file or a golden folder as reference".into()));
        }
    };
    let candidate = ModelFile::of(candidate).map_err(Failure::misuse)?;
    let samples = samples.to_vec();
    let golden = Golden { reference, candidate, samples, tolerances: Default::default(), selections };
    golden.write(folder).map_err(Failure::misuse)
}

/// Says why outputs can't agree with those of another model.
fn expect_source(golden: &Golden, candidate: &Model) -> Result<(), Failure> {
    let other = |&source: &&str| source != golden.reference.source && source != golden.candidate.source;
    let Some(source) = candidate.source().filter(other) else { return Ok(()) };
    let ModelFile { file, source: expected, .. } = &golden.reference;
    Err(Failure::Misuse(format!(
        "the golden folder was made from another model: `{file}` comes from {expected} (SHA-256), `{}` from {source}; if the model is \
         meant to be another one now, make a new folder with --save-golden",
        candidate.path().display()
    )))
}

fn engine(error: EngineError) -> Failure {
    match error {
        EngineError::Inputs { .. } => Failure::misuse(error),
        EngineError::Load { .. } | EngineError::Run { .. } => Failure::failed(error),
    }
}

fn failed(error: CheckError) -> Failure {
    match error {
        CheckError::Strangers { .. } | CheckError::Golden(_) => Failure::misuse(error),
        _ => Failure::failed(error),
    }
}

/// `OUTPUT=1e-3` or `OUTPUT=1e-3,1e-4`.
fn parse_tolerance(text: &str) -> Result<(String, Tolerance), String> {
    let expected = || "expected NAME=ATOL or NAME=ATOL,RTOL such as boxes=1e-3".to_owned();
    let (output, numbers) = text.rsplit_once('=').ok_or_else(expected)?;
    let (atol, rtol) = numbers.split_once(',').unwrap_or((numbers, "0"));
    let parse = |text: &str| parse_number(text).map_err(|_| expected());
    Ok((output.to_owned(), Tolerance { atol: parse(atol)?, rtol: parse(rtol)? }))
}

/// A tolerance.
fn parse_number(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|number| *number >= 0.0 && number.is_finite());
    number.ok_or_else(|| "expected a number such as 1e-4".to_owned())
}
