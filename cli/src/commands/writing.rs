//! Writing the files of a model, and what reports say about them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Instant;

use edgeconv_agent::{Hints, Precision, SessionConfig};
use edgeconv_converter::pipeline::{self, Rewrite};
use edgeconv_converter::target::{self, mnn};
use edgeconv_converter::write_atomically;
use edgeconv_graph::Graph;
use serde::Serialize;

use crate::failure::Failure;

#[derive(Debug, Serialize)]
pub struct OnnxReport {
    pub file: String,
    pub bytes: u64,
    pub nodes: usize,
    pub opset: i64,
}

#[derive(Debug, Serialize)]
pub struct MnnReport {
    pub file: String,
    pub bytes: u64,
    pub ops: usize,
    pub histogram: BTreeMap<String, usize>,
    /// What to run the file with, and what it was checked with.
    pub session: Session,
}

#[derive(Debug, Serialize)]
pub struct Session {
    pub precision: Precision,
    pub hints: Hints,
}

/// Seconds per step, in the report's `seconds`.
pub struct Clock {
    start: Instant,
    seconds: BTreeMap<&'static str, f64>,
}

impl Clock {
    pub fn start() -> Self {
        Self { start: Instant::now(), seconds: BTreeMap::new() }
    }

    pub fn step<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        *self.seconds.entry(name).or_default() += start.elapsed().as_secs_f64();
        result
    }

    pub fn finish(mut self) -> BTreeMap<&'static str, f64> {
        self.seconds.insert("total", self.start.elapsed().as_secs_f64());
        self.seconds
    }
}

pub fn write_onnx(graph: &Graph, opset: i64, path: &Path) -> Result<OnnxReport, Failure> {
    let nodes = target::onnx::write(graph, opset, path).map_err(Failure::failed)?;
    Ok(OnnxReport { file: name(path), bytes: bytes(path)?, nodes, opset })
}

/// Writes a network as an ONNX file with nothing rewritten.
pub fn write_unrewritten(mut graph: Graph, opset: i64, path: &Path) -> Result<(), Failure> {
    pipeline::run(&mut graph, &Rewrite::None.into()).map_err(Failure::failed)?;
    target::onnx::write(&graph, opset, path).map_err(Failure::failed)?;
    Ok(())
}

pub fn write_mnn(graph: &Graph, path: &Path) -> Result<MnnReport, Failure> {
    let histogram = mnn::write(graph, path).map_err(Failure::failed)?;
    let SessionConfig { precision, hints, .. } = SessionConfig::default();
    let session = Session { precision, hints };
    Ok(MnnReport { file: name(path), bytes: bytes(path)?, ops: histogram.values().sum(), histogram, session })
}

/// Writes a text file, which appears complete or not at all.
pub fn write_text(path: &Path, text: &str) -> Result<(), Failure> {
    write_atomically(path, text.as_bytes()).map_err(|error| not_written(path, &error))
}

pub fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

pub fn bytes(path: &Path) -> Result<u64, Failure> {
    fs::metadata(path).map(|metadata| metadata.len()).map_err(|error| not_written(path, &error))
}

pub fn unwritable(folder: &Path, error: &std::io::Error) -> Failure {
    Failure::Misuse(format!("can't write into folder `{}`: {error}", folder.display()))
}

pub fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Misuse(format!("can't read `{}`: {error}", path.display()))
}

pub fn not_written(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Failed(format!("can't write `{}`: {error}", path.display()))
}
