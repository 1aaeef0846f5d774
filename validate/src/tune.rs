//! Finding the fastest of several files that compute the same.

use std::path::PathBuf;

use edgeconv_agent::{BenchModel, SessionConfig, Task, Warmup};

use crate::engine::{Agent, AgentError};
use crate::latency::Ratio;

const WARMUP: usize = 3;
const RUNS: usize = 25;

/// How long each `.mnn` file takes in terms of the first one: the median ratio of runs in turn, averaged over numbers of threads.
///
/// # Errors
/// If the agent fails.
pub fn relative_latencies(agent: &Agent, files: &[PathBuf], threads: &[u16]) -> Result<Vec<f64>, AgentError> {
    let models: Vec<_> = files.iter().map(BenchModel::mnn).collect();
    let mut means = vec![0.0; files.len()];
    for &count in threads {
        let config = SessionConfig { threads: count, ..SessionConfig::default() };
        let task = Task::bench(models.clone(), Warmup::exactly(WARMUP), RUNS);
        let timings = agent.bench(task, config, &[])?.models;
        if timings.len() != files.len() {
            return Err(AgentError::Job(format!("{} files were measured, expected {}", timings.len(), files.len())));
        }
        for (mean, timing) in means.iter_mut().zip(&timings) {
            let ratio = Ratio::of(&timing.samples_ms, &timings[0].samples_ms);
            *mean += ratio.map_or(f64::INFINITY, |ratio| ratio.median) / threads.len() as f64;
        }
    }
    Ok(means)
}
