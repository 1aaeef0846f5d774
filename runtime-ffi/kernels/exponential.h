// e^x and what is made of it, for one vector.
#pragma once

namespace {

// Added to a small number, this rounds it to an integer; the low bits of the sum are that integer plus the bias of
// exponents, 127.
constexpr float ROUNDER = 0x1.8p23f + 127;

constexpr float LOG2_E = 1.44269504f;
// ln 2 in two parts: whole multiples of the first up to 2^13 are exact.
constexpr float LN2_HIGH = 0.693359375f;
constexpr float LN2_LOW = -2.12194440e-4f;

// Below the first, 2^n becomes 0 (and e^x is smaller than every normal number); above the second it would overflow.
constexpr float LOWEST_EXPONENT = -88;
constexpr float HIGHEST_EXPONENT = 88;

// x = n ln 2 + rest
struct Reduced {
    Floats n_rounder;  // n + ROUNDER
    Floats rest;       // within ±0.35
};

inline Reduced reduce(Floats x) {
    const Floats n_rounder = fma(x, LOG2_E, ROUNDER);
    const Floats n = n_rounder - ROUNDER;
    return {n_rounder, fma(n, -LN2_LOW, fma(n, -LN2_HIGH, x))};
}

// 2^n for n from -127, which counts as minus infinity, to 127.
inline Floats power_of_two(Floats n_rounder) { return low_bits_as_exponent(n_rounder); }

// e^x - 1 for x within ±0.37; relative error of the polynomial: 4e-9.
inline Floats expm1_near_0(Floats x) {
    const Floats square = x * x;
    const Floats low = fma(x, 0.16666520f, 0.49999994f);
    const Floats high = fma(square, 0.0013814468f, fma(x, 0.0083687808f, 0.041668393f));
    return fma(square, fma(square, high, low), x);
}

// e^x for x from LOWEST_EXPONENT to HIGHEST_EXPONENT.
inline Floats exp_in_range(Floats x) {
    const Reduced reduced = reduce(x);
    const Floats scale = power_of_two(reduced.n_rounder);
    return fma(scale, expm1_near_0(reduced.rest), scale);
}

// In two factors, since 2^n alone would overflow above 88.3 and underflow too early.
inline Floats exp(Floats x) {
    const Reduced reduced = reduce(at_least(at_most(x, 89), -104));
    const Floats n = reduced.n_rounder - ROUNDER;
    const Floats half_rounder = fma(n, 0.5f, ROUNDER);
    const Floats half = half_rounder - ROUNDER;
    const Floats scale = power_of_two(half_rounder);
    return fma(scale, expm1_near_0(reduced.rest), scale) * power_of_two((n - half) + ROUNDER);
}

// For x from LOWEST_EXPONENT.
inline Floats logistic(Floats x) {
    const Floats e = exp_in_range(at_most(x, HIGHEST_EXPONENT - 24));
    return e / (e + 1);
}

inline Floats sigmoid(Floats x) {
    // A quotient by Newton's method may be one bit too large.
    return at_most(logistic(at_least(x, LOWEST_EXPONENT)), 1);
}

inline Floats silu(Floats x) {
    // Bounds the factor, too: minus infinity times 0 is NaN.
    const Floats bounded = at_least(x, LOWEST_EXPONENT);
    return bounded * logistic(bounded);
}

// By e^x - 1, so that small x keep all their bits.
inline Floats tanh(Floats x) {
    const Reduced reduced = reduce(at_least(abs(x) * -2, LOWEST_EXPONENT));
    const Floats scale = power_of_two(reduced.n_rounder);
    const Floats expm1 = fma(scale, expm1_near_0(reduced.rest), scale - 1);
    return copy_sign(expm1 / (expm1 + 2), x);
}

}  // namespace
