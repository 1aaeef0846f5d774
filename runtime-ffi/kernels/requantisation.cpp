#include "requantisation.h"

namespace edgeconv {

Requantisation::Requantisation(const Int8Weights& weights, float operand_scale, int offset, const Grid& to, float least, float most)
    : low(to.nearest(least)), high(to.nearest(most)) {
    for (size_t channel = 0; channel < weights.channels(); ++channel) {
        int sum = 0;
        for (size_t i = 0; i < weights.depth(); ++i) sum += weights.of(channel)[i];
        const double factor = static_cast<double>(operand_scale) * weights.scale[channel] / to.scale;
        scale.push_back(static_cast<float>(factor));
        bias.push_back(static_cast<float>(weights.bias[channel] / static_cast<double>(to.scale) + to.zero - factor * sum * offset));
    }
}

edgeconv_int8_results Requantisation::from(size_t channel) const {
    edgeconv_int8_results results = {};
    for (size_t i = 0; i < EDGECONV_INT8_CHANNELS && channel + i < scale.size(); ++i) {
        results.scale[i] = scale[channel + i];
        results.bias[i] = bias[channel + i];
    }
    std::fill_n(results.low, sizeof(results.low), static_cast<int8_t>(low));
    std::fill_n(results.high, sizeof(results.high), static_cast<int8_t>(high));
    return results;
}

}  // namespace edgeconv
