//! The form of an MNN file that is fastest on this machine.

use std::fs;
use std::path::PathBuf;

use edgeconv_agent::{BenchModel, SessionConfig, Task, Warmup};
use edgeconv_converter::target::mnn::passes::{LOWERINGS, Lowering};
use edgeconv_converter::target::{Mnn, Target};
use edgeconv_converter::{ConversionError, Rewritten};
use edgeconv_files::Staging;
use itertools::Itertools;
use sha2::{Digest, Sha256};
use tracing::debug;

use crate::engine::{Agent, AgentError};
use crate::latency::Ratio;
use crate::provenance;

const WARMUP: usize = 3;
const RUNS: usize = 25;

/// Numbers of threads over which latencies are averaged.
const THREADS: [u16; 2] = [1, 2];

/// Cache sizes for which strips are tried.
const CACHE_SIZES: [usize; 4] = [0, 512 << 10, 1 << 20, 2 << 20];

/// What is measured next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Ways to compute circular convolutions.
    Lowerings,
    /// Strips of large maps.
    Strips,
}

/// A form that could not be measured.
#[derive(Debug, thiserror::Error)]
pub enum TuneError {
    /// It can't be made.
    #[error(transparent)]
    Conversion(#[from] ConversionError),
    /// It can't be run.
    #[error(transparent)]
    Agent(#[from] AgentError),
    /// A file of it can't be written.
    #[error("can't write `{}`: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

/// Measures which lowering of circular convolutions is fastest for a network, then which strips with it. Files to measure are
/// written into `staging`; `progress` is told what is next.
///
/// # Errors
/// If a form can't be made or run.
pub fn fastest(rewritten: &Rewritten, staging: &Staging, progress: impl Fn(Step)) -> Result<Mnn, TuneError> {
    progress(Step::Lowerings);
    let lowerings = std::iter::once(None).chain(LOWERINGS.map(Some));
    let lowerings: Vec<_> = lowerings.map(|lowering: Option<Lowering>| Mnn { lowering, ..Mnn::DEFAULT }).collect();
    let best = fastest_of(rewritten, staging, &lowerings)?;
    progress(Step::Strips);
    fastest_of(rewritten, staging, &CACHE_SIZES.map(|cache_bytes| Mnn { cache_bytes, ..best }))
}

/// A hash of all that decides which form is fastest: network, input size, rewriting and processor.
pub fn key(rewritten: &Rewritten) -> String {
    let cpus = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cpu =
        cpus.lines().find(|line| line.starts_with("model name") || line.starts_with("Hardware")).unwrap_or("unknown");
    let (graph, options) = (rewritten.graph(), rewritten.options());
    let text = format!("{graph}{:?}{:?}{cpu}{}", options.rewrite, options.disabled, env!("CARGO_PKG_VERSION"));
    provenance::hex(Sha256::digest(text))
}

fn fastest_of(rewritten: &Rewritten, staging: &Staging, forms: &[Mnn]) -> Result<Mnn, TuneError> {
    let files = forms.iter().enumerate().map(|(index, form)| {
        let path = staging.path().join(format!("variant-{index}.mnn"));
        rewritten.clone().write(form, &path)?;
        // The agent runs in a folder of its own.
        std::path::absolute(&path).map_err(|source| TuneError::Write { path: path.clone(), source })
    });
    let files = files.collect::<Result<Vec<_>, _>>()?;
    let latencies = relative_latencies(&Agent::find()?, &files)?;
    debug!("relative latencies of the variants: {latencies:.3?}");
    let best = latencies.iter().enumerate().min_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(index, _)| index);
    Ok(forms[best])
}

/// How long each `.mnn` file takes in terms of the first one: the median ratio of runs in turn, averaged over numbers of threads.
fn relative_latencies(agent: &Agent, files: &[PathBuf]) -> Result<Vec<f64>, AgentError> {
    let models: Vec<_> = files.iter().map(BenchModel::mnn).collect();
    let mut means = vec![0.0; files.len()];
    for threads in THREADS {
        let config = SessionConfig { threads, settings: Mnn::DEFAULT.session(), ..SessionConfig::default() };
        let task = Task::bench(models.clone(), Warmup::exactly(WARMUP), RUNS);
        let timings = agent.bench(task, config, &[])?.models;
        for (mean, timing) in means.iter_mut().zip_eq(&timings) {
            let ratio = Ratio::of(&timing.samples_ms, &timings[0].samples_ms);
            *mean += ratio.map_or(f64::INFINITY, |ratio| ratio.median) / THREADS.len() as f64;
        }
    }
    Ok(means)
}
