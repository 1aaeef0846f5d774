// Pooling of whole planes.
#pragma once

#include "reductions.h"

namespace {

__attribute__((flatten)) void average_pool(float* dst, const float* src, size_t channels, size_t plane) {
    for (; channels; --channels, src += plane) *dst++ = static_cast<float>(sum(src, plane).sum() / plane);
}

__attribute__((flatten)) void average_pool_packed(float* dst, const float* src, size_t channels, size_t plane) {
    for (size_t channel = 0; channel < channels; channel += 4, src += plane * 4) {
        for (const double total : sum(src, plane * 4).values) *dst++ = static_cast<float>(total / plane);
    }
}

__attribute__((flatten)) void max_pool(float* dst, const float* src, size_t channels, size_t plane) {
    for (; channels; --channels, src += plane) *dst++ = maximum(src, plane);
}

__attribute__((flatten)) void max_pool_packed(float* dst, const float* src, size_t channels, size_t plane) {
    for (size_t channel = 0; channel < channels; channel += 4, src += plane * 4) {
        float quad[4];
        maximum(quad, src, plane * 4);
        for (const float largest : quad) *dst++ = largest;
    }
}

}  // namespace
