#include "stored_weights.h"

#include <cstring>

namespace {

constexpr size_t MOST_DIMENSIONS = 4;

template <typename T>
size_t length(const T* vector) {
    return vector ? vector->size() : 0;
}

// Bits of an index into a set of so many values.
size_t index_bits(size_t values) {
    size_t bits = 1;
    while ((size_t{1} << bits) < values) ++bits;
    return bits;
}

// Indices behind their shape and all values: as many as the shape says, if the bytes are enough for them.
size_t indices_in(const uint8_t* bytes, size_t size, bool is_wide) {
    const size_t dimension = is_wide ? sizeof(uint32_t) : sizeof(uint16_t);
    const size_t dimensions = size ? bytes[0] : 0, values_at = 1 + dimensions * dimension;
    if (dimensions == 0 || dimensions > MOST_DIMENSIONS || size <= values_at) return 0;
    size_t count = 1;
    for (size_t i = 0; i < dimensions; ++i) {
        uint32_t extent = 0;
        std::memcpy(&extent, bytes + 1 + i * dimension, dimension);
        count *= extent;
        if (count == 0 || count > 8 * size) return 0;  // an index has a bit at least
    }
    const size_t values = bytes[values_at] ? bytes[values_at] : 256;
    return values_at + 1 + values + (count * index_bits(values) + 7) / 8 <= size ? count : 0;
}

// Whether the scales are for equal parts of so many weights.
bool has_scales(const MNN::IDSTQuan& stored, size_t count) {
    const bool are_halves = stored.scaleStorage() == MNN::ScaleStorageType_FP16;
    const size_t numbers = are_halves ? length(stored.alphaFp16()) : length(stored.alpha()), of_part = stored.readType() != 0 ? 2 : 1;
    return numbers > 0 && numbers % of_part == 0 && count % (numbers / of_part) == 0;
}

}  // namespace

namespace edgeconv {

bool is_for_mnn_alone(const MNN::IDSTQuan& stored) {
    return stored.type() == SPARSE || stored.index() || stored.has_scaleInt();
}

size_t weight_count(const MNN::Convolution2D& convolution) {
    const auto* stored = convolution.quanParameter();
    if (!stored) return length(convolution.weight());
    if (is_for_mnn_alone(*stored)) return 0;
    const auto* bytes = stored->buffer() ? reinterpret_cast<const uint8_t*>(stored->buffer()->data()) : nullptr;
    const size_t size = length(stored->buffer());
    if (stored->type() == HALVES) return size / 2;
    const size_t count = stored->type() == BYTES ? size : stored->type() == CODEBOOK ? indices_in(bytes, size, stored->shapeInt32()) : 0;
    return count > 0 && has_scales(*stored, count) ? count : 0;
}

FloatWeights::FloatWeights(const MNN::Op& convolution, MNN::Backend* backend) {
    const auto& parameters = *convolution.main_as_Convolution2D();
    if (!parameters.quanParameter()) {
        floats = parameters.weight()->data();
        count = parameters.weight()->size();
        return;
    }
    const bool as_floats = true;
    decoded = MNN::ConvolutionCommon::load(&convolution, backend, as_floats);
    if (!decoded || static_cast<size_t>(decoded->weightFloat.size()) < weight_count(parameters)) return;
    floats = decoded->weightFloat.get();
    count = weight_count(parameters);
}

}  // namespace edgeconv
