//! What a check found, for people, scripts and CI systems.

use std::path::PathBuf;

use edgeconv_validate::compare::{Comparison, Tolerance};
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};
use serde::Serialize;

use super::Metric;
use crate::failure::Failure;
use crate::output::table;

/// How many of them a table shows.
const SHOWN: usize = 15;

#[derive(Debug, Serialize)]
pub(super) struct Report {
    pub(super) candidate: PathBuf,
    pub(super) reference: PathBuf,
    pub(super) metric: Metric,
    pub(super) results: Vec<OutputResult>,
    /// Values inside, in order of computation.
    pub(super) layers: Vec<OutputResult>,
    /// Where the model is that computes the first wrong value.
    pub(super) reproducer: Option<PathBuf>,
    pub(super) passed: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct OutputResult {
    pub(super) output: String,
    pub(super) sample: usize,
    pub(super) tolerance: Tolerance,
    #[serde(flatten)]
    pub(super) comparison: Comparison,
}

/// What is wrong with an output, in a few words.
pub(super) fn fault(result: &OutputResult) -> String {
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

pub(super) fn summary(report: &Report) -> String {
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

pub(super) fn verdict(report: &Report) -> Result<(), Failure> {
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
pub(super) fn junit(report: &Report) -> Result<String, Failure> {
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
