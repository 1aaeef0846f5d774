//! Latency: models measured in turn, in several processes, and whether the machine was fit for it.

mod counts;
mod report;

use std::path::{Path, PathBuf};
use std::time::Duration;

use edgeconv_agent::{BenchModel, BenchResult, MNN, SessionConfig, Shapes, Task, Warmup};
use edgeconv_converter::source::ImportError;
use edgeconv_converter::target::{Format, ReadError};

use crate::engine::{Agent, AgentError, onnxruntime};
use crate::machine::{Board, Fitness, Machine};
use crate::model::{Inputs, ModelError, format_of};

pub use counts::{CountRatio, CountReport, FileCounts, count};
pub use report::{FileReport, HostReport, RatioReport, Report};

/// Files that are measured in turn, and how.
#[derive(Debug, Clone)]
pub struct Bench {
    /// Model files; ratios are to the first one.
    pub files: Vec<PathBuf>,
    /// Shapes of inputs that have others in the files, or open ones; of those inputs that a file has.
    pub shapes: Shapes,
    /// Where, and when that is fit for measuring.
    pub board: Board,
    /// How sessions run, but for their threads.
    pub config: SessionConfig,
    /// Numbers of threads; everything is measured with each.
    pub threads: Vec<u16>,
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
    /// A process that takes longer is stopped.
    pub limit: Duration,
}

/// Models that could not be measured.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    /// A file can't be run.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// Too few runs were asked for.
    #[error("nothing was measured")]
    Nothing,
}

impl From<AgentError> for BenchError {
    fn from(error: AgentError) -> Self {
        Self::Model(error.into())
    }
}

impl Bench {
    /// Measures; `progress` is told the number of threads and of finished processes.
    ///
    /// # Errors
    /// If a model can't be run, or a process does not end well.
    pub fn run(&self, progress: impl Fn(u16, usize)) -> Result<Report, BenchError> {
        let agent = self.board.machine.agent()?.with_time_limit(self.limit);
        let models = self.files.iter().map(|file| self.model(file)).collect::<Result<Vec<_>, _>>()?;
        self.expect_inputs(&models)?;
        let library = self.library(&models)?;
        let variables: Vec<_> = library.iter().map(|path| ("ORT_DYLIB_PATH", path.as_path())).collect();
        let mut report = Report::default();
        for &threads in &self.threads {
            let config = SessionConfig { threads, ..self.config };
            let of = Measurement { bench: self, agent: &agent, models: &models, config, variables: &variables };
            let results = of.results(|process| progress(threads, process))?;
            let peaks_mb = of.peaks_mb(&results)?;
            report.add(&self.files, threads, &results, &peaks_mb, &self.board.fit)?;
        }
        Ok(report)
    }

    /// A file at the shapes that are asked for; an open one is resized to them, too.
    fn model(&self, file: &Path) -> Result<BenchModel, ModelError> {
        let model = bench_model(file)?;
        // What is wrong with a file that can't be listed, its engine says.
        let Ok(inputs) = Inputs::of(file) else { return Ok(model) };
        let shapes = inputs.known(&self.shapes);
        inputs.expect(&shapes).map_err(|reason| ModelError::Shapes { path: file.to_owned(), reason })?;
        let resized_from = inputs.other(&shapes).unwrap_or_default();
        Ok(BenchModel { shapes, resized_from, ..model })
    }

    /// That each shape is for an input of a file.
    fn expect_inputs(&self, models: &[BenchModel]) -> Result<(), ModelError> {
        let is_known = |name: &String| models.iter().any(|model| model.shapes.contains_key(name));
        match self.shapes.keys().find(|name| !is_known(name)) {
            None => Ok(()),
            Some(name) => {
                let path = self.files.first().cloned().unwrap_or_default();
                Err(ModelError::Shapes { path, reason: format!("there is no input `{name}`, in no file") })
            }
        }
    }

    /// ONNX Runtime's library, if a file needs it.
    fn library(&self, models: &[BenchModel]) -> Result<Option<PathBuf>, ModelError> {
        let Some(other) = models.iter().find(|model| model.engine != MNN) else { return Ok(None) };
        if self.board.machine != Machine::Local {
            return Err(ModelError::NotForBoards(other.model.clone()));
        }
        onnxruntime::find()?.map(Some).ok_or(ModelError::NoOnnxRuntime)
    }
}

/// Models with one number of threads.
struct Measurement<'a> {
    bench: &'a Bench,
    agent: &'a Agent,
    models: &'a [BenchModel],
    config: SessionConfig,
    variables: &'a [(&'a str, &'a Path)],
}

impl Measurement<'_> {
    /// What each process measured; `progress` is told the number of finished ones.
    fn results(&self, progress: impl Fn(usize)) -> Result<Vec<BenchResult>, AgentError> {
        let &Bench { runs: all, processes, warmup, profile, ref cores, .. } = self.bench;
        let processes = processes.clamp(1, all.max(1));
        let mut results = vec![];
        for process in 0..processes {
            progress(process);
            // The rest of the runs goes to the first ones.
            let runs = all / processes + usize::from(process < all % processes);
            // Operators are measured once.
            let profile = profile && process == 0;
            let task = Task::Bench { models: self.models.to_vec(), warmup, runs, profile, cores: cores.clone() };
            results.push(self.agent.bench(task, self.config, self.variables)?);
        }
        Ok(results)
    }

    /// The most memory that a process held which ran one model alone, for each model, in 2^20 bytes; `None` where the system does not
    /// tell. Only a single model was alone in the processes that gave `results`.
    fn peaks_mb(&self, results: &[BenchResult]) -> Result<Vec<Peaks>, AgentError> {
        if self.models.len() == 1 {
            return Ok(vec![Peaks::of(results)]);
        }
        let peak = |model: &BenchModel| {
            let task = Task::bench(vec![model.clone()], Warmup::exactly(0), 1);
            Ok(Peaks::of(&[self.agent.bench(task, self.config, self.variables)?]))
        };
        self.models.iter().map(peak).collect()
    }
}

/// The most memory that processes of one model held, in 2^20 bytes.
#[derive(Debug, Clone, Copy)]
struct Peaks {
    /// Before it was resized.
    runs: Option<f64>,
    /// When it was resized, too.
    resizes: Option<f64>,
}

impl Peaks {
    fn of(results: &[BenchResult]) -> Self {
        let most = |peak: fn(&BenchResult) -> Option<f64>| results.iter().filter_map(peak).reduce(f64::max);
        Self { runs: most(|result| result.peak_mb), resizes: most(|result| result.resize_peak_mb) }
    }
}

/// A file with what runs it. The agent runs in a folder of its own, so that the path is absolute.
fn bench_model(file: &Path) -> Result<BenchModel, ModelError> {
    let format = format_of(file)?;
    let unreadable = |source| ReadError::from(ImportError::Read { path: file.to_owned(), source });
    let path = std::fs::canonicalize(file).map_err(unreadable)?;
    Ok(match format {
        Format::Mnn => BenchModel::mnn(path),
        Format::Onnx => BenchModel::onnx(path),
    })
}

/// The path of a file that boards can run.
pub(crate) fn board_model(file: &Path) -> Result<PathBuf, ModelError> {
    let BenchModel { engine, model, .. } = bench_model(file)?;
    if engine == MNN { Ok(model) } else { Err(ModelError::NotForBoards(file.to_owned())) }
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
    use itertools::Itertools;

    use super::*;

    fn result(before: Conditions, after: Conditions, stable: bool) -> BenchResult {
        let host = Host { cpu: String::new(), machine: String::new(), cores: 4, kernel: String::new() };
        BenchResult { models: vec![], host, before, after, warmup: 5, stable, peak_mb: None, resize_peak_mb: None }
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
        let parts = ["`ondemand`", "1800 to 1200 MHz", "91 °C", "load of 3", "stable"];
        for (reason, part) in reasons.iter().zip_eq(parts) {
            assert!(reason.contains(part), "{reason}");
        }
    }
}
