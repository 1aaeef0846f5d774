//! Networks that are computed in 8-bit integers, from what was seen of their values.
//!
//! - `histogram`: the numbers of a value, and the range of them that is worth integers;
//! - `layers`: which convolutions are computed in integers, and which values with them;
//! - `weights`: integers for kernels, and biases that make up for what they lose.

mod histogram;
mod layers;
mod weights;

use std::collections::BTreeMap;

use edgeconv_graph::{Graph, GraphError, NodeId, Patch, Quantization, Tensor, ValueId};
use serde::Serialize;

pub use histogram::{Histogram, Method, Range};

use self::layers::Plan;

/// What was seen of a value over some runs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Observed {
    /// All its numbers.
    pub histogram: Histogram,
    /// The mean of each channel of a map `[N, C, …]`.
    pub means: Vec<f64>,
}

/// How a network is quantised.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// How ranges of values are chosen.
    pub method: Method,
    /// Names of layers that stay floats.
    pub float: Vec<String>,
    /// Whether biases make up for the mean of what kernels lose.
    pub correct_biases: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { method: Method::Mse, float: vec![], correct_biases: true }
    }
}

/// What was done to a convolution.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LayerReport {
    /// Its name.
    pub layer: String,
    /// Why it stays as it is; `None` if it is computed in integers.
    pub float: Option<String>,
    /// Multiplications and additions.
    pub macs: u64,
    /// Root mean square of what the kernel loses, as a share of that of its elements.
    pub kernel_error: f64,
    /// The step of the integers that it reads.
    pub input_step: f32,
    /// The step of the integers that it gives.
    pub output_step: f32,
}

/// The values of a graph that [`quantize`] asks about, by the names under which MNN files have them.
pub fn observable(graph: &Graph) -> Vec<String> {
    let mut names: Vec<_> = layers::of_interest(graph).into_iter().map(|id| graph.value(id).original_name()).collect();
    names.sort();
    names.dedup();
    names
}

/// Lets convolutions, and what is between them, be computed in 8-bit integers: notes scales and zero points of values and kernels, and
/// corrects biases. For a graph behind a target's own passes.
///
/// # Errors
/// If a rewrite is inconsistent, which is a bug.
pub fn quantize(
    graph: &mut Graph,
    observed: &BTreeMap<String, Observed>,
    options: &Options,
) -> Result<Vec<LayerReport>, GraphError> {
    let Plan { layers, ranges, float: mut reports } = Plan::of(graph, observed, options);
    for (&id, &range) in &ranges {
        graph.quantize(id, quantization(range));
    }
    for layer in &layers {
        // Of the node, which goes.
        let report = layer.report(graph, None);
        let kernel_error = replace(graph, layer.node, observed, options)?;
        let [input_step, output_step] = [layer.input, layer.output].map(|id| ranges[&id].step());
        reports.push(LayerReport { kernel_error, input_step, output_step, ..report });
    }
    Ok(reports)
}

fn quantization(range: Range) -> Quantization {
    Quantization {
        scale: Tensor::scalar(range.step()),
        zero_point: Some(Tensor::single(range.zero())),
        axis: None,
        optional: true,
    }
}

/// Puts a kernel of integers into a convolution; returns what that loses.
fn replace(
    graph: &mut Graph,
    id: NodeId,
    observed: &BTreeMap<String, Observed>,
    options: &Options,
) -> Result<f64, GraphError> {
    let node = graph.node(id);
    let Some(kernel) = graph.tensor(node.inputs[1]) else { return Ok(0.0) };
    let rounded = weights::round(kernel);
    let seen = observed.get(&graph.value(node.inputs[0]).original_name()).filter(|_| options.correct_biases);
    let lost = seen.map(|seen| weights::lost(kernel, &rounded.tensor, &seen.means));
    let bias = node.inputs.get(2).and_then(|&id| graph.tensor(id)).and_then(Tensor::as_f32);
    let bias = weights::corrected(bias, lost.as_deref(), kernel.shape()[0]);

    let mut patch = Patch::new(graph);
    let weight = patch.constant(&graph.value(node.inputs[1]).name, rounded.tensor);
    let scale = Tensor::vector(rounded.steps);
    patch.quantize(weight, Quantization { scale, zero_point: None, axis: Some(0), optional: false });
    let bias = patch.constant(format!("{}.bias", node.name), Tensor::vector(bias));
    let result = patch.node(graph, &node.name, node.op.clone(), &[node.inputs[0], weight, bias])?;
    patch.quantize_like(graph, result, node.outputs[0]);
    patch.redirect(node.outputs[0], result);
    graph.apply(patch)?;
    Ok(rounded.error)
}

/// What is noted of some values.
type Values<T> = BTreeMap<ValueId, T>;
