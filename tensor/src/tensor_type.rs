use std::fmt;
use std::str::FromStr;

use crate::DType;

/// Element type and static shape of a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize)]
pub struct TensorType {
    /// Element type.
    pub dtype: DType,
    /// Dimensions, outermost first; `[]` is a scalar.
    pub shape: Vec<usize>,
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

    /// Number of elements; saturates at [`usize::MAX`].
    pub fn len(&self) -> usize {
        count(&self.shape)
    }

    /// Whether the tensor has no elements.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes that the elements take; saturates at [`usize::MAX`].
    pub fn bytes(&self) -> usize {
        self.dtype.bytes(self.len())
    }
}

/// Number of elements; what a broken file claims may be more than can be counted.
pub(crate) fn count(shape: &[usize]) -> usize {
    if shape.contains(&0) { 0 } else { shape.iter().fold(1, |count, &length| count.saturating_mul(length)) }
}

impl fmt::Display for TensorType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:?}", self.dtype, self.shape)
    }
}

impl FromStr for TensorType {
    type Err = String;

    /// The type that is printed like this, such as `f32[1, 3, 224, 224]`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("`{text}` is not an element type with fixed dimensions");
        let (dtype, dims) = text.strip_suffix(']').and_then(|text| text.split_once('[')).ok_or_else(wrong)?;
        let dims = dims.split(',').map(str::trim).filter(|dim| !dim.is_empty());
        let shape = dims.map(str::parse).collect::<Result<Vec<usize>, _>>().map_err(|_| wrong())?;
        Ok(Self { dtype: dtype.parse().map_err(|_| wrong())?, shape })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_read_back() {
        for &dtype in DType::ALL {
            for shape in [vec![], vec![1, 3, 224, 224]] {
                let ty = TensorType::new(dtype, shape);
                assert_eq!(ty.to_string().parse(), Ok(ty));
            }
        }
        assert!("f32[?]".parse::<TensorType>().is_err());
        assert!("f32".parse::<TensorType>().is_err());
    }

    #[test]
    fn a_count_saturates_and_an_axis_without_elements_leaves_none() {
        assert_eq!(TensorType::f32([usize::MAX, 2]).len(), usize::MAX);
        assert_eq!(TensorType::f32([usize::MAX, 2, 0]).len(), 0);
        assert_eq!(TensorType::f32([usize::MAX]).bytes(), usize::MAX);
    }
}
