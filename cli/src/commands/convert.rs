use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{OsStringValueParser, TypedValueParser};
use edgeconv_agent::open::{OpenShape, OpenShapes};
use edgeconv_converter::open::default_shapes;
use edgeconv_converter::source::{Interface, Pt2, Source};
use edgeconv_converter::target::Format;
use edgeconv_converter::target::mnn::LARGE;
use edgeconv_converter::{Conversion, ConversionError, Opened};
use edgeconv_files::Staging;
use edgeconv_files::name::{escaped, escaped_path};
use edgeconv_validate::check::OriginalFile;
use edgeconv_validate::compare::Tolerance;
use edgeconv_validate::engine::NamedTensor;
use edgeconv_validate::sizes::Shapes;
use edgeconv_validate::{Selections, input, provenance};
use edgeconv_vision::report_of;
use serde::Serialize;

use super::calibration::Calibration;
use super::checking::{Checking, Proof, random_inputs};
use super::hints::file_failure;
use super::made::{Made, Making, macs_text};
use super::pictures::{CardOptions, CardReport};
use super::proving::{AtSize, Proving};
use super::rewriting::{Rewriting, explanation, offers};
use super::shapes::{fixed_shape, one_size, parse_open_input, parse_value};
use super::writing::{Clock, both, expect_results, file_name, not_written, unreadable, unwritable};
use crate::failure::Failure;
use crate::output::Output;

/// Convert an ONNX file, or a program that PyTorch exported (.pt2), to MNN, or to a rewritten ONNX file, and prove that they agree
///
/// Global circular convolution is recognised where it is written out, as PyTorch exports it. Both files are run on random inputs:
/// the ONNX file by ONNX Runtime where it is found, else by rten as far as that is known to be right; the result by MNN (or likewise). Their outputs are compared;
/// those of a file with open dimensions at a small, an odd and a large size, also with a file for that size alone. A result that differs too much is kept as NAME.failed.mnn (or .onnx), and an
/// older file under the asked name stays as it was.
#[derive(Args)]
#[command(after_help = "Examples:
  edgeconv convert model.onnx -o model.mnn
  edgeconv convert model.onnx -o model.mnn --input image=1x3x224x224 --explain
  edgeconv convert model.onnx -o model.mnn --input 'image=?x3x64..512:32x64..512:32'
  edgeconv convert detector.onnx -o detector.mnn --end-at boxes,scores
  edgeconv convert model.onnx -o rewritten.onnx
  edgeconv convert model.onnx -o model.mnn --mean 0.485,0.456,0.406 --std 0.229,0.224,0.225 --resize cover:256 --labels imagenet.txt
  edgeconv convert model.pt2 -o model.mnn")]
pub struct Convert {
    /// ONNX file, or a program saved by torch.export.save
    #[arg(value_name = "IN.onnx|IN.pt2")]
    source: PathBuf,

    /// Result; its ending, .mnn or .onnx, says what it becomes
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,

    #[command(flatten)]
    options: Options,

    /// ONNX operator set of a rewritten ONNX file [default: 17, or the first later one that has what the model needs]
    #[arg(long)]
    opset: Option<i64>,

    #[arg(skip)]
    calibration: Option<Calibration>,
}

/// How an ONNX file becomes another one, whatever that is.
#[derive(Args)]
pub struct Options {
    /// Shape of an input with open dimensions: lengths fix them, `?` leaves one open, a name those that are one, and lengths such as 1..8,
    /// 64.. or 64..512:32 bound it; a value inside of the model becomes an input of this shape
    #[arg(long = "input", value_name = "NAME=?x3x224x224", value_parser = parse_open_input)]
    pub inputs: Vec<(String, OpenShape)>,

    /// Refuse open dimensions, so that the file has one size
    #[arg(long)]
    pub fixed: bool,

    /// Give an input a fixed value, which makes it a constant: shapes, axes and counts have to be known. Elements of another type are
    /// cast
    #[arg(long = "value", value_name = "NAME=X.npy", value_parser = OsStringValueParser::new().try_map(parse_value))]
    pub values: Vec<(String, PathBuf)>,

    /// Return these values instead of the model's own outputs, and leave out what comes after them
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub end_at: Vec<String>,

    /// Read the ONNX file as one of this operator set, if what it says itself is wrong
    #[arg(long, value_name = "SET")]
    pub opset_is: Option<i64>,

    #[command(flatten)]
    pub card: CardOptions,

    #[command(flatten)]
    pub rewriting: Rewriting,

    /// Seed of the inputs for the check
    #[arg(long, default_value_t = 0)]
    pub seed: u64,

    #[command(flatten)]
    pub checking: Checking,
}

#[derive(Debug, Serialize)]
struct Report {
    #[serde(serialize_with = "edgeconv_agent::path::shown")]
    source: PathBuf,
    /// Values that were cast.
    notes: Vec<String>,
    /// What has to be known to use it on pictures, if the user says so.
    #[serde(flatten)]
    card: Option<CardReport>,
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

/// What was read of a file.
struct Read {
    conversion: Conversion,
    /// What is given, with the shapes that follow from it.
    given: Interface,
    /// Whether the user says more than shapes and values of the file's own inputs.
    changed: bool,
    /// What is to be known of that.
    note: Option<String>,
}

/// What a result is compared with was read here, too.
const NOT_PYTORCH: &str = "not compared with PyTorch: the original is the program as it was read here, as an ONNX model; `edgeconv check` compares \
                           with what PyTorch computed: --against FOLDER, with its inputs.npz and outputs.npz";

impl Convert {
    /// The conversion of `source` to `output`, in integers if that is asked for.
    pub fn new(source: PathBuf, output: PathBuf, options: Options, calibration: Calibration) -> Self {
        Self { source, output, options, opset: None, calibration: Some(calibration) }
    }

    pub fn run(self, output: &Output) -> Result<(), Failure> {
        let format = Format::expect(&self.output).map_err(Failure::misuse)?;
        let inputs = std::iter::once(&self.source).chain(self.options.values.iter().map(|(_, path)| path));
        let page = self.calibration.as_ref().and_then(|calibration| calibration.html.as_deref());
        let report = self.options.card.is_given().then(|| report_of(&self.output));
        let results = [("-o", Some(self.output.as_path())), ("-o", report.as_deref()), ("--html", page)];
        expect_results(results, inputs.map(PathBuf::as_path))?;
        let progress = output.progress();
        let clock = Clock::start();
        let (given, mut notes) = self.given()?;
        let hash = || provenance::sha256_of_model(&self.source);
        let (sha256, read) = both(true, hash, || clock.step("read", || self.read(&given)));
        let Read { mut conversion, given, changed, note } = read.map_err(|error| self.failure(error))?;
        notes.extend(note);
        self.expect_one_size(&conversion)?;
        let sha256 = sha256.map_err(|error| unreadable(&self.source, &error))?;
        provenance::note_file(conversion.graph_mut(), sha256);
        let card = self.options.card.card(conversion.graph()).map_err(|failure| failure.about(&self.source))?;
        card.iter().for_each(|card| card.note(&mut conversion.graph_mut().metadata));
        let (parameters, macs) = (conversion.graph().constant_count(), self.macs(&conversion, &given)?);
        let macs_formula = conversion.macs_formula();
        let folder = edgeconv_files::folder_of(&self.output);
        let staging = Staging::inside(folder).map_err(|error| unwritable(folder, &error))?;

        progress.set_message("rewriting the graph");
        let options = self.options.rewriting.options();
        let rewritten = clock.step("rewrite", || conversion.rewrite(&options)).map_err(|error| self.failure(error))?;
        let files = vec![(format, file_name(&self.output))];
        let samples = self
            .calibration
            .as_ref()
            .map(|calibration| calibration.samples(&self.source, rewritten.graph(), card.clone()));
        let samples = samples.transpose()?.flatten();
        let calibration = self.calibration.as_ref().zip(samples.as_deref());
        let making = Making { rewriting: &self.options.rewriting, opset: self.opset, files, calibration };
        let inputs =
            (!self.options.checking.no_check).then(|| match samples.as_ref().and_then(|samples| samples.first()) {
                Some(sample) => Ok(sample.inputs.clone()),
                None => random_inputs(rewritten.graph(), self.options.seed),
            });
        let inputs = inputs.transpose().map_err(|failure| failure.about(&self.source))?;
        let selections = Selections::of(rewritten.graph());
        // What the files are compared with is written beside them.
        let compares = inputs.is_some() && OpenShapes::noted(&rewritten.graph().metadata).is_none();
        let reference = || compares.then(|| self.reference(&given, changed, &staging));
        let is_small = parameters * size_of::<f32>() as u64 <= LARGE as u64;
        let (reference, made) = both(is_small, reference, || making.make(rewritten, &staging, &progress, &clock));
        let mut made = made.map_err(|failure| failure.about(&self.source))?;
        let mut proof = Proof::missing("--no-check");
        let tolerance =
            |expected: &NamedTensor| self.options.rewriting.tolerance(Tolerance::of_largest(&expected.tensor, 1e-3));
        if let (Some(_), Some(open)) = (&inputs, made.open()) {
            let (rewriting, seed) = (&self.options.rewriting, self.options.seed);
            let proving =
                Proving { made: &made, rewriting, values: &given.values, seed, staging: &staging, progress: &progress };
            let at = |shapes: &Shapes| self.at_size(&given, shapes, changed, &staging);
            proof = proving.run(open, at, tolerance, &clock)?;
        } else if let Some(inputs) = inputs {
            progress.set_message("running the files");
            let reference = reference.unwrap_or_else(|| self.reference(&given, changed, &staging))?;
            let original = OriginalFile::open(&reference, &inputs, &given.values);
            proof = made.prove(original, &selections, tolerance, &staging, &clock)?;
        }
        progress.finish_and_clear();
        let target = made.publish_as(&self.output, &proof, &staging)?;
        let (source, seconds) = (self.source.clone(), clock.finish());
        let card = card.map(CardReport::of);
        let report = Report { source, notes, card, parameters, macs, macs_formula, made, proof, seconds };
        if report.card.is_some() {
            let path = report_of(&target);
            let json = serde_json::to_vec_pretty(&report).map_err(Failure::failed)?;
            edgeconv_files::write(&path, json).map_err(|error| not_written(&path, &error))?;
        }
        output.result(&report, || self.summary(&report, &target))?;
        self.options.checking.verdict(&report.proof, &[target], output)
    }

    fn failure(&self, error: ConversionError) -> Failure {
        file_failure(&self.source, error)
    }

    /// The file's graph with what the user says.
    fn read(&self, given: &Interface) -> Result<Read, ConversionError> {
        let opened = Conversion::open(&self.source)?;
        let inputs = if self.options.inputs.is_empty() { vec![] } else { opened.input_names()? };
        let begins_inside = self.options.inputs.iter().any(|(name, _)| !inputs.contains(name));
        let (open, fixed) = self.open_shapes(&opened, given)?;
        let given = Interface { shapes: given.shapes.clone().into_iter().chain(fixed).collect(), ..given.clone() };
        let conversion = if open.is_open() { opened.open(&open, &given)? } else { opened.fix(&given)? };
        let changed = begins_inside || !given.outputs.is_empty() || given.opset.is_some();
        let note = (opened.format() == Pt2.name()).then_some(NOT_PYTORCH);
        Ok(Read { conversion, given, changed, note: note.map(str::to_owned) })
    }

    /// The shapes of inputs of which something stays open: what the user says, else what the file says; and those that follow from fixed ones.
    fn open_shapes(&self, opened: &Opened, given: &Interface) -> Result<(OpenShapes, Shapes), ConversionError> {
        if self.options.fixed {
            return Ok(Default::default());
        }
        let mut open = opened.shapes()?;
        // What has the name of a length that the user fixes has that length, too.
        let stated = open.clone();
        for (name, shape) in &given.shapes {
            open.fix_names(stated.0.get(name).map_or(&[], Vec::as_slice), shape);
        }
        open.0.extend(self.options.inputs.iter().cloned());
        open.0.retain(|name, _| !given.values.contains_key(name) && !given.shapes.contains_key(name));
        // Bounds of the user's that exclude each other are told before.
        let mut open = open.clone().agreed().unwrap_or(open);
        let follows = |name: &String| stated.0.get(name).is_some_and(|shape| fixed_shape(shape).is_none());
        let fixed = open.0.iter().filter(|(name, _)| follows(name));
        let fixed = fixed.filter_map(|(name, shape)| Some((name.clone(), fixed_shape(shape)?))).collect();
        open.0.retain(|_, shape| fixed_shape(shape).is_none());
        Ok((open, fixed))
    }

    /// What the user says about inputs and outputs, and a note for each value that was cast.
    fn given(&self) -> Result<(Interface, Vec<String>), Failure> {
        let mut seen = HashSet::new();
        if let Some((name, _)) = self.options.inputs.iter().find(|(name, _)| !seen.insert(name)) {
            return Err(Failure::Misuse(format!("--input {} is given twice, expected one shape", escaped(name))));
        }
        OpenShapes(self.options.inputs.iter().cloned().collect()).agreed().map_err(Failure::Misuse)?;
        let read = |(name, path): &(String, PathBuf)| {
            Ok(NamedTensor { name: name.clone(), tensor: input::read_any(path).map_err(Failure::misuse)? })
        };
        let values = self.options.values.iter().map(read).collect::<Result<Vec<_>, Failure>>()?;
        // What is wrong with a file that can't be listed is said when it is read.
        let list = || Conversion::open(&self.source).and_then(|opened| opened.list());
        let declared = if values.is_empty() { None } else { list().ok() };
        let declared = declared.map_or(vec![], |listing| listing.inputs);
        let (values, notes) = input::as_declared(values, &declared).map_err(Failure::misuse)?;
        let values = values.into_iter().map(|value| (value.name, value.tensor)).collect();
        let fixed = |(name, shape): &(String, OpenShape)| Some((name.clone(), fixed_shape(shape)?));
        let shapes = self.options.inputs.iter().filter_map(fixed).collect();
        Ok((
            Interface {
                shapes,
                values,
                outputs: self.options.end_at.clone(),
                opset: self.options.opset_is,
                ..Interface::default()
            },
            notes,
        ))
    }

    /// That nothing is asked for which takes one size, if the network is open.
    fn expect_one_size(&self, conversion: &Conversion) -> Result<(), Failure> {
        let Some(open) = OpenShapes::noted(&conversion.graph().metadata) else { return Ok(()) };
        let calibrates = self.calibration.as_ref().is_some_and(|calibration| calibration.calibrate.is_some());
        let what = if calibrates { Some("calibration") } else { self.options.rewriting.for_one_size() };
        let Some(what) = what else { return Ok(()) };
        let fixed = one_size(&open);
        Err(Failure::Misuse(format!("{what} needs one size, and the inputs are open ({open}): {fixed}"))
            .about(&self.source))
    }

    /// Multiply-accumulates of the network; of an open one at the size that its file has until a session changes it.
    fn macs(&self, conversion: &Conversion, given: &Interface) -> Result<u64, Failure> {
        let Some(open) = OpenShapes::noted(&conversion.graph().metadata) else { return Ok(conversion.graph().macs()) };
        let shapes = given.shapes.clone().into_iter().chain(default_shapes(&open)).collect();
        let opened = Conversion::open(&self.source).map_err(|error| self.failure(error))?;
        // A network may be too large, or too small, for that.
        let fixed = opened.fix(&Interface { shapes, ..given.clone() });
        Ok(fixed.map_or(conversion.graph().macs(), |fixed| fixed.graph().macs()))
    }

    /// The network at one size of what is open.
    fn at_size(&self, given: &Interface, shapes: &Shapes, changed: bool, staging: &Staging) -> Result<AtSize, Failure> {
        let shapes = given.shapes.clone().into_iter().chain(shapes.clone()).collect();
        let given = Interface { shapes, ..given.clone() };
        let conversion = Conversion::open(&self.source).and_then(|opened| opened.fix(&given));
        let conversion = conversion.map_err(|error| self.failure(error))?;
        Ok(AtSize { conversion, reference: self.reference(&given, changed, staging)? })
    }

    /// The ONNX file to compare with.
    fn reference(&self, given: &Interface, changed: bool, staging: &Staging) -> Result<PathBuf, Failure> {
        // Engines know a file by its name.
        let as_it_is = !changed && Format::of(&self.source) == Some(Format::Onnx);
        if as_it_is { Ok(self.source.clone()) } else { self.changed(given, staging) }
    }

    /// A copy of the source with what the user says about it, to compare with.
    fn changed(&self, given: &Interface, staging: &Staging) -> Result<PathBuf, Failure> {
        // The result can't have this name.
        let file = format!("original-{}.onnx", file_name(&self.output));
        let reference = staging.path().join(&file);
        let bytes = Conversion::open(&self.source)
            .and_then(|opened| opened.fixed(given))
            .map_err(|error| self.failure(error))?;
        staging.write(file, bytes).map_err(|error| not_written(&reference, &error))?;
        Ok(reference)
    }

    fn summary(&self, report: &Report, target: &Path) -> String {
        let macs = macs_text(report.macs, report.macs_formula.as_deref());
        let mut lines = vec![format!("{}: {macs}", escaped_path(&self.source))];
        lines.extend(report.notes.iter().map(|note| format!("  note: {note}")));
        lines.extend(report.made.lines(|_| escaped_path(target)));
        let passes = report.made.passes();
        if self.options.rewriting.explain {
            lines.push(explanation(&passes));
        }
        lines.extend(offers(&passes));
        lines.push(report.proof.summary());
        lines.push(format!("{:.2} s", report.seconds["total"]));
        lines.join("\n")
    }
}
