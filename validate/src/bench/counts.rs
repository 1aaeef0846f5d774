//! What files take on an emulated processor, in instructions and cache misses instead of times.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::board_model;
use crate::machine::emulated::{self, Accesses, Counting, Counts};
use crate::model::ModelError;

/// What was counted.
#[derive(Debug, Serialize)]
pub struct CountReport {
    /// Each file.
    pub counts: Vec<FileCounts>,
    /// Each file in terms of the first one.
    pub ratios: Vec<CountRatio>,
}

/// What one file takes.
#[derive(Debug, Serialize)]
pub struct FileCounts {
    /// The file.
    #[serde(serialize_with = "edgeconv_agent::path::shown")]
    pub file: PathBuf,
    /// What it takes.
    #[serde(flatten)]
    pub counts: Counts,
}

/// How much `a` takes in terms of `b`.
#[derive(Debug, Serialize)]
pub struct CountRatio {
    /// The file.
    #[serde(serialize_with = "edgeconv_agent::path::shown")]
    pub a: PathBuf,
    /// The first file.
    #[serde(serialize_with = "edgeconv_agent::path::shown")]
    pub b: PathBuf,
    /// Of the instructions.
    pub instructions: f64,
    /// Of the misses of the first-level cache; only where caches were simulated.
    pub l1_misses: Option<f64>,
    /// Of the misses of the second-level cache.
    pub l2_misses: Option<f64>,
}

/// Counts what each file takes; `progress` is told which one is next.
///
/// # Errors
/// If emulator, plugin or agent are missing, or a file can't be run by MNN.
pub fn count(files: &[PathBuf], counting: &Counting, progress: impl Fn(&Path)) -> Result<CountReport, ModelError> {
    let mut counts: Vec<FileCounts> = vec![];
    for file in files {
        let path = board_model(file)?;
        progress(file);
        counts.push(FileCounts { file: file.clone(), counts: emulated::count(&path, counting)? });
    }
    let ratios = counts.iter().skip(1).map(|other| CountRatio::of(other, &counts[0])).collect();
    Ok(CountReport { counts, ratios })
}

impl CountRatio {
    fn of(a: &FileCounts, b: &FileCounts) -> Self {
        let (x, y) = (a.counts.run, b.counts.run);
        let misses = |number: fn(&Accesses) -> u64| {
            let (x, y) = (number(&x.accesses?), number(&y.accesses?));
            (y > 0).then(|| x as f64 / y as f64)
        };
        Self {
            a: a.file.clone(),
            b: b.file.clone(),
            instructions: x.instructions as f64 / y.instructions.max(1) as f64,
            l1_misses: misses(|accesses| accesses.l1_misses),
            l2_misses: misses(|accesses| accesses.l2_misses),
        }
    }
}
