//! How far two tensors are apart.

use std::collections::BTreeMap;

use edgeconv_converter::target::Numbers;
use edgeconv_graph::Tensor;
use itertools::Itertools;
use serde::{Deserialize, Serialize};

use crate::engine::NamedTensor;
use crate::statistics::median_of;

/// How much an element may differ: `|found − expected| ≤ atol + rtol · |expected|`, as NumPy's `allclose` has it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Tolerance {
    /// Absolute part.
    pub atol: f64,
    /// Relative part.
    pub rtol: f64,
}

impl Tolerance {
    /// What 32-bit engines that sum in different orders keep over a whole network.
    ///
    /// Logits `[N, classes]`: 1e-4 absolute and 1e-4 relative; where all are below 1, the absolute part is as much smaller, so that
    /// an untrained network with tiny outputs is held to the same number of digits. Maps and lists of boxes: 1e-4 of the largest
    /// magnitude, since sums that cancel leave the rounding of their large summands in small elements.
    pub fn for_output(expected: &Tensor) -> Self {
        let largest = scale(expected);
        match expected.shape().len() {
            _ if !expected.dtype().is_float() => Self::of_largest(expected, 0.0),
            ..=2 => Self { atol: 1e-4 * largest.min(1.0), rtol: 1e-4 },
            _ => Self::of_largest(expected, 1e-4),
        }
    }

    /// This share of the largest magnitude of what is not a mask. 1e-3 is what networks keep of which nothing is known: some amplify rounding.
    /// Integers may not differ at all: they count, or say where something is.
    pub fn of_largest(expected: &Tensor, share: f64) -> Self {
        Self { atol: if expected.dtype().is_float() { share * scale(expected) } else { 0.0 }, rtol: 0.0 }
    }

    /// At least one step of quantisation: what lies in the middle of two may be rounded to either.
    #[must_use]
    pub fn or_step(self, step: Option<f64>) -> Self {
        // Scales are 32-bit floats, and so are their multiples.
        Self { atol: step.map_or(self.atol, |step| self.atol.max(step * (1.0 + 1e-5))), ..self }
    }

    /// So much more.
    #[must_use]
    pub fn plus(self, atol: f64) -> Self {
        Self { atol: self.atol + atol, ..self }
    }

    /// So many times as much.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self { atol: self.atol * factor, rtol: self.rtol * factor }
    }

    /// Whether nothing at all may differ.
    fn is_exact(self) -> bool {
        self.atol == 0.0 && self.rtol == 0.0
    }

    /// Whether one element is close enough. NaN never is; an infinity is close to itself only.
    fn accepts(self, found: f64, expected: f64) -> bool {
        found == expected
            || (expected.is_finite() && (found - expected).abs() <= self.atol + self.rtol * expected.abs())
    }
}

/// The numbers by which a tensor says that an element does not count: infinities, what is as good as one, and what masks add to scores,
/// such as −10000 or −65504. They tell nothing of the size of the other elements, and how far they are off does not matter.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mask {
    /// The least magnitude of such a number.
    from: f64,
}

/// Numbers of this magnitude, which no network computes of others, stand for infinity.
const SATURATED: f64 = 1e30;

impl Mask {
    /// Smaller numbers than 2 to this power are no mask unless they are [`SATURATED`].
    const LEAST_POWER: usize = 12;

    /// So many powers of two between them and all other numbers tell such numbers from large results.
    const GAP: usize = 6;

    /// Powers of two that the numbers of a mask span at most: a mask twice, or with scores added. Large results are spread further.
    const SPAN: usize = 3;

    /// How far such a number may be off, as a share of itself.
    const SHARE: f64 = 1e-4;

    /// The mask in a reference.
    pub(crate) fn of(expected: &Tensor) -> Self {
        let from = if expected.dtype().is_float() { Self::behind_a_gap(expected) } else { None };
        Self { from: from.unwrap_or(SATURATED) }
    }

    /// The power of two from which on there are numbers again, far above others.
    fn behind_a_gap(expected: &Tensor) -> Option<f64> {
        let mut occurs = [false; 100];
        for number in expected.numbers().map(f64::abs).filter(|&number| number > 0.0 && number < SATURATED) {
            occurs[number.log2().floor().max(0.0) as usize] = true;
        }
        let powers: Vec<_> = (0..occurs.len()).filter(|&power| occurs[power]).collect();
        let gap = powers.windows(2).find(|pair| pair[1] - pair[0] > Self::GAP && pair[1] >= Self::LEAST_POWER)?;
        let narrow = powers.last().is_some_and(|last| last - gap[1] <= Self::SPAN);
        narrow.then(|| f64::from(gap[1] as u32).exp2())
    }

    /// Whether a number belongs to it.
    pub(crate) fn holds(self, number: f64) -> bool {
        number.abs() >= self.from
    }

    /// Whether two elements say the same, so that there is nothing else to compare.
    fn agrees(self, found: f64, expected: f64) -> bool {
        let both = |least: f64| found.abs() >= least && expected.abs() >= least;
        let close = both(SATURATED) || (found - expected).abs() <= Self::SHARE * expected.abs();
        both(self.from) && found.is_sign_negative() == expected.is_sign_negative() && close
    }
}

/// One element of two tensors.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Element {
    /// Position, one index per axis.
    pub index: Vec<usize>,
    /// The tested value.
    pub found: f64,
    /// The reference value.
    pub expected: f64,
}

/// Statistics of the differences `found − expected`, in double precision.
///
/// A NaN in one of the tensors makes `max_abs`, `mean_abs` and `cosine` NaN (`null` in JSON), and so does a difference
/// in shape: no number looks good by accident.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// Largest absolute difference.
    pub max_abs: f64,
    /// Largest `|found − expected| / |expected|` over the elements with `expected ≠ 0`.
    pub max_rel: f64,
    /// Mean of these ratios.
    pub mean_rel: f64,
    /// Median of these ratios.
    pub median_rel: f64,
    /// Mean absolute difference.
    pub mean_abs: f64,
    /// Median absolute difference.
    pub median_abs: f64,
    /// Ratio of the largest magnitude of the reference to the root mean square difference, in decibels; infinite (`null` in JSON)
    /// without a difference.
    pub psnr: f64,
    /// Largest magnitude of the reference, without masked elements.
    pub max_expected: f64,
    /// Cosine of the angle between the tensors as vectors.
    pub cosine: f64,
    /// Number of elements that are NaN in one of the tensors.
    pub nan: usize,
    /// Number of elements that are infinite in one of the tensors.
    pub infinite: usize,
    /// Number of elements that are infinite, huge or a mask's in both tensors: they are left out of all other numbers.
    pub masked: usize,
    /// Number of elements outside the tolerance.
    pub failed: usize,
    /// Number of elements that would be, but for what rounding of their operands and the range of their integers explain.
    pub explained: usize,
    /// The first NaN, or else the element with the largest absolute difference.
    pub worst: Option<Element>,
    /// Why the elements could not be compared.
    pub problem: Option<String>,
    /// Number of values inside of a network that are right, each computed from right ones, where elements are outside of the tolerance: rounding
    /// alone comes to that, where steps of quantised values add up, or results jump.
    pub layers: Option<usize>,
    /// Whether every element is within the tolerance, or off by rounding alone.
    pub passed: bool,
}

/// The comparison of one output of a model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutputParity {
    /// Name of the output.
    pub output: String,
    /// The shapes of the inputs, if the tested model has open ones.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub shapes: BTreeMap<String, Vec<usize>>,
    /// What computed the tested value.
    pub engine: String,
    /// What computed the reference value.
    pub reference: String,
    /// What the comparison allows.
    pub tolerance: Tolerance,
    /// One step of the nearest quantisation before the output, if there is one.
    pub step: Option<f64>,
    /// The coarsest numbers that weights of the tested model are stored as, which the tolerance allows for.
    pub weights: Numbers,
    /// The result.
    #[serde(flatten)]
    pub comparison: Comparison,
}

/// Compares outputs by name, in the order of the reference; an output that was not found fails.
pub fn compare_outputs(
    (engine, found): (&str, &[NamedTensor]),
    (reference, expected): (&str, &[NamedTensor]),
    tolerance: impl Fn(&NamedTensor) -> Tolerance,
) -> Vec<OutputParity> {
    let parity = |expected: &NamedTensor| {
        let tolerance = tolerance(expected);
        OutputParity {
            output: expected.name.clone(),
            shapes: BTreeMap::new(),
            engine: engine.to_owned(),
            reference: reference.to_owned(),
            tolerance,
            step: None,
            weights: Numbers::Float,
            comparison: compare_output((engine, found), expected, tolerance),
        }
    };
    expected.iter().map(parity).collect()
}

/// Compares the output of the same name; one that was not found fails.
pub(crate) fn compare_output(
    (engine, found): (&str, &[NamedTensor]),
    expected: &NamedTensor,
    tolerance: Tolerance,
) -> Comparison {
    match found.iter().find(|found| found.name == expected.name) {
        Some(found) => compare(&found.tensor, &expected.tensor, tolerance),
        None => {
            let names: Vec<_> = found.iter().map(|found| found.name.as_str()).collect();
            Comparison::impossible(format!("{engine} has no output of this name, it has: {}", names.join(", ")))
        }
    }
}

/// Compares two tensors element by element; integers are compared as numbers.
pub fn compare(found: &Tensor, expected: &Tensor, tolerance: Tolerance) -> Comparison {
    compare_between(found, expected, &[], tolerance)
}

/// The same, where an element may also be anything between the expected one and those of other tensors.
pub(crate) fn compare_between(
    found: &Tensor,
    expected: &Tensor,
    others: &[Tensor],
    tolerance: Tolerance,
) -> Comparison {
    if found.shape() != expected.shape() {
        return Comparison::impossible(format!("expected shape {:?}, found {:?}", expected.shape(), found.shape()));
    }
    let (mut sums, mask) = (Sums::default(), Mask::of(expected));
    let others = others.iter().filter(|other| other.shape() == expected.shape());
    let others: Vec<Vec<_>> = others.map(|other| other.numbers().collect()).collect();
    let pairs = || found.numbers().zip_eq(expected.numbers());
    // Without a tolerance, every bit counts.
    let is_masked =
        |&(found, expected): &(f64, f64)| mask.agrees(found, expected) && (found == expected || !tolerance.is_exact());
    for (index, pair) in pairs().enumerate() {
        match is_masked(&pair) {
            true => sums.leave_out(pair),
            false => sums.add(index, pair, others.iter().map(|other| other[index]), tolerance),
        }
    }
    let counted = || pairs().filter(|pair| !is_masked(pair));
    let differences = Spread::of(|| counted().map(difference));
    let ratios = Spread::of(|| counted().filter(|pair| pair.1 != 0.0).map(|pair| difference(pair) / pair.1.abs()));
    sums.finish(&differences, &ratios, expected.shape())
}

/// Equal infinities differ by nothing; their difference would be NaN.
fn difference((found, expected): (f64, f64)) -> f64 {
    if found == expected { 0.0 } else { (found - expected).abs() }
}

/// What is told of many numbers that are not negative; without any, 0.
struct Spread {
    mean: f64,
    /// Mean of the squares.
    power: f64,
    median: f64,
    largest: f64,
}

impl Spread {
    fn of<I: Iterator<Item = f64>>(numbers: impl Fn() -> I) -> Self {
        let (mut count, mut sum, mut squares, mut largest) = (0_usize, 0.0, 0.0, 0.0);
        for number in numbers() {
            (count, sum, squares) = (count + 1, sum + number, squares + number * number);
            largest = larger(number, largest);
        }
        let all = count.max(1) as f64;
        Self { mean: sum / all, power: squares / all, largest, median: median_of(numbers).unwrap_or(0.0) }
    }
}

impl Comparison {
    /// The largest difference, as a share of the reference's largest magnitude.
    pub fn share(&self) -> f64 {
        self.max_abs / self.max_expected.max(f64::MIN_POSITIVE)
    }

    /// What else there is to say of elements that were left out, and of steps of quantisation, in words; nothing if there is nothing.
    pub fn remarks(&self, step: Option<f64>) -> String {
        let left_out = match self.masked {
            0 => String::new(),
            masked => format!(" ({masked} infinite or masked elements left out)"),
        };
        let steps = step.map(|step| format!(" ({:.2} steps of quantisation of {step:.3e})", self.max_abs / step));
        let layers = self.layers.map(|count| {
            format!(" (by rounding alone: all {count} values inside are right, each computed from right ones)")
        });
        let explained = match self.explained {
            0 => String::new(),
            explained => format!(" ({explained} elements off as their operands' rounding explains)"),
        };
        left_out + &steps.unwrap_or_default() + &explained + &layers.unwrap_or_default()
    }

    /// Passes, since rounding of what it is computed from explains every element that differs.
    pub(crate) fn explain(&mut self) {
        (self.explained, self.failed, self.passed) = (self.explained + self.failed, 0, true);
    }

    /// Passes, since so many values inside are right, if it is only a matter of numbers.
    pub(crate) fn settle(&mut self, layers: usize) {
        if !self.passed && self.problem.is_none() && self.nan == 0 {
            (self.layers, self.passed) = (Some(layers), true);
        }
    }

    pub(crate) fn impossible(problem: String) -> Self {
        Self {
            max_abs: f64::NAN,
            max_rel: f64::NAN,
            mean_rel: f64::NAN,
            median_rel: f64::NAN,
            mean_abs: f64::NAN,
            median_abs: f64::NAN,
            psnr: f64::NAN,
            max_expected: f64::NAN,
            cosine: f64::NAN,
            nan: 0,
            infinite: 0,
            masked: 0,
            failed: 0,
            explained: 0,
            worst: None,
            problem: Some(problem),
            layers: None,
            passed: false,
        }
    }
}

/// The largest magnitude of what is no mask.
pub(crate) fn scale(tensor: &Tensor) -> f64 {
    let mask = Mask::of(tensor);
    tensor.numbers().filter(|&number| !mask.holds(number)).fold(0.0, |largest, number| larger(number.abs(), largest))
}

/// Accumulates a [`Comparison`].
#[derive(Debug, Default)]
struct Sums {
    max_abs: f64,
    max_expected: f64,
    dot: f64,
    found_squared: f64,
    expected_squared: f64,
    nan: usize,
    infinite: usize,
    masked: usize,
    failed: usize,
    explained: usize,
    worst: Option<(usize, f64, f64)>,
}

impl Sums {
    fn leave_out(&mut self, (found, expected): (f64, f64)) {
        self.masked += 1;
        self.infinite += usize::from(found.is_infinite() || expected.is_infinite());
    }

    fn add(
        &mut self,
        index: usize,
        (found, expected): (f64, f64),
        others: impl Iterator<Item = f64>,
        tolerance: Tolerance,
    ) {
        self.nan += usize::from(found.is_nan() || expected.is_nan());
        self.infinite += usize::from(found.is_infinite() || expected.is_infinite());
        if !tolerance.accepts(found, expected) {
            let (low, high) = others.fold((expected, expected), |(low, high), x| (low.min(x), high.max(x)));
            let is_between = !expected.is_nan() && tolerance.accepts(found, found.max(low).min(high));
            self.failed += usize::from(!is_between);
            self.explained += usize::from(is_between);
        }
        self.max_expected = larger(expected.abs(), self.max_expected);
        self.dot += found * expected;
        self.found_squared += found * found;
        self.expected_squared += expected * expected;
        let max_abs = larger(self.max_abs, difference((found, expected)));
        // Not equal also where `max_abs` becomes NaN; once it is NaN, the first NaN stays the worst element.
        if self.worst.is_none() || (max_abs != self.max_abs && !self.max_abs.is_nan()) {
            self.worst = Some((index, found, expected));
        }
        self.max_abs = max_abs;
    }

    fn finish(self, differences: &Spread, ratios: &Spread, shape: &[usize]) -> Comparison {
        let element = |(index, found, expected)| Element { index: unravel(index, shape), found, expected };
        Comparison {
            max_abs: self.max_abs,
            max_rel: ratios.largest,
            mean_rel: ratios.mean,
            median_rel: ratios.median,
            mean_abs: differences.mean,
            median_abs: differences.median,
            psnr: 20.0 * (self.max_expected / differences.power.sqrt()).log10(),
            max_expected: self.max_expected,
            cosine: self.cosine(),
            nan: self.nan,
            infinite: self.infinite,
            masked: self.masked,
            failed: self.failed,
            explained: self.explained,
            worst: self.worst.map(element),
            problem: None,
            layers: None,
            passed: self.failed == 0,
        }
    }

    fn cosine(&self) -> f64 {
        // Two zero vectors are equal; a zero vector has no direction in common with another one.
        match (self.found_squared == 0.0, self.expected_squared == 0.0) {
            (true, true) => 1.0,
            (true, false) | (false, true) => 0.0,
            (false, false) => self.dot / (self.found_squared.sqrt() * self.expected_squared.sqrt()),
        }
    }
}

/// The maximum; NaN if one of the numbers is (`f64::max` would drop it).
fn larger(a: f64, b: f64) -> f64 {
    if a.is_nan() || a > b { a } else { b }
}

/// The position of an element in row-major order.
fn unravel(mut index: usize, shape: &[usize]) -> Vec<usize> {
    let mut position = vec![0; shape.len()];
    for (axis, &length) in shape.iter().enumerate().rev() {
        position[axis] = index % length;
        index /= length;
    }
    position
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXACT: Tolerance = Tolerance { atol: 0.0, rtol: 0.0 };

    fn vector(data: &[f32]) -> Tensor {
        Tensor::vector(data.to_vec())
    }

    #[test]
    fn statistics_by_hand() {
        let found = Tensor::f32([2, 2], vec![1.0, 2.0, 3.0, 5.0]).unwrap();
        let expected = Tensor::f32([2, 2], vec![1.0, 2.5, 3.0, 4.0]).unwrap();
        let result = compare(&found, &expected, Tolerance { atol: 0.0, rtol: 0.2 });
        assert_eq!((result.max_abs, result.max_rel, result.mean_abs, result.median_abs), (1.0, 0.25, 0.375, 0.25));
        assert_eq!((result.mean_rel, result.median_rel), (0.1125, 0.1));
        assert!((result.psnr - 20.0 * (4.0 / 0.3125_f64.sqrt()).log10()).abs() < 1e-12);
        let cosine = (1.0 + 5.0 + 9.0 + 20.0) / (39.0_f64.sqrt() * 32.25_f64.sqrt());
        assert!((result.cosine - cosine).abs() < 1e-15);
        assert_eq!(result.worst, Some(Element { index: vec![1, 1], found: 5.0, expected: 4.0 }));
        assert_eq!((result.failed, result.passed), (1, false));
    }

    #[test]
    fn the_tolerance_is_the_sum_of_both_parts() {
        let tolerance = Tolerance { atol: 0.5, rtol: 0.25 };
        let passed = |found, expected| compare(&vector(&[found]), &vector(&[expected]), tolerance).passed;
        assert!(passed(5.5, 4.0));
        assert!(!passed(5.625, 4.0));
        assert!(passed(-5.5, -4.0));
        assert!(passed(0.5, 0.0));
    }

    #[test]
    fn nan_fails_in_either_tensor_and_shows_in_every_number() {
        let (clean, dirty) = (vector(&[1.0, 2.0, 3.0]), vector(&[1.5, f32::NAN, 9.0]));
        for (found, expected) in [(&clean, &dirty), (&dirty, &clean), (&dirty, &dirty)] {
            let result = compare(found, expected, Tolerance { atol: 1e9, rtol: 1e9 });
            assert_eq!((result.passed, result.nan, result.failed), (false, 1, 1));
            assert!(result.max_abs.is_nan() && result.mean_abs.is_nan() && result.cosine.is_nan());
            assert_eq!(result.worst.unwrap().index, [1]);
        }
    }

    #[test]
    fn an_infinity_equals_itself_only() {
        let infinity = vector(&[f32::INFINITY]);
        let loose = Tolerance { atol: 1e9, rtol: 1e9 };
        assert!(compare(&infinity, &infinity, EXACT).passed);
        for other in [1.0, f32::NEG_INFINITY] {
            assert!(!compare(&infinity, &vector(&[other]), loose).passed);
            assert!(!compare(&vector(&[other]), &infinity, loose).passed);
        }
        assert_eq!(compare(&infinity, &vector(&[1.0]), loose).infinite, 1);
    }

    /// Scores, with a mask behind them.
    fn masked(scores: [f32; 3], mask: f32) -> Tensor {
        vector(&[scores[0], scores[1], scores[2], mask])
    }

    #[test]
    fn masks_hide_no_wrong_numbers() {
        for mask in [f32::NEG_INFINITY, f32::MIN, -1e30, -1e9, -65504.0, -1e4, 1e9] {
            let expected = masked([2.0, -1.0, 0.5], mask);
            let tolerance = Tolerance::of_largest(&expected, 1e-3);
            assert_eq!(tolerance.atol, 2e-3, "{mask}");
            let right = compare(&masked([2.001, -1.0, 0.5], mask), &expected, tolerance);
            assert_eq!((right.passed, right.masked, right.failed), (true, 1, 0), "{mask}");
            assert!(right.max_abs < 2e-3 && right.max_expected == 2.0 && right.cosine < 1.0, "{mask}: {right:?}");
            let wrong = compare(&masked([3.5, -1.0, 0.5], mask), &expected, tolerance);
            assert_eq!((wrong.passed, wrong.failed, wrong.worst.unwrap().index), (false, 1, vec![0]), "{mask}");
            // An element must be masked in both, with the same sign.
            for other in [-mask, 1.0] {
                assert!(!compare(&masked([2.0, -1.0, 0.5], other), &expected, tolerance).passed, "{mask} {other}");
                assert!(!compare(&expected, &masked([2.0, -1.0, 0.5], other), tolerance).passed, "{mask} {other}");
            }
        }
        // One engine saturates where the other overflows.
        let (saturated, infinite) = (masked([2.0, -1.0, 0.5], f32::MIN), masked([2.0, -1.0, 0.5], f32::NEG_INFINITY));
        let tolerance = Tolerance::of_largest(&saturated, 1e-3);
        assert!(compare(&infinite, &saturated, tolerance).passed && compare(&saturated, &infinite, tolerance).passed);
        assert_eq!(compare(&infinite, &saturated, EXACT).failed, 1);
    }

    #[test]
    fn large_results_are_no_mask() {
        for numbers in
            [&[0.0, 50_000.0, 90_000.0][..], &[1.0, 40.0, 900.0, 5_000.0], &[1.0, 2_000.0], &[5e9, 3e12, 4e13, 2e15]]
        {
            let expected = vector(numbers);
            let largest = f64::from(numbers[numbers.len() - 1]);
            assert_eq!(Tolerance::of_largest(&expected, 1e-3).atol, 1e-3 * largest);
            assert_eq!(compare(&expected, &expected, Tolerance { atol: 1.0, rtol: 0.0 }).masked, 0);
        }
        // Integers are counts and indices, which are right or wrong.
        assert_eq!(Tolerance::of_largest(&Tensor::indices(vec![1, 30_000]), 1e-3).atol, 0.0);
    }

    #[test]
    fn another_shape_fails() {
        let result = compare(&vector(&[1.0, 1.0]), &Tensor::f32([2, 1], vec![1.0, 1.0]).unwrap(), EXACT);
        assert!(!result.passed && result.max_abs.is_nan());
        assert_eq!(result.problem.unwrap(), "expected shape [2, 1], found [2]");
    }

    #[test]
    fn zeros_have_a_cosine() {
        assert_eq!(compare(&vector(&[0.0]), &vector(&[0.0]), EXACT).cosine, 1.0);
        assert_eq!(compare(&vector(&[0.0]), &vector(&[1.0]), EXACT).cosine, 0.0);
    }

    #[test]
    fn integers_are_numbers() {
        let result = compare(&Tensor::indices(vec![3, 4]), &Tensor::vector(vec![3.0, 6.0]), EXACT);
        assert_eq!((result.max_abs, result.failed), (2.0, 1));
    }

    #[test]
    fn outputs_are_matched_by_name() {
        let named = |name: &str, x| NamedTensor { name: name.to_owned(), tensor: vector(&[x]) };
        let found = [named("b", 2.0), named("a", 1.0)];
        let expected = [named("a", 1.0), named("b", 2.0), named("c", 3.0)];
        let parity = compare_outputs(("mnn", &found), ("rten", &expected), |_| EXACT);
        let passed: Vec<_> = parity.iter().map(|parity| (parity.output.as_str(), parity.comparison.passed)).collect();
        assert_eq!(passed, [("a", true), ("b", true), ("c", false)]);
        assert_eq!(parity[2].comparison.problem.as_deref(), Some("mnn has no output of this name, it has: b, a"));
    }

    #[test]
    fn the_report_is_flat() {
        let named = |x| [NamedTensor { name: "y".to_owned(), tensor: vector(&[x]) }];
        let parity = compare_outputs(("mnn", &named(f32::NAN)), ("rten", &named(1.0)), |_| EXACT);
        let json = serde_json::to_value(&parity[0]).unwrap();
        assert_eq!((&json["output"], &json["engine"], &json["passed"]), (&"y".into(), &"mnn".into(), &false.into()));
        assert!(json["max_abs"].is_null());
    }

    #[test]
    fn outputs_are_held_to_their_scale() {
        let logits = |largest: f32| Tensor::f32([1, 2], vec![0.0, -largest]).unwrap();
        assert_eq!(Tolerance::for_output(&logits(8.0)), Tolerance { atol: 1e-4, rtol: 1e-4 });
        assert_eq!(Tolerance::for_output(&logits(0.5)), Tolerance { atol: 0.5e-4, rtol: 1e-4 });
        let map = Tensor::f32([1, 2, 1], vec![0.0, -8.0]).unwrap();
        assert_eq!(Tolerance::for_output(&map), Tolerance { atol: 8e-4, rtol: 0.0 });
    }
}
