//! Whether a model computes what another one does, and where not.
//!
//! - [`outputs`]: outputs, for samples of inputs.
//! - [`Layers`]: values inside, computed one from the other or each from right operands.
//! - [`Fault`]: what computes the first value that is wrong.
//! - [`drift`]: what has changed since an earlier version.

mod drift;
mod fault;
mod layers;

use edgeconv_converter::target::isolate::IsolateError;
use edgeconv_graph::Tensor;
use serde::Serialize;

use crate::Selections;
use crate::compare::{Comparison, Tolerance, compare};
use crate::distribution::Distribution;
use crate::engine::{EngineError, NamedTensor};
use crate::golden::{GoldenError, Sample};
use crate::model::Model;
use crate::tolerances::Tolerances;

pub use drift::{Drift, drift};
pub use fault::{Fault, NodeName};
pub use layers::{How, Layers};

/// A check that could not be made.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// A model can't be run.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// A file of another converter can't be run with given values.
    #[error("{0}; in files of other converters values can't always be computed from given ones: use --layers=free")]
    Foreign(EngineError),
    /// A model can't be taken apart.
    #[error("`{model}`: {source}")]
    Isolate {
        /// The file.
        model: String,
        /// What is wrong.
        source: Box<IsolateError>,
    },
    /// The models have nothing in common.
    #[error("`{candidate}` has no value inside with a name that `{reference}` has: was it made from that file?")]
    Strangers {
        /// File of the candidate.
        candidate: String,
        /// File of the reference.
        reference: String,
    },
    /// No number can be compared with what is none.
    #[error(
        "the reference itself has {count} elements that are NaN in `{output}` for sample {sample}: check it with other inputs \
         (--input, --range), or mend it first"
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
    fn isolate(model: &Model, source: IsolateError) -> Self {
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
    /// What was found.
    #[serde(flatten)]
    pub comparison: Comparison,
    /// How the elements are distributed, if they can be compared.
    pub distribution: Option<Distribution>,
}

impl Parity {
    /// Compares a value with the candidate's, which may be missing: then `has` says what there is.
    fn new(sample: usize, found: Option<&Tensor>, expected: &NamedTensor, tolerance: Tolerance, has: &str) -> Self {
        let comparison = match found {
            Some(found) => compare(found, &expected.tensor, tolerance),
            None => Comparison::impossible(format!("the candidate has no output of this name, it has: {has}")),
        };
        let comparable = found.filter(|_| comparison.problem.is_none());
        let distribution = comparable.map(|found| Distribution::of(found, &expected.tensor));
        Self { output: expected.name.clone(), sample, tolerance, comparison, distribution }
    }
}

/// Compares what the candidate gave for each sample with what the sample expects, both without the rows of selected boxes that no
/// box is in.
///
/// # Errors
/// If the reference has outputs that are no numbers.
pub fn outputs(
    samples: &[Sample],
    selections: &Selections,
    tolerances: &Tolerances,
) -> Result<Vec<Parity>, CheckError> {
    let mut results = vec![];
    for (index, sample) in samples.iter().enumerate() {
        expect_numbers(index, &sample.outputs)?;
        let (mut found, mut expected) = (sample.found.clone(), sample.outputs.clone());
        selections.trim(&mut found);
        selections.trim(&mut expected);
        let has = found.iter().map(|output| output.name.as_str()).collect::<Vec<_>>().join(", ");
        for expected in &expected {
            let output = found.iter().find(|output| output.name == expected.name).map(|output| &output.tensor);
            let tolerance = tolerances.output(expected);
            let mut parity = Parity::new(index, output, expected, tolerance, &has);
            parity.comparison.passed = tolerances.metric.accepts(&parity.comparison, tolerance);
            results.push(parity);
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
