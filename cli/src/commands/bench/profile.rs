//! Where the time goes: by operator type, by module, and operator by operator.

use edgeconv_agent::OpTime;
use edgeconv_files::name::escaped;
use edgeconv_validate::bench::{FileReport, Report};

use super::groups::{Column, Rows, SHOWN, VIEWS, grouped, keys, path, side_by_side as compared};
use crate::output::table;

/// Operators taken together.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) name: String,
    pub(super) ms: f64,
    operators: usize,
    mflops: f64,
    bytes: u64,
}

impl Group {
    fn of((name, ops): (String, Vec<&OpTime>)) -> Self {
        Group {
            name,
            operators: ops.len(),
            ms: ops.iter().map(|op| op.ms).sum(),
            mflops: ops.iter().map(|op| f64::from(op.mflops)).sum(),
            bytes: ops.iter().map(|op| op.bytes).sum(),
        }
    }

    /// Its numbers as text: operators, milliseconds, share, millions of operations and their rate, traffic and its rate.
    pub(super) fn cells(&self, total: f64) -> Vec<String> {
        let rate = |amount: f64| if self.ms > 0.0 { format!("{:.1}", amount / self.ms) } else { "-".into() };
        vec![
            self.name.clone(),
            self.operators.to_string(),
            format!("{:.2}", self.ms),
            format!("{:.1} %", 100.0 * self.ms / total),
            format!("{:.1}", self.mflops),
            rate(self.mflops),
            format!("{:.1}", self.bytes as f64 / 1e6),
            rate(self.bytes as f64 / 1e6),
        ]
    }
}

/// The columns of a group.
pub(super) fn header(first: &'static str) -> [&'static str; 8] {
    [first, "operators", "ms", "share", "M ops", "G ops/s", "MB", "GB/s"]
}

/// The operators in each of [`VIEWS`], longest first.
pub(super) fn views(ops: &[OpTime]) -> [Vec<Group>; 3] {
    [0, 1, 2].map(|view| {
        let groups = grouped(ops, |op| keys(&op.name, &op.op_type)[view].clone());
        let mut groups: Vec<_> = groups.into_iter().map(Group::of).collect();
        groups.sort_by(|a, b| b.ms.total_cmp(&a.ms));
        groups
    })
}

/// Milliseconds of files side by side, by type and by module.
pub(super) fn side_by_side(files: &[&FileReport]) -> Vec<Rows> {
    let all: Vec<_> = files.iter().map(|file| (file.file.display().to_string(), views(&file.ops))).collect();
    let columns = |view: usize| -> Vec<Column> {
        let values = |groups: &[Group]| groups.iter().map(|group| (group.name.clone(), group.ms)).collect();
        all.iter().map(|(file, views)| (file.clone(), values(&views[view]))).collect()
    };
    [0, 1].into_iter().filter_map(|view| compared(VIEWS[view], &columns(view), 2)).collect()
}

/// Milliseconds of all operators.
pub(super) fn total(ops: &[OpTime]) -> f64 {
    ops.iter().map(|op| op.ms).sum()
}

pub(super) fn text(file: &FileReport) -> String {
    let mut parts = vec![format!("{}, {} threads", file.file.display(), file.threads)];
    let total = total(&file.ops);
    for (name, groups) in VIEWS.into_iter().zip(views(&file.ops)) {
        let rows = groups.iter().take(SHOWN).map(|group| group.cells(total));
        parts.push(table(&header(name), rows).to_string());
    }
    parts.join("\n")
}

/// A line for each operator: file, modules and operator with semicolons between them, and microseconds.
pub(super) fn folded(report: &Report) -> String {
    let mut lines = vec![];
    for file in &report.files {
        let root = file.file.file_stem().unwrap_or_default().to_string_lossy();
        for op in &file.ops {
            lines.push(format!("{root};{} {:.0}", escaped(&path(&op.name).join(";")), op.ms * 1e3));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}
