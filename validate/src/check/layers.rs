//! Values inside of two models.

use std::collections::{BTreeMap, HashMap, HashSet};

use edgeconv_converter::target::isolate::{Isolated, isolate};
use edgeconv_converter::target::{Integers, Listing, Operator};
use edgeconv_files::Staging;
use edgeconv_graph::{Tensor, TensorType};
use serde::{Deserialize, Serialize};

use super::integers::{computes_in_integers, rounded};
use super::{CheckError, Parity};
use crate::compare::compare_between;
use crate::engine::{NamedTensor, Run};
use crate::model::Model;
use crate::quantization::Steps;
use crate::tolerances::Tolerances;

/// ONNX operators whose results may be much smaller than their operands, and are rounded as these are.
const SUMS: [&str; 8] = ["Add", "AveragePool", "GlobalAveragePool", "Mean", "ReduceMean", "ReduceSum", "Sub", "Sum"];

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
    /// What the candidate's integers stand for.
    marks: BTreeMap<String, Option<Integers>>,
    /// What the reference makes of values that are rounded as the candidate rounds them, if it does; `None` if the reference can't be asked.
    of_rounded: Option<HashMap<String, Tensor>>,
    /// What the reference adds up to a value.
    summands: HashMap<String, Vec<String>>,
    /// Values that are computed from integers which the reference does not have.
    unseen: HashSet<String>,
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
        let summands = summands(reference.listing(), &names);
        let seen = names.iter().cloned().chain(scales.computed());
        let wanted: HashSet<_> = seen.chain(summands.values().flatten().cloned()).collect();
        let Run { outputs, inside, .. } = reference.run(inputs, &Vec::from_iter(wanted))?;
        let steps = scales.steps(inside.iter().chain(&outputs));
        let marks = candidate.listing().marks.clone();
        let mut of_rounded = Some(HashMap::new());
        let (found, isolated) = match how {
            How::Free => (candidate.run(inputs, &names)?.inside, None),
            How::Isolated => {
                let given: Vec<_> = inside.iter().chain(&outputs).cloned().collect();
                let (isolated, mut found) = run_isolated(candidate, inputs, &shaped(candidate, inputs, &given)?)?;
                // A quantised reference rounds by itself.
                if computes_in_integers(candidate) && scales.is_empty() {
                    // Only model files can be given values inside.
                    let values = run_isolated(reference, inputs, &as_integers(given, &read_as(candidate))).ok();
                    of_rounded =
                        values.map(|(_, values)| values.into_iter().map(|value| (value.name, value.tensor)).collect());
                }
                let place: HashMap<_, _> = names.iter().enumerate().map(|(place, name)| (name, place)).collect();
                found.sort_by_key(|value| place.get(&value.name).copied().unwrap_or(usize::MAX));
                (found, Some(isolated))
            }
        };
        let expected = inside.into_iter().chain(outputs).map(|value| (value.name.clone(), value)).collect();
        let given = isolated.iter().flat_map(|run| run.model.inputs()).map(|(value, _)| value.as_str()).collect();
        let unseen = unseen(candidate, &given);
        Ok(Self { found, expected, steps, marks, of_rounded, summands, unseen, isolated })
    }

    /// Compares them, in order of computation.
    pub fn compare(&self, tolerances: &Tolerances) -> Vec<Parity> {
        let result = |found: &NamedTensor| {
            let expected = self.expected.get(&found.name)?;
            let step = self.steps.get(&expected.name).copied();
            let integers = self.integers(&expected.name);
            let own = integers.filter(|_| step.is_none()).map(|integers| f64::from(integers.scale));
            let is_unseen = self.unseen.contains(&expected.name);
            let is_isolated = self.isolated.is_some() && self.of_rounded.is_some() && !is_unseen;
            // Integers are as large as they can be, whatever the reference is.
            let rounded = integers.and_then(|integers| rounded(&expected.tensor, integers));
            let summands = self.summands.get(&expected.name).into_iter().flatten();
            let summands = summands.filter_map(|name| Some(&self.expected.get(name)?.tensor));
            let sizes: Vec<_> = summands.chain([rounded.as_ref().unwrap_or(&expected.tensor)]).collect();
            let tolerance = tolerances.layer((&expected.name, &sizes), is_isolated, step, own);
            let step = step.or(own);
            // MNN's own converter makes [rows, C, 1, 1] of what linear layers compute.
            let reshaped = found.tensor.reshape(expected.tensor.shape());
            let found = reshaped.as_ref().unwrap_or(&found.tensor);
            let comparison = compare_between(found, &expected.tensor, &self.others(expected), tolerance);
            Some(Parity::new(0, Some(found), expected, (tolerance, step), comparison))
        };
        self.found.iter().filter_map(result).collect()
    }

    /// What the integers of a value stand for in the candidate.
    fn integers(&self, name: &str) -> Option<Integers> {
        self.marks.get(name).copied().flatten()
    }

    /// What else a value may be than the reference's: what this makes of rounded operands, and both rounded themselves.
    fn others(&self, expected: &NamedTensor) -> Vec<Tensor> {
        let of_rounded = self.of_rounded.as_ref().and_then(|values| values.get(&expected.name));
        let integers = self.integers(&expected.name);
        let both = [Some(&expected.tensor), of_rounded].into_iter().flatten();
        let results = both.filter_map(|tensor| rounded(tensor, integers?));
        results.chain(of_rounded.cloned()).collect()
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

/// What the reference adds up to each of these values and its outputs.
fn summands(reference: &Listing, values: &[String]) -> HashMap<String, Vec<String>> {
    let is_compared = |name: &String| values.contains(name) || reference.outputs.iter().any(|port| port.name == *name);
    let sums = reference.operators.iter().filter(|operator| SUMS.contains(&operator.op.as_str()));
    let result = |sum: &Operator| Some((sum.outputs.first()?.name.clone(), sum.inputs.clone()));
    sums.filter_map(result).filter(|(name, _)| is_compared(name)).collect()
}

/// What the integers stand for as which values are read: of an output, which is floats, those in another layout.
fn read_as(candidate: &Model) -> BTreeMap<String, Option<Integers>> {
    let listing = candidate.listing();
    let mut marks = listing.marks.clone();
    for operator in listing.operators.iter().filter(|operator| operator.op == "ConvertTensor") {
        if let ([operand], [result]) = (operator.inputs.as_slice(), operator.outputs.as_slice()) {
            let as_operand = listing.integers(&result.name).or(listing.integers(operand));
            marks.insert(result.name.clone(), as_operand);
        }
    }
    marks
}

/// Values of a candidate that are computed from integers which no given value is read as.
fn unseen(candidate: &Model, given: &HashSet<&str>) -> HashSet<String> {
    let (listing, read_as) = (candidate.listing(), read_as(candidate));
    let ends = listing.inputs.iter().chain(&listing.outputs).map(|port| port.name.as_str());
    let seen = given.iter().copied().chain(ends).filter_map(|name| read_as.get(name).copied().flatten());
    let seen: Vec<_> = seen.collect();
    let mut unseen: HashSet<&str> = HashSet::new();
    for operator in &listing.operators {
        let is_unseen = |name: &str| {
            let has_own = listing.integers(name).is_some_and(|integers| !seen.contains(&integers));
            !given.contains(name) && (has_own || unseen.contains(name))
        };
        if operator.inputs.iter().any(|name| is_unseen(name)) {
            unseen.extend(operator.outputs.iter().map(|port| port.name.as_str()));
        }
    }
    unseen.into_iter().map(str::to_owned).collect()
}

/// Values as the floats that their integers stand for.
fn as_integers(values: Vec<NamedTensor>, marks: &BTreeMap<String, Option<Integers>>) -> Vec<NamedTensor> {
    let rounded = |value: NamedTensor| {
        let integers = marks.get(&value.name).copied().flatten();
        let tensor = integers.and_then(|integers| rounded(&value.tensor, integers)).unwrap_or(value.tensor);
        NamedTensor { name: value.name, tensor }
    };
    values.into_iter().map(rounded).collect()
}

/// Runs a model with the given values in place of computed ones.
pub(super) fn run_isolated(
    candidate: &Model,
    inputs: &[NamedTensor],
    given: &[NamedTensor],
) -> Result<(IsolatedRun, Vec<NamedTensor>), CheckError> {
    let types: Vec<_> = inputs.iter().chain(given).map(|value| (value.name.clone(), value.tensor.ty())).collect();
    let broken = |source| CheckError::isolate(candidate, source);
    let model = isolate(candidate.path(), &types).map_err(broken)?;
    let values: HashMap<_, _> = given.iter().map(|value| (&value.name, &value.tensor)).collect();
    let stand_in = |(value, input): &(String, String)| {
        Some(NamedTensor { name: input.clone(), tensor: Tensor::clone(values.get(value)?) })
    };
    let inputs: Vec<_> = inputs.iter().cloned().chain(model.inputs().iter().filter_map(stand_in)).collect();
    let temporary = |source| CheckError::Write { path: std::env::temp_dir(), source };
    let folder = Staging::private().map_err(temporary)?;
    let file = format!("isolated.{}", model.format().ending());
    folder.write(&file, model.bytes()).map_err(temporary)?;
    let found = candidate.run_file(&folder.path().join(file), &inputs).map_err(|error| match candidate.is_ours() {
        true => CheckError::Engine(error),
        false => CheckError::Foreign(error),
    })?;
    Ok((IsolatedRun { model, inputs }, found))
}

/// The given values in the shapes that the candidate has for them. Files that edgeconv wrote have the reference's; in others a name
/// may stand for a tensor with other axes of length 1, or for something else, which is not given then.
fn shaped(candidate: &Model, inputs: &[NamedTensor], given: &[NamedTensor]) -> Result<Vec<NamedTensor>, CheckError> {
    if candidate.is_ours() {
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
