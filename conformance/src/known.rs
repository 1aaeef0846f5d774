//! Cases whose expected results are not those of the specification.

/// Name of the case, and what is wrong with it.
const KNOWN: &[(&str, &str)] = &[
    ("qlinearmatmul_2D_int8_float16", WRAPS),
    ("qlinearmatmul_2D_int8_float32", WRAPS),
    ("qlinearmatmul_3D_int8_float16", WRAPS),
    ("qlinearmatmul_3D_int8_float32", WRAPS),
];

const WRAPS: &str =
    "expects that -236 becomes 20 in 8 bits, where the specification says that results saturate, so -128";

/// What is wrong with a case, if anything is.
pub fn known_difference(name: &str) -> Option<&'static str> {
    KNOWN.iter().find(|(case, _)| *case == name).map(|&(_, reason)| reason)
}
