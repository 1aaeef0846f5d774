use edgeconv_graph::op::{GlobalAveragePool, MaxPool};

use super::super::ImportError;
use super::super::node::Node;

pub(super) fn global_average_pool(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let x = node.input(0)?;
    node.finish(GlobalAveragePool, &[x])
}

/// `MaxPool` over height and width, with floor rounding.
pub(super) fn max_pool(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
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
        return Err(
            node.unsupported("only windows over height and width without dilation, auto_pad, ceil_mode and indices")
        );
    };
    let x = node.input(0)?;
    node.finish(MaxPool { kernel: [h, w], strides: [sh, sw], pads: [top, left, bottom, right] }, &[x])
}
