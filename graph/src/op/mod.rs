//! Operators: their attributes, shape inference, cost, and evaluation on constants.
//!
//! Names, attributes and semantics are those of the ONNX operator specification. Two operators are added:
//! [`CircularConv`] (the paper's global circular convolution, section 3.1) and [`Unary::Silu`] (ONNX has it from
//! opset 24 on, as `Swish`). One file holds one family.

mod activation;
mod along_axis;
mod cast;
mod circular_conv;
mod conv;
mod conv_transpose;
mod depth_to_space;
mod detection;
mod dropout;
mod elementwise;
mod index;
mod linear;
mod movement;
mod norm;
mod pad;
mod pool;
mod reduce;
mod resize;
mod sample;
mod softmax;
mod unary;

pub use activation::{Elu, LeakyRelu, PRelu};
pub use along_axis::{Arg, CumSum, TopK};
pub use cast::Cast;
pub use circular_conv::CircularConv;
pub use conv::Conv;
pub use conv_transpose::ConvTranspose;
pub use depth_to_space::{DepthOrder, DepthToSpace, SpaceToDepth};
pub use detection::NonMaxSuppression;
pub use dropout::{Dropout, DropoutUnit};
pub use elementwise::{Binary, Where};
pub use index::{Gather, ScatterNd, ScatterReduction};
pub use linear::{Gemm, MatMul};
pub use movement::{Concat, Expand, Flatten, Reshape, Slice, Split, Transpose};
pub use norm::{BatchNormalization, LayerNormalization};
pub use pad::{Pad, PadMode};
pub use pool::{GlobalAveragePool, Pool, PoolKind};
pub use reduce::{Reduce, ReduceKind};
pub use resize::{Coordinates, Resize, ResizeMode, Rounding, Taps};
pub use sample::{GridPadding, GridSample, RoiAlign};
pub use softmax::Softmax;
pub use unary::{Clip, Unary};

use crate::tensor::{Tensor, TensorType};

/// Why an operator can't be applied to its inputs; the graph adds the node's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct OpError(pub String);

macro_rules! op_error {
    ($($arg:tt)*) => { $crate::op::OpError(format!($($arg)*)) };
}
pub(crate) use op_error;

/// What every operator can tell about itself.
pub trait Operator {
    /// The operator's name, as in the ONNX specification.
    fn name(&self) -> &'static str;

    /// Attributes as name and printed value, in the order of the specification.
    fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![]
    }

    /// Types of the outputs for inputs of the given types.
    ///
    /// # Errors
    /// If number, element types or shapes of the inputs don't fit the operator.
    fn infer(&self, inputs: &[&TensorType]) -> Result<Vec<TensorType>, OpError>;

    /// Multiply-accumulate operations: convolutions and matrix products count, biases, norms, activations, additions
    /// and copies don't.
    fn macs(&self, _inputs: &[&TensorType], _outputs: &[&TensorType]) -> u64 {
        0
    }

    /// The outputs for constant inputs, or `None` if this operator is not evaluated at conversion time.
    fn evaluate(&self, _inputs: &[&Tensor]) -> Option<Vec<Tensor>> {
        None
    }
}

/// An operator with its attributes.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // each variant is documented at its type
pub enum Op {
    Arg(Arg),
    BatchNormalization(BatchNormalization),
    Binary(Binary),
    Cast(Cast),
    CircularConv(CircularConv),
    Clip(Clip),
    Concat(Concat),
    Conv(Conv),
    Elu(Elu),
    ConvTranspose(ConvTranspose),
    CumSum(CumSum),
    DepthToSpace(DepthToSpace),
    Dropout(Dropout),
    Expand(Expand),
    Flatten(Flatten),
    Gather(Gather),
    Gemm(Gemm),
    GlobalAveragePool(GlobalAveragePool),
    GridSample(GridSample),
    LayerNormalization(LayerNormalization),
    LeakyRelu(LeakyRelu),
    MatMul(MatMul),
    NonMaxSuppression(NonMaxSuppression),
    PRelu(PRelu),
    Pad(Pad),
    Pool(Pool),
    Reduce(Reduce),
    Reshape(Reshape),
    Resize(Resize),
    RoiAlign(RoiAlign),
    ScatterNd(ScatterNd),
    Slice(Slice),
    Softmax(Softmax),
    SpaceToDepth(SpaceToDepth),
    Split(Split),
    TopK(TopK),
    Transpose(Transpose),
    Unary(Unary),
    Where(Where),
}

impl Op {
    /// The operator behind the variant.
    pub fn operator(&self) -> &dyn Operator {
        match self {
            Op::Arg(op) => op,
            Op::BatchNormalization(op) => op,
            Op::Binary(op) => op,
            Op::Cast(op) => op,
            Op::CircularConv(op) => op,
            Op::Clip(op) => op,
            Op::Concat(op) => op,
            Op::Conv(op) => op,
            Op::Elu(op) => op,
            Op::ConvTranspose(op) => op,
            Op::CumSum(op) => op,
            Op::DepthToSpace(op) => op,
            Op::Dropout(op) => op,
            Op::Expand(op) => op,
            Op::Flatten(op) => op,
            Op::Gather(op) => op,
            Op::Gemm(op) => op,
            Op::GlobalAveragePool(op) => op,
            Op::GridSample(op) => op,
            Op::LayerNormalization(op) => op,
            Op::LeakyRelu(op) => op,
            Op::MatMul(op) => op,
            Op::NonMaxSuppression(op) => op,
            Op::PRelu(op) => op,
            Op::Pad(op) => op,
            Op::Pool(op) => op,
            Op::Reduce(op) => op,
            Op::Reshape(op) => op,
            Op::Resize(op) => op,
            Op::RoiAlign(op) => op,
            Op::ScatterNd(op) => op,
            Op::Slice(op) => op,
            Op::Softmax(op) => op,
            Op::SpaceToDepth(op) => op,
            Op::Split(op) => op,
            Op::TopK(op) => op,
            Op::Transpose(op) => op,
            Op::Unary(op) => op,
            Op::Where(op) => op,
        }
    }
}

macro_rules! into_op {
    ($($name:ident),*) => { $(impl From<$name> for Op {
        fn from(op: $name) -> Self { Op::$name(op) }
    })* };
}
into_op!(
    Arg,
    BatchNormalization,
    Binary,
    Cast,
    CircularConv,
    Clip,
    Concat,
    Conv,
    Elu,
    ConvTranspose,
    CumSum,
    DepthToSpace,
    Dropout,
    Expand,
    Flatten,
    Gather,
    Gemm,
    GlobalAveragePool,
    GridSample,
    LayerNormalization,
    LeakyRelu,
    MatMul,
    NonMaxSuppression,
    PRelu,
    Pad,
    Pool,
    Reduce,
    Reshape,
    Resize,
    RoiAlign,
    ScatterNd,
    Slice,
    Softmax,
    SpaceToDepth,
    Split,
    TopK,
    Transpose,
    Unary,
    Where
);

/// Checks that between `min` and `max` inputs are there.
fn expect_inputs(inputs: &[&TensorType], min: usize, max: usize) -> Result<(), OpError> {
    if (min..=max).contains(&inputs.len()) {
        return Ok(());
    }
    let expected = if min == max { min.to_string() } else { format!("{min} to {max}") };
    Err(op_error!("expected {expected} inputs, found {}", inputs.len()))
}

/// Checks that `axis` exists in `ty`.
fn expect_axis(axis: usize, ty: &TensorType) -> Result<(), OpError> {
    if axis < ty.rank() { Ok(()) } else { Err(op_error!("axis {axis} does not exist in {ty}")) }
}

/// Checks that a per-channel parameter has the shape `[channels]`.
fn expect_channels(what: &str, ty: &TensorType, channels: usize) -> Result<(), OpError> {
    if ty.shape == [channels] { Ok(()) } else { Err(op_error!("{what} must have shape [{channels}], found {ty}")) }
}
