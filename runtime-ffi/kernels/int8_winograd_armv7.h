// Convolutions of 3x3 by Winograd's tiles of 4x2 results, with integers on ARMv7: a third of the products, and exact.
//
// Each of the 24 places of a transformed tile has a product of matrices by itself. Their sums may wrap around: results are the right ones
// as long as EDGECONV_WINOGRAD_FACTOR times each of them stays in 32 bits.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    EDGECONV_WINOGRAD_WIDTH = 4,  // results of a tile
    EDGECONV_WINOGRAD_HEIGHT = 2,
    EDGECONV_WINOGRAD_PLACES = 24,  // of a transformed tile: six along each of four rows
    EDGECONV_WINOGRAD_FACTOR = 48,  // by which sums are too large
    EDGECONV_WINOGRAD_TILES = 4,  // that are computed together
    EDGECONV_WINOGRAD_CHANNELS = 12,  // of the results, the same
};

// A kernel [3][3], transformed: a weight for each place, from -2688 to 2688.
void edgeconv_winograd_weights(int16_t* places, const int8_t* kernel);

// Four channels of tiles, transformed. `tiles[i]` is the first of 4 rows of 6 positions, with as many integers from row to row as
// `row_size` says. Place p goes to `to` + p * `stride`, [channel][tile].
void edgeconv_winograd_operands(int16_t* to, size_t stride, const int16_t* const* tiles, size_t row_size);

// Sums [channel][tile] of products of operands [depth][tile] and weights [depth][channel].
void edgeconv_winograd_product(int32_t* sums, const int16_t* operands, const int16_t* weights, size_t depth);

// The nearest integers to scale * sum + bias for each of four channels, between bounds, of sums transformed back.
typedef struct {
    float scale[4], bias[4];
    int8_t low[16], high[16];
} edgeconv_winograd_constants;

// Four channels of four tiles [tile][row][position][channel], from places that are `stride` sums apart, [channel][tile].
void edgeconv_winograd_results(int8_t* to, const int32_t* sums, size_t stride, const edgeconv_winograd_constants* constants);

#ifdef __cplusplus
}
#endif
