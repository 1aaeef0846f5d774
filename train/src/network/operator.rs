//! Operators of the graph by functions of libtorch.

use edgeconv_graph::op::{
    Binary, CircularConv, Conv, Coordinates, Dropout, DropoutUnit, Gather, Pool, PoolKind, Reduce, ReduceKind, Resize,
    ResizeMode, Slice, Unary,
};
use edgeconv_graph::{Graph, Node, Op};
use tch::{TchError, Tensor, no_grad};

use super::parameters::is_frozen;
use super::{BatchNormRule, Mode, NetworkError, Parameters};

/// What operators depend on besides their operands.
pub(super) struct Context<'a> {
    pub(super) mode: Mode,
    pub(super) batch_norm: BatchNormRule,
    pub(super) parameters: &'a Parameters,
}

impl Context<'_> {
    /// Whether a BatchNorm uses the statistics of its batch, and remembers them.
    pub(super) fn trains(&self, graph: &Graph, node: &Node) -> bool {
        self.mode == Mode::Train && !(self.batch_norm.frozen && is_frozen(graph, node))
    }
}

type Computed = Result<Tensor, TchError>;

/// The outputs of a node for these operands.
pub(super) fn apply(
    graph: &Graph,
    node: &Node,
    inputs: &[&Tensor],
    context: &Context,
) -> Result<Vec<Tensor>, NetworkError> {
    let x = inputs[0];
    let single = match &node.op {
        Op::BatchNormalization(op) => batch_norm(graph, node, f64::from(op.epsilon), inputs, context),
        Op::Binary(op) => match op {
            Binary::Add => x.f_add(inputs[1]),
            Binary::Sub => x.f_sub(inputs[1]),
            Binary::Mul => x.f_mul(inputs[1]),
            Binary::Div => x.f_div(inputs[1]),
            _ => return Err(unsupported(node)),
        },
        Op::CircularConv(op) => circular_conv(op, inputs),
        Op::Clip(op) => x.f_clamp(f64::from(op.min), f64::from(op.max)),
        Op::Concat(op) => Tensor::f_cat(inputs, op.axis as i64),
        Op::Conv(op) => conv(op, inputs),
        Op::Dropout(op) => dropout(op, x),
        Op::Expand(op) => x.f_expand(longs(&op.shape), false),
        Op::Flatten(_) => x.f_reshape(longs(&graph.ty(node.outputs[0]).shape)),
        Op::Gather(op) => gather(op, inputs),
        Op::Gemm(_) => x.f_linear(inputs[1], inputs.get(2).copied()),
        Op::GlobalAveragePool(_) => x.f_mean_dim(&[2i64, 3][..], true, None),
        Op::LayerNormalization(op) => {
            x.f_layer_norm(inputs[1].size(), Some(inputs[1]), inputs.get(2).copied(), f64::from(op.epsilon), true)
        }
        Op::MatMul(_) => x.f_matmul(inputs[1]),
        Op::Pool(op) => match pool(op, x) {
            Some(pooled) => pooled,
            None => return Err(unsupported(node)),
        },
        Op::Reduce(Reduce { kind, axes }) => match kind {
            ReduceKind::Mean => x.f_mean_dim(&longs(axes)[..], true, None),
            ReduceKind::Sum => x.f_sum_dim_intlist(&longs(axes)[..], true, None),
            _ => return Err(unsupported(node)),
        },
        Op::Reshape(op) => x.f_reshape(longs(&op.shape)),
        Op::Resize(op) => match resize(op, x) {
            Some(resized) => resized,
            None => return Err(unsupported(node)),
        },
        Op::Slice(Slice { axis, start, end, step }) => {
            x.f_slice(*axis as i64, *start as i64, *end as i64, *step as i64)
        }
        Op::Softmax(op) => x.f_softmax(op.axis as i64, None),
        Op::Split(op) => return x.f_split_with_sizes(longs(&op.sizes), op.axis as i64).map_err(|e| failed(node, &e)),
        Op::Transpose(op) => x.f_permute(longs(&op.perm)),
        Op::Unary(op) => match unary(*op, x) {
            Some(y) => y,
            None => return Err(unsupported(node)),
        },
        _ => return Err(unsupported(node)),
    };
    single.map(|y| vec![y]).map_err(|error| failed(node, &error))
}

fn unsupported(node: &Node) -> NetworkError {
    let reason = "no network of the zoo has it, so that it can't be trained".into();
    NetworkError::Node { node: node.name.clone(), op: node.op.operator().name(), reason }
}

pub(super) fn failed(node: &Node, error: &TchError) -> NetworkError {
    NetworkError::Node { node: node.name.clone(), op: node.op.operator().name(), reason: error.to_string() }
}

fn longs(lengths: &[usize]) -> Vec<i64> {
    lengths.iter().map(|&length| length as i64).collect()
}

/// PyTorch's `BatchNorm2d`: in training by the batch's biased variance, remembering its unbiased one.
fn batch_norm(graph: &Graph, node: &Node, epsilon: f64, inputs: &[&Tensor], context: &Context) -> Computed {
    let [weight, bias, mean, variance] = [1, 2, 3, 4].map(|operand| Some(inputs[operand]));
    let training = context.trains(graph, node);
    if training {
        if inputs[0].numel() == inputs[1].numel() {
            return Err(single_value());
        }
        count_batch(graph, node, context)?;
    }
    inputs[0].f_batch_norm(weight, bias, mean, variance, training, context.batch_norm.momentum, epsilon, true)
}

/// A channel of a single value can't be normalised by its variance.
pub(super) fn single_value() -> TchError {
    let reason = "a single value for each channel has no variance to train with; take more pictures or larger ones";
    TchError::Shape(reason.into())
}

/// Counts a batch that a BatchNorm is trained with.
pub(super) fn count_batch(graph: &Graph, node: &Node, context: &Context) -> Result<(), TchError> {
    match context.parameters.counter(&graph.value(node.inputs[4]).name) {
        Some(counter) => no_grad(|| counter.shallow_clone().f_add_scalar_(1).map(drop)),
        None => Ok(()),
    }
}

/// The data, continued by its beginning, under a kernel without padding.
fn circular_conv(op: &CircularConv, inputs: &[&Tensor]) -> Computed {
    let (axis, kernel) = (op.axis as i64, inputs[1]);
    let beginning = inputs[0].f_narrow(axis, 0, kernel.size()[op.axis] - 1)?;
    let wrapped = Tensor::f_cat(&[inputs[0], &beginning], axis)?;
    let bias = inputs.get(2).copied();
    wrapped.f_convolution(kernel, bias, [1; 2], [0; 2], [1; 2], false, [0; 2], op.group as i64)
}

fn conv(op: &Conv, inputs: &[&Tensor]) -> Computed {
    let spatial = op.strides.len();
    let (begins, ends) = op.pads.split_at(spatial);
    let [strides, begins_long, dilations] = [&op.strides, begins, &op.dilations].map(longs);
    let convolve = |x: &Tensor, pads: &[i64]| {
        let bias = inputs.get(2).copied();
        x.f_convolution(inputs[1], bias, &strides, pads, &dilations, false, vec![0; spatial], op.group as i64)
    };
    if begins == ends {
        return convolve(inputs[0], &begins_long);
    }
    // Last axis first: before, after.
    let pads: Vec<i64> = (0..spatial).rev().flat_map(|axis| [begins[axis] as i64, ends[axis] as i64]).collect();
    convolve(&inputs[0].f_constant_pad_nd(pads)?, &vec![0; spatial])
}

fn dropout(op: &Dropout, x: &Tensor) -> Computed {
    match op.unit {
        DropoutUnit::Element => x.f_dropout(op.ratio, true),
        DropoutUnit::Channel => x.f_feature_dropout(op.ratio, true),
        DropoutUnit::Sample => {
            let mut shape = vec![1; x.dim()];
            shape[0] = x.size()[0];
            let kept = Tensor::f_ones(&shape, (x.kind(), x.device()))?.f_dropout(op.ratio, true)?;
            x.f_mul(&kept)
        }
    }
}

/// The elements at whole-number positions of any shape along one axis.
fn gather(op: &Gather, inputs: &[&Tensor]) -> Computed {
    let (data, positions) = (inputs[0], inputs[1]);
    let shape = data.size();
    let picked = data.f_index_select(op.axis as i64, &positions.f_flatten(0, -1)?)?;
    picked.f_reshape([&shape[..op.axis], &positions.size(), &shape[op.axis + 1..]].concat())
}

/// Windows with the same padding on both sides.
fn pool(op: &Pool, x: &Tensor) -> Option<Computed> {
    let [kernel, strides] = [op.kernel, op.strides].map(|pair| longs(&pair));
    let [top, left, bottom, right] = op.pads;
    let pads = longs(&[top, left]);
    ((top, left) == (bottom, right)).then(|| match op.kind {
        PoolKind::Max => x.f_max_pool2d(&kernel, &strides, &pads, [1; 2], false),
        PoolKind::Average => x.f_avg_pool2d(&kernel, &strides, &pads, false, false, None),
    })
}

/// Bilinear interpolation of the last two axes.
fn resize(op: &Resize, x: &Tensor) -> Option<Computed> {
    let align_corners = match (op.mode, op.coordinates) {
        (ResizeMode::Linear, Coordinates::AlignCorners) => true,
        (ResizeMode::Linear, Coordinates::HalfPixel) => false,
        _ => return None,
    };
    let sizes = longs(&op.sizes);
    (sizes.len() == 4 && sizes[..2] == x.size()[..2])
        .then(|| x.f_upsample_bilinear2d(&sizes[2..], align_corners, None, None))
}

fn unary(op: Unary, x: &Tensor) -> Option<Computed> {
    Some(match op {
        Unary::Relu => x.f_relu(),
        Unary::Sigmoid => x.f_sigmoid(),
        Unary::Silu => x.f_silu(),
        Unary::HardSigmoid => x.f_hardsigmoid(),
        Unary::HardSwish => x.f_hardswish(),
        Unary::Gelu => x.f_gelu("none"),
        Unary::Sqrt => x.f_sqrt(),
        _ => return None,
    })
}
