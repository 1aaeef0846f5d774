//! Values inside of two models.

use std::collections::{HashMap, HashSet};

use edgeconv_converter::target::isolate::{Isolated, isolate};
use edgeconv_files::Staging;
use edgeconv_graph::TensorType;
use serde::{Deserialize, Serialize};

use super::{CheckError, Parity};
use crate::compare::compare;
use crate::engine::{NamedTensor, Run};
use crate::model::Model;
use crate::quantization::Steps;
use crate::tolerances::Tolerances;

/// What values inside are computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// From the candidate's own: errors add up.
    Free,
    /// From the reference's: errors stay where they are made.
    Isolated,
}

/// Values inside of two models that have the same names; isolated, the outputs are among them.
pub struct Layers {
    /// Those of the candidate, in order of computation.
    found: Vec<NamedTensor>,
    expected: HashMap<String, NamedTensor>,
    steps: Steps,
    pub(super) isolated: Option<IsolatedRun>,
}

/// A candidate that was given the reference's values.
pub(super) struct IsolatedRun {
    pub(super) model: Isolated,
    pub(super) inputs: Vec<NamedTensor>,
}

impl Layers {
    /// Runs both models on the same inputs.
    ///
    /// # Errors
    /// If one can't be run, or they have no names in common.
    pub fn of(how: How, candidate: &Model, reference: &Model, inputs: &[NamedTensor]) -> Result<Self, CheckError> {
        let scales = reference.scales();
        let known: HashSet<_> = reference.values().into_iter().collect();
        let names: Vec<_> = candidate.values().into_iter().filter(|name| known.contains(name)).collect();
        // Isolated, there are the outputs at least.
        if names.is_empty() && how == How::Free {
            let [candidate, reference] = [candidate, reference].map(|model| model.path().display().to_string());
            return Err(CheckError::Strangers { candidate, reference });
        }
        let wanted: HashSet<_> = names.iter().cloned().chain(scales.computed()).collect();
        let Run { outputs, inside, .. } = reference.run(inputs, &Vec::from_iter(wanted))?;
        let steps = scales.steps(inside.iter().chain(&outputs));
        let (found, isolated) = match how {
            How::Free => (candidate.run(inputs, &names)?.inside, None),
            How::Isolated => {
                let given: Vec<_> = inside.iter().chain(&outputs).cloned().collect();
                let (isolated, mut found) = run_isolated(candidate, inputs, &given)?;
                let place: HashMap<_, _> = names.iter().enumerate().map(|(place, name)| (name, place)).collect();
                found.sort_by_key(|value| place.get(&value.name).copied().unwrap_or(usize::MAX));
                (found, Some(isolated))
            }
        };
        let expected = inside.into_iter().chain(outputs).map(|value| (value.name.clone(), value)).collect();
        Ok(Self { found, expected, steps, isolated })
    }

    /// Compares them, in order of computation.
    pub fn compare(&self, tolerances: &Tolerances) -> Vec<Parity> {
        let result = |found: &NamedTensor| {
            let expected = self.expected.get(&found.name)?;
            let step = self.steps.get(&expected.name).copied();
            let tolerance = tolerances.layer(expected, self.isolated.is_some(), step);
            // MNN's own converter makes [rows, C, 1, 1] of what linear layers compute.
            let reshaped = found.tensor.reshape(expected.tensor.shape());
            let found = reshaped.as_ref().unwrap_or(&found.tensor);
            let comparison = compare(found, &expected.tensor, tolerance);
            Some(Parity::new(0, Some(found), expected, (tolerance, step), comparison))
        };
        self.found.iter().filter_map(result).collect()
    }

    /// What the candidate and the reference have for a value.
    pub(super) fn both(&self, name: &str) -> Option<(&NamedTensor, &NamedTensor)> {
        Some((self.found.iter().find(|value| value.name == name)?, self.expected.get(name)?))
    }

    /// The values that stand in for computed ones.
    pub(super) fn given(&self) -> impl Iterator<Item = &str> {
        self.isolated.iter().flat_map(|run| run.model.inputs()).map(|(value, _)| value.as_str())
    }

    /// The reference's values.
    pub(super) fn expected(&self) -> &HashMap<String, NamedTensor> {
        &self.expected
    }
}

/// Runs the candidate with the given values in place of computed ones.
fn run_isolated(
    candidate: &Model,
    inputs: &[NamedTensor],
    given: &[NamedTensor],
) -> Result<(IsolatedRun, Vec<NamedTensor>), CheckError> {
    let given = shaped(candidate, inputs, given)?;
    let types: Vec<_> = given.iter().map(|value| (value.name.clone(), value.tensor.ty())).collect();
    let broken = |source| CheckError::isolate(candidate, source);
    let model = isolate(candidate.path(), &types).map_err(broken)?;
    let values: HashMap<_, _> = given.into_iter().map(|value| (value.name, value.tensor)).collect();
    let stand_in = |(value, input): &(String, String)| {
        Some(NamedTensor { name: input.clone(), tensor: values.get(value)?.clone() })
    };
    let inputs: Vec<_> = inputs.iter().cloned().chain(model.inputs().iter().filter_map(stand_in)).collect();
    let temporary = |source| CheckError::Write { path: std::env::temp_dir(), source };
    let folder = Staging::private().map_err(temporary)?;
    let file = format!("isolated.{}", model.format().ending());
    folder.write(&file, model.bytes()).map_err(temporary)?;
    let found = candidate.run_file(&folder.path().join(file), &inputs).map_err(|error| match is_ours(candidate) {
        true => CheckError::Engine(error),
        false => CheckError::Foreign(error),
    })?;
    Ok((IsolatedRun { model, inputs }, found))
}

/// Whether this program wrote the file.
fn is_ours(model: &Model) -> bool {
    model.accuracy().is_some()
}

/// The given values in the shapes that the candidate has for them. Files that edgeconv wrote have the reference's; in others a name
/// may stand for a tensor with other axes of length 1, or for something else, which is not given then.
fn shaped(candidate: &Model, inputs: &[NamedTensor], given: &[NamedTensor]) -> Result<Vec<NamedTensor>, CheckError> {
    if is_ours(candidate) {
        return Ok(given.to_vec());
    }
    let names: Vec<_> = given.iter().map(|value| value.name.clone()).collect();
    let own: HashMap<String, TensorType> =
        candidate.run(inputs, &names)?.inside.into_iter().map(|value| (value.name, value.tensor.ty())).collect();
    let shape = |value: &NamedTensor| {
        let ty = own.get(&value.name).filter(|ty| ty.dtype == value.tensor.ty().dtype)?;
        let tensor = value.tensor.reshape(ty.shape.clone()).ok()?;
        Some(NamedTensor { name: value.name.clone(), tensor })
    };
    Ok(given.iter().filter_map(shape).collect())
}
