//! What was measured, for people and scripts.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use edgeconv_agent::{BenchResult, Engine, OpTime};
use edgeconv_validate::latency::{Difference, Ratio, Summary, Verdict};
use edgeconv_vision::report_of;
use serde::{Deserialize, Serialize};

use super::groups::SHOWN;
use super::profile;
use crate::failure::Failure;
use crate::output::table;

#[derive(Debug, Serialize)]
pub(super) struct Report {
    /// What was called, to be called again.
    pub(super) command: Vec<String>,
    pub(super) target: String,
    /// Whether it was measured as EdgeFormer's authors did.
    pub(super) of_paper: bool,
    pub(super) files: Vec<FileReport>,
    pub(super) ratios: Vec<RatioReport>,
    pub(super) host: HostReport,
    /// Why the times are not to be trusted.
    pub(super) unfit: Vec<String>,
}

/// The machine, and what made it faster or slower: before the first run, and after the last one where that can change.
#[derive(Debug, Default, Serialize)]
pub(super) struct HostReport {
    pub(super) cpu: String,
    pub(super) machine: String,
    pub(super) cores: usize,
    pub(super) kernel: String,
    pub(super) mnn: String,
    pub(super) governor: Option<String>,
    pub(super) freq_mhz: Option<f64>,
    pub(super) freq_mhz_after: Option<f64>,
    pub(super) temperature_c: Option<f64>,
    pub(super) temperature_c_after: Option<f64>,
    pub(super) load: Option<f64>,
}

#[derive(Debug, Serialize)]
pub(super) struct FileReport {
    pub(super) file: PathBuf,
    engine: Engine,
    version: String,
    pub(super) threads: u16,
    runs: usize,
    processes: usize,
    warmup: usize,
    mean_ms: f64,
    pub(super) median_ms: f64,
    p90_ms: f64,
    p99_ms: f64,
    min_ms: f64,
    std_ms: f64,
    /// Reading the model; medians over the processes.
    load_ms: f64,
    /// Creating a session.
    session_ms: f64,
    first_run_ms: f64,
    memory_mb: Option<f32>,
    /// Most memory that a process which ran this file alone ever held.
    peak_mb: Option<f64>,
    pub(super) samples_ms: Vec<f64>,
    /// Which process each sample is from.
    process: Vec<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) ops: Vec<OpTime>,
}

#[derive(Debug, Serialize)]
pub(super) struct RatioReport {
    pub(super) a: PathBuf,
    pub(super) b: PathBuf,
    pub(super) threads: u16,
    #[serde(flatten)]
    pub(super) verdict: Verdict,
}

impl Report {
    pub(super) fn new(target: String, of_paper: bool) -> Self {
        let command = std::env::args().collect();
        Self { command, target, of_paper, files: vec![], ratios: vec![], host: HostReport::default(), unfit: vec![] }
    }

    /// The files with operators, by number of threads.
    pub(super) fn profiled_together(&self) -> Vec<Vec<&FileReport>> {
        let mut together: Vec<Vec<&FileReport>> = vec![];
        for file in self.files.iter().filter(|file| !file.ops.is_empty()) {
            match together.iter_mut().find(|files| files[0].threads == file.threads) {
                Some(files) => files.push(file),
                None => together.push(vec![file]),
            }
        }
        together
    }

    pub(super) fn add_host(&mut self, results: &[BenchResult]) {
        let (Some(first), Some(last)) = (results.first(), results.last()) else { return };
        let mnn = first.models.iter().find(|timing| timing.engine.name == Engine::Mnn);
        let earlier = (!self.host.cpu.is_empty()).then_some(());
        let keep = |old: Option<f64>, new: Option<f64>| if earlier.is_some() { old } else { new };
        self.host = HostReport {
            cpu: first.host.cpu.clone(),
            machine: first.host.machine.clone(),
            cores: first.host.cores,
            kernel: first.host.kernel.clone(),
            mnn: mnn.map(|timing| timing.engine.version.clone()).unwrap_or_default(),
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
    /// What all processes say of the file with this index.
    pub(super) fn of(
        file: &Path,
        threads: u16,
        index: usize,
        results: &[BenchResult],
        peak_mb: Option<f64>,
    ) -> Result<Self, Failure> {
        let nothing = || Failure::Failed("nothing was measured".into());
        let timings: Vec<_> = results.iter().map(|result| &result.models[index]).collect();
        let samples_ms: Vec<_> = timings.iter().flat_map(|timing| timing.samples_ms.iter().copied()).collect();
        let process = timings.iter().enumerate().flat_map(|(process, timing)| vec![process; timing.samples_ms.len()]);
        let summary = Summary::of(&samples_ms).ok_or_else(nothing)?;
        let median = |value: fn(&edgeconv_agent::Timing) -> f64| {
            let values: Vec<_> = timings.iter().map(|timing| value(timing)).collect();
            Summary::of(&values).map(|summary| summary.median).ok_or_else(nothing)
        };
        let first = timings.first().ok_or_else(nothing)?;
        Ok(FileReport {
            file: file.to_owned(),
            engine: first.engine.name,
            version: first.engine.version.clone(),
            threads,
            runs: summary.runs,
            processes: results.len(),
            warmup: results.iter().map(|result| result.warmup).max().unwrap_or(0),
            mean_ms: summary.mean,
            median_ms: summary.median,
            p90_ms: summary.p90,
            p99_ms: summary.p99,
            min_ms: summary.min,
            std_ms: summary.std,
            load_ms: median(|timing| timing.load_ms)?,
            session_ms: median(|timing| timing.session_ms)?,
            first_run_ms: median(|timing| timing.first_run_ms)?,
            memory_mb: first.memory_mb,
            peak_mb,
            process: process.collect(),
            samples_ms,
            ops: first.ops.clone(),
        })
    }
}

/// The numbers of each file.
pub(super) const HEADER: [&str; 12] =
    ["file", "threads", "median ms", "mean", "p90", "p99", "min", "std", "load", "session", "first run", "peak MB"];

/// A file's numbers as text.
pub(super) fn cells(file: &FileReport) -> Vec<String> {
    let times = [file.median_ms, file.mean_ms, file.p90_ms, file.p99_ms, file.min_ms, file.std_ms];
    let once = [file.load_ms, file.session_ms, file.first_run_ms];
    let names = [file.file.display().to_string(), file.threads.to_string()];
    let numbers = times.into_iter().chain(once).map(|ms| format!("{ms:.2}"));
    let peak = file.peak_mb.map_or("-".into(), |megabytes| format!("{megabytes:.1}"));
    names.into_iter().chain(numbers).chain([peak]).collect()
}

/// The table of EdgeFormer's paper: sizes as the export's report beside a model says them, means, and speed-ups over the first file.
pub(super) fn paper(report: &Report) -> String {
    let size = |file: &FileReport| {
        let exported = std::fs::read(report_of(&file.file)).ok();
        exported.and_then(|json| serde_json::from_slice::<Size>(&json).ok())
    };
    let row = |file: &FileReport| {
        let millions = |number: Option<u64>| number.map_or("-".into(), |number| format!("{:.1}", number as f64 / 1e6));
        let size = size(file);
        let first = report.files.iter().find(|first| first.threads == file.threads).map_or(file, |first| first);
        vec![
            file.file.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            file.threads.to_string(),
            millions(size.as_ref().map(|size| size.parameters)),
            millions(size.as_ref().map(|size| size.macs)),
            format!("{:.1}", file.mean_ms),
            format!("{:+.0} %", 100.0 * (first.mean_ms / file.mean_ms - 1.0)),
        ]
    };
    let header = ["model", "threads", "parameters (M)", "MACs (M)", "mean of 100 runs (ms)", "speed-up"];
    table(&header, report.files.iter().map(row)).to_string()
}

/// What the report of an export says of the model's size.
#[derive(Deserialize)]
struct Size {
    parameters: u64,
    macs: u64,
}

/// What can be said of two files.
pub(super) fn sentence(report: &RatioReport) -> String {
    let RatioReport { a, b, threads, verdict: Verdict { ratio: Ratio { median, low, high }, verdict } } = report;
    let verdict = match verdict {
        Difference::Faster => "faster",
        Difference::Slower => "slower",
        Difference::NoneShown => "no difference shown",
    };
    let (a, b) = (a.display(), b.display());
    format!("{verdict}: {a} takes {median:.3} of the time of {b} at {threads} threads (99 %: {low:.3} to {high:.3})")
}

/// The machine in one line.
pub(super) fn host(report: &Report) -> String {
    let HostReport { cpu, machine, cores, kernel, mnn, governor, freq_mhz, temperature_c, load, .. } = &report.host;
    let mut parts = vec![format!("{cpu} ({machine}, {cores} cores), Linux {kernel}, MNN {mnn}")];
    parts.extend(governor.as_ref().map(|governor| format!("governor {governor}")));
    parts.extend(freq_mhz.map(|freq| format!("{freq:.0} MHz")));
    parts.extend(temperature_c.map(|temperature| format!("{temperature:.0} °C")));
    parts.extend(load.map(|load| format!("load {load}")));
    parts.join(", ")
}

pub(super) fn summary(report: &Report) -> String {
    let mut parts = vec![host(report), table(&HEADER, report.files.iter().map(cells)).to_string()];
    parts.extend(report.of_paper.then(|| paper(report)));
    parts.extend(report.ratios.iter().map(sentence));
    parts.extend(report.unfit.iter().map(|reason| format!("not fit for measuring: {reason}")));
    parts.extend(report.files.iter().filter(|file| !file.ops.is_empty()).map(profile::text));
    for (header, rows) in report.profiled_together().iter().flat_map(|files| profile::side_by_side(files)) {
        let header: Vec<_> = header.iter().map(String::as_str).collect();
        parts.push(table(&header, rows.into_iter().take(SHOWN)).to_string());
    }
    parts.join("\n")
}

/// Every measured time.
pub(super) fn csv(report: &Report) -> String {
    let mut lines = vec!["file,threads,process,ms".to_owned()];
    for file in &report.files {
        let name = quoted(file.file.display());
        let samples = file.process.iter().zip(&file.samples_ms);
        lines.extend(samples.map(|(process, ms)| format!("{name},{},{process},{ms}", file.threads)));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// Text as a field of a CSV file.
pub(super) fn quoted(text: impl Display) -> String {
    format!("\"{}\"", text.to_string().replace('"', "\"\""))
}
