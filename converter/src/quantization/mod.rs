//! Networks that are computed in 8-bit integers, from what was seen of their values.
//!
//! - `observed`, `histogram`: the numbers of a value, and the range of them that is worth integers;
//! - `equalization`: channels of one width, so that one scale fits them all;
//! - `layers`: which convolutions are computed in integers, and which values with them;
//! - `weights`, `reconstruction`: integers for kernels, and biases that make up for what they lose.

mod equalization;
mod histogram;
mod layers;
mod observed;
mod reconstruction;
mod weights;

use std::collections::BTreeMap;

use edgeconv_graph::{Graph, GraphError, NodeId, Patch, Quantization, Tensor, ValueId};
use serde::Serialize;

pub use equalization::equalize;
pub use histogram::{Histogram, Method, Range};
pub use observed::{Channel, Moments, Observed};

use self::layers::{Layer, Plan};
use self::weights::Rounded;

/// How a network is quantised.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// How ranges of values are chosen.
    pub method: Method,
    /// Whether weights make up for what others lose, as far as was seen how channels vary together.
    pub reconstruct: bool,
    /// Whether biases make up for the mean of what kernels lose.
    pub correct_biases: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { method: Method::Mse, reconstruct: true, correct_biases: true }
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

/// The values of a graph that [`Quantizer`] and [`equalize`] ask about, by the names under which MNN files have them, and whether their moments
/// tell how to round a kernel.
pub fn observable(graph: &Graph) -> BTreeMap<String, bool> {
    let name = |id: ValueId| graph.value(id).original_name();
    let mut names: BTreeMap<_, _> = layers::of_interest(graph).into_iter().map(|id| (name(id), false)).collect();
    names.extend(layers::read_together(graph).into_iter().map(|id| (name(id), true)));
    names
}

/// What integers stand for in a network, whichever of its layers are computed in them.
pub struct Quantizer {
    /// Of each value that was seen, by itself.
    ranges: Values<Range>,
    kernels: BTreeMap<NodeId, Kernel>,
}

/// The weights of a convolution in integers.
struct Kernel {
    rounded: Rounded,
    /// `[outputs]`.
    bias: Vec<f32>,
}

impl Quantizer {
    /// For a graph behind a target's own passes, of which this was seen.
    pub fn new(graph: &Graph, observed: &BTreeMap<String, Observed>, options: &Options) -> Self {
        let seen = |id: ValueId| observed.get(&graph.value(id).original_name());
        let range = |id: ValueId| Some((id, seen(id)?.histogram.range(options.method)));
        let ranges = layers::of_interest(graph).into_iter().filter_map(range).collect();
        let candidates = layers::convolutions(graph).filter(|layer| layers::stays_float(graph, layer).is_none());
        let kernel = |layer: Layer| Some((layer.node, Kernel::of(graph, layer.node, seen(layer.input)?, options)?));
        Self { ranges, kernels: candidates.filter_map(kernel).collect() }
    }

    /// Lets convolutions, and what is between them, be computed in 8-bit integers: notes scales and zero points of values and kernels, and
    /// corrects biases. For the graph that it was made for, or a clone of it. `float` has the names of layers that stay floats, with reasons.
    ///
    /// # Errors
    /// If a rewrite is inconsistent, which is a bug.
    pub fn quantize(
        &self,
        graph: &mut Graph,
        float: &BTreeMap<String, String>,
    ) -> Result<Vec<LayerReport>, GraphError> {
        let Plan { layers, ranges, float: mut reports } = Plan::of(graph, &self.ranges, float);
        for (&id, &range) in &ranges {
            graph.quantize(id, quantization(range));
        }
        for layer in &layers {
            let Some(kernel) = self.kernels.get(&layer.node) else { continue };
            // Of the node, which goes.
            let report = layer.report(graph, None);
            kernel.put_into(graph, layer.node)?;
            let [input_step, output_step] = [layer.input, layer.output].map(|id| ranges[&id].step());
            reports.push(LayerReport { kernel_error: kernel.rounded.error, input_step, output_step, ..report });
        }
        Ok(reports)
    }
}

fn quantization(range: Range) -> Quantization {
    Quantization {
        scale: Tensor::scalar(range.step()),
        zero_point: Some(Tensor::single(range.zero())),
        axis: None,
        optional: true,
    }
}

impl Kernel {
    /// Of a convolution that reads what was `seen`.
    fn of(graph: &Graph, id: NodeId, seen: &Observed, options: &Options) -> Option<Self> {
        let node = graph.node(id);
        let kernel = graph.tensor(node.inputs[1])?;
        let rounded = weights::round(kernel, seen.moments.as_ref().filter(|_| options.reconstruct));
        let means: Vec<_> = seen.channels.iter().map(Channel::mean).collect();
        let lost = options.correct_biases.then(|| weights::lost(kernel, &rounded.tensor, &means));
        let bias = node.inputs.get(2).and_then(|&id| graph.floats(id));
        let bias = weights::corrected(bias, lost.as_deref(), kernel.shape()[0]);
        Some(Self { rounded, bias })
    }

    fn put_into(&self, graph: &mut Graph, id: NodeId) -> Result<(), GraphError> {
        let steps = Tensor::vector(self.rounded.steps.clone());
        let integers = Quantization { scale: steps, zero_point: None, axis: Some(0), optional: false };
        reweigh(graph, id, self.rounded.tensor.clone(), Some(integers), self.bias.clone())
    }
}

/// Gives a convolution another kernel, which may stand for integers, and another bias, `[outputs]`; what is noted of its result stays.
fn reweigh(
    graph: &mut Graph,
    id: NodeId,
    kernel: Tensor,
    integers: Option<Quantization>,
    bias: Vec<f32>,
) -> Result<(), GraphError> {
    let node = graph.node(id);
    let mut patch = Patch::new(graph);
    let kernel = patch.constant(&graph.value(node.inputs[1]).name, kernel);
    if let Some(integers) = integers {
        patch.quantize(kernel, integers);
    }
    let bias = patch.constant(format!("{}.bias", node.name), Tensor::vector(bias));
    let result = patch.node(graph, &node.name, node.op.clone(), &[node.inputs[0], kernel, bias])?;
    patch.quantize_like(graph, result, node.outputs[0]);
    patch.redirect(node.outputs[0], result);
    graph.apply(patch).map(drop)
}

/// What is noted of some values.
type Values<T> = BTreeMap<ValueId, T>;
