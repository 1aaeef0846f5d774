//! Writing the files of a model, and what reports say about them.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use edgeconv_agent::Settings;
use edgeconv_converter::passes::PassReport;
use edgeconv_converter::pipeline::Rewrite;
use edgeconv_converter::target::{Mnn, Onnx};
use edgeconv_converter::{Artefact, Conversion, Rewritten};
use edgeconv_graph::Graph;
use serde::Serialize;

use super::hints::conversion_failure;
use crate::failure::Failure;

#[derive(Debug, Serialize)]
pub struct OnnxReport {
    pub file: String,
    pub bytes: u64,
    pub nodes: usize,
    pub opset: i64,
    /// What the passes for ONNX files did.
    pub passes: Vec<PassReport>,
}

#[derive(Debug, Serialize)]
pub struct MnnReport {
    pub file: String,
    pub bytes: u64,
    pub ops: usize,
    pub histogram: BTreeMap<String, usize>,
    /// What the passes for MNN files did.
    pub passes: Vec<PassReport>,
    /// What to run the file with, and what it was checked with.
    pub session: Settings,
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

pub fn write_onnx(rewritten: &Rewritten, target: Onnx, path: &Path) -> Result<OnnxReport, Failure> {
    let artefact = rewritten.to(&target).map_err(conversion_failure)?;
    write(&artefact, path)?;
    let (report, opset) = (artefact.report(), target.opset);
    let (bytes, nodes, passes) = (report.bytes, report.operators.values().sum(), report.passes.clone());
    Ok(OnnxReport { file: name(path), bytes, nodes, opset, passes })
}

/// Writes a network as an ONNX file with nothing rewritten.
pub fn write_unrewritten(graph: Graph, opset: i64, path: &Path) -> Result<(), Failure> {
    let conversion = Conversion::of(graph).rewrite(&Rewrite::None.into());
    let artefact = conversion.and_then(|rewritten| rewritten.to(&Onnx { opset }));
    write(&artefact.map_err(conversion_failure)?, path)
}

pub fn write_mnn(rewritten: &Rewritten, target: Mnn, path: &Path) -> Result<MnnReport, Failure> {
    let artefact = rewritten.to(&target).map_err(conversion_failure)?;
    write(&artefact, path)?;
    let report = artefact.report();
    let (histogram, passes) = (report.operators.clone(), report.passes.clone());
    let session = Settings::default();
    Ok(MnnReport { file: name(path), bytes: report.bytes, ops: histogram.values().sum(), histogram, passes, session })
}

fn write(artefact: &Artefact, path: &Path) -> Result<(), Failure> {
    artefact.write(path).map_err(Failure::failed)
}

/// Writes a text file, which appears complete or not at all.
pub fn write_text(path: &Path, text: &str) -> Result<(), Failure> {
    edgeconv_files::write(path, text).map_err(|error| not_written(path, &error))
}

pub fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
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
