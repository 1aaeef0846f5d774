// Vectors of 4 floats in the compilers' own notation: any processor, SSE2 on x86-64.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

namespace {

typedef float float4 __attribute__((vector_size(16)));
typedef int32_t int4 __attribute__((vector_size(16)));

constexpr size_t LANES = 4;

struct Mask {
    int4 value;
};

struct Floats {
    float4 value;
    Floats() = default;
    Floats(float4 vector) : value(vector) {}
    Floats(float scalar) : value{scalar, scalar, scalar, scalar} {}
};

inline Floats operator+(Floats a, Floats b) { return a.value + b.value; }
inline Floats operator-(Floats a, Floats b) { return a.value - b.value; }
inline Floats operator*(Floats a, Floats b) { return a.value * b.value; }
inline Floats operator/(Floats a, Floats b) { return a.value / b.value; }
inline Mask operator<(Floats a, Floats b) { return {a.value < b.value}; }

inline Floats fma(Floats a, Floats b, Floats c) { return a.value * b.value + c.value; }

inline int4 bits(Floats x) { return (int4)x.value; }
inline Floats from_bits(int4 bits) { return (float4)bits; }

inline Floats select(Mask mask, Floats yes, Floats no) {
    return from_bits((mask.value & bits(yes)) | (~mask.value & bits(no)));
}
inline Floats at_least(Floats x, Floats bound) { return select(x < bound, bound, x); }
inline Floats at_most(Floats x, Floats bound) { return select(bound < x, bound, x); }
// NaN if one of the two is.
inline Floats larger(Floats a, Floats b) { return select({(b.value < a.value) | (a.value != a.value)}, a, b); }

inline Floats abs(Floats x) { return from_bits(bits(x) & INT32_MAX); }
inline Floats copy_sign(Floats magnitude, Floats sign) {
    return from_bits((bits(magnitude) & INT32_MAX) | (bits(sign) & INT32_MIN));
}
inline Floats low_bits_as_exponent(Floats x) { return from_bits(bits(x) << 23); }

inline Floats load(const float* from) {
    Floats x;
    memcpy(&x, from, sizeof x);
    return x;
}
inline Floats load(const float* from, size_t count, Floats rest) {
    memcpy(&rest, from, count * sizeof(float));
    return rest;
}
inline void keep_in_register(Floats&) {}
inline void store(float* to, Floats x) { memcpy(to, &x, sizeof x); }
inline void store(float* to, Floats x, size_t count) { memcpy(to, &x, count * sizeof(float)); }
inline Floats load_repeated(const float* four) { return load(four); }

// The sum of the lanes.
inline float total(Floats x) { return x.value[0] + x.value[1] + (x.value[2] + x.value[3]); }

}  // namespace
