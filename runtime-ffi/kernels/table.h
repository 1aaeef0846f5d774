// The table of kernels for the vectors of the header that was included before.
#pragma once

#include "depthwise_rows.h"
#include "elementwise.h"
#include "kernels.h"
#include "norms.h"
#include "picture_rows.h"
#include "pools.h"
#include "products.h"
#include "softmax.h"

namespace {

// Of short vectors, ARM's, maps are better packed anew: MNN's kernels and `matmul_armv7.h` do that.
constexpr bool HAS_PRODUCT = LANES > 4;

constexpr edgeconv_kernel_table table(const char* name) {
    return {name, unary<exp>, unary<sigmoid>, unary<silu>, unary<tanh>, unary<erf>, unary<gelu>, unary<hard_swish>,
            unary_rows<sigmoid>, unary_rows<silu>, unary_rows<tanh>, unary_rows<gelu>, unary_rows<hard_swish>,
            hard_sigmoid, softmax, layer_norm, layer_norm_packed, group_norm, group_norm_packed, average_pool,
            average_pool_packed, max_pool, max_pool_packed, LANES, depthwise_row, pack_product, picture_row,
            HAS_PRODUCT ? multiply : nullptr};
}

}  // namespace
