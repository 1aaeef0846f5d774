//! Elements of one type as ones of another.

use std::borrow::Cow;

use half::{bf16, f16};

use crate::{DType, Element, Tensor, small_float};

impl Tensor {
    /// The elements as integers; `None` if they are not integers.
    pub fn integers(&self) -> Option<Box<dyn Iterator<Item = i128> + '_>> {
        let dtype = self.dtype();
        match dtype {
            DType::I64 => self.each::<i64>(),
            DType::I32 => self.each::<i32>(),
            DType::I16 => self.each::<i16>(),
            DType::I8 => self.each::<i8>(),
            DType::U64 => self.each::<u64>(),
            DType::U32 => self.each::<u32>(),
            DType::U16 => self.each::<u16>(),
            DType::U8 => self.each::<u8>(),
            DType::I4 | DType::I2 | DType::U4 | DType::U2 => {
                Some(Box::new(self.patterns().map(move |pattern| dtype.wrap(pattern.into()))))
            }
            _ => None,
        }
    }

    fn each<T: Element + Into<i128>>(&self) -> Option<Box<dyn Iterator<Item = i128> + '_>> {
        Some(Box::new(self.elements::<T>()?.iter().map(|&x| x.into())))
    }

    /// The elements as 64-bit integers; `None` if they are not integers, or one of them does not fit.
    pub fn to_i64(&self) -> Option<Cow<'_, [i64]>> {
        match self.as_i64() {
            Some(same) => Some(same.into()),
            None => self.integers()?.map(|x| x.try_into().ok()).collect(),
        }
    }

    /// The elements as 64-bit floats, booleans as 0 and 1. Only integers of 64 bits may be rounded.
    pub fn numbers(&self) -> Box<dyn Iterator<Item = f64> + '_> {
        let dtype = self.dtype();
        match dtype {
            DType::F64 => self.floats(|x: f64| x),
            DType::F32 => self.floats(|x: f32| x.into()),
            DType::F16 => self.floats(f16::to_f64),
            DType::BF16 => self.floats(bf16::to_f64),
            DType::Bool => Box::new(self.bytes().iter().map(|&byte| byte.into())),
            _ => match self.integers() {
                Some(integers) => Box::new(integers.map(|x| x as f64)),
                None => {
                    // All types but the small floats are above.
                    Box::new(self.patterns().map(move |bits| small_float::read(dtype, bits).unwrap_or(f32::NAN).into()))
                }
            },
        }
    }

    fn floats<T: Element>(&self, widen: fn(T) -> f64) -> Box<dyn Iterator<Item = f64> + '_> {
        Box::new(self.elements::<T>().unwrap_or_default().iter().map(move |&x| widen(x)))
    }

    /// The elements as ones of another type, as ONNX's `Cast` has it: floats lose their fraction, and integers that don't fit their
    /// highest bits, as ONNX Runtime also has it for floats that don't fit; anything but 0 is true. `None` for floats of less than 16
    /// bits, which nothing is rounded to.
    pub fn cast(&self, to: DType) -> Option<Self> {
        let shape = self.shape();
        if self.dtype() == to {
            return Some(self.clone());
        }
        let cast = match to {
            DType::F32 => match self.integers() {
                // Not over 64-bit floats, which would round twice.
                Some(integers) => Self::new(shape, integers.map(|x| x as f32).collect()),
                None => Self::new(shape, self.numbers().map(|x| x as f32).collect()),
            },
            DType::F64 => Self::new(shape, self.numbers().collect()),
            DType::F16 => Self::new(shape, self.numbers().map(f16::from_f64).collect()),
            DType::BF16 => Self::new(shape, self.numbers().map(bf16::from_f64).collect()),
            DType::Bool => Self::new(shape, self.numbers().map(|x| x != 0.0).collect()),
            _ => match self.integers() {
                Some(integers) => Self::from_integers(to, shape, integers),
                None => Self::from_integers(to, shape, self.numbers().map(|x| truncated(x, to))),
            },
        };
        cast.ok()
    }

    /// The same numbers as another element type: integers and booleans as ones of any size; `None` if some do not fit, or for floats.
    pub fn converted(&self, to: DType) -> Option<Self> {
        if self.dtype() == to {
            return Some(self.clone());
        }
        let converts = |dtype: DType| dtype.is_integer() || dtype == DType::Bool;
        let cast = self.cast(to).filter(|_| converts(self.dtype()) && converts(to))?;
        // What is not 0 stands for true.
        let same = to == DType::Bool || cast.integers().zip(self.integers()).is_none_or(|(to, from)| to.eq(from));
        same.then_some(cast)
    }
}

/// A float without its fraction, among the integers that a cast to `to` can start from.
fn truncated(x: f64, to: DType) -> i128 {
    let limits = if to == DType::U64 { DType::U64 } else { DType::I64 };
    match limits.range() {
        Some(range) => (x as i128).clamp(*range.start(), *range.end()),
        None => x as i128,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TensorType;

    fn cast(from: &Tensor, to: DType) -> Vec<f64> {
        from.cast(to).unwrap().numbers().collect()
    }

    #[test]
    fn casts_follow_onnx() {
        let floats = Tensor::vector(vec![-1.5, 0.0, 300.7]);
        assert_eq!(cast(&floats, DType::I32), [-1.0, 0.0, 300.0]);
        assert_eq!(cast(&floats, DType::U8), [255.0, 0.0, 44.0]);
        assert_eq!(cast(&floats, DType::I4), [-1.0, 0.0, -4.0]);
        assert_eq!(cast(&floats, DType::U2), [3.0, 0.0, 0.0]);
        assert_eq!(cast(&floats, DType::Bool), [1.0, 0.0, 1.0]);
        assert_eq!(cast(&floats, DType::BF16), [-1.5, 0.0, 300.0]);
        let integers = Tensor::indices(vec![-1, 255, 1 << 40]);
        assert_eq!(cast(&integers, DType::I8), [-1.0, -1.0, 0.0]);
        assert_eq!(cast(&integers, DType::U16), [65535.0, 255.0, 0.0]);
        assert_eq!(floats.cast(DType::F8E5M2), None);
    }

    #[test]
    fn conversion_keeps_numbers() {
        let integers = Tensor::indices(vec![0, 200]);
        assert_eq!(integers.converted(DType::U8), Some(Tensor::new([2], vec![0_u8, 200]).unwrap()));
        assert_eq!(integers.converted(DType::I8), None);
        assert_eq!(integers.converted(DType::Bool), Some(Tensor::bool([2], vec![false, true]).unwrap()));
        assert_eq!(integers.converted(DType::F32), None);
        let booleans = Tensor::bool([1], vec![true]).unwrap();
        assert_eq!(booleans.converted(DType::I32), Some(Tensor::new([1], vec![1_i32]).unwrap()));
    }

    #[test]
    fn every_element_type_has_numbers() {
        for &dtype in DType::ALL {
            let bytes = vec![1; dtype.bytes(8)];
            let tensor = Tensor::from_bytes(TensorType::new(dtype, [8]), bytes).unwrap();
            assert_eq!(tensor.numbers().count(), 8, "{dtype}");
            assert!(tensor.numbers().all(f64::is_finite), "{dtype}");
            assert_eq!(tensor.integers().is_some(), dtype.is_integer(), "{dtype}");
        }
    }

    #[test]
    fn integers_keep_their_bits() {
        for &dtype in DType::ALL.iter().filter(|dtype| dtype.is_integer()) {
            let range = dtype.range().unwrap();
            let ends = [*range.start(), *range.end(), range.end() + 1];
            let tensor = Tensor::from_integers(dtype, [3], ends).unwrap();
            let found: Vec<_> = tensor.integers().unwrap().collect();
            assert_eq!(found, [*range.start(), *range.end(), *range.start()], "{dtype}");
        }
        assert_eq!(Tensor::single(u64::MAX).to_i64(), None);
        assert_eq!(Tensor::single(7_u8).to_i64().as_deref(), Some(&[7][..]));
    }
}
