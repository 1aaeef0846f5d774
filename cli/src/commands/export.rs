use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::{Args, ValueEnum};
use edgeconv_agent::{Hints, Precision, SessionConfig};
use edgeconv_converter::passes::{Lowering, PassReport};
use edgeconv_converter::pipeline::{self, Rewrite};
use edgeconv_converter::{mnn, onnx};
use edgeconv_graph::Graph;
use edgeconv_validate::compare::{OutputParity, Tolerance, compare_outputs};
use edgeconv_validate::engine::{Agent, Engine, NamedTensor, NativeEngine, Rten, onnxruntime};
use edgeconv_validate::input;
use edgeconv_vision::labels;
use edgeconv_zoo::anchors::BoxCoder;
use edgeconv_zoo::{Entry, Options, Preprocessing, Task, weights};
use serde::Serialize;
use sha2::{Digest, Sha256};
use tracing::{info, warn};

use super::tune;
use crate::failure::Failure;
use crate::output::{Output, table};

/// Export a model of the zoo as ONNX and MNN files, and prove that they agree
///
/// Writes DIR/MODEL.onnx, DIR/MODEL.mnn and DIR/MODEL.report.json, for a detector also DIR/MODEL.anchors.json. Both files are run on a random image: the ONNX file by
/// rten (and by ONNX Runtime, if ORT_DYLIB_PATH or Python's onnxruntime is there), the MNN file by MNN. Their outputs are
/// compared with those of the original network, exported without any rewriting and run by rten.
#[derive(Args)]
#[command(after_help = "Examples:
  edgeconv export edgeformer-s --weights checkpoint.pt -o out
  edgeconv export edgeformer-xs --weights checkpoint.safetensors --size 192x320 -o out
  edgeconv export edgeformer-s --set model.classification.edge.kernel=gcc --classes 10 -o out
  edgeconv export ssd-edgeformer-s --backbone-weights checkpoint.pt -o out")]
pub struct Export {
    /// Name of the model; `edgeconv models` lists them
    model: String,

    /// Folder for the results; made if it does not exist
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,

    /// Checkpoint: official .pt or .pth, or .safetensors [default: the published initialisation]
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,

    /// Checkpoint of a classifier for the encoder of a detector or segmenter; the head gets its initialisation
    #[arg(long, value_name = "FILE", conflicts_with = "weights")]
    backbone_weights: Option<PathBuf>,

    /// Seed of the initialisation and of the image for the check
    #[arg(long, default_value_t = 0)]
    seed: u64,

    /// Height and width of the input, e.g. 256 or 192x320 [default: the published size]
    #[arg(long, value_name = "HxW", value_parser = parse_size)]
    size: Option<(usize, usize)>,

    /// Number of images per run
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    batch: u32,

    /// Number of classes [default: 1000]
    #[arg(long, value_name = "N")]
    classes: Option<usize>,

    /// Training recipe whose model section is taken
    #[arg(long, value_name = "FILE.yaml")]
    recipe: Option<PathBuf>,

    /// Override one key of the recipe, by its dotted name
    #[arg(long = "set", value_name = "KEY=VALUE")]
    overrides: Vec<String>,

    /// Files to write
    #[arg(long, value_delimiter = ',', default_value = "onnx,mnn")]
    format: Vec<Format>,

    /// ONNX operator set
    #[arg(long, default_value_t = onnx::DEFAULT_OPSET)]
    opset: i64,

    /// How far the graph may be rewritten
    #[arg(long, default_value = "fast")]
    rewrite: RewriteLevel,

    /// Leave a pass out, by the name that --explain shows
    #[arg(long = "disable", value_name = "PASS", value_parser = clap::builder::PossibleValuesParser::new(pipeline::pass_names()))]
    disabled: Vec<String>,

    /// How circular convolutions are computed [default: what is fastest on MNN for each]
    #[arg(long, value_name = "HOW")]
    lowering: Option<LoweringArg>,

    /// Measure here which lowering and which strips are fastest, and remember it for this network, size and processor
    #[arg(long, conflicts_with_all = ["lowering", "target_cache"])]
    tune: bool,

    /// Compute large maps in strips that stay in the cache that one core of the target has for itself; 0: never
    #[arg(long, value_name = "BYTES", default_value = "2M", value_parser = parse_bytes)]
    target_cache: usize,

    /// Tell per pass what it did, and where it could not and why
    #[arg(long)]
    explain: bool,

    /// Write the files without running them
    #[arg(long)]
    no_check: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Onnx,
    Mnn,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RewriteLevel {
    /// Only what the formats need
    None,
    /// Also what keeps the arithmetic
    Exact,
    /// Also what is equal up to rounding
    Fast,
}

impl From<RewriteLevel> for Rewrite {
    fn from(level: RewriteLevel) -> Self {
        match level {
            RewriteLevel::None => Rewrite::None,
            RewriteLevel::Exact => Rewrite::Exact,
            RewriteLevel::Fast => Rewrite::Fast,
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

/// What `MODEL.report.json` holds.
#[derive(Debug, Serialize)]
struct Report {
    model: String,
    task: Task,
    preprocessing: Preprocessing,
    /// A detector's anchors and how its outputs become boxes: a file beside the report.
    anchors: Option<String>,
    weights: WeightsReport,
    /// What is not as in the published network.
    notes: Vec<String>,
    input: InputReport,
    outputs: Vec<OutputReport>,
    /// Names of the classes by index; empty if the published recipes have none.
    class_names: &'static [&'static str],
    options: Options,
    parameters: u64,
    macs: u64,
    rewrite: Rewrite,
    lowering: Option<Lowering>,
    cache_bytes: usize,
    passes: Vec<PassReport>,
    onnx: Option<OnnxReport>,
    mnn: Option<MnnReport>,
    parity: Vec<OutputParity>,
    seconds: BTreeMap<&'static str, f64>,
}

#[derive(Debug, Serialize)]
struct WeightsReport {
    /// What the checkpoint filled.
    loaded: Loaded,
    file: Option<PathBuf>,
    sha256: Option<String>,
    /// Of the initialisation of what the checkpoint did not fill.
    seed: Option<u64>,
    notes: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Loaded {
    Nothing,
    Encoder,
    All,
}

#[derive(Debug, Serialize)]
struct InputReport {
    name: String,
    shape: Vec<usize>,
    layout: &'static str,
    #[serde(rename = "type")]
    element: &'static str,
}

#[derive(Debug, Serialize)]
struct OutputReport {
    name: String,
    shape: Vec<usize>,
    meaning: &'static str,
}

impl InputReport {
    fn of(graph: &Graph) -> Self {
        let input = graph.value(graph.inputs()[0]);
        let (name, shape) = (input.name.clone(), input.ty.shape.clone());
        Self { name, shape, layout: "NCHW", element: "float32" }
    }
}

impl OutputReport {
    fn of(graph: &Graph, task: Task) -> Vec<Self> {
        let report = |output: &edgeconv_graph::Output| Self {
            name: output.name.clone(),
            shape: graph.ty(output.value).shape.clone(),
            meaning: meaning(task, &output.name),
        };
        graph.outputs().iter().map(report).collect()
    }
}

fn meaning(task: Task, output: &str) -> &'static str {
    match (task, output) {
        (Task::Classification, _) => "[N, classes]: score of each class; softmax over the classes gives probabilities",
        (Task::Segmentation, _) => {
            "[N, classes, H, W]: score of each class for each pixel of the input; a pixel has the class of its greatest score"
        }
        (Task::Detection, "locations") => {
            "[N, anchors, 4]: x, y, w, h of the box at each anchor, as offsets; the file `anchors` makes boxes of them"
        }
        (Task::Detection, _) => {
            "[N, anchors, classes]: score of each class at each anchor; softmax over the classes gives probabilities, class 0 is \
             the background"
        }
    }
}

#[derive(Debug, Serialize)]
struct OnnxReport {
    file: String,
    bytes: u64,
    nodes: usize,
    opset: i64,
}

#[derive(Debug, Serialize)]
struct MnnReport {
    file: String,
    bytes: u64,
    ops: usize,
    histogram: BTreeMap<String, usize>,
    /// What to run the file with, and what it was checked with.
    session: Session,
}

#[derive(Debug, Serialize)]
struct Session {
    precision: Precision,
    hints: Hints,
}

/// Seconds per step, in the report's `seconds`.
struct Clock {
    start: Instant,
    seconds: BTreeMap<&'static str, f64>,
}

impl Clock {
    fn step<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        *self.seconds.entry(name).or_default() += start.elapsed().as_secs_f64();
        result
    }

    fn finish(mut self) -> BTreeMap<&'static str, f64> {
        self.seconds.insert("total", self.start.elapsed().as_secs_f64());
        self.seconds
    }
}

impl Export {
    pub fn run(self, output: &Output) -> Result<(), Failure> {
        let progress = output.progress();
        let mut clock = Clock { start: Instant::now(), seconds: BTreeMap::new() };
        let entry = edgeconv_zoo::find(&self.model).map_err(Failure::misuse)?;
        let options = self.options(entry)?;
        let size = self.size.unwrap_or(entry.size);
        let mut graph = edgeconv_zoo::build(entry, &options, self.batch as usize, size).map_err(Failure::misuse)?;
        let notes = Vec::from_iter(entry.note(&graph));
        progress.set_message("loading weights");
        let weights = clock.step("weights", || self.load_weights(entry, &options, &mut graph))?;
        // Everything is written next to its final place and renamed at the end, so that nothing half-done is left.
        fs::create_dir_all(&self.output).map_err(|error| unwritable(&self.output, &error))?;
        let staging = tempfile::Builder::new()
            .prefix(".edgeconv-")
            .tempdir_in(&self.output)
            .map_err(|error| unwritable(&self.output, &error))?;

        progress.set_message("rewriting the graph");
        let original = graph.clone();
        let mut rewriting = self.pipeline();
        if self.tune {
            clock.step("tune", || tune::tune(&original, &mut rewriting, staging.path(), &progress))?;
        }
        let passes = clock.step("rewrite", || pipeline::run(&mut graph, &rewriting)).map_err(Failure::failed)?;

        let onnx_file = staging.path().join(format!("{}.onnx", self.model));
        let mnn_file = staging.path().join(format!("{}.mnn", self.model));
        progress.set_message("writing files");
        let onnx = match self.format.contains(&Format::Onnx) {
            true => Some(clock.step("onnx", || self.write_onnx(&graph, &onnx_file))?),
            false => None,
        };
        let mnn = match self.format.contains(&Format::Mnn) {
            true => Some(clock.step("mnn", || write_mnn(&graph, &mnn_file))?),
            false => None,
        };
        let mut parity = vec![];
        if !self.no_check {
            progress.set_message("running the files");
            let check = Check { original: &original, seed: self.seed, opset: self.opset, folder: staging.path() };
            let files = (onnx.is_some().then_some(onnx_file.as_path()), mnn.is_some().then_some(mnn_file.as_path()));
            parity = check.run(files, &mut clock)?;
        }
        progress.finish_and_clear();
        let anchors = self.write_anchors(&options, size, staging.path())?;
        let report = Report {
            model: self.model.clone(),
            task: entry.task,
            preprocessing: entry.preprocessing(size),
            anchors,
            weights,
            notes,
            input: InputReport::of(&original),
            outputs: OutputReport::of(&original, entry.task),
            class_names: labels::names(entry.task, options.classes().unwrap_or_default()),
            options,
            parameters: original.parameter_count(),
            macs: original.macs(),
            rewrite: self.rewrite.into(),
            lowering: rewriting.lowering,
            cache_bytes: rewriting.cache_bytes,
            passes,
            onnx,
            mnn,
            parity,
            seconds: clock.finish(),
        };
        self.publish(staging.path(), &report)?;
        output.result(&report, || self.summary(&report))?;
        verdict(&report.parity)
    }

    fn options(&self, entry: &Entry) -> Result<Options, Failure> {
        let mut options = entry.options();
        if let Some(path) = &self.recipe {
            let in_file = |error: &dyn std::fmt::Display| Failure::Misuse(format!("`{}`: {error}", path.display()));
            let yaml = fs::read_to_string(path).map_err(|error| in_file(&error))?;
            options = options.with_recipe(&yaml).map_err(|error| in_file(&error))?;
        }
        for text in &self.overrides {
            options = options.with_override(text).map_err(Failure::misuse)?;
        }
        if let Some(classes) = self.classes {
            options.set_classes(classes);
        }
        Ok(options)
    }

    fn pipeline(&self) -> pipeline::Options {
        pipeline::Options {
            rewrite: self.rewrite.into(),
            disabled: self.disabled.clone(),
            cache_bytes: self.target_cache,
            lowering: self.lowering.map(Lowering::from),
        }
    }

    fn load_weights(&self, entry: &Entry, options: &Options, graph: &mut Graph) -> Result<WeightsReport, Failure> {
        let (loaded, file) = match (&self.weights, &self.backbone_weights) {
            (Some(file), _) => (Loaded::All, Some(file)),
            (None, Some(file)) => (Loaded::Encoder, Some(file)),
            (None, None) => (Loaded::Nothing, None),
        };
        if loaded == Loaded::Encoder && entry.task == Task::Classification {
            return Err(Failure::Misuse(format!(
                "--backbone-weights is for detectors and segmenters, and `{}` is a classifier: use --weights",
                entry.name
            )));
        }
        let seed = (loaded != Loaded::All).then_some(self.seed);
        if let Some(seed) = seed {
            let what = if loaded == Loaded::Encoder { "the head" } else { "the model" };
            warn!("no --weights given: {what} gets the published initialisation (seed {seed}), it is not trained");
            weights::initialise(graph, &options.model.layer.init, seed).map_err(Failure::misuse)?;
        }
        let Some(file) = file else {
            return Ok(WeightsReport { loaded, file: None, sha256: None, seed, notes: vec![] });
        };
        let checkpoint = weights::read(file).map_err(Failure::misuse)?;
        let load = if loaded == Loaded::Encoder { weights::load_backbone } else { weights::load };
        let mut notes = checkpoint.notes.clone();
        notes.extend(load(graph, &checkpoint, entry.aliases).map_err(Failure::misuse)?);
        for note in &notes {
            info!("{note}");
        }
        let sha256 = sha256(file).map_err(|error| Failure::Misuse(format!("`{}`: {error}", file.display())))?;
        Ok(WeightsReport { loaded, file: Some(file.clone()), sha256: Some(sha256), seed, notes })
    }

    fn write_onnx(&self, graph: &Graph, path: &Path) -> Result<OnnxReport, Failure> {
        let nodes = onnx::write(graph, self.opset, path).map_err(Failure::failed)?;
        Ok(OnnxReport { file: name(path), bytes: bytes(path)?, nodes, opset: self.opset })
    }

    /// Writes `MODEL.anchors.json` if the model is a detector.
    fn write_anchors(&self, options: &Options, size: (usize, usize), folder: &Path) -> Result<Option<String>, Failure> {
        let Some(detection) = &options.model.detection else { return Ok(None) };
        let coder = BoxCoder::new(&detection.ssd, size).map_err(Failure::misuse)?;
        let name = format!("{}.anchors.json", self.model);
        let json = serde_json::to_vec(&coder).map_err(Failure::failed)?;
        fs::write(folder.join(&name), json).map_err(|error| not_written(&self.output.join(&name), &error))?;
        Ok(Some(name))
    }

    /// Moves the finished files to their place; the report comes last.
    fn publish(&self, staging: &Path, report: &Report) -> Result<(), Failure> {
        let report_file = format!("{}.report.json", self.model);
        let json = serde_json::to_vec_pretty(report).map_err(Failure::failed)?;
        fs::write(staging.join(&report_file), json)
            .map_err(|error| not_written(&self.output.join(&report_file), &error))?;
        let written = [report.onnx.as_ref().map(|onnx| &onnx.file), report.mnn.as_ref().map(|mnn| &mnn.file)];
        for file in written.into_iter().flatten().chain(&report.anchors).chain([&report_file]) {
            let target = self.output.join(file);
            fs::rename(staging.join(file), &target).map_err(|error| not_written(&target, &error))?;
        }
        Ok(())
    }

    fn summary(&self, report: &Report) -> String {
        let mut lines = vec![format!(
            "{} for input {:?}: {:.2} M parameters, {:.1} M MACs",
            report.model,
            report.input.shape,
            report.parameters as f64 / 1e6,
            report.macs as f64 / 1e6
        )];
        lines.extend(report.notes.iter().map(|note| format!("  note: {note}")));
        let file = |name: &str, bytes: u64, what: String| {
            format!("  {}  {:.1} MB, {what}", self.output.join(name).display(), bytes as f64 / 1e6)
        };
        if let Some(onnx) = &report.onnx {
            lines.push(file(&onnx.file, onnx.bytes, format!("{} nodes, opset {}", onnx.nodes, onnx.opset)));
        }
        if let Some(mnn) = &report.mnn {
            lines.push(file(&mnn.file, mnn.bytes, format!("{} operators", mnn.ops)));
        }
        if self.explain {
            lines.push(explanation(&report.passes));
        }
        if report.parity.is_empty() {
            lines.push("not checked (--no-check)".into());
        } else {
            lines.push(parity_table(&report.parity));
        }
        lines.push(format!("{:.2} s", report.seconds["total"]));
        lines.join("\n")
    }
}

/// Runs exported files and compares them with the original network.
struct Check<'a> {
    original: &'a Graph,
    seed: u64,
    opset: i64,
    folder: &'a Path,
}

impl Check<'_> {
    fn run(
        &self,
        (onnx, mnn): (Option<&Path>, Option<&Path>),
        clock: &mut Clock,
    ) -> Result<Vec<OutputParity>, Failure> {
        let (graph, id) = (self.original, self.original.inputs()[0]);
        let tensor = input::random(&graph.ty(id).shape, self.seed);
        let inputs = [NamedTensor { name: graph.value(id).name.clone(), tensor }];

        let reference_file = self.folder.join("reference.onnx");
        clock.step("reference", || -> Result<(), Failure> {
            let mut reference = graph.clone();
            pipeline::run(&mut reference, &Rewrite::None.into()).map_err(Failure::failed)?;
            onnx::write(&reference, self.opset, &reference_file).map_err(Failure::failed)?;
            Ok(())
        })?;
        let expected = run_engine(&Rten::new(), &reference_file, &inputs, clock)?;

        let agent = Agent::find().map_err(|error| Failure::Failed(format!("{error}; or use --no-check")))?;
        let config = SessionConfig::default();
        let mut checks: Vec<(Box<dyn Engine>, &Path)> = vec![];
        if let Some(file) = onnx {
            checks.push((Box::new(Rten::new()), file));
            if let Some(library) = onnxruntime::find() {
                checks.push((Box::new(NativeEngine::onnxruntime(agent.clone(), config, library)), file));
            }
        }
        if let Some(file) = mnn {
            checks.push((Box::new(NativeEngine::mnn(agent, config)), file));
        }
        let mut parity = vec![];
        for (engine, file) in checks {
            let found = run_engine(engine.as_ref(), file, &inputs, clock)?;
            parity.extend(compare_outputs((engine.name(), &found), ("original", &expected), Tolerance::for_output));
        }
        Ok(parity)
    }
}

fn run_engine(
    engine: &dyn Engine,
    file: &Path,
    inputs: &[NamedTensor],
    clock: &mut Clock,
) -> Result<Vec<NamedTensor>, Failure> {
    clock.step(engine.name(), || engine.run(file, inputs)).map_err(Failure::failed)
}

fn write_mnn(graph: &Graph, path: &Path) -> Result<MnnReport, Failure> {
    let histogram = mnn::write(graph, path).map_err(Failure::failed)?;
    let SessionConfig { precision, hints, .. } = SessionConfig::default();
    let session = Session { precision, hints };
    Ok(MnnReport { file: name(path), bytes: bytes(path)?, ops: histogram.values().sum(), histogram, session })
}

fn explanation(passes: &[PassReport]) -> String {
    let blocked = |pass: &PassReport| {
        let lines = pass.blocked.iter().map(|blocked| format!("`{}`: {}", blocked.node, blocked.reason));
        lines.collect::<Vec<_>>().join("\n")
    };
    let row = |pass: &PassReport| vec![pass.name.to_owned(), pass.applied.to_string(), blocked(pass)];
    table(&["pass", "rewrites", "where it could not"], passes.iter().map(row)).to_string()
}

fn parity_table(parity: &[OutputParity]) -> String {
    let row = |parity: &OutputParity| {
        let result = &parity.comparison;
        vec![
            parity.output.clone(),
            parity.engine.clone(),
            format!("{:.2e}", result.max_abs),
            format!("{:.2e}", result.max_rel),
            format!("{:.9}", result.cosine),
            if result.passed { "passed".into() } else { result.problem.clone().unwrap_or_else(|| "FAILED".into()) },
        ]
    };
    table(&["output", "engine", "max abs", "max rel", "cosine", "parity"], parity.iter().map(row)).to_string()
}

fn verdict(parity: &[OutputParity]) -> Result<(), Failure> {
    let failed: Vec<_> = parity.iter().filter(|parity| !parity.comparison.passed).collect();
    let Some(first) = failed.first() else { return Ok(()) };
    let Tolerance { atol, rtol } = first.tolerance;
    Err(Failure::Failed(format!(
        "{} of {} outputs differ too much, first `{}` by {}: allowed are {atol:.1e} absolute + {rtol:.0e} relative",
        failed.len(),
        parity.len(),
        first.output,
        first.engine
    )))
}

/// `256` or `192x320`, height first.
fn parse_size(text: &str) -> Result<(usize, usize), String> {
    let side = |text: &str| text.parse::<usize>().map_err(|_| "expected a side such as 256, or HxW such as 192x320");
    let (height, width) = text.split_once('x').unwrap_or((text, text));
    Ok((side(height)?, side(width)?))
}

/// `65536`, `512K`, `1M`.
fn parse_bytes(text: &str) -> Result<usize, String> {
    let (number, unit) = match text.strip_suffix(['K', 'k']) {
        Some(number) => (number, 1 << 10),
        None => text.strip_suffix(['M', 'm']).map_or((text, 1), |number| (number, 1 << 20)),
    };
    let bytes = number.parse::<usize>().ok().and_then(|number| number.checked_mul(unit));
    bytes.ok_or_else(|| "expected bytes such as 512K or 1M".into())
}

fn sha256(path: &Path) -> std::io::Result<String> {
    let mut hasher = Sha256::new();
    std::io::copy(&mut fs::File::open(path)?, &mut hasher)?;
    Ok(super::hex(hasher.finalize()))
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn bytes(path: &Path) -> Result<u64, Failure> {
    fs::metadata(path).map(|metadata| metadata.len()).map_err(|error| not_written(path, &error))
}

fn unwritable(folder: &Path, error: &std::io::Error) -> Failure {
    Failure::Misuse(format!("can't write into folder `{}`: {error}", folder.display()))
}

fn not_written(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Failed(format!("can't write `{}`: {error}", path.display()))
}
