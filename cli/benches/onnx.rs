//! ONNX files from elsewhere, such as those of `scripts/export-models.py`: whether they convert, how far MNN's outputs are from
//! ONNX Runtime's, how many operators MNN runs, and how long that takes in terms of the file that MNN's own converter makes,
//! on the same MNN, one run of each in turn; where `--rewrite approximate` makes another file, the same for that one.
//!
//! `cargo bench -p edgeconv --bench onnx -- FOLDER [MODEL…] [--runs N]`; without a folder, EDGECONV_ONNX_MODELS names it. Needs
//! ONNX Runtime (ORT_DYLIB_PATH). Prints a Markdown table. What MNN's converter made is kept beside the ONNX files.
//! Exit code 1 if a file does not convert or an output is wrong.

mod support;

use std::path::{Path, PathBuf};

use edgeconv_agent::{BenchModel, SessionConfig, Task, Warmup};
use edgeconv_converter::Conversion;
use edgeconv_converter::source::Interface;
use edgeconv_converter::target::mnn;
use edgeconv_validate::compare::{Tolerance, compare_outputs};
use edgeconv_validate::engine::{Agent, Engine, NamedTensor, NativeEngine, onnxruntime};
use edgeconv_validate::input;
use edgeconv_validate::latency::Ratio;
use support::{Arguments, Result, convert, number, stock_convert};

/// Largest error of an output in terms of that output's largest element.
const TOLERANCE: f64 = 1e-3;

/// Processes among which the runs are divided: memory lies elsewhere in each.
const ROUNDS: usize = 2;

/// Levels of rewriting; the second one is measured where it makes another file.
const LEVELS: [&str; 2] = ["fast", "approximate"];

fn main() -> Result<()> {
    let (Some(folder), arguments) = Arguments::parse("20").after_folder("EDGECONV_ONNX_MODELS") else {
        println!("not measured: no folder of ONNX files was given, nor EDGECONV_ONNX_MODELS");
        return Ok(());
    };
    let bench = Bench::new(arguments.runs.parse()?)?;
    println!("| | | operators | | | error | | | time, 1 thread | |");
    println!("|---|--:|--:|--:|--:|--:|--:|--:|---|---|");
    println!("| model | M MACs | fast | approximate | MNN's | fast | approximate | MNN's | fast | approximate |");
    let (mut ratios, mut wrong) = ([vec![], vec![]], vec![]);
    for file in files(&folder)?.iter().filter(|file| arguments.wants(&name(file))) {
        match bench.row(file) {
            Ok(row) => {
                println!("| {} | {row} |", name(file));
                for (ratios, level) in ratios.iter_mut().zip([&row.fast, row.approximate.as_ref().unwrap_or(&row.fast)])
                {
                    ratios.extend(level.ratio.map(|ratio| ratio.median));
                }
                wrong.extend((row.fast.error.is_nan() || row.fast.error > TOLERANCE).then(|| name(file)));
            }
            Err(error) => {
                println!("| {} | {error} | | | | | | | | |", name(file));
                wrong.push(name(file));
            }
        }
    }
    println!();
    for (mut ratios, level) in ratios.into_iter().zip(LEVELS) {
        ratios.sort_by(f64::total_cmp);
        if let Some(median) = ratios.get(ratios.len() / 2) {
            let above = ratios.iter().filter(|&&ratio| ratio > 1.1).count();
            println!(
                "Time of {} files in terms of MNN's converter, {level}: median {median:.2}, {above} above 1.1",
                ratios.len()
            );
        }
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

/// What is measured of one ONNX file.
struct Row {
    macs: f64,
    fast: Measured,
    approximate: Option<Measured>,
    stock: Option<Measured>,
}

/// What is measured of one MNN file.
struct Measured {
    operators: usize,
    error: f64,
    /// Its time in terms of that of MNN's converter's file.
    ratio: Option<Ratio>,
}

impl std::fmt::Display for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let files = [Some(&self.fast), self.approximate.as_ref(), self.stock.as_ref()];
        let cell = |file: Option<&Measured>, show: &dyn Fn(&Measured) -> Option<String>| {
            file.and_then(show).unwrap_or_else(|| "–".to_owned())
        };
        let operators = files.map(|file| cell(file, &|file| Some(file.operators.to_string()))).join(" | ");
        let errors = files.map(|file| cell(file, &|file| Some(format!("{:.1e}", file.error)))).join(" | ");
        let ratio = |Ratio { median, low, high }: Ratio| format!("{median:.2} ({low:.2}–{high:.2})");
        let times = [files[0], files[1]].map(|file| cell(file, &|file| file.ratio.map(ratio))).join(" | ");
        write!(f, "{:.0} | {operators} | {errors} | {times}", self.macs / 1e6)
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
        let library = onnxruntime::find()?.ok_or("needs ONNX Runtime: set ORT_DYLIB_PATH")?;
        let (agent, config) = (Agent::find()?, SessionConfig::default());
        let mnn = NativeEngine::mnn(agent.clone(), config);
        let onnxruntime = NativeEngine::onnxruntime(agent.clone(), config, library);
        Ok(Self { agent, mnn, onnxruntime, runs })
    }

    fn row(&self, file: &Path) -> Result<Row> {
        let folder = tempfile::tempdir()?;
        let [fast, approximate] = LEVELS.map(|level| folder.path().join(format!("{level}.mnn")));
        let macs = number(&convert(file, &fast, LEVELS[0])?["macs"]);
        convert(file, &approximate, LEVELS[1])?;
        let differs = std::fs::read(&fast)? != std::fs::read(&approximate)?;
        let inputs = inputs(file)?;
        let expected = self.onnxruntime.run(file, &inputs)?;
        let measured = |file: &Path| -> Result<Measured> {
            let operators = mnn::histogram(&std::fs::read(file)?)?.values().sum();
            Ok(Measured { operators, error: error(&self.mnn.run(file, &inputs)?, &expected), ratio: None })
        };
        let mut row = Row { macs, fast: measured(&fast)?, approximate: None, stock: None };
        if differs {
            row.approximate = Some(measured(&approximate)?);
        }
        let Some(stock) = stock(file) else { return Ok(row) };
        match measured(&stock) {
            Ok(measured) => row.stock = Some(measured),
            Err(error) => {
                println!("{}: MNN does not run the file of its own converter: {error}", name(file));
                return Ok(row);
            }
        }
        let mut models = vec![stock, fast];
        models.extend(differs.then_some(approximate));
        let ratios = self.ratios(&models)?;
        row.fast.ratio = ratios[0];
        if let Some(approximate) = &mut row.approximate {
            approximate.ratio = ratios[1];
        }
        Ok(row)
    }

    /// The times of all but the first model in terms of the first one's.
    fn ratios(&self, models: &[PathBuf]) -> Result<Vec<Option<Ratio>>> {
        let mut samples = vec![vec![]; models.len()];
        for _ in 0..ROUNDS {
            let models = models.iter().map(BenchModel::mnn).collect();
            let task = Task::bench(models, Warmup::exactly(2), self.runs.div_ceil(ROUNDS));
            let timings = self.agent.bench(task, SessionConfig::default(), &[])?.models;
            for (samples, timing) in samples.iter_mut().zip(timings) {
                samples.extend(timing.samples_ms);
            }
        }
        Ok(samples[1..].iter().map(|times| Ratio::of(times, &samples[0])).collect())
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
    let conversion = Conversion::open(file)?.fix(&Interface::default())?;
    let graph = conversion.graph();
    let random = |(seed, &id): (usize, _)| {
        let value = graph.value(id);
        NamedTensor { name: value.name.clone(), tensor: input::random(&value.ty.shape, seed as u64) }
    };
    Ok(graph.inputs().iter().enumerate().map(random).collect())
}

/// The largest error of any output, relative to that output's largest element; NaN if one is missing.
fn error(found: &[NamedTensor], expected: &[NamedTensor]) -> f64 {
    let outputs =
        compare_outputs(("MNN", found), ("ONNX Runtime", expected), |expected| Tolerance::for_output(&expected.tensor));
    let errors = outputs.iter().map(|output| output.comparison.max_abs / output.comparison.max_expected);
    errors.fold(0.0, |largest, error| if error.is_nan() || error > largest { error } else { largest })
}
