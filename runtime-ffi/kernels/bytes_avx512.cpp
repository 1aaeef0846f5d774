#include <stdint.h>

#include "vector_avx512.h"

namespace {

inline Floats load_bytes(const uint8_t* from) {
    return _mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from))));
}

// The nearest integers of numbers from 0 to 255.
inline void store_bytes(uint8_t* to, Floats x) {
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to), _mm512_cvtepi32_epi8(_mm512_cvtps_epi32(x.value)));
}

}  // namespace

#include "byte_kernels.h"

namespace {

// AVX-512 VBMI looks 64 bytes up in a table of 128.
__attribute__((target("avx512vbmi"))) void map_by_halves(uint8_t* to, const uint8_t* from, size_t count, const uint8_t* table) {
    constexpr size_t STEP = sizeof(__m512i);
    __m512i parts[4];
    for (int i = 0; i < 4; ++i) parts[i] = _mm512_loadu_si512(table + STEP * i);
    for (; count > 0; to += STEP, from += STEP) {
        const size_t here = count < STEP ? count : STEP;
        const __mmask64 mask = ~__mmask64{0} >> (STEP - here);
        const __m512i places = _mm512_maskz_loadu_epi8(mask, from);
        const __m512i low = _mm512_permutex2var_epi8(parts[0], places, parts[1]), high = _mm512_permutex2var_epi8(parts[2], places, parts[3]);
        _mm512_mask_storeu_epi8(to, mask, _mm512_mask_blend_epi8(_mm512_movepi8_mask(places), low, high));
        count -= here;
    }
}

}  // namespace

extern const edgeconv_byte_kernels edgeconv_bytes_avx512 = {map_by_sixteens, widen, narrow, add};
extern const edgeconv_byte_kernels edgeconv_bytes_avx512_vbmi = {map_by_halves, widen, narrow, add};
