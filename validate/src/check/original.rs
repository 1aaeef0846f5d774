//! Files compared with the network that they were made from.

use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, Instant};

use edgeconv_agent::{SessionConfig, Settings};
use edgeconv_converter::target::Numbers;
use edgeconv_graph::Tensor;

use super::rounding::{Off, settle};
use super::{CheckError, SecondOpinion, expect_numbers};
use crate::compare::{Comparison, OutputParity, Tolerance, compare_outputs};
use crate::engine::{EngineError, NamedTensor, Ran, Run};
use crate::model::{Model, ModelError, OnnxEngine, Running};
use crate::quantization::Steps;
use crate::tolerances::{Rounding, Tolerances};
use crate::{Counts, Selections};

/// A network in a model file, and what it is to be run on.
pub struct OriginalFile {
    model: Model,
    /// What the network is run on.
    all: Vec<NamedTensor>,
    /// Without the values that some inputs are fixed to.
    inputs: Vec<NamedTensor>,
}

impl OriginalFile {
    /// A network with inputs, and with the values that some inputs are fixed to. An ONNX file is run by ONNX Runtime, if it is here and
    /// can, else by rten.
    ///
    /// # Errors
    /// If the file can't be read, or does not take these inputs.
    pub fn open(file: &Path, inputs: &[NamedTensor], fixed: &HashMap<String, Tensor>) -> Result<Self, CheckError> {
        let model = open(file, OnnxEngine::Any, Settings::default())?;
        let fixed = fixed.iter().map(|(name, tensor)| NamedTensor { name: name.clone(), tensor: tensor.clone() });
        let inputs = model.declared(inputs)?;
        let all = inputs.iter().cloned().chain(fixed).collect();
        Ok(Self { model, all, inputs })
    }

    /// What files that are made from it are to be run on: what it rounds, rounded.
    pub fn inputs(&self) -> &[NamedTensor] {
        &self.inputs
    }

    /// Runs it. `timed` is told how long that took.
    ///
    /// # Errors
    /// If no engine can, if rten alone can, but is known to compute something else ([`EngineError::Unproven`]), and if an output is not
    /// a number ([`CheckError::Reference`]).
    pub fn run(self, timed: &mut impl FnMut(&'static str, Duration)) -> Result<Original, CheckError> {
        let scales = self.model.scales();
        let Run { mut outputs, inside, ran } = run(&self.model, &self.all, &scales.computed(), timed)?;
        Counts::noted(&self.model.listing().metadata).trim(&mut outputs);
        expect_numbers(0, &outputs)?;
        let steps = scales.steps(outputs.iter().chain(&inside));
        Ok(Original { file: self, expected: outputs, steps, ran })
    }
}

/// What a network computes of some inputs.
pub struct Original {
    file: OriginalFile,
    expected: Vec<NamedTensor>,
    /// One step of each output that follows from quantised values.
    steps: Steps,
    ran: Ran,
}

/// A file that was made from a network, and what it gives.
pub struct Candidate {
    model: Model,
    outputs: Vec<NamedTensor>,
    ran: Ran,
}

impl Candidate {
    /// Runs a file on inputs, an ONNX file by this engine. `timed` is told how long the engine took.
    ///
    /// # Errors
    /// If the engine is missing, or can't run the file; of rten alone, that it computes something else than an ONNX file says
    /// ([`EngineError::Unproven`]).
    pub fn run(
        file: &Path,
        onnx: OnnxEngine,
        settings: Settings,
        inputs: &[NamedTensor],
        timed: &mut impl FnMut(&'static str, Duration),
    ) -> Result<Self, CheckError> {
        let model = open(file, onnx, settings)?;
        let Run { mut outputs, ran, .. } = run(&model, inputs, &[], timed)?;
        Counts::noted(&model.listing().metadata).trim(&mut outputs);
        Ok(Self { model, outputs, ran })
    }
}

impl Original {
    /// What ran the network.
    pub fn ran(&self) -> &Ran {
        &self.ran
    }

    /// What ONNX files that are made from it are to be run by: ONNX Runtime has to take those of a network that it takes.
    pub fn onnx_engine(&self) -> OnnxEngine {
        if self.ran.is_onnxruntime() { OnnxEngine::OnnxRuntime } else { OnnxEngine::Any }
    }

    /// What files that are made from it are to be run on.
    pub fn inputs(&self) -> &[NamedTensor] {
        &self.file.inputs
    }

    /// Compares the outputs of a file that was made from the network; those that are rows of selected boxes without the rows that no box is
    /// in. Outputs that follow from quantised values may differ by one step, those of a file whose weights are stored as coarser numbers by what
    /// these leave, and all by more if every value inside is right when it is computed from right ones; so may those of a network in which
    /// rounding grows, or decides.
    pub fn compare(
        &self,
        candidate: &Candidate,
        selections: &Selections,
        tolerance: impl Fn(&NamedTensor) -> Tolerance,
    ) -> Vec<OutputParity> {
        let Candidate { model: candidate, outputs, ran } = candidate;
        let outputs = selections.trimmed(outputs);
        let reference = &self.file.model;
        let (narrow, weights) = (reference.narrow_rounding(), candidate.listing().weights);
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
        let tolerances = Tolerances { rounding, ..Tolerances::default() };
        let differing = parity.iter_mut().filter(|parity| !parity.comparison.passed);
        let differing =
            differing.filter_map(|parity| Off::of(&parity.output, &outputs, &self.expected, &mut parity.comparison));
        settle(candidate, reference, &self.file.inputs, &tolerances, differing.collect());
        parity
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
        SecondOpinion::ask(&self.file.model, &self.file.all, (&self.ran, &self.expected), allowed)
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
