//! What was measured.

use std::path::{Path, PathBuf};

use edgeconv_agent::{BenchResult, MNN, OpTime, Timing};
use serde::Serialize;

use super::{BenchError, Peaks, unfitness};
use crate::latency::{Summary, Verdict};
use crate::machine::Fitness;

/// What was measured.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// Each file with each number of threads.
    pub files: Vec<FileReport>,
    /// Each file in terms of the first one.
    pub ratios: Vec<RatioReport>,
    /// The machine.
    pub host: HostReport,
    /// Why the times are not to be trusted.
    pub unfit: Vec<String>,
}

/// The machine, and what made it faster or slower: before the first run, and after the last one where that can change.
#[derive(Debug, Default, Serialize)]
pub struct HostReport {
    /// Processor, as the system names it.
    pub cpu: String,
    /// Instruction set.
    pub machine: String,
    /// Number of cores.
    pub cores: usize,
    /// Version of the kernel.
    pub kernel: String,
    /// Version of MNN; empty if it did not run.
    pub mnn: String,
    /// The instructions that our kernels in MNN are written for, such as `NEON`, if it computed by them.
    pub kernels: Option<String>,
    /// How the frequency is chosen.
    pub governor: Option<String>,
    /// Frequency before the first run.
    pub freq_mhz: Option<f64>,
    /// Frequency after the last one.
    pub freq_mhz_after: Option<f64>,
    /// Temperature before the first run.
    pub temperature_c: Option<f64>,
    /// Temperature after the last one.
    pub temperature_c_after: Option<f64>,
    /// Load before the first run.
    pub load: Option<f64>,
}

/// What was measured of one file with one number of threads.
#[derive(Debug, Serialize)]
pub struct FileReport {
    /// The file.
    #[serde(serialize_with = "edgeconv_agent::path::shown")]
    pub file: PathBuf,
    /// Name of the engine.
    pub engine: String,
    /// Its version.
    pub version: String,
    /// Number of threads.
    pub threads: u16,
    /// Measured runs.
    pub runs: usize,
    /// Processes that they were spread over.
    pub processes: usize,
    /// Runs of a process before measured ones; the most of any process.
    pub warmup: usize,
    /// Mean of the runs.
    pub mean_ms: f64,
    /// Median of the runs.
    pub median_ms: f64,
    /// Their quantile 0.9.
    pub p90_ms: f64,
    /// Their quantile 0.99.
    pub p99_ms: f64,
    /// The fastest run.
    pub min_ms: f64,
    /// Standard deviation of the runs.
    pub std_ms: f64,
    /// Reading the model; medians over the processes.
    pub load_ms: f64,
    /// Creating a session.
    pub session_ms: f64,
    /// The first run.
    pub first_run_ms: f64,
    /// Memory of the session, if the engine says it.
    pub memory_mb: Option<f32>,
    /// Most memory that a process which ran this file alone ever held.
    pub peak_mb: Option<f64>,
    /// Resizing a session of a file with open dimensions to the shapes that were measured; median.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resize_ms: Option<f64>,
    /// The same as `peak_mb` when the session was resized, too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resize_peak_mb: Option<f64>,
    /// Each measured run.
    pub samples_ms: Vec<f64>,
    /// Which process each of them is from.
    pub process: Vec<usize>,
    /// Mean times of the operators, if asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ops: Vec<OpTime>,
}

/// How two files compare.
#[derive(Debug, Serialize)]
pub struct RatioReport {
    /// The file.
    #[serde(serialize_with = "edgeconv_agent::path::shown")]
    pub a: PathBuf,
    /// The first file.
    #[serde(serialize_with = "edgeconv_agent::path::shown")]
    pub b: PathBuf,
    /// Number of threads.
    pub threads: u16,
    /// The time of `a` in terms of that of `b`.
    #[serde(flatten)]
    pub verdict: Verdict,
}

impl Report {
    /// The files with operators, by number of threads.
    pub fn profiled_together(&self) -> Vec<Vec<&FileReport>> {
        let mut together: Vec<Vec<&FileReport>> = vec![];
        for file in self.files.iter().filter(|file| !file.ops.is_empty()) {
            match together.iter_mut().find(|files| files[0].threads == file.threads) {
                Some(files) => files.push(file),
                None => together.push(vec![file]),
            }
        }
        together
    }

    /// Adds what the processes with so many threads measured.
    pub(super) fn add(
        &mut self,
        files: &[PathBuf],
        threads: u16,
        results: &[BenchResult],
        peaks_mb: &[Peaks],
        fit: &Fitness,
    ) -> Result<(), BenchError> {
        for reason in unfitness(results, fit) {
            if !self.unfit.contains(&reason) {
                self.unfit.push(reason);
            }
        }
        self.add_host(results);
        let samples = |index: usize| -> Vec<Vec<f64>> {
            results.iter().map(|result| result.models[index].samples_ms.clone()).collect()
        };
        for (index, file) in files.iter().enumerate() {
            let timings: Vec<_> = results.iter().map(|result| &result.models[index]).collect();
            let warmup = results.iter().map(|result| result.warmup).max().unwrap_or(0);
            self.files
                .push(FileReport::of(file, threads, &timings, warmup, peaks_mb[index]).ok_or(BenchError::Nothing)?);
            if index > 0 {
                let verdict = Verdict::of(&samples(index), &samples(0)).ok_or(BenchError::Nothing)?;
                self.ratios.push(RatioReport { a: file.clone(), b: files[0].clone(), threads, verdict });
            }
        }
        Ok(())
    }

    fn add_host(&mut self, results: &[BenchResult]) {
        let (Some(first), Some(last)) = (results.first(), results.last()) else { return };
        let mnn = first.models.iter().find(|timing| timing.engine.name == MNN);
        let earlier = (!self.host.cpu.is_empty()).then_some(());
        let keep = |old: Option<f64>, new: Option<f64>| if earlier.is_some() { old } else { new };
        self.host = HostReport {
            cpu: first.host.cpu.clone(),
            machine: first.host.machine.clone(),
            cores: first.host.cores,
            kernel: first.host.kernel.clone(),
            mnn: mnn.map(|timing| timing.engine.version.clone()).unwrap_or_default(),
            kernels: mnn.and_then(|timing| timing.engine.kernels.clone()),
            governor: first.before.governor.clone(),
            freq_mhz: keep(self.host.freq_mhz, first.before.freq_mhz),
            freq_mhz_after: last.after.freq_mhz,
            temperature_c: keep(self.host.temperature_c, first.before.temperature_c),
            temperature_c_after: last.after.temperature_c,
            load: keep(self.host.load, first.before.load),
        };
    }
}

impl FileReport {
    /// What the processes measured; `None` if that is nothing.
    fn of(file: &Path, threads: u16, timings: &[&Timing], warmup: usize, peaks_mb: Peaks) -> Option<Self> {
        let samples_ms: Vec<_> = timings.iter().flat_map(|timing| timing.samples_ms.iter().copied()).collect();
        let process = timings.iter().enumerate().flat_map(|(process, timing)| vec![process; timing.samples_ms.len()]);
        let Summary { runs, mean, median, p90, p99, min, std } = Summary::of(&samples_ms)?;
        let median_of = |value: fn(&Timing) -> f64| {
            let mut values: Vec<_> = timings.iter().map(|timing| value(timing)).collect();
            crate::statistics::median(&mut values)
        };
        let mut resizes_ms: Vec<_> = timings.iter().flat_map(|timing| timing.resizes_ms.iter().copied()).collect();
        let first = timings.first()?;
        Some(FileReport {
            file: file.to_owned(),
            engine: first.engine.name.clone(),
            version: first.engine.version.clone(),
            threads,
            runs,
            processes: timings.len(),
            warmup,
            mean_ms: mean,
            median_ms: median,
            p90_ms: p90,
            p99_ms: p99,
            min_ms: min,
            std_ms: std,
            load_ms: median_of(|timing| timing.load_ms)?,
            session_ms: median_of(|timing| timing.session_ms)?,
            first_run_ms: median_of(|timing| timing.first_run_ms)?,
            memory_mb: first.memory_mb,
            peak_mb: peaks_mb.runs,
            resize_ms: crate::statistics::median(&mut resizes_ms),
            resize_peak_mb: peaks_mb.resizes,
            process: process.collect(),
            samples_ms,
            ops: first.ops.clone(),
        })
    }
}
