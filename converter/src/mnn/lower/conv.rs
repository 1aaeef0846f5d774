use std::borrow::Cow;

use edgeconv_graph::Node;
use edgeconv_graph::op::Conv;

use super::{Lowering, unsupported};
use crate::mnn::ExportError;
use crate::mnn::net::{Activation, Convolution, Kind};

/// What MNN's convolution can do to its result.
pub(super) const ACTIVATIONS: &[Activation] = &[Activation::Relu, Activation::Relu6];

pub(super) fn conv<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &'g Conv) -> Result<(), ExportError> {
    let kernel = l.shape(node.inputs[1]);
    let (&[_, inputs, ..], &[outputs, _, height, width]) = (l.shape(node.inputs[0]), kernel) else {
        return Err(unsupported(
            node,
            format!("its kernel has shape {kernel:?}, only 2-D convolutions can be written"),
        ));
    };
    let pair = |list: &[usize]| [list[0], list[1]];
    let (activation, result) = l.absorb_activation(node, ACTIVATIONS);
    let convolution = Convolution {
        weight: l.weight(node, 1)?,
        bias: bias(l, node, outputs)?,
        inputs,
        outputs,
        group: op.group,
        kernel: [height, width],
        strides: pair(&op.strides),
        dilations: pair(&op.dilations),
        pads: [op.pads[0], op.pads[1], op.pads[2], op.pads[3]],
        activation,
    };
    if reads_padding_only(&convolution, l.shape(node.inputs[0]), l.shape(node.outputs[0])) {
        return Err(unsupported(
            node,
            "MNN misreads the padding of a depthwise convolution whose columns all lie in it",
        ));
    }
    let data = l.operand(node.inputs[0])?;
    l.finish_as(&node.name, &[result], Kind::Convolution(convolution), &[data]);
    Ok(())
}

/// MNN turns a depthwise convolution of a single column by 90 degrees, but not its padding (CPUConvolutionDepthwise.cpp). That
/// goes unnoticed unless the result is the column left of the data.
fn reads_padding_only(convolution: &Convolution, data: &[usize], result: &[usize]) -> bool {
    convolution.is_depthwise()
        && data[3] == 1
        && result[3] == 1
        && convolution.kernel[1] == 1
        && convolution.pads[1] > 0
}

/// The third operand, or the zeros that MNN insists on.
pub(super) fn bias<'g>(l: &Lowering<'g>, node: &Node, outputs: usize) -> Result<Cow<'g, [f32]>, ExportError> {
    if node.inputs.len() > 2 { l.weight(node, 2).map(Cow::Borrowed) } else { Ok(vec![0.0; outputs].into()) }
}
