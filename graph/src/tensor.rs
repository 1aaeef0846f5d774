//! Constant tensors and tensor types.

use std::fmt;
use std::sync::Arc;

/// Element type of a tensor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DType {
    /// 32-bit IEEE float.
    F32,
    /// 64-bit signed integer (shapes, indices).
    I64,
    /// Truth value (masks).
    Bool,
}

impl fmt::Display for DType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DType::F32 => "f32",
            DType::I64 => "i64",
            DType::Bool => "bool",
        })
    }
}

/// Element type and static shape of a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize)]
pub struct TensorType {
    /// Element type.
    pub dtype: DType,
    /// Dimensions, outermost first; `[]` is a scalar.
    pub shape: Vec<usize>,
}

impl std::str::FromStr for TensorType {
    type Err = String;

    /// The type that is shown like this, such as `f32[1, 3, 224, 224]`; `i32` is read as whole numbers too.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("`{text}` is no element type with fixed dimensions");
        let (dtype, dims) = text.strip_suffix(']').and_then(|text| text.split_once('[')).ok_or_else(wrong)?;
        let dtype = match dtype {
            "f32" => DType::F32,
            "i32" | "i64" => DType::I64,
            "bool" => DType::Bool,
            _ => return Err(wrong()),
        };
        let dims = dims.split(',').map(str::trim).filter(|dim| !dim.is_empty());
        let shape = dims.map(str::parse).collect::<Result<Vec<usize>, _>>().map_err(|_| wrong())?;
        Ok(Self { dtype, shape })
    }
}

impl TensorType {
    /// A tensor type.
    pub fn new(dtype: DType, shape: impl Into<Vec<usize>>) -> Self {
        Self { dtype, shape: shape.into() }
    }

    /// A float tensor of the given shape.
    pub fn f32(shape: impl Into<Vec<usize>>) -> Self {
        Self::new(DType::F32, shape)
    }

    /// Number of dimensions.
    pub fn rank(&self) -> usize {
        self.shape.len()
    }

    /// Number of elements.
    pub fn len(&self) -> usize {
        count(&self.shape)
    }

    /// Whether the tensor has no elements.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Number of elements; what a broken file claims may be more than can be counted.
fn count(shape: &[usize]) -> usize {
    shape.iter().fold(1, |count, &length| count.saturating_mul(length))
}

impl fmt::Display for TensorType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:?}", self.dtype, self.shape)
    }
}

/// Elements of a constant, shared between all graphs and files that use it.
#[derive(Debug, Clone, PartialEq)]
pub enum TensorData {
    /// 32-bit floats.
    F32(Arc<Vec<f32>>),
    /// 64-bit integers.
    I64(Arc<Vec<i64>>),
    /// Truth values.
    Bool(Arc<Vec<bool>>),
}

/// A constant: shape and elements in row-major order.
#[derive(Debug, Clone, PartialEq)]
pub struct Tensor {
    shape: Vec<usize>,
    data: TensorData,
}

/// The number of elements does not fit the shape.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a tensor of shape {shape:?} needs {} elements, found {found}", count(.shape))]
pub struct ElementCountError {
    /// The wanted shape.
    pub shape: Vec<usize>,
    /// The number of elements given.
    pub found: usize,
}

impl Tensor {
    /// A float tensor.
    ///
    /// # Errors
    /// If `data` has another number of elements than `shape` says.
    pub fn f32(shape: impl Into<Vec<usize>>, data: Vec<f32>) -> Result<Self, ElementCountError> {
        let len = data.len();
        Self::new(shape.into(), len, TensorData::F32(Arc::new(data)))
    }

    /// An integer tensor.
    ///
    /// # Errors
    /// If `data` has another number of elements than `shape` says.
    pub fn i64(shape: impl Into<Vec<usize>>, data: Vec<i64>) -> Result<Self, ElementCountError> {
        let len = data.len();
        Self::new(shape.into(), len, TensorData::I64(Arc::new(data)))
    }

    /// A tensor of truth values.
    ///
    /// # Errors
    /// If `data` has another number of elements than `shape` says.
    pub fn bool(shape: impl Into<Vec<usize>>, data: Vec<bool>) -> Result<Self, ElementCountError> {
        let len = data.len();
        Self::new(shape.into(), len, TensorData::Bool(Arc::new(data)))
    }

    fn new(shape: Vec<usize>, found: usize, data: TensorData) -> Result<Self, ElementCountError> {
        if count(&shape) != found {
            return Err(ElementCountError { shape, found });
        }
        Ok(Self { shape, data })
    }

    /// A one-dimensional float tensor `[len]`.
    pub fn vector(data: Vec<f32>) -> Self {
        Self { shape: vec![data.len()], data: TensorData::F32(Arc::new(data)) }
    }

    /// A one-dimensional integer tensor `[len]`.
    pub fn indices(data: Vec<i64>) -> Self {
        Self { shape: vec![data.len()], data: TensorData::I64(Arc::new(data)) }
    }

    /// A float scalar `[]`.
    pub fn scalar(value: f32) -> Self {
        Self { shape: vec![], data: TensorData::F32(Arc::new(vec![value])) }
    }

    /// An integer scalar `[]`.
    pub fn integer(value: i64) -> Self {
        Self { shape: vec![], data: TensorData::I64(Arc::new(vec![value])) }
    }

    /// Dimensions.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// Elements.
    pub fn data(&self) -> &TensorData {
        &self.data
    }

    /// Element type and shape.
    pub fn ty(&self) -> TensorType {
        let dtype = match self.data {
            TensorData::F32(_) => DType::F32,
            TensorData::I64(_) => DType::I64,
            TensorData::Bool(_) => DType::Bool,
        };
        TensorType { dtype, shape: self.shape.clone() }
    }

    /// The elements, if they are floats.
    pub fn as_f32(&self) -> Option<&[f32]> {
        match &self.data {
            TensorData::F32(data) => Some(data),
            TensorData::I64(_) | TensorData::Bool(_) => None,
        }
    }

    /// The elements, if they are integers.
    pub fn as_i64(&self) -> Option<&[i64]> {
        match &self.data {
            TensorData::I64(data) => Some(data),
            TensorData::F32(_) | TensorData::Bool(_) => None,
        }
    }

    /// The elements, if they are truth values.
    pub fn as_bool(&self) -> Option<&[bool]> {
        match &self.data {
            TensorData::Bool(data) => Some(data),
            TensorData::F32(_) | TensorData::I64(_) => None,
        }
    }

    /// Number of elements.
    pub fn len(&self) -> usize {
        count(&self.shape)
    }

    /// Whether there are no elements.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The elements at these positions (in row-major order) as a tensor of `shape`; `None` if a position does not exist or
    /// their number does not fit.
    pub fn pick(&self, shape: impl Into<Vec<usize>>, positions: impl IntoIterator<Item = usize>) -> Option<Self> {
        fn pick<T: Copy>(data: &[T], positions: impl IntoIterator<Item = usize>) -> Option<Vec<T>> {
            positions.into_iter().map(|position| data.get(position).copied()).collect()
        }
        let picked = match &self.data {
            TensorData::F32(data) => Self::f32(shape, pick(data, positions)?),
            TensorData::I64(data) => Self::i64(shape, pick(data, positions)?),
            TensorData::Bool(data) => Self::bool(shape, pick(data, positions)?),
        };
        picked.ok()
    }

    /// All elements of `parts`, one part after the other, as a tensor of `shape`; `None` if their types differ or their
    /// number does not fit.
    pub fn join(shape: impl Into<Vec<usize>>, parts: &[Self]) -> Option<Self> {
        fn join<'a, T: Clone + 'a>(
            parts: &'a [Tensor],
            elements: impl Fn(&'a Tensor) -> Option<&'a [T]>,
        ) -> Option<Vec<T>> {
            Some(parts.iter().map(elements).collect::<Option<Vec<_>>>()?.concat())
        }
        let joined = match parts.first()?.data {
            TensorData::F32(_) => Self::f32(shape, join(parts, Self::as_f32)?),
            TensorData::I64(_) => Self::i64(shape, join(parts, Self::as_i64)?),
            TensorData::Bool(_) => Self::bool(shape, join(parts, Self::as_bool)?),
        };
        joined.ok()
    }

    /// The same elements under another shape.
    ///
    /// # Errors
    /// If the number of elements differs.
    pub fn reshape(&self, shape: impl Into<Vec<usize>>) -> Result<Self, ElementCountError> {
        Self::new(shape.into(), self.len(), self.data.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_element_count_is_an_error() {
        let error = Tensor::f32([2, 3], vec![0.0; 5]).unwrap_err();
        assert_eq!(error.to_string(), "a tensor of shape [2, 3] needs 6 elements, found 5");
    }

    #[test]
    fn reshape_shares_the_elements() {
        let tensor = Tensor::vector(vec![1.0, 2.0]);
        let TensorData::F32(before) = tensor.data() else { panic!("not f32") };
        let reshaped = tensor.reshape([2, 1]).unwrap();
        let TensorData::F32(after) = reshaped.data() else { panic!("not f32") };
        assert!(Arc::ptr_eq(before, after));
    }
}
