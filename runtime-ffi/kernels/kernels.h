// Kernels for 32-bit floats, one table of them for each instruction set.
//
// Pointers need no alignment, counts may be 0, and `dst` may be `src` (but not overlap it otherwise). Nothing beyond the
// counts is read or written. NaN gives NaN. ARMv7's NEON takes denormal numbers, and results that would be such, as 0.
#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum edgeconv_isa { EDGECONV_PORTABLE, EDGECONV_NEON, EDGECONV_AVX2, EDGECONV_AVX512 };

typedef void edgeconv_unary(float* dst, const float* src, size_t count);

// In place, `rows` rows of `count` floats that begin `stride` floats apart: for a tile of a map, whose rows are short.
typedef void edgeconv_unary_rows(float* data, size_t rows, size_t stride, size_t count);

// y = (x - mean) / sqrt(variance + epsilon) * gamma + beta
struct edgeconv_norm {
    const float* gamma;  // one for each channel; null: 1
    const float* beta;   // one for each channel; null: 0
    float epsilon;
};

// Mean or maximum of each channel: [channels][plane] to [channels], or packed to [ceil(channels / 4)][4].
typedef void edgeconv_pool(float* dst, const float* src, size_t channels, size_t plane);

// A product of matrices on maps that are packed by vectors: [groups of `lanes` channels][positions][lanes].
struct edgeconv_product {
    const float* weights;  // by `pack_product`
    size_t depth;          // channels of the source
    size_t groups;         // of channels of the result
    size_t src_stride;     // floats from one group of channels to the next
    size_t dst_stride;
    float low, high;                // bounds of the results
    edgeconv_unary_rows* function;  // of the bounded results; may be null
};

// A convolution of each channel by itself, of `lanes` channels, along rows.
struct edgeconv_depthwise {
    const float* bias;  // [lanes]
    size_t width;       // of the kernel
    size_t step;        // positions from one result to the next
    size_t dilation;
    size_t padding;    // positions before the first one, which count as 0
    size_t positions;  // of a row of the source
    size_t results;    // of a row
    // Results from the first one to the one before the second lie so that the kernel is inside of the row.
    size_t inner_begin, inner_end;
    float low, high;  // bounds of the results
};

// A convolution of a picture whose channels lie one behind the other, to a map that is packed by vectors.
struct edgeconv_picture {
    const float* weights;  // by `pack_product`, of depth [channels][rows][width]
    size_t groups;         // of channels of the result
    size_t width;          // of the kernel
    size_t step;           // elements of the picture from one result to the next
    size_t results;        // of a row
    size_t dst_stride;     // floats from one group of channels to the next
    float low, high;                // bounds of the results
    edgeconv_unary_rows* function;  // of the bounded results; may be null
};

// "Packed" is MNN's NC4HW4: [ceil(channels / 4)][plane][4]. Whatever is in the places beyond the last channel has no
// influence on other places.
struct edgeconv_kernel_table {
    const char* name;

    edgeconv_unary* exp;
    edgeconv_unary* sigmoid;
    edgeconv_unary* silu;
    edgeconv_unary* tanh;
    edgeconv_unary* erf;
    edgeconv_unary* gelu;  // x Φ(x), not the approximation by tanh
    edgeconv_unary* hard_swish;

    edgeconv_unary_rows* sigmoid_rows;
    edgeconv_unary_rows* silu_rows;
    edgeconv_unary_rows* tanh_rows;
    edgeconv_unary_rows* gelu_rows;
    edgeconv_unary_rows* hard_swish_rows;

    // alpha x + beta, kept between 0 and 1
    void (*hard_sigmoid)(float* dst, const float* src, size_t count, float alpha, float beta);

    edgeconv_unary* softmax;  // of one row
    // Of one row, each element being a channel.
    void (*layer_norm)(float* dst, const float* src, size_t count, const struct edgeconv_norm* norm);
    // Of the channels at each position.
    void (*layer_norm_packed)(float* dst, const float* src, size_t channels, size_t plane, const struct edgeconv_norm* norm);
    // [channels][plane]; `groups` divides `channels`.
    void (*group_norm)(float* dst, const float* src, size_t channels, size_t plane, size_t groups,
                       const struct edgeconv_norm* norm);
    void (*group_norm_packed)(float* dst, const float* src, size_t channels, size_t plane, size_t groups,
                              const struct edgeconv_norm* norm);

    edgeconv_pool* average_pool;
    edgeconv_pool* average_pool_packed;
    edgeconv_pool* max_pool;
    edgeconv_pool* max_pool_packed;

    // Floats of a vector: how many channels a group has below.
    size_t lanes;
    // A row of results, [results][lanes], from `count` rows of the source, [positions][lanes] each, and as many of the kernel,
    // [width][lanes] each.
    void (*depthwise_row)(float* dst, const float* const* rows, size_t count, const float* weights,
                          const struct edgeconv_depthwise* convolution);
    // For `product` and `picture_row`. [channels][depth] and [channels] to ceil(channels / lanes) * lanes * (1 + depth) floats.
    void (*pack_product)(float* dst, const float* weights, const float* bias, size_t depth, size_t channels);
    // A row of results, [groups][results][lanes], from `count` rows of a picture, each of (results - 1) step + width floats.
    void (*picture_row)(float* dst, const float* const* rows, size_t count, const struct edgeconv_picture* picture);
    // Null where there is none.
    void (*product)(float* dst, const float* src, size_t positions, const struct edgeconv_product* product);
};

// The fastest that this processor can run.
const struct edgeconv_kernel_table* edgeconv_kernels(void);

// The fastest with so many lanes that this processor can run; null if there is none. For maps that others have packed.
const struct edgeconv_kernel_table* edgeconv_kernels_of_lanes(size_t lanes);

// Null where this processor, or this build, lacks the instructions.
const struct edgeconv_kernel_table* edgeconv_kernels_for(enum edgeconv_isa isa);

#ifdef __cplusplus
}
#endif
