// The normal distribution Φ and what is made of it, for one vector.
#pragma once

#include "exponential.h"

namespace {

constexpr float SQRT_2 = 1.41421356f;

// From the constant coefficient up.
inline Floats polynomial(Floats, float coefficient) { return coefficient; }
template <class... Rest>
Floats polynomial(Floats x, float coefficient, Rest... rest) {
    return fma(polynomial(x, rest...), x, coefficient);
}

// Φ(-a) e^(a²/2) for a from 0 to 14; relative error of the quotient: 5e-9.
inline Floats scaled_tail(Floats a) {
    return polynomial(a, 0.5f, 0.435686371f, 0.181306801f, 0.0399841872f, 0.00402019299f) /
           polynomial(a, 1.0f, 1.66925766f, 1.19448434f, 0.464380444f, 0.100232875f, 0.0100769862f);
}

// e^(-a²/2) for a from 0 to 14.
inline Floats bell(Floats a) {
    // The square of a's leading 12 bits is exact; the rounding error of a² would be 40 units in the last place of the result.
    constexpr float SPLIT = 0x1.8p15f;
    const Floats leading = (a + SPLIT) - SPLIT;
    Reduced reduced = reduce(at_least(leading * leading * -0.5f, LOWEST_EXPONENT));
    reduced.rest = fma((a - leading) * -0.5f, a + leading, reduced.rest);
    const Floats scale = power_of_two(reduced.n_rounder);
    return fma(scale, expm1_near_0(reduced.rest), scale);
}

// x Φ(x) = max(x, 0) - a Φ(-a) with a = |x|: nothing cancels where x is negative.
inline Floats gelu(Floats x) {
    const Floats a = at_most(abs(x), 14);
    return at_least(x, 0) - a * scaled_tail(a) * bell(a);
}

inline Floats erf_near_0(Floats x) {
    const Floats square = x * x;
    return x * polynomial(square, 1.12837911f, -3.76126260e-01f, 1.12835854e-01f, -2.68538129e-02f, 5.18832775e-03f,
                          -8.01019549e-04f, 7.85386510e-05f);
}

inline Floats erf(Floats x) {
    const Floats a = at_most(abs(x) * SQRT_2, 14);
    const Floats far = Floats(1) - scaled_tail(a) * bell(a) * 2;
    return select(abs(x) < 1, erf_near_0(x), copy_sign(far, x));
}

}  // namespace
