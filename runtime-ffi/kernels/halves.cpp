#include "halves.h"

#include <arm_neon.h>
#include <string.h>

namespace {

using Halves = float16x8_t;
constexpr size_t LANES = 8;

inline Halves all(float value) { return vdupq_n_f16(static_cast<float16_t>(value)); }

// Added to a small number, this rounds it to an integer; the low bits of the sum are that integer plus the bias of exponents, 15.
constexpr float ROUNDER = 1.5f * 1024 + 15;

constexpr float LOG2_E = 1.44269504f;
// ln 2 in two parts: products of the first with integers of 7 bits are exact.
constexpr float LN2_HIGH = 0.6875f;
constexpr float LN2_LOW = 5.6471806e-3f;

// Between these, e^(x / 2) is a normal number; at them, sigmoid is as close to 0 as the next number to it, or 1.
constexpr float LOWEST = -18, HIGHEST = 10;

// e^x, as the square of e^(x / 2) = 2^n e^rest: results that are smaller than normal numbers stay as exact as these can be.
inline Halves exp_in_range(Halves x) {
    const Halves half = vmulq_f16(x, all(0.5f));
    const Halves n_rounder = vfmaq_f16(all(ROUNDER), half, all(LOG2_E));
    const Halves n = vsubq_f16(n_rounder, all(ROUNDER));
    const Halves rest = vfmsq_f16(vfmsq_f16(half, n, all(LN2_HIGH)), n, all(LN2_LOW));
    const Halves scale = vreinterpretq_f16_s16(vshlq_n_s16(vreinterpretq_s16_f16(n_rounder), 10));
    // e^rest - 1; relative error of e^rest: 8e-5.
    const Halves slope = vfmaq_f16(all(0.99996f), vfmaq_f16(all(0.50496f), rest, all(0.16798f)), rest);
    const Halves root = vfmaq_f16(scale, scale, vmulq_f16(slope, rest));
    return vmulq_f16(root, root);
}

inline Halves sigmoid(Halves x) {
    const Halves e = exp_in_range(vminq_f16(vmaxq_f16(x, all(LOWEST)), all(HIGHEST)));
    const Halves divisor = vaddq_f16(e, all(1));
    const Halves estimate = vrecpeq_f16(divisor);
    const Halves reciprocal = vmulq_f16(estimate, vrecpsq_f16(divisor, estimate));
    // Newton's last step from what is left of the quotient.
    const Halves quotient = vmulq_f16(e, reciprocal);
    return vfmaq_f16(quotient, vfmsq_f16(e, quotient, divisor), reciprocal);
}

inline Halves silu(Halves x) {
    // Minus infinity times 0 is NaN.
    const Halves bounded = vmaxq_f16(x, all(LOWEST));
    return vmulq_f16(bounded, sigmoid(bounded));
}

template <Halves (*FUNCTION)(Halves)>
__attribute__((flatten)) void unary(void* dst, const void* src, size_t count) {
    auto* to = static_cast<float16_t*>(dst);
    const auto* from = static_cast<const float16_t*>(src);
    // Two independent vectors in a turn hide the latency of their instructions.
    for (; count >= 2 * LANES; count -= 2 * LANES, to += 2 * LANES, from += 2 * LANES) {
        const Halves first = FUNCTION(vld1q_f16(from)), second = FUNCTION(vld1q_f16(from + LANES));
        vst1q_f16(to, first);
        vst1q_f16(to + LANES, second);
    }
    for (size_t some; count > 0; count -= some, to += some, from += some) {
        some = count < LANES ? count : LANES;
        Halves x = all(0);
        memcpy(&x, from, some * sizeof *from);
        x = FUNCTION(x);
        memcpy(to, &x, some * sizeof *to);
    }
}

}  // namespace

void edgeconv_half_sigmoid(void* dst, const void* src, size_t count) { unary<sigmoid>(dst, src, count); }
void edgeconv_half_silu(void* dst, const void* src, size_t count) { unary<silu>(dst, src, count); }
