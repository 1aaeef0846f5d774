//! What has changed since an earlier version of a model.

use serde::Serialize;

use super::CheckError;
use crate::compare::{Tolerance, compare};
use crate::engine::NamedTensor;
use crate::golden::Sample;

/// An output that is not what it was.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drift {
    /// Name of the output.
    pub output: String,
    /// For which inputs, from 0.
    pub sample: usize,
    /// Number of elements that changed.
    pub changed: usize,
    /// Largest absolute change.
    pub max_abs: f64,
    /// Largest absolute change, as a share of the largest element.
    pub share: f64,
    /// Largest absolute error of the earlier version.
    pub error_before: f64,
    /// Largest absolute error now.
    pub error_now: f64,
    /// Why the outputs could not be compared.
    pub problem: Option<String>,
}

/// What differs between what an earlier version gave and what this one gives, both for the same inputs; nothing where all bits are
/// the same.
///
/// # Errors
/// If the inputs are not the same.
pub fn drift(before: &[Sample], now: &[Sample]) -> Result<Vec<Drift>, CheckError> {
    // The earlier version may have had more inputs.
    let same = |(before, now): (&Sample, &Sample)| now.inputs.iter().all(|now| before.inputs.iter().any(is_input(now)));
    if before.len() != now.len() || !before.iter().zip(now).all(same) {
        return Err(CheckError::OtherInputs);
    }
    let exact = Tolerance { atol: 0.0, rtol: 0.0 };
    let mut drifted = vec![];
    for (index, (before, now)) in before.iter().zip(now).enumerate() {
        for earlier in &before.found {
            let find = |list: &[NamedTensor]| {
                list.iter().find(|value| value.name == earlier.name).map(|value| value.tensor.clone())
            };
            let (Some(later), Some(right)) = (find(&now.found), find(&before.outputs)) else { continue };
            let change = compare(&later, &earlier.tensor, exact);
            if change.passed {
                continue;
            }
            drifted.push(Drift {
                output: earlier.name.clone(),
                sample: index,
                changed: change.failed,
                max_abs: change.max_abs,
                share: change.share(),
                error_before: compare(&earlier.tensor, &right, exact).max_abs,
                error_now: compare(&later, &right, exact).max_abs,
                problem: change.problem,
            });
        }
    }
    Ok(drifted)
}

/// Whether an input has the same numbers, maybe as another element type.
fn is_input(now: &NamedTensor) -> impl Fn(&NamedTensor) -> bool {
    |before| {
        let [old, new] = [&before.tensor, &now.tensor];
        before.name == now.name && old.shape() == new.shape() && old.numbers().eq(new.numbers())
    }
}

#[cfg(test)]
mod tests {
    use edgeconv_graph::Tensor;

    use super::*;

    fn sample(right: f32, found: [f32; 2]) -> Sample {
        let named = |numbers: Vec<f32>| vec![NamedTensor { name: "y".into(), tensor: Tensor::vector(numbers) }];
        Sample { inputs: vec![], outputs: named(vec![right, 4.0]), found: named(found.to_vec()) }
    }

    #[test]
    fn the_same_bits_are_no_drift() {
        assert_eq!(drift(&[sample(1.0, [1.5, 4.0])], &[sample(1.0, [1.5, 4.0])]).unwrap(), []);
    }

    #[test]
    fn a_change_is_reported_with_both_errors() {
        let drifted = drift(&[sample(1.0, [1.5, 4.0])], &[sample(1.0, [1.25, 4.0])]).unwrap();
        let [only] = drifted.as_slice() else { panic!("{drifted:?}") };
        assert_eq!((only.changed, only.max_abs, only.share), (1, 0.25, 0.0625));
        assert_eq!((only.error_before, only.error_now), (0.5, 0.25));
    }

    #[test]
    fn other_inputs_are_an_error() {
        let same = vec![sample(1.0, [1.5, 4.0])];
        let is_error = |before: &[Sample], now: &[Sample]| matches!(drift(before, now), Err(CheckError::OtherInputs));
        assert!(is_error(&[same.clone(), same.clone()].concat(), &same));
        let mut other = same.clone();
        other[0].inputs.push(NamedTensor { name: "x".into(), tensor: Tensor::vector(vec![1.0]) });
        assert!(is_error(&same, &other));
        // An input that is not there any more changes nothing.
        assert_eq!(drift(&other, &same).unwrap(), []);
    }
}
