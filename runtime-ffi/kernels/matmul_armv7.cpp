#include "matmul_armv7.h"

#include <arm_neon.h>

// Assembly: 12 sums, 12 positions and 4 channels take all of the 16 registers, of which compilers would spill some. One load brings the
// 12 positions.
#define LOAD \
    "vldmia %[a]!, {d0-d5}\n" \
    "vld1.32 {d6-d7}, [%[b]]!\n"
#define MULTIPLY \
    "vmla.f32 q4, q3, d0[0]\n" \
    "vmla.f32 q5, q3, d0[1]\n" \
    "vmla.f32 q6, q3, d1[0]\n" \
    "vmla.f32 q7, q3, d1[1]\n" \
    "vmla.f32 q8, q3, d2[0]\n" \
    "vmla.f32 q9, q3, d2[1]\n" \
    "vmla.f32 q10, q3, d3[0]\n" \
    "vmla.f32 q11, q3, d3[1]\n" \
    "vmla.f32 q12, q3, d4[0]\n" \
    "vmla.f32 q13, q3, d4[1]\n" \
    "vmla.f32 q14, q3, d5[0]\n" \
    "vmla.f32 q15, q3, d5[1]\n"
#define STEP LOAD MULTIPLY

namespace {

// Positions of so many channels stay in a first-level cache of 32 KB beside the weights of a group of channels, which pass by.
constexpr size_t MOST_DEPTH = 384;

// Of one group of channels, to the bias or to what is there.
void one_group(float* c, const float* a, const float* b, const float* bias, size_t depth) {
    size_t fours = depth / 4, rest = depth % 4;
    const float* start = c;
    asm volatile(
        "cmp %[bias], #0\n"
        "bne 5f\n"
        "vldmia %[start]!, {d8-d23}\n"
        "vldmia %[start]!, {d24-d31}\n"
        "b 6f\n"
        "5:\n"
        "vld1.32 {d8-d9}, [%[bias]]\n"
        "vmov q5, q4\n"
        "vmov q6, q4\n"
        "vmov q7, q4\n"
        "vmov q8, q4\n"
        "vmov q9, q4\n"
        "vmov q10, q4\n"
        "vmov q11, q4\n"
        "vmov q12, q4\n"
        "vmov q13, q4\n"
        "vmov q14, q4\n"
        "vmov q15, q4\n"
        "6:\n"
        "cmp %[fours], #0\n"
        "beq 2f\n"
        "1:\n"
        "pld [%[b], #256]\n"
        STEP STEP STEP STEP
        "subs %[fours], %[fours], #1\n"
        "bne 1b\n"
        "2:\n"
        "cmp %[rest], #0\n"
        "beq 4f\n"
        "3:\n"
        STEP
        "subs %[rest], %[rest], #1\n"
        "bne 3b\n"
        "4:\n"
        "vstmia %[c]!, {d8-d23}\n"
        "vstmia %[c]!, {d24-d31}\n"
        : [a] "+r"(a), [b] "+r"(b), [c] "+r"(c), [start] "+r"(start), [fours] "+r"(fours), [rest] "+r"(rest)
        : [bias] "r"(bias)
        : "cc", "memory", "q0", "q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9", "q10", "q11", "q12", "q13", "q14", "q15");
}

void clamp(float* c, float low, float high) {
    const float32x4_t least = vdupq_n_f32(low), most = vdupq_n_f32(high);
    for (int i = 0; i < EDGECONV_MATMUL_POSITIONS; ++i, c += 4) vst1q_f32(c, vminq_f32(vmaxq_f32(vld1q_f32(c), least), most));
}

}  // namespace

void edgeconv_matmul_armv7(float* c, const float* a, const float* b, const float* bias, size_t depth, size_t groups, size_t stride,
                           float low, float high) {
    const bool is_bounded = low > -3e38f || high < 3e38f;
    const size_t blocks = (depth + MOST_DEPTH - 1) / MOST_DEPTH;
    for (size_t block = 0; block < blocks; ++block) {
        const size_t begin = depth * block / blocks, end = depth * (block + 1) / blocks;
        for (size_t group = 0; group < groups; ++group) {
            auto* to = c + stride * group;
            one_group(to, a + EDGECONV_MATMUL_POSITIONS * begin, b + 4 * (depth * group + begin), block ? nullptr : bias + 4 * group,
                      end - begin);
            if (is_bounded && end == depth) clamp(to, low, high);
        }
    }
}
