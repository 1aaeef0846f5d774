// Kernels of 8-bit integers, most of them for x86, where MNN's maps hold them as bytes that count 128 in excess. Maps are packed by vectors: [groups of
// `lanes` channels][positions][lanes].
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Results are the nearest integers to scale * sum + bias of each channel, between bounds from 0 to 255.
struct edgeconv_byte_results {
    const float *scale, *bias;  // [lanes]
    float low, high;
};

// Sums of bytes of two grids on a third one: the nearest integers to first_scale * first + second_scale * second + bias, between bounds
// from 0 to 255.
struct edgeconv_byte_sum {
    float first_scale, second_scale, bias;
    float low, high;
};

struct edgeconv_byte_kernels {
    // A function of each of `count` bytes, of which there is a table. `to` may be `from`.
    void (*map)(uint8_t* to, const uint8_t* from, size_t count, const uint8_t* table);
    // Numbers without their zero point.
    void (*widen)(float* to, const uint8_t* from, size_t count, float zero);
    // Of sums, [positions][lanes].
    void (*narrow)(uint8_t* to, const float* sums, size_t positions, const struct edgeconv_byte_results* results);
    // Of `count` pairs.
    void (*add)(uint8_t* to, const uint8_t* first, const uint8_t* second, size_t count, const struct edgeconv_byte_sum* sum);
};

#ifdef __aarch64__
// The first of these on AArch64, where maps hold integers as they are.
void edgeconv_map_neon(uint8_t* to, const uint8_t* from, size_t count, const uint8_t* table);
#endif

// The fastest that this processor can run with so many lanes, 8 or 16; null if there is none.
const struct edgeconv_byte_kernels* edgeconv_byte_kernels_of_lanes(size_t lanes);

#ifdef __cplusplus
}
#endif
