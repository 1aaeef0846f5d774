//! From ONNX's operators to the graph's; one file per family.

mod conv;
mod elementwise;
mod linear;
pub(super) mod movement;
mod norm;
mod pool;
mod reduce;
mod resize;

use super::ImportError;
use super::node::Node;

/// Adds what a node computes to the graph.
pub(super) fn import(node: &mut Node<'_, '_>) -> Result<(), ImportError> {
    match node.op_type().as_str() {
        "Identity" | "Dropout" => movement::identity(node),
        "Conv" => conv::conv(node),
        "BatchNormalization" => norm::batch_normalization(node),
        "LayerNormalization" => norm::layer_normalization(node),
        "Relu" | "Sigmoid" | "HardSwish" | "Gelu" | "Sqrt" | "Abs" | "Neg" | "Exp" | "Log" | "Tanh" | "Erf" => {
            elementwise::unary(node)
        }
        "HardSigmoid" => elementwise::hard_sigmoid(node),
        "Clip" => elementwise::clip(node),
        "Pow" => elementwise::pow(node),
        "Add" | "Sub" | "Mul" | "Div" => elementwise::binary(node),
        "Concat" => movement::concat(node),
        "Slice" => movement::slice(node),
        "Split" => movement::split(node),
        "Reshape" | "Flatten" | "Squeeze" | "Unsqueeze" => movement::reshape(node),
        "Transpose" => movement::transpose(node),
        "Gather" => movement::gather(node),
        "Expand" => movement::expand(node),
        "Gemm" => linear::gemm(node),
        "MatMul" => linear::mat_mul(node),
        "GlobalAveragePool" => pool::global_average_pool(node),
        "MaxPool" | "AveragePool" => pool::pool(node),
        "ReduceMean" => reduce::mean(node),
        "Softmax" => reduce::softmax(node),
        "Resize" => resize::resize(node),
        _ => Err(node.unsupported("there is no such operator here")),
    }
}
