//! Where the time goes: by operator type, by module, and operator by operator.

use edgeconv_agent::OpTime;

use super::report::{FileReport, Report};
use crate::output::table;

/// How many operators a table shows.
const SHOWN: usize = 12;

/// Operators taken together.
#[derive(Debug, Default)]
pub(super) struct Group {
    pub(super) name: String,
    pub(super) operators: usize,
    pub(super) ms: f64,
    mflops: f64,
    bytes: u64,
}

impl Group {
    fn add(&mut self, op: &OpTime) {
        self.operators += 1;
        self.ms += op.ms;
        self.mflops += f64::from(op.mflops);
        self.bytes += op.bytes;
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

/// Groups by a name, longest first.
pub(super) fn groups(ops: &[OpTime], name: impl Fn(&OpTime) -> String) -> Vec<Group> {
    let mut groups: Vec<Group> = vec![];
    for op in ops {
        let name = name(op);
        let index = groups.iter().position(|group| group.name == name).unwrap_or_else(|| {
            groups.push(Group { name, ..Group::default() });
            groups.len() - 1
        });
        groups[index].add(op);
    }
    groups.sort_by(|a, b| b.ms.total_cmp(&a.ms));
    groups
}

/// The operators by type, by module, and one by one, longest first.
pub(super) fn views(ops: &[OpTime]) -> [(&'static str, Vec<Group>); 3] {
    [
        ("type", groups(ops, |op| op.op_type.clone())),
        ("module", groups(ops, |op| path(&op.name).into_iter().take(2).collect::<Vec<_>>().join("."))),
        ("operator", groups(ops, |op| op.name.clone())),
    ]
}

/// Files side by side, by type and by module: the first column is the name of what is compared, then milliseconds of each file, and
/// what the last one takes more than the first. Largest difference first.
pub(super) fn side_by_side(files: &[&FileReport]) -> Vec<(Vec<String>, Vec<Vec<String>>)> {
    let (Some(first), Some(last)) = (files.first(), files.last()) else { return vec![] };
    let all: Vec<_> = files.iter().map(|file| views(&file.ops)).collect();
    let comparison = |view: usize| {
        let header = std::iter::once(all[0][view].0.to_owned());
        let header = header.chain(files.iter().map(|file| file.file.display().to_string()));
        let ms =
            |groups: &[Group], name: &str| groups.iter().find(|group| group.name == name).map_or(0.0, |group| group.ms);
        let mut names: Vec<&str> = vec![];
        for group in all.iter().flat_map(|views| &views[view].1) {
            if !names.contains(&group.name.as_str()) {
                names.push(&group.name);
            }
        }
        let mut rows: Vec<(f64, Vec<String>)> = names
            .into_iter()
            .map(|name| {
                let times: Vec<f64> = all.iter().map(|views| ms(&views[view].1, name)).collect();
                let more = times[times.len() - 1] - times[0];
                let cells = times.iter().map(|ms| format!("{ms:.2}"));
                (more, std::iter::once(name.to_owned()).chain(cells).chain([format!("{more:+.2}")]).collect())
            })
            .collect();
        rows.sort_by(|(a, _), (b, _)| b.abs().total_cmp(&a.abs()));
        (header.chain(["difference".to_owned()]).collect(), rows.into_iter().map(|(_, cells)| cells).collect())
    };
    if std::ptr::eq(*first, *last) { vec![] } else { vec![comparison(0), comparison(1)] }
}

/// Milliseconds of all operators.
pub(super) fn total(ops: &[OpTime]) -> f64 {
    ops.iter().map(|op| op.ms).sum()
}

pub(super) fn text(file: &FileReport) -> String {
    let mut parts = vec![format!("{}, {} threads", file.file.display(), file.threads)];
    let total = total(&file.ops);
    for (name, groups) in views(&file.ops) {
        let rows = groups.iter().take(SHOWN).map(|group| group.cells(total));
        parts.push(table(&header(name), rows).to_string());
    }
    parts.join("\n")
}

/// The modules that an operator is in, outermost first: names of PyTorch have dots, those of ONNX files slashes.
fn path(name: &str) -> Vec<&str> {
    name.split(['.', '/']).filter(|part| !part.is_empty()).collect()
}

/// A line for each operator: file, modules and operator with semicolons between them, and microseconds.
pub(super) fn folded(report: &Report) -> String {
    let mut lines = vec![];
    for file in &report.files {
        let root = file.file.file_stem().unwrap_or_default().to_string_lossy();
        for op in &file.ops {
            lines.push(format!("{root};{} {:.0}", path(&op.name).join(";"), op.ms * 1e3));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}
