// What a map is multiplied with, a number for each channel: computed from the means of its channels.
#pragma once

#include <cfloat>
#include <memory>
#include <vector>

#include "function.h"
#include "pointwise.h"

namespace edgeconv {

// A part of what computes a gate: a convolution of 1x1 or none, a function or none, and bounds.
struct GateStep {
    const MNN::Op* convolution = nullptr;
    int function = -1;  // an `MNN::UnaryOpOperation`
    float low = -FLT_MAX, high = FLT_MAX;
};

// Means and gates are packed, positions being pictures.
class Gate {
public:
    Gate(const std::vector<GateStep>& parts, MNN::Backend* backend);

    bool valid() const;
    // At most, from so many groups of means.
    int groups(int of_means) const;
    size_t scratch_bytes() const;

    // From `means` of so many groups; `other` has as much room, and one of both has the result.
    const uint8_t* run(uint8_t* means, uint8_t* other, int groups, int pictures, uint8_t* scratch) const;

private:
    struct Step {
        Function function;
        std::unique_ptr<Pointwise> product;
        std::vector<float> zeros;
        float low, high;

        Step(const GateStep& step, MNN::Backend* backend);
        void bound(uint8_t* values, int units, const MNN::CoreFunctions& core) const;
    };

    const MNN::CoreFunctions& core;
    std::vector<Step> steps;
};

}  // namespace edgeconv
