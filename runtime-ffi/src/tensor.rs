//! Tensors outside of MNN.

/// Element type of a tensor. MNN has no 64-bit integers and no booleans: both are `I32`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ElementType {
    /// 32-bit float.
    F32,
    /// 32-bit integer.
    I32,
}

/// An input or output of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TensorInfo {
    /// Name.
    pub name: String,
    /// Element type; `None` if this crate does not read it.
    pub element: Option<ElementType>,
    /// Shape, in NCHW order for models that come from ONNX; 0 stands for what is known only after a resize.
    pub shape: Vec<usize>,
}

/// Elements in row-major order.
#[derive(Debug, Clone, PartialEq)]
pub enum TensorData {
    /// 32-bit floats.
    F32(Vec<f32>),
    /// 32-bit integers.
    I32(Vec<i32>),
}

/// Shape and elements.
#[derive(Debug, Clone, PartialEq)]
pub struct Tensor {
    /// Shape, in NCHW order for models that come from ONNX.
    pub shape: Vec<usize>,
    /// Elements.
    pub data: TensorData,
}

impl TensorData {
    /// Number of elements.
    pub fn len(&self) -> usize {
        match self {
            Self::F32(data) => data.len(),
            Self::I32(data) => data.len(),
        }
    }

    /// Whether there are no elements.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Type of the elements.
    pub fn element(&self) -> ElementType {
        match self {
            Self::F32(_) => ElementType::F32,
            Self::I32(_) => ElementType::I32,
        }
    }
}
