//! Convolutions, also transposed and depthwise ones.

use std::borrow::Cow;

use edgeconv_graph::op::{Conv, ConvTranspose};
use edgeconv_graph::{Node, Op, ValueId};
use planus::{UnionOffset, WriteAsOffset};

use super::binary::BinaryOp;
use super::concat::Concat;
use super::reshape::Reshape;
use super::slice::Split;
use super::{InIntegers, Lower, MnnOp, Reads, dims, first_is_data};
use crate::content::Content;
use crate::target::mnn::ExportError;
use crate::target::mnn::lower::{Activation, Lowering, unsupported};
use crate::target::mnn::net::{Number, Shapes, TensorId};
use crate::target::mnn::schema::{self, BinaryOpOperation, OpParameter, OpType};
use crate::target::mnn::store::{Form, Storable};
use crate::target::mnn::winograd::{self, Dense};
use crate::target::mnn::write::Writer;

/// Kernel and bias of a convolution.
#[derive(Debug, Clone)]
pub(super) enum Weights<'g> {
    /// Stored in the op.
    Stored {
        /// Kernel `[outputs, inputs / group, kernel height, kernel width]`, transposed convolutions: inputs and outputs swapped.
        kernel: Cow<'g, [f32]>,
        /// Bias `[outputs]`.
        bias: Cow<'g, [f32]>,
        /// Steps `[outputs]` of the integers that a kernel is made of.
        steps: Option<Vec<f32>>,
    },
    /// The op's second and, if there is a bias, third input, computed at run time or shared; not in groups, unless they are channels.
    Inputs,
}

/// A 2-D convolution, also depthwise; pairs are (height, width).
#[derive(Debug, Clone)]
pub(super) struct Convolution<'g> {
    /// Kernel and bias.
    pub weights: Weights<'g>,
    /// Channels of the data.
    pub inputs: usize,
    /// Channels of the result.
    pub outputs: usize,
    /// Number of groups.
    pub group: usize,
    /// Size of the kernel.
    pub kernel: [usize; 2],
    /// Step.
    pub strides: [usize; 2],
    /// Distance of the taps.
    pub dilations: [usize; 2],
    /// Zeros added: top, left, bottom, right.
    pub pads: [usize; 4],
    /// What is done to the result.
    pub activation: Activation,
}

impl Convolution<'_> {
    /// A convolution from so many channels to so many, whose weights and activation are not known yet.
    fn new(op: &Conv, [inputs, outputs]: [usize; 2], kernel: [usize; 2]) -> Self {
        Self {
            weights: Weights::Inputs,
            inputs,
            outputs,
            group: op.group,
            kernel,
            strides: pair(&op.strides),
            dilations: pair(&op.dilations),
            pads: [op.pads[0], op.pads[1], op.pads[2], op.pads[3]],
            activation: Activation::None,
        }
    }

    /// Whether each channel is convolved with a kernel of its own, for which MNN has an op of its own.
    fn is_depthwise(&self) -> bool {
        self.group > 1 && self.group == self.inputs && self.group == self.outputs
    }

    /// The kernel as something that may be stored in fewer bits, if it is stored at all.
    fn stored_kernel(&self, form: Form) -> Option<Storable<'_>> {
        match &self.weights {
            Weights::Stored { kernel, steps, .. } => Some(Storable::new(kernel, form).in_steps(steps.as_deref())),
            Weights::Inputs => None,
        }
    }

    /// Writes the parameters of `op`, which is this convolution or its gradient.
    fn write<'n>(
        &'n self,
        b: &mut Writer<'n>,
        op: &'n dyn MnnOp,
        output_padding: Option<[usize; 2]>,
    ) -> UnionOffset<OpParameter> {
        let int = |number: usize| number as i32;
        let common = schema::Convolution2DCommon {
            kernel_y: int(self.kernel[0]),
            kernel_x: int(self.kernel[1]),
            stride_y: int(self.strides[0]),
            stride_x: int(self.strides[1]),
            dilate_y: int(self.dilations[0]),
            dilate_x: int(self.dilations[1]),
            // Explicit padding.
            pad_mode: schema::PadMode::Caffe,
            pads: Some(dims(&self.pads)),
            out_pads: output_padding.map(|padding| dims(&padding)),
            group: int(self.group),
            input_count: int(self.inputs),
            output_count: int(self.outputs),
            relu: self.activation == Activation::Relu,
            relu6: self.activation == Activation::Relu6,
            ..Default::default()
        };
        let common = common.prepare(b);
        let external = b.external(op);
        let encoded = b.encoded(op);
        let (kernel, bias) = match &self.weights {
            Weights::Stored { kernel, bias, .. } if external.is_none() => {
                (encoded.is_none().then(|| b.floats(kernel)), Some(b.floats(bias)))
            }
            Weights::Stored { .. } | Weights::Inputs => (None, None),
        };
        let encoded = encoded.map(|encoded| b.kernel(encoded, external.is_some()));
        let convolution = schema::Convolution2D::builder()
            .common(common)
            .weight(kernel)
            .bias(bias)
            .quan_parameter(encoded)
            .symmetric_quan_as_null()
            .sparse_parameter_as_null()
            .external(external)
            .finish(b);
        OpParameter::create_convolution2_d(b, convolution)
    }
}

impl MnnOp for Convolution<'_> {
    fn op_type(&self) -> OpType {
        if self.is_depthwise() { OpType::ConvolutionDepthwise } else { OpType::Convolution }
    }

    fn in_integers(&self) -> InIntegers {
        match self.weights {
            Weights::Stored { steps: Some(_), .. } => InIntegers::Right,
            _ => InIntegers::Never,
        }
    }

    fn parameter<'n>(&'n self, b: &mut Writer<'n>, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        Some(self.write(b, self, None))
    }

    fn reads(&self, index: usize, _: &[usize]) -> Reads {
        first_is_data(index)
    }

    fn weights(&self) -> Vec<Content<'_>> {
        match &self.weights {
            Weights::Stored { kernel, bias, .. } => vec![Content::of(kernel), Content::of(bias)],
            Weights::Inputs => vec![],
        }
    }

    fn storable(&self) -> Option<Storable<'_>> {
        let rows = self.outputs;
        self.stored_kernel(match self.group {
            _ if self.is_depthwise() => Form::Depthwise { rows },
            1 => Form::Kernel { rows, depth: self.inputs },
            _ => Form::Kernel { rows, depth: 1 },
        })
    }

    fn can_be_external(&self) -> bool {
        matches!(self.weights, Weights::Stored { .. })
    }
}

/// A transposed convolution, also depthwise; the padding is what is cut off.
#[derive(Debug)]
struct Deconvolution<'g> {
    /// The convolution whose gradient this is.
    convolution: Convolution<'g>,
    /// Rows and columns that are added at the end.
    output_padding: [usize; 2],
}

impl MnnOp for Deconvolution<'_> {
    fn op_type(&self) -> OpType {
        if self.convolution.is_depthwise() { OpType::DeconvolutionDepthwise } else { OpType::Deconvolution }
    }

    fn parameter<'n>(&'n self, b: &mut Writer<'n>, _: &Shapes) -> Option<UnionOffset<OpParameter>> {
        Some(self.convolution.write(b, self, Some(self.output_padding)))
    }

    fn reads(&self, index: usize, _: &[usize]) -> Reads {
        first_is_data(index)
    }

    fn weights(&self) -> Vec<Content<'_>> {
        self.convolution.weights()
    }

    fn storable(&self) -> Option<Storable<'_>> {
        let rows = self.convolution.inputs;
        let depthwise = self.convolution.is_depthwise();
        self.convolution.stored_kernel(if depthwise {
            Form::Depthwise { rows }
        } else {
            Form::Kernel { rows, depth: 1 }
        })
    }

    fn can_be_external(&self) -> bool {
        self.convolution.can_be_external()
    }
}

/// What MNN's convolution can do to its result.
pub(super) const ACTIVATIONS: &[Activation] = &[Activation::Relu, Activation::Relu6];

/// Channels per group from which on a convolution for each group takes less time than MNN's grouped one (0.65 to 0.93), which
/// repacks the channels of each group: as many as MNN's largest blocks have. With 8 it takes 1.08 to 1.38.
const WIDE_GROUP: usize = 16;

impl Lower for Conv {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.floats(node)?;
        let [outputs, per_group, height, width] = kernel(l, node)?;
        let convolution = Convolution::new(self, [per_group * self.group, outputs], [height, width]);
        if reads_padding_only(&convolution, l.shape(node.inputs[0]), l.shape(node.outputs[0])) {
            return Err(unsupported(
                node,
                "MNN misreads the padding of a depthwise convolution whose columns all lie in it",
            ));
        }
        let in_groups = self.group > 1 && !convolution.is_depthwise();
        let wide = per_group.min(outputs / self.group) >= WIDE_GROUP;
        let map = [2, 3].map(|axis| l.shape(node.outputs[0])[axis]);
        let any_session = l.any_session;
        let kind = move |convolution| without_large_tiles(convolution, map, any_session);
        if in_groups && (wide || !is_stored(l, node, 1)) {
            return groups(l, node, &convolution, kind);
        }
        whole(l, node, convolution, kind)
    }
}

/// Keeps MNN from inaccurate tiles of Winograd's algorithm, which it has for square kernels only: by one more column, of zeros. It takes
/// them for kernels of 7×7 always, for others in sessions without hints.
fn without_large_tiles(mut convolution: Convolution<'_>, map: [usize; 2], any_session: bool) -> Convolution<'_> {
    let Convolution { inputs, outputs, kernel: [height, width], .. } = convolution;
    let tiled =
        convolution.group == 1 && height == width && [convolution.strides, convolution.dilations] == [[1; 2]; 2];
    let dense = Dense { kernel: height, inputs, outputs, map };
    let tile = if any_session { dense.default_tile() } else { Some(dense.smallest_tile()) };
    // Integers are multiplied without Winograd's algorithm.
    if let (Weights::Stored { kernel, steps: None, .. }, true, Some(winograd::INACCURATE)) =
        (&mut convolution.weights, tiled, tile)
    {
        let widen = |row: &[f32]| row.iter().copied().chain([0.0]).collect::<Vec<_>>();
        *kernel = kernel.chunks(width).flat_map(widen).collect::<Vec<_>>().into();
        convolution.kernel = [height, width + 1];
        convolution.pads[3] += 1;
    }
    convolution
}

/// MNN's transposed convolution does not know groups, except for one per channel.
impl Lower for ConvTranspose {
    fn lower<'g>(&'g self, l: &mut Lowering<'g>, node: &'g Node) -> Result<(), ExportError> {
        l.floats(node)?;
        let [inputs, per_group, height, width] = kernel(l, node)?;
        let ConvTranspose { strides, pads, dilations, output_padding, group } = self.clone();
        let gradient_of = Conv { strides, pads, dilations, group };
        let convolution = Convolution::new(&gradient_of, [inputs, per_group * group], [height, width]);
        let output_padding = pair(&output_padding);
        let kind = move |convolution| Deconvolution { convolution, output_padding };
        if self.group > 1 && !convolution.is_depthwise() {
            return groups(l, node, &convolution, kind);
        }
        whole(l, node, convolution, kind)
    }
}

/// The steps of the integers that a stored kernel is made of, for each output channel, if it is.
fn steps(l: &Lowering<'_>, node: &Node, convolution: &Convolution) -> Option<Vec<f32>> {
    let one_kernel = matches!(node.op, Op::Conv(_)) && (convolution.group == 1 || convolution.is_depthwise());
    let quantization = l.graph.value(node.inputs[1]).quant.as_deref().filter(|_| one_kernel)?;
    let steps = quantization.scale.as_f32()?;
    match steps.len() {
        1 => Some(vec![steps[0]; convolution.outputs]),
        _ if quantization.axis == Some(0) => Some(steps.to_vec()),
        _ => None,
    }
}

/// The shape of a node's kernel.
fn kernel(l: &Lowering<'_>, node: &Node) -> Result<[usize; 4], ExportError> {
    let shape = l.shape(node.inputs[1]);
    let reason = || format!("its kernel has shape {shape:?}, only 2-D convolutions can be written");
    shape.try_into().map_err(|_| unsupported(node, reason()))
}

fn pair(list: &[usize]) -> [usize; 2] {
    [list[0], list[1]]
}

/// Whether an operand is the same in every run, or left out.
fn is_stored(l: &Lowering<'_>, node: &Node, index: usize) -> bool {
    node.inputs.get(index).is_none_or(|&id| l.graph.value(id).is_constant())
}

/// Whether the op reads its kernel as an operand although it is stored.
fn is_shared(l: &Lowering<'_>, node: &Node) -> bool {
    let kernel = l.graph.tensor(node.inputs[1]).map(|kernel| Content(kernel.bytes()));
    matches!(node.op, Op::Conv(_)) && kernel.is_some_and(|kernel| l.shared_kernels.contains(&kernel))
}

/// A convolution as one op.
fn whole<'g, K: MnnOp + 'g>(
    l: &mut Lowering<'g>,
    node: &'g Node,
    mut convolution: Convolution<'g>,
    kind: impl Fn(Convolution<'g>) -> K,
) -> Result<(), ExportError> {
    let data = l.operand(node.inputs[0])?;
    if !is_stored(l, node, 1) || is_shared(l, node) {
        let inputs = node.inputs.iter().map(|&id| l.operand(id)).collect::<Result<Vec<_>, _>>()?;
        let (activation, result) = l.absorb_activation(node, ACTIVATIONS);
        convolution.activation = activation;
        l.finish_as(&node.name, &[result], kind(convolution), &inputs);
        return Ok(());
    }
    let kernel = l.weight(node, 1)?;
    if is_stored(l, node, 2) {
        let steps = steps(l, node, &convolution);
        convolution.weights =
            Weights::Stored { kernel: kernel.into(), bias: bias(l, node, convolution.outputs)?, steps };
        let (activation, result) = l.absorb_activation(node, ACTIVATIONS);
        convolution.activation = activation;
        l.finish_as(&node.name, &[result], kind(convolution), &[data]);
        return Ok(());
    }
    let outputs = convolution.outputs;
    convolution.weights = Weights::Stored { kernel: kernel.into(), bias: vec![0.0; outputs].into(), steps: None };
    let shape = l.shape(node.outputs[0]);
    let product = l.helper(node, "product", kind(convolution), &[data], shape);
    let bias = l.operand(node.inputs[2])?;
    let bias = l.helper(node, "bias", Reshape, &[bias], [1, outputs, 1, 1]);
    l.finish(node, BinaryOp::of(BinaryOpOperation::Add), &[product, bias]);
    Ok(())
}

/// A convolution as one op for each group.
fn groups<'g, K: MnnOp + 'g>(
    l: &mut Lowering<'g>,
    node: &'g Node,
    whole: &Convolution<'g>,
    kind: impl Fn(Convolution<'g>) -> K,
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
            Weights::Stored {
                kernel: kernel[index * length..(index + 1) * length].into(),
                bias: bias.into(),
                steps: None,
            }
        } else {
            Weights::Inputs
        };
        let part = Convolution { weights, inputs, outputs, group: 1, activation, ..whole.clone() };
        let inputs: Vec<_> = operands.iter().map(|parts| parts[index]).collect();
        results.push(l.helper(node, &format!("group {index}"), kind(part), &inputs, shape.clone()));
    }
    l.finish_as(&node.name, &[result], Concat { axis: 1 }, &results);
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
    Ok(l.helpers(node, &format!("groups of {name}"), Split { axis }, &[operand], &vec![(shape, Number::Float); count]))
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
