// Channel attention (squeeze and excitation): a map times a gate for each channel, which is computed from the means of the map's
// channels; and the sum with another map.
#pragma once

#include <vector>

#include "gate.h"
#include "grid.h"

namespace edgeconv {

struct ChannelAttention {
    std::vector<GateStep> gate;  // from the means on
    int channels;
    int map;      // which operand is the map
    int summand;  // which one is added; -1 if none is
    // Whether the maps are integers, and the grid of the product, on which it is rounded before another map is added.
    bool is_quantised = false;
    Grid product = {};
};

// What MNN runs for all of it: an operator of two operands, which MNN brings to the shape of the result, except for single elements.
MNN::Execution* channel_attention_execution(const ChannelAttention& attention, MNN::Backend* backend);

}  // namespace edgeconv
