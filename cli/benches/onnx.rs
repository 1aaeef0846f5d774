//! ONNX files from elsewhere, such as those of `scripts/export-models.py`: whether they convert, how far MNN's outputs are from
//! ONNX Runtime's, how many operators MNN runs, and how long that takes in terms of the file that MNN's own converter makes,
//! on the same MNN, one run of each in turn.
//!
//! `cargo bench -p edgeconv --bench onnx -- FOLDER [MODEL…] [--runs N]`; without a folder, EDGECONV_ONNX_MODELS names it. Needs
//! ONNX Runtime (ORT_DYLIB_PATH). Prints a Markdown table. What MNN's converter made is kept beside the ONNX files.
//! Exit code 1 if a file does not convert or an output is wrong.

mod support;

use std::path::{Path, PathBuf};

use edgeconv_agent::{Engine as Kind, SessionConfig, Task};
use edgeconv_converter::{mnn, onnx};
use edgeconv_validate::compare::{Tolerance, compare_outputs};
use edgeconv_validate::engine::{Agent, Engine, NamedTensor, NativeEngine, onnxruntime};
use edgeconv_validate::input;
use edgeconv_validate::latency::Ratio;
use support::{Arguments, Result, convert, number, stock_convert};

/// Largest error of an output in terms of that output's largest element.
const TOLERANCE: f64 = 1e-3;

/// Processes among which the runs are divided: memory lies elsewhere in each.
const ROUNDS: usize = 2;

fn main() -> Result<()> {
    let (folder, arguments) = Arguments::parse("20").after_folder("EDGECONV_ONNX_MODELS")?;
    let bench = Bench::new(arguments.runs.parse()?)?;
    println!("| model | M MACs | operators, MNN's converter | error, MNN's converter | time, 1 thread |");
    println!("|---|---|---|---|---|");
    let (mut ratios, mut wrong) = (vec![], vec![]);
    for file in files(&folder)?.iter().filter(|file| arguments.wants(&name(file))) {
        match bench.row(file) {
            Ok(row) => {
                println!("| {} | {row} |", name(file));
                ratios.extend(row.ratio.map(|ratio| ratio.median));
                wrong.extend((row.error.is_nan() || row.error > TOLERANCE).then(|| name(file)));
            }
            Err(error) => {
                println!("| {} | {error} | | | |", name(file));
                wrong.push(name(file));
            }
        }
    }
    ratios.sort_by(f64::total_cmp);
    if let Some(median) = ratios.get(ratios.len() / 2) {
        println!("\nTime of {} files in terms of MNN's converter: median {median:.2}", ratios.len());
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("not converted, or wrong: {}", wrong.join(", ")).into()) }
}

/// The ONNX files of a folder by name.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = vec![];
    for entry in std::fs::read_dir(folder).map_err(|error| format!("`{}`: {error}", folder.display()))? {
        files.push(entry?.path());
    }
    files.retain(|file| file.extension().is_some_and(|ending| ending == "onnx"));
    files.sort();
    Ok(files)
}

fn name(file: &Path) -> String {
    file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// What is measured of one file.
struct Row {
    macs: f64,
    operators: [Option<usize>; 2],
    error: f64,
    stock_error: f64,
    ratio: Option<Ratio>,
}

impl std::fmt::Display for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [operators, stock] = self.operators.map(|count| count.map_or("–".to_owned(), |count| count.to_string()));
        let ratio = |Ratio { median, low, high }: Ratio| format!("{median:.2} ({low:.2}–{high:.2})");
        let ratio = self.ratio.map_or("–".to_owned(), ratio);
        let (macs, error, stock_error) = (self.macs / 1e6, self.error, self.stock_error);
        write!(f, "{macs:.0} | {operators}, {stock} | {error:.1e}, {stock_error:.1e} | {ratio}")
    }
}

struct Bench {
    agent: Agent,
    mnn: NativeEngine,
    onnxruntime: NativeEngine,
    runs: usize,
}

impl Bench {
    fn new(runs: usize) -> Result<Self> {
        let library = onnxruntime::find().ok_or("needs ONNX Runtime: set ORT_DYLIB_PATH")?;
        let (agent, config) = (Agent::find()?, SessionConfig::default());
        let mnn = NativeEngine::mnn(agent.clone(), config);
        let onnxruntime = NativeEngine::onnxruntime(agent.clone(), config, library);
        Ok(Self { agent, mnn, onnxruntime, runs })
    }

    fn row(&self, file: &Path) -> Result<Row> {
        let folder = tempfile::tempdir()?;
        let ours = folder.path().join("ours.mnn");
        let report = convert(file, &ours)?;
        let inputs = inputs(file)?;
        let expected = self.onnxruntime.run(file, &inputs)?;
        let error = |file: &Path| Ok::<_, Box<dyn std::error::Error>>(error(&self.mnn.run(file, &inputs)?, &expected));
        let mut row = Row {
            macs: number(&report["macs"]),
            operators: [report["mnn"]["ops"].as_u64().map(|count| count as usize), None],
            error: error(&ours)?,
            stock_error: f64::NAN,
            ratio: None,
        };
        if let Some(stock) = stock(file) {
            row.operators[1] = Some(mnn::histogram(&std::fs::read(&stock)?)?.values().sum());
            match error(&stock) {
                Ok(error) => row.stock_error = error,
                Err(error) => println!("{}: MNN does not run the file of its own converter: {error}", name(file)),
            }
            if !row.stock_error.is_nan() {
                row.ratio = self.ratio(&ours, &stock)?;
            }
        }
        Ok(row)
    }

    /// The time of `ours` in terms of `stock`.
    fn ratio(&self, ours: &Path, stock: &Path) -> Result<Option<Ratio>> {
        let mut samples = [vec![], vec![]];
        for _ in 0..ROUNDS {
            let models = [ours, stock].map(|file| (Kind::Mnn, file.to_owned())).to_vec();
            let task = Task::Bench { models, warmup: 2, runs: self.runs.div_ceil(ROUNDS), profile: false };
            let timings = self.agent.bench(task, SessionConfig::default(), &[])?;
            for (samples, timing) in samples.iter_mut().zip(timings) {
                samples.extend(timing.samples_ms);
            }
        }
        Ok(Ratio::of(&samples[0], &samples[1]))
    }
}

/// The file of MNN's own converter; `None`, with the reason printed, if there is none.
fn stock(file: &Path) -> Option<PathBuf> {
    let stock = std::path::absolute(file.with_extension("stock.mnn")).ok()?;
    if !stock.is_file()
        && let Err(error) = stock_convert(file, &stock)
    {
        println!("{}: MNN's own converter: {error}", name(file));
        return None;
    }
    Some(stock)
}

/// Random values of a file's inputs.
fn inputs(file: &Path) -> Result<Vec<NamedTensor>> {
    let graph = onnx::read(file, &onnx::Inputs::default())?;
    let random = |(seed, &id): (usize, _)| {
        let value = graph.value(id);
        NamedTensor { name: value.name.clone(), tensor: input::random(&value.ty.shape, seed as u64) }
    };
    Ok(graph.inputs().iter().enumerate().map(random).collect())
}

/// The largest error of any output, relative to that output's largest element; NaN if one is missing.
fn error(found: &[NamedTensor], expected: &[NamedTensor]) -> f64 {
    let outputs = compare_outputs(("MNN", found), ("ONNX Runtime", expected), Tolerance::for_output);
    let errors = outputs.iter().map(|output| output.comparison.max_abs / output.comparison.max_expected);
    errors.fold(0.0, |largest, error| if error.is_nan() || error > largest { error } else { largest })
}
