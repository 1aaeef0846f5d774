//! A check from the models to a report.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use edgeconv_converter::passes::Accuracy;
use edgeconv_converter::target::Numbers;
use serde::Serialize;

use super::integers::{Kind, misfits};
use super::rounding::{Off, settle};
use super::{CheckError, Drift, Fault, How, Layers, Misfit, Parity, SecondOpinion, drift, outputs};
use crate::compare::Tolerance;
use crate::engine::{EngineError, NamedTensor, Ran};
use crate::golden::{Golden, ModelFile, Sample};
use crate::model::Model;
use crate::quantization::{Scales, Steps};
use crate::tolerances::{Metric, Rounding, Tolerances};
use crate::{Counts, Selections};

/// What a candidate is compared with.
pub enum Reference {
    /// A model, which is run on the same inputs.
    Model(Box<Model>),
    /// What was kept of an earlier run, with its inputs.
    Golden(Golden),
    /// Outputs only, the same for every sample.
    Outputs(Vec<NamedTensor>),
}

impl Reference {
    /// The outputs that are rows of selected boxes.
    fn selections(&self) -> Selections {
        match self {
            Reference::Model(model) => Selections::listed(model.listing()),
            Reference::Golden(golden) => golden.selections.clone(),
            Reference::Outputs(_) => Selections::default(),
        }
    }

    /// The scales of quantised values.
    fn scales(&self) -> Scales {
        match self {
            Reference::Model(model) => model.scales(),
            Reference::Golden(_) | Reference::Outputs(_) => Scales::default(),
        }
    }
}

/// What a reference gives.
struct Expected {
    samples: Vec<Sample>,
    /// One step of each output that follows from quantised values, for each sample; empty if nothing is known of them.
    steps: Vec<Steps>,
    ran: Option<Ran>,
}

/// A candidate with what it has to agree with, and what is to be found out.
pub struct Check {
    /// What is checked.
    pub candidate: Model,
    /// What it has to agree with.
    pub reference: Reference,
    /// The inputs of each sample; those of a golden reference.
    pub inputs: Vec<Vec<NamedTensor>>,
    /// How far outputs may be off.
    pub tolerances: Tolerances,
    /// Also compares the values inside, for the first sample.
    pub layers: Option<How>,
    /// Writes what computes the first wrong value into this new folder, if values inside are isolated.
    pub reproducer: Option<PathBuf>,
    /// Keeps the samples in this new folder.
    pub keep: Option<PathBuf>,
    /// An earlier version, from which changes are reported.
    pub before: Option<Golden>,
}

/// What a check does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Runs the reference.
    Reference,
    /// Runs the candidate on the sample with this index.
    Candidate(usize),
    /// Compares the values inside.
    Layers,
}

/// What a check found.
#[derive(Debug, Serialize)]
pub struct CheckReport {
    /// What ran the candidate.
    pub ran: Option<Ran>,
    /// What ran the reference; nothing if its outputs were kept in files.
    pub reference_ran: Option<Ran>,
    /// What was done to the candidate, if its file says it.
    pub accuracy: Option<Accuracy>,
    /// The coarsest numbers that the candidate's weights are stored as, which the tolerance allows for.
    pub weights: Numbers,
    /// Layers of the candidate that round, one after the other.
    pub depth: usize,
    /// What is allowed where nothing else was said, as shares of the largest element.
    pub rounding: Rounding,
    /// What has to be small.
    pub metric: Metric,
    /// Each output of each sample.
    pub results: Vec<Parity>,
    /// What another engine makes of the reference, for the first sample that differs from it.
    pub second_opinion: Option<SecondOpinion>,
    /// Values inside, in order of computation.
    pub layers: Vec<Parity>,
    /// What computes a wrong value from right ones, in order of computation.
    pub faults: Vec<Fault>,
    /// Values whose integers are not the reference's, or do not fit its numbers, in order of computation.
    pub misfits: Vec<Misfit>,
    /// Changes since an earlier version, if there is one to compare with.
    pub drift: Option<Vec<Drift>>,
    /// Whether everything was compared and agrees.
    pub passed: bool,
    /// Why nothing was compared: no engine here can tell what one of the models computes.
    pub unchecked: Option<String>,
}

/// What there is to tell of values inside.
struct Inside {
    layers: Vec<Parity>,
    /// What computes those that are wrong though their operands are right.
    faults: Vec<Fault>,
    /// Integers that do not fit.
    misfits: Vec<Misfit>,
}

impl Check {
    /// Runs both models and compares what they give; `progress` is told what is next. The report says so if no engine here can tell what
    /// one of them computes.
    ///
    /// # Errors
    /// If a model can't be run, if the reference can't be compared with, or if a folder can't be written.
    pub fn run(&self, progress: impl Fn(Step)) -> Result<CheckReport, CheckError> {
        match self.compare(progress) {
            Err(CheckError::Engine(error @ EngineError::Unproven { .. })) => {
                Ok(CheckReport { unchecked: Some(error.to_string()), ..self.empty() })
            }
            compared => compared,
        }
    }

    fn compare(&self, progress: impl Fn(Step)) -> Result<CheckReport, CheckError> {
        let Self { candidate, reference, tolerances, .. } = self;
        progress(Step::Reference);
        let Expected { mut samples, steps, ran: reference_ran } = self.expected()?;
        let mut ran = None;
        for (index, sample) in samples.iter_mut().enumerate() {
            progress(Step::Candidate(index));
            let mut run = candidate.run(&sample.inputs, &[]).map_err(|error| self.explained(error))?;
            Counts::noted(&candidate.listing().metadata).trim(&mut run.outputs);
            (sample.found, ran) = (run.outputs, Some(run.ran));
        }
        let mut results = outputs(&samples, &steps, &reference.selections(), tolerances)?;
        self.settle(&mut results, &samples);
        let second_opinion = self.second_opinion(&results, &samples, &steps, reference_ran.as_ref());
        if let Some(folder) = &self.keep {
            self.keep(&samples, &steps, folder)?;
        }
        progress(Step::Layers);
        let Inside { layers, faults, misfits } = self.inside(samples.first())?;
        let passed = results.iter().chain(&layers).all(|result| result.comparison.passed)
            && !misfits.iter().any(|misfit| misfit.is_fault);
        let drift = self.before.as_ref().map(|before| drift(&before.samples, &samples)).transpose()?;
        Ok(CheckReport {
            ran,
            reference_ran,
            results,
            second_opinion,
            layers,
            faults,
            misfits,
            drift,
            passed,
            ..self.empty()
        })
    }

    /// A report before anything was run.
    fn empty(&self) -> CheckReport {
        CheckReport {
            ran: None,
            reference_ran: None,
            accuracy: self.candidate.accuracy(),
            weights: self.candidate.listing().weights,
            depth: self.candidate.depth(),
            rounding: self.tolerances.rounding,
            metric: self.tolerances.metric,
            results: vec![],
            second_opinion: None,
            layers: vec![],
            faults: vec![],
            misfits: vec![],
            drift: None,
            passed: false,
            unchecked: None,
        }
    }

    /// Why outputs can't agree with those of the reference: a golden folder that was made from another model.
    ///
    /// # Errors
    /// If it was.
    pub fn expect_same_source(&self) -> Result<(), CheckError> {
        let (Reference::Golden(golden), Some(found)) = (&self.reference, self.candidate.source()) else {
            return Ok(());
        };
        if [&golden.reference, &golden.candidate].iter().any(|known| known.source == found) {
            return Ok(());
        }
        Err(CheckError::OtherSource {
            expected_file: golden.reference.file.clone(),
            expected: golden.reference.source.clone(),
            file: self.candidate.path().display().to_string(),
            found: found.to_owned(),
        })
    }

    /// What the reference makes of the inputs, and what ran it.
    fn expected(&self) -> Result<Expected, CheckError> {
        let mut expected = Expected { samples: vec![], steps: vec![], ran: None };
        let scales = self.reference.scales();
        for (index, inputs) in self.inputs.iter().enumerate() {
            let outputs = match &self.reference {
                Reference::Model(model) => {
                    let run = model.run(inputs, &scales.computed())?;
                    expected.steps.push(scales.steps(run.outputs.iter().chain(&run.inside)));
                    expected.ran = Some(run.ran);
                    run.outputs
                }
                Reference::Golden(golden) => golden.samples[index].outputs.clone(),
                Reference::Outputs(outputs) => outputs.clone(),
            };
            expected.samples.push(Sample { inputs: inputs.clone(), outputs, found: vec![] });
        }
        Ok(expected)
    }

    /// Passes outputs that differ by rounding alone: scores tie, results jump, steps of quantised values add up, or the network amplifies it.
    fn settle(&self, results: &mut [Parity], samples: &[Sample]) {
        let Reference::Model(reference) = &self.reference else { return self.settle_kept(results, samples) };
        let differs = |result: &Parity| !result.comparison.passed && !self.tolerances.are_given(&result.output);
        for (index, sample) in samples.iter().enumerate() {
            let of_sample = |result: &&mut Parity| result.sample == index && differs(result);
            let differing = results
                .iter_mut()
                .filter(of_sample)
                .filter_map(|result| Off::of(&result.output, &sample.found, &sample.outputs, &mut result.comparison));
            settle(&self.candidate, reference, &sample.inputs, &self.tolerances, differing.collect());
        }
    }

    /// Passes integers of which no more differ than scores tie: kept outputs have no scores that would tell.
    fn settle_kept(&self, results: &mut [Parity], samples: &[Sample]) {
        const TYING: usize = 1000;
        for result in results.iter_mut().filter(|result| !self.tolerances.are_given(&result.output)) {
            let expected = samples[result.sample].outputs.iter().find(|output| output.name == result.output);
            let integers = expected.filter(|output| !output.tensor.dtype().is_float());
            let failed = result.comparison.failed;
            if integers.is_some_and(|integers| failed > 0 && failed * TYING <= integers.tensor.len()) {
                result.comparison.explain();
            }
        }
    }

    /// What another engine makes of the reference, if an output differs from it.
    fn second_opinion(
        &self,
        results: &[Parity],
        samples: &[Sample],
        steps: &[Steps],
        ran: Option<&Ran>,
    ) -> Option<SecondOpinion> {
        let differs = results.iter().find(|result| !result.comparison.passed)?;
        let (Reference::Model(reference), sample) = (&self.reference, samples.get(differs.sample)?) else {
            return None;
        };
        let steps = steps.get(differs.sample)?;
        let tolerance = |expected: &NamedTensor| self.tolerances.output(expected, steps.get(&expected.name).copied());
        SecondOpinion::ask(reference, &sample.inputs, (ran?, &sample.outputs), tolerance)
    }

    fn keep(&self, samples: &[Sample], steps: &[Steps], folder: &Path) -> Result<(), CheckError> {
        let reference = match &self.reference {
            Reference::Model(model) => ModelFile::of(model)?,
            Reference::Golden(golden) => golden.reference.clone(),
            Reference::Outputs(_) => return Err(CheckError::NothingToKeep),
        };
        let golden = Golden {
            reference,
            candidate: ModelFile::of(&self.candidate)?,
            samples: samples.to_vec(),
            tolerances: self.tolerances_of_quantized(samples, steps),
            selections: self.reference.selections(),
        };
        Ok(golden.write(folder)?)
    }

    /// How far outputs may be off that follow from quantised values: later checks have no scales.
    fn tolerances_of_quantized(&self, samples: &[Sample], steps: &[Steps]) -> BTreeMap<String, Tolerance> {
        let (Some(sample), Some(steps)) = (samples.first(), steps.first()) else { return BTreeMap::new() };
        let quantized = sample.outputs.iter().filter_map(|output| Some((output, *steps.get(&output.name)?)));
        quantized.map(|(output, step)| (output.name.clone(), self.tolerances.output(output, Some(step)))).collect()
    }

    fn inside(&self, sample: Option<&Sample>) -> Result<Inside, CheckError> {
        let Some(how) = self.layers else {
            return Ok(Inside { layers: vec![], faults: vec![], misfits: self.misfits(&[]) });
        };
        let (Reference::Model(reference), Some(sample)) = (&self.reference, sample) else {
            return Err(CheckError::NoValuesInside);
        };
        let layers = Layers::of(how, &self.candidate, reference, &sample.inputs)?;
        let results = layers.compare(&self.tolerances);
        let misfits = self.misfits(&sample.inputs.iter().chain(layers.expected().values()).collect::<Vec<_>>());
        if how == How::Free {
            return Ok(Inside { layers: results, faults: vec![], misfits });
        }
        let mut faults = vec![];
        for wrong in results.iter().filter(|result| !result.comparison.passed) {
            let mut fault = Fault::of(&wrong.output, &layers, &self.candidate, reference);
            if let (Some(folder), true) = (&self.reproducer, faults.is_empty()) {
                fault.write(wrong, &layers, (&self.candidate, reference), folder)?;
            }
            faults.push(fault);
        }
        Ok(Inside { layers: results, faults, misfits })
    }

    /// Why the candidate can't be run, with what is wrong with its integers: MNN does not look for it.
    fn explained(&self, error: EngineError) -> CheckError {
        let faults = self
            .misfits(&[])
            .into_iter()
            .filter(|misfit| misfit.is_fault || matches!(misfit.kind, Kind::Floats { .. }));
        match faults.map(|misfit| misfit.to_string()).collect::<Vec<_>>() {
            faults if faults.is_empty() => error.into(),
            faults => CheckError::Integers { faults: faults.join("; "), source: error },
        }
    }

    /// Integers that are not those of a reference, or do not fit its values, as far as these are known.
    fn misfits(&self, values: &[&NamedTensor]) -> Vec<Misfit> {
        match &self.reference {
            Reference::Model(reference) => misfits(&self.candidate, reference, values),
            Reference::Golden(_) | Reference::Outputs(_) => vec![],
        }
    }
}
