use std::fmt;

/// Value of an operator's attribute, as ONNX files have them.
#[derive(Debug, Clone, PartialEq)]
pub enum Attribute {
    /// A boolean, in files the integer 0 or 1.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A list of integers.
    Ints(Vec<i64>),
    /// A float.
    Float(f32),
    /// A list of floats.
    Floats(Vec<f32>),
    /// A text.
    String(String),
    /// A list of texts.
    Strings(Vec<String>),
}

impl fmt::Display for Attribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(value) => write!(f, "{value}"),
            Self::Int(value) => write!(f, "{value}"),
            Self::Ints(values) => write!(f, "{values:?}"),
            Self::Float(value) => write!(f, "{value}"),
            Self::Floats(values) => write!(f, "{values:?}"),
            Self::String(value) => write!(f, "{value}"),
            Self::Strings(values) => write!(f, "{values:?}"),
        }
    }
}

macro_rules! from {
    ($($type:ty: $value:ident => $attribute:expr;)*) => {
        $(impl From<$type> for Attribute {
            fn from($value: $type) -> Self {
                $attribute
            }
        })*
    };
}

// Lengths and axes are far below 2⁶³.
from! {
    bool: value => Self::Bool(value);
    i64: value => Self::Int(value);
    usize: value => Self::Int(value as i64);
    &[usize]: values => Self::Ints(values.iter().map(|&value| value as i64).collect());
    f32: value => Self::Float(value);
    &[f32]: values => Self::Floats(values.to_vec());
    &str: value => Self::String(value.to_owned());
    String: value => Self::String(value);
}
