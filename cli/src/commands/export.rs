use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use edgeconv_agent::open::{Dim, OpenShapes, shape_text};
use edgeconv_converter::Conversion;
use edgeconv_converter::open::default_shapes;
use edgeconv_converter::target::Format;
use edgeconv_files::Staging;
use edgeconv_files::name::escaped_path;
use edgeconv_graph::{Graph, Value};
use edgeconv_validate::check::OriginalFile;
use edgeconv_validate::compare::Tolerance;
use edgeconv_validate::engine::NamedTensor;
use edgeconv_validate::sizes::Shapes;
use edgeconv_validate::{Selections, provenance};
use edgeconv_vision::{Decoding, ModelCard, Preprocessing, Task, labels};
use edgeconv_zoo::anchors::box_coder;
use edgeconv_zoo::{Entry, Options, weights};
use indicatif::ProgressBar;
use serde::Serialize;
use tracing::{info, warn};

use super::checking::{Checking, Proof, random_inputs};
use super::hints::conversion_failure;
use super::made::{self, Made, Making, macs_text, unrewritten, write};
use super::pictures::InputReport;
use super::proving::{AtSize, Proving};
use super::rewriting::{Rewriting, explanation};
use super::writing::{Clock, expect_results, not_written, unwritable};
use crate::failure::Failure;
use crate::output::Output;

/// Export a model of the zoo as ONNX and MNN files, and prove that they agree
///
/// Writes DIR/MODEL.onnx, DIR/MODEL.mnn and DIR/MODEL.report.json, for a detector also DIR/MODEL.anchors.json. Both files are run on a random image: the ONNX file by
/// ONNX Runtime, if ORT_DYLIB_PATH or Python's onnxruntime is there, else by rten, the MNN file by MNN. Their outputs are
/// compared with those of the original network, exported without any rewriting and run by ONNX Runtime, or else by rten.
/// If one differs too much, all are kept as MODEL.failed.onnx and so on, and older files stay as they were.
#[derive(Args)]
#[command(after_help = "Examples:
  edgeconv export edgeformer-s --weights checkpoint.pt -o out
  edgeconv export edgeformer-xs --weights checkpoint.safetensors --size 192x320 -o out
  edgeconv export mobilenetv2 --batch '?' --size 64..512:32 -o out
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

    /// Height and width of the input, e.g. 256 or 192x320; where the network allows it, one file for all: `?`, or lengths such as 64..512:32
    /// [default: the published size]
    #[arg(long, value_name = "HxW", value_parser = parse_size)]
    size: Option<[Dim; 2]>,

    /// Number of images per run; one file for all: `?`, or numbers such as 1..8
    #[arg(long, value_name = "N", default_value = "1", value_parser = parse_batch)]
    batch: Dim,

    /// Number of classes [default: 1000]
    #[arg(long, value_name = "N")]
    classes: Option<usize>,

    /// Training recipe whose model section is taken
    #[arg(long, value_name = "FILE.yaml")]
    recipe: Option<PathBuf>,

    /// Override one key of the recipe, by its dotted name
    #[arg(long = "set", value_name = "KEY=VALUE")]
    overrides: Vec<String>,

    /// Files to write [default: onnx,mnn]
    #[arg(long, value_delimiter = ',', value_parser = formats())]
    format: Vec<Format>,

    /// ONNX operator set [default: 17]
    #[arg(long)]
    opset: Option<i64>,

    #[command(flatten)]
    rewriting: Rewriting,

    #[command(flatten)]
    checking: Checking,
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
    class_names: Vec<String>,
    options: Options,
    parameters: u64,
    macs: u64,
    /// By the lengths that are open, in multiples of 32.
    macs_formula: Option<String>,
    #[serde(flatten)]
    made: Made,
    #[serde(flatten)]
    proof: Proof,
    seconds: BTreeMap<&'static str, f64>,
}

#[derive(Debug, Serialize)]
struct WeightsReport {
    /// What the checkpoint filled.
    loaded: Loaded,
    #[serde(serialize_with = "edgeconv_agent::path::shown")]
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
struct OutputReport {
    name: String,
    shape: Vec<usize>,
    meaning: &'static str,
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

fn input_of(graph: &Graph) -> InputReport {
    let input = graph.value(graph.inputs()[0]);
    InputReport::new(input.name.clone(), input.ty.shape.clone())
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

impl Export {
    pub fn run(self, output: &Output) -> Result<(), Failure> {
        let progress = output.progress();
        let clock = Clock::start();
        let entry = edgeconv_zoo::find(&self.model).map_err(Failure::misuse)?;
        let options = self.options(entry)?;
        self.expect_results()?;
        let open = self.open_shapes(entry);
        self.expect_possible(entry, &open)?;
        // What a file for all sizes has until a session changes it.
        let (batch, size) = of_shapes(&default_shapes(&open));
        let mut graph = edgeconv_zoo::build(entry, &options, batch, size).map_err(|error| self.misuse(error))?;
        let notes = Vec::from_iter(entry.note(&graph));
        progress.set_message("loading weights");
        let weights = clock.step("weights", || self.load_weights(entry, &options, &mut graph))?;
        provenance::note_network(&mut graph);
        let card = self.card(entry, &options, size)?;
        card.note(&mut graph.metadata);
        // Everything is written next to its final place and renamed at the end, so that nothing half-done is left.
        let staging = Staging::for_folder(&self.output).map_err(|error| unwritable(&self.output, &error))?;

        progress.set_message("rewriting the graph");
        let original = graph.clone();
        let at = |shapes: &Shapes| {
            let mut graph = self.at_size(entry, &options, &original, shapes)?;
            card.note(&mut graph.metadata);
            Ok(graph)
        };
        let conversion = if open.is_open() { Conversion::for_sizes(open.clone(), at)? } else { Conversion::of(graph) };
        let macs_formula = conversion.macs_formula();
        let rewritten = clock.step("rewrite", || conversion.rewrite(&self.rewriting.options()));
        let rewritten = rewritten.map_err(conversion_failure)?;
        let made = self.making().make(rewritten, &staging, &progress, &clock);
        let mut made = made.map_err(|failure| self.not_open(failure, &open))?;
        let mut proof = Proof::missing("--no-check");
        if !self.checking.no_check {
            progress.set_message("running the files");
            proof = match made.open() {
                Some(open) => self.prove(open, &at, &made, &staging, &progress, &clock)?,
                None => self.compare(&original, &made, &staging, &clock)?,
            };
        }
        progress.finish_and_clear();
        let mut stem = self.model.clone();
        if proof.failure().is_some() {
            stem += ".failed";
            made.mark_failed();
        }
        let anchors = self.write_anchors(&card, &stem, &staging)?;
        let report = Report {
            model: self.model.clone(),
            task: entry.task,
            preprocessing: card.preprocessing,
            anchors,
            weights,
            notes,
            input: input_of(&original),
            outputs: OutputReport::of(&original, entry.task),
            class_names: card.class_names,
            options,
            parameters: original.parameter_count(),
            macs: original.macs(),
            macs_formula,
            made,
            proof,
            seconds: clock.finish(),
        };
        let kept = self.publish(&staging, &stem, &report)?;
        output.result(&report, || self.summary(&report))?;
        self.checking.verdict(&report.proof, &kept, output)
    }

    fn expect_results(&self) -> Result<(), Failure> {
        let report = format!("{}.report.json", self.model);
        let names = self.making().files.into_iter().map(|(_, file)| file).chain([report]);
        let results: Vec<_> = names.map(|name| self.output.join(name)).collect();
        let inputs = [&self.weights, &self.backbone_weights, &self.recipe];
        let results = results.iter().map(|path| ("-o", Some(path.as_path())));
        expect_results(results, inputs.into_iter().flatten().map(PathBuf::as_path))
    }

    fn making(&self) -> Making<'_> {
        let is_wanted = |format: &Format| self.format.is_empty() || self.format.contains(format);
        let formats = Format::ALL.into_iter().filter(is_wanted);
        let files = formats.map(|format| (format, format!("{}.{}", self.model, format.ending()))).collect();
        Making { rewriting: &self.rewriting, opset: self.opset, files, calibration: None }
    }

    /// The shape of the input.
    fn open_shapes(&self, entry: &Entry) -> OpenShapes {
        let [height, width] = self.size.clone().unwrap_or([entry.size.0, entry.size.1].map(Dim::Fixed));
        OpenShapes([(INPUT.to_owned(), vec![self.batch.clone(), Dim::Fixed(3), height, width])].into())
    }

    /// That what is open can be.
    fn expect_possible(&self, entry: &Entry, open: &OpenShapes) -> Result<(), Failure> {
        if !open.is_open() {
            return Ok(());
        }
        if entry.task == Task::Detection && open.has_open_maps() {
            let reason = format!(
                "the anchors of `{}` are made for one size: --size {}, and --batch '?' for any batch",
                entry.name, entry.size.0
            );
            return Err(Failure::Misuse(reason));
        }
        match self.rewriting.for_one_size() {
            Some(what) => {
                Err(Failure::Misuse(format!("{what} needs one size: leave it out, or give one --batch and one --size")))
            }
            None => Ok(()),
        }
    }

    /// Why a network has no file for all sizes, with the arguments that help.
    fn not_open(&self, failure: Failure, open: &OpenShapes) -> Failure {
        match failure {
            Failure::Failed(text) if open.has_open_maps() => Failure::Failed(format!(
                "`{}` has no file for --size {}: {text}; give one size, such as --size 256: with --batch '?' the number of images stays open",
                self.model,
                shape_text(&open.0[INPUT][2..])
            )),
            failure => failure,
        }
    }

    /// The network at another size, with the parameters of `original`.
    fn at_size(&self, entry: &Entry, options: &Options, original: &Graph, shapes: &Shapes) -> Result<Graph, Failure> {
        let (batch, size) = of_shapes(shapes);
        let mut graph = edgeconv_zoo::build(entry, options, batch, size).map_err(|error| self.misuse(error))?;
        let filled = original.values().filter_map(|(_, value)| Some((value.name.as_str(), value.tensor()?)));
        let filled: HashMap<_, _> = filled.collect();
        let parameter = |value: &Value| filled.get(value.name.as_str()).map(|&tensor| tensor.clone());
        graph.fill_parameters(parameter).map_err(Failure::failed)?;
        provenance::note_network(&mut graph);
        Ok(graph)
    }

    /// Compares an open file with the original network.
    fn prove(
        &self,
        open: &OpenShapes,
        at: &impl Fn(&Shapes) -> Result<Graph, Failure>,
        made: &Made,
        staging: &Staging,
        progress: &ProgressBar,
        clock: &Clock,
    ) -> Result<Proof, Failure> {
        let (rewriting, seed, values) = (&self.rewriting, self.seed, &HashMap::new());
        let proving = Proving { made, rewriting, values, seed, staging, progress };
        let at_size = |shapes: &Shapes| {
            let graph = at(&shapes.clone().into_iter().collect())?;
            write(&unrewritten(graph.clone())?, staging, REFERENCE)?;
            Ok(AtSize { conversion: Conversion::of(graph), reference: staging.path().join(REFERENCE) })
        };
        let tolerance = |expected: &NamedTensor| self.rewriting.tolerance(Tolerance::for_output(&expected.tensor));
        proving.run(open, at_size, tolerance, clock)
    }

    /// Compares the files with the original network.
    fn compare(&self, original: &Graph, made: &Made, staging: &Staging, clock: &Clock) -> Result<Proof, Failure> {
        clock.step("reference", || write(&unrewritten(original.clone())?, staging, REFERENCE))?;
        let inputs = random_inputs(original, self.seed)?;
        let reference = staging.path().join(REFERENCE);
        let original = OriginalFile::open(&reference, &inputs, &HashMap::new());
        let tolerance = |expected: &NamedTensor| self.rewriting.tolerance(Tolerance::for_output(&expected.tensor));
        made.prove(original, &Selections::default(), tolerance, staging, clock)
    }

    fn options(&self, entry: &Entry) -> Result<Options, Failure> {
        let mut options = entry.options();
        if let Some(path) = &self.recipe {
            let in_file = |error: &dyn std::fmt::Display| Failure::Misuse(format!("`{}`: {error}", path.display()));
            let yaml = edgeconv_files::read_text(path).map_err(|error| in_file(&error))?;
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

    /// Options that make no network: of the recipe, if there is one.
    fn misuse(&self, error: impl std::error::Error) -> Failure {
        self.recipe.iter().fold(Failure::misuse(error), |failure, recipe| failure.about(recipe))
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
            weights::initialise(graph, &options.model.layer.init, seed).map_err(|error| self.misuse(error))?;
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
        let sha256 =
            provenance::sha256(file).map_err(|error| Failure::Misuse(format!("`{}`: {error}", file.display())))?;
        Ok(WeightsReport { loaded, file: Some(file.clone()), sha256: Some(sha256), seed, notes })
    }

    /// What has to be known to use the network on pictures.
    fn card(&self, entry: &Entry, options: &Options, size: (usize, usize)) -> Result<ModelCard, Failure> {
        let decoding = match (entry.task, &options.model.detection) {
            (Task::Detection, Some(detection)) => {
                Decoding::Detection(box_coder(&detection.ssd, size).map_err(|error| self.misuse(error))?)
            }
            (Task::Segmentation, _) => Decoding::segmentation(),
            _ => Decoding::classification(),
        };
        let class_names = labels::names(entry.task, options.classes().unwrap_or_default());
        Ok(ModelCard {
            input: INPUT.to_owned(),
            preprocessing: entry.preprocessing(options, size),
            decoding: Some(decoding),
            class_names: class_names.iter().map(|&name| name.to_owned()).collect(),
        })
    }

    /// Writes `STEM.anchors.json` if the model is a detector.
    fn write_anchors(&self, card: &ModelCard, stem: &str, staging: &Staging) -> Result<Option<String>, Failure> {
        let Some(Decoding::Detection(coder)) = &card.decoding else { return Ok(None) };
        let name = format!("{stem}.anchors.json");
        let json = serde_json::to_vec(coder).map_err(Failure::failed)?;
        staging.write(&name, json).map_err(|error| not_written(&self.output.join(&name), &error))?;
        Ok(Some(name))
    }

    /// Moves the finished files to their place, all at once.
    fn publish(&self, staging: &Staging, stem: &str, report: &Report) -> Result<Vec<PathBuf>, Failure> {
        let report_file = format!("{stem}.report.json");
        let json = serde_json::to_vec_pretty(report).map_err(Failure::failed)?;
        staging.write(&report_file, json).map_err(|error| not_written(&self.output.join(&report_file), &error))?;
        let beside = report.anchors.as_deref().into_iter().chain([report_file.as_str()]);
        let names = report.made.files().chain(beside.map(|name| (name, name)));
        let names: Vec<_> = names.map(|(staged, name)| (PathBuf::from(staged), PathBuf::from(name))).collect();
        made::publish(staging, &self.output, &names)?;
        Ok(names.iter().map(|(_, name)| self.output.join(name)).collect())
    }

    fn summary(&self, report: &Report) -> String {
        let mut lines = vec![format!(
            "{} for input {:?}: {:.2} M parameters, {}",
            report.model,
            report.input.shape,
            report.parameters as f64 / 1e6,
            macs_text(report.macs, report.macs_formula.as_deref())
        )];
        lines.extend(report.notes.iter().map(|note| format!("  note: {note}")));
        lines.extend(report.made.lines(|file| escaped_path(&self.output.join(file))));
        if self.rewriting.explain {
            lines.push(explanation(&report.made.passes()));
        }
        lines.push(report.proof.summary());
        lines.push(format!("{:.2} s", report.seconds["total"]));
        lines.join("\n")
    }
}

/// Formats by the endings of their files.
fn formats() -> impl TypedValueParser<Value = Format> {
    let named = |ending: String| Format::ALL.into_iter().find(|format| format.ending() == ending).ok_or("no format");
    PossibleValuesParser::new(Format::ALL.map(Format::ending)).try_map(named)
}

/// The original network beside the files.
const REFERENCE: &str = "reference.onnx";

/// Name of the networks' input.
const INPUT: &str = "input";

/// Batch, and height and width, of an input.
fn of_shapes(shapes: &Shapes) -> (usize, (usize, usize)) {
    match shapes.get(INPUT).map(Vec::as_slice) {
        Some(&[batch, _, height, width]) => (batch, (height, width)),
        _ => (1, (0, 0)),
    }
}

/// `256`, `192x320`, `?` or `64..512:32`, height first.
fn parse_size(text: &str) -> Result<[Dim; 2], String> {
    let (height, width) = text.split_once('x').unwrap_or((text, text));
    Ok([parse_side(height)?, parse_side(width)?])
}

fn parse_side(text: &str) -> Result<Dim, String> {
    unnamed(text).ok_or_else(|| "expected a side such as 256, `?` or 64..512:32, or HxW such as 192x320".to_owned())
}

/// `1`, `?` or `1..8`.
fn parse_batch(text: &str) -> Result<Dim, String> {
    let batch = unnamed(text).filter(|dim| *dim != Dim::Fixed(0));
    batch.ok_or_else(|| "expected a number of images such as 1, `?` or 1..8".to_owned())
}

/// A dimension; one with a name would be a misspelt number here.
fn unnamed(text: &str) -> Option<Dim> {
    text.parse().ok().filter(|dim| !matches!(dim, Dim::Open(open) if open.name.is_some()))
}
