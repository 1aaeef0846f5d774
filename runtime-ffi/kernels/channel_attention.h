// Channel attention (squeeze and excitation): a map times a gate for each channel, which is computed from the means of the map's
// channels; and the sum with another map.
#pragma once

#include <cfloat>
#include <vector>

namespace MNN {
class Backend;
class Execution;
struct Op;
}  // namespace MNN

namespace edgeconv {

// A part of what computes a gate: a convolution of 1x1 or none, a function or none, and bounds.
struct GateStep {
    const MNN::Op* convolution = nullptr;
    int function = -1;  // an `MNN::UnaryOpOperation`
    float low = -FLT_MAX, high = FLT_MAX;
};

struct ChannelAttention {
    std::vector<GateStep> gate;  // from the means on
    int channels;
    int map;      // which operand is the map
    int summand;  // which one is added; -1 if none is
};

// What MNN runs for all of it: an operator of two operands, which MNN brings to the shape of the result, except for single elements.
MNN::Execution* channel_attention_execution(const ChannelAttention& attention, MNN::Backend* backend);

}  // namespace edgeconv
