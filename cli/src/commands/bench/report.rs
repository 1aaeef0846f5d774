//! What was measured, for people and scripts.

use std::fmt::Display;

use edgeconv_files::name::{escaped, escaped_path};
use edgeconv_validate::bench::{FileReport, HostReport, RatioReport, Report as Measured};
use edgeconv_validate::latency::{Difference, Ratio, Verdict};
use edgeconv_vision::report_of;
use serde::{Deserialize, Serialize};

use super::groups::SHOWN;
use super::profile;
use crate::output::table;

#[derive(Debug, Serialize)]
pub(super) struct Report {
    /// What was called, to be called again.
    pub(super) command: Vec<String>,
    pub(super) target: String,
    /// Whether it was measured as EdgeFormer's authors did.
    pub(super) of_paper: bool,
    #[serde(flatten)]
    pub(super) measured: Measured,
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

/// What a resize of an open file takes.
fn resize(file: &FileReport) -> Option<String> {
    let ms = file.resize_ms?;
    let peak = file.resize_peak_mb.map_or(String::new(), |megabytes| format!(", peak {megabytes:.1} MB"));
    Some(format!("resize of {} at {} threads: {ms:.2} ms{peak}", escaped_path(&file.file), file.threads))
}

/// The table of EdgeFormer's paper: sizes as the export's report beside a model says them, means, and speed-ups over the first file.
pub(super) fn paper(report: &Measured) -> String {
    let size = |file: &FileReport| {
        let exported = edgeconv_files::read(&report_of(&file.file)).ok();
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
pub(super) fn host(report: &Measured) -> String {
    let HostReport { cpu, machine, cores, kernel, mnn, kernels, governor, freq_mhz, temperature_c, load, .. } =
        &report.host;
    let kernels = kernels.as_ref().map_or(String::new(), |kernels| format!(" with {kernels} kernels"));
    let mut parts = vec![format!("{cpu} ({machine}, {cores} cores), Linux {kernel}, MNN {mnn}{kernels}")];
    parts.extend(governor.as_ref().map(|governor| format!("governor {governor}")));
    parts.extend(freq_mhz.map(|freq| format!("{freq:.0} MHz")));
    parts.extend(temperature_c.map(|temperature| format!("{temperature:.0} °C")));
    parts.extend(load.map(|load| format!("load {load}")));
    parts.join(", ")
}

pub(super) fn summary(Report { of_paper, measured: report, .. }: &Report) -> String {
    let mut parts = vec![host(report), table(&HEADER, report.files.iter().map(cells)).to_string()];
    parts.extend(report.files.iter().filter_map(resize));
    parts.extend(of_paper.then(|| paper(report)));
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
pub(super) fn csv(report: &Measured) -> String {
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
    format!("\"{}\"", escaped(&text.to_string()).replace('"', "\"\""))
}
