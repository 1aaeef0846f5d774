// Convolutions of pictures, whose channels lie one behind the other as files and cameras give them: a row of results at a time, which
// are packed by vectors, [groups of LANES channels][results][LANES].
#pragma once

#include "kernels.h"
#include "products.h"

namespace {

// STEP is 0 where compilers don't know it.
template <size_t RESULTS, size_t GROUPS, size_t STEP>
__attribute__((flatten)) void picture_tile(float* dst, const float* const* rows, size_t count, size_t first, const float* weights,
                                           const edgeconv_picture* picture) {
    const size_t step = STEP ? STEP : picture->step;
    Sums<RESULTS, GROUPS> sums;
#pragma GCC unroll 2
    for (size_t group = 0; group < GROUPS; ++group) {
        const Floats bias = load(weights + group * LANES);
#pragma GCC unroll 16
        for (size_t result = 0; result < RESULTS; ++result) sums[result][group] = bias;
    }
    weights += GROUPS * LANES;
    for (size_t row = 0; row < count; ++row) {
        const float* src = rows[row] + first * step;
        for (size_t tap = 0; tap < picture->width; ++tap, ++src, weights += GROUPS * LANES) {
            Floats taps[GROUPS];
#pragma GCC unroll 2
            for (size_t group = 0; group < GROUPS; ++group) taps[group] = load(weights + group * LANES);
#pragma GCC unroll 16
            for (size_t result = 0; result < RESULTS; ++result) {
                const Floats x = src[result * step];
#pragma GCC unroll 2
                for (size_t group = 0; group < GROUPS; ++group) sums[result][group] = fma(x, taps[group], sums[result][group]);
            }
        }
    }
#pragma GCC unroll 2
    for (size_t group = 0; group < GROUPS; ++group) {
        float* to = dst + group * picture->dst_stride + first * LANES;
#pragma GCC unroll 16
        for (size_t result = 0; result < RESULTS; ++result) {
            store(to + result * LANES, at_most(at_least(sums[result][group], picture->low), picture->high));
        }
    }
}

template <size_t GROUPS, size_t STEP>
void picture_results(float* dst, const float* const* rows, size_t count, const float* weights, const edgeconv_picture* picture) {
    const size_t results = picture->results;
    size_t first = 0;
    for (; first + TILE_POSITIONS <= results; first += TILE_POSITIONS) {
        picture_tile<TILE_POSITIONS, GROUPS, STEP>(dst, rows, count, first, weights, picture);
    }
    if (first == results) return;
    if (results >= TILE_POSITIONS) {
        // The last ones once more, rather than one by one.
        first = results - TILE_POSITIONS;
        return picture_tile<TILE_POSITIONS, GROUPS, STEP>(dst, rows, count, first, weights, picture);
    }
    for (; first < results; ++first) picture_tile<1, GROUPS, STEP>(dst, rows, count, first, weights, picture);
}

template <size_t STEP>
void picture_groups(float* dst, const float* const* rows, size_t count, const edgeconv_picture* picture) {
    const float* weights = picture->weights;
    for (size_t left = picture->groups, groups; left > 0; left -= groups) {
        groups = smaller(left, TILE_GROUPS);
        (groups == 1 ? picture_results<1, STEP> : picture_results<TILE_GROUPS, STEP>)(dst, rows, count, weights, picture);
        if (picture->function) picture->function(dst, groups, picture->dst_stride, picture->results * LANES);
        weights += (1 + count * picture->width) * groups * LANES;
        dst += groups * picture->dst_stride;
    }
}

void picture_row(float* dst, const float* const* rows, size_t count, const edgeconv_picture* picture) {
    if (picture->step == 1) return picture_groups<1>(dst, rows, count, picture);
    if (picture->step == 2) return picture_groups<2>(dst, rows, count, picture);
    if (picture->step == 4) return picture_groups<4>(dst, rows, count, picture);
    picture_groups<0>(dst, rows, count, picture);
}

}  // namespace
