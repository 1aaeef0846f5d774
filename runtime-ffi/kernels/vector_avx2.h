// AVX2 with FMA: vectors of 8 floats.
#pragma once

#include <immintrin.h>
#include <stddef.h>

namespace {

constexpr size_t LANES = 8;

struct Mask {
    __m256 value;
};

struct Floats {
    __m256 value;
    Floats() = default;
    Floats(__m256 vector) : value(vector) {}
    Floats(float scalar) : value(_mm256_set1_ps(scalar)) {}
};

inline Floats operator+(Floats a, Floats b) { return _mm256_add_ps(a.value, b.value); }
inline Floats operator-(Floats a, Floats b) { return _mm256_sub_ps(a.value, b.value); }
inline Floats operator*(Floats a, Floats b) { return _mm256_mul_ps(a.value, b.value); }
inline Floats operator/(Floats a, Floats b) { return _mm256_div_ps(a.value, b.value); }
inline Mask operator<(Floats a, Floats b) { return {_mm256_cmp_ps(a.value, b.value, _CMP_LT_OQ)}; }

inline Floats fma(Floats a, Floats b, Floats c) { return _mm256_fmadd_ps(a.value, b.value, c.value); }

inline Floats select(Mask mask, Floats yes, Floats no) { return _mm256_blendv_ps(no.value, yes.value, mask.value); }
// Where one of the two is NaN, the instructions return the second.
inline Floats at_least(Floats x, Floats bound) { return _mm256_max_ps(bound.value, x.value); }
inline Floats at_most(Floats x, Floats bound) { return _mm256_min_ps(bound.value, x.value); }
// NaN if one of the two is.
inline Floats larger(Floats a, Floats b) {
    return select({_mm256_cmp_ps(a.value, a.value, _CMP_UNORD_Q)}, a, _mm256_max_ps(a.value, b.value));
}

inline Floats abs(Floats x) { return _mm256_andnot_ps(_mm256_set1_ps(-0.0f), x.value); }
inline Floats copy_sign(Floats magnitude, Floats sign) {
    return _mm256_or_ps(abs(magnitude).value, _mm256_and_ps(_mm256_set1_ps(-0.0f), sign.value));
}
inline Floats low_bits_as_exponent(Floats x) {
    return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_castps_si256(x.value), 23));
}

inline __m256i first(size_t count) {
    const __m256i lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    return _mm256_cmpgt_epi32(_mm256_set1_epi32(static_cast<int>(count)), lanes);
}

inline Floats load(const float* from) { return _mm256_loadu_ps(from); }
inline Floats load(const float* from, size_t count, Floats rest) {
    const __m256i mask = first(count);
    return _mm256_blendv_ps(rest.value, _mm256_maskload_ps(from, mask), _mm256_castsi256_ps(mask));
}
// Compilers would load a number anew for each use.
inline void keep_in_register(Floats& x) { asm("" : "+x"(x.value)); }
inline void store(float* to, Floats x) { _mm256_storeu_ps(to, x.value); }
inline void store(float* to, Floats x, size_t count) { _mm256_maskstore_ps(to, first(count), x.value); }
inline Floats load_repeated(const float* four) { return _mm256_broadcast_ps(reinterpret_cast<const __m128*>(four)); }

// The sum of the lanes.
inline float total(Floats x) {
    const __m128 halves = _mm_add_ps(_mm256_castps256_ps128(x.value), _mm256_extractf128_ps(x.value, 1));
    const __m128 pairs = _mm_add_ps(halves, _mm_movehl_ps(halves, halves));
    return _mm_cvtss_f32(_mm_add_ss(pairs, _mm_movehdup_ps(pairs)));
}

}  // namespace
