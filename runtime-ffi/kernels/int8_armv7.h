// Kernels of 8-bit integers on ARMv7, as quantised convolutions need them. Maps are packed as MNN packs them: four channels of a
// position lie together, a quad.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Positions and channels that a product computes together; the depths of a step, whose products with a weight each are added to lanes of
// 16 bits, and the steps of one piece of code.
enum { EDGECONV_INT8_PAIR = 2, EDGECONV_INT8_CHANNELS = 8, EDGECONV_INT8_DEPTHS = 2, EDGECONV_INT8_STEPS = 4 };

// Bytes of a packed pair of positions for each quad: two depths of a position are there once for each channel of a register.
enum { EDGECONV_INT8_PACKED_QUAD = 32 };

// Lanes of products with weights of this sum of magnitudes stay in 16 bits, whatever the operands are.
enum { EDGECONV_INT8_MOST_WEIGHT = 255 };

// Packs `count` quads of two positions. From a quad to the next there are as many bytes as the strides say.
void edgeconv_int8_pack_pair(int8_t* packed, const int8_t* first, size_t first_stride, const int8_t* second, size_t second_stride, size_t count);

// The same of four pairs of positions that lie one behind the other; `packed` has `pair_size` bytes from a pair to the next.
void edgeconv_int8_pack_four_pairs(int8_t* packed, size_t pair_size, const int8_t* positions, size_t stride, size_t count);

// The same of `count` quads that are so many bytes behind both places.
void edgeconv_int8_pack_at(int8_t* packed, const int8_t* first, const int8_t* second, const int32_t* offsets, size_t count);

// Results are the nearest integers to scale * sum + bias of each channel, between bounds.
typedef struct {
    float scale[EDGECONV_INT8_CHANNELS], bias[EDGECONV_INT8_CHANNELS];
    int8_t low[16], high[16];
} edgeconv_int8_results;

// The code for steps whose sums start anew or not, and that widens sums behind each step whose bit is set; and the code for
// results, whose bounds are those of bytes or others.
const void* edgeconv_int8_code(int starts, unsigned widens);
const void* edgeconv_int8_code_for_results(int is_bounded);

// Eight channels of `pairs` of packed positions. `weights` are [step][channel][depth]; `code` is that of all steps, at last that for results.
// The first four channels go to `low`, the others to `high`, four bytes for each position; both may be the same place if there are no others.
void edgeconv_int8_product(int8_t* low, int8_t* high, const int8_t* packed, const int8_t* weights, const void* const* code,
                           const edgeconv_int8_results* results, size_t pairs);

// Numbers of `count` quads without their zero point.
void edgeconv_int8_widen(int16_t* to, const int8_t* from, size_t count, int zero);

// A row of a convolution of each channel by itself.
typedef struct {
    const int16_t* weights;  // [rows][width][4]
    size_t rows, width;
    size_t step, dilation;  // in positions
    size_t begin, end;      // positions that are not zero
    edgeconv_int8_results results;  // of the first four channels
} edgeconv_int8_depthwise;

// `count` results of four channels, of padded rows of which `rows[i]` is the i-th. Reads and writes whole fours of results.
void edgeconv_int8_depthwise_row(int8_t* to, const int16_t* const* rows, size_t count, const edgeconv_int8_depthwise* convolution);

// A convolution of each channel by itself with a kernel of one row or one column, of which each position lies beside the one that the next tap
// needs: for each of four channels there are two bytes.
enum { EDGECONV_INT8_TAPS = 4, EDGECONV_INT8_TAP_RESULTS = 4 };

// Packs `count` positions of both places like that.
void edgeconv_int8_pack_taps(int8_t* packed, const int8_t* first, const int8_t* second, size_t count);

// `fours` of taps, whose weights, [taps / 2][channel][2], are at least -127. From two taps to the next there are `stride` bytes. Operands count as
// much in excess as `excess` says of the sums.
typedef struct {
    const int8_t* weights;
    size_t fours;
    size_t stride;
    int32_t excess[4];
    const edgeconv_int8_results* results;  // of the first four channels
} edgeconv_int8_taps;

// `tiles` of four results, of four channels each.
void edgeconv_int8_taps_row(int8_t* to, const int8_t* packed, size_t tiles, const edgeconv_int8_taps* convolution);

// Sums of integers of two grids on a third one: the nearest integers to first_scale * first + second_scale * second + bias, between bounds.
typedef struct {
    float first_scale, second_scale, bias;
    int8_t low, high;
} edgeconv_int8_sum;

// Of `count` pairs.
void edgeconv_int8_add(int8_t* to, const int8_t* first, const int8_t* second, size_t count, const edgeconv_int8_sum* sum);

// The sums of four channels of `count` positions.
void edgeconv_int8_sums_of_positions(int32_t* sums, const int8_t* from, size_t count);

// The first four channels of results, of integers instead of sums.
void edgeconv_int8_scale(int8_t* to, const int8_t* from, size_t count, const edgeconv_int8_results* results);

// A function of each of `count` integers, in place: its results for 0 to 127, then for -128 to -1. Both are at multiples of four bytes.
void edgeconv_int8_map(int8_t* data, size_t count, const int8_t* table);

#ifdef __cplusplus
}
#endif
