use std::borrow::Cow;

use edgeconv_graph::op::{Clip, Conv, Unary};
use edgeconv_graph::{Node, Op, ValueId};

use super::{Lowering, unsupported};
use crate::mnn::ExportError;
use crate::mnn::net::{Activation, Convolution, Kind};

pub(super) fn conv<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &'g Conv) -> Result<(), ExportError> {
    let kernel = l.shape(node.inputs[1]);
    let (&[_, inputs, ..], &[outputs, _, height, width]) = (l.shape(node.inputs[0]), kernel) else {
        return Err(unsupported(
            node,
            format!("its kernel has shape {kernel:?}, only 2-D convolutions can be written"),
        ));
    };
    let pair = |list: &[usize]| [list[0], list[1]];
    let (activation, result) = absorb_activation(l, node);
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

/// If nothing but an activation that MNN's convolution can do uses the result of `node`: that activation, and its result.
pub(super) fn absorb_activation(l: &mut Lowering<'_>, node: &Node) -> (Activation, ValueId) {
    let plain = (Activation::None, node.outputs[0]);
    let Some(index) = l.consumers.only(node.outputs[0]) else { return plain };
    let user = &l.graph.nodes()[index];
    let activation = match user.op {
        Op::Unary(Unary::Relu) => Activation::Relu,
        Op::Clip(Clip { min: 0.0, max: 6.0 }) => Activation::Relu6,
        _ => return plain,
    };
    l.absorbed.insert(index);
    (activation, user.outputs[0])
}
