#include "int8_product.h"

#include <cstdlib>

namespace edgeconv {
namespace {

constexpr size_t BLOCK = EDGECONV_INT8_CHANNELS, DEPTHS = EDGECONV_INT8_DEPTHS, STEPS = EDGECONV_INT8_STEPS, STEP = BLOCK * DEPTHS,
                 CHUNK = STEPS * STEP;

// Adds a step's magnitudes to those of its lanes; if a lane might not hold that, puts them in place of these and gives false.
bool add_to_lanes(int* lanes, const int8_t* step) {
    bool fits = true;
    for (size_t lane = 0; lane < STEP; ++lane) fits = fits && lanes[lane] + std::abs(step[lane]) <= EDGECONV_INT8_MOST_WEIGHT;
    for (size_t lane = 0; lane < STEP; ++lane) lanes[lane] = std::abs(step[lane]) + (fits ? lanes[lane] : 0);
    return fits;
}

size_t blocks_of(size_t channels) { return (channels + BLOCK - 1) / BLOCK; }

}  // namespace

Int8Product::Int8Product(const Int8Weights& weights, const Requantisation& to)
    : chunks((weights.depth() + DEPTHS * STEPS - 1) / (DEPTHS * STEPS)), packed_weights(blocks_of(weights.channels()) * chunks * CHUNK) {
    for (size_t channel = 0; channel < weights.channels(); ++channel) {
        auto* block = &packed_weights[channel / BLOCK * chunks * CHUNK + channel % BLOCK * DEPTHS];
        for (size_t i = 0; i < weights.depth(); ++i) block[i / DEPTHS * STEP + i % DEPTHS] = weights.of(channel)[i];
    }
    for (size_t block = 0; block < blocks_of(weights.channels()); ++block) {
        results.push_back(to.from(block * BLOCK));
        add_code(&packed_weights[block * chunks * CHUNK]);
    }
}

void Int8Product::add_code(const int8_t* weights) {
    const size_t count = chunks * STEPS;
    std::vector<bool> widens_before(count + 1);
    int lanes[STEP] = {};
    for (size_t step = 0; step < count; ++step) widens_before[step] = !add_to_lanes(lanes, weights + step * STEP);
    widens_before[0] = widens_before[count] = true;
    for (size_t first = 0; first < count; first += STEPS) {
        unsigned widens = 0;
        for (size_t step = 0; step < STEPS; ++step) widens |= unsigned{widens_before[first + step + 1]} << step;
        code.push_back(edgeconv_int8_code(widens_before[first], widens));
    }
    const auto& bounds = results.back();
    code.push_back(edgeconv_int8_code_for_results(bounds.low[0] > -128 || bounds.high[0] < 127));
}

void Int8Product::run(size_t block, int8_t* low, int8_t* high, const int8_t* packed, size_t pairs) const {
    edgeconv_int8_product(low, high, packed, &packed_weights[block * chunks * CHUNK], &code[block * (chunks + 1)], &results[block], pairs);
}

}  // namespace edgeconv
