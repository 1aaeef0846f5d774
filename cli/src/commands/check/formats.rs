//! Reports for CI systems.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::PathBuf;

use edgeconv_files::name::{escaped, escaped_lines};
use edgeconv_validate::check::Parity;
use quick_junit::{NonSuccessKind, Property, TestCase, TestCaseStatus, TestSuite};

use super::report::{HEADER, Report, about_integers, cells, drifted, explanation, fault, ran};
use crate::commands::writing::not_written;
use crate::failure::Failure;

/// How many values inside a summary shows.
const SHOWN: usize = 10;

/// A test suite with a case for each output of each sample, and one for each value inside.
pub(super) fn junit(report: &Report) -> Result<String, Failure> {
    // What XML can't hold, quick-junit leaves out.
    let shown = |text: String| escaped(&text).into_owned();
    let mut suite = TestSuite::new(shown(report.candidate.display().to_string()));
    let reference = shown(report.reference.display().to_string());
    for (kind, results) in [("outputs", &report.found.results), ("values inside", &report.found.layers)] {
        for result in results {
            let mut case =
                TestCase::new(format!("{} (sample {})", escaped(&result.output), result.sample + 1), status(result));
            case.set_classname(format!("{reference}: {kind}"));
            suite.add_test_case(case);
        }
    }
    for misfit in report.found.misfits.iter().filter(|misfit| misfit.is_fault) {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_message(misfit.to_string());
        let mut case = TestCase::new(escaped(&misfit.value), status);
        case.set_classname(format!("{reference}: integers"));
        suite.add_test_case(case);
    }
    suite.add_properties(ran(report).into_iter().map(|line| Property::new("ran", shown(line))));
    if report.found.unchecked.is_some() {
        let mut status = TestCaseStatus::skipped();
        status.set_message(shown(report.headline()));
        suite.add_test_case(TestCase::new("not checked", status));
    }
    let mut document = quick_junit::Report::new("edgeconv check");
    document.add_test_suite(suite);
    document.to_string().map_err(Failure::failed)
}

fn status(result: &Parity) -> TestCaseStatus {
    if result.comparison.passed {
        return TestCaseStatus::success();
    }
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_message(escaped(&fault(result)).into_owned());
    status
}

/// A summary for a pull request or a job's page.
pub(super) fn markdown(report: &Report) -> String {
    let headline = match &report.found.unchecked {
        Some(reason) => format!("not checked: {}", code(reason)),
        None => report.headline(),
    };
    let mut lines = vec![format!("### edgeconv check: {headline}"), String::new()];
    lines.extend(ran(report).into_iter().map(|line| format!("- {}", code(&line))));
    lines.push(String::new());
    lines.extend(markdown_table(report.found.results.iter()));
    if !report.found.layers.is_empty() {
        let worst = report.worst_layers().into_iter().take(SHOWN);
        lines.extend([String::new(), format!("Worst of {} values inside:", report.found.layers.len()), String::new()]);
        lines.extend(markdown_table(worst));
    }
    for text in report
        .found
        .faults
        .iter()
        .map(explanation)
        .chain(report.found.misfits.iter().map(about_integers))
        .chain(report.found.drift.iter().flatten().map(drifted))
    {
        lines.extend([String::new(), "```text".to_owned(), text, "```".to_owned()]);
    }
    lines.push(String::new());
    escaped_lines(&lines.join("\n")).into_owned()
}

fn markdown_table<'a>(results: impl Iterator<Item = &'a Parity>) -> Vec<String> {
    let row = |cells: &[String]| format!("| {} |", cells.join(" | "));
    let head = row(&HEADER.map(str::to_owned));
    let rule = format!("|{}", "---|".repeat(HEADER.len()));
    let cell = |cell: String| if cell.parse::<f64>().is_ok() { cell } else { code(&cell) };
    let rows = results.map(|result| row(&cells(result).into_iter().map(cell).collect::<Vec<_>>()));
    [head, rule].into_iter().chain(rows).collect()
}

/// Text that is no markup, wherever it stands: a code span, in which a page makes no links of addresses, users or numbers either. Its
/// fence is longer than any run of backticks in it; tables know no bars in code spans.
fn code(text: &str) -> String {
    let text = escaped(text).replace('|', r"\u{7c}");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    if text.is_empty() { text } else { format!("{fence}{space}{text}{space}{fence}") }
}

/// Annotations on stderr, where GitHub's runner reads them too, and the summary in the file that it names.
pub(super) fn github(report: &Report) -> Result<(), Failure> {
    let mut lines = vec![];
    lines.extend(report.found.unchecked.as_ref().map(|_| annotation("warning", report, &report.headline())));
    for result in report.all().filter(|result| !result.comparison.passed) {
        lines.push(annotation("error", report, &format!("`{}`: {}", escaped(&result.output), fault(result))));
    }
    lines.extend(report.found.faults.iter().map(|fault| annotation("error", report, &explanation(fault))));
    for misfit in &report.found.misfits {
        let level = if misfit.is_fault { "error" } else { "warning" };
        lines.push(annotation(level, report, &misfit.to_string()));
    }
    lines.extend(report.found.drift.iter().flatten().map(|drift| annotation("warning", report, &drifted(drift))));
    // Nobody who closed stderr misses them.
    lines.iter().for_each(|line| drop(writeln!(std::io::stderr(), "{line}")));
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").map(PathBuf::from) else { return Ok(()) };
    let file = OpenOptions::new().create(true).append(true).open(&path);
    let written = file.and_then(|mut file| file.write_all(markdown(report).as_bytes()));
    written.map_err(|error| not_written(&path, &error))
}

/// A workflow command (GitHub: "Workflow commands for GitHub Actions").
fn annotation(level: &str, report: &Report, message: &str) -> String {
    let data = |text: &str| escaped_lines(text).replace('%', "%25").replace('\n', "%0A");
    let file = data(&report.candidate.display().to_string()).replace(':', "%3A").replace(',', "%2C");
    format!("::{level} file={file},title=edgeconv check::{}", data(message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_makes_nothing_of_a_text() {
        assert_eq!(code("a_b*c [l](http://e) <img> @user #1"), "`a_b*c [l](http://e) <img> @user #1`");
        assert_eq!(code("`a` ```b"), "```` `a` ```b ````");
        assert_eq!(code("a|b\n- c"), r"`a\u{7c}b\n- c`");
        assert_eq!(code(""), "");
    }
}
