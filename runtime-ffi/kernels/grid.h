// The grids that values of quantised tensors lie on.
#pragma once

#include <algorithm>
#include <cmath>

#include "core/TensorUtils.hpp"

namespace edgeconv {

// What MNN's maps of bytes count in excess of the integers.
#ifdef __x86_64__
constexpr int EXCESS = 128;
#else
constexpr int EXCESS = 0;
#endif

// A value is scale * (q - zero), with an integer q from low to high.
struct Grid {
    float scale;
    int zero, low, high;

    // The integer of the nearest value on the grid.
    int nearest(double value) const {
        const double q = std::floor(value / scale + 0.5) + zero;
        return static_cast<int>(std::max<double>(low, std::min<double>(high, q)));
    }

    float value(int q) const { return scale * static_cast<float>(q - zero); }
};

// From the numbers of MNN's files, all of which are floats.
inline Grid grid_of(float scale, float zero, float low, float high) {
    const auto integer = [](float number) { return static_cast<int>(std::lround(number)); };
    return {scale, integer(zero), std::max(-128, integer(low)), std::min(127, integer(high))};
}

// Of a tensor that MNN keeps as 8-bit integers.
inline Grid grid_of(const MNN::Tensor& tensor) {
    const auto numbers = MNN::TensorUtils::getQuantInfo(&tensor);
    return grid_of(numbers[0], numbers[1], numbers[2], numbers[3]);
}

}  // namespace edgeconv
