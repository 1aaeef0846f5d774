// Loops over bytes, for the vectors of the header that was included before, and their `load_bytes` and `store_bytes`.
#pragma once

#include <string.h>

#include "bytes.h"

namespace {

// The nearest integers, the even one of two, between bounds from 0 to 255.
inline void store_nearest(uint8_t* to, Floats x, Floats low, Floats high) { store_bytes(to, at_most(at_least(x, low), high)); }

void widen(float* to, const uint8_t* from, size_t count, float zero) {
    for (; count >= LANES; count -= LANES, to += LANES, from += LANES) store(to, load_bytes(from) - zero);
    for (size_t i = 0; i < count; ++i) to[i] = static_cast<float>(from[i]) - zero;
}

void narrow(uint8_t* to, const float* sums, size_t positions, const edgeconv_byte_results* results) {
    const Floats scale = load(results->scale), bias = load(results->bias), low = results->low, high = results->high;
    for (; positions > 0; --positions, to += LANES, sums += LANES) store_nearest(to, fma(load(sums), scale, bias), low, high);
}

void add(uint8_t* to, const uint8_t* first, const uint8_t* second, size_t count, const edgeconv_byte_sum* sum) {
    const Floats first_scale = sum->first_scale, second_scale = sum->second_scale, bias = sum->bias, low = sum->low, high = sum->high;
    const auto of = [&](uint8_t* to, const uint8_t* first, const uint8_t* second) {
        store_nearest(to, fma(load_bytes(first), first_scale, fma(load_bytes(second), second_scale, bias)), low, high);
    };
    for (; count >= LANES; count -= LANES, to += LANES, first += LANES, second += LANES) of(to, first, second);
    if (count == 0) return;
    uint8_t last[3][LANES] = {};
    memcpy(last[0], first, count);
    memcpy(last[1], second, count);
    of(last[2], last[0], last[1]);
    memcpy(to, last[2], count);
}

// The instruction looks 32 bytes up in a table of 16, and gives 0 where the highest bit of a place is set: places beyond a part of the table
// are made such.
inline __m256i looked_up(__m256i places, const uint8_t* table) {
    const __m256i part = _mm256_set1_epi8(16), beyond = _mm256_set1_epi8(0x70);
    __m256i result = _mm256_setzero_si256();
    for (int first = 0; first < 256; first += 16, places = _mm256_sub_epi8(places, part)) {
        const __m256i here = _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(table + first)));
        result = _mm256_or_si256(result, _mm256_shuffle_epi8(here, _mm256_adds_epu8(places, beyond)));
    }
    return result;
}

void map_by_sixteens(uint8_t* to, const uint8_t* from, size_t count, const uint8_t* table) {
    constexpr size_t STEP = sizeof(__m256i);
    for (; count >= STEP; count -= STEP, to += STEP, from += STEP) {
        const __m256i places = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), looked_up(places, table));
    }
    for (size_t i = 0; i < count; ++i) to[i] = table[from[i]];
}

}  // namespace
