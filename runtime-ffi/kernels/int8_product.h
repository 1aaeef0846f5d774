// Products of matrices of 8-bit integers, and what they are on the grid of the results.
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

class Int8Product {
public:
    // The depths are quads.
    Int8Product(const Int8Weights& weights, const Requantisation& to);

    size_t blocks() const { return results.size(); }
    size_t pair_bytes() const { return chunks * 2 * EDGECONV_INT8_PACKED_QUAD; }

    // Of a block of eight channels, see `edgeconv_int8_product`.
    void run(size_t block, int8_t* low, int8_t* high, const int8_t* packed, size_t pairs) const;

private:
    size_t chunks;
    std::vector<int8_t> packed_weights;
    std::vector<const void*> code;
    std::vector<edgeconv_int8_results> results;

    void add_code(const int8_t* weights);
};

}  // namespace edgeconv
