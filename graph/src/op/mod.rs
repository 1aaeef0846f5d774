//! Operators: their attributes, shape inference, cost, and evaluation on constants.
//!
//! Names, attributes and semantics are those of the ONNX operator specification. Two operators are added:
//! [`CircularConv`] (the paper's global circular convolution, section 3.1) and [`Unary::Silu`] (ONNX has it from
//! opset 24 on, as `Swish`). One file holds one family. What only one target or program has is a [`Custom`] operator.

mod activation;
mod along_axis;
mod attribute;
mod cast;
mod circular_conv;
mod conv;
mod conv_transpose;
mod custom;
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
mod quantize;
mod recurrent;
mod reduce;
mod resize;
mod sample;
mod softmax;
mod unary;

pub use activation::{Elu, LeakyRelu, PRelu};
pub use along_axis::{Arg, CumSum, TopK};
pub use attribute::Attribute;
pub use cast::Cast;
pub use circular_conv::CircularConv;
pub use conv::Conv;
pub use conv_transpose::ConvTranspose;
pub use custom::Custom;
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
pub use quantize::{DequantizeLinear, QuantizeLinear};
pub use recurrent::{Recurrent, RecurrentActivation, RecurrentCell, RecurrentDirection, RecurrentOperand};
pub use reduce::{Reduce, ReduceKind};
pub use resize::{Coordinates, Resize, ResizeMode, Rounding, Taps};
pub use sample::{GridPadding, GridSample, RoiAlign};
pub use softmax::Softmax;
pub use unary::{Clip, Unary};

use std::any::Any;

use edgeconv_files::name::escaped;
use edgeconv_tensor::{DType, Tensor, TensorType};

/// Why an operator can't be applied to its inputs; the graph adds the node's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", escaped(.0))]
pub struct OpError(pub String);

macro_rules! op_error {
    ($($arg:tt)*) => { $crate::op::OpError(format!($($arg)*)) };
}
pub(crate) use op_error;

/// How an operator computes its results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// It has one operand, and computes each element of its result from the same element of that, wherever it stands: passes may
    /// change the shape and the order of the elements around it.
    Elementwise,
    /// It adds up products, or rounds otherwise more than once per element: results behind it may be further off.
    Accumulates,
    /// Otherwise.
    Other,
}

/// What every operator can tell about itself.
pub trait Operator: Any {
    /// The operator's name, as in the ONNX specification.
    fn name(&self) -> &'static str;

    /// How it computes its results. A new operator has to say: passes and tolerances depend on it.
    fn work(&self) -> Work;

    /// Attributes in the order of the specification.
    fn attributes(&self) -> Vec<(&'static str, Attribute)> {
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

/// Generates [`Op`] from the list of operators: its variants, the way to what they hold, and an example of each.
macro_rules! operators {
    ($($name:ident => $examples:expr,)*) => {
        /// An operator with its attributes.
        #[derive(Debug, Clone, PartialEq)]
        #[allow(missing_docs)] // each variant is documented at its type
        pub enum Op {
            $($name($name),)*
            Custom(Custom),
        }

        impl Op {
            /// The operator behind the variant.
            pub fn operator(&self) -> &dyn Operator {
                match self {
                    $(Op::$name(op) => op,)*
                    Op::Custom(op) => op.operator(),
                }
            }

            /// Examples of every operator but custom ones, for tests that are about each of them: one or more of a variant,
            /// with all names that it has.
            pub fn examples() -> Vec<Op> {
                let mut examples = vec![];
                $(examples.extend($examples.into_iter().map(Op::$name));)*
                examples
            }
        }

        $(impl From<$name> for Op {
            fn from(op: $name) -> Self {
                Op::$name(op)
            }
        })*

        impl From<Custom> for Op {
            fn from(op: Custom) -> Self {
                Op::Custom(op)
            }
        }

        /// Calls a macro with the names of all operators but custom ones, so that a target can implement a trait of its own for each
        /// of them, and the compiler names a new one for which it is missing.
        #[macro_export]
        macro_rules! for_each_operator {
            ($each:ident) => {
                $each! { $($name)* }
            };
        }
    };
}

// Every operator, with examples of it. A new one needs its file, and a line here.
operators! {
    Arg => [true, false].map(|largest| Arg { largest, axis: 1 }),
    BatchNormalization => [BatchNormalization { epsilon: 1e-5 }],
    Binary => Binary::ALL.iter().copied(),
    Cast => [Cast { to: DType::I64 }],
    CircularConv => [CircularConv { axis: 2, group: 1 }],
    Clip => [Clip { min: 0.0, max: 6.0 }],
    Concat => [Concat { axis: 1 }],
    Conv => [Conv::pointwise()],
    ConvTranspose => [ConvTranspose::pointwise()],
    CumSum => [CumSum { axis: 1, exclusive: false, reverse: false }],
    DequantizeLinear => [DequantizeLinear { axis: 1, block_size: 0 }],
    DepthToSpace => [DepthToSpace { block: 2, order: DepthOrder::BlocksFirst }],
    Dropout => [Dropout { ratio: 0.5, unit: DropoutUnit::Element }],
    Elu => [Elu { alpha: 1.0 }],
    Expand => [Expand { shape: vec![1, 2] }],
    Flatten => [Flatten { axis: 1 }],
    Gather => [Gather { axis: 1 }],
    Gemm => [Gemm],
    GlobalAveragePool => [GlobalAveragePool],
    GridSample => [GridSample { linear: true, padding: GridPadding::Zeros, align_corners: false }],
    LayerNormalization => [LayerNormalization { epsilon: 1e-5 }],
    LeakyRelu => [LeakyRelu { alpha: 0.01 }],
    MatMul => [MatMul],
    NonMaxSuppression => [NonMaxSuppression { max_boxes: 1, iou_threshold: 0.5, score_threshold: 0.5 }],
    PRelu => [PRelu],
    Pad => [Pad { mode: PadMode::Constant(0.0), pads: vec![[1, 1]] }],
    Pool => [PoolKind::Max, PoolKind::Average].map(|kind| Pool { kind, kernel: [2; 2], strides: [2; 2], pads: [0; 4] }),
    QuantizeLinear => [QuantizeLinear { to: DType::U8, axis: 1, block_size: 0 }],
    Recurrent => [
        RecurrentCell::Rnn,
        RecurrentCell::Gru { linear_before_reset: false },
        RecurrentCell::Lstm { input_forget: false },
    ]
    .map(|cell| Recurrent::new(cell, RecurrentDirection::Forward, 1)),
    Reduce => ReduceKind::ALL.iter().map(|&kind| Reduce { kind, axes: vec![1] }),
    Reshape => [Reshape { shape: vec![1] }],
    Resize => [Resize::linear(Coordinates::HalfPixel, vec![1, 1, 2, 2])],
    RoiAlign => [RoiAlign { size: [2; 2], sampling_ratio: 0, spatial_scale: 1.0, half_pixel: true }],
    ScatterNd => [ScatterNd { reduction: ScatterReduction::None }],
    Slice => [Slice { axis: 1, start: 0, end: 1, step: 1 }],
    Softmax => [Softmax { axis: 1 }],
    SpaceToDepth => [SpaceToDepth { block: 2 }],
    Split => [Split { axis: 1, sizes: vec![1, 1] }],
    TopK => [TopK { k: 1, axis: 1, largest: true }],
    Transpose => [Transpose { perm: vec![1, 0] }],
    Unary => Unary::ALL.iter().copied(),
    Where => [Where],
}

/// Declares an enum together with a list of all its variants.
macro_rules! variants {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$doc:meta])* $variant:ident,)* }) => {
        $(#[$meta])*
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// Every variant.
            pub const ALL: &[Self] = &[$(Self::$variant),*];
        }
    };
}
use variants;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_differ() {
        let examples = Op::examples();
        for (index, op) in examples.iter().enumerate() {
            assert!(!examples[..index].contains(op), "{op:?} is there twice");
        }
    }
}
