#include <stdint.h>

#include "vector_avx2.h"

namespace {

inline Floats load_bytes(const uint8_t* from) {
    return _mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(from))));
}

// The nearest integers of numbers from 0 to 255.
inline void store_bytes(uint8_t* to, Floats x) {
    const __m256i integers = _mm256_cvtps_epi32(x.value);
    const __m128i words = _mm_packs_epi32(_mm256_castsi256_si128(integers), _mm256_extracti128_si256(integers, 1));
    _mm_storel_epi64(reinterpret_cast<__m128i*>(to), _mm_packus_epi16(words, words));
}

}  // namespace

#include "byte_kernels.h"

extern const edgeconv_byte_kernels edgeconv_bytes_avx2 = {map_by_sixteens, widen, narrow, add};
