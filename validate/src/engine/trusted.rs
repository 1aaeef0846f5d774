//! What an ONNX file computes, as far as an engine here can be trusted with it.

use std::path::Path;

use super::{Agent, Engine, EngineError, NamedTensor, NativeEngine, Rten, Run};

/// ONNX Runtime, or else rten for what it computes as ONNX says.
pub(crate) struct Trusted {
    /// Or why it is not here.
    runtime: Result<NativeEngine, String>,
    rten: Rten,
}

impl Trusted {
    /// ONNX Runtime, or why it is not here.
    pub(crate) fn new(runtime: Result<NativeEngine, String>, agent: Agent) -> Self {
        Self { runtime, rten: Rten::by_definition(agent) }
    }

    /// What the first engine gives that can run the model.
    fn first(&self, model: &Path, run: impl Fn(&dyn Engine) -> Result<Run, EngineError>) -> Result<Run, EngineError> {
        let (refused, slow) = match self.runtime.as_ref().map(|runtime| run(runtime)) {
            Ok(Ok(run)) => return Ok(run),
            Ok(Err(error @ (EngineError::Start { .. } | EngineError::TooLarge { .. }))) => return Err(error),
            Ok(Err(error @ EngineError::Timeout { .. })) => (error.to_string(), Some(error)),
            Ok(Err(error)) => (error.to_string(), None),
            Err(missing) => (missing.clone(), None),
        };
        match run(&self.rten) {
            Ok(mut run) => {
                run.ran.instead_of = self.runtime.is_ok().then_some(refused);
                Ok(run)
            }
            Err(
                error @ (EngineError::Inputs { .. }
                | EngineError::Start { .. }
                | EngineError::TooLarge { .. }
                | EngineError::Timeout { .. }),
            ) => Err(error),
            Err(error) => Err(slow.unwrap_or_else(|| EngineError::Unproven {
                model: model.to_owned(),
                reasons: vec![refused, error.to_string()],
            })),
        }
    }
}

impl Engine for Trusted {
    /// That of the one which is tried first.
    fn name(&self) -> &'static str {
        self.runtime.as_ref().map_or(self.rten.name(), |runtime| runtime.name())
    }

    fn run_inside(&self, model: &Path, inputs: &[NamedTensor], names: &[String]) -> Result<Run, EngineError> {
        self.first(model, |engine| engine.run_inside(model, inputs, names))
    }

    fn run_parts(&self, model: &Path, inputs: &[NamedTensor], runs: usize) -> Result<Run, EngineError> {
        self.first(model, |engine| engine.run_parts(model, inputs, runs))
    }

    fn second_opinion(&self, model: &Path, inputs: &[NamedTensor]) -> Option<Run> {
        self.runtime.as_ref().ok()?;
        self.rten.run_inside(model, inputs, &[]).ok()
    }
}
