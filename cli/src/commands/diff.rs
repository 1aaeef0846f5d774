use std::path::PathBuf;

use clap::Args;
use edgeconv_converter::target::{self, Change, Difference, Numbers};
use edgeconv_files::name::escaped_path;
use edgeconv_terminal::page;
use maud::html;
use serde::Serialize;

use super::inspect::{self, OPERATOR_HEADER, operator_line, operator_row};
use super::writing::{expect_results, write_text};
use crate::failure::Failure;
use crate::output::{Output, table};

/// Show how two model files differ
///
/// Operators are matched by the names of the values that they compute, which `export` and `convert` keep: the original and the
/// rewritten network, or the .onnx (or .pt2) and the .mnn, can be compared. The numbers are compared by `edgeconv check`.
#[derive(Args)]
#[command(after_help = "Examples:
  edgeconv diff model.onnx model.mnn
  edgeconv diff model.pt2 model.mnn
  edgeconv diff before.onnx after.onnx --html difference.html")]
pub struct Diff {
    /// First file
    a: PathBuf,

    /// Second file
    b: PathBuf,

    /// Also write everything as a page that needs no other file
    #[arg(long, value_name = "FILE.html")]
    html: Option<PathBuf>,
}

#[derive(Serialize)]
struct Report {
    #[serde(serialize_with = "edgeconv_agent::path::shown")]
    a: PathBuf,
    #[serde(serialize_with = "edgeconv_agent::path::shown")]
    b: PathBuf,
    operators: [usize; 2],
    weight_bytes: [u64; 2],
    /// The coarsest numbers that weights are stored as.
    weights: [Numbers; 2],
    #[serde(flatten)]
    difference: Difference,
}

impl Diff {
    pub fn run(self, output: &Output) -> Result<(), Failure> {
        expect_results([("--html", self.html.as_deref())], [self.a.as_path(), &self.b])?;
        let [a, b] = [inspect::read(&self.a)?.0, inspect::read(&self.b)?.0];
        let report = Report {
            operators: [a.operators.len(), b.operators.len()],
            weight_bytes: [a.weight_bytes(), b.weight_bytes()],
            weights: [a.weights, b.weights],
            difference: target::difference(&a, &b),
            a: self.a,
            b: self.b,
        };
        if let Some(path) = &self.html {
            write_text(path, &page_of(&report))?;
        }
        output.result(&report, || text(&report))
    }
}

fn summary(report: &Report) -> String {
    let megabytes = [0, 1].map(|file| {
        let numbers = match report.weights[file] {
            Numbers::Float => String::new(),
            Numbers::Int8Values => " (computed in 8-bit integers)".to_owned(),
            numbers => format!(" (as {numbers} or finer)"),
        };
        format!("{:.2} MB{numbers}", report.weight_bytes[file] as f64 / 1e6)
    });
    format!(
        "{} has {} operators and {} of weights, {} has {} and {}; {} operators are the same",
        escaped_path(&report.a),
        report.operators[0],
        megabytes[0],
        escaped_path(&report.b),
        report.operators[1],
        megabytes[1],
        report.difference.same
    )
}

fn text(report: &Report) -> String {
    let mut lines = vec![summary(report)];
    if !report.difference.histogram.is_empty() {
        let rows =
            report.difference.histogram.iter().map(|(op, (a, b))| vec![op.clone(), a.to_string(), b.to_string()]);
        lines.push(table(&["operator", "first", "second"], rows).to_string());
    }
    for change in &report.difference.changes {
        match change {
            Change::Removed(operator) => lines.push(format!("-{}", operator_line(operator))),
            Change::Added(operator) => lines.push(format!("+{}", operator_line(operator))),
            Change::Changed { before, after } => {
                lines.push(format!("-{}", operator_line(before)));
                lines.push(format!("+{}", operator_line(after)));
            }
        }
    }
    lines.join("\n")
}

fn page_of(report: &Report) -> String {
    let counts = report.difference.histogram.iter().map(|(op, (a, b))| vec![op.clone(), a.to_string(), b.to_string()]);
    let rows = report.difference.changes.iter().flat_map(|change| match change {
        Change::Removed(operator) => vec![operator_row("removed", operator)],
        Change::Added(operator) => vec![operator_row("added", operator)],
        Change::Changed { before, after } => vec![operator_row("removed", before), operator_row("changed", after)],
    });
    let content = html! {
        p { (summary(report)) }
        (page::text_table(&["operator", "first", "second"], &counts.collect::<Vec<_>>()))
        (page::filtered_table(&OPERATOR_HEADER, &rows.collect::<Vec<_>>()))
    };
    page::page(&format!("{} and {}", report.a.display(), report.b.display()), &content)
}
