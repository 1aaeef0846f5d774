use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use edgeconv_agent::{Engine, Hints, OpTime, Precision, SessionConfig, Task, Timing};
use edgeconv_validate::engine::{Agent, onnxruntime};
use edgeconv_validate::latency::{Ratio, Summary};
use serde::Serialize;

use crate::failure::Failure;
use crate::output::{Output, table};

/// Measure the latency of model files on this machine
///
/// Several files are measured in one process, one run of each in turn, so that whatever else the machine does hits all alike:
/// trust the ratios. An .onnx file is run by ONNX Runtime, if ORT_DYLIB_PATH or Python's onnxruntime is there.
#[derive(Args)]
#[command(after_help = "Examples:
  edgeconv bench out/edgeformer-s.mnn
  edgeconv bench ours.mnn theirs.mnn --threads 1,2 --runs 200")]
pub struct Bench {
    /// Model files; ratios are to the first one
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Measured runs of each file
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,

    /// Runs before that
    #[arg(long, default_value_t = 10)]
    warmup: u32,

    /// Numbers of threads
    #[arg(long, value_delimiter = ',', default_value = "1", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Vec<u16>,

    /// Arithmetic that MNN may use
    #[arg(long, default_value = "high")]
    precision: PrecisionArg,

    /// MNN's WINOGRAD_MEMORY_LEVEL: 0 no Winograd, 1 its most accurate tiles, 3 all (MNN's default)
    #[arg(long, value_name = "LEVEL", default_value_t = 1, value_parser = clap::value_parser!(u8).range(0..=3))]
    winograd: u8,

    /// Also show the time of each operator type
    #[arg(long)]
    profile: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PrecisionArg {
    High,
    Normal,
    Low,
}

impl From<PrecisionArg> for Precision {
    fn from(precision: PrecisionArg) -> Self {
        match precision {
            PrecisionArg::High => Precision::High,
            PrecisionArg::Normal => Precision::Normal,
            PrecisionArg::Low => Precision::Low,
        }
    }
}

#[derive(Serialize)]
struct Report {
    files: Vec<FileReport>,
    ratios: Vec<RatioReport>,
}

#[derive(Serialize)]
struct FileReport {
    file: PathBuf,
    engine: Engine,
    version: String,
    threads: u16,
    runs: usize,
    mean_ms: f64,
    median_ms: f64,
    p90_ms: f64,
    p99_ms: f64,
    min_ms: f64,
    std_ms: f64,
    memory_mb: Option<f32>,
    samples_ms: Vec<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ops: Vec<OpTime>,
}

#[derive(Serialize)]
struct RatioReport {
    a: PathBuf,
    b: PathBuf,
    threads: u16,
    #[serde(flatten)]
    ratio: Ratio,
}

impl Bench {
    pub fn run(self, output: &Output) -> Result<(), Failure> {
        let progress = output.progress();
        let agent = Agent::find().map_err(Failure::failed)?;
        let models = self.files.iter().map(|file| model(file)).collect::<Result<Vec<_>, Failure>>()?;
        let library = match models.iter().any(|(engine, _)| *engine == Engine::OnnxRuntime) {
            true => Some(onnxruntime::find().ok_or_else(|| {
                Failure::Failed(
                    "an .onnx file needs ONNX Runtime: set ORT_DYLIB_PATH or install Python's onnxruntime".into(),
                )
            })?),
            false => None,
        };
        let variables: Vec<_> = library.iter().map(|path| ("ORT_DYLIB_PATH", path.as_path())).collect();
        let mut report = Report { files: vec![], ratios: vec![] };
        for &threads in &self.threads {
            progress.set_message(format!("measuring with {threads} threads"));
            let timings = self.measure(&agent, &models, threads, &variables)?;
            for (file, timing) in self.files.iter().zip(&timings).skip(1) {
                let ratio = Ratio::of(&timing.samples_ms, &timings[0].samples_ms);
                let ratio = ratio.ok_or_else(|| Failure::Failed("too few runs for a ratio".into()))?;
                report.ratios.push(RatioReport { a: file.clone(), b: self.files[0].clone(), threads, ratio });
            }
            for (file, timing) in self.files.iter().zip(timings) {
                report.files.push(file_report(file, threads, timing)?);
            }
        }
        progress.finish_and_clear();
        output.result(&report, || summary(&report))
    }

    fn measure(
        &self,
        agent: &Agent,
        models: &[(Engine, PathBuf)],
        threads: u16,
        variables: &[(&str, &Path)],
    ) -> Result<Vec<Timing>, Failure> {
        let hints = Hints { winograd_memory_level: Some(self.winograd) };
        let config = SessionConfig { threads, precision: self.precision.into(), hints, ..SessionConfig::default() };
        let (warmup, runs) = (self.warmup as usize, self.runs as usize);
        let task = Task::Bench { models: models.to_vec(), warmup, runs, profile: self.profile };
        agent.bench(task, config, variables).map_err(Failure::failed)
    }
}

fn model(file: &Path) -> Result<(Engine, PathBuf), Failure> {
    let misuse = |what: &str| Failure::Misuse(format!("`{}`: {what}", file.display()));
    let engine = match file.extension().and_then(|ending| ending.to_str()) {
        Some("mnn") => Engine::Mnn,
        Some("onnx") => Engine::OnnxRuntime,
        _ => return Err(misuse("expected a file that ends in .mnn or .onnx")),
    };
    if !file.is_file() {
        return Err(misuse("does not exist or is no file"));
    }
    // The agent runs in a folder of its own.
    Ok((engine, std::path::absolute(file).map_err(|error| misuse(&error.to_string()))?))
}

fn file_report(file: &Path, threads: u16, timing: Timing) -> Result<FileReport, Failure> {
    let summary = Summary::of(&timing.samples_ms).ok_or_else(|| Failure::Failed("nothing was measured".into()))?;
    Ok(FileReport {
        file: file.to_owned(),
        engine: timing.engine.name,
        version: timing.engine.version,
        threads,
        runs: summary.runs,
        mean_ms: summary.mean,
        median_ms: summary.median,
        p90_ms: summary.p90,
        p99_ms: summary.p99,
        min_ms: summary.min,
        std_ms: summary.std,
        memory_mb: timing.memory_mb,
        samples_ms: timing.samples_ms,
        ops: timing.ops,
    })
}

fn summary(report: &Report) -> String {
    let header = ["file", "threads", "median ms", "mean", "p90", "min", "runs"];
    let row = |file: &FileReport| {
        let number = |ms: f64| format!("{ms:.2}");
        let numbers = [file.median_ms, file.mean_ms, file.p90_ms, file.min_ms].map(number);
        let name = file.file.display().to_string();
        [name, file.threads.to_string()].into_iter().chain(numbers).chain([file.runs.to_string()]).collect()
    };
    let mut parts = vec![table(&header, report.files.iter().map(row)).to_string()];
    for RatioReport { a, b, threads, ratio } in &report.ratios {
        let (a, b, Ratio { median, low, high }) = (a.display(), b.display(), ratio);
        parts.push(format!(
            "{a} takes {median:.3} of the time of {b} at {threads} threads (95 %: {low:.3} to {high:.3})"
        ));
    }
    for file in report.files.iter().filter(|file| !file.ops.is_empty()) {
        parts.push(format!("{} by operator type, {} threads", file.file.display(), file.threads));
        parts.push(profile(&file.ops));
    }
    parts.join("\n")
}

/// Times summed per operator type, longest first.
fn profile(ops: &[OpTime]) -> String {
    let mut types: Vec<(&str, usize, f64)> = vec![];
    for op in ops {
        match types.iter_mut().find(|(name, _, _)| *name == op.op_type) {
            Some((_, count, ms)) => (*count, *ms) = (*count + 1, *ms + op.ms),
            None => types.push((&op.op_type, 1, op.ms)),
        }
    }
    types.sort_by(|a, b| b.2.total_cmp(&a.2));
    let total: f64 = types.iter().map(|(_, _, ms)| ms).sum();
    let row = |&(name, count, ms): &(&str, usize, f64)| {
        vec![name.to_owned(), count.to_string(), format!("{ms:.2}"), format!("{:.1} %", 100.0 * ms / total)]
    };
    table(&["type", "operators", "ms", "share"], types.iter().map(row)).to_string()
}
