// AVX-512F: vectors of 16 floats.
#pragma once

#include <immintrin.h>
#include <stddef.h>

namespace {

constexpr size_t LANES = 16;

struct Mask {
    __mmask16 value;
};

struct Floats {
    __m512 value;
    Floats() = default;
    Floats(__m512 vector) : value(vector) {}
    Floats(float scalar) : value(_mm512_set1_ps(scalar)) {}
};

inline Floats operator+(Floats a, Floats b) { return _mm512_add_ps(a.value, b.value); }
inline Floats operator-(Floats a, Floats b) { return _mm512_sub_ps(a.value, b.value); }
inline Floats operator*(Floats a, Floats b) { return _mm512_mul_ps(a.value, b.value); }
inline Floats operator/(Floats a, Floats b) { return _mm512_div_ps(a.value, b.value); }
inline Mask operator<(Floats a, Floats b) { return {_mm512_cmp_ps_mask(a.value, b.value, _CMP_LT_OQ)}; }

inline Floats fma(Floats a, Floats b, Floats c) { return _mm512_fmadd_ps(a.value, b.value, c.value); }

inline Floats select(Mask mask, Floats yes, Floats no) {
    return _mm512_mask_blend_ps(mask.value, no.value, yes.value);
}
// Where one of the two is NaN, the instructions return the second.
inline Floats at_least(Floats x, Floats bound) { return _mm512_max_ps(bound.value, x.value); }
inline Floats at_most(Floats x, Floats bound) { return _mm512_min_ps(bound.value, x.value); }
// NaN if one of the two is.
inline Floats larger(Floats a, Floats b) {
    return select({_mm512_cmp_ps_mask(a.value, a.value, _CMP_UNORD_Q)}, a, _mm512_max_ps(a.value, b.value));
}

inline __m512i bits(Floats x) { return _mm512_castps_si512(x.value); }
inline Floats from_bits(__m512i bits) { return _mm512_castsi512_ps(bits); }

inline Floats abs(Floats x) { return _mm512_abs_ps(x.value); }
inline Floats copy_sign(Floats magnitude, Floats sign) {
    return from_bits(_mm512_or_si512(bits(abs(magnitude)), _mm512_and_si512(bits(-0.0f), bits(sign))));
}
inline Floats low_bits_as_exponent(Floats x) { return from_bits(_mm512_slli_epi32(bits(x), 23)); }

inline __mmask16 first(size_t count) { return static_cast<__mmask16>((1u << count) - 1); }

inline Floats load(const float* from) { return _mm512_loadu_ps(from); }
inline Floats load(const float* from, size_t count, Floats rest) {
    return _mm512_mask_loadu_ps(rest.value, first(count), from);
}
// Compilers would load a number anew for each use.
inline void keep_in_register(Floats& x) { asm("" : "+v"(x.value)); }
inline void store(float* to, Floats x) { _mm512_storeu_ps(to, x.value); }
inline void store(float* to, Floats x, size_t count) { _mm512_mask_storeu_ps(to, first(count), x.value); }
inline Floats load_repeated(const float* four) { return _mm512_broadcast_f32x4(_mm_loadu_ps(four)); }

// The sum of the lanes.
inline float total(Floats x) { return _mm512_reduce_add_ps(x.value); }

}  // namespace
