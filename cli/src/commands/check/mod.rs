mod formats;
mod html;
mod network;
mod report;
mod samples;

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, ValueEnum};
use edgeconv_agent::{SessionConfig, Settings as SessionSettings};
use edgeconv_converter::passes::Accuracy;
use edgeconv_converter::target::{Format, Numbers};
use edgeconv_files::name::escaped;
use edgeconv_terminal::kernels::KernelsOption;
use edgeconv_validate::check::{CheckError, How, Reference, Step};
use edgeconv_validate::compare::Tolerance;
use edgeconv_validate::engine::EngineError;
use edgeconv_validate::golden::Golden;
use edgeconv_validate::machine::{Board, Machine};
use edgeconv_validate::model::{Model, OnnxEngine, Running};
use edgeconv_validate::settings::{self, CheckSettings, Settings};
use edgeconv_validate::tolerances::{Metric, Rounding, Tolerances};

use super::checking::unchecked;
use super::model_failure;
use super::precision::PrecisionArg;
use super::rewriting::RewriteLevel;
use super::writing::{expect_results, write_text};
use crate::failure::Failure;
use crate::output::Output;
use network::Network;
use report::{Report, summary, verdict};
use samples::{INPUTS, Inputs, as_declared, read_outputs};

/// Check that a model file computes what a reference computes
///
/// Both are run on the same inputs, and every element of every output is compared. The reference is another model file, a network of
/// the zoo with its checkpoint, computed by libtorch (the program edgeconv-train does that), a folder that --save-golden has written, or
/// a folder with the expected outputs as NAME.npy, or as outputs.npz with their inputs in inputs.npz, such as PyTorch computed them (docs/check.md). Outputs are found by name,
/// arrays without one in the model's order. MNN and ONNX Runtime run in a process of their own.
///
/// What is not said by flags is taken from edgeconv.toml, if the working folder has one.
#[derive(Args)]
#[command(after_help = "Examples:
  edgeconv check model.mnn --against model.onnx
  edgeconv check model.mnn --against model.onnx --samples 10 --atol 1e-4 --rtol 1e-4 --junit check.xml
  edgeconv check model.mnn --against model.onnx --input cat.jpg --input dog.jpg --tolerance boxes=1e-3
  edgeconv check open.mnn --against open.onnx --input image=2x3x160x192
  edgeconv check model.mnn --against model.onnx --layers=isolated --html check.html
  edgeconv check model.mnn --against model.onnx --bisect fault
  edgeconv check model.mnn --against model.onnx --target ssh://pi@board --layers
  edgeconv check model.mnn --against model.onnx --target qemu:aarch64:max --precision low
  edgeconv check edgeformer-s.mnn --against torch:edgeformer-s --weights checkpoint.pt --layers
  edgeconv check model.mnn --against torch:model.pt2 --layers
  edgeconv check model.mnn --against model.onnx --save-golden golden
  edgeconv check new.mnn --watch-drift golden --json
  edgeconv check model.mnn --against folder-with-inputs.npz-and-outputs.npz

Exit codes: 0 all outputs agree, or nothing could be checked; 1 one does not, a model can't be run or, with --require-check,
nothing could be checked; 2 misuse.")]
pub struct Check {
    /// Model file to be checked, .mnn or .onnx
    candidate: PathBuf,

    /// .onnx, .mnn, torch:MODEL for a network of the zoo, torch:FILE for that of a .pt2 or .onnx file, or a folder of expected outputs
    #[arg(long, value_name = "REFERENCE", required_unless_present = "watch_drift")]
    against: Option<PathBuf>,

    #[command(flatten)]
    network: Network,

    #[command(flatten)]
    inputs: Inputs,

    /// What runs .onnx files [default: ONNX Runtime where it is found, else rten for what it is not known to compute wrongly]
    #[arg(long)]
    engine: Option<EngineArg>,

    /// Read .onnx files as ones of this operator set, if what they say themselves is wrong
    #[arg(long, value_name = "SET")]
    opset_is: Option<i64>,

    /// Where MNN runs the candidate: local, qemu (ARMv7, emulated), qemu:aarch64, qemu:aarch64:max (any processor that QEMU knows), ssh://user@host:port, adb:serial or a board of boards.toml; the
    /// reference is computed here
    #[arg(long, default_value = "local", value_name = "TARGET", value_parser = Board::find)]
    target: Board,

    /// Threads for MNN and ONNX Runtime
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    threads: u16,

    /// Arithmetic that MNN may use; values inside are compared at high precision only
    #[arg(long, default_value = "high")]
    precision: PrecisionArg,

    #[command(flatten)]
    kernels: KernelsOption,

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

    /// How far the candidate was rewritten: --rewrite approximate allows what approximated functions are off by [default: what the file says
    /// of itself, but at most fast, since anybody can write that]
    #[arg(long, value_name = "LEVEL")]
    rewrite: Option<RewriteLevel>,

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

    /// Fail (exit code 1) if no engine here can tell what one of the models computes, so that nothing is checked
    #[arg(long)]
    require_check: bool,

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

impl Check {
    pub fn run(mut self, output: &Output) -> Result<(), Failure> {
        if let Some(folder) = self.against.as_deref().filter(|folder| !Golden::is_in(folder)) {
            self.inputs.or_of(folder);
        }
        self.expect_results()?;
        if self.precision == PrecisionArg::Low && (self.layers.is_some() || self.bisect.is_some()) {
            let reason =
                "values inside are compared at high precision only: leave out --precision, or --layers and --bisect";
            return Err(Failure::Misuse(reason.into()));
        }
        let progress = output.progress();
        let settings = self.settings()?;
        let candidate = self.model(&self.candidate, &self.target.machine)?;
        let before = self.watch_drift.as_deref().map(golden).transpose()?;
        let reference = self.reference(&candidate, before.as_ref())?;
        let given = golden_inputs(&reference, before.as_ref());
        let inputs = self.inputs.read(&candidate, given, &settings).map_err(|failure| match given {
            Some(_) => self.golden_folder().into_iter().fold(failure, Failure::about),
            None => failure,
        })?;
        let (mut inputs, mut notes) = as_declared(inputs, &candidate)?;
        notes.extend(self.hint(&candidate));
        if let Reference::Model(reference) = &reference {
            // What it rounds, the candidate is to be given rounded.
            (inputs, _) = as_declared(inputs, reference)?;
        }
        let tolerances = self.tolerances(&settings, &candidate, &reference);
        notes.extend(about_weights(&candidate, &tolerances));
        let check = edgeconv_validate::check::Check {
            candidate,
            reference,
            inputs,
            tolerances,
            layers: self.how(),
            reproducer: self.bisect.clone(),
            keep: self.save_golden.clone(),
            before,
        };
        let step = |step: Step| {
            progress.set_message(match step {
                Step::Reference => "running the reference".to_owned(),
                Step::Candidate(index) => format!("running `{}`, sample {}", self.candidate.display(), index + 1),
                _ => "comparing the values inside".to_owned(),
            });
        };
        let found = check.run(step).map_err(|error| self.failure(error))?;
        progress.finish_and_clear();
        let reference = self.against.clone().or(self.watch_drift.clone()).unwrap_or_default();
        let report = Report { candidate: self.candidate.clone(), reference, notes, found };
        self.write(&report)?;
        output.result(&report, || summary(&report))?;
        if let Some(reason) = &report.found.unchecked {
            return unchecked(reason, self.require_check, output);
        }
        if !report.found.passed {
            check.expect_same_source().map_err(failure)?;
        }
        verdict(&report).map_err(|failure| failure.about(&self.candidate))
    }

    /// A check that could not be made: of inputs that the reference does not take, also where they are from; of a reference that gives no
    /// numbers, which one it is.
    fn failure(&self, error: CheckError) -> Failure {
        match (&error, &self.against) {
            (CheckError::Engine(EngineError::Inputs { model, .. }), _) if *model != self.candidate => {
                Failure::Misuse(format!("{error}; `{}` takes what was given", self.candidate.display()))
            }
            (CheckError::Reference { .. }, Some(reference)) => failure(error).about(reference),
            _ => failure(error),
        }
    }

    /// The golden folder whose inputs are taken, if there is one.
    fn golden_folder(&self) -> Option<&Path> {
        let folders = self.against.iter().chain(&self.watch_drift).map(PathBuf::as_path);
        folders.into_iter().find(|path| Golden::is_in(path))
    }

    fn expect_results(&self) -> Result<(), Failure> {
        let results = [("--junit", &self.junit), ("--html", &self.html), ("--markdown", &self.markdown)];
        let models = [Some(self.candidate.as_path()), self.against.as_deref(), self.network.weights()];
        let settings = [Some(Path::new(settings::FILE)), self.config.as_deref()];
        let inputs = models.into_iter().chain(settings).flatten().chain(self.inputs.paths());
        expect_results(results.map(|(argument, path)| (argument, path.as_deref())), inputs)
    }

    /// How values inside are compared, if they are.
    fn how(&self) -> Option<How> {
        match (self.layers, &self.bisect) {
            (None, None) => None,
            (_, Some(_)) | (Some(LayersArg::Isolated), None) => Some(How::Isolated),
            (Some(LayersArg::Free), None) => Some(How::Free),
        }
    }

    fn settings(&self) -> Result<CheckSettings, Failure> {
        let default = Path::new(settings::FILE);
        let path = self.config.as_deref().or(default.symlink_metadata().is_ok().then_some(default));
        let settings = path.map(Settings::read).transpose().map_err(Failure::misuse)?;
        Ok(settings.unwrap_or_default().check)
    }

    fn model(&self, path: &Path, machine: &Machine) -> Result<Model, Failure> {
        let onnx = match self.engine {
            None => OnnxEngine::Any,
            Some(EngineArg::Rten) => OnnxEngine::Rten,
            Some(EngineArg::Ort) => OnnxEngine::OnnxRuntime,
        };
        let usual = SessionConfig::default();
        let config = SessionConfig {
            threads: self.threads,
            settings: SessionSettings { precision: self.precision.into(), ..usual.settings },
            kernels: self.kernels.choice(),
            ..usual
        };
        let running = Running { machine: machine.clone(), onnx, config, limit: self.limit(), as_written: true };
        let model = match self.opset_is.filter(|_| Format::of(path) == Some(Format::Onnx)) {
            Some(opset) => Model::open_as(path, opset, &running),
            None => Model::open(path, &running),
        };
        model.map_err(model_failure)
    }

    fn limit(&self) -> Duration {
        Duration::from_secs(self.timeout)
    }

    /// What --against names, or else what the earlier version was compared with.
    fn reference(&self, candidate: &Model, before: Option<&Golden>) -> Result<Reference, Failure> {
        let Some(path) = &self.against else {
            let nothing = || Failure::Misuse("one of --against and --watch-drift is needed".into());
            return before.cloned().map(Reference::Golden).ok_or_else(nothing);
        };
        if let Some(network) = self.network.open(path, candidate, self.limit())? {
            return Ok(Reference::Model(Box::new(network)));
        }
        if !path.is_dir() {
            return Ok(Reference::Model(Box::new(self.model(path, &Machine::Local)?)));
        }
        if Golden::is_in(path) {
            return golden(path).map(Reference::Golden);
        }
        if !self.inputs.are_given() {
            let reason = format!(
                "the folder has expected outputs only: say with --input, or by {INPUTS} in it, what they were computed from"
            );
            return Err(Failure::Misuse(reason));
        }
        read_outputs(path, candidate).map(Reference::Outputs)
    }

    /// Flags come first, then the settings, then what a golden folder says.
    fn tolerances(&self, settings: &CheckSettings, candidate: &Model, reference: &Reference) -> Tolerances {
        let kept = match reference {
            Reference::Golden(golden) => golden.tolerances.clone(),
            Reference::Model(_) | Reference::Outputs(_) => Default::default(),
        };
        let narrow = match reference {
            Reference::Model(model) => {
                [candidate.narrow_rounding(), model.narrow_rounding()].into_iter().flatten().reduce(f64::max)
            }
            Reference::Golden(_) | Reference::Outputs(_) => candidate.narrow_rounding(),
        };
        Tolerances {
            metric: self.metric.map(Metric::from).or(settings.metric).unwrap_or_default(),
            atol: self.atol.or(settings.atol),
            rtol: self.rtol.or(settings.rtol),
            outputs: [self.tolerances.clone(), settings.outputs(), kept.into_iter().collect()].concat(),
            layers: [self.layer_tolerances.clone(), settings.layers()].concat(),
            rounding: Rounding::of(self.accuracy(candidate), candidate.depth(), narrow, candidate.listing().weights),
        }
    }

    /// How accurate the candidate may be taken to be: a file can't loosen its own tolerances.
    fn accuracy(&self, candidate: &Model) -> Option<Accuracy> {
        let noted = candidate.accuracy().map(|accuracy| accuracy.min(Accuracy::Reassociated));
        self.rewrite.map(RewriteLevel::accuracy).or(noted)
    }

    /// What to pass if a file says of itself that it needs looser tolerances than it gets.
    fn hint(&self, candidate: &Model) -> Option<String> {
        let is_approximate = candidate.accuracy() == Some(Accuracy::Approximate);
        (is_approximate && self.rewrite.is_none()).then(|| {
            let file = escaped(&candidate.path().to_string_lossy()).into_owned();
            format!("`{file}` says that its functions are approximated: if that was asked for, --rewrite approximate allows for it")
        })
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

/// What a candidate with weights in coarser numbers is held to.
fn about_weights(candidate: &Model, tolerances: &Tolerances) -> Option<String> {
    let numbers = candidate.listing().weights;
    let (file, share) = (escaped(&candidate.path().to_string_lossy()).into_owned(), tolerances.rounding.network);
    let how = match numbers {
        Numbers::Int8Values => "computes in 8-bit integers".to_owned(),
        numbers => format!("stores weights as {numbers} or finer"),
    };
    (numbers != Numbers::Float).then(|| {
        format!("`{file}` {how}: unless a tolerance is given, outputs may be off by {share:.1e} of the largest element")
    })
}

fn golden(folder: &Path) -> Result<Golden, Failure> {
    Golden::read(folder).map_err(Failure::misuse)
}

/// The samples whose inputs are taken.
fn golden_inputs<'a>(reference: &'a Reference, before: Option<&'a Golden>) -> Option<&'a Golden> {
    match reference {
        Reference::Golden(golden) => Some(golden),
        Reference::Model(_) | Reference::Outputs(_) => before,
    }
}

/// A check that could not be made, with the flags that help.
fn failure(error: CheckError) -> Failure {
    match error {
        CheckError::Engine(EngineError::Inputs { .. }) | CheckError::Strangers { .. } | CheckError::Golden(_) => {
            Failure::misuse(error)
        }
        CheckError::NoValuesInside => Failure::Misuse(format!("--layers and --bisect: {error}")),
        CheckError::OtherInputs => Failure::Misuse(format!("--watch-drift: {error}")),
        CheckError::NothingToKeep => Failure::Misuse(format!("--save-golden: {error}")),
        CheckError::OtherSource { .. } => Failure::Misuse(format!("{error} with --save-golden")),
        CheckError::Foreign(_) => Failure::Failed(format!("{error}: use --layers=free")),
        CheckError::Reference { .. } => {
            Failure::Failed(format!("{error}; other inputs come from --input, --range and --seed"))
        }
        error => Failure::failed(error),
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
