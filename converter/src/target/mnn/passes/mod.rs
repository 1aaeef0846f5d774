//! Passes that pay on MNN only, one file each.

mod block_for_cache;
mod gelu_by_sigmoid;
mod gelu_by_tanh;
mod gemm_to_conv;
mod grouped_conv_to_depthwise;
mod hard_sigmoid_into_conv;
mod integers;
mod keep_integers;
mod lower_circular_conv;
mod mat_mul_to_conv;
mod merge_reshapes;
mod quantize_in_floats;
mod unary_before_reshape;
mod wrap_integers;

pub use block_for_cache::BlockForCache;
pub use gelu_by_sigmoid::GeluBySigmoid;
pub use gelu_by_tanh::GeluByTanh;
pub use gemm_to_conv::GemmToConv;
pub use grouped_conv_to_depthwise::GroupedConvToDepthwise;
pub use hard_sigmoid_into_conv::HardSigmoidIntoConv;
pub use keep_integers::KeepIntegers;
pub use lower_circular_conv::{LOWERINGS, LowerCircularConv, Lowering};
pub use mat_mul_to_conv::MatMulToConv;
pub use merge_reshapes::MergeReshapes;
pub use quantize_in_floats::QuantizeInFloats;
pub use unary_before_reshape::UnaryBeforeReshape;
pub use wrap_integers::WrapIntegers;
