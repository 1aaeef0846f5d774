use edgeconv_graph::Tensor;
use edgeconv_graph::op::{AveragePool, Conv, GlobalAveragePool, MaxPool};

use super::super::ImportError;
use super::super::node::Node;
use super::{Accuracy, Entry};

pub(super) const OPERATORS: &[Entry] = &[
    Entry::new("GlobalAveragePool", global_average_pool, "Pooling", Accuracy::Rounding),
    Entry::new("MaxPool", pool, "Pooling", Accuracy::Exact).limits("two spatial axes; no dilation, ceil_mode, indices"),
    Entry::new("AveragePool", pool, "Pooling", Accuracy::Rounding).limits("two spatial axes; no dilation, ceil_mode"),
];

fn global_average_pool(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    node.finish(GlobalAveragePool, &[x])
}

/// `MaxPool` and `AveragePool` over height and width, with floor rounding.
fn pool(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let plain = node.text("auto_pad", "NOTSET") == "NOTSET"
        && node.int("ceil_mode", 0) == 0
        && node.proto.output.len() == 1
        && node.list("dilations").is_none_or(|dilations| dilations.iter().all(|&dilation| dilation == 1));
    let lists = [node.lengths("kernel_shape")?, node.lengths("strides")?, node.lengths("pads")?];
    let [kernel, strides, pads] = lists.map(Option::unwrap_or_default);
    let strides = if strides.is_empty() { vec![1; 2] } else { strides };
    let pads = if pads.is_empty() { vec![0; 4] } else { pads };
    let (&[h, w], &[sh, sw], &[top, left, bottom, right], true) =
        (kernel.as_slice(), strides.as_slice(), pads.as_slice(), plain)
    else {
        let reason = "only windows over height and width without dilation, auto_pad, ceil_mode and indices";
        return Err(node.unsupported(reason));
    };
    let (kernel, strides, pads) = ([h, w], [sh, sw], [top, left, bottom, right]);
    let x = node.input(0)?;
    if node.proto.op_type() == "MaxPool" {
        return node.finish(MaxPool { kernel, strides, pads }, &[x]);
    }
    if node.int("count_include_pad", 0) == 0 || pads == [0; 4] {
        return node.finish(AveragePool { kernel, strides, pads }, &[x]);
    }
    // With the padding counted, every element has the same weight: a depth-wise convolution.
    let channels = node.importer.b.shape(x).get(1).copied().unwrap_or_default();
    let weight = Tensor::f32([channels, 1, h, w], vec![1.0 / (h * w) as f32; channels * h * w]);
    let weight = weight.map_err(|error| node.unsupported(error.to_string()))?;
    let weight = node.add_constant("weight", weight)?;
    let conv = Conv { strides: strides.to_vec(), pads: pads.to_vec(), dilations: vec![1; 2], group: channels };
    node.finish(conv, &[x, weight])
}
