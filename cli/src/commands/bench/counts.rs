//! What files take on an emulated processor, in instructions and cache misses instead of times.

use std::path::{Path, PathBuf};

use edgeconv_agent::Kernels;
use edgeconv_terminal::page;
use edgeconv_validate::bench::{CountRatio, CountReport, FileCounts, count};
use edgeconv_validate::machine::emulated::{Accesses, Caches, Classes, Count, Counting, OpCount};
use maud::html;
use serde::Serialize;

use super::groups::{Column, Rows, SHOWN, VIEWS, grouped, keys, side_by_side};
use super::report::quoted;
use crate::commands::model_failure;
use crate::commands::writing::{command_line, write_text};
use crate::failure::Failure;
use crate::output::{Output, table};

#[derive(Debug, Serialize)]
struct Report {
    /// What was called, to be called again.
    command: Vec<String>,
    target: String,
    #[serde(skip)]
    caches: Caches,
    /// Whose kernels MNN computed by.
    kernels: Kernels,
    #[serde(flatten)]
    counted: CountReport,
}

impl Report {
    /// Whether the processor's units are known.
    fn has_cycles(&self) -> bool {
        self.counted.counts.iter().any(|file| file.counts.run.unit_cycles.is_some())
    }

    /// Whether caches were simulated.
    fn has_accesses(&self) -> bool {
        self.counted.counts.iter().any(|file| file.counts.run.accesses.is_some())
    }
}

/// Where else the counts go.
pub(super) struct Files<'a> {
    pub(super) csv: Option<&'a Path>,
    pub(super) html: Option<&'a Path>,
}

pub(super) fn run(files: &[PathBuf], counting: &Counting, to: &Files, output: &Output) -> Result<(), Failure> {
    let progress = output.progress();
    let counting_one = |file: &Path| progress.set_message(format!("counting the instructions of `{}`", file.display()));
    let counted = count(files, counting, counting_one).map_err(model_failure)?;
    progress.finish_and_clear();
    let report = Report {
        command: command_line(),
        target: counting.emulated.to_string(),
        caches: counting.emulated.caches(),
        kernels: counting.config.kernels,
        counted,
    };
    if let Some(path) = to.csv {
        write_text(path, &csv(&report))?;
    }
    if let Some(path) = to.html {
        write_text(path, &page_of(&report))?;
    }
    output.result(&report, || summary(&report))
}

/// The names of [`cells`].
fn header(first: &'static str, report: &Report) -> Vec<&'static str> {
    let accesses = ["M loads", "M stores", "M L1 misses", "M L2 misses", "MB from memory"];
    let accesses = accesses.into_iter().filter(|_| report.has_accesses());
    let cycles = report.has_cycles().then_some("M unit cycles");
    [first, "M instructions"].into_iter().chain(cycles).chain(accesses).collect()
}

fn millions(number: u64) -> String {
    format!("{:.3}", number as f64 / 1e6)
}

fn cells(name: &str, count: &Count) -> Vec<String> {
    let accesses = count.accesses.map(|accesses| {
        let Accesses { loads, stores, l1_misses, l2_misses, .. } = accesses;
        [loads, stores, l1_misses, l2_misses, accesses.memory_bytes()]
    });
    let numbers = [count.instructions].into_iter().chain(count.unit_cycles).chain(accesses.into_iter().flatten());
    std::iter::once(name.to_owned()).chain(numbers.map(millions)).collect()
}

/// Millions of instructions by class, a column for each file.
fn classes(report: &Report) -> Rows {
    let files = &report.counted.counts;
    let header =
        std::iter::once("M instructions".to_owned()).chain(files.iter().map(|file| file.file.display().to_string()));
    let row = |(class, name): (usize, &str)| {
        let numbers = files.iter().map(|file| millions(file.counts.run.classes.0[class]));
        std::iter::once(name.replace('_', " ")).chain(numbers).collect()
    };
    (header.collect(), Classes::NAMES.into_iter().enumerate().map(row).collect())
}

/// The operators in each of [`VIEWS`], those with the most instructions first.
fn views(ops: &[OpCount]) -> [Vec<(String, Count)>; 3] {
    [0, 1, 2].map(|view| {
        let groups = grouped(ops, |op| keys(&op.name, &op.op_type)[view].clone());
        let sum = |(name, ops): (String, Vec<&OpCount>)| (name, ops.into_iter().map(|op| op.count).sum());
        let mut groups: Vec<(String, Count)> = groups.into_iter().map(sum).collect();
        groups.sort_by_key(|(_, count)| std::cmp::Reverse(count.instructions));
        groups
    })
}

/// A number of what was counted.
type Number = fn(&Count) -> u64;

/// Millions of instructions, and megabytes from memory where caches were simulated, side by side, by type and by module.
fn compared(report: &Report) -> Vec<(&'static str, Rows)> {
    let files: Vec<_> = report.counted.counts.iter().filter(|file| !file.counts.ops.is_empty()).collect();
    let all: Vec<_> = files.iter().map(|file| (file.file.display().to_string(), views(&file.counts.ops))).collect();
    let columns = |view: usize, number: Number| -> Vec<Column> {
        let values = |groups: &[(String, Count)]| {
            groups.iter().map(|(name, count)| (name.clone(), number(count) as f64 / 1e6)).collect()
        };
        all.iter().map(|(file, views)| (file.clone(), values(&views[view]))).collect()
    };
    let mut numbers: Vec<(&str, Number)> = vec![("M instructions", |count| count.instructions)];
    if report.has_accesses() {
        numbers.push(("MB from memory", |count| count.accesses.map_or(0, |accesses| accesses.memory_bytes())));
    }
    let table = |(name, number), view: usize| Some((name, side_by_side(VIEWS[view], &columns(view, number), 3)?));
    numbers.into_iter().flat_map(|number| [table(number, 0), table(number, 1)]).flatten().collect()
}

fn sentence(ratio: &CountRatio) -> String {
    let CountRatio { a, b, instructions, l2_misses, .. } = ratio;
    let misses = l2_misses.map_or(String::new(), |misses| format!(", and {misses:.3} of the L2 misses"));
    format!("{} takes {instructions:.4} of the instructions of {}{misses}", a.display(), b.display())
}

fn note(report: &Report) -> String {
    let caches = match report.has_accesses() {
        true => format!(" (caches: {}, no prefetcher)", report.caches),
        false => String::new(),
    };
    let kernels = match report.kernels {
        Kernels::Edgeconv => "MNN with edgeconv's kernels",
        Kernels::Mnn => "MNN",
    };
    format!("{kernels}, counted by an emulator{caches}: no times")
}

fn summary(report: &Report) -> String {
    let files = report.counted.counts.iter().map(|file| cells(&file.file.display().to_string(), &file.counts.run));
    let mut parts = vec![table(&header("file", report), files).to_string()];
    let (header_of_classes, rows) = classes(report);
    parts.push(table(&header_of_classes.iter().map(String::as_str).collect::<Vec<_>>(), rows).to_string());
    parts.extend(report.counted.ratios.iter().map(sentence));
    for file in report.counted.counts.iter().filter(|file| !file.counts.ops.is_empty()) {
        parts.push(file.file.display().to_string());
        for (view, groups) in VIEWS.into_iter().zip(views(&file.counts.ops)) {
            let rows = groups.iter().take(SHOWN).map(|(name, count)| cells(name, count));
            parts.push(table(&header(view, report), rows).to_string());
        }
    }
    for (number, (header, rows)) in compared(report) {
        let header: Vec<_> = header.iter().map(String::as_str).collect();
        parts.push(format!("{number}, side by side:\n{}", table(&header, rows.into_iter().take(SHOWN))));
    }
    parts.push(note(report));
    parts.join("\n")
}

fn page_of(report: &Report) -> String {
    let total = |file: &FileCounts| {
        (cells(&file.file.display().to_string(), &file.counts.run), file.counts.run.instructions as f64)
    };
    let row = |(name, count): &(String, Count)| (cells(name, count), count.instructions as f64);
    let (header_of_classes, rows_of_classes) = classes(report);
    let content = html! {
        pre { (report.command.join(" ")) }
        p { (note(report)) }
        (page::bars(&header("file", report), &report.counted.counts.iter().map(total).collect::<Vec<_>>()))
        (page::text_table(&header_of_classes, &rows_of_classes))
        @for ratio in &report.counted.ratios { p { (sentence(ratio)) } }
        @for (number, (header, rows)) in compared(report) {
            h2 { "Side by side, " (number) }
            (page::text_table(&header, &rows))
        }
        @for file in report.counted.counts.iter().filter(|file| !file.counts.ops.is_empty()) {
            h2 { (file.file.display()) }
            @for (view, groups) in VIEWS.into_iter().zip(views(&file.counts.ops)) {
                (page::bars(&header(view, report), &groups.iter().map(row).collect::<Vec<_>>()))
            }
        }
    };
    let names: Vec<_> = report.counted.counts.iter().map(|file| file.file.display().to_string()).collect();
    page::page(&names.join(", "), &content)
}

/// The numbers of each file, and of its operators if they were asked for; those of cycles and accesses are empty where they were not counted.
fn csv(report: &Report) -> String {
    let header = "file,operator,type,instructions,unit_cycles,loads,stores,bytes,l1_misses,l2_misses";
    let mut lines = vec![format!("{header},{}", Classes::NAMES.map(|name| format!("{name}_instructions")).join(","))];
    for FileCounts { file, counts } in &report.counted.counts {
        let file = quoted(file.display());
        let mut add = |name: &str, op_type: &str, count: &Count| {
            let Count { instructions, unit_cycles, classes, accesses } = count;
            let accesses = accesses.map_or(",,,,".into(), |accesses| {
                let Accesses { loads, stores, bytes, l1_misses, l2_misses } = accesses;
                format!("{loads},{stores},{bytes},{l1_misses},{l2_misses}")
            });
            let classes = classes.0.map(|number| number.to_string()).join(",");
            let unit_cycles = unit_cycles.map_or(String::new(), |cycles| cycles.to_string());
            let name = quoted(name);
            lines.push(format!("{file},{name},{op_type},{instructions},{unit_cycles},{accesses},{classes}"));
        };
        add("", "", &counts.run);
        counts.ops.iter().for_each(|op| add(&op.name, &op.op_type, &op.count));
    }
    lines.push(String::new());
    lines.join("\n")
}
