//! What files take on ARMv7, in instructions and cache misses instead of times.

use std::path::PathBuf;

use edgeconv_validate::target::emulator::{Count, Counting, Counts, OpCount, count};
use serde::Serialize;

use super::mnn_model;
use crate::failure::Failure;
use crate::output::{Output, table};

/// How many operators a table shows.
const SHOWN: usize = 12;

#[derive(Debug, Serialize)]
struct Report {
    target: &'static str,
    counts: Vec<FileCounts>,
    ratios: Vec<CountRatio>,
}

#[derive(Debug, Serialize)]
struct FileCounts {
    file: PathBuf,
    #[serde(flatten)]
    counts: Counts,
}

/// How much `a` takes in terms of `b`.
#[derive(Debug, Serialize)]
struct CountRatio {
    a: PathBuf,
    b: PathBuf,
    instructions: f64,
    /// Only where caches were simulated.
    l1_misses: Option<f64>,
    l2_misses: Option<f64>,
}

pub(super) fn run(files: &[PathBuf], counting: &Counting, output: &Output) -> Result<(), Failure> {
    let progress = output.progress();
    let mut counts = vec![];
    for file in files {
        let path = mnn_model(file)?;
        progress.set_message(format!("counting the instructions of `{}`", file.display()));
        counts.push(FileCounts { file: file.clone(), counts: count(&path, counting).map_err(Failure::failed)? });
    }
    progress.finish_and_clear();
    let ratios = counts.iter().skip(1).map(|other| ratio(other, &counts[0])).collect();
    let report = Report { target: "qemu", counts, ratios };
    output.result(&report, || summary(&report))
}

fn ratio(a: &FileCounts, b: &FileCounts) -> CountRatio {
    let (x, y) = (a.counts.run, b.counts.run);
    let misses = |x: u64, y: u64| (y > 0).then(|| x as f64 / y as f64);
    CountRatio {
        a: a.file.clone(),
        b: b.file.clone(),
        instructions: x.instructions as f64 / y.instructions.max(1) as f64,
        l1_misses: misses(x.l1_misses, y.l1_misses),
        l2_misses: misses(x.l2_misses, y.l2_misses),
    }
}

const HEADER: [&str; 7] = ["", "M instructions", "M loads", "M stores", "M L1 misses", "M L2 misses", "MB from memory"];

fn cells(name: String, count: &Count) -> Vec<String> {
    let millions = |number: u64| format!("{:.3}", number as f64 / 1e6);
    let Count { instructions, loads, stores, l1_misses, l2_misses, .. } = *count;
    let numbers = [instructions, loads, stores, l1_misses, l2_misses, 64 * l2_misses];
    std::iter::once(name).chain(numbers.map(millions)).collect()
}

fn summary(report: &Report) -> String {
    let files = report.counts.iter().map(|file| cells(file.file.display().to_string(), &file.counts.run));
    let mut parts = vec![table(&HEADER, files).to_string()];
    for CountRatio { a, b, instructions, l2_misses, .. } in &report.ratios {
        let misses = l2_misses.map_or(String::new(), |misses| format!(", and {misses:.3} of the L2 misses"));
        parts.push(format!("{} takes {instructions:.4} of the instructions of {}{misses}", a.display(), b.display()));
    }
    for file in report.counts.iter().filter(|file| !file.counts.ops.is_empty()) {
        parts.push(format!("{}, the operators with the most instructions:", file.file.display()));
        let mut ops: Vec<&OpCount> = file.counts.ops.iter().collect();
        ops.sort_by_key(|op| std::cmp::Reverse(op.count.instructions));
        let row = |op: &&OpCount| cells(format!("{} ({})", op.name, op.op_type), &op.count);
        parts.push(table(&HEADER, ops.iter().take(SHOWN).map(row)).to_string());
    }
    parts.push("counted by an emulator (caches: 32 KB 4-way, 1 MB 16-way, no prefetcher): no times".into());
    parts.join("\n")
}
