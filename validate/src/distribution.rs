//! How the elements of two tensors are distributed, as counts that fit into a report.

use std::ops::RangeInclusive;

use edgeconv_graph::Tensor;
use itertools::Itertools;
use serde::Serialize;

use crate::compare::Mask;

/// Number of intervals between the lowest and the highest element.
const BINS: usize = 24;

/// Powers of ten of the errors that are counted apart: up to 10⁻⁸, 10⁻⁷, … 10⁻¹ of the largest element, and above.
const DECADES: i32 = 8;

/// Histograms of two tensors over one range, and of their differences.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Distribution {
    /// Lowest element of both, without infinite and masked ones.
    pub low: f64,
    /// Highest element of both, likewise.
    pub high: f64,
    /// Number of the candidate's elements in each of the intervals of equal width.
    pub found: Vec<u32>,
    /// Number of the reference's elements.
    pub expected: Vec<u32>,
    /// Number of elements whose difference is 0; at most 10⁻⁸, 10⁻⁷, … 10⁻¹ of the reference's largest magnitude; larger, or no
    /// number.
    pub errors: Vec<u32>,
}

impl Distribution {
    /// Of two tensors of as many elements.
    pub fn of(found: &Tensor, expected: &Tensor) -> Self {
        let mask = Mask::of(expected);
        let finite = || found.numbers().chain(expected.numbers()).filter(|&number| !mask.holds(number));
        let (low, high) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
        let (low, high) = if low <= high { (low, high) } else { (0.0, 0.0) };
        let largest = expected.numbers().filter(|&number| !mask.holds(number)).map(f64::abs).fold(0.0, f64::max);
        let mut errors = vec![0; DECADES as usize + 2];
        for (found, expected) in found.numbers().zip_eq(expected.numbers()) {
            errors[decade((found - expected).abs(), largest)] += 1;
        }
        Self { low, high, found: histogram(found, low..=high), expected: histogram(expected, low..=high), errors }
    }
}

fn histogram(tensor: &Tensor, range: RangeInclusive<f64>) -> Vec<u32> {
    let (low, high) = range.clone().into_inner();
    let mut counts = vec![0; BINS];
    let width = (high - low) / BINS as f64;
    for number in tensor.numbers().filter(|number| range.contains(number)) {
        let bin = if width > 0.0 { ((number - low) / width) as usize } else { 0 };
        counts[bin.min(BINS - 1)] += 1;
    }
    counts
}

/// In which of the classes an error is.
fn decade(error: f64, largest: f64) -> usize {
    if error == 0.0 {
        return 0;
    }
    let last = DECADES as usize + 1;
    let power = (error / largest.max(f64::MIN_POSITIVE)).log10().ceil();
    if power.is_nan() { last } else { (power + f64::from(DECADES) + 1.0).clamp(1.0, last as f64) as usize }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_counted_in_intervals_and_errors_in_decades() {
        let expected = Tensor::vector(vec![0.0, 1.0, 10.0, -10.0]);
        let found = Tensor::vector(vec![0.0, 1.00005, 12.0, f32::NAN]);
        let distribution = Distribution::of(&found, &expected);
        assert_eq!((distribution.low, distribution.high), (-10.0, 12.0));
        assert_eq!((distribution.expected[0], distribution.found[BINS - 1]), (1, 1));
        assert_eq!(distribution.found.iter().sum::<u32>(), 3);
        // None; 5e-6; 0.2 and no number.
        assert_eq!(distribution.errors, [1, 0, 0, 0, 1, 0, 0, 0, 0, 2]);
    }

    #[test]
    fn equal_and_absent_elements_have_a_distribution() {
        let same = Tensor::vector(vec![2.0, 2.0]);
        assert_eq!(Distribution::of(&same, &same).expected[0], 2);
        let nothing = Tensor::vector(vec![]);
        assert_eq!(Distribution::of(&nothing, &nothing).errors.iter().sum::<u32>(), 0);
    }
}
