#include "int8_winograd_armv7.h"

#include <arm_neon.h>

namespace {

constexpr int ROWS = 4, COLUMNS = 6, TILES = EDGECONV_WINOGRAD_TILES, WIDTH = EDGECONV_WINOGRAD_WIDTH, HEIGHT = EDGECONV_WINOGRAD_HEIGHT;

// The transformations of kernels, without their denominators: what is behind the products has these.
constexpr int ALONG_ROWS[COLUMNS][3] = {{1, 0, 0}, {-1, -1, -1}, {-1, 1, -1}, {1, 2, 4}, {1, -2, 4}, {0, 0, 1}};
constexpr int ALONG_COLUMNS[ROWS][3] = {{1, 0, 0}, {1, 1, 1}, {1, -1, 1}, {0, 0, 1}};

inline int16x8_t times4(int16x8_t x) { return vshlq_n_s16(x, 2); }
inline int32x4_t twice(int32x4_t x) { return vshlq_n_s32(x, 1); }
inline int32x4_t times4(int32x4_t x) { return vshlq_n_s32(x, 2); }

// Of a row of two tiles at a time.
inline void along_row(int16x8_t* to, const int16x8_t* d) {
    const int16x8_t even = vmlaq_n_s16(d[4], d[2], -4), odd = vmlaq_n_s16(d[3], d[1], -4);
    const int16x8_t near = vsubq_s16(d[4], d[2]), far = vshlq_n_s16(vsubq_s16(d[3], d[1]), 1);
    to[0] = vmlaq_n_s16(vaddq_s16(times4(d[0]), d[4]), d[2], -5);
    to[1] = vaddq_s16(even, odd);
    to[2] = vsubq_s16(even, odd);
    to[3] = vaddq_s16(near, far);
    to[4] = vsubq_s16(near, far);
    to[5] = vmlaq_n_s16(vaddq_s16(times4(d[1]), d[5]), d[3], -5);
}

// Rows of a column.
inline void along_column(int16x8_t* to, const int16x8_t* d) {
    to[0] = vsubq_s16(d[0], d[2]);
    to[1] = vaddq_s16(d[1], d[2]);
    to[2] = vsubq_s16(d[2], d[1]);
    to[3] = vsubq_s16(d[1], d[3]);
}

// Exchanges rows and columns.
inline void transpose(int16x4_t* square) {
    const int16x4x2_t low = vtrn_s16(square[0], square[1]), high = vtrn_s16(square[2], square[3]);
    const int32x2x2_t even = vtrn_s32(vreinterpret_s32_s16(low.val[0]), vreinterpret_s32_s16(high.val[0]));
    const int32x2x2_t odd = vtrn_s32(vreinterpret_s32_s16(low.val[1]), vreinterpret_s32_s16(high.val[1]));
    square[0] = vreinterpret_s16_s32(even.val[0]);
    square[1] = vreinterpret_s16_s32(odd.val[0]);
    square[2] = vreinterpret_s16_s32(even.val[1]);
    square[3] = vreinterpret_s16_s32(odd.val[1]);
}

// Of two tiles.
void transform(int16x8_t (*places)[ROWS], const int16_t* first, const int16_t* second, size_t row_size) {
    int16x8_t rows[ROWS][COLUMNS];
    for (int row = 0; row < ROWS; ++row, first += row_size, second += row_size) {
        int16x8_t both[COLUMNS];
        for (int column = 0; column < COLUMNS; ++column) both[column] = vcombine_s16(vld1_s16(first + 4 * column), vld1_s16(second + 4 * column));
        along_row(rows[row], both);
    }
    for (int column = 0; column < COLUMNS; ++column) {
        const int16x8_t here[ROWS] = {rows[0][column], rows[1][column], rows[2][column], rows[3][column]};
        along_column(places[column], here);
    }
}

}  // namespace

void edgeconv_winograd_weights(int16_t* places, const int8_t* kernel) {
    for (int row = 0; row < ROWS; ++row) {
        for (int column = 0; column < COLUMNS; ++column, ++places) {
            int sum = 0;
            for (int y = 0; y < 3; ++y) {
                for (int x = 0; x < 3; ++x) sum += ALONG_COLUMNS[row][y] * ALONG_ROWS[column][x] * kernel[3 * y + x];
            }
            *places = static_cast<int16_t>(sum);
        }
    }
}

void edgeconv_winograd_operands(int16_t* to, size_t stride, const int16_t* const* tiles, size_t row_size) {
    int16x8_t low[COLUMNS][ROWS], high[COLUMNS][ROWS];
    transform(low, tiles[0], tiles[1], row_size);
    transform(high, tiles[2], tiles[3], row_size);
    for (int row = 0; row < ROWS; ++row) {
        for (int column = 0; column < COLUMNS; ++column, to += stride) {
            const int16x8_t a = low[column][row], b = high[column][row];
            int16x4_t square[] = {vget_low_s16(a), vget_high_s16(a), vget_low_s16(b), vget_high_s16(b)};
            transpose(square);
            vst1q_s16(to, vcombine_s16(square[0], square[1]));
            vst1q_s16(to + 8, vcombine_s16(square[2], square[3]));
        }
    }
}

// Two depths: weights of twelve channels d0-d5, operands of four tiles d6 and d7.
#define DEPTH(operand, a, b, c) \
    "vmlal.s16 q4, " operand ", " a "[0]\n" \
    "vmlal.s16 q5, " operand ", " a "[1]\n" \
    "vmlal.s16 q6, " operand ", " a "[2]\n" \
    "vmlal.s16 q7, " operand ", " a "[3]\n" \
    "vmlal.s16 q8, " operand ", " b "[0]\n" \
    "vmlal.s16 q9, " operand ", " b "[1]\n" \
    "vmlal.s16 q10, " operand ", " b "[2]\n" \
    "vmlal.s16 q11, " operand ", " b "[3]\n" \
    "vmlal.s16 q12, " operand ", " c "[0]\n" \
    "vmlal.s16 q13, " operand ", " c "[1]\n" \
    "vmlal.s16 q14, " operand ", " c "[2]\n" \
    "vmlal.s16 q15, " operand ", " c "[3]\n"
#define TWO_DEPTHS \
    "vldmia %[weights]!, {d0-d5}\n" \
    "vld1.16 {d6-d7}, [%[operands]]!\n" \
    DEPTH("d6", "d0", "d1", "d2") \
    DEPTH("d7", "d3", "d4", "d5")

void edgeconv_winograd_product(int32_t* sums, const int16_t* operands, const int16_t* weights, size_t depth) {
    size_t fours = depth / 4;
    asm volatile(
        "vmov.i32 q4, #0\n"
        "vmov.i32 q5, #0\n"
        "vmov.i32 q6, #0\n"
        "vmov.i32 q7, #0\n"
        "vmov.i32 q8, #0\n"
        "vmov.i32 q9, #0\n"
        "vmov.i32 q10, #0\n"
        "vmov.i32 q11, #0\n"
        "vmov.i32 q12, #0\n"
        "vmov.i32 q13, #0\n"
        "vmov.i32 q14, #0\n"
        "vmov.i32 q15, #0\n"
        "1:\n"
        TWO_DEPTHS TWO_DEPTHS
        "subs %[fours], %[fours], #1\n"
        "bne 1b\n"
        "vstmia %[sums]!, {d8-d23}\n"
        "vstmia %[sums]!, {d24-d31}\n"
        : [sums] "+r"(sums), [operands] "+r"(operands), [weights] "+r"(weights), [fours] "+r"(fours)
        :
        : "cc", "memory", "q0", "q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9", "q10", "q11", "q12", "q13", "q14", "q15");
}

namespace {

// The results of one channel: [row][position], of four tiles each.
inline void transform_back(int16x4_t (*to)[WIDTH], const int32_t* sums, size_t stride, float scale, float bias) {
    int32x4_t rows[HEIGHT][COLUMNS];
    for (int column = 0; column < COLUMNS; ++column) {
        int32x4_t here[ROWS];
        for (int row = 0; row < ROWS; ++row) here[row] = vld1q_s32(sums + stride * (COLUMNS * row + column));
        rows[0][column] = vaddq_s32(vaddq_s32(twice(here[0]), here[1]), here[2]);
        rows[1][column] = vsubq_s32(vsubq_s32(here[1], here[2]), twice(here[3]));
    }
    for (int row = 0; row < HEIGHT; ++row) {
        const int32x4_t* m = rows[row];
        const int32x4_t near = times4(vaddq_s32(m[1], m[2])), near_odd = times4(vsubq_s32(m[1], m[2]));
        const int32x4_t far = vaddq_s32(m[3], m[4]), far_odd = twice(vsubq_s32(m[3], m[4]));
        const int32x4_t results[WIDTH] = {vaddq_s32(vmlaq_n_s32(near, m[0], 6), far), vaddq_s32(near_odd, far_odd),
                                          vaddq_s32(near, times4(far)), vaddq_s32(vmlaq_n_s32(near_odd, m[5], 24), times4(far_odd))};
        for (int x = 0; x < WIDTH; ++x) {
            const float32x4_t real = vmlaq_n_f32(vdupq_n_f32(bias), vcvtq_f32_s32(results[x]), scale);
            to[row][x] = vqrshrn_n_s32(vcvtq_n_s32_f32(real, 16), 16);
        }
    }
}

}  // namespace

void edgeconv_winograd_results(int8_t* to, const int32_t* sums, size_t stride, const edgeconv_winograd_constants* constants) {
    int16x4_t channels[4][HEIGHT][WIDTH];
    for (int channel = 0; channel < 4; ++channel) {
        transform_back(channels[channel], sums + TILES * channel, stride, constants->scale[channel], constants->bias[channel]);
    }
    const int8x16_t low = vld1q_s8(constants->low), high = vld1q_s8(constants->high);
    for (int row = 0; row < HEIGHT; ++row) {
        int16x4_t tiles[WIDTH][TILES];
        for (int x = 0; x < WIDTH; ++x) {
            for (int channel = 0; channel < 4; ++channel) tiles[x][channel] = channels[channel][row][x];
            transpose(tiles[x]);
        }
        for (int tile = 0; tile < TILES; ++tile) {
            const int8x8_t first = vqmovn_s16(vcombine_s16(tiles[0][tile], tiles[1][tile]));
            const int8x8_t second = vqmovn_s16(vcombine_s16(tiles[2][tile], tiles[3][tile]));
            vst1q_s8(to + 16 * (HEIGHT * tile + row), vminq_s8(vmaxq_s8(vcombine_s8(first, second), low), high));
        }
    }
}
