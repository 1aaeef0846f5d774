//! From the net to the bytes of a file.

mod sampling;

use std::collections::BTreeMap;

use edgeconv_graph::op::{Pool, PoolKind, ReduceKind};
use planus::{Builder, Offset, UnionOffset};

use super::net::{Activation, Convolution, Elements, Kind, Net, Number, Op, TensorId, Weights};
use super::schema;
use super::schema::{DataType, MnnDataFormat, NetSource, OpParameter, OpType};

/// What MNN reports as the version of the converter: the one whose format is written.
const VERSION: &str = "3.6.1";

/// Serialises a net whose tensors have unique names; `capacity` is what [`capacity`] says.
pub(super) fn serialize(net: &Net, metadata: &BTreeMap<String, String>, capacity: usize) -> Builder {
    let mut builder = Builder::with_capacity(capacity);
    let b = &mut builder;
    let ops: Vec<_> = net.ops.iter().map(|op| write_op(b, net, op)).collect();
    let names: Vec<_> = net.tensors.iter().map(|tensor| tensor.name.as_str()).collect();
    let outputs: Vec<_> = net.outputs.iter().map(|output| output.name.as_str()).collect();
    // MNN reads the version only, and does not know a place for anything else.
    let metadata =
        (!metadata.is_empty()).then(|| metadata.iter().map(|(key, value)| format!("{key}={value}\n")).collect());
    let info = schema::ExtraInfo { version: Some(VERSION.to_owned()), name: metadata, ..Default::default() };
    let root = schema::Net::builder()
        .biz_code("edgeconv")
        .extra_tensor_describe_as_null()
        .extra_info(&info)
        .oplists(ops)
        .output_name(outputs)
        .prefer_forward_type(schema::ForwardType::Cpu)
        .source_type(NetSource::Onnx)
        .tensor_name(names)
        .tensor_number(net.tensors.len() as i32)
        .usage(schema::Usage::Inference)
        .subgraphs_as_null()
        // Random in MNN's own converter; its users tell caches apart by it. Ours is the same for the same bytes.
        .mnn_uuid("edgeconv")
        .finish(b);
    b.finish(root, None);
    builder
}

/// Upper estimate of the size in bytes, so that the weights are written once and never moved.
pub(super) fn capacity(net: &Net) -> usize {
    let weights: usize = net.ops.iter().map(|op| 4 * weight_count(&op.kind)).sum();
    let names: usize = net.tensors.iter().map(|tensor| 2 * tensor.name.len()).sum();
    weights + names + 512 * (net.ops.len() + 1)
}

/// Number of weights that the op stores.
fn weight_count(kind: &Kind) -> usize {
    match kind {
        Kind::Const(Elements::Float(elements)) => elements.len(),
        Kind::Const(Elements::Int(elements)) => elements.len(),
        Kind::Convolution(convolution) | Kind::Deconvolution { convolution, .. } => match &convolution.weights {
            Weights::Stored { kernel, bias } => kernel.len() + bias.len(),
            Weights::Inputs => 0,
        },
        Kind::Scale { scale, bias } => scale.len() + bias.len(),
        Kind::LayerNorm { affine, .. } => affine.iter().flatten().map(|list| list.len()).sum(),
        _ => 0,
    }
}

fn write_op(b: &mut Builder, net: &Net, op: &Op) -> Offset<schema::Op> {
    let (op_type, parameter) = parameter(b, net, op);
    let index = |ids: &[TensorId]| ids.iter().map(|id| id.0 as i32).collect::<Vec<_>>();
    schema::Op::builder()
        .input_indexes(index(&op.inputs))
        .main(parameter)
        .name(op.name.as_str())
        .output_indexes(index(&op.outputs))
        .type_(op_type)
        .default_dimention_format(MnnDataFormat::Nchw)
        .external_path_as_null()
        .finish(b)
}

/// The op's type and parameters. Values that MNN would read otherwise than they are meant are always set here.
fn parameter(b: &mut Builder, net: &Net, op: &Op) -> (OpType, Option<UnionOffset<OpParameter>>) {
    let dims = || net.shape(op.outputs[0]).iter().map(|&dim| dim as i32).collect::<Vec<_>>();
    let parameter = match &op.kind {
        &Kind::Interpolate { method, coordinates } => {
            sampling::interpolate(b, net.shape(op.outputs[0]), method, coordinates)
        }
        &Kind::GridSample { mode, padding, align_corners } => sampling::grid_sample(b, mode, padding, align_corners),
        Kind::RoiAlign(align) => sampling::roi_align(b, align),
        &Kind::Pad(mode) => (OpType::Padding, OpParameter::create_pad_param(b, &schema::PadParam { mode })),
        &Kind::DepthToSpace { block, mode } => (OpType::DepthToSpace, depth_space(b, block, mode)),
        &Kind::SpaceToDepth { block } => (OpType::SpaceToDepth, depth_space(b, block, schema::DepthToSpaceMode::Dcr)),
        Kind::ScatterNd { reduction: None } => return (OpType::ScatterNd, None),
        &Kind::ScatterNd { reduction: Some(op_type) } => {
            let binary = schema::BinaryOp { op_type, t: DataType::DtFloat, activation_type: 0 };
            (OpType::ScatterNd, OpParameter::create_binary_op(b, &binary))
        }
        &Kind::Input(number) => {
            let input = schema::Input { dims: Some(dims()), dtype: number.into(), dformat: MnnDataFormat::Nchw };
            (OpType::Input, OpParameter::create_input(b, &input))
        }
        Kind::Const(elements) => (OpType::Const, blob(b, dims(), elements)),
        Kind::Convolution(convolution) if convolution.is_depthwise() => {
            (OpType::ConvolutionDepthwise, convolution_2d(b, convolution, None))
        }
        Kind::Convolution(convolution) => (OpType::Convolution, convolution_2d(b, convolution, None)),
        Kind::Deconvolution { convolution, output_padding } => {
            let op_type =
                if convolution.is_depthwise() { OpType::DeconvolutionDepthwise } else { OpType::Deconvolution };
            (op_type, convolution_2d(b, convolution, Some(*output_padding)))
        }
        Kind::GlobalAveragePool => {
            let pool = schema::Pool {
                is_global: true,
                type_: schema::PoolType::Avepool,
                ceil_model: false,
                ..Default::default()
            };
            (OpType::Pooling, OpParameter::create_pool(b, &pool))
        }
        Kind::Pool(window) => (OpType::Pooling, OpParameter::create_pool(b, pool(window))),
        Kind::Reduce { kind, axes } => {
            let reduction = schema::ReductionParam {
                operation: reduction(*kind),
                dim: Some(axes.iter().map(|&axis| axis as i32).collect()),
                keep_dims: true,
                ..Default::default()
            };
            (OpType::Reduction, OpParameter::create_reduction_param(b, &reduction))
        }
        &Kind::LayerNorm { epsilon, affine } => {
            let norm = schema::LayerNorm {
                axis: Some(vec![-1]),
                epsilon,
                gamma: affine.map(|[scale, _]| scale.to_vec()),
                beta: affine.map(|[_, bias]| bias.to_vec()),
                group: 1,
                ..Default::default()
            };
            (OpType::LayerNorm, OpParameter::create_layer_norm(b, &norm))
        }
        &Kind::Softmax { axis } => (OpType::Softmax, OpParameter::create_axis(b, &schema::Axis { axis: axis as i32 })),
        &Kind::Arg { largest, axis } => {
            let arg = schema::ArgMax { top_k: 1, axis: axis as i32, ..Default::default() };
            let op_type = if largest { OpType::ArgMax } else { OpType::ArgMin };
            (op_type, OpParameter::create_arg_max(b, &arg))
        }
        &Kind::TopK { largest } => {
            let top_k = schema::TopKv2 { t: DataType::DtFloat, sorted: true, largest };
            (OpType::TopKv2, OpParameter::create_top_kv2(b, &top_k))
        }
        &Kind::CumSum { exclusive, reverse } => {
            (OpType::CumSum, OpParameter::create_cum_sum(b, &schema::CumSum { exclusive, reverse }))
        }
        &Kind::Gather { axis } => (OpType::GatherV2, OpParameter::create_axis(b, &schema::Axis { axis: axis as i32 })),
        Kind::Permute { perm } => {
            let permute = schema::Permute { dims: Some(perm.iter().map(|&axis| axis as i32).collect()) };
            (OpType::Permute, OpParameter::create_permute(b, &permute))
        }
        Kind::MatMul => {
            let mat_mul = schema::MatMul { t: DataType::DtFloat, ..Default::default() };
            (OpType::MatMul, OpParameter::create_mat_mul(b, &mat_mul))
        }
        Kind::Scale { scale, bias } => {
            let scale = schema::Scale::builder()
                .channels(scale.len() as i32)
                .scale_data(scale)
                .bias_data(bias)
                .external_as_null()
                .finish(b);
            (OpType::Scale, OpParameter::create_scale(b, scale))
        }
        &Kind::Relu { slope } => (OpType::ReLu, OpParameter::create_relu(b, &schema::Relu { slope })),
        &Kind::PRelu { slopes } => {
            let relu = schema::PRelu::builder().slope_count(slopes.len() as i32).slope(slopes).finish(b);
            (OpType::PReLu, OpParameter::create_p_relu(b, relu))
        }
        &Kind::Cast(to) => {
            let cast = schema::CastParam { src_t: DataType::DtFloat, dst_t: to.into() };
            (OpType::Cast, OpParameter::create_cast_param(b, &cast))
        }
        &Kind::Clamp { min, max } => {
            let bounds = schema::Relu6 { min_value: min, max_value: max };
            (OpType::ReLu6, OpParameter::create_relu6(b, &bounds))
        }
        &Kind::Unary(op_type) => {
            let unary = schema::UnaryOp { op_type, t: DataType::DtFloat, ..Default::default() };
            (OpType::UnaryOp, OpParameter::create_unary_op(b, &unary))
        }
        &Kind::Binary(op_type, activation) => {
            // An enumeration without names: 0 is none, 1 is ReLU.
            let activation_type = (activation == Activation::Relu).into();
            let binary = schema::BinaryOp { op_type, t: DataType::DtFloat, activation_type };
            (OpType::BinaryOp, OpParameter::create_binary_op(b, &binary))
        }
        &Kind::Concat { axis } => (OpType::Concat, OpParameter::create_axis(b, &schema::Axis { axis: axis as i32 })),
        &Kind::Split { axis } => {
            let sizes = op.outputs.iter().map(|&part| net.shape(part)[axis] as i32).collect();
            // The source decides whether these are sizes or the points to cut at.
            let source_type = NetSource::Torch;
            let slice = schema::Slice { axis: axis as i32, slice_points: Some(sizes), source_type };
            (OpType::Slice, OpParameter::create_slice(b, &slice))
        }
        Kind::StridedSlice => {
            let slice = schema::StridedSliceParam {
                index: DataType::DtInt32,
                t: DataType::DtFloat,
                // Begin, end and axes, as ONNX has them.
                from_type: 1,
                ..Default::default()
            };
            (OpType::StridedSlice, OpParameter::create_strided_slice_param(b, &slice))
        }
        Kind::Reshape => {
            let reshape = schema::Reshape { dims: Some(dims()), dim_type: MnnDataFormat::Nchw };
            (OpType::Reshape, OpParameter::create_reshape(b, &reshape))
        }
        &Kind::Convert { from, to } => {
            let info = schema::TensorConvertInfo { source: from.into(), dest: to.into() };
            (OpType::ConvertTensor, OpParameter::create_tensor_convert_info(b, &info))
        }
        Kind::NonMaxSuppression => return (OpType::NonMaxSuppressionV2, None),
        Kind::BroadcastTo => return (OpType::BroadcastTo, None),
        Kind::Select => return (OpType::Select, None),
        Kind::Identity => return (OpType::Identity, None),
    };
    (parameter.0, Some(parameter.1))
}

impl From<Number> for DataType {
    fn from(number: Number) -> Self {
        match number {
            Number::Float => DataType::DtFloat,
            Number::Int => DataType::DtInt32,
        }
    }
}

fn depth_space(b: &mut Builder, block: usize, mode: schema::DepthToSpaceMode) -> UnionOffset<OpParameter> {
    OpParameter::create_depth_space_param(b, &schema::DepthSpaceParam { block_size: block as i32, mode })
}

fn reduction(kind: ReduceKind) -> schema::ReductionType {
    match kind {
        ReduceKind::Mean => schema::ReductionType::Mean,
        ReduceKind::Sum => schema::ReductionType::Sum,
        ReduceKind::Max => schema::ReductionType::Maximum,
        ReduceKind::Min => schema::ReductionType::Minimum,
        ReduceKind::Prod => schema::ReductionType::Prod,
    }
}

fn pool(pool: &Pool) -> schema::Pool {
    let int = |number: usize| number as i32;
    let (type_, count_type) = match pool.kind {
        PoolKind::Max => (schema::PoolType::Maxpool, schema::AvgPoolCountType::Default),
        PoolKind::Average => (schema::PoolType::Avepool, schema::AvgPoolCountType::ExcludePadding),
    };
    schema::Pool {
        kernel_y: int(pool.kernel[0]),
        kernel_x: int(pool.kernel[1]),
        stride_y: int(pool.strides[0]),
        stride_x: int(pool.strides[1]),
        type_,
        pad_type: schema::PoolPadType::Caffe,
        pads: Some(pool.pads.map(int).to_vec()),
        ceil_model: false,
        count_type,
        ..Default::default()
    }
}

fn blob(b: &mut Builder, dims: Vec<i32>, elements: &Elements) -> UnionOffset<OpParameter> {
    let (data_type, ints, floats) = match elements {
        Elements::Int(ints) => (DataType::DtInt32, Some(ints), None),
        Elements::Float(floats) => (DataType::DtFloat, None, Some(floats.as_ref())),
    };
    let blob = schema::Blob::builder()
        .dims(dims)
        .data_format(MnnDataFormat::Nchw)
        .data_type(data_type)
        .uint8s_as_null()
        .int8s_as_null()
        .int32s(ints)
        .int64s_as_null()
        .float32s(floats)
        .strings_as_null()
        .external_as_null()
        .finish(b);
    OpParameter::create_blob(b, blob)
}

fn convolution_2d(
    b: &mut Builder,
    convolution: &Convolution,
    output_padding: Option<[usize; 2]>,
) -> UnionOffset<OpParameter> {
    let int = |number: usize| number as i32;
    let common = schema::Convolution2DCommon {
        kernel_y: int(convolution.kernel[0]),
        kernel_x: int(convolution.kernel[1]),
        stride_y: int(convolution.strides[0]),
        stride_x: int(convolution.strides[1]),
        dilate_y: int(convolution.dilations[0]),
        dilate_x: int(convolution.dilations[1]),
        // Explicit padding.
        pad_mode: schema::PadMode::Caffe,
        pads: Some(convolution.pads.map(int).to_vec()),
        out_pads: output_padding.map(|padding| padding.map(int).to_vec()),
        group: int(convolution.group),
        input_count: int(convolution.inputs),
        output_count: int(convolution.outputs),
        relu: convolution.activation == Activation::Relu,
        relu6: convolution.activation == Activation::Relu6,
        ..Default::default()
    };
    let (kernel, bias) = match &convolution.weights {
        Weights::Stored { kernel, bias } => (Some(kernel.as_ref()), Some(bias.as_ref())),
        Weights::Inputs => (None, None),
    };
    let convolution = schema::Convolution2D::builder()
        .common(&common)
        .weight(kernel)
        .bias(bias)
        .quan_parameter_as_null()
        .symmetric_quan_as_null()
        .sparse_parameter_as_null()
        .external_as_null()
        .finish(b);
    OpParameter::create_convolution2_d(b, convolution)
}
