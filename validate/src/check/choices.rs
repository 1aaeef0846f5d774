//! Outputs that jump where rounding moves what they are computed from.

use std::collections::{HashMap, HashSet};

use edgeconv_converter::target::{Listing, Operator};
use edgeconv_graph::Tensor;

use super::layers::run_isolated;
use super::rounding::Off;
use crate::compare::{Tolerance, compare_between};
use crate::engine::NamedTensor;
use crate::model::Model;
use crate::tolerances::Tolerances;

/// ONNX operators whose result for an element jumps where that moves a little: on which side of a threshold a number is.
const STEPS: [&str; 10] =
    ["Cast", "Ceil", "Equal", "Floor", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Round", "Sign"];

/// Those that choose among elements: which of two equal scores is first.
const CHOICES: [&str; 6] = ["ArgMax", "ArgMin", "Mod", "NonMaxSuppression", "NonZero", "TopK"];

/// Those that keep elements in their order.
const KEEPING: [&str; 6] = ["Cast", "Flatten", "Identity", "Reshape", "Squeeze", "Unsqueeze"];

/// An output that says where elements stand along an axis: those with the highest or lowest scores.
pub(super) struct Choice {
    /// Name of the scores.
    scores: String,
    axis: i64,
    /// Whether several are chosen along it.
    is_many: bool,
}

impl Choice {
    /// How an ONNX model computes an output, if it is such a one.
    pub(super) fn of(listing: &Listing, output: &str) -> Option<Self> {
        let producers = producers(listing);
        let mut name = output;
        loop {
            let operator = producers.get(name)?;
            let operand = operator.inputs.first()?;
            let axis = |default| operator.attributes.get("axis").map_or(Some(default), |axis| axis.parse().ok());
            match operator.op.as_str() {
                "ArgMax" | "ArgMin" => {
                    return Some(Self { scores: operand.clone(), axis: axis(0)?, is_many: false });
                }
                "TopK" if operator.outputs.get(1).is_some_and(|port| port.name == name) => {
                    return Some(Self { scores: operand.clone(), axis: axis(-1)?, is_many: true });
                }
                op if KEEPING.contains(&op) => name = operand,
                _ => return None,
            }
        }
    }

    /// Whether, wherever another element was chosen, its score is as good as that of the expected one: both may be rounded.
    pub(super) fn ties(&self, reference: &Model, inputs: &[NamedTensor], tolerances: &Tolerances, off: &Off) -> bool {
        let Ok(run) = reference.run(inputs, std::slice::from_ref(&self.scores)) else { return false };
        let mut given = inputs.iter().chain(&run.inside).chain(&run.outputs);
        let Some(scores) = given.find(|value| value.name == self.scores) else { return false };
        let allowed = 2.0 * Tolerance::of_largest(&scores.tensor, tolerances.rounding.network).atol;
        self.margin(&scores.tensor, off.found, &off.expected.tensor).is_some_and(|margin| margin <= allowed)
    }

    /// The largest difference of scores between an element that was chosen and the expected one; `None` if something else than places in
    /// the scores is found.
    fn margin(&self, scores: &Tensor, found: &Tensor, expected: &Tensor) -> Option<f64> {
        let shape = scores.shape();
        let axis = usize::try_from(if self.axis < 0 { self.axis + shape.len() as i64 } else { self.axis }).ok()?;
        let (length, inner) = (*shape.get(axis)?, shape[axis + 1..].iter().product::<usize>());
        let rows = scores.len() / length.max(1);
        let chosen = expected.len() / rows.max(1);
        if found.len() != expected.len() || chosen * rows != expected.len() || !self.is_many && chosen != 1 {
            return None;
        }
        let scores: Vec<_> = scores.numbers().collect();
        let mut largest = 0.0_f64;
        for (index, (found, expected)) in found.numbers().zip(expected.numbers()).enumerate() {
            if found == expected {
                continue;
            }
            let (outer, inside) = (index / (chosen * inner), index % inner);
            let score = |place: f64| {
                let is_place = place >= 0.0 && place < length as f64 && place.fract() == 0.0;
                is_place.then(|| scores[(outer * length + place as usize) * inner + inside])
            };
            let difference = (score(found)? - score(expected)?).abs();
            largest = if difference.is_nan() { return None } else { largest.max(difference) };
        }
        Some(largest)
    }
}

/// Whether every element that differs is what it would be if the numbers that it steps with were rounded otherwise.
pub(super) fn is_explained_by_jumps(
    reference: &Model,
    inputs: &[NamedTensor],
    tolerances: &Tolerances,
    off: &Off,
) -> bool {
    let Some(names) = stepping(reference.listing(), &off.expected.name) else { return false };
    let Ok(run) = reference.run(inputs, &names) else { return false };
    let is_wanted = |value: &&NamedTensor| names.contains(&value.name) && value.tensor.dtype().is_float();
    let numbers: Vec<_> = run.inside.iter().chain(&run.outputs).filter(is_wanted).collect();
    let moved = |sign: f64| -> Option<Tensor> {
        let moved = numbers.iter().map(|value| {
            let by = sign * Tolerance::of_largest(&value.tensor, tolerances.rounding.network).atol;
            let numbers = value.tensor.numbers().map(|x| (x + by) as f32).collect();
            Some(NamedTensor { name: value.name.clone(), tensor: Tensor::f32(value.tensor.shape(), numbers).ok()? })
        });
        let (_, found) = run_isolated(reference, inputs, &moved.collect::<Option<Vec<_>>>()?).ok()?;
        found.into_iter().find(|value| value.name == off.expected.name).map(|value| value.tensor)
    };
    if numbers.is_empty() {
        return false;
    }
    let (Some(less), Some(more)) = (moved(-1.0), moved(1.0)) else { return false };
    let exactly = Tolerance { atol: 0.0, rtol: 0.0 };
    compare_between(off.found, &off.expected.tensor, &[less, more], exactly).passed
}

/// The numbers with which an output steps; `None` if it depends on a choice, too.
fn stepping(listing: &Listing, output: &str) -> Option<Vec<String>> {
    let (producers, computed) = (producers(listing), computed(listing));
    let (mut open, mut seen, mut names) = (vec![output], HashSet::new(), vec![]);
    while let Some(name) = open.pop() {
        let Some(operator) = producers.get(name).filter(|_| computed.contains(name) && seen.insert(name)) else {
            continue;
        };
        if CHOICES.contains(&operator.op.as_str()) {
            return None;
        }
        match STEPS.contains(&operator.op.as_str()) {
            true => names.extend(operator.inputs.first().filter(|name| computed.contains(name.as_str())).cloned()),
            false => open.extend(operator.inputs.iter().map(String::as_str)),
        }
    }
    Some(names)
}

/// Whether an output follows from a choice that its scores do not explain: boxes that were selected, colours of classes.
pub(super) fn follows_from_choice(listing: &Listing, output: &str) -> bool {
    Choice::of(listing, output).is_none() && stepping(listing, output).is_none()
}

/// What is computed from the elements of inputs, not from their shapes alone.
fn computed(listing: &Listing) -> HashSet<&str> {
    let mut computed: HashSet<_> = listing.inputs.iter().map(|port| port.name.as_str()).collect();
    for operator in &listing.operators {
        let tells_shape = ["Shape", "Size"].contains(&operator.op.as_str());
        if !tells_shape && operator.inputs.iter().any(|name| computed.contains(name.as_str())) {
            computed.extend(operator.outputs.iter().map(|port| port.name.as_str()));
        }
    }
    computed
}

/// What computes each value.
fn producers(listing: &Listing) -> HashMap<&str, &Operator> {
    let operators = listing.operators.iter();
    operators.flat_map(|operator| operator.outputs.iter().map(move |port| (port.name.as_str(), operator))).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // tests fail by panicking
mod tests {
    use super::*;

    /// Scores of three classes at two places.
    fn margin(found: [f32; 2], is_many: bool) -> Option<f64> {
        let scores = Tensor::f32([1, 3, 2], vec![1.0, 5.0, 0.75, 4.0, 0.5, 4.5]).unwrap();
        let choice = Choice { scores: "scores".into(), axis: 1, is_many };
        choice.margin(&scores, &Tensor::vector(found.to_vec()), &Tensor::vector(vec![0.0, 0.0]))
    }

    #[test]
    fn the_margin_is_that_of_the_scores() {
        assert_eq!(margin([0.0, 0.0], false), Some(0.0));
        assert_eq!(margin([1.0, 0.0], false), Some(0.25));
        assert_eq!(margin([1.0, 2.0], true), Some(0.5));
        for wrong in [3.0, -1.0, 0.5, f32::NAN] {
            assert_eq!(margin([0.0, wrong], false), None);
        }
    }
}
