use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

macro_rules! dtypes {
    ($($(#[$doc:meta])* $variant:ident, $name:literal, $bits:literal;)*) => {
        /// Element type of a tensor: every one of ONNX but strings and complex numbers.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum DType { $($(#[$doc])* $variant,)* }

        impl DType {
            /// Every element type.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// How it is printed.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Size of an element in bits. Elements of less than 8 bits are packed, the first one in the lowest bits of a byte.
            pub const fn bits(self) -> usize {
                match self { $(Self::$variant => $bits,)* }
            }
        }
    };
}

dtypes! {
    /// 32-bit IEEE float.
    F32, "f32", 32;
    /// 64-bit IEEE float.
    F64, "f64", 64;
    /// 16-bit IEEE float.
    F16, "f16", 16;
    /// 16-bit float with the exponent of a 32-bit one.
    BF16, "bf16", 16;
    /// 8-bit float: 4 bits of exponent, 3 of mantissa, no infinities.
    F8E4M3FN, "f8e4m3fn", 8;
    /// The same without negative zero.
    F8E4M3FNUZ, "f8e4m3fnuz", 8;
    /// 8-bit float: 5 bits of exponent, 2 of mantissa.
    F8E5M2, "f8e5m2", 8;
    /// The same without infinities and negative zero.
    F8E5M2FNUZ, "f8e5m2fnuz", 8;
    /// Power of two, for scales: 8 bits of exponent.
    F8E8M0, "f8e8m0", 8;
    /// 4-bit float: 2 bits of exponent, 1 of mantissa.
    F4E2M1, "f4e2m1", 4;
    /// 64-bit signed integer (shapes, indices).
    I64, "i64", 64;
    /// 32-bit signed integer.
    I32, "i32", 32;
    /// 16-bit signed integer.
    I16, "i16", 16;
    /// 8-bit signed integer.
    I8, "i8", 8;
    /// 4-bit signed integer.
    I4, "i4", 4;
    /// 2-bit signed integer.
    I2, "i2", 2;
    /// 64-bit unsigned integer.
    U64, "u64", 64;
    /// 32-bit unsigned integer.
    U32, "u32", 32;
    /// 16-bit unsigned integer.
    U16, "u16", 16;
    /// 8-bit unsigned integer.
    U8, "u8", 8;
    /// 4-bit unsigned integer.
    U4, "u4", 4;
    /// 2-bit unsigned integer.
    U2, "u2", 2;
    /// Boolean (masks), one byte that is 0 or 1.
    Bool, "bool", 8;
}

impl DType {
    /// Whether the elements are floats of any size.
    pub const fn is_float(self) -> bool {
        !self.is_integer() && !matches!(self, Self::Bool)
    }

    /// Whether the elements are integers of any size, with or without sign.
    pub const fn is_integer(self) -> bool {
        self.is_signed_integer() || matches!(self, Self::U64 | Self::U32 | Self::U16 | Self::U8 | Self::U4 | Self::U2)
    }

    const fn is_signed_integer(self) -> bool {
        matches!(self, Self::I64 | Self::I32 | Self::I16 | Self::I8 | Self::I4 | Self::I2)
    }

    /// The integers that fit; `None` for other elements.
    pub fn range(self) -> Option<RangeInclusive<i128>> {
        let bits = self.bits() as u32;
        match self.is_integer() {
            true if self.is_signed_integer() => Some(-(1 << (bits - 1))..=(1 << (bits - 1)) - 1),
            true => Some(0..=(1 << bits) - 1),
            false => None,
        }
    }

    /// What integers of this type keep of one that may not fit: its lowest bits.
    pub fn wrap(self, integer: i128) -> i128 {
        match self.range() {
            Some(range) => (integer - range.start()).rem_euclid(1 << self.bits()) + range.start(),
            None => integer,
        }
    }

    /// Bytes that so many elements take; saturates at [`usize::MAX`].
    pub const fn bytes(self, elements: usize) -> usize {
        match self.bits() {
            bits @ 8.. => elements.saturating_mul(bits / 8),
            bits => elements.div_ceil(8 / bits),
        }
    }
}

impl fmt::Display for DType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for DType {
    type Err = String;

    /// The type that is printed like this.
    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL.iter().copied().find(|dtype| dtype.name() == name);
        found.ok_or_else(|| format!("there is no element type `{name}`"))
    }
}

impl serde::Serialize for DType {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for &dtype in DType::ALL {
            assert_eq!(dtype.to_string().parse(), Ok(dtype));
        }
        assert_eq!("f31".parse::<DType>().unwrap_err(), "there is no element type `f31`");
    }

    #[test]
    fn integers_wrap_around() {
        assert_eq!(DType::U8.wrap(300), 44);
        assert_eq!(DType::I8.wrap(128), -128);
        assert_eq!(DType::I4.wrap(-9), 7);
        assert_eq!(DType::U2.wrap(-1), 3);
        assert_eq!(DType::U64.wrap(-1), u64::MAX.into());
        assert_eq!(DType::I64.wrap(1 << 63), i64::MIN.into());
    }

    #[test]
    fn small_elements_are_packed() {
        assert_eq!((DType::U4.bytes(3), DType::I2.bytes(5), DType::F32.bytes(3)), (2, 2, 12));
        assert_eq!(DType::F64.bytes(usize::MAX), usize::MAX);
    }
}
