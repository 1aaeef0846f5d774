// Products of matrices for kernels of 1x1 on maps packed by vectors: [groups of LANES channels][positions][LANES]. Sources are read
// as they are, an element at a time for all lanes of a result: nothing is packed anew or transposed.
#pragma once

#include <utility>

#include "kernels.h"

namespace {

// So many positions and groups of channels have their sums in registers: 24 of 32, or 12 of 16.
constexpr size_t TILE_POSITIONS = LANES == 16 ? 12 : 6;
constexpr size_t TILE_GROUPS = 2;
// So many positions, or some more if they are not deep, take the weights of some groups while these are in the first-level cache, and
// then the function of their results. For each block the weights are read anew, from wherever they are.
constexpr size_t LEAST_BLOCK = 96, LARGEST_BLOCK = 288;
// Floats of a block that stay in a second-level cache.
constexpr size_t BLOCK_FLOATS = 96 << 10;

// [groups][1 + depth][LANES], groups by twos side by side: [2][1 + depth][LANES] is [1 + depth][2][LANES]. The first row is the bias.
void pack_product(float* dst, const float* weights, const float* bias, size_t depth, size_t channels) {
    for (size_t first = 0; first < channels; first += TILE_GROUPS * LANES) {
        const size_t left = channels - first;
        const size_t width = left > LANES ? TILE_GROUPS * LANES : LANES;
        for (size_t row = 0; row < 1 + depth; ++row) {
            for (size_t i = 0; i < width; ++i) {
                const size_t channel = first + i;
                *dst++ = i >= left ? 0 : row == 0 ? bias[channel] : weights[channel * depth + row - 1];
            }
        }
    }
}

// Sums of every other channel, or of every fourth, are kept apart where a tile has few: they don't wait for each other.
constexpr size_t parts_of(size_t positions) { return positions == 1 ? 4 : positions <= 3 ? 2 : 1; }

template <size_t POSITIONS, size_t GROUPS>
using Sums = Floats[POSITIONS][GROUPS];

// Adds what one channel gives.
template <size_t POSITIONS, size_t GROUPS>
inline void add_channel(Sums<POSITIONS, GROUPS>& sums, const float* src, const float* weights) {
    Floats row[GROUPS];
    for (size_t group = 0; group < GROUPS; ++group) row[group] = load(weights + group * LANES);
    for (size_t position = 0; position < POSITIONS; ++position) {
        const Floats x = src[position * LANES];
        for (size_t group = 0; group < GROUPS; ++group) sums[position][group] = fma(x, row[group], sums[position][group]);
    }
}

// Adds what `count` channels of the source, one behind the other, give.
template <size_t PARTS, size_t POSITIONS, size_t GROUPS>
inline const float* add_channels(Sums<POSITIONS, GROUPS> (&sums)[PARTS], const float* src, const float* weights, size_t count) {
    for (; count >= PARTS; count -= PARTS) {
        for (size_t part = 0; part < PARTS; ++part, ++src, weights += GROUPS * LANES) {
            add_channel<POSITIONS, GROUPS>(sums[part], src, weights);
        }
    }
    for (; count > 0; --count, ++src, weights += GROUPS * LANES) add_channel<POSITIONS, GROUPS>(sums[0], src, weights);
    return weights;
}

template <size_t POSITIONS, size_t GROUPS>
__attribute__((flatten)) void tile(float* dst, const float* src, const float* weights, const edgeconv_product* product) {
    constexpr size_t PARTS = parts_of(POSITIONS);
    Sums<POSITIONS, GROUPS> sums[PARTS];
    for (size_t group = 0; group < GROUPS; ++group) {
        const Floats bias = load(weights + group * LANES);
        for (size_t position = 0; position < POSITIONS; ++position) {
            for (size_t part = 0; part < PARTS; ++part) sums[part][position][group] = part == 0 ? bias : Floats(0.0f);
        }
    }
    weights += GROUPS * LANES;
    size_t left = product->depth;
    for (; left >= LANES; left -= LANES, src += product->src_stride) {
        weights = add_channels<PARTS, POSITIONS, GROUPS>(sums, src, weights, LANES);
    }
    add_channels<PARTS, POSITIONS, GROUPS>(sums, src, weights, left);
    for (size_t group = 0; group < GROUPS; ++group, dst += product->dst_stride) {
        for (size_t position = 0; position < POSITIONS; ++position) {
            Floats sum = sums[0][position][group];
            for (size_t part = 1; part < PARTS; ++part) sum = sum + sums[part][position][group];
            store(dst + position * LANES, at_most(at_least(sum, product->low), product->high));
        }
    }
}

using Tile = void(float*, const float*, const float*, const edgeconv_product*);

template <size_t GROUPS, size_t... LESS>
Tile* tile_of(size_t positions, std::index_sequence<LESS...>) {
    static constexpr Tile* tiles[] = {tile<LESS + 1, GROUPS>...};
    return tiles[positions - 1];
}

inline Tile* tile_of(size_t positions, size_t groups) {
    constexpr auto sizes = std::make_index_sequence<TILE_POSITIONS>();
    return groups == 1 ? tile_of<1>(positions, sizes) : tile_of<TILE_GROUPS>(positions, sizes);
}

inline size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

void block(float* dst, const float* src, size_t positions, const edgeconv_product* product) {
    const float* weights = product->weights;
    for (size_t left_groups = product->groups, groups; left_groups > 0; left_groups -= groups) {
        groups = smaller(left_groups, TILE_GROUPS);
        for (size_t done = 0, count; done < positions; done += count) {
            count = smaller(positions - done, TILE_POSITIONS);
            tile_of(count, groups)(dst + done * LANES, src + done * LANES, weights, product);
        }
        if (product->function) product->function(dst, groups, product->dst_stride, positions * LANES);
        weights += (1 + product->depth) * groups * LANES;
        dst += groups * product->dst_stride;
    }
}

// Positions of a block: all are of about the same size, since those of a small one would have the weights for themselves.
inline size_t block_size(size_t positions, size_t depth) {
    const size_t most = smaller(LARGEST_BLOCK, BLOCK_FLOATS / (depth + 1));
    const size_t blocks = positions / (most < LEAST_BLOCK ? LEAST_BLOCK : most) + 1;
    return (positions / blocks / TILE_POSITIONS + 1) * TILE_POSITIONS;
}

void multiply(float* dst, const float* src, size_t positions, const edgeconv_product* product) {
    const size_t most = block_size(positions, product->depth);
    for (size_t done = 0, count; done < positions; done += count) {
        count = smaller(positions - done, most);
        block(dst + done * LANES, src + done * LANES, count, product);
    }
}

}  // namespace
