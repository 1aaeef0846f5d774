//! ONNX's numbers for element types.

use edgeconv_graph::DType;

use crate::proto::tensor_proto::DataType;

/// Element types by their numbers in the specification (`TensorProto.DataType`), which is ahead of the messages here.
const NUMBERS: [(i32, DType); 23] = [
    (1, DType::F32),
    (2, DType::U8),
    (3, DType::I8),
    (4, DType::U16),
    (5, DType::I16),
    (6, DType::I32),
    (7, DType::I64),
    (9, DType::Bool),
    (10, DType::F16),
    (11, DType::F64),
    (12, DType::U32),
    (13, DType::U64),
    (16, DType::BF16),
    (17, DType::F8E4M3FN),
    (18, DType::F8E4M3FNUZ),
    (19, DType::F8E5M2),
    (20, DType::F8E5M2FNUZ),
    (21, DType::U4),
    (22, DType::I4),
    (23, DType::F4E2M1),
    (24, DType::F8E8M0),
    (25, DType::U2),
    (26, DType::I2),
];

/// The number of an element type.
pub(crate) fn number(dtype: DType) -> i32 {
    NUMBERS.into_iter().find(|&(_, other)| other == dtype).map_or(0, |(number, _)| number)
}

/// The element type that has a number; the error says what the number stands for.
pub(crate) fn dtype(number: i32) -> Result<DType, String> {
    let found = NUMBERS.into_iter().find(|&(other, _)| other == number).map(|(_, dtype)| dtype);
    found.ok_or_else(|| match DataType::try_from(number) {
        Ok(other) => format!("elements of type {} are not supported", other.as_str_name()),
        Err(_) => format!("element type {number} is unknown"),
    })
}

/// The first operator set in which operators have an element type.
pub(crate) fn since(dtype: DType) -> i64 {
    match dtype {
        DType::F8E4M3FN | DType::F8E4M3FNUZ | DType::F8E5M2 | DType::F8E5M2FNUZ => 19,
        DType::U4 | DType::I4 => 21,
        DType::F4E2M1 => 23,
        DType::F8E8M0 => 24,
        DType::U2 | DType::I2 => 25,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_type_has_a_number() {
        for &ty in DType::ALL {
            assert_eq!(dtype(number(ty)), Ok(ty));
        }
        assert_eq!(dtype(8).unwrap_err(), "elements of type STRING are not supported");
        assert_eq!(dtype(99).unwrap_err(), "element type 99 is unknown");
    }
}
