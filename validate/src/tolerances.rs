//! How far a model's values may be off: what the user says, or else what such models keep.

use edgeconv_converter::passes::Accuracy;
use edgeconv_converter::target::Numbers;
use edgeconv_graph::Tensor;
use serde::{Deserialize, Serialize};
use wildmatch::WildMatch;

use crate::compare::{Comparison, Tolerance, scale};
use crate::engine::NamedTensor;

/// What has to be small.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Metric {
    /// Each difference: at most atol + rtol · |reference|.
    #[default]
    Elementwise,
    /// The largest difference: at most atol.
    Max,
    /// The mean difference: at most atol.
    Mean,
    /// The median difference: at most atol.
    Median,
    /// 1 − cosine: at most atol.
    Cosine,
}

impl Metric {
    /// Whether a comparison is within a tolerance; NaN never is.
    pub fn accepts(self, comparison: &Comparison, tolerance: Tolerance) -> bool {
        let small = |number: f64| comparison.problem.is_none() && number <= tolerance.atol;
        match self {
            Metric::Elementwise => comparison.passed,
            Metric::Max => small(comparison.max_abs),
            Metric::Mean => small(comparison.mean_abs),
            Metric::Median => small(comparison.median_abs),
            Metric::Cosine => small(1.0 - comparison.cosine),
        }
    }
}

/// Tolerances for values whose names match a pattern with `*` and `?`.
pub type Patterns = Vec<(String, Tolerance)>;

/// Tolerances of a check.
#[derive(Debug, Clone, Default)]
pub struct Tolerances {
    /// What has to be small, of outputs.
    pub metric: Metric,
    /// Of all outputs; what is absent is 0 if the other part is given.
    pub atol: Option<f64>,
    /// Of all outputs, relative to the reference's element.
    pub rtol: Option<f64>,
    /// Of single outputs; the first that matches counts.
    pub outputs: Patterns,
    /// Of values inside; the first that matches counts.
    pub layers: Patterns,
    /// Of everything else.
    pub rounding: Rounding,
}

/// What rounding leaves of values, as shares of their largest element.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rounding {
    /// Behind all layers. Some layers amplify rounding, and later ones damp it, so it holds for what is inside, too.
    pub network: f64,
    /// Behind a single layer with right operands.
    pub layer: f64,
}

impl Rounding {
    /// Of a network with so many layers that round one after the other. Their errors are independent, so that they add up like the
    /// steps of a random walk. The factors come from networks of timm and torchvision (`docs/check.md`): ten times what almost all of
    /// them show. What is computed in floats of 16 bits and less is rounded by up to `narrow` of itself on top of that, once in operands and once
    /// in the result. Weights that are stored as coarser numbers than floats are off in every layer (`docs/store.md`).
    pub fn of(accuracy: Option<Accuracy>, depth: usize, narrow: Option<f64>, numbers: Numbers) -> Self {
        let depth = depth.max(1) as f64;
        let weights = of_weights(numbers);
        let narrow = 2.0 * narrow.unwrap_or_default();
        let (walk, layer): (f64, f64) = match accuracy {
            Some(Accuracy::Exact) => (1e-4, LAYER),
            Some(Accuracy::Reassociated) | None => (1.5e-4, LAYER),
            Some(Accuracy::Approximate) => (1e-3, 30.0 * LAYER),
        };
        let network = walk.max(narrow).max(weights) * depth.sqrt();
        // What values that are integers lose by it is told for each of them.
        let layer_weights = if numbers == Numbers::Int8Values { 2f64.powi(-7) } else { weights };
        Self { network: network.min(MOST), layer: layer.max(narrow).max(layer_weights) }
    }
}

/// What can be off by more than half of the largest element may as well be another network's.
const MOST: f64 = 0.5;

/// How far a layer may be off whose weights are stored as such numbers, as a share of its largest element.
fn of_weights(numbers: Numbers) -> f64 {
    match numbers {
        Numbers::Float => 0.0,
        Numbers::Fp16 => 2f64.powi(-9),
        Numbers::Int8 => 3.0 * 2f64.powi(-7),
        Numbers::Int8Values => 2f64.powi(-4),
        Numbers::Int4 => 2f64.powi(-2),
    }
}

/// What MNN's and ONNX Runtime's sums in different orders leave of one layer: of 18 654 values in networks of timm and torchvision, one
/// (cubic interpolation) is off by 1.8e-5, no other by more than 7e-6.
const LAYER: f64 = 3e-5;

impl Default for Rounding {
    fn default() -> Self {
        Self::of(None, 1, None, Numbers::Float)
    }
}

impl Tolerances {
    /// Whether the user says it of an output.
    pub fn are_given(&self, output: &str) -> bool {
        self.atol.is_some() || self.rtol.is_some() || first(&self.outputs, output).is_some()
    }

    /// Of an output, which follows from values that are quantised in such steps, or from none; what the user says holds whatever they are.
    pub fn output(&self, expected: &NamedTensor, step: Option<f64>) -> Tolerance {
        if let Some(own) = first(&self.outputs, &expected.name) {
            return own;
        }
        match (self.atol, self.rtol) {
            (None, None) => Tolerance::of_largest(&expected.tensor, self.rounding.network).or_step(step),
            (atol, rtol) => Tolerance { atol: atol.unwrap_or(0.0), rtol: rtol.unwrap_or(0.0) },
        }
    }

    /// Of a value inside, computed from right ones or not, and from quantised ones or not; `own` is the step of the integers that it is itself.
    /// It is rounded as the largest of these tensors is.
    pub fn layer(
        &self,
        (name, tensors): (&str, &[&Tensor]),
        isolated: bool,
        step: Option<f64>,
        own: Option<f64>,
    ) -> Tolerance {
        let share = if isolated { self.rounding.layer } else { self.rounding.network };
        let rounding = || {
            let atol = tensors.iter().map(|tensor| share * scale(tensor)).fold(0.0, f64::max);
            Tolerance { atol, rtol: 0.0 }.or_step(step).plus(own.unwrap_or(0.0))
        };
        first(&self.layers, name).unwrap_or_else(rounding)
    }
}

fn first(patterns: &Patterns, name: &str) -> Option<Tolerance> {
    let matching = patterns.iter().find(|(pattern, _)| WildMatch::new(pattern).matches(name));
    matching.map(|&(_, tolerance)| tolerance)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> NamedTensor {
        NamedTensor { name: name.to_owned(), tensor: Tensor::vector(vec![1.0, -20.0]) }
    }

    #[test]
    fn what_the_user_says_of_one_value_comes_first() {
        let small = Tolerance { atol: 1e-6, rtol: 0.0 };
        let tolerances = Tolerances {
            rtol: Some(1e-2),
            outputs: vec![("box*".into(), small)],
            layers: vec![("stage.?.conv".into(), small)],
            ..Tolerances::default()
        };
        assert_eq!(tolerances.output(&named("boxes"), Some(0.1)), small);
        assert_eq!(tolerances.output(&named("scores"), Some(0.1)), Tolerance { atol: 0.0, rtol: 1e-2 });
        assert_eq!(tolerances.layer(("stage.1.conv", &[]), true, Some(0.1), None), small);
        let [own, large] = [vec![1.0, -20.0], vec![-40.0]].map(Tensor::vector);
        let other = |step| tolerances.layer(("stage.10.conv", &[&own, &large]), true, step, None).atol;
        assert_eq!(other(None), 40.0 * tolerances.rounding.layer);
        assert!((other(Some(0.5)) - 0.5).abs() < 1e-4);
    }

    #[test]
    fn deeper_and_less_accurate_networks_may_be_further_off() {
        let share = |accuracy, depth| Rounding::of(accuracy, depth, None, Numbers::Float).network;
        assert!(share(Some(Accuracy::Exact), 50) < share(Some(Accuracy::Reassociated), 50));
        assert!(share(Some(Accuracy::Reassociated), 50) < share(Some(Accuracy::Approximate), 50));
        assert!((share(None, 100) / share(None, 1) - 10.0).abs() < 1e-9);
        let half = Rounding::of(None, 4, Some(2f64.powi(-11)), Numbers::Float);
        assert_eq!((half.network, half.layer), (2f64.powi(-9), 2f64.powi(-10)));
    }

    #[test]
    fn coarser_weights_may_be_further_off_but_never_by_everything() {
        let share = |numbers, depth| Rounding::of(None, depth, None, numbers).network;
        let shares = [Numbers::Float, Numbers::Fp16, Numbers::Int8, Numbers::Int4].map(|numbers| share(numbers, 4));
        assert!(shares.is_sorted_by(|a, b| a < b), "{shares:?}");
        assert_eq!(share(Numbers::Int8, 1_000_000), 0.5);
    }
}
