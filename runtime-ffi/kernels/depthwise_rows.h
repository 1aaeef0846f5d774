// Convolutions of each channel by itself, a row of a group of LANES channels at a time: [positions][LANES].
#pragma once

#include "advance.h"
#include "kernels.h"

namespace {

// So many results have their sums in registers.
constexpr size_t RESULTS = 8;

// Adds what one row of the source gives to `COUNT` results side by side, the first of which begins at `src`. Each position is loaded
// once for all results that it has a part in.
template <size_t COUNT, size_t WIDTH, size_t STEP>
inline void add_row(Floats (&sums)[COUNT], const float* src, const float* weights) {
    Floats taps[WIDTH];
    for (size_t tap = 0; tap < WIDTH; ++tap, advance(weights)) taps[tap] = load(weights);
#pragma GCC unroll 32
    for (size_t position = 0; position < (COUNT - 1) * STEP + WIDTH; ++position, advance(src)) {
        Floats x = load(src);
        keep_in_register(x);
        for (size_t result = 0; result < COUNT; ++result) {
            const size_t tap = position - result * STEP;
            if (tap < WIDTH) sums[result] = fma(x, taps[tap], sums[result]);
        }
    }
}

// As above for kernels of any size: a load for each product.
template <size_t COUNT>
inline void add_row(Floats (&sums)[COUNT], const float* src, const float* weights, const edgeconv_depthwise* convolution) {
    const size_t step = convolution->step * LANES, dilation = convolution->dilation * LANES;
    for (size_t tap = 0; tap < convolution->width; ++tap, src += dilation, advance(weights)) {
        const Floats weight = load(weights);
        const float* from = src;
#pragma GCC unroll 32
        for (size_t result = 0; result < COUNT; ++result, from += step) {
            asm("" : "+r"(from));
            sums[result] = fma(load(from), weight, sums[result]);
        }
    }
}

// In registers: a compiler must suppose that results overwrite what a pointer leads to.
struct Limits {
    const Floats low, high;
    const bool are_any;
    explicit Limits(const edgeconv_depthwise* convolution)
        : low(convolution->low), high(convolution->high), are_any(convolution->low > -3e38f || convolution->high < 3e38f) {}
    Floats operator()(Floats x) const { return at_most(at_least(x, low), high); }
};

// `COUNT` results that are all inside. WIDTH and STEP are 0 for kernels of any size.
template <size_t COUNT, size_t WIDTH, size_t STEP>
inline void inner_results(float* dst, const float* const* rows, size_t count, const float* weights, size_t offset,
                          const edgeconv_depthwise* convolution, const Limits& limits) {
    Floats sums[COUNT];
    for (size_t result = 0; result < COUNT; ++result) sums[result] = load(convolution->bias);
    for (size_t row = 0; row < count; ++row, weights += convolution->width * LANES) {
        if (WIDTH) {
            add_row<COUNT, WIDTH ? WIDTH : 1, STEP>(sums, rows[row] + offset, weights);
        } else {
            add_row<COUNT>(sums, rows[row] + offset, weights, convolution);
        }
    }
    if (limits.are_any) {
        for (auto& sum : sums) sum = limits(sum);
    }
    for (size_t result = 0; result < COUNT; ++result, advance(dst)) store(dst, sums[result]);
}

// A result of which some taps lie beside the map.
inline void outer_result(float* dst, const float* const* rows, size_t count, const float* weights, ptrdiff_t first,
                         const edgeconv_depthwise* convolution, const Limits& limits) {
    const size_t width = convolution->width;
    Floats sum = load(convolution->bias);
    ptrdiff_t position = first;
    for (size_t tap = 0; tap < width; ++tap, position += convolution->dilation, weights += LANES) {
        if (position < 0 || position >= static_cast<ptrdiff_t>(convolution->positions)) continue;
        const float* weight = weights;
        for (size_t row = 0; row < count; ++row, weight += width * LANES) sum = fma(load(rows[row] + position * LANES), load(weight), sum);
    }
    store(dst, limits(sum));
}

template <size_t WIDTH, size_t STEP>
__attribute__((flatten)) void row(float* dst, const float* const* rows, size_t count, const float* weights,
                                  const edgeconv_depthwise* convolution) {
    const Limits limits(convolution);
    const ptrdiff_t step = convolution->step, padding = convolution->padding, results = convolution->results;
    const ptrdiff_t begin = convolution->inner_begin, end = convolution->inner_end;
    const auto first = [=](ptrdiff_t result) { return result * step - padding; };
    for (ptrdiff_t result = 0; result < begin; ++result) outer_result(dst + result * LANES, rows, count, weights, first(result), convolution, limits);
    const ptrdiff_t at_once = RESULTS;
    for (ptrdiff_t result = begin; result < end;) {
        if (end - begin < at_once) {
            inner_results<1, WIDTH, STEP>(dst + result * LANES, rows, count, weights, first(result) * LANES, convolution, limits);
            ++result;
            continue;
        }
        // The last ones once more, rather than one by one.
        if (result > end - at_once) result = end - at_once;
        inner_results<RESULTS, WIDTH, STEP>(dst + result * LANES, rows, count, weights, first(result) * LANES, convolution, limits);
        result += at_once;
    }
    for (ptrdiff_t result = end; result < results; ++result) outer_result(dst + result * LANES, rows, count, weights, first(result), convolution, limits);
}

void depthwise_row(float* dst, const float* const* rows, size_t count, const float* weights, const edgeconv_depthwise* convolution) {
    if (convolution->width == 3 && convolution->dilation == 1 && convolution->step == 1) return row<3, 1>(dst, rows, count, weights, convolution);
    if (convolution->width == 3 && convolution->dilation == 1 && convolution->step == 2) return row<3, 2>(dst, rows, count, weights, convolution);
    row<0, 0>(dst, rows, count, weights, convolution);
}

}  // namespace
