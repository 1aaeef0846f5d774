//! What a person or a script sees: results on stdout, progress and logs on stderr.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt::Display;
use std::io::{ErrorKind, IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use comfy_table::Table;
use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use edgeconv_files::name::{escaped, escaped_json, escaped_lines};
use edgeconv_files::{MAX_MEMORY, Memory, parse_bytes};
use edgeconv_validate::program;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use serde_json::json;
use tracing_subscriber::fmt::format::{self, Writer};

use crate::failure::Failure;

/// Flags of every command.
#[derive(Args)]
pub struct Output {
    /// Print one JSON document instead of tables
    #[arg(long, global = true)]
    json: bool,

    /// Say only what went wrong
    #[arg(short, long, global = true)]
    quiet: bool,

    /// Say more; twice for everything
    #[arg(short, long, global = true, action = clap::ArgAction::Count, conflicts_with = "quiet")]
    verbose: u8,

    /// Memory that the content of files may take, such as 4G [default: 512 MB and four times the size of the files]
    #[arg(long, global = true, value_name = "BYTES", value_parser = parse_bytes, env = MAX_MEMORY)]
    max_memory: Option<u64>,

    /// Whether a result was printed.
    #[arg(skip)]
    printed: Cell<bool>,
}

impl Output {
    /// These flags as another program of ours takes them.
    pub fn arguments(&self) -> Vec<&'static str> {
        let mut arguments = vec![];
        arguments.extend(self.json.then_some("--json"));
        arguments.extend(self.quiet.then_some("--quiet"));
        arguments.extend((0..self.verbose).map(|_| "--verbose"));
        arguments
    }

    /// Limits the memory of files as was asked, here and in programs that this one starts, lets nothing be run from the folders of files that the
    /// command line names, and sends log lines to stderr.
    pub fn start(&self) {
        program::distrust(std::env::args_os().skip(1));
        if let Some(bytes) = self.max_memory {
            Memory::limit_process(bytes);
        }
        let level = match (self.quiet, self.verbose) {
            (true, _) => "error",
            (false, 0) => "info",
            (false, 1) => "debug",
            (false, _) => "trace",
        };
        let filter = tracing_subscriber::EnvFilter::new(format!("off,edgeconv={level}"));
        tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_writer(std::io::stderr)
            // A message is one line.
            .fmt_fields(format::debug_fn(|to: &mut Writer, _, value| write!(to, "{}", escaped(&format!("{value:?}")))))
            // Nobody reads a closed stderr, and telling about it there would panic.
            .log_internal_errors(false)
            .with_ansi(std::io::stderr().is_terminal())
            .with_target(false)
            .without_time()
            .init();
    }

    /// Prints a result: as JSON if that is wanted, else as `text` shows it.
    ///
    /// # Errors
    /// If it has no JSON, or if stdout can't be written; that nobody reads it is none.
    pub fn result(&self, value: &impl Serialize, text: impl FnOnce() -> String) -> Result<(), Failure> {
        let text = match (self.json, self.quiet) {
            (true, _) => escaped_json(&serde_json::to_string_pretty(value).map_err(Failure::failed)?).into_owned(),
            (false, true) => return Ok(()),
            (false, false) => escaped_lines(&text()).into_owned(),
        };
        self.printed.set(true);
        match writeln!(std::io::stdout(), "{text}") {
            // Whoever reads has seen enough, as `head` does.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            written => written.map_err(|error| Failure::Failed(format!("can't write to stdout: {error}"))),
        }
    }

    /// How a program ends whose command came to that: it says what went wrong, on stderr, and in JSON if that is wanted and there was no
    /// result.
    pub fn exit(&self, result: Result<(), Failure>) -> ExitCode {
        let Err(failure) = result else { return ExitCode::SUCCESS };
        let text = failure.to_string();
        // Where nobody reads stderr, the exit code still tells.
        let _ = writeln!(std::io::stderr(), "error: {}", indented(&text));
        if self.json && !self.printed.get() {
            let json = format!("{:#}", json!({ "error": text }));
            let _ = writeln!(std::io::stdout(), "{}", escaped_json(&json));
        }
        failure.exit_code()
    }

    /// Says something on stderr that has to be seen, also where only failures are said.
    pub fn warn(&self, text: impl Display) {
        // Where nobody reads stderr, nobody misses it.
        let _ = writeln!(std::io::stderr(), "warning: {}", indented(&text.to_string()));
    }

    /// A spinner on stderr that says what is being done, if a person is watching.
    pub fn progress(&self) -> ProgressBar {
        self.watched(ProgressBar::new_spinner(), "{spinner} {msg}")
    }

    /// A bar on stderr that shows how much of `len` is done, if a person is watching.
    pub fn progress_to(&self, len: usize) -> ProgressBar {
        self.watched(ProgressBar::new(len as u64), "{spinner} {msg} [{bar:32}] {pos}/{len}, {eta} left")
    }

    fn watched(&self, bar: ProgressBar, template: &str) -> ProgressBar {
        if self.quiet || self.json || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(80));
        bar
    }
}

/// A message whose names act on no terminal, and whose lines behind the first can't pass for messages of their own.
fn indented(text: &str) -> String {
    escaped_lines(text).split('\n').map(shortened).collect::<Vec<_>>().join("\n  ")
}

/// A line that people can read: what a file holds may be of any length. It ends as it did, since advice is there.
fn shortened(line: &str) -> Cow<'_, str> {
    const START: usize = 1500;
    const END: usize = 500;
    let count = line.chars().count();
    if count <= START + END {
        return line.into();
    }
    let start: String = line.chars().take(START).collect();
    let end: String = line.chars().skip(count - END).collect();
    format!("{start} … {} characters … {end}", count - START - END).into()
}

/// A table without vertical lines, whose cells are one line each.
pub fn table(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Table {
    let mut table = Table::new();
    table.load_preset(UTF8_HORIZONTAL_ONLY).set_header(header.iter().map(|name| escaped(name)));
    table.add_rows(
        rows.into_iter().map(|row| row.into_iter().map(|cell| escaped(&cell).into_owned()).collect::<Vec<_>>()),
    );
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_of_lines_that_people_can_read() {
        assert_eq!(indented("`m.onnx`: no\nway"), "`m.onnx`: no\n  way");
        let long = format!("`m.onnx` has {}: leave it\nor not", "é".repeat(10_000));
        let shown = indented(&long);
        assert!(shown.starts_with("`m.onnx` has é") && shown.ends_with("é: leave it\n  or not"), "{shown}");
        assert!(shown.contains("é … 8023 characters … é") && shown.chars().count() < 2100, "{shown}");
    }
}
