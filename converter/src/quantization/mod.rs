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

use self::layers::{Layer, Plan};

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
    let plan = Plan::of(graph, observed, options);
    for (&id, range) in &plan.ranges {
        graph.quantize(id, quantization(*range));
    }
    let mut reports = plan.float.clone();
    for layer in &plan.layers {
        reports.push(apply(graph, layer, &plan, observed, options)?);
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

/// Replaces a convolution by one with a kernel of integers.
fn apply(
    graph: &mut Graph,
    layer: &Layer,
    plan: &Plan,
    observed: &BTreeMap<String, Observed>,
    options: &Options,
) -> Result<LayerReport, GraphError> {
    let node = graph.node(layer.node).clone();
    let report = LayerReport {
        layer: node.name.clone(),
        float: None,
        macs: layer.macs,
        kernel_error: 0.0,
        input_step: plan.ranges[&layer.input].step(),
        output_step: plan.ranges[&layer.output].step(),
    };
    let Some(kernel) = graph.tensor(node.inputs[1]) else { return Ok(report) };
    let means = observed.get(&graph.value(node.inputs[0]).original_name()).map(|observed| observed.means.as_slice());
    let rounded = weights::round(kernel);
    let lost = means.filter(|_| options.correct_biases).map(|means| weights::lost(kernel, &rounded.tensor, means));
    let bias = node.inputs.get(2).and_then(|&id| graph.tensor(id)).and_then(Tensor::as_f32);
    let bias = weights::corrected(bias, lost.as_deref(), kernel.shape()[0]);
    let error = rounded.error;
    replace(graph, layer.node, rounded, bias)?;
    Ok(LayerReport { kernel_error: error, ..report })
}

fn replace(graph: &mut Graph, id: NodeId, kernel: weights::Rounded, bias: Vec<f32>) -> Result<(), GraphError> {
    let node = graph.node(id).clone();
    let mut patch = Patch::new(graph);
    let quantization =
        Quantization { scale: Tensor::vector(kernel.steps), zero_point: None, axis: Some(0), optional: false };
    let weight = patch.constant(&graph.value(node.inputs[1]).name, kernel.tensor);
    patch.quantize(weight, quantization);
    let bias = patch.constant(format!("{}.bias", node.name), Tensor::vector(bias));
    let result = patch.node(graph, &node.name, node.op.clone(), &[node.inputs[0], weight, bias])?;
    patch.quantize_like(graph, result, node.outputs[0]);
    patch.redirect(node.outputs[0], result);
    graph.apply(patch)?;
    Ok(())
}

/// The ids of values, for what is noted of each.
type Values<T> = BTreeMap<ValueId, T>;
