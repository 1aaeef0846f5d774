//! Files compared with the network that they were made from.

use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, Instant};

use edgeconv_agent::{SessionConfig, Settings};
use edgeconv_converter::target::Numbers;
use edgeconv_graph::Tensor;

use super::rounding::all_right;
use super::{CheckError, SecondOpinion, expect_numbers};
use crate::compare::{Comparison, OutputParity, Tolerance, compare_outputs};
use crate::engine::{EngineError, NamedTensor, Ran, Run};
use crate::model::{Model, ModelError, OnnxEngine, Running};
use crate::quantization::Steps;
use crate::tolerances::{Rounding, Tolerances};
use crate::{Counts, Selections};

/// What a network computes of some inputs.
pub struct Original {
    model: Model,
    /// What the network was run on.
    all: Vec<NamedTensor>,
    /// Without the values that some inputs are fixed to.
    inputs: Vec<NamedTensor>,
    expected: Vec<NamedTensor>,
    /// One step of each output that follows from quantised values.
    steps: Steps,
    ran: Ran,
}

impl Original {
    /// Runs the network, a model file, on inputs, and on the values that some inputs are fixed to: an ONNX file by ONNX Runtime, if it is here and
    /// can, else by rten. `timed` is told how long that took.
    ///
    /// # Errors
    /// If neither can run it, if rten alone can, but is known to compute something else ([`EngineError::Unproven`]), and if an output is not
    /// a number ([`CheckError::Reference`]).
    pub fn run(
        file: &Path,
        inputs: Vec<NamedTensor>,
        fixed: &HashMap<String, Tensor>,
        timed: &mut impl FnMut(&'static str, Duration),
    ) -> Result<Self, CheckError> {
        let model = open(file, OnnxEngine::Any, Settings::default())?;
        let fixed = fixed.iter().map(|(name, tensor)| NamedTensor { name: name.clone(), tensor: tensor.clone() });
        // What the original rounds, other files are to be given rounded.
        let inputs = model.declared(&inputs)?;
        let all: Vec<_> = inputs.iter().cloned().chain(fixed).collect();
        let scales = model.scales();
        let Run { mut outputs, inside, ran } = run(&model, &all, &scales.computed(), timed)?;
        Counts::noted(&model.listing().metadata).trim(&mut outputs);
        expect_numbers(0, &outputs)?;
        let steps = scales.steps(outputs.iter().chain(&inside));
        Ok(Self { model, all, inputs, expected: outputs, steps, ran })
    }

    /// What ran the network.
    pub fn ran(&self) -> &Ran {
        &self.ran
    }

    /// Runs a file that was made from the network, by what ran that if both are ONNX files, and compares its outputs; those that are rows
    /// of selected boxes without the rows that no box is in. Outputs that follow from quantised values may differ by one step, those of a file
    /// whose weights are stored as coarser numbers by what these leave, and all by more
    /// if every value inside is right when it is computed from right ones; so may those of a network in which rounding grows, or decides. `timed` is told how long the engine took.
    ///
    /// # Errors
    /// If the engine is missing, or can't run the file; of rten alone, that it computes something else than an ONNX file says
    /// ([`EngineError::Unproven`]).
    pub fn compare(
        &self,
        file: &Path,
        settings: Settings,
        selections: &Selections,
        tolerance: impl Fn(&NamedTensor) -> Tolerance,
        timed: &mut impl FnMut(&'static str, Duration),
    ) -> Result<Vec<OutputParity>, CheckError> {
        let onnx = if self.ran.is_onnxruntime() { OnnxEngine::OnnxRuntime } else { OnnxEngine::Any };
        let candidate = open(file, onnx, settings)?;
        let Run { mut outputs, ran, .. } = run(&candidate, &self.inputs, &[], timed)?;
        selections.trim(&mut outputs);
        Counts::noted(&candidate.listing().metadata).trim(&mut outputs);
        let (narrow, weights) = (self.model.narrow_rounding(), candidate.listing().weights);
        let rounding = Rounding::of(candidate.accuracy(), candidate.depth(), narrow, weights);
        let allowed = |expected: &NamedTensor| {
            let coarse = narrow.is_some() || weights != Numbers::Float;
            let coarse = coarse.then(|| Tolerance::of_largest(&expected.tensor, rounding.network).atol);
            tolerance(expected).or_step(self.steps.get(&expected.name).copied()).or_step(coarse)
        };
        let mut parity = compare_outputs((&ran.engine, &outputs), (&self.ran.engine, &self.expected), allowed);
        for parity in &mut parity {
            parity.step = self.steps.get(&parity.output).copied();
            parity.weights = weights;
        }
        if parity.iter().any(|parity| !parity.comparison.passed) {
            let tolerances = Tolerances { rounding, ..Tolerances::default() };
            let differing = parity.iter().filter(|parity| !parity.comparison.passed);
            let off: Vec<_> = differing.map(|parity| (parity.output.clone(), parity.comparison.max_abs)).collect();
            if let Some(count) = all_right(&candidate, &self.model, &self.inputs, &tolerances, &off) {
                parity.iter_mut().for_each(|parity| parity.comparison.settle(count));
            }
        }
        Ok(parity)
    }

    /// What [`Self::compare`] returns of a file that can't be run: every output fails for this reason.
    pub fn fails(&self, engine: &str, reason: &str) -> Vec<OutputParity> {
        let none =
            compare_outputs((engine, &[]), (&self.ran.engine, &self.expected), |_| Tolerance { atol: 0.0, rtol: 0.0 });
        let failed = |parity| OutputParity { comparison: Comparison::impossible(reason.to_owned()), ..parity };
        none.into_iter().map(failed).collect()
    }

    /// What another engine makes of the network, if ONNX Runtime ran it: for files that differ from it.
    pub fn second_opinion(&self, tolerance: impl Fn(&NamedTensor) -> Tolerance) -> Option<SecondOpinion> {
        let allowed = |expected: &NamedTensor| tolerance(expected).or_step(self.steps.get(&expected.name).copied());
        SecondOpinion::ask(&self.model, &self.all, (&self.ran, &self.expected), allowed)
    }
}

fn open(file: &Path, onnx: OnnxEngine, settings: Settings) -> Result<Model, ModelError> {
    let config = SessionConfig { settings, ..SessionConfig::default() };
    Model::open(file, &Running { onnx, config, as_written: true, ..Running::default() })
}

fn run(
    model: &Model,
    inputs: &[NamedTensor],
    names: &[String],
    timed: &mut impl FnMut(&'static str, Duration),
) -> Result<Run, EngineError> {
    let start = Instant::now();
    let result = model.run(inputs, names);
    timed(model.engine_name(), start.elapsed());
    result
}
