//! Values that a candidate computes in integers: whether these are the reference's, or fit its numbers.

use std::collections::HashMap;
use std::fmt;

use edgeconv_converter::target::mnn::SYMMETRIC;
use edgeconv_converter::target::{Integers, Numbers, Operator};
use edgeconv_files::name::escaped;
use edgeconv_graph::{DType, Tensor};
use serde::Serialize;

use crate::engine::NamedTensor;
use crate::model::Model;

/// Elements outside of what integers stand for, as a share of all, from which on it is said.
const CLIPPED: f64 = 0.01;

/// The same where some are outside by such a share of the range.
const FEW: f64 = 0.001;
const FAR: f64 = 0.2;

/// Elements outside from which on it is a fault: no way to choose a range leaves so many out.
const SATURATED: f64 = 0.1;

/// The share of its integers that a value uses, below which it is said: ranges that fit are used up to 0.7 and more by other samples of their kind.
const USED: f64 = 0.62;

/// What is wrong with the integers of a value, or may be.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Misfit {
    /// Name of the value.
    pub value: String,
    /// What.
    #[serde(flatten)]
    pub kind: Kind,
    /// What its integers stand for; nothing if it has none.
    pub integers: Option<Integers>,
    /// Whether it is an error, whatever the numbers are.
    pub is_fault: bool,
}

/// What is wrong with integers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Kind {
    /// The reference has another scale.
    Scale {
        /// Scale and zero point there.
        expected: [f32; 2],
    },
    /// The reference has another zero point.
    ZeroPoint {
        /// Scale and zero point there.
        expected: [f32; 2],
    },
    /// A layer with a kernel of integers, or the reference, has integers where the candidate has floats.
    Floats {
        /// The operator that reads or gives it.
        operator: String,
    },
    /// Nothing says whether it is integers, so that MNN takes what its neighbours are.
    Unmarked,
    /// This share of the reference's elements is outside of what integers stand for.
    Saturated {
        /// Of all elements.
        share: f64,
    },
    /// The reference's elements take this share of the integers only.
    Coarse {
        /// Of all integers.
        share: f64,
    },
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = escaped(&self.value);
        let [scale, zero] = self.integers.map_or([0.0; 2], |integers| [integers.scale, integers.zero_point]);
        let [low, high] = self.integers.map_or([0.0; 2], Integers::bounds);
        match &self.kind {
            Kind::Scale { expected } => {
                write!(f, "`{value}` has integers of another scale: {scale:e}, in the reference {:e}", expected[0])
            }
            Kind::ZeroPoint { expected } => {
                write!(f, "`{value}` has integers with another zero point: {zero}, in the reference {}", expected[1])
            }
            Kind::Floats { operator } => write!(
                f,
                "`{value}` is not marked as integers, which `{}` needs to compute in them: a cast is missing",
                escaped(operator)
            ),
            Kind::Unmarked => {
                write!(
                    f,
                    "`{value}` has no mark: MNN rounds it as what it is computed from, or what is computed from it"
                )
            }
            Kind::Saturated { share } => write!(
                f,
                "`{value}` is saturated: {:.1} % of its elements are outside of {low:.4} to {high:.4}, what its integers stand for: \
                 its scale is too small, or its zero point another one",
                100.0 * share
            ),
            Kind::Coarse { share } => write!(
                f,
                "`{value}` uses {:.0} % of its integers, which stand for {low:.4} to {high:.4}: its scale is too large, or these inputs are \
                 not like those that it was chosen for",
                100.0 * share
            ),
        }
    }
}

/// What is wrong with the integers of a candidate, in order of computation; `values` are the reference's.
pub(super) fn misfits(candidate: &Model, reference: &Model, values: &[&NamedTensor]) -> Vec<Misfit> {
    let listing = candidate.listing();
    if !listing.marks.values().any(Option::is_some) {
        return vec![];
    }
    let scales = reference.scales();
    let values: HashMap<_, _> = values.iter().map(|value| (value.name.as_str(), &value.tensor)).collect();
    let inputs = candidate.inputs().iter().map(|port| port.name.as_str());
    let computed = listing.operators.iter().flat_map(|operator| &operator.outputs).map(|port| port.name.as_str());
    // Outputs are floats: what they are made of has another name.
    let converted = listing.operators.iter().filter(|operator| operator.op == "ConvertTensor");
    let outputs: HashMap<_, _> = converted
        .filter_map(|operator| Some((operator.inputs.first()?.as_str(), operator.outputs.first()?.name.as_str())))
        .filter(|(_, result)| listing.outputs.iter().any(|port| port.name == *result))
        .collect();
    let original = |name| outputs.get(name).copied().unwrap_or(name);
    let mut found = vec![];
    for name in inputs.chain(computed).filter(|name| !name.is_empty()) {
        let original = if listing.integers(name).is_some() { original(name) } else { name };
        let value = values.get(original).filter(|value| value.dtype() == DType::F32);
        let kind = match (listing.marks.get(name), scales.integers(original)) {
            (Some(Some(integers)), Some(expected)) => other(*integers, expected),
            (Some(Some(integers)), None) if scales.is_empty() => value.and_then(|value| unfit(*integers, value)),
            (None, _) if candidate.is_ours() && value.is_some() && !listing.is_input(name) => Some(Kind::Unmarked),
            _ => None,
        };
        let integers = listing.integers(name);
        let is_fault = !matches!(kind, Some(Kind::Coarse { .. } | Kind::Saturated { share: ..SATURATED }));
        found.extend(kind.map(|kind| Misfit { value: original.to_owned(), kind, integers, is_fault }));
    }
    found.extend(
        listing.operators.iter().filter_map(|operator| missing_cast(candidate, reference, operator, &original)),
    );
    found
}

/// What differs from the reference's integers.
fn other(found: Integers, expected: [f32; 2]) -> Option<Kind> {
    // Ours may be one last bit higher, so that MNN takes another kernel.
    if (found.scale - expected[0]).abs() > 1e-6 * expected[0] {
        Some(Kind::Scale { expected })
    } else if found.zero_point != expected[1] {
        Some(Kind::ZeroPoint { expected })
    } else {
        None
    }
}

/// Why integers do not fit numbers.
fn unfit(integers: Integers, value: &Tensor) -> Option<Kind> {
    let [low, high] = integers.bounds();
    let half = f64::from(integers.scale) / 2.0;
    let finite = || value.numbers().filter(|number| number.is_finite());
    let count = finite().count().max(1) as f64;
    let clipped = finite().filter(|&x| x < low - half || x > high + half).count() as f64 / count;
    // What stands for 0 is always among them.
    let (least, largest) = finite().fold((0f64, 0f64), |(least, largest), x| (least.min(x), largest.max(x)));
    let used = (largest.min(high) - least.max(low)) / (high - low);
    let beyond = (low - least).max(largest - high) / (high - low);
    if clipped >= CLIPPED || (clipped >= FEW && beyond >= FAR) {
        Some(Kind::Saturated { share: clipped })
    } else if used < USED {
        Some(Kind::Coarse { share: used })
    } else {
        None
    }
}

/// A value that an operator needs as integers, and that is floats. `original` is the reference's name of a value.
fn missing_cast<'a>(
    candidate: &'a Model,
    reference: &Model,
    operator: &'a Operator,
    original: &impl Fn(&'a str) -> &'a str,
) -> Option<Misfit> {
    let (listing, scales) = (candidate.listing(), reference.scales());
    let has_integers = operator.attributes.get("weights").is_some_and(|weights| weights == SYMMETRIC);
    let result = operator.outputs.first()?;
    let is_float = |name: &&str| listing.marks.get(*name) == Some(&None);
    // What is rounded in floats ends with a product.
    let is_product = |name: &str| {
        let is_result = |other: &&Operator| other.outputs.iter().any(|port| port.name == name);
        let producer = listing.operators.iter().find(is_result);
        producer
            .is_some_and(|producer| producer.attributes.get("operation").is_some_and(|operation| operation == "Mul"))
    };
    let is_known =
        |name: &&'a str| scales.is_empty() || (scales.integers(original(name)).is_some() && !is_product(name));
    let needs = has_integers || listing.integers(&result.name).is_some();
    let reads = operator.inputs.iter().map(String::as_str).filter(|_| needs && (has_integers || !scales.is_empty()));
    let gives = Some(result.name.as_str()).filter(|_| has_integers);
    let value = reads.chain(gives).filter(is_float).find(is_known)?;
    // MNN looks at operands alone, and writes past the end of floats.
    let is_fault = !scales.is_empty() || value == result.name;
    let kind = Kind::Floats { operator: operator.name.clone() };
    Some(Misfit { value: original(value).to_owned(), kind, integers: None, is_fault })
}

/// The floats that integers stand for which are nearest to a tensor's elements.
pub(super) fn rounded(tensor: &Tensor, integers: Integers) -> Option<Tensor> {
    let floats = tensor.as_f32()?.iter().map(|&x| integers.rounded(f64::from(x)) as f32);
    Tensor::f32(tensor.shape(), floats.collect()).ok()
}

/// Whether a candidate computes in integers.
pub(super) fn computes_in_integers(candidate: &Model) -> bool {
    candidate.listing().weights == Numbers::Int8Values
}
