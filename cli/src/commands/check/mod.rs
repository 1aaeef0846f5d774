mod inside;
mod model;
mod report;

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use edgeconv_validate::compare::{Comparison, OutputParity, Tolerance, compare_outputs};
use edgeconv_validate::engine::NamedTensor;
use edgeconv_validate::golden::{Golden, Sample};
use edgeconv_validate::input;
use serde::Serialize;

use super::writing::write_text;
use crate::failure::Failure;
use crate::output::Output;
use inside::Inside;
use model::Model;
use report::{OutputResult, Report, junit, summary, verdict};

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

/// How far outputs, and values inside where errors add up, may be off, as a share of the largest element: some layers amplify
/// rounding, and later ones damp it.
const FREE: f64 = 1e-3;

/// What the candidate is compared with.
enum Reference {
    Model(Model),
    Golden(Golden),
    /// Outputs only.
    Outputs(Vec<NamedTensor>),
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
        Model::open(path, self.engine, self.layers.is_some() || self.bisect.is_some(), self.threads)
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

/// `OUTPUT=1e-3` or `OUTPUT=1e-3,1e-4`.
fn parse_tolerance(text: &str) -> Result<(String, Tolerance), String> {
    let expected = || "expected OUTPUT=ATOL or OUTPUT=ATOL,RTOL such as boxes=1e-3".to_owned();
    let (output, numbers) = text.rsplit_once('=').ok_or_else(expected)?;
    let (atol, rtol) = numbers.split_once(',').unwrap_or((numbers, "0"));
    let parse = |text: &str| text.parse::<f64>().ok().filter(|number| *number >= 0.0).ok_or_else(expected);
    Ok((output.to_owned(), Tolerance { atol: parse(atol)?, rtol: parse(rtol)? }))
}
