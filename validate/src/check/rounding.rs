//! Outputs that differ more than tolerances allow although nothing is wrong: since rounding grows on its way to them, or decides what they are.

use super::choices::{Choice, follows_from_choice, is_explained_by_jumps};
use super::layers::{How, Layers};
use crate::compare::{Comparison, Tolerance, compare_outputs};
use crate::engine::NamedTensor;
use crate::model::Model;
use crate::tolerances::Tolerances;
use edgeconv_converter::target::Numbers;
use edgeconv_graph::Tensor;

/// So many times as much as the reference moves when its inputs are rounded otherwise, an output may be off: two engines round otherwise in every
/// layer.
const LAYERS: f64 = 10.0;

/// An output that differs.
pub(super) struct Off<'a> {
    pub(super) found: &'a Tensor,
    pub(super) expected: &'a NamedTensor,
    pub(super) comparison: &'a mut Comparison,
}

impl<'a> Off<'a> {
    /// An output of this name, if both sides have it.
    pub(super) fn of(
        name: &str,
        found: &'a [NamedTensor],
        expected: &'a [NamedTensor],
        comparison: &'a mut Comparison,
    ) -> Option<Self> {
        let found = &found.iter().find(|output| output.name == name)?.tensor;
        let expected = expected.iter().find(|output| output.name == name)?;
        Some(Self { found, expected, comparison })
    }
}

/// Passes those outputs of a candidate that differ by rounding alone.
///
/// Elements that were chosen (ArgMax, TopK) may be others whose scores tie; what jumps with a number (comparisons, rounding, casts) may be what it is on
/// either side, as far as the number is rounded. Else rounding grows where values are quantised (two engines round what lies in the middle of two
/// steps to different ones), and where the reference itself moves as much when its inputs move by one rounding: there, all values inside have to be
/// right, each computed from right ones.
pub(super) fn settle(
    candidate: &Model,
    reference: &Model,
    inputs: &[NamedTensor],
    tolerances: &Tolerances,
    mut differing: Vec<Off>,
) {
    differing.retain(|off| off.comparison.problem.is_none() && off.comparison.nan == 0);
    differing.retain_mut(|off| {
        let listing = reference.listing();
        let explained = match Choice::of(listing, &off.expected.name) {
            Some(choice) => choice.ties(reference, inputs, tolerances, off),
            None => is_explained_by_jumps(reference, inputs, tolerances, off),
        };
        if explained {
            off.comparison.explain();
        }
        !explained
    });
    let off: Vec<_> = differing.iter().map(|off| (off.expected.name.clone(), off.comparison.max_abs)).collect();
    if !off.is_empty()
        && let Some(count) = all_right(candidate, reference, inputs, tolerances, &off)
    {
        differing.iter_mut().for_each(|off| off.comparison.settle(count));
    }
}

/// How many values inside there are of a network in which rounding grows, if every one of them and every output is right, computed from
/// right ones. `off` are the largest differences of outputs.
fn all_right(
    candidate: &Model,
    reference: &Model,
    inputs: &[NamedTensor],
    tolerances: &Tolerances,
    off: &[(String, f64)],
) -> Option<usize> {
    // What coarse weights choose is judged by its scores alone.
    let may_jump = candidate.listing().weights == Numbers::Float;
    let jumps = |name: &str| may_jump && follows_from_choice(reference.listing(), name);
    let steady: Vec<_> = off.iter().filter(|(name, _)| !jumps(name)).cloned().collect();
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
