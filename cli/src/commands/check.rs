use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use edgeconv_agent::SessionConfig;
use edgeconv_converter::listing::{self, Port};
use edgeconv_converter::mnn;
use edgeconv_graph::TensorType;
use edgeconv_validate::compare::{Comparison, OutputParity, Tolerance, compare, compare_outputs};
use edgeconv_validate::engine::{Agent, Engine, NamedTensor, NativeEngine, Rten, Run, onnxruntime};
use edgeconv_validate::golden::{Golden, Sample};
use edgeconv_validate::input;
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};
use serde::Serialize;

use super::shapes::parse_value;
use super::writing::{name, not_written, sha256, unwritable, write_text};
use crate::failure::Failure;
use crate::output::{Output, table};

/// Check that a model file computes what a reference computes
///
/// Both are run on the same inputs, and every element of every output is compared. The reference is another model file, a folder that
/// --save-golden has written, or a folder with the expected outputs as NAME.npy. Outputs are found by name. MNN and ONNX Runtime
/// run in a process of their own.
#[derive(Args)]
#[command(after_help = "Examples:
  edgeconv check model.mnn --against model.onnx
  edgeconv check model.mnn --against model.onnx --samples 10 --atol 1e-4 --rtol 1e-4 --junit check.xml
  edgeconv check model.mnn --against model.onnx --input image=cat.npy --tolerance boxes=1e-3
  edgeconv check model.mnn --against model.onnx --save-golden golden
  edgeconv check new.mnn --against golden --json
  edgeconv check model.mnn --against model.onnx --layers=isolated
  edgeconv check model.mnn --against model.onnx --bisect fault

Exit codes: 0 all outputs agree, 1 one does not or a model can't be run, 2 misuse.")]
pub struct Check {
    /// Model file to be checked, .mnn or .onnx
    candidate: PathBuf,

    /// .onnx, .mnn, or a folder of expected outputs
    #[arg(long, value_name = "REFERENCE")]
    against: PathBuf,

    /// Input tensor; without its name where the model has one input [default: random numbers]
    #[arg(long = "input", value_name = "[NAME=]X.npy")]
    inputs: Vec<String>,

    /// Number of random inputs
    #[arg(long, default_value_t = 1, conflicts_with = "inputs", value_parser = clap::value_parser!(u64).range(1..))]
    samples: u64,

    /// Seed of the random inputs
    #[arg(long, default_value_t = 0)]
    seed: u64,

    /// What runs .onnx files [default: ONNX Runtime where it is found, else rten]
    #[arg(long)]
    engine: Option<EngineArg>,

    /// Threads for MNN and ONNX Runtime
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    threads: u16,

    /// What has to be small
    #[arg(long, default_value = "elementwise")]
    metric: Metric,

    /// Largest absolute difference [default: 1e-3 of the output's largest element; deep networks amplify rounding]
    #[arg(long)]
    atol: Option<f64>,

    /// Largest difference relative to the element of the reference
    #[arg(long)]
    rtol: Option<f64>,

    /// Tolerance of one output
    #[arg(long = "tolerance", value_name = "OUTPUT=ATOL[,RTOL]", value_parser = parse_tolerance)]
    tolerances: Vec<(String, Tolerance)>,

    /// Also compare the values inside that both files have by the same name, for the first sample. An .mnn file of edgeconv has
    /// the names of those values of its .onnx file that rewriting has left; an .onnx file is run by rten
    #[arg(long, value_name = "HOW", num_args = 0..=1, require_equals = true, default_missing_value = "free")]
    layers: Option<Layers>,

    /// Find the first value that is computed wrongly from right ones, as --layers=isolated does, and write what computes it into a new
    /// folder: a model, and its inputs and expected output to check it with
    #[arg(long, value_name = "DIR")]
    bisect: Option<PathBuf>,

    /// Write inputs and outputs of the reference into a new folder, as the reference of later checks
    #[arg(long, value_name = "DIR")]
    save_golden: Option<PathBuf>,

    /// Also write the results for CI systems, a test case for each output
    #[arg(long, value_name = "FILE.xml")]
    junit: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum EngineArg {
    /// Built in
    Rten,
    /// ONNX Runtime, from ORT_DYLIB_PATH or Python's package
    Ort,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Layers {
    /// Each computed from the candidate's own: errors add up
    Free,
    /// Each computed from the reference's: errors stay where they are made (.mnn files of edgeconv)
    Isolated,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
enum Metric {
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

#[derive(Debug, Serialize)]
struct Report {
    candidate: PathBuf,
    reference: PathBuf,
    metric: Metric,
    results: Vec<OutputResult>,
    /// Values inside, in order of computation.
    layers: Vec<OutputResult>,
    /// Where the model is that computes the first wrong value.
    reproducer: Option<PathBuf>,
    passed: bool,
}

#[derive(Debug, Serialize)]
struct OutputResult {
    output: String,
    sample: usize,
    tolerance: Tolerance,
    #[serde(flatten)]
    comparison: Comparison,
}

/// How far outputs, and values inside where errors add up, may be off, as a share of the largest element: some layers amplify
/// rounding, and later ones damp it.
const FREE: f64 = 1e-3;

/// How far a value that is computed from right ones may be off.
const ISOLATED: f64 = 1e-4;

/// How many of them a table shows.
const SHOWN: usize = 15;

/// What the candidate is compared with.
enum Reference {
    Model(Model),
    Golden(Golden),
    /// Outputs only.
    Outputs(Vec<NamedTensor>),
}

/// A model file, its inputs, and what runs it.
struct Model {
    path: PathBuf,
    engine: Box<dyn Engine>,
    inputs: Vec<Port>,
    /// Names of what its operators compute, but for its outputs.
    values: Vec<String>,
    /// Its format, and who wrote it.
    format: String,
}

impl Check {
    pub fn run(self, output: &Output) -> Result<(), Failure> {
        let progress = output.progress();
        let candidate = self.model(&self.candidate)?;
        let reference = self.reference()?;
        progress.set_message("running the reference");
        let samples = self.samples(&candidate, &reference)?;
        if let Some(folder) = &self.save_golden {
            self.save(folder, &reference, &samples)?;
        }
        let mut results = vec![];
        for (index, sample) in samples.iter().enumerate() {
            progress.set_message(format!("running `{}`, sample {}", candidate.path.display(), index + 1));
            let found = candidate.run(&sample.inputs)?;
            results.extend(self.compare(index, &found, &sample.outputs));
        }
        let how = if self.bisect.is_some() { Some(Layers::Isolated) } else { self.layers };
        let mut reproducer = None;
        let layers = match (how, &reference, samples.first()) {
            (None, ..) | (_, _, None) => vec![],
            (Some(how), Reference::Model(reference), Some(sample)) => {
                progress.set_message("comparing the values inside");
                let inside = Inside::of(how, &candidate, reference, &sample.inputs)?;
                let results = inside.compare();
                let wrong = results.iter().find(|result| !result.comparison.passed);
                if let (Some(folder), Some(wrong)) = (&self.bisect, wrong) {
                    reproducer = Some(inside.write_reproducer(&wrong.output, reference, folder)?);
                }
                results
            }
            (Some(_), ..) => return Err(Failure::Misuse("--layers needs a model file as reference".into())),
        };
        progress.finish_and_clear();
        let passed = results.iter().chain(&layers).all(|result| result.comparison.passed);
        let (candidate, reference) = (self.candidate.clone(), self.against.clone());
        let report = Report { candidate, reference, metric: self.metric, results, layers, reproducer, passed };
        if let Some(path) = &self.junit {
            write_text(path, &junit(&report)?)?;
        }
        output.result(&report, || summary(&report))?;
        verdict(&report)
    }

    fn model(&self, path: &Path) -> Result<Model, Failure> {
        if !path.is_file() {
            return Err(Failure::Misuse(format!("`{}` does not exist or is no file", path.display())));
        }
        let agent = || Agent::find().map_err(Failure::failed);
        let config = SessionConfig { threads: self.threads, ..SessionConfig::default() };
        let engine: Box<dyn Engine> = match path.extension().and_then(|ending| ending.to_str()) {
            Some("mnn") => Box::new(NativeEngine::mnn(agent()?, config)),
            Some("onnx") => match (self.engine, onnxruntime::find()) {
                // ONNX Runtime does not show what is inside.
                (None, _) if self.layers.is_some() || self.bisect.is_some() => Box::new(Rten::new()),
                (Some(EngineArg::Rten), _) | (None, None) => Box::new(Rten::new()),
                (_, Some(library)) => Box::new(NativeEngine::onnxruntime(agent()?, config, library)),
                (Some(EngineArg::Ort), None) => {
                    let how = "set ORT_DYLIB_PATH or install Python's onnxruntime";
                    return Err(Failure::Failed(format!("ONNX Runtime is not here: {how}")));
                }
            },
            _ => {
                let expected = "expected a file that ends in .mnn or .onnx";
                return Err(Failure::Misuse(format!("`{}`: {expected}", path.display())));
            }
        };
        let listing = match path.extension() {
            Some(ending) if ending == "mnn" => {
                let bytes =
                    fs::read(path).map_err(|error| Failure::Misuse(format!("`{}`: {error}", path.display())))?;
                listing::mnn(&bytes).map_err(|error| Failure::Misuse(format!("`{}`: {error}", path.display())))?
            }
            _ => listing::onnx(path).map_err(Failure::misuse)?,
        };
        let returned: HashSet<_> = listing.outputs.into_iter().map(|output| output.name).collect();
        let results = listing.operators.into_iter().flat_map(|operator| operator.outputs).map(|output| output.name);
        let values = results.filter(|name| !name.is_empty() && !returned.contains(name)).collect();
        Ok(Model { path: path.to_owned(), engine, inputs: listing.inputs, values, format: listing.format })
    }

    fn reference(&self) -> Result<Reference, Failure> {
        if !self.against.is_dir() {
            return self.model(&self.against).map(Reference::Model);
        }
        if Golden::is_in(&self.against) {
            if !self.inputs.is_empty() {
                return Err(Failure::Misuse("the golden folder has inputs of its own: leave out --input".into()));
            }
            return Golden::read(&self.against).map(Reference::Golden).map_err(Failure::misuse);
        }
        if self.inputs.is_empty() {
            let reason = "the folder has expected outputs only: say with --input what they were computed from";
            return Err(Failure::Misuse(reason.into()));
        }
        read_outputs(&self.against).map(Reference::Outputs)
    }

    /// Inputs, and what the reference makes of them.
    fn samples(&self, candidate: &Model, reference: &Reference) -> Result<Vec<Sample>, Failure> {
        if let Reference::Golden(golden) = reference {
            golden.samples.iter().try_for_each(|sample| candidate.expect(golden, &sample.inputs))?;
            return Ok(golden.samples.clone());
        }
        let inputs = match self.inputs.is_empty() {
            true => (0..self.samples).map(|index| candidate.random(self.seed + index)).collect::<Result<_, _>>()?,
            false => vec![candidate.named(&self.inputs)?],
        };
        let sample = |inputs: Vec<NamedTensor>| {
            let outputs = match reference {
                Reference::Model(model) => model.run(&inputs)?,
                Reference::Golden(_) => vec![],
                Reference::Outputs(outputs) => outputs.clone(),
            };
            Ok(Sample { inputs, outputs })
        };
        inputs.into_iter().map(sample).collect()
    }

    fn save(&self, folder: &Path, reference: &Reference, samples: &[Sample]) -> Result<(), Failure> {
        let Reference::Model(model) = reference else {
            return Err(Failure::Misuse("--save-golden needs a model file as reference".into()));
        };
        let golden = model.golden(samples.to_vec())?;
        golden.write(folder).map_err(Failure::misuse)
    }

    fn compare(&self, sample: usize, found: &[NamedTensor], expected: &[NamedTensor]) -> Vec<OutputResult> {
        let tolerance = |expected: &NamedTensor| self.tolerance(expected);
        let parity = compare_outputs(("the candidate", found), ("the reference", expected), tolerance);
        let result = |parity: OutputParity| {
            let OutputParity { output, tolerance, mut comparison, .. } = parity;
            comparison.passed = self.metric.accepts(&comparison, tolerance);
            OutputResult { output, sample, tolerance, comparison }
        };
        parity.into_iter().map(result).collect()
    }

    /// What the user says of the output, of all outputs, or nothing.
    fn tolerance(&self, expected: &NamedTensor) -> Tolerance {
        if let Some((_, own)) = self.tolerances.iter().find(|(output, _)| *output == expected.name) {
            return *own;
        }
        match (self.atol, self.rtol) {
            (None, None) => Tolerance::of_largest(&expected.tensor, FREE),
            (atol, rtol) => Tolerance { atol: atol.unwrap_or(0.0), rtol: rtol.unwrap_or(0.0) },
        }
    }
}

impl Metric {
    /// NaN is never small.
    fn accepts(self, comparison: &Comparison, tolerance: Tolerance) -> bool {
        let small = |number: f64| comparison.problem.is_none() && number <= tolerance.atol;
        match self {
            Metric::Elementwise => comparison.passed,
            Metric::Max => small(comparison.max_abs),
            Metric::Mean => small(comparison.mean_abs),
            Metric::Median => small(comparison.median_abs),
            Metric::Cosine => small(1.0 - comparison.cosine),
        }
    }
}

impl Model {
    fn run(&self, inputs: &[NamedTensor]) -> Result<Vec<NamedTensor>, Failure> {
        self.engine.run(&self.path, inputs).map_err(Failure::failed)
    }

    fn run_inside(&self, inputs: &[NamedTensor], names: &[String]) -> Result<Run, Failure> {
        self.engine.run_inside(&self.path, inputs, names).map_err(Failure::failed)
    }

    /// The model with inputs in place of the given values, as bytes, and all of its inputs.
    fn isolate(&self, inputs: &[NamedTensor], given: &[NamedTensor]) -> Result<(Vec<u8>, Vec<NamedTensor>), Failure> {
        let shown = self.path.display();
        if !self.format.ends_with("by edgeconv") {
            let reason = "values can be isolated only in .mnn files that edgeconv wrote";
            return Err(Failure::Misuse(format!("`{shown}` is {}: {reason}", self.format)));
        }
        let bytes = fs::read(&self.path).map_err(|error| Failure::Misuse(format!("`{shown}`: {error}")))?;
        let values: Vec<_> = given.iter().map(|value| (value.name.clone(), value.tensor.ty())).collect();
        let isolated = mnn::isolate(&bytes, &values).map_err(|error| Failure::Misuse(format!("`{shown}`: {error}")))?;
        let stand_in = |(name, input): &(String, String)| {
            let value = given.iter().find(|value| value.name == *name)?;
            Some(NamedTensor { name: input.clone(), tensor: value.tensor.clone() })
        };
        let inputs = inputs.iter().cloned().chain(isolated.inputs.iter().filter_map(stand_in)).collect();
        Ok((isolated.bytes, inputs))
    }

    /// Samples that this model has computed.
    fn golden(&self, samples: Vec<Sample>) -> Result<Golden, Failure> {
        let unreadable = |error: std::io::Error| Failure::Misuse(format!("`{}`: {error}", self.path.display()));
        Ok(Golden { model: name(&self.path), sha256: sha256(&self.path).map_err(unreadable)?, samples })
    }

    fn random(&self, seed: u64) -> Result<Vec<NamedTensor>, Failure> {
        let random = |port: &Port| {
            let ty: TensorType = port.ty.parse().map_err(|_| {
                Failure::Misuse(format!(
                    "input `{}` of `{}` is {}, which is no fixed shape: give it with --input {}=X.npy",
                    port.name,
                    self.path.display(),
                    if port.ty.is_empty() { "of unknown type" } else { &port.ty },
                    port.name
                ))
            })?;
            Ok(NamedTensor { name: port.name.clone(), tensor: input::random_of(&ty, seed) })
        };
        self.inputs.iter().map(random).collect()
    }

    /// The tensors for `NAME=X.npy`, or for `X.npy` where there is one input.
    fn named(&self, arguments: &[String]) -> Result<Vec<NamedTensor>, Failure> {
        let names = || self.inputs.iter().map(|port| port.name.as_str()).collect::<Vec<_>>().join(", ");
        let read = |argument: &String| {
            let (name, path) = match (parse_value(argument), self.inputs.as_slice()) {
                (Ok(named), _) => named,
                (Err(_), [only]) => (only.name.clone(), argument.into()),
                (Err(_), _) => {
                    let shown = self.path.display();
                    return Err(Failure::Misuse(format!(
                        "`{shown}` has the inputs {}: give each as NAME=X.npy",
                        names()
                    )));
                }
            };
            if !self.inputs.iter().any(|port| port.name == name) {
                let shown = self.path.display();
                return Err(Failure::Misuse(format!("`{shown}` has no input `{name}`, it has: {}", names())));
            }
            Ok(NamedTensor { name, tensor: input::read_any(&path).map_err(Failure::misuse)? })
        };
        let given = arguments.iter().map(read).collect::<Result<Vec<_>, Failure>>()?;
        let given_names: HashSet<_> = given.iter().map(|given| given.name.as_str()).collect();
        match self.inputs.iter().find(|port| !given_names.contains(port.name.as_str())) {
            Some(missing) => Err(Failure::Misuse(format!("--input for `{}` is missing", missing.name))),
            None => Ok(given),
        }
    }

    /// Refuses the inputs of another model.
    fn expect(&self, golden: &Golden, inputs: &[NamedTensor]) -> Result<(), Failure> {
        let fits = |port: &Port| {
            let input = inputs.iter().find(|input| input.name == port.name);
            input.is_some_and(|input| port.ty.parse().map_or(true, |ty: TensorType| ty == input.tensor.ty()))
        };
        if inputs.len() == self.inputs.len() && self.inputs.iter().all(fits) {
            return Ok(());
        }
        let show = |name: &str, ty: String| format!("`{name}` {ty}");
        let has: Vec<_> = self.inputs.iter().map(|port| show(&port.name, port.ty.clone())).collect();
        let given: Vec<_> = inputs.iter().map(|input| show(&input.name, input.tensor.ty().to_string())).collect();
        Err(Failure::Misuse(format!(
            "the golden folder was made from another model, `{}` (SHA-256 {}): its inputs are {}, those of `{}` are {}",
            golden.model,
            golden.sha256,
            given.join(", "),
            self.path.display(),
            has.join(", ")
        )))
    }
}

/// Values inside of two models that have the same names.
struct Inside {
    how: Layers,
    /// Those of the candidate, in order of computation.
    found: Vec<NamedTensor>,
    expected: Vec<NamedTensor>,
    /// The candidate with inputs in place of computed values, and these inputs.
    isolated: Option<(Vec<u8>, Vec<NamedTensor>)>,
}

impl Inside {
    /// Runs both models. Isolated, the outputs are among the values.
    fn of(how: Layers, candidate: &Model, reference: &Model, inputs: &[NamedTensor]) -> Result<Self, Failure> {
        let known: HashSet<_> = reference.values.iter().collect();
        let names: Vec<_> = candidate.values.iter().filter(|name| known.contains(name)).cloned().collect();
        if names.is_empty() {
            let (candidate, reference) = (candidate.path.display(), reference.path.display());
            let reason = format!("`{candidate}` has no value inside with a name that `{reference}` has");
            return Err(Failure::Misuse(format!("{reason}: was it made from that file?")));
        }
        let run = reference.run_inside(inputs, &names)?;
        if how == Layers::Free {
            let found = candidate.run_inside(inputs, &names)?.inside;
            return Ok(Self { how, found, expected: run.inside, isolated: None });
        }
        let (bytes, inputs) = candidate.isolate(inputs, &run.inside)?;
        let file = tempfile::Builder::new().suffix(".mnn").tempfile().map_err(Failure::failed)?;
        fs::write(file.path(), &bytes).map_err(Failure::failed)?;
        let outputs = candidate.engine.run(file.path(), &inputs).map_err(Failure::failed)?;
        let in_order = names.iter().chain(run.outputs.iter().map(|output| &output.name));
        let found = in_order.filter_map(|name| outputs.iter().find(|output| output.name == *name).cloned()).collect();
        let expected = [run.inside, run.outputs].concat();
        Ok(Self { how, found, expected, isolated: Some((bytes, inputs)) })
    }

    fn compare(&self) -> Vec<OutputResult> {
        let share = if self.how == Layers::Free { FREE } else { ISOLATED };
        let result = |found: &NamedTensor| {
            let expected = self.expected.iter().find(|expected| expected.name == found.name)?;
            let tolerance = Tolerance::of_largest(&expected.tensor, share);
            // MNN's own converter makes [rows, C, 1, 1] of what linear layers compute.
            let reshaped = found.tensor.reshape(expected.tensor.shape());
            let comparison = compare(reshaped.as_ref().unwrap_or(&found.tensor), &expected.tensor, tolerance);
            Some(OutputResult { output: found.name.clone(), sample: 0, tolerance, comparison })
        };
        self.found.iter().filter_map(result).collect()
    }

    /// Writes the part of the candidate that computes a value, with its inputs and the expected result.
    fn write_reproducer(&self, value: &str, reference: &Model, folder: &Path) -> Result<PathBuf, Failure> {
        let Some((bytes, inputs)) = &self.isolated else { return Ok(folder.to_owned()) };
        let damaged = |error: String| Failure::Failed(format!("what computes `{value}` can't be read: {error}"));
        let part = mnn::extract(bytes, value).map_err(|error| damaged(error.to_string()))?;
        let listing = listing::mnn(&part).map_err(|error| damaged(error.to_string()))?;
        let used: HashSet<_> = listing.inputs.into_iter().map(|port| port.name).collect();
        let inputs = inputs.iter().filter(|input| used.contains(&input.name)).cloned().collect();
        let outputs = self.expected.iter().filter(|expected| expected.name == value).cloned().collect();
        fs::create_dir(folder).map_err(|error| unwritable(folder, &error))?;
        fs::write(folder.join("reproducer.mnn"), part).map_err(|error| not_written(folder, &error))?;
        let golden = reference.golden(vec![Sample { inputs, outputs }])?;
        golden.write(&folder.join("golden")).map_err(Failure::misuse)?;
        Ok(folder.to_owned())
    }
}

/// The tensors of a folder, named like the files.
fn read_outputs(folder: &Path) -> Result<Vec<NamedTensor>, Failure> {
    let unreadable = |error: std::io::Error| Failure::Misuse(format!("`{}`: {error}", folder.display()));
    let mut outputs = vec![];
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|ending| ending == "npy") {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            outputs.push(NamedTensor { name, tensor: input::read_any(&path).map_err(Failure::misuse)? });
        }
    }
    if outputs.is_empty() {
        return Err(Failure::Misuse(format!("`{}` has no .npy files", folder.display())));
    }
    outputs.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(outputs)
}

/// What is wrong with an output, in a few words.
fn fault(result: &OutputResult) -> String {
    let comparison = &result.comparison;
    let worst = comparison.worst.as_ref();
    match (&comparison.problem, worst) {
        _ if comparison.passed => "passed".to_owned(),
        (Some(problem), _) => problem.clone(),
        (None, Some(worst)) => {
            let nan = if comparison.nan > 0 { format!("{} NaN, ", comparison.nan) } else { String::new() };
            let (index, found, expected) = (&worst.index, worst.found, worst.expected);
            format!("{nan}{} elements differ, worst {index:?}: {found:e}, expected {expected:e}", comparison.failed)
        }
        (None, None) => "FAILED".to_owned(),
    }
}

fn summary(report: &Report) -> String {
    let row = |result: &OutputResult| {
        let comparison = &result.comparison;
        vec![
            result.output.clone(),
            (result.sample + 1).to_string(),
            format!("{:.2e}", comparison.max_abs),
            format!("{:.2e}", comparison.mean_abs),
            format!("{:.2e}", comparison.median_abs),
            format!("{:.2e}", comparison.max_rel),
            format!("{:.9}", comparison.cosine),
            format!("{:.1}", comparison.psnr),
            fault(result),
        ]
    };
    let header = ["output", "sample", "max abs", "mean abs", "median", "max rel", "cosine", "PSNR dB", "result"];
    let outputs = table(&header, report.results.iter().map(row)).to_string();
    if report.layers.is_empty() {
        return outputs;
    }
    // Those with the largest error for their size, in order of computation.
    let share =
        |result: &OutputResult| result.comparison.max_abs / result.comparison.max_expected.max(f64::MIN_POSITIVE);
    let mut worst: Vec<_> = report.layers.iter().enumerate().collect();
    worst.sort_by(|(_, a), (_, b)| share(b).total_cmp(&share(a)));
    worst.truncate(SHOWN);
    worst.sort_by_key(|&(index, _)| index);
    let first = report.layers.iter().find(|layer| !layer.comparison.passed);
    let first =
        first.map_or("all agree".to_owned(), |layer| format!("the first that does not agree: `{}`", layer.output));
    let shown = table(&header, worst.into_iter().map(|(_, layer)| row(layer)));
    let reproducer = report.reproducer.as_ref().map_or(String::new(), |folder| {
        let folder = folder.display();
        format!("\nsee it alone: edgeconv check {folder}/reproducer.mnn --against {folder}/golden")
    });
    format!(
        "{outputs}\n{} values inside compared, {first}; the worst of them:\n{shown}{reproducer}",
        report.layers.len()
    )
}

fn verdict(report: &Report) -> Result<(), Failure> {
    let all = report.layers.iter().chain(&report.results);
    let failed: Vec<_> = all.filter(|result| !result.comparison.passed).collect();
    let Some(first) = failed.first() else { return Ok(()) };
    let Tolerance { atol, rtol } = first.tolerance;
    Err(Failure::Failed(format!(
        "{} of {} comparisons failed, first `{}` of sample {}: {} (allowed: {atol:.1e} absolute, {rtol:.1e} relative)",
        failed.len(),
        report.layers.len() + report.results.len(),
        first.output,
        first.sample + 1,
        fault(first)
    )))
}

/// A test suite with a case for each output of each sample.
fn junit(report: &Report) -> Result<String, Failure> {
    let mut suite = TestSuite::new(report.candidate.display().to_string());
    for result in &report.results {
        let status = if result.comparison.passed {
            TestCaseStatus::success()
        } else {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message(fault(result));
            status
        };
        let mut case = TestCase::new(format!("{} (sample {})", result.output, result.sample + 1), status);
        case.set_classname(report.reference.display().to_string());
        suite.add_test_case(case);
    }
    let mut document = quick_junit::Report::new("edgeconv check");
    document.add_test_suite(suite);
    document.to_string().map_err(Failure::failed)
}

/// `OUTPUT=1e-3` or `OUTPUT=1e-3,1e-4`.
fn parse_tolerance(text: &str) -> Result<(String, Tolerance), String> {
    let expected = || "expected OUTPUT=ATOL or OUTPUT=ATOL,RTOL such as boxes=1e-3".to_owned();
    let (output, numbers) = text.rsplit_once('=').ok_or_else(expected)?;
    let (atol, rtol) = numbers.split_once(',').unwrap_or((numbers, "0"));
    let parse = |text: &str| text.parse::<f64>().ok().filter(|number| *number >= 0.0).ok_or_else(expected);
    Ok((output.to_owned(), Tolerance { atol: parse(atol)?, rtol: parse(rtol)? }))
}
