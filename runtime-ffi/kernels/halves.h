// Functions of each element of 16-bit floats, for processors of AArch64 that compute with them (ARMv8.2, FEAT_FP16).
//
// Pointers need no more alignment than an element has, counts may be 0, and `dst` may be `src`. Nothing beyond the counts is read or
// written. NaN gives NaN.
#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef void edgeconv_half_unary(void* dst, const void* src, size_t count);

// Within 3 units in the last place, SiLU within 5; SiLU below -9.7, 1e-6.
edgeconv_half_unary edgeconv_half_sigmoid, edgeconv_half_silu;

#ifdef __cplusplus
}
#endif
