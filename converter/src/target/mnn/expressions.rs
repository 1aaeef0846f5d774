//! What ONNX's operators become in MNN files, for people: which ops, and how far their results may be off.

use serde::Serialize;

/// How far results may be from those of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Agreement {
    /// The same to the last bit: elements are moved, compared or counted.
    Exact,
    /// Rounding only: the same arithmetic in 32-bit floats, perhaps in another order.
    Rounding,
    /// Functions such as `exp` that MNN approximates, to about 1e-5 relative.
    Approximate,
}

use Agreement::{Approximate, Exact, Rounding};

/// What an ONNX operator becomes.
#[derive(Debug, Clone, Copy)]
pub struct Expression {
    /// Name of the operator in the ONNX specification.
    pub name: &'static str,
    /// The MNN ops that it becomes.
    pub ops: &'static str,
    /// How far results may be off.
    pub agreement: Agreement,
}

const fn of(name: &'static str, ops: &'static str, agreement: Agreement) -> Expression {
    Expression { name, ops, agreement }
}

/// All operators that [`source::onnx`](crate::source::onnx) reads, in alphabetical order.
pub const EXPRESSIONS: &[Expression] = &[
    of("Abs", "UnaryOp", Exact),
    of("Acos", "UnaryOp", Rounding),
    of("Acosh", "UnaryOp", Rounding),
    of("Add", "BinaryOp", Rounding),
    of("AffineGrid", "MatMul", Rounding),
    of("And", "BinaryOp", Exact),
    of("ArgMax", "ArgMax", Exact),
    of("ArgMin", "ArgMin", Exact),
    of("Asin", "UnaryOp", Rounding),
    of("Asinh", "UnaryOp", Rounding),
    of("Atan", "UnaryOp", Rounding),
    of("Atanh", "UnaryOp", Rounding),
    of("Attention", "MatMul, BinaryOp, Softmax", Approximate),
    of("AveragePool", "Pooling, ConvolutionDepthwise", Rounding),
    of("BatchNormalization", "Scale, or folded", Rounding),
    of("BitShift", "BinaryOp", Exact),
    of("BitwiseAnd", "BinaryOp", Exact),
    of("BitwiseNot", "BinaryOp", Exact),
    of("BitwiseOr", "BinaryOp", Exact),
    of("BitwiseXor", "BinaryOp", Exact),
    of("BlackmanWindow", "Const", Rounding),
    of("Cast", "Cast, BinaryOp", Exact),
    of("CastLike", "Cast, BinaryOp", Exact),
    of("Ceil", "UnaryOp", Exact),
    of("Celu", "BinaryOp, UnaryOp", Approximate),
    of("CenterCropPad", "Padding, StridedSlice", Exact),
    of("Clip", "ReLU6, BinaryOp", Exact),
    of("Col2Im", "ScatterNd", Rounding),
    of("Compress", "GatherV2", Exact),
    of("Concat", "Concat", Exact),
    of("ConcatFromSequence", "Concat", Exact),
    of("Constant", "Const", Exact),
    of("ConstantOfShape", "Const", Exact),
    of("Conv", "Convolution, ConvolutionDepthwise", Rounding),
    of("ConvInteger", "Convolution, BinaryOp, Cast", Rounding),
    of("ConvTranspose", "Deconvolution, DeconvolutionDepthwise", Rounding),
    of("Cos", "UnaryOp", Rounding),
    of("Cosh", "UnaryOp", Rounding),
    of("CumSum", "CumSum", Rounding),
    of("DFT", "MatMul", Rounding),
    of("DeformConv", "GridSample, Convolution", Rounding),
    of("DepthToSpace", "DepthToSpace", Exact),
    of("DequantizeLinear", "Cast, BinaryOp", Rounding),
    of("Det", "StridedSlice, BinaryOp", Rounding),
    of("Div", "BinaryOp", Rounding),
    of("Dropout", "none", Exact),
    of("DynamicQuantizeLinear", "Reduction, BinaryOp, Cast", Rounding),
    of("Einsum", "MatMul, BinaryOp, Reduction, Permute", Rounding),
    of("Elu", "BinaryOp, UnaryOp", Approximate),
    of("Equal", "BinaryOp", Exact),
    of("Erf", "UnaryOp", Rounding),
    of("Exp", "UnaryOp", Approximate),
    of("Expand", "BroadcastTo", Exact),
    of("EyeLike", "Const", Exact),
    of("Flatten", "Reshape", Exact),
    of("Floor", "UnaryOp", Exact),
    of("GRU", "MatMul, UnaryOp, BinaryOp", Approximate),
    of("Gather", "GatherV2", Exact),
    of("GatherElements", "GatherV2", Exact),
    of("GatherND", "GatherV2", Exact),
    of("Gelu", "UnaryOp, BinaryOp", Approximate),
    of("Gemm", "Convolution, MatMul, BinaryOp", Rounding),
    of("GlobalAveragePool", "Pooling, Reduction", Rounding),
    of("GlobalLpPool", "BinaryOp, Reduction", Rounding),
    of("GlobalMaxPool", "Pooling, Reduction", Exact),
    of("Greater", "BinaryOp", Exact),
    of("GreaterOrEqual", "BinaryOp", Exact),
    of("GridSample", "GridSample", Rounding),
    of("GroupNormalization", "LayerNorm, Scale", Rounding),
    of("HammingWindow", "Const", Rounding),
    of("HannWindow", "Const", Rounding),
    of("HardSigmoid", "BinaryOp, ReLU6", Rounding),
    of("HardSwish", "UnaryOp", Rounding),
    of("Hardmax", "Reduction, BinaryOp, Select", Exact),
    of("Identity", "none", Exact),
    of("If", "what the branch becomes", Exact),
    of("InstanceNormalization", "LayerNorm, Scale", Rounding),
    of("IsInf", "BinaryOp, UnaryOp", Exact),
    of("IsNaN", "BinaryOp", Exact),
    of("LRN", "Pooling, BinaryOp", Approximate),
    of("LSTM", "MatMul, UnaryOp, BinaryOp", Approximate),
    of("LayerNormalization", "LayerNorm", Rounding),
    of("LeakyRelu", "ReLU", Rounding),
    of("Less", "BinaryOp", Exact),
    of("LessOrEqual", "BinaryOp", Exact),
    of("Log", "UnaryOp", Rounding),
    of("LogSoftmax", "Reduction, BinaryOp, UnaryOp", Approximate),
    of("Loop", "what the body becomes, once per iteration", Exact),
    of("LpNormalization", "Reduction, BinaryOp, UnaryOp", Rounding),
    of("LpPool", "BinaryOp, ConvolutionDepthwise", Rounding),
    of("MatMul", "Convolution, MatMul", Rounding),
    of("MatMulInteger", "MatMul, BinaryOp, Cast", Rounding),
    of("Max", "BinaryOp", Exact),
    of("MaxPool", "Pooling", Exact),
    of("MaxUnpool", "ScatterNd", Exact),
    of("Mean", "BinaryOp", Rounding),
    of("MeanVarianceNormalization", "Reduction, BinaryOp, UnaryOp", Rounding),
    of("Min", "BinaryOp", Exact),
    of("Mish", "BinaryOp, UnaryOp", Approximate),
    of("Mod", "BinaryOp", Rounding),
    of("Mul", "BinaryOp", Rounding),
    of("Neg", "UnaryOp", Exact),
    of("NegativeLogLikelihoodLoss", "Select, Reduction", Rounding),
    of("NonMaxSuppression", "NonMaxSuppressionV2", Exact),
    of("NonZero", "Const", Exact),
    of("Not", "BinaryOp", Exact),
    of("OneHot", "BinaryOp, Select", Exact),
    of("Optional", "none", Exact),
    of("OptionalGetElement", "none", Exact),
    of("OptionalHasElement", "Const", Exact),
    of("Or", "BinaryOp", Exact),
    of("PRelu", "PReLU, ReLU, BinaryOp", Rounding),
    of("Pad", "Padding, Concat, StridedSlice, GatherV2", Exact),
    of("Pow", "BinaryOp, UnaryOp", Rounding),
    of("QLinearConv", "Convolution, BinaryOp, Cast", Rounding),
    of("QLinearMatMul", "MatMul, BinaryOp, Cast", Rounding),
    of("QuantizeLinear", "BinaryOp, ReLU6, Cast", Exact),
    of("RMSNormalization", "Reduction, BinaryOp, UnaryOp", Rounding),
    of("RNN", "MatMul, UnaryOp, BinaryOp", Approximate),
    of("Range", "Const", Exact),
    of("Reciprocal", "UnaryOp", Rounding),
    of("ReduceL1", "UnaryOp, Reduction", Rounding),
    of("ReduceL2", "BinaryOp, Reduction, UnaryOp", Rounding),
    of("ReduceLogSum", "Reduction, UnaryOp", Approximate),
    of("ReduceLogSumExp", "Reduction, BinaryOp, UnaryOp", Approximate),
    of("ReduceMax", "Reduction", Exact),
    of("ReduceMean", "Reduction, Pooling", Rounding),
    of("ReduceMin", "Reduction", Exact),
    of("ReduceProd", "Reduction", Rounding),
    of("ReduceSum", "Reduction", Rounding),
    of("ReduceSumSquare", "BinaryOp, Reduction", Rounding),
    of("Relu", "ReLU", Exact),
    of("Reshape", "Reshape", Exact),
    of("Resize", "Interp, GatherV2, MatMul", Rounding),
    of("ReverseSequence", "GatherV2", Exact),
    of("RoiAlign", "ROIAlign", Rounding),
    of("RotaryEmbedding", "BinaryOp, Concat, StridedSlice", Rounding),
    of("Round", "BinaryOp, UnaryOp, Select", Exact),
    of("STFT", "GatherV2, MatMul", Rounding),
    of("Scatter", "ScatterNd", Exact),
    of("ScatterElements", "ScatterNd, GatherV2", Rounding),
    of("ScatterND", "ScatterNd, GatherV2", Rounding),
    of("Selu", "BinaryOp, UnaryOp", Approximate),
    of("SequenceAt", "none", Exact),
    of("SequenceConstruct", "none", Exact),
    of("SequenceEmpty", "none", Exact),
    of("SequenceErase", "none", Exact),
    of("SequenceInsert", "none", Exact),
    of("SequenceLength", "Const", Exact),
    of("SequenceMap", "what the body becomes, once per element", Exact),
    of("Shape", "Const", Exact),
    of("Shrink", "BinaryOp, Select", Rounding),
    of("Sigmoid", "UnaryOp", Approximate),
    of("Sign", "UnaryOp", Exact),
    of("Sin", "UnaryOp", Rounding),
    of("Sinh", "UnaryOp", Rounding),
    of("Size", "Const", Exact),
    of("Slice", "StridedSlice, GatherV2", Exact),
    of("Softmax", "Softmax", Approximate),
    of("SoftmaxCrossEntropyLoss", "Reduction, UnaryOp, Select", Approximate),
    of("Softplus", "BinaryOp, UnaryOp", Approximate),
    of("Softsign", "UnaryOp, BinaryOp", Rounding),
    of("SpaceToDepth", "SpaceToDepth", Exact),
    of("Split", "Slice", Exact),
    of("SplitToSequence", "Slice", Exact),
    of("Sqrt", "UnaryOp", Rounding),
    of("Squeeze", "Reshape", Exact),
    of("Sub", "BinaryOp", Rounding),
    of("Sum", "BinaryOp", Rounding),
    of("Swish", "UnaryOp, BinaryOp", Approximate),
    of("Tan", "UnaryOp", Rounding),
    of("Tanh", "UnaryOp", Approximate),
    of("ThresholdedRelu", "BinaryOp, Select", Exact),
    of("Tile", "BroadcastTo", Exact),
    of("TopK", "TopKV2", Exact),
    of("Transpose", "Permute", Exact),
    of("Trilu", "Select", Exact),
    of("Unique", "Const", Exact),
    of("Unsqueeze", "Reshape", Exact),
    of("Upsample", "Interp, GatherV2, MatMul", Rounding),
    of("Where", "Select", Exact),
    of("Xor", "BinaryOp", Exact),
];

/// What an operator becomes.
pub fn expression(operator: &str) -> Option<&'static Expression> {
    EXPRESSIONS.iter().find(|expression| expression.name == operator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operator_that_is_read_is_listed() {
        let read: Vec<_> = crate::source::onnx::supported_operators().iter().map(|entry| entry.name).collect();
        assert_eq!(EXPRESSIONS.iter().map(|expression| expression.name).collect::<Vec<_>>(), read);
    }
}
