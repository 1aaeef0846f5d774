use edgeconv_graph::op::Conv;

use super::super::ImportError;
use super::super::node::Node;
use super::{Accuracy, Entry};

pub(super) const OPERATORS: &[Entry] =
    &[Entry::new("Conv", conv, "Convolution, ConvolutionDepthwise", Accuracy::Rounding)
        .limits("two spatial axes; constant weights")];

/// `Conv`, with `auto_pad` resolved.
fn conv(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    let (data, kernel) = (node.shape(0)?, node.shape(1)?);
    let spatial = kernel.len().saturating_sub(2);
    if data.len() != kernel.len() || spatial == 0 {
        return Err(node.unsupported(format!("data {data:?} and kernel {kernel:?} don't fit together")));
    }
    let list = |list: Option<Vec<usize>>, default: usize, length: usize| list.unwrap_or_else(|| vec![default; length]);
    let strides = list(node.lengths("strides")?, 1, spatial);
    let dilations = list(node.lengths("dilations")?, 1, spatial);
    let misfit = |what: &str| format!("{what} are not those of {spatial} spatial axes");
    if strides.len() != spatial || dilations.len() != spatial || strides.contains(&0) || kernel.contains(&0) {
        return Err(node.unsupported(misfit("strides, dilations or kernel")));
    }
    let pads = match node.text("auto_pad", "NOTSET").as_str() {
        "NOTSET" => list(node.lengths("pads")?, 0, 2 * spatial),
        "VALID" => vec![0; 2 * spatial],
        same @ ("SAME_UPPER" | "SAME_LOWER") => {
            let total = |axis: usize| {
                let outputs = data[axis + 2].div_ceil(strides[axis]);
                let reach = (outputs - 1) * strides[axis] + dilations[axis] * (kernel[axis + 2] - 1) + 1;
                reach.saturating_sub(data[axis + 2])
            };
            // The odd zero comes at the end, or at the beginning.
            let (less, more): (Vec<_>, Vec<_>) =
                (0..spatial).map(|axis| (total(axis) / 2, total(axis).div_ceil(2))).unzip();
            if same == "SAME_UPPER" { [less, more].concat() } else { [more, less].concat() }
        }
        other => return Err(node.unsupported(format!("auto_pad {other} is unknown"))),
    };
    if pads.len() != 2 * spatial {
        return Err(node.unsupported(misfit("pads")));
    }
    let group = usize::try_from(node.int("group", 1)).unwrap_or_default();
    let inputs = node.inputs()?;
    node.finish(Conv { strides, pads, dilations, group }, &inputs)
}
