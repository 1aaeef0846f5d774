//! Files of one model to compare: exported by us, made by MNN's own converter; and their times, one run of each in turn.
#![allow(dead_code, unused_imports)] // each benchmark uses its part

mod memory;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

use edgeconv_test_support::golden_path;
pub use memory::{Measured, measure};
use serde_json::Value;

pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The arguments of a benchmark: which cases, all if none is named, and how many runs.
pub struct Arguments {
    cases: Vec<String>,
    pub runs: String,
}

impl Arguments {
    pub fn parse(default_runs: &str) -> Self {
        // Cargo adds --bench.
        let mut cases: Vec<_> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
        let runs_at = cases.iter().position(|argument| argument == "--runs");
        let mut runs = default_runs.to_owned();
        if let Some(at) = runs_at {
            runs = cases.get(at + 1).cloned().unwrap_or(runs);
            cases.truncate(at);
        }
        Self { cases, runs }
    }

    /// Takes the first argument for a folder; if it is none, `variable` names one, or nothing does.
    pub fn after_folder(mut self, variable: &str) -> (Option<PathBuf>, Self) {
        let is_folder = self.cases.first().is_some_and(|argument| Path::new(argument).is_dir());
        let first = is_folder.then(|| self.cases.remove(0).into());
        (first.or_else(|| std::env::var_os(variable).map(PathBuf::from)), self)
    }

    pub fn wants(&self, case: &str) -> bool {
        self.cases.is_empty() || self.cases.iter().any(|wanted| wanted == case)
    }
}

/// Converts an ONNX file at a level of rewriting, without running the result; returns the report.
pub fn convert(onnx: &Path, mnn: &Path, level: &str) -> Result<Value> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_edgeconv"));
    let output =
        command.args(["convert", "--json", "--no-check", "--rewrite", level, "-o"]).arg(mnn).arg(onnx).output()?;
    if !output.status.success() {
        return Err(last_line(&output.stderr).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Exports a model, with the checkpoint of the golden data where there is one; returns the report.
pub fn export(model: &str, more: &[&str], folder: &Path) -> Result<Value> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_edgeconv"));
    command.args(["export", model, "--json", "-o"]).arg(folder).args(more);
    let name = model.replace('-', "_");
    if let Some(checkpoint) = golden(&format!("{name}.pt")).or_else(|| golden(&format!("{name}/{name}.pt"))) {
        command.arg("--weights").arg(checkpoint);
    }
    let output = command.output()?;
    if !output.status.success() {
        return Err(format!("{model}: {}", last_line(&output.stderr)).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Converts an ONNX file with MNN's own converter; the error says why that is not possible here.
pub fn stock_convert(onnx: &Path, mnn: &Path) -> Result<()> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts/stock-convert.sh");
    let output = Command::new("sh").arg(script).arg(onnx).arg(mnn).output()?;
    if output.status.success() { Ok(()) } else { Err(last_line(&output.stderr).into()) }
}

/// A file of the golden data, if it is here.
pub fn golden(file: &str) -> Option<PathBuf> {
    Some(golden_path(file)).filter(|path| path.is_file())
}

/// `edgeconv bench` with one thread and with two.
pub fn bench(files: &[&Path], runs: &str) -> Result<Value> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_edgeconv"));
    let output = command.args(["bench", "--json", "--threads", "1,2", "--runs", runs]).args(files).output()?;
    if !output.status.success() {
        return Err(last_line(&output.stderr).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// The entries of a list in a report.
pub fn list<'a>(report: &'a Value, key: &str) -> &'a [Value] {
    report[key].as_array().map_or(&[], Vec::as_slice)
}

pub fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

fn last_line(text: &[u8]) -> String {
    String::from_utf8_lossy(text).lines().last().unwrap_or("no message").to_owned()
}
