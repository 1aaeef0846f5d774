use std::borrow::Cow;

use edgeconv_graph::op::{Conv, ConvTranspose};
use edgeconv_graph::{Node, ValueId};

use super::{Lowering, unsupported};
use crate::target::mnn::ExportError;
use crate::target::mnn::net::{Activation, Convolution, Kind, Number, TensorId, Weights};
use crate::target::mnn::schema::BinaryOpOperation;

/// What MNN's convolution can do to its result.
pub(super) const ACTIVATIONS: &[Activation] = &[Activation::Relu, Activation::Relu6];

/// Channels per group from which on a convolution for each group takes less time than MNN's grouped one (0.65 to 0.93), which
/// repacks the channels of each group: as many as MNN's largest blocks have. With 8 it takes 1.08 to 1.38.
const WIDE_GROUP: usize = 16;

pub(super) fn conv<'g>(l: &mut Lowering<'g>, node: &'g Node, op: &'g Conv) -> Result<(), ExportError> {
    let kernel = l.shape(node.inputs[1]);
    let (&[_, inputs, ..], &[outputs, _, height, width]) = (l.shape(node.inputs[0]), kernel) else {
        return Err(unsupported(
            node,
            format!("its kernel has shape {kernel:?}, only 2-D convolutions can be written"),
        ));
    };
    let convolution = Convolution {
        weights: Weights::Inputs,
        inputs,
        outputs,
        group: op.group,
        kernel: [height, width],
        strides: pair(&op.strides),
        dilations: pair(&op.dilations),
        pads: [op.pads[0], op.pads[1], op.pads[2], op.pads[3]],
        activation: Activation::None,
    };
    if reads_padding_only(&convolution, l.shape(node.inputs[0]), l.shape(node.outputs[0])) {
        return Err(unsupported(
            node,
            "MNN misreads the padding of a depthwise convolution whose columns all lie in it",
        ));
    }
    let in_groups = op.group > 1 && !convolution.is_depthwise();
    let wide = inputs.min(outputs) / op.group >= WIDE_GROUP;
    if in_groups && (wide || !is_stored(l, node, 1)) {
        return groups(l, node, &convolution, &|convolution| Kind::Convolution(without_winograd(convolution)));
    }
    whole(l, node, convolution, &|convolution| Kind::Convolution(without_winograd(convolution)))
}

/// MNN convolves 7×7 kernels by Winograd's algorithm with an error of 1e-3 and more, whatever it is told about memory. An eighth
/// column, of zeros, keeps it from that, since its Winograd is for square kernels.
fn without_winograd(mut convolution: Convolution<'_>) -> Convolution<'_> {
    let dense = convolution.group == 1 && [convolution.strides, convolution.dilations] == [[1; 2]; 2];
    if let (Weights::Stored { kernel, .. }, [7, 7], true) = (&mut convolution.weights, convolution.kernel, dense) {
        let widen = |row: &[f32]| row.iter().copied().chain([0.0]).collect::<Vec<_>>();
        *kernel = kernel.chunks(7).flat_map(widen).collect::<Vec<_>>().into();
        convolution.kernel = [7, 8];
        convolution.pads[3] += 1;
    }
    convolution
}

/// MNN's transposed convolution does not know groups, except for one per channel.
pub(super) fn conv_transpose<'g>(
    l: &mut Lowering<'g>,
    node: &'g Node,
    op: &'g ConvTranspose,
) -> Result<(), ExportError> {
    let kernel = l.shape(node.inputs[1]);
    let &[inputs, per_group, height, width] = kernel else {
        return Err(unsupported(
            node,
            format!("its kernel has shape {kernel:?}, only 2-D convolutions can be written"),
        ));
    };
    let convolution = Convolution {
        weights: Weights::Inputs,
        inputs,
        outputs: per_group * op.group,
        group: op.group,
        kernel: [height, width],
        strides: pair(&op.strides),
        dilations: pair(&op.dilations),
        pads: [op.pads[0], op.pads[1], op.pads[2], op.pads[3]],
        activation: Activation::None,
    };
    let output_padding = pair(&op.output_padding);
    let kind = move |convolution| Kind::Deconvolution { convolution, output_padding };
    if op.group > 1 && !convolution.is_depthwise() {
        return groups(l, node, &convolution, &kind);
    }
    whole(l, node, convolution, &kind)
}

fn pair(list: &[usize]) -> [usize; 2] {
    [list[0], list[1]]
}

/// Whether an operand is the same in every run, or left out.
fn is_stored(l: &Lowering<'_>, node: &Node, index: usize) -> bool {
    node.inputs.get(index).is_none_or(|&id| l.graph.value(id).is_constant())
}

/// A convolution as one op.
fn whole<'g>(
    l: &mut Lowering<'g>,
    node: &'g Node,
    mut convolution: Convolution<'g>,
    kind: &dyn Fn(Convolution<'g>) -> Kind<'g>,
) -> Result<(), ExportError> {
    let data = l.operand(node.inputs[0])?;
    if !is_stored(l, node, 1) {
        let inputs = node.inputs.iter().map(|&id| l.operand(id)).collect::<Result<Vec<_>, _>>()?;
        let (activation, result) = l.absorb_activation(node, ACTIVATIONS);
        convolution.activation = activation;
        l.finish_as(&node.name, &[result], kind(convolution), &inputs);
        return Ok(());
    }
    let kernel = l.weight(node, 1)?;
    if is_stored(l, node, 2) {
        convolution.weights = Weights::Stored { kernel: kernel.into(), bias: bias(l, node, convolution.outputs)? };
        let (activation, result) = l.absorb_activation(node, ACTIVATIONS);
        convolution.activation = activation;
        l.finish_as(&node.name, &[result], kind(convolution), &[data]);
        return Ok(());
    }
    let outputs = convolution.outputs;
    convolution.weights = Weights::Stored { kernel: kernel.into(), bias: vec![0.0; outputs].into() };
    let shape = l.shape(node.outputs[0]);
    let product = l.helper(node, "product", kind(convolution), &[data], shape);
    let bias = l.operand(node.inputs[2])?;
    let bias = l.helper(node, "bias", Kind::Reshape, &[bias], [1, outputs, 1, 1]);
    l.finish(node, Kind::Binary(BinaryOpOperation::Add, Activation::None), &[product, bias]);
    Ok(())
}

/// A convolution as one op for each group.
fn groups<'g>(
    l: &mut Lowering<'g>,
    node: &'g Node,
    whole: &Convolution<'g>,
    kind: &dyn Fn(Convolution<'g>) -> Kind<'g>,
) -> Result<(), ExportError> {
    let count = whole.group;
    let (inputs, outputs) = (whole.inputs / count, whole.outputs / count);
    let stored = is_stored(l, node, 1) && is_stored(l, node, 2);
    let mut operands = vec![split(l, node, node.inputs[0], 1, count)?];
    if !stored {
        for &id in &node.inputs[1..] {
            operands.push(split(l, node, id, 0, count)?);
        }
    }
    let mut shape = l.shape(node.outputs[0]).to_vec();
    shape[1] = outputs;
    let (activation, result) = l.absorb_activation(node, ACTIVATIONS);
    let mut results = vec![];
    for index in 0..count {
        let weights = if stored {
            let kernel = l.weight(node, 1)?;
            let length = kernel.len() / count;
            let bias = bias(l, node, whole.outputs)?[index * outputs..(index + 1) * outputs].to_vec();
            Weights::Stored { kernel: kernel[index * length..(index + 1) * length].into(), bias: bias.into() }
        } else {
            Weights::Inputs
        };
        let part = Convolution { weights, inputs, outputs, group: 1, activation, ..whole.clone() };
        let inputs: Vec<_> = operands.iter().map(|parts| parts[index]).collect();
        results.push(l.helper(node, &format!("group {index}"), kind(part), &inputs, shape.clone()));
    }
    l.finish_as(&node.name, &[result], Kind::Concat { axis: 1 }, &results);
    Ok(())
}

/// Equal parts of an operand along an axis.
fn split(
    l: &mut Lowering<'_>,
    node: &Node,
    id: ValueId,
    axis: usize,
    count: usize,
) -> Result<Vec<TensorId>, ExportError> {
    let operand = l.operand(id)?;
    let mut shape = l.shape(id).to_vec();
    shape[axis] /= count;
    let name = l.graph.value(id).name.clone();
    Ok(l.helpers(
        node,
        &format!("groups of {name}"),
        Kind::Split { axis },
        &[operand],
        &vec![(shape, Number::Float); count],
    ))
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
