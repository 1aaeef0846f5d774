// Products of matrices of 8-bit integers.
#pragma once

#include <vector>

#include "requantisation.h"

namespace edgeconv {

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
