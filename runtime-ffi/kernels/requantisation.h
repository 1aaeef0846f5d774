// Weights of 8-bit integers, and what sums of their products are on the grid of the results.
#pragma once

#include <vector>

#include "grid.h"
#include "int8_armv7.h"

namespace edgeconv {

// Integers of the weights of a convolution, each times the scale of its channel, and biases.
struct Int8Weights {
    std::vector<int8_t> values;  // [channels][depth]
    std::vector<float> scale, bias;

    size_t channels() const { return scale.size(); }
    size_t depth() const { return values.size() / channels(); }
    const int8_t* of(size_t channel) const { return &values[channel * depth()]; }
};

// Places of the results of each channel on a grid.
class Requantisation {
public:
    // `offset` is what each operand counts in excess. Results are at least, and at most, as large as the bounds, which are values.
    Requantisation(const Int8Weights& weights, float operand_scale, int offset, const Grid& to, float low, float high);

    // Of channels from the first one on; what is beyond the last one is 0.
    edgeconv_int8_results from(size_t channel) const;

private:
    std::vector<float> scale, bias;
    int low, high;
};

}  // namespace edgeconv
