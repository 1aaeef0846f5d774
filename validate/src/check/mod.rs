//! Whether a model computes what another one does, and where not.
//!
//! - [`Check`]: everything that a check may be asked for, from the models to a report.
//! - [`outputs`]: outputs, for samples of inputs.
//! - [`Layers`]: values inside, computed one from the other or each from right operands.
//! - [`Fault`]: what computes the first value that is wrong.
//! - [`drift`]: what has changed since an earlier version.
//! - [`Original`]: files ([`Candidate`]) compared with the network that they were made from ([`OriginalFile`]).
//! - [`SecondOpinion`]: whether two engines agree about a reference.

mod choices;
mod drift;
mod fault;
mod flow;
mod integers;
mod layers;
mod original;
mod rounding;
mod second_opinion;

use edgeconv_converter::target::ReadError;
use edgeconv_files::name::escaped;
use edgeconv_graph::Tensor;
use serde::Serialize;

use crate::Selections;
use crate::compare::{Comparison, Tolerance, compare_output};
use crate::distribution::Distribution;
use crate::engine::{EngineError, NamedTensor};
use crate::golden::{GoldenError, Sample};
use crate::model::{Model, ModelError};
use crate::quantization::Steps;
use crate::tolerances::Tolerances;

pub use drift::{Drift, drift};
pub use fault::{Fault, NodeName};
pub use flow::{Check, CheckReport, Reference, Step};
pub use integers::{Kind, Misfit};
pub use layers::{How, Layers};
pub use original::{Candidate, Original, OriginalFile};
pub use second_opinion::SecondOpinion;

/// A check that could not be made.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// A model can't be used, or what runs it is missing.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A model can't be run.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// A file of another converter can't be run with given values.
    #[error("{0}; in files of other converters values can't always be computed from given ones")]
    Foreign(EngineError),
    /// A candidate that can't be run, whose integers are wrong.
    #[error("{source}; {faults}")]
    Integers {
        /// What is wrong with them.
        faults: String,
        /// What became of it.
        source: EngineError,
    },
    /// Values inside were asked for, but the reference has outputs only.
    #[error("values inside can be compared with those of a model file only, not with kept outputs")]
    NoValuesInside,
    /// Samples were to be kept of outputs of unknown origin.
    #[error("samples can be kept of a model file or a golden folder as reference only, not of other outputs")]
    NothingToKeep,
    /// The outputs are those of another model.
    #[error(
        "the golden folder was made from another model: `{expected_file}` comes from {expected} (SHA-256), `{file}` from {found}; if \
         the model is meant to be another one now, make a new folder", expected_file = escaped(.expected_file), expected = escaped(.expected), file = escaped(.file), found = escaped(.found)
    )]
    OtherSource {
        /// The file that the folder was made from.
        expected_file: String,
        /// The SHA-256 of its source.
        expected: String,
        /// The candidate.
        file: String,
        /// The SHA-256 of its source.
        found: String,
    },
    /// An earlier version gave its outputs for something else.
    #[error("the earlier version was run on other inputs: what has changed is seen on the same ones only")]
    OtherInputs,
    /// A model can't be taken apart.
    #[error("`{model}`: {source}", model = escaped(.model))]
    Isolate {
        /// The file.
        model: String,
        /// What is wrong.
        source: Box<ReadError>,
    },
    /// The models have nothing in common.
    #[error("`{candidate}` has no value inside with a name that `{reference}` has: was it made from that file?", candidate = escaped(.candidate), reference = escaped(.reference))]
    Strangers {
        /// File of the candidate.
        candidate: String,
        /// File of the reference.
        reference: String,
    },
    /// No number can be compared with what is none.
    #[error(
        "the reference itself has {count} elements that are NaN in `{output}` for sample {sample}: check it with other inputs, or \
         repair it first", output = escaped(.output)
    )]
    Reference {
        /// Which output.
        output: String,
        /// Which sample, from 1.
        sample: usize,
        /// How many elements.
        count: usize,
    },
    /// The reproducer can't be written.
    #[error(transparent)]
    Golden(#[from] GoldenError),
    /// A file can't be written.
    #[error("can't write `{}`: {source}", path.display())]
    Write {
        /// The file.
        path: std::path::PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

impl CheckError {
    fn isolate(model: &Model, source: ReadError) -> Self {
        CheckError::Isolate { model: model.path().display().to_string(), source: Box::new(source) }
    }
}

/// The comparison of one value.
#[derive(Debug, Clone, Serialize)]
pub struct Parity {
    /// Name of the output, or of the value inside.
    pub output: String,
    /// For which inputs, from 0.
    pub sample: usize,
    /// What was allowed.
    pub tolerance: Tolerance,
    /// One step of the nearest quantisation before the value, if there is one.
    pub step: Option<f64>,
    /// What was found.
    #[serde(flatten)]
    pub comparison: Comparison,
    /// How the elements are distributed, if they can be compared.
    pub distribution: Option<Distribution>,
}

impl Parity {
    /// What a comparison of a value found; the candidate's may be missing.
    fn new(
        sample: usize,
        found: Option<&Tensor>,
        expected: &NamedTensor,
        (tolerance, step): (Tolerance, Option<f64>),
        comparison: Comparison,
    ) -> Self {
        let comparable = found.filter(|_| comparison.problem.is_none());
        let distribution = comparable.map(|found| Distribution::of(found, &expected.tensor));
        Self { output: expected.name.clone(), sample, tolerance, step, comparison, distribution }
    }
}

/// Compares what the candidate gave for each sample with what the sample expects, both without the rows of selected boxes that no
/// box is in. `steps` are those of each sample's outputs.
///
/// # Errors
/// If the reference has outputs that are not numbers.
pub fn outputs(
    samples: &[Sample],
    steps: &[Steps],
    selections: &Selections,
    tolerances: &Tolerances,
) -> Result<Vec<Parity>, CheckError> {
    let mut results = vec![];
    for (index, sample) in samples.iter().enumerate() {
        expect_numbers(index, &sample.outputs)?;
        let (found, expected) = (selections.trimmed(&sample.found), selections.trimmed(&sample.outputs));
        for expected in expected.iter() {
            let output = found.iter().find(|output| output.name == expected.name).map(|output| &output.tensor);
            let step = steps.get(index).and_then(|steps| steps.get(&expected.name)).copied();
            let tolerance = tolerances.output(expected, step);
            let mut comparison = compare_output(("the candidate", &found), expected, tolerance);
            comparison.passed = tolerances.metric.accepts(&comparison, tolerance);
            results.push(Parity::new(index, output, expected, (tolerance, step), comparison));
        }
    }
    Ok(results)
}

/// A NaN agrees with nothing.
fn expect_numbers(sample: usize, outputs: &[NamedTensor]) -> Result<(), CheckError> {
    for output in outputs {
        let numbers = output.tensor.as_f32().unwrap_or_default();
        let count = numbers.iter().filter(|number| number.is_nan()).count();
        if count > 0 {
            return Err(CheckError::Reference { output: output.name.clone(), sample: sample + 1, count });
        }
    }
    Ok(())
}
