// Products of matrices on ARMv7, as convolutions of 1x1 need them.
#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { EDGECONV_MATMUL_POSITIONS = 12, EDGECONV_MATMUL_CHANNELS = 4 };

// c[channel / 4][position][channel % 4] = bias + sum over k of a[k][position] b[channel / 4][k][channel % 4], for 12 positions and
// `groups` of 4 channels; kept between `low` and `high`. `stride` counts floats between groups of c.
void edgeconv_matmul_armv7(float* c, const float* a, const float* b, const float* bias, size_t depth, size_t groups, size_t stride,
                           float low, float high);

#ifdef __cplusplus
}
#endif
