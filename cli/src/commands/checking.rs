//! Running written files and comparing them with the original network.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use edgeconv_agent::SessionConfig;
use edgeconv_graph::{Graph, Tensor};
use edgeconv_validate::Selections;
use edgeconv_validate::compare::{OutputParity, Tolerance, compare_outputs};
use edgeconv_validate::engine::{Agent, Engine, NamedTensor, NativeEngine, Rten, onnxruntime};
use edgeconv_validate::input;

use super::writing::Clock;
use crate::failure::Failure;
use crate::output::table;

/// The original network's outputs for random inputs.
pub struct Check {
    inputs: Vec<NamedTensor>,
    expected: Vec<NamedTensor>,
    selections: Selections,
}

impl Check {
    /// Runs the original network, an ONNX file, on inputs, and on the values that some inputs are fixed to: by ONNX Runtime, if it
    /// is there and can, else by rten.
    pub fn of(
        inputs: Vec<NamedTensor>,
        fixed: &HashMap<String, Tensor>,
        reference: &Path,
        clock: &mut Clock,
    ) -> Result<Self, Failure> {
        let fixed = fixed.iter().map(|(name, tensor)| NamedTensor { name: name.clone(), tensor: tensor.clone() });
        let all: Vec<_> = inputs.iter().cloned().chain(fixed).collect();
        let runtime = Agent::find().ok().zip(onnxruntime::find().map_err(Failure::misuse)?);
        let expected = runtime.and_then(|(agent, library)| {
            let engine = NativeEngine::onnxruntime(agent, SessionConfig::default(), library);
            run_engine(&engine, reference, &all, clock).ok()
        });
        let expected = expected.map_or_else(|| run_engine(&Rten::new(), reference, &all, clock), Ok)?;
        Ok(Self { inputs, expected, selections: Selections::default() })
    }

    /// Outputs that are rows of selected boxes are compared without the rows that no box is in.
    pub fn with_selections(self, selections: Selections) -> Self {
        Self { selections, ..self }
    }

    /// Runs files and compares their outputs.
    pub fn run(
        &self,
        onnx: Option<&PathBuf>,
        mnn: Option<&PathBuf>,
        tolerance: impl Fn(&NamedTensor) -> Tolerance + Copy,
        clock: &mut Clock,
    ) -> Result<Vec<OutputParity>, Failure> {
        let agent = Agent::find().map_err(|error| Failure::Failed(format!("{error}; or use --no-check")))?;
        let config = SessionConfig::default();
        let mut checks: Vec<(Box<dyn Engine>, &Path)> = vec![];
        if let Some(file) = onnx {
            checks.push((Box::new(Rten::new()), file));
            if let Some(library) = onnxruntime::find().map_err(Failure::misuse)? {
                checks.push((Box::new(NativeEngine::onnxruntime(agent.clone(), config, library)), file));
            }
        }
        if let Some(file) = mnn {
            checks.push((Box::new(NativeEngine::mnn(agent, config)), file));
        }
        let mut parity = vec![];
        for (engine, file) in checks {
            let mut found = run_engine(engine.as_ref(), file, &self.inputs, clock)?;
            self.selections.trim(&mut found);
            parity.extend(compare_outputs((engine.name(), &found), ("original", &self.expected), tolerance));
        }
        Ok(parity)
    }
}

/// Random values for the inputs of a network.
pub fn random_inputs(graph: &Graph, seed: u64) -> Vec<NamedTensor> {
    let input = |&id| {
        let value = graph.value(id);
        NamedTensor { name: value.name.clone(), tensor: input::random_of(&value.ty, seed) }
    };
    graph.inputs().iter().map(input).collect()
}

fn run_engine(
    engine: &dyn Engine,
    file: &Path,
    inputs: &[NamedTensor],
    clock: &mut Clock,
) -> Result<Vec<NamedTensor>, Failure> {
    clock.step(engine.name(), || engine.run(file, inputs)).map_err(Failure::failed)
}

/// How far each output is from the original's.
pub fn parity_table(parity: &[OutputParity]) -> String {
    let row = |parity: &OutputParity| {
        let result = &parity.comparison;
        vec![
            parity.output.clone(),
            parity.engine.clone(),
            format!("{:.2e}", result.max_abs),
            format!("{:.2e}", result.max_rel),
            format!("{:.9}", result.cosine),
            if result.passed { "passed".into() } else { result.problem.clone().unwrap_or_else(|| "FAILED".into()) },
        ]
    };
    table(&["output", "engine", "max abs", "max rel", "cosine", "parity"], parity.iter().map(row)).to_string()
}

/// An error if an output is too far from the original's.
pub fn verdict(parity: &[OutputParity]) -> Result<(), Failure> {
    let failed: Vec<_> = parity.iter().filter(|parity| !parity.comparison.passed).collect();
    let Some(first) = failed.first() else { return Ok(()) };
    let Tolerance { atol, rtol } = first.tolerance;
    Err(Failure::Failed(format!(
        "{} of {} outputs differ too much, first `{}` by {}: allowed are {atol:.1e} absolute + {rtol:.0e} relative",
        failed.len(),
        parity.len(),
        first.output,
        first.engine
    )))
}
