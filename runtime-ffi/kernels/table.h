// The table of kernels for the vectors of the header that was included before.
#pragma once

#include "elementwise.h"
#include "kernels.h"

namespace {

constexpr edgeconv_kernel_table table(const char* name) {
    return {name, unary<exp>, unary<sigmoid>, unary<silu>, unary<tanh>, unary<erf>, unary<gelu>, unary<hard_swish>,
            hard_sigmoid};
}

}  // namespace
