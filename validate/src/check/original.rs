//! Files compared with the network that they were made from.

use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, Instant};

use edgeconv_agent::{SessionConfig, Settings};
use edgeconv_converter::target::Format;
use edgeconv_graph::Tensor;

use super::CheckError;
use crate::Selections;
use crate::compare::{OutputParity, Tolerance, compare_outputs};
use crate::engine::{Engine, EngineError, NamedTensor};
use crate::model::{ModelError, OnnxEngine, Running, format_of};

/// What a network computes of some inputs.
pub struct Original {
    inputs: Vec<NamedTensor>,
    expected: Vec<NamedTensor>,
}

impl Original {
    /// Runs the network, an ONNX file, on inputs, and on the values that some inputs are fixed to: by ONNX Runtime, if it is here and
    /// can, else by rten. `timed` is told how long each engine took.
    ///
    /// # Errors
    /// If neither can run it.
    pub fn run(
        file: &Path,
        inputs: Vec<NamedTensor>,
        fixed: &HashMap<String, Tensor>,
        timed: &mut impl FnMut(&'static str, Duration),
    ) -> Result<Self, CheckError> {
        let fixed = fixed.iter().map(|(name, tensor)| NamedTensor { name: name.clone(), tensor: tensor.clone() });
        let all: Vec<_> = inputs.iter().cloned().chain(fixed).collect();
        let runtime = match engine(file, OnnxEngine::OnnxRuntime, Settings::default()) {
            Ok(runtime) => run(runtime.as_ref(), file, &all, timed).ok(),
            Err(ModelError::NoOnnxRuntime | ModelError::Agent(_)) => None,
            Err(error) => return Err(error.into()),
        };
        let expected = match runtime {
            Some(expected) => expected,
            None => run(engine(file, OnnxEngine::Rten, Settings::default())?.as_ref(), file, &all, timed)?,
        };
        Ok(Self { inputs, expected })
    }

    /// Runs a file that was made from the network by every engine here that can, and compares its outputs; those that are rows of
    /// selected boxes without the rows that no box is in. `timed` is told how long each engine took.
    ///
    /// # Errors
    /// If an engine is missing, or can't run the file.
    pub fn compare(
        &self,
        file: &Path,
        settings: Settings,
        selections: &Selections,
        tolerance: impl Fn(&NamedTensor) -> Tolerance,
        timed: &mut impl FnMut(&'static str, Duration),
    ) -> Result<Vec<OutputParity>, CheckError> {
        let mut parity = vec![];
        for engine in engines(file, settings)? {
            let mut found = run(engine.as_ref(), file, &self.inputs, timed)?;
            selections.trim(&mut found);
            parity.extend(compare_outputs((engine.name(), &found), ("original", &self.expected), &tolerance));
        }
        Ok(parity)
    }
}

/// Everything here that runs a file.
fn engines(file: &Path, settings: Settings) -> Result<Vec<Box<dyn Engine>>, ModelError> {
    if format_of(file)? != Format::Onnx {
        return Ok(vec![engine(file, OnnxEngine::Any, settings)?]);
    }
    let mut engines = vec![engine(file, OnnxEngine::Rten, settings)?];
    match engine(file, OnnxEngine::OnnxRuntime, settings) {
        Ok(runtime) => engines.push(runtime),
        Err(ModelError::NoOnnxRuntime) => {}
        Err(error) => return Err(error),
    }
    Ok(engines)
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
) -> Result<Vec<NamedTensor>, EngineError> {
    let start = Instant::now();
    let outputs = engine.run(file, inputs);
    timed(engine.name(), start.elapsed());
    outputs
}
