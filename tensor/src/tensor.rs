use std::convert::Infallible;

use bytes::Bytes;

use crate::tensor_type::count;
use crate::{DType, Element, TensorType};

// Files keep elements in little endian; this makes those and the ones in memory the same bytes.
const _: () = assert!(cfg!(target_endian = "little"), "edgeconv needs a little endian machine");

/// A tensor: shape and elements in row-major order, which all clones share.
#[derive(Debug, Clone, PartialEq)]
pub struct Tensor {
    ty: TensorType,
    /// Aligned for the element type; bits behind the last element are 0.
    bytes: Bytes,
}

/// The elements do not make a tensor of the wanted type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TensorError {
    /// Their number does not fit the shape.
    #[error("a tensor of shape {shape:?} needs {} elements, found {found}", count(.shape))]
    Count {
        /// The wanted shape.
        shape: Vec<usize>,
        /// The number of elements given.
        found: usize,
    },
    /// The number of bytes does not fit.
    #[error("{ty} takes {} bytes, found {found}", .ty.bytes())]
    Bytes {
        /// The wanted type.
        ty: TensorType,
        /// The number of bytes given.
        found: usize,
    },
    /// The element type has no integers.
    #[error("{0} does not hold integers")]
    NoIntegers(DType),
}

impl Tensor {
    /// A tensor of these elements.
    ///
    /// # Errors
    /// If `data` has another number of elements than `shape` says.
    pub fn new<T: Element>(shape: impl Into<Vec<usize>>, data: Vec<T>) -> Result<Self, TensorError> {
        let ty = TensorType::new(T::DTYPE, shape);
        if ty.len() != data.len() {
            return Err(TensorError::Count { shape: ty.shape, found: data.len() });
        }
        Ok(Self { ty, bytes: Bytes::from_owner(Owned(data)) })
    }

    /// A tensor of these bytes, little endian, elements of less than 8 bits packed. They are shared unless they are not aligned.
    ///
    /// # Errors
    /// If their number does not fit the type.
    pub fn from_bytes(ty: TensorType, bytes: impl Into<Bytes>) -> Result<Self, TensorError> {
        let bytes = bytes.into();
        if bytes.len() != ty.bytes() {
            return Err(TensorError::Bytes { ty, found: bytes.len() });
        }
        let bytes = match ty.dtype {
            DType::Bool => bytes.iter().map(|&byte| u8::from(byte != 0)).collect(),
            dtype if dtype.bits() < 8 => without_padding(&ty, bytes),
            dtype => aligned(bytes, dtype.bits() / 8),
        };
        Ok(Self { ty, bytes })
    }

    /// A tensor of integers, of which each keeps the bits that the element type has.
    ///
    /// # Errors
    /// If `dtype` is not a type of integers, or their number does not fit the shape.
    pub fn from_integers(
        dtype: DType,
        shape: impl Into<Vec<usize>>,
        integers: impl IntoIterator<Item = i128>,
    ) -> Result<Self, TensorError> {
        let shape = shape.into();
        match dtype {
            DType::I64 => Self::new(shape, wrapped(integers, |x| x as i64)),
            DType::I32 => Self::new(shape, wrapped(integers, |x| x as i32)),
            DType::I16 => Self::new(shape, wrapped(integers, |x| x as i16)),
            DType::I8 => Self::new(shape, wrapped(integers, |x| x as i8)),
            DType::U64 => Self::new(shape, wrapped(integers, |x| x as u64)),
            DType::U32 => Self::new(shape, wrapped(integers, |x| x as u32)),
            DType::U16 => Self::new(shape, wrapped(integers, |x| x as u16)),
            DType::U8 => Self::new(shape, wrapped(integers, |x| x as u8)),
            DType::I4 | DType::I2 | DType::U4 | DType::U2 => {
                Self::from_patterns(dtype, shape, &wrapped(integers, |x| x as u8))
            }
            _ => Err(TensorError::NoIntegers(dtype)),
        }
    }

    /// A tensor of elements of at most 8 bits, each in the lowest bits of a byte.
    pub(crate) fn from_patterns(dtype: DType, shape: Vec<usize>, patterns: &[u8]) -> Result<Self, TensorError> {
        if count(&shape) != patterns.len() {
            return Err(TensorError::Count { shape, found: patterns.len() });
        }
        let bits = dtype.bits();
        let pack = |chunk: &[u8]| {
            let mask = u8::MAX >> (8 - bits);
            chunk.iter().enumerate().fold(0, |byte, (index, &pattern)| byte | (pattern & mask) << (index * bits))
        };
        Self::from_bytes(TensorType { dtype, shape }, patterns.chunks(8 / bits).map(pack).collect::<Bytes>())
    }

    /// A tensor of 32-bit floats.
    ///
    /// # Errors
    /// If `data` has another number of elements than `shape` says.
    pub fn f32(shape: impl Into<Vec<usize>>, data: Vec<f32>) -> Result<Self, TensorError> {
        Self::new(shape, data)
    }

    /// A tensor of 64-bit integers.
    ///
    /// # Errors
    /// If `data` has another number of elements than `shape` says.
    pub fn i64(shape: impl Into<Vec<usize>>, data: Vec<i64>) -> Result<Self, TensorError> {
        Self::new(shape, data)
    }

    /// A tensor of booleans.
    ///
    /// # Errors
    /// If `data` has another number of elements than `shape` says.
    pub fn bool(shape: impl Into<Vec<usize>>, data: Vec<bool>) -> Result<Self, TensorError> {
        Self::new(shape, data)
    }

    /// A one-dimensional tensor `[len]`.
    fn row<T: Element>(data: Vec<T>) -> Self {
        Self { ty: TensorType::new(T::DTYPE, [data.len()]), bytes: Bytes::from_owner(Owned(data)) }
    }

    /// A one-dimensional float tensor `[len]`.
    pub fn vector(data: Vec<f32>) -> Self {
        Self::row(data)
    }

    /// A one-dimensional tensor of 64-bit integers `[len]`.
    pub fn indices(data: Vec<i64>) -> Self {
        Self::row(data)
    }

    /// A float scalar `[]`.
    pub fn scalar(number: f32) -> Self {
        Self::single(number)
    }

    /// A 64-bit integer scalar `[]`.
    pub fn integer(number: i64) -> Self {
        Self::single(number)
    }

    /// A scalar `[]`.
    pub fn single<T: Element>(element: T) -> Self {
        Self { ty: TensorType::new(T::DTYPE, []), bytes: Bytes::from_owner(Owned(vec![element])) }
    }

    /// Dimensions.
    pub fn shape(&self) -> &[usize] {
        &self.ty.shape
    }

    /// Element type.
    pub fn dtype(&self) -> DType {
        self.ty.dtype
    }

    /// Element type and shape.
    pub fn ty(&self) -> TensorType {
        self.ty.clone()
    }

    /// The elements, little endian, those of less than 8 bits packed; clones share them.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// Number of elements.
    pub fn len(&self) -> usize {
        self.ty.len()
    }

    /// Whether there are no elements.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The elements, if they are of this type.
    pub fn elements<T: Element>(&self) -> Option<&[T]> {
        if T::DTYPE == self.ty.dtype { self.view() } else { None }
    }

    /// The elements as ones of any type of the same size.
    pub(crate) fn view<T: Element>(&self) -> Option<&[T]> {
        // Without elements there is nothing to be aligned.
        if self.bytes.is_empty() { Some(&[]) } else { T::view(&self.bytes) }
    }

    /// The elements, if they are 32-bit floats.
    pub fn as_f32(&self) -> Option<&[f32]> {
        self.elements()
    }

    /// The elements, if they are 64-bit integers; see [`Tensor::integers`] for those of other sizes.
    pub fn as_i64(&self) -> Option<&[i64]> {
        self.elements()
    }

    /// The elements, if they are booleans.
    pub fn as_bool(&self) -> Option<&[bool]> {
        self.elements()
    }

    /// Elements of at most 8 bits, each in the lowest bits of a byte.
    pub(crate) fn patterns(&self) -> impl Iterator<Item = u8> + '_ {
        let bits = self.ty.dtype.bits().min(8);
        let mask = u8::MAX >> (8 - bits);
        let unpack = move |byte: u8| (0..8 / bits).map(move |index| byte >> (index * bits) & mask);
        self.bytes.iter().flat_map(move |&byte| unpack(byte)).take(self.len())
    }

    /// The elements at these positions (in row-major order) as a tensor of `shape`; `None` if a position does not exist or
    /// their number does not fit.
    pub fn pick(&self, shape: impl Into<Vec<usize>>, positions: impl IntoIterator<Item = usize>) -> Option<Self> {
        let shape = shape.into();
        let dtype = self.ty.dtype;
        let picked = match dtype.bits() {
            64 => self.picked::<u64>(shape, positions)?,
            32 => self.picked::<u32>(shape, positions)?,
            16 => self.picked::<u16>(shape, positions)?,
            8 => self.picked::<u8>(shape, positions)?,
            _ => {
                let patterns: Vec<_> = self.patterns().collect();
                let picked: Option<Vec<_>> = positions.into_iter().map(|at| patterns.get(at).copied()).collect();
                return Self::from_patterns(dtype, shape, &picked?).ok();
            }
        };
        Some(picked.with_dtype(dtype))
    }

    /// The same bytes as elements of another type of their size.
    pub(crate) fn with_dtype(self, dtype: DType) -> Self {
        Self { ty: TensorType { dtype, ..self.ty }, bytes: self.bytes }
    }

    /// The picked elements as integers of the same size.
    fn picked<T: Element>(&self, shape: Vec<usize>, positions: impl IntoIterator<Item = usize>) -> Option<Self> {
        let data = self.view::<T>()?;
        let mut picked = vec![];
        picked.try_reserve_exact(count(&shape)).ok()?;
        for position in positions {
            picked.push(*data.get(position)?);
        }
        Self::new(shape, picked).ok()
    }

    /// All elements of `parts`, one part after the other, as a tensor of `shape`; `None` if their types differ or their
    /// number does not fit.
    pub fn join(shape: impl Into<Vec<usize>>, parts: &[Self]) -> Option<Self> {
        let (dtype, shape) = (parts.first()?.ty.dtype, shape.into());
        if parts.iter().any(|part| part.ty.dtype != dtype) {
            return None;
        }
        if dtype.bits() < 8 {
            let patterns: Vec<_> = parts.iter().flat_map(Self::patterns).collect();
            return Self::from_patterns(dtype, shape, &patterns).ok();
        }
        let mut bytes = Vec::with_capacity(parts.iter().map(|part| part.bytes.len()).sum());
        parts.iter().for_each(|part| bytes.extend_from_slice(&part.bytes));
        Self::from_bytes(TensorType { dtype, shape }, bytes).ok()
    }

    /// One of `count` equal parts along the first axis, by its index; `None` if it can't be divided so, or has no such part.
    pub fn part(&self, index: usize, count: usize) -> Option<Self> {
        let (first, rest) = self.shape().split_first()?;
        if index >= count || first % count != 0 {
            return None;
        }
        let length = self.len() / count;
        self.pick([&[first / count], rest].concat(), index * length..(index + 1) * length)
    }

    /// Tensors of one type, one behind the other along the first axis.
    ///
    /// # Errors
    /// If there are none, if they differ in shape or type, or if several have no axis.
    pub fn stack(parts: &[Self]) -> Result<Self, String> {
        let first = parts.first().ok_or("there are no tensors")?;
        if let Some(other) = parts.iter().find(|part| part.ty != first.ty) {
            return Err(format!("their types differ: {}, {}", first.ty, other.ty));
        }
        match first.shape().split_first() {
            None if parts.len() == 1 => Ok(first.clone()),
            None => Err("they are single numbers".into()),
            Some((length, rest)) => {
                let joined = Self::join([&[length * parts.len()], rest].concat(), parts);
                joined.ok_or_else(|| "they don't fit".into())
            }
        }
    }

    /// The same elements under another shape.
    ///
    /// # Errors
    /// If the number of elements differs.
    pub fn reshape(&self, shape: impl Into<Vec<usize>>) -> Result<Self, TensorError> {
        let ty = TensorType::new(self.ty.dtype, shape);
        if ty.len() != self.len() {
            return Err(TensorError::Count { shape: ty.shape, found: self.len() });
        }
        Ok(Self { ty, bytes: self.bytes.clone() })
    }
}

/// Integers cut to the size of an element.
fn wrapped<T>(integers: impl IntoIterator<Item = i128>, cut: impl Fn(i128) -> T) -> Vec<T> {
    integers.into_iter().map(cut).collect()
}

/// Bytes that start where elements of `size` bytes may.
fn aligned(bytes: Bytes, size: usize) -> Bytes {
    if bytes.as_ptr().align_offset(size) == 0 {
        return bytes;
    }
    let copied = aligned_bytes(bytes.len(), |room| {
        room.copy_from_slice(&bytes);
        Ok::<_, Infallible>(())
    });
    copied.unwrap_or_else(|never| match never {})
}

/// So many bytes that start where elements of every type may, as `fill` writes them into zeros: [`Tensor::from_bytes`] shares them.
///
/// # Errors
/// Those of `fill`.
pub fn aligned_bytes<E>(length: usize, fill: impl FnOnce(&mut [u8]) -> Result<(), E>) -> Result<Bytes, E> {
    let mut words = vec![0_u64; length.div_ceil(8)];
    fill(&mut bytemuck::cast_slice_mut(&mut words)[..length])?;
    Ok(Bytes::from_owner(Owned(words)).slice(..length))
}

/// Bytes of packed elements, in which the bits behind the last element are 0.
fn without_padding(ty: &TensorType, bytes: Bytes) -> Bytes {
    let used = ty.len() * ty.dtype.bits() % 8;
    match bytes.split_last() {
        Some((&last, before)) if used > 0 && last >> used != 0 => {
            let last = last & (u8::MAX >> (8 - used));
            before.iter().copied().chain([last]).collect()
        }
        _ => bytes,
    }
}

/// Elements, seen as bytes.
struct Owned<T>(Vec<T>);

impl<T: Element> AsRef<[u8]> for Owned<T> {
    fn as_ref(&self) -> &[u8] {
        T::bytes(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_element_count_is_an_error() {
        let error = Tensor::f32([2, 3], vec![0.0; 5]).unwrap_err();
        assert_eq!(error.to_string(), "a tensor of shape [2, 3] needs 6 elements, found 5");
        let error = Tensor::from_bytes(TensorType::new(DType::U4, [3]), vec![0; 3]).unwrap_err();
        assert_eq!(error.to_string(), "u4[3] takes 2 bytes, found 3");
    }

    #[test]
    fn reshape_shares_the_elements() {
        let tensor = Tensor::vector(vec![1.0, 2.0]);
        let reshaped = tensor.reshape([2, 1]).unwrap();
        assert_eq!(tensor.as_f32().unwrap().as_ptr(), reshaped.as_f32().unwrap().as_ptr());
    }

    #[test]
    fn bytes_of_a_file_are_shared_where_they_are_aligned() {
        let file = Bytes::from_owner(Owned(vec![1_u32, 2, 3]));
        let ty = || TensorType::new(DType::I32, [2]);
        let shared = Tensor::from_bytes(ty(), file.slice(4..)).unwrap();
        assert_eq!(shared.bytes().as_ptr(), file[4..].as_ptr());
        let copied = Tensor::from_bytes(ty(), file.slice(1..9)).unwrap();
        assert_eq!(copied.elements::<i32>(), Some(&[0x0200_0000, 0x0300_0000][..]));
    }

    #[test]
    fn every_element_type_is_picked_and_joined() {
        for &dtype in DType::ALL {
            let bytes: Vec<u8> = (0..dtype.bytes(5)).map(|byte| (byte % 2) as u8 * 0b1001).collect();
            let tensor = Tensor::from_bytes(TensorType::new(dtype, [5]), bytes).unwrap();
            let parts = [tensor.pick([2], [0, 1]).unwrap(), tensor.pick([3], [2, 3, 4]).unwrap()];
            assert_eq!(Tensor::join([5], &parts), Some(tensor.clone()), "{dtype}");
            assert_eq!(tensor.pick([1], [5]), None);
            assert_eq!(tensor.pick([2], [0]), None);
        }
    }

    #[test]
    fn what_has_no_elements_is_seen_as_such() {
        let none = Tensor::from_bytes(TensorType::new(DType::I64, [0, 3]), Bytes::new()).unwrap();
        assert_eq!(none.as_i64(), Some(&[][..]));
        assert_eq!(none, Tensor::i64([0, 3], vec![]).unwrap());
    }

    #[test]
    fn parts_of_the_first_axis_stack_to_the_whole() {
        let floats = |shape: &[usize], data: &[f32]| Tensor::f32(shape, data.to_vec()).unwrap();
        let whole = floats(&[4, 1], &[0.0, 1.0, 2.0, 3.0]);
        assert_eq!(whole.part(1, 2), Some(floats(&[2, 1], &[2.0, 3.0])));
        for count in [1, 2, 4] {
            let parts: Vec<_> = (0..count).map(|index| whole.part(index, count).unwrap()).collect();
            assert_eq!(Tensor::stack(&parts).unwrap(), whole);
        }
        assert_eq!((whole.part(0, 3), whole.part(2, 2), whole.part(0, 0)), (None, None, None));
        assert_eq!(floats(&[], &[1.0]).part(0, 1), None);
    }

    #[test]
    fn what_differs_does_not_stack() {
        let error = |tensors: &[Tensor]| Tensor::stack(tensors).unwrap_err();
        let (one, two) = (Tensor::vector(vec![1.0]), Tensor::vector(vec![1.0; 2]));
        assert_eq!(error(&[one.clone(), two]), "their types differ: f32[1], f32[2]");
        assert_eq!(error(&[one, Tensor::indices(vec![1])]), "their types differ: f32[1], i64[1]");
        let number = Tensor::scalar(1.0);
        assert_eq!(error(&[number.clone(), number.clone()]), "they are single numbers");
        assert_eq!(Tensor::stack(std::slice::from_ref(&number)), Ok(number));
        assert_eq!(error(&[]), "there are no tensors");
    }

    #[test]
    fn padding_of_packed_elements_does_not_count() {
        let ty = || TensorType::new(DType::U4, [3]);
        let with = Tensor::from_bytes(ty(), vec![0x21, 0xf3]).unwrap();
        assert_eq!(with, Tensor::from_bytes(ty(), vec![0x21, 0x03]).unwrap());
        assert_eq!(with.patterns().collect::<Vec<_>>(), [1, 2, 3]);
    }
}
