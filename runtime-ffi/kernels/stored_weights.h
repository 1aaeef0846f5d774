// The weights of convolutions, as which numbers a model may store them.
#pragma once

#include <memory>

#include "MNN_generated.h"
#include "core/ConvolutionCommon.hpp"

namespace edgeconv {

// What the field `type` of an IDSTQuan says of its buffer: integers behind all values that they can have, those that are not 0 with their
// places, 16-bit floats, 8-bit integers.
enum BufferType { CODEBOOK = 1, SPARSE = 2, HALVES = 3, BYTES = 4 };

// Whether weights are stored in a way that only MNN knows: where most are 0, or for computing with integers.
bool is_for_mnn_alone(const MNN::IDSTQuan& stored);

// How many a convolution stores in the model itself. 0 if it stores none there, if its bytes are not as many as they say of themselves, or if
// they are of a kind that only MNN knows.
size_t weight_count(const MNN::Convolution2D& convolution);

// As 32-bit floats, which MNN makes of other numbers.
class FloatWeights {
public:
    FloatWeights(const MNN::Op& convolution, MNN::Backend* backend);

    // Null if there is no memory left for them.
    const float* data() const { return floats; }
    size_t size() const { return count; }

private:
    std::shared_ptr<MNN::ConvolutionCommon::Int8Common> decoded;
    const float* floats = nullptr;
    size_t count = 0;
};

}  // namespace edgeconv
