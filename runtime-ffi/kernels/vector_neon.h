// ARMv7 and AArch64: vectors of 4 floats.
#pragma once

#include <arm_neon.h>
#include <stddef.h>
#include <string.h>

namespace {

constexpr size_t LANES = 4;

struct Mask {
    uint32x4_t value;
};

struct Floats {
    float32x4_t value;
    Floats() = default;
    Floats(float32x4_t vector) : value(vector) {}
    Floats(float scalar) : value(vdupq_n_f32(scalar)) {}
};

inline Floats operator+(Floats a, Floats b) { return vaddq_f32(a.value, b.value); }
inline Floats operator-(Floats a, Floats b) { return vsubq_f32(a.value, b.value); }
inline Floats operator*(Floats a, Floats b) { return vmulq_f32(a.value, b.value); }
inline Mask operator<(Floats a, Floats b) { return {vcltq_f32(a.value, b.value)}; }

inline Floats fma(Floats a, Floats b, Floats c) {
#ifdef __ARM_FEATURE_FMA
    return vfmaq_f32(c.value, a.value, b.value);
#else
    return vmlaq_f32(c.value, a.value, b.value);
#endif
}

// The instructions with one factor in a lane leave ARMv7's 16 registers to variables; it has them unfused only.
inline Floats fma(Floats a, float b, Floats c) {
#ifdef __aarch64__
    return vfmaq_n_f32(c.value, a.value, b);
#else
    return vmlaq_lane_f32(c.value, a.value, vdup_n_f32(b), 0);
#endif
}

// c - a b
inline Floats negative_fma(Floats a, Floats b, Floats c) {
#ifdef __ARM_FEATURE_FMA
    return vfmsq_f32(c.value, a.value, b.value);
#else
    return vmlsq_f32(c.value, a.value, b.value);
#endif
}

// ARMv7 has no vector division, and small AArch64 cores have a slow one. The divisor and its reciprocal must be normal.
inline Floats operator/(Floats a, Floats b) {
    const Floats estimate = vrecpeq_f32(b.value);
    const Floats better = estimate * vrecpsq_f32(b.value, estimate.value);
    // Newton's last step from what is left to 1: the instruction for it would round once more.
    return a * fma(better, negative_fma(b, better, 1), better);
}

inline Floats select(Mask mask, Floats yes, Floats no) { return vbslq_f32(mask.value, yes.value, no.value); }
inline Floats at_least(Floats x, Floats bound) { return vmaxq_f32(x.value, bound.value); }
inline Floats at_most(Floats x, Floats bound) { return vminq_f32(x.value, bound.value); }
// NaN if one of the two is.
inline Floats larger(Floats a, Floats b) { return vmaxq_f32(a.value, b.value); }

inline Floats abs(Floats x) { return vabsq_f32(x.value); }
inline Floats copy_sign(Floats magnitude, Floats sign) {
    return vbslq_f32(vdupq_n_u32(0x7fffffff), magnitude.value, sign.value);
}
inline Floats low_bits_as_exponent(Floats x) {
    return vreinterpretq_f32_s32(vshlq_n_s32(vreinterpretq_s32_f32(x.value), 23));
}

inline Floats load(const float* from) { return vld1q_f32(from); }
inline Floats load(const float* from, size_t count, Floats rest) {
    memcpy(&rest, from, count * sizeof(float));
    return rest;
}
// Compilers would load a number anew for each use.
inline void keep_in_register(Floats& x) { asm("" : "+w"(x.value)); }
inline void store(float* to, Floats x) { vst1q_f32(to, x.value); }
inline void store(float* to, Floats x, size_t count) { memcpy(to, &x, count * sizeof(float)); }
inline Floats load_repeated(const float* four) { return load(four); }

// The sum of the lanes.
inline float total(Floats x) {
    const float32x2_t pairs = vadd_f32(vget_low_f32(x.value), vget_high_f32(x.value));
    return vget_lane_f32(vpadd_f32(pairs, pairs), 0);
}

}  // namespace
