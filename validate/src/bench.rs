//! Latency: models measured in turn, in several processes, and whether the machine was fit for it.

use std::path::{Path, PathBuf};

use edgeconv_agent::{BenchResult, Engine, SessionConfig, Task, Warmup};

use crate::engine::{Agent, AgentError};
use crate::target::Fitness;

/// What is measured, and how.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Model files with what runs them.
    pub models: Vec<(Engine, PathBuf)>,
    /// How sessions run.
    pub config: SessionConfig,
    /// Runs that are not measured, in each process.
    pub warmup: Warmup,
    /// Measured runs of each model, in all processes together.
    pub runs: usize,
    /// Number of processes: where a process happens to lie in memory makes it faster or slower as a whole.
    pub processes: usize,
    /// Also measures each operator.
    pub profile: bool,
    /// Cores that may be used; empty: all.
    pub cores: Vec<usize>,
}

impl Plan {
    /// Measures, with `variables` added to the agent's environment; calls `progress` with the number of finished processes.
    ///
    /// # Errors
    /// If a model can't be run, or a process does not end well.
    pub fn measure(
        &self,
        agent: &Agent,
        variables: &[(&str, &Path)],
        progress: impl Fn(usize),
    ) -> Result<Vec<BenchResult>, AgentError> {
        let processes = self.processes.clamp(1, self.runs.max(1));
        let mut results = vec![];
        for process in 0..processes {
            progress(process);
            // The rest of the runs goes to the first ones.
            let runs = self.runs / processes + usize::from(process < self.runs % processes);
            let task = Task::Bench {
                models: self.models.clone(),
                warmup: self.warmup,
                runs,
                // Operators are measured once.
                profile: self.profile && process == 0,
                cores: self.cores.clone(),
            };
            results.push(agent.bench(task, self.config, variables)?);
        }
        Ok(results)
    }

    /// The most memory that a process held which ran one model alone, for each model, in 2^20 bytes; `None` where the system does not
    /// tell. Only a single model was alone in the processes that gave `results`.
    ///
    /// # Errors
    /// As [`Plan::measure`].
    pub fn peaks_mb(
        &self,
        agent: &Agent,
        variables: &[(&str, &Path)],
        results: &[BenchResult],
    ) -> Result<Vec<Option<f64>>, AgentError> {
        if self.models.len() == 1 {
            return Ok(vec![results.iter().filter_map(|result| result.peak_mb).reduce(f64::max)]);
        }
        let peak = |model: &(Engine, PathBuf)| {
            let task = Task::bench(vec![model.clone()], Warmup::exactly(0), 1);
            Ok(agent.bench(task, self.config, variables)?.peak_mb)
        };
        self.models.iter().map(peak).collect()
    }
}

/// Why times of these processes are not to be trusted; empty if nothing speaks against them.
pub fn unfitness(results: &[BenchResult], fit: &Fitness) -> Vec<String> {
    let mut reasons = vec![];
    let (Some(first), Some(last)) = (results.first(), results.last()) else { return reasons };
    let (before, after) = (&first.before, &last.after);
    if let Some(governor) = before.governor.as_deref().filter(|governor| *governor != fit.governor) {
        reasons.push(format!("the frequency governor is `{governor}`, expected `{}`", fit.governor));
    }
    if let (Some(before), Some(after)) = (before.freq_mhz, after.freq_mhz)
        && (after / before - 1.0).abs() > fit.max_freq_change
    {
        reasons.push(format!("the frequency went from {before:.0} to {after:.0} MHz"));
    }
    if let Some(temperature) = after.temperature_c.filter(|temperature| *temperature > fit.max_temperature_c) {
        reasons.push(format!("the processor is at {temperature:.0} °C, and slows down when it gets too warm"));
    }
    let cores = first.host.cores as f64;
    if let Some(load) = before.load.filter(|load| *load > cores * fit.max_load) {
        reasons.push(format!("other programs were running: a load of {load} before the first run"));
    }
    if results.iter().any(|result| !result.stable) {
        reasons.push("times did not become stable before they were measured".into());
    }
    reasons
}

#[cfg(test)]
mod tests {
    use edgeconv_agent::{Conditions, Host};

    use super::*;

    fn result(before: Conditions, after: Conditions, stable: bool) -> BenchResult {
        let host = Host { cpu: String::new(), machine: String::new(), cores: 4, kernel: String::new() };
        BenchResult { models: vec![], host, before, after, warmup: 5, stable, peak_mb: None }
    }

    #[test]
    fn a_fit_machine_has_nothing_against_it() {
        let fit = Conditions {
            governor: Some("performance".into()),
            freq_mhz: Some(1800.0),
            temperature_c: Some(50.0),
            load: Some(0.2),
        };
        assert_eq!(unfitness(&[result(fit.clone(), fit, true)], &Fitness::default()), [""; 0]);
        // What the system does not tell is no reason.
        assert_eq!(
            unfitness(&[result(Conditions::default(), Conditions::default(), true)], &Fitness::default()),
            [""; 0]
        );
    }

    #[test]
    fn each_reason_is_said() {
        let before = Conditions {
            governor: Some("ondemand".into()),
            freq_mhz: Some(1800.0),
            temperature_c: Some(60.0),
            load: Some(3.0),
        };
        let after = Conditions { freq_mhz: Some(1200.0), temperature_c: Some(91.0), ..before.clone() };
        let reasons = unfitness(&[result(before, after, false)], &Fitness::default());
        for (reason, part) in reasons.iter().zip(["`ondemand`", "1800 to 1200 MHz", "91 °C", "load of 3", "stable"]) {
            assert!(reason.contains(part), "{reason}");
        }
        assert_eq!(reasons.len(), 5);
    }
}
