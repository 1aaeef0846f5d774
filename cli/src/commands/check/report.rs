//! What a check found, for people and scripts.

use std::collections::BTreeSet;
use std::path::PathBuf;

use edgeconv_files::name::escaped;
use edgeconv_validate::check::{CheckReport, Drift, Fault, Misfit, NodeName, Parity};
use edgeconv_validate::compare::Tolerance;
use edgeconv_validate::engine::Ran;
use serde::Serialize;

use crate::commands::checking::{another_engine, opinion};
use crate::failure::Failure;
use crate::output::table;

/// How many values inside a table shows.
const SHOWN: usize = 15;

/// So many nodes at fault are a block that was rewritten as a whole.
const MANY: usize = 6;

#[derive(Debug, Serialize)]
pub(super) struct Report {
    #[serde(serialize_with = "edgeconv_agent::path::shown")]
    pub(super) candidate: PathBuf,
    #[serde(serialize_with = "edgeconv_agent::path::shown")]
    pub(super) reference: PathBuf,
    /// Inputs that were cast, and what would change the verdict.
    pub(super) notes: BTreeSet<String>,
    #[serde(flatten)]
    pub(super) found: CheckReport,
}

impl Report {
    /// Outputs and values inside.
    pub(super) fn all(&self) -> impl Iterator<Item = &Parity> {
        self.found.layers.iter().chain(&self.found.results)
    }

    /// The values inside with the largest errors for their size, worst first.
    pub(super) fn worst_layers(&self) -> Vec<&Parity> {
        let mut worst: Vec<_> = self.found.layers.iter().collect();
        // NaN, the worst of all, comes first.
        worst.sort_by(|a, b| share(b).total_cmp(&share(a)));
        worst
    }

    /// In a few words, how it went.
    pub(super) fn headline(&self) -> String {
        if let Some(reason) = &self.found.unchecked {
            return format!("not checked: {reason}");
        }
        let failed = self.all().filter(|result| !result.comparison.passed).count();
        let all = self.all().count();
        match (self.found.passed, self.found.drift.as_ref().map_or(0, Vec::len)) {
            (true, 0) => format!("passed: all {all} comparisons"),
            (true, drifted) => format!("passed: all {all} comparisons, but {drifted} outputs have changed"),
            (false, _) if failed == 0 => "FAILED: integers do not fit".to_owned(),
            (false, _) => format!("FAILED: {failed} of {all} comparisons"),
        }
    }
}

/// The largest error, as a share of the largest element.
pub(super) fn share(result: &Parity) -> f64 {
    // A NaN may have a sign, by which it would be sorted.
    result.comparison.share().abs()
}

/// What is wrong with a value, in a few words.
pub(super) fn fault(result: &Parity) -> String {
    let comparison = &result.comparison;
    let worst = comparison.worst.as_ref();
    match (&comparison.problem, worst) {
        _ if comparison.passed => format!("passed{}", comparison.remarks(result.step)),
        (Some(problem), _) => problem.clone(),
        (None, Some(worst)) => {
            let nan = if comparison.nan > 0 { format!("{} NaN, ", comparison.nan) } else { String::new() };
            let (index, found, expected) = (&worst.index, worst.found, worst.expected);
            format!(
                "{nan}{} elements differ, worst {index:?}: {found:.6e}, expected {expected:.6e}{}",
                comparison.failed,
                comparison.remarks(result.step)
            )
        }
        (None, None) => "FAILED".to_owned(),
    }
}

/// The columns of a comparison.
pub(super) const HEADER: [&str; 9] =
    ["value", "sample", "max abs", "mean abs", "median", "max rel", "cosine", "PSNR dB", "result"];

/// A comparison as text.
pub(super) fn cells(result: &Parity) -> Vec<String> {
    let comparison = &result.comparison;
    vec![
        escaped(&result.output).into_owned(),
        (result.sample + 1).to_string(),
        format!("{:.2e}", comparison.max_abs),
        format!("{:.2e}", comparison.mean_abs),
        format!("{:.2e}", comparison.median_abs),
        format!("{:.2e}", comparison.max_rel),
        format!("{:.9}", comparison.cosine),
        format!("{:.1}", comparison.psnr),
        fault(result),
    ]
}

pub(super) fn summary(report: &Report) -> String {
    if report.found.unchecked.is_some() {
        return report.headline();
    }
    let mut parts = ran(report);
    parts.push(table(&HEADER, report.found.results.iter().map(cells)).to_string());
    if !report.found.layers.is_empty() {
        let first = report.found.layers.iter().find(|layer| !layer.comparison.passed);
        let first = first.map_or("all agree".to_owned(), |layer| {
            format!("the first that does not agree: `{}`", escaped(&layer.output))
        });
        parts.push(format!("{} values inside compared, {first}; the worst of them:", report.found.layers.len()));
        let worst: Vec<_> = report.worst_layers().into_iter().take(SHOWN).collect();
        parts.push(table(&HEADER, worst.into_iter().map(cells)).to_string());
        let is_right = report.found.misfits.iter().all(|misfit| !misfit.is_fault);
        if !report.found.passed && is_right && report.found.layers.iter().all(|layer| layer.comparison.passed) {
            parts.push("no layer is at fault by itself: small errors add up to what the outputs are off by".into());
        }
    }
    parts.extend(report.found.faults.first().map(explanation));
    parts.extend(report.found.misfits.iter().map(about_integers));
    parts.extend(report.found.drift.as_ref().map(|drift| drifts(drift)));
    parts.join("\n")
}

/// What ran the models, and where, and what was cast for them.
pub(super) fn ran(report: &Report) -> Vec<String> {
    let line = |ran: &Ran| {
        let host = ran.host.as_ref().map(|host| format!(" on {} ({}, Linux {})", host.cpu, host.machine, host.kernel));
        let instead_of = ran.instead_of.as_ref().map(|reason| format!(", since {reason}"));
        format!("{}{}{}", ran.engine, host.unwrap_or_default(), instead_of.unwrap_or_default())
    };
    if report.found.unchecked.is_some() {
        return vec![];
    }
    let [candidate, reference] = [&report.candidate, &report.reference].map(|path| path.display());
    let by = report.found.reference_ran.as_ref().map_or("outputs from files".to_owned(), line);
    let mut lines: Vec<_> = report.found.ran.iter().map(|ran| format!("{candidate}: {}", line(ran))).collect();
    lines.push(format!("{reference}: {by}"));
    lines.extend(report.notes.iter().map(|note| format!("note: {note}")));
    lines.extend(report.found.second_opinion.as_ref().map(opinion));
    lines
}

/// Which nodes are at fault, and how to see them alone.
pub(super) fn explanation(fault: &Fault) -> String {
    let names = |nodes: &[NodeName]| {
        let names = nodes.iter().map(|node| format!("`{}` ({})", escaped(&node.name), escaped(&node.op)));
        names.collect::<Vec<_>>().join(", ")
    };
    let mut text = format!(
        "fault: `{}` is wrong though `{}` {} right\n  nodes of the reference: {}\n  operators of the candidate: {}",
        escaped(&fault.value),
        fault.from.iter().map(|name| escaped(name)).collect::<Vec<_>>().join("`, `"),
        if fault.from.len() == 1 { "is" } else { "are" },
        names(&fault.nodes),
        names(&fault.operators)
    );
    if fault.nodes.len() > MANY {
        text += "\n  rewriting has made one of these nodes: a file made with --rewrite none has a value for each";
    }
    if let Some(folder) = &fault.reproducer {
        let model = if folder.join("reproducer.mnn").exists() { "reproducer.mnn" } else { "reproducer.onnx" };
        let folder = folder.display();
        text += &format!("\n  see it alone: edgeconv check {folder}/{model} --against {folder}/golden");
    }
    text
}

/// Integers that are another's, or do not fit.
pub(super) fn about_integers(misfit: &Misfit) -> String {
    format!("{}: {misfit}", if misfit.is_fault { "fault" } else { "warning" })
}

/// What changed, a line for each output.
pub(super) fn drifts(drift: &[Drift]) -> String {
    if drift.is_empty() {
        return "no drift: all outputs are what they were, bit by bit".into();
    }
    drift.iter().map(drifted).collect::<Vec<_>>().join("\n")
}

/// One change.
pub(super) fn drifted(drift: &Drift) -> String {
    let (output, sample) = (escaped(&drift.output), drift.sample + 1);
    match &drift.problem {
        Some(problem) => format!("drift: `{output}` of sample {sample}: {problem}"),
        None => format!(
            "drift: `{output}` of sample {sample}: {} elements changed, by up to {:.2e} ({:.1e} of the largest); the error was {:.2e}, is \
             {:.2e}",
            drift.changed, drift.max_abs, drift.share, drift.error_before, drift.error_now
        ),
    }
}

pub(super) fn verdict(report: &Report) -> Result<(), Failure> {
    let failed: Vec<_> = report.all().filter(|result| !result.comparison.passed).collect();
    let Some(first) = failed.first() else {
        let mut faults = report.found.misfits.iter().filter(|misfit| misfit.is_fault);
        return faults.next().map_or(Ok(()), |misfit| Err(Failure::Failed(misfit.to_string())));
    };
    let Tolerance { atol, rtol } = first.tolerance;
    let reference = report.found.reference_ran.as_ref().map_or("", |ran| &ran.engine);
    Err(Failure::Failed(format!(
        "{} of {} comparisons failed, first `{}` of sample {}: {} (allowed: {atol:.1e} absolute, {rtol:.1e} relative){}",
        failed.len(),
        report.all().count(),
        escaped(&first.output),
        first.sample + 1,
        fault(first),
        another_engine(reference)
    )))
}
