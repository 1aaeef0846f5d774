//! Outputs that differ more than tolerances allow although nothing is wrong: since rounding grows on its way to them, or decides what they are.

use std::collections::HashSet;

use edgeconv_converter::target::Listing;
use edgeconv_graph::Tensor;

use super::layers::{How, Layers};
use crate::compare::{Tolerance, compare_outputs};
use crate::engine::NamedTensor;
use crate::model::Model;
use crate::tolerances::Tolerances;

/// So many times as much as the reference moves when its inputs are rounded otherwise, an output may be off: two engines round otherwise in every
/// layer.
const LAYERS: f64 = 10.0;

/// Operators, by their names in ONNX and MNN, whose results jump where their operands move a little: which of two equal scores is first, and on
/// which side of a threshold a number is.
const JUMPS: [&str; 18] = [
    "ArgMax",
    "ArgMin",
    "Cast",
    "Ceil",
    "Equal",
    "Floor",
    "Greater",
    "GreaterOrEqual",
    "Less",
    "LessOrEqual",
    "Mod",
    "NonMaxSuppression",
    "NonMaxSuppressionV2",
    "NonZero",
    "Round",
    "Sign",
    "TopK",
    "TopKV2",
];

/// How many values inside there are of a network in which rounding grows, if every one of them and every output is right, computed from
/// right ones. `off` are the largest differences of outputs.
///
/// It grows where values are quantised (two engines round what lies in the middle of two steps to different ones), where results jump, and where the
/// reference itself moves as much when its inputs move by one rounding.
pub(super) fn all_right(
    candidate: &Model,
    reference: &Model,
    inputs: &[NamedTensor],
    tolerances: &Tolerances,
    off: &[(String, f64)],
) -> Option<usize> {
    let jumping = jumping(reference.listing());
    let steady: Vec<_> = off.iter().filter(|(name, _)| !jumping.contains(name.as_str())).cloned().collect();
    if reference.scales().is_empty() && !amplifies(reference, inputs, &steady) {
        return None;
    }
    let compared = Layers::of(How::Isolated, candidate, reference, inputs).ok()?.compare(tolerances);
    let is_compared = |name: &str| compared.iter().any(|value| value.output == name);
    let outputs = &reference.listing().outputs;
    let right =
        compared.iter().all(|value| value.comparison.passed) && outputs.iter().all(|port| is_compared(&port.name));
    compared.len().checked_sub(outputs.len()).filter(|&inside| right && inside > 0)
}

/// Values that jump, and what is computed from them. What follows from shapes alone does not.
fn jumping(listing: &Listing) -> HashSet<&str> {
    let mut computed: HashSet<_> = listing.inputs.iter().map(|port| port.name.as_str()).collect();
    let mut jumping = HashSet::new();
    for operator in &listing.operators {
        let reads = |values: &HashSet<&str>| operator.inputs.iter().any(|name| values.contains(name.as_str()));
        let results = || operator.outputs.iter().map(|port| port.name.as_str());
        if ["Shape", "Size"].contains(&operator.op.as_str()) || !reads(&computed) {
            continue;
        }
        if JUMPS.contains(&operator.op.as_str()) || reads(&jumping) {
            jumping.extend(results());
        }
        computed.extend(results());
    }
    jumping
}

/// Whether each of these outputs moves by a good part of its difference when the inputs move by one rounding.
fn amplifies(reference: &Model, inputs: &[NamedTensor], off: &[(String, f64)]) -> bool {
    if off.is_empty() {
        return true;
    }
    let moved: Vec<_> =
        inputs.iter().map(|input| NamedTensor { name: input.name.clone(), tensor: nudged(&input.tensor) }).collect();
    let outputs = |inputs: &[NamedTensor]| reference.run(inputs, &[]).ok().map(|run| run.outputs);
    let (Some(before), Some(after)) = (outputs(inputs), outputs(&moved)) else { return false };
    let moves = compare_outputs(("", &after), ("", &before), |_| Tolerance { atol: 0.0, rtol: 0.0 });
    let grows = |(name, off): &(String, f64)| {
        moves.iter().any(|output| output.output == *name && output.comparison.max_abs * LAYERS >= *off)
    };
    off.iter().all(grows)
}

/// The same tensor with its 32-bit floats a last bit up and down in turn.
fn nudged(tensor: &Tensor) -> Tensor {
    let Some(floats) = tensor.as_f32() else { return tensor.clone() };
    let nudge = |(index, &x): (usize, &f32)| if index % 2 == 0 { x.next_up() } else { x.next_down() };
    let moved = floats.iter().enumerate().map(nudge).collect();
    Tensor::f32(tensor.shape(), moved).unwrap_or_else(|_| tensor.clone())
}
