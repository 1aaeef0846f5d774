//! Cases whose expected results are not those of the specification.

/// Names of cases, and what is wrong with them.
const KNOWN: &[(&[&str], &str)] = &[
    (
        &[
            "qlinearmatmul_2D_int8_float16",
            "qlinearmatmul_2D_int8_float32",
            "qlinearmatmul_3D_int8_float16",
            "qlinearmatmul_3D_int8_float32",
        ],
        "expects that -236 becomes 20 in 8 bits, where the specification says that results saturate, so -128",
    ),
    (
        &["maxunpool_export_with_output_shape"],
        "expects that indices count in the map that the windows reach, where ONNX Runtime and PyTorch count in `output_shape`",
    ),
    (
        &["cast_FLOAT16_to_INT4", "cast_FLOAT16_to_UINT4", "cast_FLOAT_to_INT4", "cast_FLOAT_to_UINT4"],
        "expects that floats which don't fit saturate, where the specification leaves that open; ONNX's newer case and ONNX Runtime wrap",
    ),
    (
        &[
            "attention_3d_with_past_and_present_qk_matmul_softcap",
            "attention_4d_with_past_and_present_qk_matmul_bias",
            "attention_4d_with_qk_matmul_bias",
            "attention_4d_with_qk_matmul_softcap",
        ],
        "expects the mask before soft capping; ONNX corrected that later, and its newer case passes",
    ),
    (
        &[
            "attention_3d",
            "attention_3d_attn_mask",
            "attention_3d_causal",
            "attention_3d_diff_heads_sizes",
            "attention_3d_diff_heads_sizes_attn_mask",
            "attention_3d_diff_heads_sizes_causal",
            "attention_3d_diff_heads_sizes_scaled",
            "attention_3d_diff_heads_sizes_softcap",
            "attention_3d_diff_heads_with_past_and_present",
            "attention_3d_gqa",
            "attention_3d_gqa_attn_mask",
            "attention_3d_gqa_causal",
            "attention_3d_gqa_scaled",
            "attention_3d_gqa_softcap",
            "attention_3d_gqa_with_past_and_present",
            "attention_3d_scaled",
            "attention_3d_softcap",
            "attention_3d_with_past_and_present",
            "attention_3d_with_past_and_present_qk_matmul",
            "attention_3d_with_past_and_present_qk_matmul_bias",
            "attention_3d_with_past_and_present_qk_matmul_softmax",
        ],
        "expects heads that are cut out of other positions; ONNX corrected that later, and its newer case passes",
    ),
    (
        &[
            "attention_4d_gqa",
            "attention_4d_gqa_attn_mask",
            "attention_4d_gqa_causal",
            "attention_4d_gqa_scaled",
            "attention_4d_gqa_softcap",
            "attention_4d_gqa_with_past_and_present",
        ],
        "expects that heads of queries share those of keys in turn; ONNX corrected that later, and its newer case passes",
    ),
];

/// What is wrong with a case, if anything is.
pub fn known_difference(name: &str) -> Option<&'static str> {
    KNOWN.iter().find(|(cases, _)| cases.contains(&name)).map(|&(_, reason)| reason)
}
