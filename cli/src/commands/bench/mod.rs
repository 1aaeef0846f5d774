mod counts;
mod groups;
mod html;
mod predict;
mod profile;
mod report;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use edgeconv_agent::{Hints, Level, SessionConfig, Settings, Warmup};
use edgeconv_terminal::kernels::KernelsOption;
use edgeconv_validate::bench::BenchError;
use edgeconv_validate::machine::emulated::{Counting, Emulated};
use edgeconv_validate::machine::{Board, Machine};

use super::model_failure;
use super::precision::PrecisionArg;
use super::shapes::parse_input;
use super::writing::{command_line, expect_results, write_text};
use crate::failure::Failure;
use crate::output::Output;
use report::{Report, csv, summary};

/// Measure the latency of model files, here or on a board
///
/// Several files are measured in the same processes, one run of each in turn, so that whatever else the machine does hits all alike:
/// trust the ratios. Runs are spread over several processes, since where a process lies in memory makes it faster or slower as a
/// whole; a difference is shown if a 99 % interval says so, and if it is more than 1 %. An .onnx file is run by ONNX Runtime, if
/// ORT_DYLIB_PATH or Python's onnxruntime is there.
#[derive(Args)]
#[command(after_help = "Examples:
  edgeconv bench out/edgeformer-s.mnn
  edgeconv bench open.mnn --input image=2x3x160x192
  edgeconv bench ours.mnn theirs.mnn --threads 1,2 --runs 200 --html bench.html
  edgeconv bench ours.mnn theirs.mnn --target ssh://pi@board --strict
  edgeconv bench ours.mnn --profile --folded stacks.txt
  edgeconv bench ours.mnn theirs.mnn --target qemu --caches --profile
  edgeconv bench ours.mnn theirs.mnn --target qemu:aarch64 --caches
  edgeconv bench edgeformer-s.mnn mobilevit-s.mnn --protocol paper
  edgeconv bench ours.mnn theirs.mnn --predict rk3288

Exit codes: 0 measured, 1 a model can't be run or, with --strict, the machine was not fit, 2 misuse.")]
pub struct Bench {
    /// Model files; ratios are to the first one
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Shape of an input of files with open dimensions, such as image=2x3x160x192 [default: what the file has]
    #[arg(long = "input", value_name = "NAME=SHAPE", value_parser = parse_input, conflicts_with = "predict")]
    inputs: Vec<(String, Vec<usize>)>,

    /// How it is measured
    #[arg(long, default_value = "default")]
    protocol: Protocol,

    /// Measured runs of each file [default: 100]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    runs: Option<u32>,

    /// Runs before that in each process; more, up to ten times as many, until times are stable [default: 10]
    #[arg(long)]
    warmup: Option<u32>,

    /// Processes that the runs are spread over [default: 5]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    processes: Option<u32>,

    /// Numbers of threads
    #[arg(long, value_delimiter = ',', default_value = "1", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Vec<u16>,

    /// Cores that may be used, such as 0,1 [default: all]
    #[arg(long, value_delimiter = ',', value_name = "CORES")]
    affinity: Vec<usize>,

    /// Arithmetic that MNN may use
    #[arg(long, default_value = "high")]
    precision: PrecisionArg,

    #[command(flatten)]
    kernels: KernelsOption,

    /// How much memory MNN may use
    #[arg(long, default_value = "normal")]
    memory: MemoryArg,

    /// MNN's WINOGRAD_MEMORY_LEVEL: 0 no Winograd, 1 its most accurate tiles, 3 all (MNN's default)
    #[arg(long, value_name = "LEVEL", default_value_t = 1, value_parser = clap::value_parser!(u8).range(0..=3))]
    winograd: u8,

    /// Where: local, ssh://user@host:port, adb:serial, a board of boards.toml, or an emulated processor, of which
    /// instructions are counted and no times are told: qemu (ARMv7), qemu:aarch64 or, with a processor that QEMU knows, qemu:aarch64:max
    #[arg(long, default_value = "local", value_name = "TARGET", value_parser = Board::find)]
    target: Board,

    /// Fail if the machine was not fit: busy, hot, of changing frequency, or with times that do not settle
    #[arg(long)]
    strict: bool,

    /// Also measure each operator: shown by type, by module and for the slowest
    #[arg(long)]
    profile: bool,

    /// With --target qemu…: also simulate the caches of a Cortex-A17 or, on AArch64, of a Cortex-A72
    #[arg(long)]
    caches: bool,

    /// Estimate the latency on a board that is not there instead of measuring, on the scale of those that are published: from what an emulator
    /// counts of instructions and cache misses, or, without one, from the operators
    #[arg(long, value_name = "BOARD", conflicts_with_all = ["target", "csv", "html", "folded", "strict", "profile", "caches"])]
    predict: Option<BoardArg>,

    /// Also write the operators' times as folded stacks, for flame graphs
    #[arg(long, value_name = "FILE", requires = "profile")]
    folded: Option<PathBuf>,

    /// Also write every measured time, or what was counted
    #[arg(long, value_name = "FILE.csv")]
    csv: Option<PathBuf>,

    /// Also write a page with distributions, ratios and operators
    #[arg(long, value_name = "FILE.html")]
    html: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Protocol {
    /// Warm-up until stable, 100 runs in 5 processes, medians
    Default,
    /// EdgeFormer's: 20 runs of warm-up, then 100 in one process, means
    Paper,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum BoardArg {
    /// Rockchip RK3288, Cortex-A17 at 1.8 GHz
    Rk3288,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MemoryArg {
    High,
    Normal,
    Low,
}

impl From<MemoryArg> for Level {
    fn from(memory: MemoryArg) -> Self {
        match memory {
            MemoryArg::High => Level::High,
            MemoryArg::Normal => Level::Normal,
            MemoryArg::Low => Level::Low,
        }
    }
}

/// A process may take as long as it needs, as long as it is not forever.
const LIMIT: Duration = Duration::from_secs(3600);

impl Bench {
    pub fn run(self, output: &Output) -> Result<(), Failure> {
        let results = [("--csv", &self.csv), ("--folded", &self.folded), ("--html", &self.html)];
        expect_results(
            results.map(|(argument, path)| (argument, path.as_deref())),
            self.files.iter().map(PathBuf::as_path),
        )?;
        let progress = output.progress();
        if let Some(board) = self.predict {
            return predict::run(board, &self.files, &self.counting(&Emulated::default()), output);
        }
        if let Machine::Qemu(emulated) = &self.target.machine {
            return self.count(emulated, output);
        }
        if self.caches {
            return Err(Failure::Misuse("--caches are simulated with --target qemu only".into()));
        }
        let measuring = |threads: u16, process: usize| {
            progress.set_message(format!("measuring with {threads} threads, process {}", process + 1));
        };
        let measured = self.bench().run(measuring).map_err(|error| match error {
            BenchError::Model(error) => model_failure(error),
            error => Failure::failed(error),
        })?;
        progress.finish_and_clear();
        let (target, of_paper) = (self.target.machine.to_string(), self.protocol == Protocol::Paper);
        let report = Report { command: command_line(), target, of_paper, measured };
        self.write(&report)?;
        output.result(&report, || summary(&report))?;
        let unfit = &report.measured.unfit;
        match self.strict && !unfit.is_empty() {
            true => Err(Failure::Failed(format!("the machine was not fit: {}", unfit.join("; ")))),
            false => Ok(()),
        }
    }

    /// What the files take on an emulated processor, in instructions.
    fn count(&self, emulated: &Emulated, output: &Output) -> Result<(), Failure> {
        let of_times = [self.folded.is_some(), self.strict, !self.inputs.is_empty()];
        if of_times.contains(&true) || self.threads != [1] {
            let reason = "an emulator measures no times, and counts one thread and the file's size: leave out --folded, --strict, --input and --threads";
            return Err(Failure::Misuse(reason.into()));
        }
        let to = counts::Files { csv: self.csv.as_deref(), html: self.html.as_deref() };
        counts::run(&self.files, &self.counting(emulated), &to, output)
    }

    fn counting(&self, emulated: &Emulated) -> Counting {
        Counting {
            emulated: emulated.clone(),
            config: self.config(),
            caches: self.caches,
            profile: self.profile,
            limit: LIMIT,
        }
    }

    fn config(&self) -> SessionConfig {
        let hints = Hints { winograd_memory_level: Some(self.winograd) };
        let settings = Settings { precision: self.precision.into(), hints };
        SessionConfig {
            memory: self.memory.into(),
            settings,
            kernels: self.kernels.choice(),
            ..SessionConfig::default()
        }
    }

    fn bench(&self) -> edgeconv_validate::bench::Bench {
        let (warmup, runs, processes) = match self.protocol {
            Protocol::Default => (10, 100, 5),
            Protocol::Paper => (20, 100, 1),
        };
        let least = self.warmup.unwrap_or(warmup) as usize;
        let most = if self.protocol == Protocol::Paper { least } else { 10 * least };
        edgeconv_validate::bench::Bench {
            files: self.files.clone(),
            shapes: self.inputs.iter().cloned().collect(),
            board: self.target.clone(),
            config: self.config(),
            threads: self.threads.clone(),
            warmup: Warmup { least, most },
            runs: self.runs.unwrap_or(runs) as usize,
            processes: self.processes.unwrap_or(processes) as usize,
            profile: self.profile,
            cores: self.affinity.clone(),
            limit: LIMIT,
        }
    }

    fn write(&self, report: &Report) -> Result<(), Failure> {
        if let Some(path) = &self.csv {
            write_text(path, &csv(&report.measured))?;
        }
        if let Some(path) = &self.folded {
            write_text(path, &profile::folded(&report.measured))?;
        }
        match &self.html {
            Some(path) => write_text(path, &html::page_of(report)?),
            None => Ok(()),
        }
    }
}
