// Softmax of a row.
#pragma once

#include "reductions.h"

namespace {

__attribute__((flatten)) void softmax(float* dst, const float* src, size_t count) {
    const Floats largest = maximum(src, count);
    map(dst, src, count, [=](Floats x) { return exp_in_range(at_least(x - largest, LOWEST_EXPONENT)); });
    const Floats factor = count <= PIECE ? 1 / total(fold(dst, count, 0, Sum()).value) : static_cast<float>(1 / sum(dst, count).sum());
    map(dst, dst, count, [=](Floats x) { return x * factor; });
}

}  // namespace
