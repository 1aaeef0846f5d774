mod deviations;
mod known;
mod site;
mod values;

use std::path::Path;

use edgeconv_agent::{RTEN, RTEN_VERSION, SessionConfig};

use super::{Agent, Engine, EngineError, NamedTensor, NativeEngine, Run};
use deviations::{Deviation, Deviations};

/// rten, which is linked into the agent: runs ONNX files, needs nothing installed.
pub struct Rten {
    engine: NativeEngine,
    /// What is known of it, if it may run nothing that it computes otherwise than ONNX says.
    known: Option<Deviations>,
}

impl Rten {
    /// Runs on all cores.
    pub fn new(agent: Agent) -> Self {
        let cores = std::thread::available_parallelism().ok().and_then(|cores| u16::try_from(cores.get()).ok());
        let config = SessionConfig { threads: cores.unwrap_or(1), ..SessionConfig::default() };
        Self { engine: NativeEngine::rten(agent, config), known: None }
    }

    /// Runs what it computes as ONNX says, so that its outputs may be a reference; everything else is an error.
    pub fn by_definition(agent: Agent) -> Self {
        Self { known: Some(Deviations::default()), ..Self::new(agent) }
    }

    /// Runs a model on each of `runs` parts of the inputs.
    fn run_on(&self, model: &Path, inputs: &[NamedTensor], runs: usize, names: &[String]) -> Result<Run, EngineError> {
        let Some(known) = &self.known else { return self.engine.run_in_folder(model, inputs, runs, names) };
        let refused = |found: Deviation| EngineError::Deviates {
            engine: format!("{RTEN} {RTEN_VERSION}"),
            model: model.to_owned(),
            reason: found.to_string(),
        };
        let watched = known.watched(model, inputs).map_err(refused)?;
        let mut all = watched.values();
        all.extend(names.iter().cloned());
        let mut run = self.engine.run_in_folder(model, inputs, runs, &Vec::from_iter(all))?;
        watched.check(&run, inputs).map_err(refused)?;
        run.inside.retain(|value| names.contains(&value.name));
        Ok(run)
    }
}

impl Engine for Rten {
    fn name(&self) -> &'static str {
        self.engine.name()
    }

    fn run_inside(&self, model: &Path, inputs: &[NamedTensor], names: &[String]) -> Result<Run, EngineError> {
        self.run_on(model, inputs, 1, names)
    }

    fn run_parts(&self, model: &Path, inputs: &[NamedTensor], runs: usize) -> Result<Run, EngineError> {
        self.run_on(model, inputs, runs, &[])
    }
}
