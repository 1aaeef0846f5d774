use half::slice::{HalfBitsSliceExt, HalfFloatSliceExt};
use half::{bf16, f16};

use crate::DType;

/// A Rust type that elements of a tensor can be seen as.
pub trait Element: Copy + Send + Sync + 'static {
    /// The element type that it is.
    const DTYPE: DType;

    /// Bytes of a tensor as elements; `None` if they aren't some.
    fn view(bytes: &[u8]) -> Option<&[Self]>;

    /// Elements as bytes of a tensor.
    fn bytes(elements: &[Self]) -> &[u8];
}

macro_rules! element {
    ($element:ty, $dtype:ident, $view:ident => $viewed:expr, $elements:ident => $bytes:expr) => {
        impl Element for $element {
            const DTYPE: DType = DType::$dtype;

            fn view($view: &[u8]) -> Option<&[Self]> {
                $viewed
            }

            fn bytes($elements: &[Self]) -> &[u8] {
                $bytes
            }
        }
    };
    ($($element:ty: $dtype:ident),*) => {
        $(element!($element, $dtype, b => bytemuck::try_cast_slice(b).ok(), x => bytemuck::cast_slice(x));)*
    };
}

element!(f32: F32, f64: F64, i64: I64, i32: I32, i16: I16, i8: I8, u64: U64, u32: U32, u16: U16, u8: U8);
element!(bool, Bool, b => bytemuck::checked::try_cast_slice(b).ok(), x => bytemuck::cast_slice(x));
element!(f16, F16, b => Some(u16::view(b)?.reinterpret_cast()), x => u16::bytes(x.reinterpret_cast()));
element!(bf16, BF16, b => Some(u16::view(b)?.reinterpret_cast()), x => u16::bytes(x.reinterpret_cast()));
