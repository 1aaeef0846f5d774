// Kernels that compute each element by itself.
#pragma once

#include "advance.h"
#include "normal_distribution.h"

namespace {

// Independent vectors in a turn of a loop hide the latency of their instructions.
constexpr size_t UNROLL = 2;

template <class Function>
void map(float* dst, const float* src, size_t count, Function function) {
    for (; count >= UNROLL * LANES; count -= UNROLL * LANES) {
        Floats x[UNROLL];
        for (size_t i = 0; i < UNROLL; ++i, advance(src)) x[i] = load(src);
        for (size_t i = 0; i < UNROLL; ++i) x[i] = function(x[i]);
        for (size_t i = 0; i < UNROLL; ++i, advance(dst)) store(dst, x[i]);
    }
    for (; count >= LANES; count -= LANES, advance(src), advance(dst)) store(dst, function(load(src)));
    if (count) store(dst, function(load(src, count, 0)), count);
}

// Flat: every function inlined, so that constants stay in registers.
template <Floats (*FUNCTION)(Floats)>
__attribute__((flatten)) void unary(float* dst, const float* src, size_t count) {
    map(dst, src, count, [](Floats x) { return FUNCTION(x); });
}

// Constants are loaded once for all rows.
template <Floats (*FUNCTION)(Floats)>
__attribute__((flatten)) void unary_rows(float* data, size_t rows, size_t stride, size_t count) {
    for (; rows > 0; --rows, data += stride) map(data, data, count, [](Floats x) { return FUNCTION(x); });
}

inline Floats hard_swish(Floats x) {
    // The lower bound of the factor keeps minus infinity from 0.
    return at_least(x, -3) * (at_most(at_least(x + 3, 0), 6) * (1.0f / 6));
}

__attribute__((flatten)) void hard_sigmoid(float* dst, const float* src, size_t count, float alpha, float beta) {
    map(dst, src, count, [=](Floats x) { return at_most(at_least(fma(x, alpha, beta), 0), 1); });
}

}  // namespace
