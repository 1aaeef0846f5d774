//! Operators of the graph by functions of libtorch.

mod elements;
mod maps;

use edgeconv_graph::op::{
    CumSum, Dropout, DropoutUnit, Gather, Reduce, ReduceKind, ScatterNd, ScatterReduction, Slice,
};
use edgeconv_graph::{Graph, Node, Op};
use tch::{TchError, Tensor, no_grad};

use self::elements::{binary, elu, sloped, unary};
use self::maps::{circular_conv, conv, conv_transpose, depth_to_space, grid_sample, pad, pool, resize, space_to_depth};
use super::parameters::is_frozen;
use super::{BatchNormRule, Mode, NetworkError, Parameters};
use crate::state::kind_of;

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
    let failed = |error: TchError| failed(node, &error);
    let unsupported = || unsupported(node);
    let single = match &node.op {
        Op::Arg(op) if op.largest => x.f_argmax(op.axis as i64, true),
        Op::Arg(op) => x.f_argmin(op.axis as i64, true),
        Op::BatchNormalization(op) => batch_norm(graph, node, f64::from(op.epsilon), inputs, context),
        Op::Binary(op) => binary(*op, x, inputs[1]).ok_or_else(unsupported)?,
        Op::Cast(op) => x.f_to_kind(kind_of(op.to).ok_or_else(unsupported)?),
        Op::CircularConv(op) => circular_conv(op, inputs),
        Op::Clip(op) => x.f_clamp(f64::from(op.min), f64::from(op.max)),
        Op::Concat(op) => Tensor::f_cat(inputs, op.axis as i64),
        Op::Conv(op) => conv(op, inputs),
        Op::ConvTranspose(op) => conv_transpose(op, inputs),
        Op::CumSum(op) => cumulative_sum(op, x),
        Op::DepthToSpace(op) => depth_to_space(op, x),
        Op::Dropout(op) => dropout(op, x),
        Op::Elu(op) => elu(x, op.alpha),
        Op::Expand(op) => x.f_expand(longs(&op.shape), false),
        Op::Flatten(_) => x.f_reshape(longs(&graph.ty(node.outputs[0]).shape)),
        Op::Gather(op) => gather(op, inputs),
        Op::Gemm(_) => x.f_linear(inputs[1], inputs.get(2).copied()),
        Op::GlobalAveragePool(_) => x.f_mean_dim(&Vec::from_iter(2..x.dim() as i64)[..], true, None),
        Op::GridSample(op) => grid_sample(op, inputs),
        Op::LayerNormalization(op) => {
            x.f_layer_norm(inputs[1].size(), Some(inputs[1]), inputs.get(2).copied(), f64::from(op.epsilon), true)
        }
        Op::LeakyRelu(op) => sloped(x, &Tensor::from(op.alpha)),
        Op::MatMul(_) => x.f_matmul(inputs[1]),
        Op::PRelu(_) => sloped(x, inputs[1]),
        Op::Pad(op) => pad(op, x),
        Op::Pool(op) => pool(op, x),
        Op::Reduce(op) => reduce(op, x),
        Op::Reshape(op) => x.f_reshape(longs(&op.shape)),
        Op::Resize(op) => resize(op, x).ok_or_else(unsupported)?,
        Op::ScatterNd(op) => scatter(op, inputs).ok_or_else(unsupported)?,
        Op::Slice(Slice { axis, start, end, step }) => {
            x.f_slice(*axis as i64, *start as i64, *end as i64, *step as i64)
        }
        Op::Softmax(op) => x.f_softmax(op.axis as i64, None),
        Op::SpaceToDepth(op) => space_to_depth(op, x).ok_or_else(unsupported)?,
        Op::Split(op) => return x.f_split_with_sizes(longs(&op.sizes), op.axis as i64).map_err(failed),
        Op::TopK(op) => {
            let found = x.f_topk(op.k as i64, op.axis as i64, op.largest, true);
            return found.map(|(values, indices)| vec![values, indices]).map_err(failed);
        }
        Op::Transpose(op) => x.f_permute(longs(&op.perm)),
        Op::Unary(op) => unary(*op, x).ok_or_else(unsupported)?,
        Op::Where(_) => inputs[1].f_where_self(x, inputs[2]),
        _ => return Err(unsupported()),
    };
    single.map(|y| vec![y]).map_err(failed)
}

fn unsupported(node: &Node) -> NetworkError {
    let reason = "it is not computed by libtorch here; what PyTorch computed is a reference, too: a folder with inputs.npz and outputs.npz".into();
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

/// The elements at whole-number positions of any shape along one axis; those below 0 count from its end.
fn gather(op: &Gather, inputs: &[&Tensor]) -> Computed {
    let (data, positions) = (inputs[0], inputs[1]);
    let shape = data.size();
    let from_start = positions.f_flatten(0, -1)?.f_remainder(shape[op.axis].max(1))?;
    let picked = data.f_index_select(op.axis as i64, &from_start)?;
    picked.f_reshape([&shape[..op.axis], &positions.size(), &shape[op.axis + 1..]].concat())
}

fn reduce(Reduce { kind, axes }: &Reduce, x: &Tensor) -> Computed {
    let axes = longs(axes);
    match kind {
        ReduceKind::Mean => x.f_mean_dim(&axes[..], true, None),
        ReduceKind::Sum => x.f_sum_dim_intlist(&axes[..], true, None),
        ReduceKind::Max => x.f_amax(axes, true),
        ReduceKind::Min => x.f_amin(axes, true),
        ReduceKind::Prod => {
            axes.iter().try_fold(x.shallow_clone(), |product, &axis| product.f_prod_dim_int(axis, true, None))
        }
    }
}

/// Puts parts `inputs[2]` to where `inputs[1]` says, whose last axis has a place along each of the first axes; `None` if they are multiplied.
fn scatter(op: &ScatterNd, inputs: &[&Tensor]) -> Option<Computed> {
    let adds = match op.reduction {
        ScatterReduction::None => false,
        ScatterReduction::Add => true,
        ScatterReduction::Mul => return None,
    };
    let places = inputs[1].f_unbind(-1).map(|places| Vec::from_iter(places.into_iter().map(Some)));
    Some(places.and_then(|places| inputs[0].f_index_put(&places, inputs[2], adds)))
}

fn cumulative_sum(op: &CumSum, x: &Tensor) -> Computed {
    let axis = op.axis as i64;
    let turned = |x: &Tensor| if op.reverse { x.f_flip([axis]) } else { Ok(x.shallow_clone()) };
    let sum = turned(&turned(x)?.f_cumsum(axis, x.kind())?)?;
    if op.exclusive { sum.f_sub(x) } else { Ok(sum) }
}
