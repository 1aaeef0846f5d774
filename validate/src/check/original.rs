//! Files compared with the network that they were made from.

use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, Instant};

use edgeconv_agent::{SessionConfig, Settings};
use edgeconv_converter::target::{self, Format};
use edgeconv_graph::Tensor;

use super::CheckError;
use crate::compare::{OutputParity, Tolerance, compare_outputs};
use crate::engine::{Engine, EngineError, NamedTensor, Ran, Rten, Run};
use crate::input::{self, InputError};
use crate::model::{ModelError, OnnxEngine, Running, format_of};
use crate::{Counts, Selections};

/// What a network computes of some inputs.
pub struct Original {
    inputs: Vec<NamedTensor>,
    expected: Vec<NamedTensor>,
    ran: Ran,
}

impl Original {
    /// Runs the network, an ONNX file, on inputs, and on the values that some inputs are fixed to: by ONNX Runtime, if it is here and
    /// can, else by rten. `timed` is told how long that took.
    ///
    /// # Errors
    /// If neither can run it, and if rten alone can, but is known to compute something else ([`EngineError::Unproven`]).
    pub fn run(
        file: &Path,
        inputs: Vec<NamedTensor>,
        fixed: &HashMap<String, Tensor>,
        timed: &mut impl FnMut(&'static str, Duration),
    ) -> Result<Self, CheckError> {
        let fixed = fixed.iter().map(|(name, tensor)| NamedTensor { name: name.clone(), tensor: tensor.clone() });
        let all: Vec<_> = inputs.iter().cloned().chain(fixed).collect();
        let engine = engine(file, OnnxEngine::Any, Settings::default())?;
        let Run { outputs, ran, .. } = run(engine.as_ref(), file, &declared(file, &all)?, timed)?;
        // What the original rounds, other files are to be given rounded.
        Ok(Self { inputs: declared(file, &inputs)?, expected: outputs, ran })
    }

    /// What ran the network.
    pub fn ran(&self) -> &Ran {
        &self.ran
    }

    /// Runs a file that was made from the network by every engine here that can, and compares its outputs; those that are rows of
    /// selected boxes without the rows that no box is in. `timed` is told how long each engine took.
    ///
    /// # Errors
    /// If an engine is missing, or can't run the file. That rten can't, or computes something else than an ONNX file says, is an error
    /// only if ONNX Runtime is not here ([`EngineError::Unproven`]).
    pub fn compare(
        &self,
        file: &Path,
        settings: Settings,
        selections: &Selections,
        tolerance: impl Fn(&NamedTensor) -> Tolerance,
        timed: &mut impl FnMut(&'static str, Duration),
    ) -> Result<Vec<OutputParity>, CheckError> {
        let mut parity = vec![];
        let counts = Counts::noted(&target::list(file).map_err(ModelError::from)?.metadata);
        for Run { mut outputs, ran, .. } in self.runs(file, settings, timed)? {
            selections.trim(&mut outputs);
            counts.trim(&mut outputs);
            parity.extend(compare_outputs((&ran.engine, &outputs), (&self.ran.engine, &self.expected), &tolerance));
        }
        Ok(parity)
    }

    /// What everything here makes of the inputs that can run a file.
    fn runs(
        &self,
        file: &Path,
        settings: Settings,
        timed: &mut impl FnMut(&'static str, Duration),
    ) -> Result<Vec<Run>, CheckError> {
        let format = format_of(file)?;
        let inputs = declared(file, &self.inputs)?;
        let mut run = |engine: &dyn Engine| run(engine, file, &inputs, timed);
        if format != Format::Onnx {
            return Ok(vec![run(engine(file, OnnxEngine::Any, settings)?.as_ref())?]);
        }
        let rten = run(&Rten::by_definition());
        match (rten, engine(file, OnnxEngine::OnnxRuntime, settings)) {
            (rten, Ok(runtime)) => Ok(rten.into_iter().chain([run(runtime.as_ref())?]).collect()),
            (Ok(rten), Err(ModelError::NoOnnxRuntime)) => Ok(vec![rten]),
            (Err(rten), Err(missing @ ModelError::NoOnnxRuntime)) => {
                let reasons = vec![missing.to_string(), rten.to_string()];
                Err(EngineError::Unproven { model: file.to_owned(), reasons }.into())
            }
            (_, Err(error)) => Err(error.into()),
        }
    }
}

/// Inputs as the element types that a file declares.
fn declared(file: &Path, inputs: &[NamedTensor]) -> Result<Vec<NamedTensor>, CheckError> {
    let ports = target::list(file).map_err(ModelError::from)?.inputs;
    let wrong = |error: InputError| EngineError::Inputs { model: file.to_owned(), reason: error.to_string() };
    Ok(input::as_declared(inputs.to_vec(), &ports).map_err(wrong)?.0)
}

fn engine(file: &Path, onnx: OnnxEngine, settings: Settings) -> Result<Box<dyn Engine>, ModelError> {
    let config = SessionConfig { settings, ..SessionConfig::default() };
    Running { onnx, config, ..Running::default() }.engine(file, format_of(file)?)
}

fn run(
    engine: &dyn Engine,
    file: &Path,
    inputs: &[NamedTensor],
    timed: &mut impl FnMut(&'static str, Duration),
) -> Result<Run, EngineError> {
    let start = Instant::now();
    let result = engine.run_inside(file, inputs, &[]);
    timed(engine.name(), start.elapsed());
    result
}
