use edgeconv_tensor::DType;

/// An input or output of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TensorInfo {
    /// Name.
    pub name: String,
    /// Element type: 32-bit floats or integers, since MNN has neither 64-bit integers nor booleans; `None` if this crate does not
    /// read it.
    pub dtype: Option<DType>,
    /// Shape, in NCHW order for models that come from ONNX; 0 stands for what is known only after a resize.
    pub shape: Vec<usize>,
}
