//! The values of floats of 8 and 4 bits.

use crate::DType;

/// How the bits of a small float are read.
struct Format {
    mantissa: u32,
    exponent: u32,
    bias: i32,
    specials: Specials,
}

/// What the largest exponent, or a pattern instead of −0, stands for.
enum Specials {
    /// Infinities and NaNs, as IEEE 754 has them.
    Ieee,
    /// NaN where all bits but the sign are set.
    AllSet,
    /// NaN instead of −0.
    NegativeZero,
    /// None.
    None,
}

/// The format of a type that this module reads.
fn format(dtype: DType) -> Option<Format> {
    let format = |exponent, mantissa, bias, specials| Some(Format { mantissa, exponent, bias, specials });
    match dtype {
        DType::F8E4M3FN => format(4, 3, 7, Specials::AllSet),
        DType::F8E4M3FNUZ => format(4, 3, 8, Specials::NegativeZero),
        DType::F8E5M2 => format(5, 2, 15, Specials::Ieee),
        DType::F8E5M2FNUZ => format(5, 2, 16, Specials::NegativeZero),
        DType::F4E2M1 => format(2, 1, 1, Specials::None),
        _ => None,
    }
}

/// The number that these bits of a float of at most 8 bits stand for; `None` for other types.
pub(crate) fn read(dtype: DType, bits: u8) -> Option<f32> {
    if dtype == DType::F8E8M0 {
        return Some(if bits == u8::MAX { f32::NAN } else { (f64::from(bits) - 127.0).exp2() as f32 });
    }
    let format = format(dtype)?;
    let (mantissa_bits, exponent_bits) = (format.mantissa, format.exponent);
    let mantissa = u32::from(bits) & ((1 << mantissa_bits) - 1);
    let largest = (1 << exponent_bits) - 1;
    let exponent = (u32::from(bits) >> mantissa_bits) & largest;
    let negative = bits >> (mantissa_bits + exponent_bits) & 1 == 1;
    let sign = if negative { -1.0 } else { 1.0 };
    let all_set = exponent == largest && mantissa == (1 << mantissa_bits) - 1;
    Some(match format.specials {
        Specials::Ieee if exponent == largest && mantissa == 0 => sign * f32::INFINITY,
        Specials::Ieee if exponent == largest => f32::NAN,
        Specials::AllSet if all_set => f32::NAN,
        Specials::NegativeZero if negative && exponent == 0 && mantissa == 0 => f32::NAN,
        _ => {
            let fraction = mantissa as f32 / (1 << mantissa_bits) as f32;
            let (whole, power) = if exponent == 0 { (0.0, 1) } else { (1.0, exponent as i32) };
            sign * (whole + fraction) * ((power - format.bias) as f32).exp2()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_those_of_the_specification() {
        for (dtype, bits, number) in [
            (DType::F8E4M3FN, 0x7e, 448.0),
            (DType::F8E4M3FN, 0x01, 0.001_953_125),
            (DType::F8E4M3FNUZ, 0x7f, 240.0),
            (DType::F8E5M2, 0x7b, 57344.0),
            (DType::F8E5M2, 0xfc, f32::NEG_INFINITY),
            (DType::F8E5M2FNUZ, 0x7f, 57344.0),
            (DType::F8E8M0, 0x80, 2.0),
            (DType::F4E2M1, 0x7, 6.0),
            (DType::F4E2M1, 0x9, -0.5),
        ] {
            assert_eq!(read(dtype, bits), Some(number), "{dtype} {bits:#x}");
        }
        for (dtype, bits) in [
            (DType::F8E4M3FN, 0xff),
            (DType::F8E4M3FNUZ, 0x80),
            (DType::F8E5M2, 0x7d),
            (DType::F8E5M2FNUZ, 0x80),
            (DType::F8E8M0, 0xff),
        ] {
            assert!(read(dtype, bits).is_some_and(f32::is_nan), "{dtype} {bits:#x}");
        }
        assert_eq!(read(DType::F32, 0), None);
    }
}
