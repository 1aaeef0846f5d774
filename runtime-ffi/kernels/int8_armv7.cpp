#include "int8_armv7.h"

#include <arm_neon.h>

// Assembly: sums in 16 and 32 bits and the operands of four steps take all of the 16 registers.
//
//   q0-q3    four steps of two depths each of both positions
//   q4-q7    the weights of eight channels for them
//   q8-q11   sums in 16 bits: channels 0 to 3 and 4 to 7 of the first position, and of the second one
//   q12-q15  the same in 32 bits
//
//   r0, r1 where results go, r2 positions, r3 weights, r4 what to run, r5 constants of results, r6 pairs, r7 and r8 places in r3 and r4
//
// What to run is a list of addresses: of the code for four steps that widens sums where weights need it, at last of that for results. So
// each block of channels has its own places for that, and no counter.
asm(R"(
    .syntax unified
    .arm
    .fpu neon-vfpv4
    .text

.macro edgeconv_step starts, first, second, low, high
.if \starts
    vmull.s8 q8, \low, \first
    vmull.s8 q9, \high, \first
    vmull.s8 q10, \low, \second
    vmull.s8 q11, \high, \second
.else
    vmlal.s8 q8, \low, \first
    vmlal.s8 q9, \high, \first
    vmlal.s8 q10, \low, \second
    vmlal.s8 q11, \high, \second
.endif
.endm

.macro edgeconv_widen
    vpadal.s16 q12, q8
    vpadal.s16 q13, q9
    vpadal.s16 q14, q10
    vpadal.s16 q15, q11
.endm

    .balign 16
edgeconv_int8_base:

@ Whether sums start anew, and whether they are widened behind each step.
.macro edgeconv_chunk starts, widen0, widen1, widen2, widen3
    .pushsection .rodata.edgeconv_int8, "a"
    .word 9f - edgeconv_int8_base
    .popsection
9:
    vldmia r2!, {d0-d7}
    vldmia r7!, {d8-d15}
    edgeconv_step \starts, d0, d1, d8, d9
.if \widen0
    edgeconv_widen
.endif
    edgeconv_step \widen0, d2, d3, d10, d11
.if \widen1
    edgeconv_widen
.endif
    edgeconv_step \widen1, d4, d5, d12, d13
.if \widen2
    edgeconv_widen
.endif
    edgeconv_step \widen2, d6, d7, d14, d15
.if \widen3
    edgeconv_widen
.endif
    ldr pc, [r8], #4
.endm

    .pushsection .rodata.edgeconv_int8, "a"
    .balign 4
edgeconv_int8_places:
    .popsection
.irp starts, 0, 1
.irp widen3, 0, 1
.irp widen2, 0, 1
.irp widen1, 0, 1
.irp widen0, 0, 1
    edgeconv_chunk \starts, \widen0, \widen1, \widen2, \widen3
.endr
.endr
.endr
.endr
.endr

    .global edgeconv_int8_product
    .hidden edgeconv_int8_product
    .type edgeconv_int8_product, %function
edgeconv_int8_product:
    push {r4-r8, lr}
    vpush {d8-d15}
    add r6, sp, #88
    ldm r6, {r4-r6}
edgeconv_int8_next:
    vmov.i32 q12, #0
    vmov.i32 q13, #0
    vmov.i32 q14, #0
    vmov.i32 q15, #0
    mov r7, r3
    mov r8, r4
    ldr pc, [r8], #4

.macro edgeconv_end bounded
    vldmia r5, {d0-d11}
    vcvt.f32.s32 q12, q12
    vcvt.f32.s32 q13, q13
    vcvt.f32.s32 q14, q14
    vcvt.f32.s32 q15, q15
    vmul.f32 q12, q12, q0
    vmul.f32 q13, q13, q1
    vmul.f32 q14, q14, q0
    vmul.f32 q15, q15, q1
    vadd.f32 q12, q12, q2
    vadd.f32 q13, q13, q3
    vadd.f32 q14, q14, q2
    vadd.f32 q15, q15, q3
    vcvt.s32.f32 q12, q12, #16
    vcvt.s32.f32 q13, q13, #16
    vcvt.s32.f32 q14, q14, #16
    vcvt.s32.f32 q15, q15, #16
    vqrshrn.s32 d16, q12, #16
    vqrshrn.s32 d18, q13, #16
    vqrshrn.s32 d17, q14, #16
    vqrshrn.s32 d19, q15, #16
    vqmovn.s16 d16, q8
    vqmovn.s16 d17, q9
.if \bounded
    vmax.s8 q8, q8, q4
    vmin.s8 q8, q8, q5
.endif
    vst1.8 {d17}, [r1]!
    vst1.8 {d16}, [r0]!
    subs r6, r6, #1
    bne edgeconv_int8_next
    vpop {d8-d15}
    pop {r4-r8, pc}
.endm

edgeconv_int8_end:
    edgeconv_end 0
edgeconv_int8_bounded_end:
    edgeconv_end 1
)");

extern "C" {
extern const char edgeconv_int8_base[] __attribute__((visibility("hidden")));
extern const char edgeconv_int8_end[] __attribute__((visibility("hidden")));
extern const char edgeconv_int8_bounded_end[] __attribute__((visibility("hidden")));
extern const uint32_t edgeconv_int8_places[] __attribute__((visibility("hidden")));
}

const void* edgeconv_int8_code(int starts, unsigned widens) {
    return edgeconv_int8_base + edgeconv_int8_places[(starts ? 1u << EDGECONV_INT8_STEPS : 0) + widens];
}

const void* edgeconv_int8_code_for_results(int is_bounded) { return is_bounded ? edgeconv_int8_bounded_end : edgeconv_int8_end; }

// Two depths of both positions, then the next two.
#define PACK_QUAD(first, second) \
    "vld1.32 {d0[0]}, " first "\n" \
    "vld1.32 {d0[1]}, " second "\n" \
    "vdup.16 d4, d0[0]\n" \
    "vdup.16 d5, d0[2]\n" \
    "vdup.16 d6, d0[1]\n" \
    "vdup.16 d7, d0[3]\n" \
    "vst1.8 {d4-d7}, [%[to]]!\n"
#define PACK_NEXT_QUAD PACK_QUAD("[%[first]], %[first_stride]", "[%[second]], %[second_stride]")

void edgeconv_int8_pack_pair(int8_t* packed, const int8_t* first, size_t first_stride, const int8_t* second, size_t second_stride,
                             size_t count) {
    size_t twos = count / 2;
    asm volatile(
        "cmp %[twos], #0\n"
        "beq 2f\n"
        "1:\n"
        PACK_NEXT_QUAD PACK_NEXT_QUAD
        "subs %[twos], %[twos], #1\n"
        "bne 1b\n"
        "2:\n"
        "tst %[count], #1\n"
        "beq 3f\n"
        PACK_NEXT_QUAD
        "3:\n"
        : [to] "+r"(packed), [first] "+r"(first), [second] "+r"(second), [twos] "+r"(twos)
        : [first_stride] "r"(first_stride), [second_stride] "r"(second_stride), [count] "r"(count)
        : "cc", "memory", "d0", "d4", "d5", "d6", "d7");
}

// A quad of the pair whose positions are in a register.
#define PACK_PAIR(pair, to) \
    "vdup.16 d16, " pair "[0]\n" \
    "vdup.16 d17, " pair "[2]\n" \
    "vdup.16 d18, " pair "[1]\n" \
    "vdup.16 d19, " pair "[3]\n" \
    "vst1.8 {d16-d19}, [" to "]!\n"

void edgeconv_int8_pack_four_pairs(int8_t* packed, size_t pair_size, const int8_t* positions, size_t stride, size_t count) {
    int8_t *second = packed + pair_size, *third = second + pair_size, *fourth = third + pair_size;
    asm volatile(
        "1:\n"
        "vld1.8 {d0-d3}, [%[positions]], %[stride]\n"
        "subs %[count], %[count], #1\n"
        PACK_PAIR("d0", "%[first]")
        PACK_PAIR("d1", "%[second]")
        PACK_PAIR("d2", "%[third]")
        PACK_PAIR("d3", "%[fourth]")
        "bne 1b\n"
        : [first] "+r"(packed), [second] "+r"(second), [third] "+r"(third), [fourth] "+r"(fourth), [positions] "+r"(positions), [count] "+r"(count)
        : [stride] "r"(stride)
        : "cc", "memory", "d0", "d1", "d2", "d3", "d16", "d17", "d18", "d19");
}

void edgeconv_int8_pack_at(int8_t* packed, const int8_t* first, const int8_t* second, const int32_t* offsets, size_t count) {
    size_t x, y;
    asm volatile(
        "1:\n"
        "ldr %[x], [%[offsets]], #4\n"
        "subs %[count], %[count], #1\n"
        "add %[y], %[second], %[x]\n"
        "add %[x], %[first], %[x]\n"
        PACK_QUAD("[%[x]]", "[%[y]]")
        "bne 1b\n"
        : [to] "+r"(packed), [offsets] "+r"(offsets), [count] "+r"(count), [x] "=&r"(x), [y] "=&r"(y)
        : [first] "r"(first), [second] "r"(second)
        : "cc", "memory", "d0", "d4", "d5", "d6", "d7");
}

void edgeconv_int8_widen(int16_t* to, const int8_t* from, size_t count, int zero) {
    const int8x8_t zeros = vdup_n_s8(static_cast<int8_t>(zero));
    for (; count >= 8; count -= 8) {
        asm volatile(
            "vld1.8 {d0-d3}, [%[from]]!\n"
            "vsubl.s8 q2, d0, %P[zeros]\n"
            "vsubl.s8 q3, d1, %P[zeros]\n"
            "vsubl.s8 q4, d2, %P[zeros]\n"
            "vsubl.s8 q5, d3, %P[zeros]\n"
            "vstmia %[to]!, {d4-d11}\n"
            : [from] "+r"(from), [to] "+r"(to)
            : [zeros] "w"(zeros)
            : "memory", "q0", "q1", "q2", "q3", "q4", "q5");
    }
    for (; count; --count, from += 4, to += 4) {
        const int8x8_t one = vreinterpret_s8_s32(vld1_dup_s32(reinterpret_cast<const int32_t*>(from)));
        vst1_s16(to, vget_low_s16(vsubl_s8(one, zeros)));
    }
}

namespace {

// Of four channels.
struct Results {
    float32x4_t scale, bias;
    int8x16_t low, high;
    explicit Results(const edgeconv_int8_results& from)
        : scale(vld1q_f32(from.scale)), bias(vld1q_f32(from.bias)), low(vld1q_s8(from.low)), high(vld1q_s8(from.high)) {}

    int16x4_t narrow(int32x4_t sum) const {
        const float32x4_t real = vaddq_f32(vmulq_f32(vcvtq_f32_s32(sum), scale), bias);
        return vqrshrn_n_s32(vcvtq_n_s32_f32(real, 16), 16);
    }

    void store(int8_t* to, const int32x4_t* sums) const {
        const int8x8_t first = vqmovn_s16(vcombine_s16(narrow(sums[0]), narrow(sums[1])));
        const int8x8_t second = vqmovn_s16(vcombine_s16(narrow(sums[2]), narrow(sums[3])));
        vst1q_s8(to, vminq_s8(vmaxq_s8(vcombine_s8(first, second), low), high));
    }
};

// Kernels of 3x3 whose positions lie side by side, in assembly: weights d0-d8, positions of a row d10-d18, sums q10-q13.
#define FIRST_TAP(a, b, c, d, weight) \
    "vmull.s16 q10, " a ", " weight "\n" \
    "vmull.s16 q11, " b ", " weight "\n" \
    "vmull.s16 q12, " c ", " weight "\n" \
    "vmull.s16 q13, " d ", " weight "\n"
#define TAP(a, b, c, d, weight) \
    "vmlal.s16 q10, " a ", " weight "\n" \
    "vmlal.s16 q11, " b ", " weight "\n" \
    "vmlal.s16 q12, " c ", " weight "\n" \
    "vmlal.s16 q13, " d ", " weight "\n"
#define LOAD_SIDE_BY_SIDE(row) \
    "vld1.16 {d10-d13}, [" row "]!\n" \
    "vld1.16 {d14-d15}, [" row "]\n"
#define SIDE_BY_SIDE(row, FIRST, first, second, third) \
    LOAD_SIDE_BY_SIDE(row) \
    FIRST("d10", "d11", "d12", "d13", first) \
    TAP("d11", "d12", "d13", "d14", second) \
    TAP("d12", "d13", "d14", "d15", third)
#define EACH_SECOND(row, FIRST, first, second, third) \
    "vldmia " row ", {d10-d18}\n" \
    "add " row ", " row ", #64\n" \
    FIRST("d10", "d12", "d14", "d16", first) \
    TAP("d11", "d13", "d15", "d17", second) \
    TAP("d12", "d14", "d16", "d18", third)
#define THREE_BY_THREE(ROW) \
    asm volatile( \
        "vldmia %[weights], {d0-d8}\n" \
        "1:\n" \
        ROW("%[above]", FIRST_TAP, "d0", "d1", "d2") \
        ROW("%[here]", TAP, "d3", "d4", "d5") \
        ROW("%[below]", TAP, "d6", "d7", "d8") \
        "vldmia %[results], {d10-d17}\n" \
        "vcvt.f32.s32 q10, q10\n" \
        "vcvt.f32.s32 q11, q11\n" \
        "vcvt.f32.s32 q12, q12\n" \
        "vcvt.f32.s32 q13, q13\n" \
        "vmul.f32 q10, q10, q5\n" \
        "vmul.f32 q11, q11, q5\n" \
        "vmul.f32 q12, q12, q5\n" \
        "vmul.f32 q13, q13, q5\n" \
        "vadd.f32 q10, q10, q6\n" \
        "vadd.f32 q11, q11, q6\n" \
        "vadd.f32 q12, q12, q6\n" \
        "vadd.f32 q13, q13, q6\n" \
        "vcvt.s32.f32 q10, q10, #16\n" \
        "vcvt.s32.f32 q11, q11, #16\n" \
        "vcvt.s32.f32 q12, q12, #16\n" \
        "vcvt.s32.f32 q13, q13, #16\n" \
        "vqrshrn.s32 d20, q10, #16\n" \
        "vqrshrn.s32 d21, q11, #16\n" \
        "vqrshrn.s32 d22, q12, #16\n" \
        "vqrshrn.s32 d23, q13, #16\n" \
        "vqmovn.s16 d20, q10\n" \
        "vqmovn.s16 d21, q11\n" \
        "vmax.s8 q10, q10, q7\n" \
        "vmin.s8 q10, q10, q8\n" \
        "vst1.8 {d20-d21}, [%[to]]!\n" \
        "subs %[fours], %[fours], #1\n" \
        "bne 1b\n" \
        : [to] "+r"(to), [above] "+r"(above), [here] "+r"(here), [below] "+r"(below), [fours] "+r"(fours) \
        : [weights] "r"(convolution.weights), [results] "r"(&results) \
        : "cc", "memory", "q0", "q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9", "q10", "q11", "q12", "q13")

void three_by_three(int8_t* to, const int16_t* const* rows, size_t count, const edgeconv_int8_depthwise& convolution) {
    const Results results(convolution.results);
    const int16_t *above = rows[0], *here = rows[1], *below = rows[2];
    size_t fours = (count + 3) / 4;
    if (convolution.step == 1) {
        THREE_BY_THREE(SIDE_BY_SIDE);
    } else {
        THREE_BY_THREE(EACH_SECOND);
    }
}

// The sums of four results: `rows` and `taps` of a kernel whose rows are `width` wide, from `place` on in rows of the map.
void sums_of_four(int32x4_t* sums, const int16_t* const* from, const int16_t* weights, size_t rows, size_t taps, size_t place,
                  const edgeconv_int8_depthwise& convolution) {
    for (int result = 0; result < 4; ++result) sums[result] = vdupq_n_s32(0);
    if (rows == 0 || taps == 0) return;
    if (convolution.step != 1) {
        for (size_t row = 0; row < rows; ++row) {
            const int16_t *x = from[row] + 4 * place, *weight = weights + 4 * convolution.width * row;
            for (size_t tap = 0; tap < taps; ++tap, x += 4 * convolution.dilation, weight += 4) {
                for (int result = 0; result < 4; ++result) {
                    sums[result] = vmlal_s16(sums[result], vld1_s16(x + 4 * convolution.step * result), vld1_s16(weight));
                }
            }
        }
        return;
    }
    const size_t rest = 8 * (convolution.width - taps), dilation = 8 * convolution.dilation, offset = 8 * place;
    size_t tap;
    const int16_t* x;
    asm volatile(
        "1:\n"
        "ldr %[x], [%[from]], #4\n"
        "mov %[tap], %[taps]\n"
        "add %[x], %[x], %[offset]\n"
        "2:\n"
        "vld1.16 {d4}, [%[weights]]!\n"
        "vld1.16 {d0-d3}, [%[x]], %[dilation]\n"
        "subs %[tap], %[tap], #1\n"
        "vmlal.s16 %q[first], d0, d4\n"
        "vmlal.s16 %q[second], d1, d4\n"
        "vmlal.s16 %q[third], d2, d4\n"
        "vmlal.s16 %q[fourth], d3, d4\n"
        "bne 2b\n"
        "add %[weights], %[weights], %[rest]\n"
        "subs %[rows], %[rows], #1\n"
        "bne 1b\n"
        : [first] "+w"(sums[0]), [second] "+w"(sums[1]), [third] "+w"(sums[2]), [fourth] "+w"(sums[3]), [from] "+r"(from),
          [weights] "+r"(weights), [rows] "+r"(rows), [x] "=&r"(x), [tap] "=&r"(tap)
        : [taps] "r"(taps), [offset] "r"(offset), [rest] "r"(rest), [dilation] "r"(dilation)
        : "cc", "memory", "d0", "d1", "d2", "d3", "d4");
}

void any(int8_t* to, const int16_t* const* rows, size_t count, const edgeconv_int8_depthwise& convolution) {
    const Results results(convolution.results);
    const bool is_dense = convolution.dilation == 1;
    for (size_t i = 0; i < count; i += 4, to += 16) {
        // Of a dense kernel, those taps that are not beside the map for all of the four.
        const size_t place = i * convolution.step, last = place + 3 * convolution.step;
        const size_t inside = convolution.end > place ? convolution.end - place : 0;
        const size_t begin = is_dense && last < convolution.begin ? convolution.begin - last : 0;
        const size_t end = is_dense && inside < convolution.width ? inside : convolution.width;
        int32x4_t sums[4];
        sums_of_four(sums, rows, convolution.weights + 4 * begin, convolution.rows, begin < end ? end - begin : 0,
                     place + begin * convolution.dilation, convolution);
        results.store(to, sums);
    }
}

}  // namespace

void edgeconv_int8_depthwise_row(int8_t* to, const int16_t* const* rows, size_t count, const edgeconv_int8_depthwise* convolution) {
    const bool is_dense = convolution->rows == 3 && convolution->width == 3 && convolution->dilation == 1;
    if (is_dense && convolution->step <= 2) return three_by_three(to, rows, count, *convolution);
    any(to, rows, count, *convolution);
}

void edgeconv_int8_pack_taps(int8_t* packed, const int8_t* first, const int8_t* second, size_t count) {
    for (; count >= 4; count -= 4, packed += 32, first += 16, second += 16) {
        const int8x16x2_t both = {{vld1q_s8(first), vld1q_s8(second)}};
        vst2q_s8(packed, both);
    }
    for (; count; --count) {
        for (int i = 0; i < 4; ++i, packed += 2) {
            packed[0] = *first++;
            packed[1] = *second++;
        }
    }
}

// Assembly: four positions of two taps d0-d3, of the next two d4-d7, weights d8 and d9, sums in 16 bits q12-q15, in 32 bits q8-q11. Two products
// always fit into 16 bits.
void edgeconv_int8_taps_row(int8_t* to, const int8_t* packed, size_t tiles, const edgeconv_int8_taps* convolution) {
    const Results results(*convolution->results);
    const int32x4_t start = vnegq_s32(vld1q_s32(convolution->excess));
    for (; tiles; --tiles, packed += 32) {
        const int8_t *weights = convolution->weights, *from = packed;
        size_t fours = convolution->fours;
        asm volatile(
            "cmp %[fours], #0\n"
            "vmov q8, %q[start]\n"
            "vmov q9, %q[start]\n"
            "vmov q10, %q[start]\n"
            "vmov q11, %q[start]\n"
            "beq 2f\n"
            "1:\n"
            "vld1.8 {d8-d9}, [%[weights]]!\n"
            "vld1.8 {d0-d3}, [%[from]], %[stride]\n"
            "vld1.8 {d4-d7}, [%[from]], %[stride]\n"
            "subs %[fours], %[fours], #1\n"
            "vmull.s8 q12, d0, d8\n"
            "vmull.s8 q13, d1, d8\n"
            "vmull.s8 q14, d2, d8\n"
            "vmull.s8 q15, d3, d8\n"
            "vmlal.s8 q12, d4, d9\n"
            "vmlal.s8 q13, d5, d9\n"
            "vmlal.s8 q14, d6, d9\n"
            "vmlal.s8 q15, d7, d9\n"
            "vpadal.s16 q8, q12\n"
            "vpadal.s16 q9, q13\n"
            "vpadal.s16 q10, q14\n"
            "vpadal.s16 q11, q15\n"
            "bne 1b\n"
            "2:\n"
            "vldmia %[results], {d0-d7}\n"
            "vcvt.f32.s32 q8, q8\n"
            "vcvt.f32.s32 q9, q9\n"
            "vcvt.f32.s32 q10, q10\n"
            "vcvt.f32.s32 q11, q11\n"
            "vmul.f32 q8, q8, q0\n"
            "vmul.f32 q9, q9, q0\n"
            "vmul.f32 q10, q10, q0\n"
            "vmul.f32 q11, q11, q0\n"
            "vadd.f32 q8, q8, q1\n"
            "vadd.f32 q9, q9, q1\n"
            "vadd.f32 q10, q10, q1\n"
            "vadd.f32 q11, q11, q1\n"
            "vcvt.s32.f32 q8, q8, #16\n"
            "vcvt.s32.f32 q9, q9, #16\n"
            "vcvt.s32.f32 q10, q10, #16\n"
            "vcvt.s32.f32 q11, q11, #16\n"
            "vqrshrn.s32 d24, q8, #16\n"
            "vqrshrn.s32 d25, q9, #16\n"
            "vqrshrn.s32 d26, q10, #16\n"
            "vqrshrn.s32 d27, q11, #16\n"
            "vqmovn.s16 d24, q12\n"
            "vqmovn.s16 d25, q13\n"
            "vmax.s8 q12, q12, q2\n"
            "vmin.s8 q12, q12, q3\n"
            "vst1.8 {d24-d25}, [%[to]]!\n"
            : [to] "+r"(to), [weights] "+r"(weights), [from] "+r"(from), [fours] "+r"(fours)
            : [stride] "r"(convolution->stride), [start] "w"(start), [results] "r"(&results)
            : "cc", "memory", "q0", "q1", "q2", "q3", "q4", "q8", "q9", "q10", "q11", "q12", "q13", "q14", "q15");
    }
}

namespace {

struct Sum {
    float32x4_t first_scale, second_scale, bias;
    int8x8_t low, high;
    explicit Sum(const edgeconv_int8_sum& sum)
        : first_scale(vdupq_n_f32(sum.first_scale)),
          second_scale(vdupq_n_f32(sum.second_scale)),
          bias(vdupq_n_f32(sum.bias)),
          low(vdup_n_s8(sum.low)),
          high(vdup_n_s8(sum.high)) {}

    int16x4_t of_four(int16x4_t first, int16x4_t second) const {
        const float32x4_t x = vcvtq_f32_s32(vmovl_s16(first)), y = vcvtq_f32_s32(vmovl_s16(second));
        return vqrshrn_n_s32(vcvtq_n_s32_f32(vmlaq_f32(vmlaq_f32(bias, x, first_scale), y, second_scale), 16), 16);
    }

    int8x8_t of_eight(int8x8_t first, int8x8_t second) const {
        const int16x8_t x = vmovl_s8(first), y = vmovl_s8(second);
        const int16x4_t left = of_four(vget_low_s16(x), vget_low_s16(y)), right = of_four(vget_high_s16(x), vget_high_s16(y));
        return vmin_s8(vmax_s8(vqmovn_s16(vcombine_s16(left, right)), low), high);
    }
};

}  // namespace

void edgeconv_int8_add(int8_t* to, const int8_t* first, const int8_t* second, size_t count, const edgeconv_int8_sum* sum) {
    const Sum here(*sum);
    for (; count >= 8; count -= 8, to += 8, first += 8, second += 8) vst1_s8(to, here.of_eight(vld1_s8(first), vld1_s8(second)));
    for (; count; --count, ++to, ++first, ++second) vst1_lane_s8(to, here.of_eight(vld1_dup_s8(first), vld1_dup_s8(second)), 0);
}

void edgeconv_int8_sums_of_positions(int32_t* sums, const int8_t* from, size_t count) {
    // So many numbers that their sums stay in 16 bits.
    constexpr size_t MOST = 4 * 255;
    int32x4_t all = vdupq_n_s32(0);
    while (count >= 4) {
        const size_t positions = (count < MOST ? count : MOST) / 4 * 4;
        int16x8_t low = vdupq_n_s16(0), high = low;
        for (size_t i = 0; i < positions; i += 4, from += 16) {
            const int8x16_t four = vld1q_s8(from);
            low = vaddw_s8(low, vget_low_s8(four));
            high = vaddw_s8(high, vget_high_s8(four));
        }
        all = vaddq_s32(all, vaddl_s16(vget_low_s16(low), vget_high_s16(low)));
        all = vaddq_s32(all, vaddl_s16(vget_low_s16(high), vget_high_s16(high)));
        count -= positions;
    }
    vst1q_s32(sums, all);
    for (; count; --count, from += 4) {
        for (int i = 0; i < 4; ++i) sums[i] += from[i];
    }
}

void edgeconv_int8_scale(int8_t* to, const int8_t* from, size_t count, const edgeconv_int8_results* results) {
    const Results here(*results);
    for (; count >= 4; count -= 4, to += 16, from += 16) {
        const int8x16_t four = vld1q_s8(from);
        const int16x8_t low = vmovl_s8(vget_low_s8(four)), high = vmovl_s8(vget_high_s8(four));
        const int32x4_t wide[] = {vmovl_s16(vget_low_s16(low)), vmovl_s16(vget_high_s16(low)), vmovl_s16(vget_low_s16(high)),
                                  vmovl_s16(vget_high_s16(high))};
        here.store(to, wide);
    }
    if (count == 0) return;
    int8_t rest[16] = {};
    for (size_t i = 0; i < 4 * count; ++i) rest[i] = from[i];
    edgeconv_int8_scale(rest, rest, 4, results);
    for (size_t i = 0; i < 4 * count; ++i) to[i] = rest[i];
}

#define LOOK_UP(look_up) \
    "vldmia %[table]!, {d0-d3}\n" \
    look_up " d12, {d0-d3}, d4\n" \
    look_up " d13, {d0-d3}, d5\n" \
    look_up " d14, {d0-d3}, d6\n" \
    look_up " d15, {d0-d3}, d7\n" \
    look_up " d16, {d0-d3}, d8\n" \
    look_up " d17, {d0-d3}, d9\n" \
    look_up " d18, {d0-d3}, d10\n" \
    look_up " d19, {d0-d3}, d11\n"
// Other integers replace nothing: they become places in the next part of the table.
#define LOOK_UP_IN_NEXT \
    "vsub.i8 q2, q2, q10\n" \
    "vsub.i8 q3, q3, q10\n" \
    "vsub.i8 q4, q4, q10\n" \
    "vsub.i8 q5, q5, q10\n" \
    LOOK_UP("vtbx.8")

void edgeconv_int8_map(int8_t* data, size_t count, const int8_t* table) {
    for (; count >= 64; count -= 64) {
        const int8_t* part = table;
        asm volatile(
            "vmov.i8 q10, #32\n"
            "vldmia %[data], {d4-d11}\n"
            LOOK_UP("vtbl.8") LOOK_UP_IN_NEXT LOOK_UP_IN_NEXT LOOK_UP_IN_NEXT LOOK_UP_IN_NEXT LOOK_UP_IN_NEXT LOOK_UP_IN_NEXT LOOK_UP_IN_NEXT
            "vstmia %[data]!, {d12-d19}\n"
            : [data] "+r"(data), [table] "+r"(part)
            :
            : "memory", "q0", "q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9", "q10");
    }
    for (; count; --count, ++data) *data = table[static_cast<uint8_t>(*data)];
}
